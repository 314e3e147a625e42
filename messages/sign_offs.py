"""Where an author signs off: closings with the name and role below, "-- ", and what phones add by themselves."""

import re
from collections.abc import Sequence

from messages.layout import Line

_CLOSINGS = {
    "en": "regards|best regards|kind regards|kindest regards|warm regards|warmest regards|many regards|with regards"
    "|with best regards"
    "|with kind regards|with kindest regards|with warm regards|best personal regards|very best regards"
    "|my best regards|rgds|brgds|kr|br"
    "|best wishes|warm wishes|with best wishes|kind wishes|greetings|with greetings|best greetings|kind greetings"
    "|friendly greetings"
    "|with friendly greetings|with kind greetings|all the best|best|cheers|yours|yours sincerely|yours truly"
    "|yours faithfully"
    "|very truly yours|sincerely|sincerely yours|respectfully|respectfully yours|cordially|take care|talk soon"
    "|speak soon|many thanks"
    "|thanks|thanks again|thanks a lot|thanks so much|thanks very much|thanks in advance|thank you|thank you again"
    "|thank you very much"
    "|thank you so much|thank you in advance|thanks and regards|thanks & regards|thanks and best regards"
    "|thanks & best regards|thx|ta"
    "|thanks and kind regards|thanks & kind regards|thank you and best regards|thank you and kind regards"
    "|best wishes and regards",
    "de": "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichem gruß|mit freundlichem gruss"
    "|freundliche grüße"
    "|freundliche grüsse|mit besten grüßen|mit besten grüssen|beste grüße|beste grüsse|viele grüße|viele grüsse"
    "|mit vielen grüßen"
    "|liebe grüße|liebe grüsse|mit lieben grüßen|herzliche grüße|herzliche grüsse|mit herzlichen grüßen"
    "|schöne grüße|schöne grüsse|schönen gruß"
    "|besten gruß|besten gruss|lieben gruß|gruß|gruss|grüße|grüsse|mfg|vg|lg|bg|hochachtungsvoll|danke|dankeschön"
    "|vielen dank|besten dank"
    "|danke und gruß|danke & gruß|danke und viele grüße|vielen dank und viele grüße|mit bestem dank|mit bestem gruß",
    "fr": "cordialement|bien cordialement|très cordialement|amicalement|bien amicalement|sincèrement"
    "|respectueusement|bien à vous|bien à toi"
    "|meilleures salutations|sincères salutations|cordiales salutations|salutations distinguées"
    "|salutations cordiales|salutations"
    "|avec mes meilleures salutations|bonne journée|bonne soirée|merci|merci d'avance|merci beaucoup|cdlt|cdt|bàv",
    "es": "saludos|un saludo|saludos cordiales|un cordial saludo|cordiales saludos|atentamente|muy atentamente"
    "|cordialmente|un abrazo|abrazos"
    "|gracias|muchas gracias|gracias y saludos|reciba un cordial saludo|atte",
    "it": "cordiali saluti|distinti saluti|migliori saluti|tanti saluti|saluti|un saluto|un caro saluto"
    "|cordialmente|con i migliori saluti"
    "|grazie|grazie mille|grazie e saluti|grazie e cordiali saluti",
    "pt": "atenciosamente|atentamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos"
    "|os melhores cumprimentos|cordialmente|abraço"
    "|abraços|um abraço|saudações|obrigado|obrigada|muito obrigado|muito obrigada|att|cpts",
    "nl": "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten"
    "|met hartelijke groet|hartelijke groet"
    "|hartelijke groeten|beste groeten|groet|groeten|groetjes|mvg|m.v.g|hoogachtend|bedankt|alvast bedankt|dank",
    "north": "med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|vänlig hälsning|bästa hälsningar"
    "|hälsningar|mvh|med vennlig hilsen"
    "|vennlig hilsen|med venlig hilsen|venlig hilsen|bedste hilsner|beste hilsen|hilsen|tack|tak|takk"
    "|ystävällisin terveisin|terveisin",
    "east": "z poważaniem|pozdrawiam|serdecznie pozdrawiam|pozdrowienia|s pozdravem|с уважением|üdvözlettel",
}
_CLOSING = frozenset(closing for closings in _CLOSINGS.values() for closing in closings.split("|"))
_FIRST_WORDS = frozenset(closing.split()[0] for closing in _CLOSING)
_LONGEST_CLOSING = max(len(closing.split()) for closing in _CLOSING)
# These may as well be said in passing; they sign off only above a name.
_IN_PASSING = (
    "thank",
    "thx",
    "best",
    "cheers",
    "ta",
    "danke",
    "dank",
    "vielen",
    "besten",
    "merci",
    "gracias",
    "muchas",
    "grazie",
    "obrigad",
    "bedankt",
    "alvast",
    "yours",
    "take care",
    "talk",
    "speak",
    "br",
    "kr",
    "bg",
    "att",
    "tack",
    "tak",
    "bonne",
    "many",
    "muito",
)
_DEVICE = (
    r"i ?phone|i ?pad|i ?pod|android|phone|mobile|cell|blackberry|samsung|galaxy|huawei|xiaomi|pixel|nokia|htc"
    r"|outlook|yahoo|mail\b|mailbox|airmail"
    r"|windows|tablet|device|smartphone|handy|mobil|proton|gmail|spark|telefoon|téléphone|móvil|celular|telefon"
)
_MOBILE = re.compile(
    rf"[<(\[*]{{0,2}}(?:(?:sent|written|typed) (?:from|via|with|by|using|on) (?:my |a |an "
    rf"|the )?[^,.;:!?]{{0,25}}?\b(?:{_DEVICE})"
    r"|sent from my \w+(?:[ -]\w+){0,3}$|sent from \w+ ?<http|holen sie sich outlook|sent from \[mail\]"
    r"|from my (?:i ?phone|mobile|android)"
    r"|get \[?(?:outlook|bluemail) (?:for|from)\b|(?:diese (?:nachricht|e-?mail) wurde )?(?:von|vom"
    rf"|mit) (?:meine[mr]|dem)? ?[^,.;:!?]{{0,60}}?(?:{_DEVICE})[^,.;:!?]{{0,30}} (?:aus )?(?:gesendet|geschickt)"
    rf"|gesendet (?:von|mit|vom)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|envoyé (?:de|depuis"
    rf"|à partir de)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|télécharge[rz] outlook"
    rf"|enviado (?:desde|do|de|a partir d[eo]|via)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|obter o outlook|obtener outlook"
    rf"|inviato da(?:l|lla)?\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|scarica outlook|(?:verstuurd|verzonden) (?:vanaf|met"
    rf"|van|via)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|outlook voor"
    rf"|(?:skickat|sendt) (?:från|fra) (?:min|mitt)?\b[^,.;:!?]{{0,25}}(?:{_DEVICE})"
    rf"|wysłane? z\b[^,.;:!?]{{0,20}}(?:{_DEVICE})|lähetetty (?:i ?phone|android)"
    r"|從我的 .{0,20}傳送|发自我的)",
    re.IGNORECASE,
)
_MOBILE_STARTS = (
    *(
        "sent",
        "written",
        "typed",
        "from my",
        "get ",
        "get\u00a0",
        "gesendet",
        "von ",
        "vom ",
        "mit ",
        "diese ",
        "envoyé",
        "télécharge",
        "holen sie",
        "enviado",
    ),
    *(
        "obter",
        "obtener",
        "inviato",
        "scarica",
        "verstuurd",
        "verzonden",
        "outlook",
        "skickat",
        "sendt",
        "wysłan",
        "lähetetty",
        "從我的",
        "发自我的",
    ),
)
_EDGES = re.compile(r"^\W+|\W+$")
_PARTICLES = frozenset(
    (
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "do",
        "la",
        "le",
        "el",
        "bin",
        "af",
        "zu",
        "ter",
        "ten",
        "y",
        "&",
    )
)
_MARGIN = " ,.!;:*_-–—/\t"
_DELIMITER = re.compile(r"(?:--|—|__|_{3,}|- --)$")
_POSTSCRIPT = re.compile(r"(?:p\.? ?p?\.?s\b[ .:–-]|n\.?b\.?[ :])", re.IGNORECASE)
_CONTACT = re.compile(
    r"@|www\.|https?:|\+?\(?\d[\d ()./–-]{6,}\d|\b(?:tel|fax|phone|mobile?|cell|t|f|m|e|p|d|o)\s?[.:]\s", re.IGNORECASE
)
_MONEY = re.compile(r"[€$£¥%]|\b(?:eur|usd|gbp|chf)\b|(?<![\w./-])\d{1,6}[.,]\d{1,2}(?![\w./-])", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:i|we|you|he|she|they|it|our|your|us|me|my|will|is|are|was|have|has|can|could|should|please|ich|wir|sie"
    r"|ihr|uns|unser\w*|bitte|ist|sind|haben"
    r"|nous|vous|notre|votre|est|sont|avons|je|nosotros|nuestr[oa]s?|usted|está|son|tenemos|noi|nostr[oa]|voi|siamo"
    r"|abbiamo|nós|nosso|vocês?|temos"
    r"|wij|jullie|onze|ons|hebben|zijn|wordt)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:i|we|you|our|your|us|ich|wir|sie|uns|unser\w*|nous|vous|notre|votre|nosotros|nuestr[oa]s?|usted|noi"
    r"|nostr[oa]|voi|nós|nosso|vocês?"
    r"|wij|jullie|onze|ons)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-*•·▪–]|\d{1,2}[.)])\s+\S")
