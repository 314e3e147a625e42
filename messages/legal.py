"""The legal boilerplate that companies add to mail, in seven languages, told sentence by sentence."""

import re

# Any of these has to be there before anything else is tried.
_TRIGGER = re.compile(
    r"confiden|privileg|vertraulich|riservat|reservad|vertrouwelijk|intended|in error|irrtümlich"
    r"|outside (?:of )?(?:the|your|our) (?:organi|company)"
    r"|par erreur|por error|per errore|por engano|por erro|ten onrechte|abusivamente|before printing"
    r"|avant d['’]imprimer|antes de imprimir"
    r"|vor dem (?:aus)?druck|prima di stampare|virus|umwelt|external (?:e-?mail|sender)|disclaimer"
    r"|haftungsausschluss|proprietary",
    re.IGNORECASE,
)
_MAIL = (
    r"(?:e-?mails?|emails?|messages?|communications?|transmissions?|nachricht|mitteilung|courriels?|mensajes?"
    r"|correos?|comunicaci[oó]n|messaggio"
    r"|comunicazione|mensagem|comunicação|bericht|e-?mailbericht|document)"
)
_GROUPS = (
    (
        r"(?:this|the (?:information|contents?)|diese?r?|ce|cette|cet|este|esta|questo|questa|presente|dit"
        rf"|deze)\b.{{0,60}}?{_MAIL}"
        r"|(?:any|all|with its|and) attachments?|confidentiality notice|vertraulichkeitshinweis|avis de confidentialité"
        r"|aviso (?:de confidencialidad|legal)"
        r"|information (?:contained|transmitted) (?:in|herein)|note de confidentialité|avviso di riservatezza"
        r"|aviso de confidencialidade"
    ),
    (
        r"confidential|privileged|proprietary|vertraulich|rechtlich geschützt|confidentiel|confidencia[il]|riservat"
        r"|reservad|confidenzial"
        r"|vertrouwelijk|trade secret"
    ),
    (
        r"intended (?:recipient|addressee|only|solely|exclusively)|(?:intended|meant) (?:only |solely )?for"
        r"|named (?:recipient|addressee|person)"
        r"|nicht der (?:richtige|beabsichtigte|vorgesehene)|richtige adressat|ausschließlich für|nur für den"
        r"|destinataires? (?:prévu|visé|désigné)"
        r"|pas (?:le|un des) destinataire|(?:exclusivement|uniquement|exclusivamente|unicamente|únicamente"
        r"|esclusivamente|uitsluitend)"
        r"|no es (?:usted )?el destinatario|destinatario|destinatário|geadresseerde|adressat"
    ),
    (
        r"(?:received|receive|get|got) (?:this|it|the|an?)\b.{0,40}?(?:in error|by mistake)|if (?:you are"
        r"|you're) not the|irrtümlich|par erreur"
        r"|por error|per errore|por engano|por erro|ten onrechte|abusivamente|wenn sie nicht|si vous n['’]êtes pas"
        r"|si no es|se não for|se non siete"
        r"|indien u niet|versehentlich"
    ),
    (
        r"delet(?:e|ing)|destroy|notify|advise|inform(?:ieren)?\b.{0,20}?(?:sender|absender)|vernichten|löschen|détrui"
        r"|supprim|eliminar|elimin[ei]"
        r"|bórr|distrug|cancell|avvis|apag(?:ue|ar)|verwijder|vernietig|prévenir|avertir|notifi|informar"
    ),
    (
        r"disclos|disseminat|distribut|copy|copying|reproduc|unauthori[sz]ed|prohibited|unlawful|weitergabe|kopieren"
        r"|nicht gestattet|untersagt"
        r"|divulg|interdit|diffusion|prohibid|divulgaci|vietat|proibid|verboden|openbaarmaking|verspreiding|verstrek"
    ),
    (
        r"virus|malware|liab(?:le|ility)|haftung|responsabil|aansprakelijk|secure or error[- ]free"
        r"|views? (?:or opinions? )?expressed|opinions? expressed"
        r"|legally binding|rechtsverbindlich|monitored|taken as binding"
    ),
)
_PATTERNS = tuple(re.compile(group, re.IGNORECASE) for group in _GROUPS)
_ALONE = re.compile(
    r"confidentiality notice|if you (?:are not|have received).{0,80}?(?:intended recipient|addressee|in error)"
    r"|(?:this|the) (?:e-?mail|message) (?:originated|(?:was|is) (?:sent )?(?:from|received)"
    r"|came) (?:from )?(?:an )?(?:outside|external)"
    r"|originated from outside|do not click (?:on )?(?:any )?links|consider the environment before print"
    r"|think before (?:you print|printing)"
    r"|before printing this|save paper|avant d['’]imprimer ce|pensez à l['’]environnement|antes de imprimir"
    r"|bevor sie diese e-?mail (?:aus)?drucken"
    r"|prima di stampare|denk aan het milieu|(?:been )?(?:scanned|checked) (?:for|by).{0,40}?(?:virus|antivirus)"
    r"|auf viren (?:geprüft|überprüft)"
    r"|virenfrei|virus[- ]free\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[.!?])[\"')\]*]{0,3}\s+|\n[ \t\r]*\n\s*|\n(?=\s*[-_*=]{3})")
_LONGEST_SENTENCE = 1_500
_MOST_SENTENCES = 3_000


def disclaimers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of disclaimers in `text[start:end]`, in order.

    A sentence begins one when it speaks of the mail itself and of secrecy, the intended reader or errors; the sentences
    after it belong to it as long as they use such words. Anything else, before or after, stays the author's.
    """
    if _TRIGGER.search(text, start, end) is None:
        return []
    found: list[tuple[int, int]] = []
    inside = False
    for begin, stop in _sentences(text, start, end):
        sentence = text[begin : min(stop, begin + _LONGEST_SENTENCE)]
        hits = _hits(sentence)
        inside = hits >= 2 or (inside and hits == 1) or _ALONE.search(sentence) is not None
        if not inside:
            continue
        if found and not text[found[-1][1] : begin].strip():
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin, stop))
    return found


def _hits(sentence: str) -> int:
    return sum(pattern.search(sentence) is not None for pattern in _PATTERNS)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a range into sentences; what lies beyond the first few thousand is left out."""
    cuts: list[tuple[int, int]] = []
    begin = start
    for gap in _BREAK.finditer(text, start, end):
        if gap.start() > begin:
            cuts.append((begin, gap.end()))
        begin = gap.end()
        if len(cuts) == _MOST_SENTENCES:
            return cuts
    if begin < end:
        cuts.append((begin, end))
    return cuts
