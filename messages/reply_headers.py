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
    r"|суббот|воскресенье"
    r"|ma\b|di\b|wo\b|do\b|vr\b|za\b|zo\b|yesterday|today|gestern|heute"
)
_OPENED = re.compile(
    r"[-–—*_\s]{0,6}(?:On|At|Am|Vom|Le|El|Il|Em|No dia|Op|Den|Dnia|W dniu|Dne|In message|In article|På)"
    rf"\b[ ,]{{1,3}}(?:[\w<>@.$+-]{{1,80}}[ ,]{{1,3}}){{0,3}}?(?:\d|(?:{_DAYS}))",
    re.IGNORECASE,
)
# A date or time that opens the line: "2016-10-24 15:36 GMT+02:00 …", "Wednesday, 17 November 2021, …", "11:00 AM, …".
_DATED = re.compile(
    rf"[-\s]{{0,6}}(?:\d{{1,4}}[-/.: ]|(?:{_DAYS}|pe|ti|ke|to|la|su)[^\W\d_]{{0,8}}\.?,? \d|在 ?\d)", re.IGNORECASE
)
_LAST_VERB = re.compile(
    r"(?:\b(?:wrote|writes|a écrit|écrivait|escribió|escribio|ha scritto|scrive|escreveu|schreef|geschreven|schrieb"
    r"|skrev|pisze|kirjoitti|írta|yazdı)"
    r"|napisała?(?:\(a\))?|napsala?(?:\(a\))?|написал[аи]?(?:\(а\))?|пишет|пише|写道|寫道)\s?(?::|\uff1a|[-_]{2,6})?$",
    re.IGNORECASE,
)
_INNER_VERB = re.compile(r"\b(?:schrieb|schreef|skrev|heeft|geschreven|escribió|a écrit|scrisse)\b", re.IGNORECASE)
_TIME = re.compile(r"(?<!\d)(?:\d{1,2}[:.h]\d\d(?!\d)|(?:19|20)\d\d(?!\d))")
_OLD_GMAIL = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d\d GMT[+-]\d\d:\d\d [^:!?]{2,60}"
    r"| [^:!?]{0,60}<[^<>\s@]{1,80}@[^<>\s@]{1,80}>)$"
)
_MOST_LINES = 6
_LONGEST = 400
_MOST_WORDS = 16
_MARGIN = "*_ \t\xa0"
_COLONS = (":", "\uff1a")


def attribution_at(lines: Sequence[Line], i: int) -> tuple[int, str, bool] | None:
    """Recognise "On … wrote:" beginning at line `i`: the line after it, the address it names, and whether it is sure.

    It is not sure where neither an address nor a time is given: then the author may be telling what somebody wrote.
    """
    first = lines[i].words
    opened = bool(_OPENED.match(first) or _DATED.match(first))
    if not opened and not _named(lines, i):
        return None
    if _is_old_gmail(lines, i):
        return i + 1, address_in(first), True
    joined = ""
    for at in range(i, min(i + _MOST_LINES, len(lines))):
        words = lines[at].words.strip(_MARGIN)
        if not words and _goes_on(lines, at):
            continue
        if not words or (at > i and _OPENED.match(words)):
            return None
        joined = f"{joined} {words}" if joined else words
        if len(joined) > _LONGEST:
            return None
        sure = _sureness(joined, opened=opened)
        if sure is not None:
            return at + 1, address_in(joined), sure
    return None


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
    address = address_in(joined)
    timed = _TIME.search(joined) is not None
    last = _LAST_VERB.search(joined)
    if not joined.endswith(_COLONS):
        return True if last is not None and opened and address and timed else None
    if not address and len(joined.split()) > _MOST_WORDS:
        return None
    if last is not None or _INNER_VERB.search(joined):
        return bool(address) or (timed and opened)
    if opened and address and timed and joined.endswith((">:", f"{address}:")):
        return True
    return None
