"""Where an author signs off: closings with the name and role below, "-- ", and what phones add by themselves."""

import re
from collections.abc import Sequence

from messages.layout import Line

_CLOSINGS = (
    r"(?:(?:with |my )?(?:very )?(?:best|kind|kindest|warm|warmest|many|friendly|sincere)(?: personal)?"
    r"|with) (?:regards|wishes|greetings)|regards|rgds|brgds|kr|br"
    r"|all the best|best|cheers|(?:yours|very truly yours|yours very) ?(?:sincerely|truly|faithfully|respectfully)?"
    r"|sincerely(?: yours)?|respectfully(?: yours)?"
    r"|thanks(?: (?:a lot|again|so much|very much|in advance|and (?:best |kind )?regards|& (?:best "
    r"|kind )?regards))?|many thanks"
    r"|thank you(?: (?:again|so much|very much|in advance|and (?:best |kind )?regards))?|thx|take care|talk soon"
    r"|cordially|greetings|ta"
    r"|(?:mit )?(?:(?:viele|liebe|beste|schöne|herzliche|freundliche|freundlichen?|vielen|lieben|besten|schönen"
    r"|herzlichen)(?: und (?:herzliche|liebe))?) (?:grüße?n?|grüsse?n?|gruß|gruss|dank)"
    r"(?: (?:aus|nach) \w+)?|mfg|vg|lg|gruß|gruss|grüße|hochachtungsvoll|danke(?: (?:und|&) (?:gruß|viele grüße))?"
    r"|dankeschön"
    r"|(?:bien )?(?:cordialement|amicalement|sincèrement|respectueusement)|bien à (?:vous|toi)|(?:meilleures"
    r"|sincères|cordiales) salutations|salutations(?: distinguées)?"
    r"|(?:cordialement )?(?:bonne journée|bonne soirée)|merci(?: (?:d['’]avance|beaucoup))?|cdlt|cdt"
    r"|salutations cordiales"
    r"|(?:un )?(?:cordial(?:es)? )?(?:saludos?|abrazo)(?: cordial(?:es)?)?|atentamente|muchas gracias"
    r"|gracias(?: y saludos)?|muy atentamente|un saludo"
    r"|(?:cordiali|distinti|migliori|tanti) saluti|saluti|cordialmente|grazie(?: mille)?|un caro saluto"
    r"|atenciosamente|atentamente|(?:com os )?(?:melhores )?cumprimentos|(?:um )?abraço|abraços|saudações"
    r"|cordialmente|obrigad[oa]|att"
    r"|(?:met )?(?:vriendelijke|hartelijke|beste) groet(?:en)?|groet(?:en|jes)?|m\.?v\.?g\.?|hoogachtend|bedankt"
    r"|alvast bedankt"
    r"|(?:med )?(?:vänliga?|vennlig|venlig|bästa|beste) (?:hälsning(?:ar)?|hilsen(?:er)?)|mvh|hälsningar|hilsen"
    r"|ystävällisin terveisin|terveisin"
    r"|z poważaniem|pozdrawiam|serdecznie pozdrawiam|с уважением|s pozdravem"
)
_CLOSING = re.compile(rf"[-–—*_/ ]{{0,4}}(?:{_CLOSINGS})(?: ?/ ?(?:{_CLOSINGS}))?[ ,.!;:*_]{{0,4}}", re.IGNORECASE)
_PLAIN_THANKS = re.compile(
    r"[-–— ]{0,3}(?:thank|thx|best\b|cheers|ta\b|danke|merci|gracias|grazie|obrigad|bedankt|yours\b|take care|br\b"
    r"|kr\b|att\b)",
    re.IGNORECASE,
)
_DEVICE = (
    r"i ?phone|i ?pad|i ?pod|android|phone|mobile|cell|blackberry|samsung|galaxy|huawei|xiaomi|pixel|nokia|htc"
    r"|outlook|yahoo|mail\b|mailbox|airmail"
    r"|windows|tablet|device|smartphone|handy|mobil|proton|gmail|spark|telefoon|téléphone|móvil|celular|telefon"
)
_MOBILE = re.compile(
    rf"[<(\[*]{{0,2}}(?:(?:sent|written|typed) (?:from|via|with|by|using|on) (?:my |a |an "
    rf"|the )?[^,.;:!?]{{0,25}}?\b(?:{_DEVICE})"
    r"|sent from my \w+(?:[ -]\w+){0,3}$|sent from \[mail\]|from my (?:i ?phone|mobile|android)"
    r"|get \[?(?:outlook|bluemail) (?:for|from)\b|(?:diese (?:nachricht|e-?mail) wurde )?(?:von|vom"
    rf"|mit) (?:meine[mr]|dem)? ?[^,.;:!?]{{0,60}}?(?:{_DEVICE})[^,.;:!?]{{0,30}} (?:aus )?(?:gesendet|geschickt)"
    rf"|gesendet (?:von|mit|vom)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|envoyé (?:de|depuis"
    rf"|à partir de)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|télécharge[rz] outlook"
    rf"|enviado (?:desde|do|de|a partir d[eo]|via)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|obter o outlook|obtener outlook"
    rf"|inviato da(?:l|lla)?\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|scarica outlook|(?:verstuurd|verzonden) (?:vanaf|met"
    rf"|van|via)\b[^,.;:!?]{{0,25}}(?:{_DEVICE})|outlook voor"
    rf"|(?:skickat|sendt) (?:från|fra) (?:min|mitt)?\b[^,.;:!?]{{0,25}}(?:{_DEVICE})"
    rf"|wysłane? z\b[^,.;:!?]{{0,20}}(?:{_DEVICE})|lähetetty (?:i ?phone|android)"
    r"|從我的 .{0,20}傳送|发自我的|\w+ from mobile$)",
    re.IGNORECASE,
)
_DELIMITER = re.compile(r"(?:--|—|__|_{3,}|- --)$")
_POSTSCRIPT = re.compile(r"(?:p\.? ?p?\.?s\b[ .:–-]|n\.?b\.?[ :])", re.IGNORECASE)
_CONTACT = re.compile(
    r"@|www\.|https?:|\+?\(?\d[\d ()./–-]{6,}\d|\b(?:tel|fax|phone|mobile?|cell|t|f|m|e|p|d|o)\s?[.:]\s", re.IGNORECASE
)
_MONEY = re.compile(r"[€$£¥%]|\b(?:eur|usd|gbp|chf)\b", re.IGNORECASE)
_TALK = re.compile(
    r"\b(?:i|we|you|he|she|they|it|our|your|us|me|my|will|is|are|was|have|has|can|could|should|please|ich|wir|sie"
    r"|ihr|uns|unser\w*|bitte|ist|sind|haben"
    r"|nous|vous|notre|votre|est|sont|avons|je|nosotros|nuestr[oa]s?|usted|está|son|tenemos|noi|nostr[oa]|voi|siamo"
    r"|abbiamo|nós|nosso|vocês?|temos"
    r"|wij|jullie|onze|ons|hebben|zijn|wordt)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-*•·▪–]|\d{1,2}[.)])\s+\S")
