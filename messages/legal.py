"""The legal boilerplate that companies add to mail, in seven languages, told sentence by sentence."""

import re

# A sentence without any of these neither is nor begins a disclaimer, and most messages hold none.
_TRIGGERS = (
    *(
        "confiden",
        "privileg",
        "proprietary",
        "intended",
        "in error",
        "by mistake",
        "addressee",
        "recipient",
        "originated",
    ),
    *("outside", "external", "click", "print", "virus", "environment", "disclaim", "liab"),
    *("vertraulich", "irrtümlich", "versehentlich", "adressat", "druck", "viren", "umwelt", "haftung"),
    *("par erreur", "destinata", "imprim", "impression", "por error", "por engano", "por erro", "reservad"),
    *("riservat", "per errore", "stampa", "vertrouwelijk", "ten onrechte", "abusivamente", "geadresseerde", "milieu"),
)
_MAIL = (
    r"(?:e-?mails?|emails?|messages?|communications?|transmissions?|nachricht|mitteilung|courriels?|mensajes?"
    r"|correos?|comunicaci[oó]n|messaggio"
    r"|comunicazione|mensagem|comunicação|bericht|e-?mailbericht)"
)
_GROUPS = (
    (
        r"(?:this|the (?:information|contents?)|diese?r?|ce|cette|cet|este|esta|questo|questa|presente|dit"
        rf"|deze)\b.{{0,20}}?{_MAIL}"
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
    r"confidentiality not(?:ic)?e|if you (?:are not|have received).{0,80}?(?:intended recipient|addressee|in error)"
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
# No lawyer's phrase holds a sum: who adds one to such a sentence says something with it.
_AMOUNT = re.compile(
    r"[€$£¥%]|(?<![\w.])\d{1,6}[.,]\d{1,3}(?![\d.])|\b\d+(?:[.,]\d+)? ?(?:k|m|mio|mn|million\w*|eur|usd|gbp|chf)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[.!?:])[\"')\]*]{0,3}\s+|\n[ \t\r]*\n\s*|\n")
_HEADING = re.compile(
    r"\W{0,5}(?:caution|attention|warning|notice|note|important|disclaimer|hinweis|achtung|avis|aviso|avviso)\W{0,5}:\s*$",
    re.IGNORECASE,
)
# A line that long was broken because it was full; a shorter one ends what it says.
_FULL_LINE = 50
_STOPS = ".!?:"
_LONGEST_SENTENCE = 1_500
_MOST_SENTENCES = 3_000


def disclaimers(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of disclaimers in `text[start:end]`, in order.

    A sentence begins one when it speaks of the mail itself and of secrecy, the intended reader or errors; the sentences
    after it belong to it as long as they use such words. Anything else, before or after, stays the author's.
    """
    if not _triggered(text[start:end]):
        return []
    found: list[tuple[int, int]] = []
    inside = False
    heading = -1
    for begin, stop in _sentences(text, start, end):
        sentence = text[begin : min(stop, begin + _LONGEST_SENTENCE)]
        inside = _belongs(sentence, inside=inside)
        if not inside:
            heading = begin if _HEADING.match(sentence) else -1
            continue
        if found and found[-1][1] == begin:
            found[-1] = (found[-1][0], stop)
        else:
            found.append((begin if heading < 0 else heading, stop))
        heading = -1
        # In a new paragraph one such word alone is no longer enough.
        inside = sentence[len(sentence.rstrip()) :].count("\n") < 2
    return found


def _triggered(text: str) -> bool:
    folded = text.lower()
    return any(trigger in folded for trigger in _TRIGGERS)


def _belongs(sentence: str, *, inside: bool) -> bool:
    """Tell whether a sentence is part of a disclaimer, `inside` one already or as its beginning."""
    if (not inside and not _triggered(sentence)) or _AMOUNT.search(sentence):
        return False
    if _ALONE.search(sentence):
        return True
    mail, secret, intended, error, *rest = (pattern.search(sentence) is not None for pattern in _PATTERNS)
    hits = mail + secret + intended + error + sum(rest)
    if inside:
        return hits > 0
    return hits > 1 and (mail or error or (intended and (secret or rest[1])))


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a range into sentences; what lies beyond the first few thousand is left out."""
    cuts: list[tuple[int, int]] = []
    begin = line = start
    for gap in _BREAK.finditer(text, start, end):
        ended = text[max(gap.start() - 1, start)] in _STOPS
        full = gap.group() == "\n" and not ended and gap.start() - line >= _FULL_LINE
        line = gap.end() if "\n" in gap.group() else line
        if full:
            continue
        if gap.start() > begin:
            cuts.append((begin, gap.end()))
        begin = gap.end()
        if len(cuts) == _MOST_SENTENCES:
            return cuts
    if begin < end:
        cuts.append((begin, end))
    return cuts