_MOST_LINES = 14
_WIDEST = 100


def signatures(lines: Sequence[Line], apart: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return the ranges of signatures among the author's own lines, in order; none overlaps a range of `apart`."""
    legal = _lines_within(lines, apart)
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        words = lines[i].words
        after = i + 1
        if words and len(words) <= _WIDEST and i not in legal:
            after = _after_signature(lines, i, legal)
            if after > i:
                found.append((lines[i].start, lines[after - 1].end))
            after = max(after, i + 1)
        i = after
    return found


def _lines_within(lines: Sequence[Line], ranges: Sequence[tuple[int, int]]) -> set[int]:
    """Return the lines that overlap one of the ranges; both are in order."""
    within: set[int] = set()
    at = 0
    for i, line in enumerate(lines):
        while at < len(ranges) and ranges[at][1] <= line.start:
            at += 1
        if at == len(ranges):
            break
        if ranges[at][0] < line.end:
            within.add(i)
    return within


def _after_signature(lines: Sequence[Line], i: int, legal: set[int]) -> int:
    """Return the line after the signature that begins at line `i`; `i` itself where none does."""
    words = lines[i].words
    if _DELIMITER.match(words):
        after = _block(lines, i + 1, legal, strict=words.startswith("_"))
        return after if after > i + 1 else i
    if _is_mobile(words):
        return i + 1
    closing, rest = _closing(words)
    if not closing or (rest and not _is_name(rest)):
        return i
    after = _block(lines, i + 1, legal, strict=True)
    in_passing = not rest and closing.startswith(_IN_PASSING)
    return i if in_passing and not _is_name(_first(lines, i + 1)) else after


def _closing(words: str) -> tuple[str, str]:
    """Split a line into its closing, in lower case, and what follows it; the closing empty when there is none."""
    plain = _EDGES.sub("", words)
    line = plain.lower().replace("\u2019", "'")
    if line in _CLOSING:
        return line, ""
    if "/" in line and all(one.strip(_MARGIN) in _CLOSING for one in line.split("/")):
        return line, ""
    pieces = line.split()
    if not pieces or pieces[0].rstrip(_MARGIN) not in _FIRST_WORDS:
        return "", ""
    for count in range(min(_LONGEST_CLOSING, len(pieces) - 1), 0, -1):
        closing = " ".join(pieces[:count]).rstrip(_MARGIN)
        if closing in _CLOSING:
            return closing, " ".join(plain.split()[count:])
    return "", ""


def _is_mobile(words: str) -> bool:
    return words.lower().lstrip("<([*").startswith(_MOBILE_STARTS) and _MOBILE.match(words) is not None


def _block(lines: Sequence[Line], start: int, legal: set[int], *, strict: bool) -> int:
    """Return the line after the run of lines that look like a name, a role, a firm or a way to reach somebody."""
    after, seen = start, 0
    for at in range(start, len(lines)):
        words = lines[at].words
        if not words:
            continue
        if seen == _MOST_LINES or at in legal or _speaks(words, strict=strict):
            break
        seen += 1
        after = at + 1
    return after


def _speaks(words: str, *, strict: bool) -> bool:
    """Whether a line below a closing says something rather than naming somebody."""
    if _is_mobile(words):
        return False
    if _POSTSCRIPT.match(words) or _BULLET.match(words) or _MONEY.search(words):
        return True
    count = len(words.split())
    if count <= 12 and _CONTACT.search(words):
        return False
    if not strict:
        return count >= 4 and _ADDRESSED.search(words) is not None
    talks = count > 8 or len(words) > _WIDEST or (count >= 4 and _TALK.search(words) is not None)
    return talks or words.endswith(("?", ":")) or (count > 4 and words.endswith((".", "!")))


def _is_name(words: str) -> bool:
    """Whether words could be a person's name: one to four with a capital, and particles."""
    names = words.strip(_MARGIN).split()
    if not names or len(names) > 4 or len(words) > 40 or not names[0][0].isupper():
        return False
    return all(name[0].isupper() or name in _PARTICLES for name in names)


def _first(lines: Sequence[Line], start: int) -> str:
    return next((line.words for line in lines[start : start + _MOST_LINES] if line.words), "")