_MOST_LINES = 14
_WIDEST = 100


def signatures(lines: Sequence[Line], apart: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return the ranges of signatures among the author's own lines, in order; none overlaps a range of `apart`."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(lines):
        words = lines[i].words
        after = i + 1
        if words and len(words) <= _WIDEST and not _inside(lines[i], apart):
            after = _after_signature(lines, i, apart)
            if after > i:
                found.append((lines[i].start, lines[after - 1].end))
            after = max(after, i + 1)
        i = after
    return found


def _inside(line: Line, apart: Sequence[tuple[int, int]]) -> bool:
    return any(start < line.end and line.start < end for start, end in apart)


def _after_signature(lines: Sequence[Line], i: int, apart: Sequence[tuple[int, int]]) -> int:
    """Return the line after the signature that begins at line `i`; `i` itself where none does."""
    words = lines[i].words
    if _DELIMITER.match(words):
        after = _block(lines, i + 1, apart, strict=False)
        return after if after > i + 1 else i
    if _MOBILE.match(words):
        return i + 1
    closing = _CLOSING.match(words)
    if closing is None:
        return i
    rest = words[closing.end() :]
    if rest and not (words[: closing.end()].endswith((",", " ")) and _is_name(rest)):
        return i
    after = _block(lines, i + 1, apart, strict=True)
    if not rest and _PLAIN_THANKS.match(words) and (after == i + 1 or not _is_name(_first(lines, i + 1))):
        return i
    return after


def _block(lines: Sequence[Line], start: int, apart: Sequence[tuple[int, int]], *, strict: bool) -> int:
    """Return the line after the run of lines that look like a name, a role, a firm or a way to reach somebody."""
    after, seen = start, 0
    for at in range(start, len(lines)):
        words = lines[at].words
        if not words:
            continue
        if seen == _MOST_LINES or _inside(lines[at], apart) or _speaks(words, strict=strict):
            break
        seen += 1
        after = at + 1
    return after


def _speaks(words: str, *, strict: bool) -> bool:
    """Whether a line below a closing says something rather than naming somebody."""
    if _MOBILE.match(words):
        return False
    if _POSTSCRIPT.match(words) or (strict and (_BULLET.match(words) or _MONEY.search(words))):
        return True
    count = len(words.split())
    if count <= 12 and _CONTACT.search(words):
        return False
    talks = len(words) > _WIDEST or (count >= 4 and _TALK.search(words) is not None)
    return talks or words.endswith(("?", ":")) or (count > 8 and strict) or (count > 4 and words.endswith((".", "!")))


def _is_name(words: str) -> bool:
    """Whether words could be a person's name: one to four, each beginning with a capital or one letter long."""
    names = words.strip(" ,.*_-–—/").split()
    return 0 < len(names) <= 4 and len(words) <= 40 and all(name[0].isupper() or len(name) <= 3 for name in names)


def _first(lines: Sequence[Line], start: int) -> str:
    return next((line.words for line in lines[start:] if line.words), "")
