"""Other people's words in Slack's markup: escaped, on one line, cut to a length, and never a mention or a link."""

import re
import unicodedata
from datetime import UTC, datetime

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What turns the direction of the text behind it, and would turn ours.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ELLIPSIS = "…"


def plain(text: str, *, most: int) -> str:
    """Return a text on one line, without control characters, of at most `most` characters."""
    line = " ".join(_TURNING.sub("", text).split())
    line = "".join(one for one in line if unicodedata.category(one) not in {"Cc", "Cs", "Zl", "Zp"})
    return line if len(line) <= most else line[: most - 1].rstrip() + _ELLIPSIS


def escaped(text: str, *, most: int) -> str:
    """Return `plain` text for mrkdwn, of at most `most` characters once it is escaped."""
    pieces = [_ESCAPES.get(one, one) for one in plain(text, most=most)]
    if sum(map(len, pieces)) <= most:
        return "".join(pieces)
    length, kept = len(_ELLIPSIS), []
    for piece in pieces:
        length += len(piece)
        if length > most:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + _ELLIPSIS


def link(url: str, words: str) -> str:
    """Return a link; `words` are ours, or escaped. The address's own pipes and brackets do not end it."""
    safe = url.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{safe}|{words}>"


def moment(at: datetime) -> str:
    """Return a time that each reader's Slack shows in their own zone and language."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}}, {{time}}|{utc(at)}>"


def ago(at: datetime) -> str:
    """Return a time that Slack shows as how long ago it was."""
    return f"<!date^{int(at.timestamp())}^{{ago}}|{utc(at)}>"


def utc(at: datetime) -> str:
    """Return a time for where Slack's own formatting does not reach: `2026-03-14 12:00 UTC`."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
