"""The line above a reply's quote, "On … wrote:", in the languages of the mail programs."""

import re
from collections.abc import Sequence

from messages.labels import address_in
from messages.layout import Line

_DAYS = (
    r"mon|tue|wed|thu|fri|sat|sun|mo\.|di\.|mi\.|do\.|fr\.|sa\.|so\.|montag|dienstag|mittwoch|donnerstag|freitag"
    r"|samstag|sonnabend|sonntag"
    r"|lun|mar\b|mer\b|jeu|ven|sam\b|dim|mié|jue|vie|sáb|dom|gio|seg|ter\b|qua|qui|sex|maandag|dinsdag|woensdag"
    r"|donderdag|vrijdag|zaterdag"
    r"|zondag|mån|tis|ons|tor|fre|lör|sön|pon|wt\.|śr|czw|pt\.|sob|nie|понедельник|вторник|сред|четверг|пятниц"
    r"|суббот|воскресенье|пн\b|вт\b|ср\b|чт\b|пт\b|сб\b|вс\b"
    r"|ma\b|di\b|wo\b|do\b|vr\b|za\b|zo\b|yesterday|today|gestern|heute"
)
_OPENED = re.compile(
    r"[-–—*_\s]{0,6}(?:On|At|Am|Vom|Le|El|Il|Em|No dia|Op|Den|Dnia|W dniu|Dne|In message|In article|På)"
    rf"\b[ ,]{{1,3}}(?:[\w<>@.$+-]{{1,80}}[ ,]{{1,3}}){{0,3}}?(?:\d|(?:{_DAYS}))",
    re.IGNORECASE,
)
# A date or time that opens the line: "2016-10-24 15:36 GMT+02:00 …", "Wednesday, 17 November 2021, …", "11:00 AM, …".
_DATED = re.compile(
    rf"[-\s]{{0,6}}(?:\d{{1,4}}[-/.: ]|(?:{_DAYS}|pe|ti|ke|to|la|su)[^\W\d_]{{0,8}}[.,]{{0,2}} \d|在 ?\d)",
    re.IGNORECASE,
)
_LAST_VERB = re.compile(
    r"(?:\b(?:wrote|writes|a écrit|écrivait|escribió|escribio|ha scritto|scrive|escreveu|schreef|geschreven|schrieb"
    r"|skrev|pisze|kirjoitti|írta|yazdı)"
    r"|napisała?(?:\(a\))?|napsala?(?:\(a\))?|написал[аи]?(?:\(а\))?|пишет|пише|写道|寫道)\s?(?::|\uff1a|[-_]{2,6})?$",
    re.IGNORECASE,
)
_INNER_VERB = re.compile(r"\b(?:schrieb|schreef|skrev|heeft|geschreven|escribió|a écrit|scrisse)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:h.]\d\d(?![\d.])(?!\.\d)")
# With these the author tells who wrote; a mail program gives a name.
_TOLD = re.compile(
    r"\b(?:i|we|you|he|she|they|the|our|my|his|her|their|ich|wir|du|ihr|er|sie|der|die|das|unser\w*|mir|uns|je|nous"
    r"|vous|tu|il|elle|notre|leur"
    r"|yo|nosotros|usted|ustedes|ella|nuestr[oa]|noi|voi|lui|lei|nostr[oa]|eu|nós|você|vocês|nosso|wij|jij|jullie"
    r"|onze|zij)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d\d(?!\d)|(?:19|20)\d\d(?!\d))")
_OLD_GMAIL = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d GMT[+-]\d\d:\d\d [^:!?]{2,60}"
    r"| [^:!?]{0,60}<[^<>\s@]{1,80}@[^<>\s@]{1,80}>)$"
)
ATTRIBUTION_LINES = 6
ATTRIBUTION_ENDS = (
    ":",
    "\uff1a",
    ":*",
    "---",
    "wrote",
    "schrieb",
    "écrit",
    "escribió",
    "scritto",
    "escreveu",
    "schreef",
    "skrev",
)
_LONGEST = 400
_MOST_WORDS = 16
_MARGIN = "*_ \t\xa0"
_COLONS = (":", "\uff1a")


def attribution_at(lines: Sequence[Line], i: int) -> tuple[int, str, bool] | None:
    """Recognise "On … wrote:" beginning at line `i`: the line after it, the address it names, and whether it is sure.

    It is not sure where neither an address nor a time is given: then the author may be telling what somebody wrote.
    """
    first = lines[i].words
    if _is_old_gmail(lines, i):
        return i + 1, address_in(first), True
    if not any(line.words.endswith(ATTRIBUTION_ENDS) for line in lines[i : i + ATTRIBUTION_LINES]):
        return None
    opened = bool(_OPENED.match(first) or _DATED.match(first))
    return _read(lines, i, opened=opened) if opened or _named(lines, i) else None


def _read(lines: Sequence[Line], i: int, *, opened: bool) -> tuple[int, str, bool] | None:
    """Join lines until they read as an attribution."""
    joined = ""
    for at in range(i, min(i + ATTRIBUTION_LINES, len(lines))):
        words = lines[at].words.strip(_MARGIN)
        if not words and _goes_on(lines, at):
            continue
        if not words or len(joined) + len(words) > _LONGEST or (at > i and _begins_another(words)):
            return None
        joined = f"{joined} {words}" if joined else words
        sure = _sureness(joined, opened=opened)
        if sure is not None:
            return at + 1, address_in(joined), sure
    return None


def _begins_another(words: str) -> bool:
    """Whether a line begins an attribution of its own; "at 10:12" goes on with the date above it."""
    return not words[:3].lower().startswith(("at ", "um ")) and _OPENED.match(words) is not None


def _is_old_gmail(lines: Sequence[Line], i: int) -> bool:
    if not lines[i].words[:1].isdigit() or not _OLD_GMAIL.match(lines[i].words):
        return False
    following = lines[i + 1] if i + 1 < len(lines) else None
    return (
        following is None or not following.words or following.words.startswith("|") or following.depth > lines[i].depth
    )


def _named(lines: Sequence[Line], i: int) -> bool:
    """Whether a line begins with a name and an address, the address possibly on the next line."""
    words = lines[i].words
    if "@" in words:
        return len(words) <= _LONGEST
    return words.endswith("<") or (
        i + 1 < len(lines) and lines[i + 1].words.startswith("<") and "@" in lines[i + 1].words
    )


def _goes_on(lines: Sequence[Line], blank: int) -> bool:
    """Whether an address in angle brackets follows a blank line, as some converters of HTML leave it."""
    return blank + 1 < len(lines) and lines[blank + 1].words.startswith("<")


def _sureness(joined: str, *, opened: bool) -> bool | None:
    """Tell whether the joined lines are surely an attribution; None when they are none."""
    if not joined.endswith(ATTRIBUTION_ENDS):
        return None
    address = address_in(joined)
    timed = _TIME.search(joined) is not None
    last = _LAST_VERB.search(joined)
    if not joined.endswith(_COLONS):
        return True if last is not None and opened and address and timed else None
    if not address and len(joined.split()) > _MOST_WORDS:
        return None
    if last is not None or _INNER_VERB.search(joined):
        return bool(address) or (
            opened and timed and (_CLOCK.search(joined) is not None or not _TOLD.search(joined[4:]))
        )
    if opened and address and timed and joined.endswith((">:", f"{address}:")):
        return True
    return None
