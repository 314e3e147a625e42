"""Warnings and their modals in Slack's Block Kit, each with a text for those who don't see blocks.

What people wrote is escaped, put on one line and cut, so that everything stays within Block Kit's limits.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.coaching.blocks import OPEN
from service.coaching.course import lesson_for
from service.crypto import Keys
from service.errors import UndecryptableError
from service.settings import Retention, SlackSource
from service.warnings.models import WarningKind, WarningRow
from service.warnings.wording import Wording, cut, escape, wording_of

Block = dict[str, Any]

DELETE, AUTHORISED, ASK = "warning.delete", "warning.authorised", "warning.ask"
NOT_A_PROBLEM, WHY = "warning.not_a_problem", "warning.why"
# Where the modal's reason is found among the values of its view.
REASON = "reason"
LONGEST_REASON = 1000

_BUTTONS = {
    WarningKind.AUTHOR: (DELETE, AUTHORISED, ASK, NOT_A_PROBLEM, WHY),
    WarningKind.READER: (ASK, NOT_A_PROBLEM, WHY),
}
_LONGEST_QUOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A warning as it is shown.

    `quotes` are pairs of label and words, gravest first. `channel` is the channel's id, `permalink` the address of the
    message where that is known.
    """

    id: uuid.UUID
    kind: WarningKind
    labels: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    language: str
    channel: str
    permalink: str = ""


def shown(row: WarningRow, keys: Keys, *, permalink: str = "") -> Shown:
    """Open a warning's row. Its quotes are empty once their time is over, or when they can't be read any more."""
    return Shown(
        id=row.id,
        kind=WarningKind(row.kind),
        labels=tuple(row.labels),
        quotes=_quotes(row, keys),
        language=row.language,
        channel=row.channel,
        permalink=permalink,
    )


def warning_message(warning: Shown, wording: Wording, *, direct: bool = False) -> dict[str, Any]:
    """Return `text` and `blocks` of a warning; `direct` where it is not shown next to its message."""

    def say(name: str, **values: str) -> str:
        return wording.text(warning.language, name, **values)

    first = f"{warning.kind.value}.{warning.labels[0]}"
    safer = say(f"{first}.safer") if wording.has(f"{first}.safer") else ""
    advice = [say(f"{first}.why"), f"_{say('frame.safer')}_ {safer}" if safer else "", say(f"{first}.todo")]
    lesson = say("frame.lesson", lesson=say(f"{first}.lesson"))
    where = _where(warning, wording) if direct else ""
    blocks = [
        *([_section(where)] if direct else []),
        _section(f"*{say(f'{first}.headline')}*"),
        *_quoted(warning, wording),
        _section("\n\n".join(one for one in advice if one)) | {"accessory": _lesson(warning, wording)},
        _context(lesson if direct else f"{lesson}  ·  {say('frame.only_you')}"),
        {"type": "actions", "elements": [_button(warning, wording, action) for action in _BUTTONS[warning.kind]]},
    ]
    return {"text": _plain(warning, wording, where), "blocks": blocks}


def why_modal(source: SlackSource, warning: WarningRow, *, retention: Retention) -> Block:
    """Return the view that tells what is looked at, by whom, for how long, and what one can do about it."""
    wording, contact = wording_of(source), source.contact

    def say(name: str, **values: str) -> str:
        return wording.text(warning.language, name, **values)

    labels = ", ".join(say(f"labels.{label}") for label in warning.labels)
    texts = (
        say("why.reason", label=labels),
        say("why.not_alerted" if warning.alert_id is None else "why.alerted"),
        say("why.what"),
        say("why.who"),
        say(
            "why.kept",
            text_hours=str(retention.text_hours),
            header_days=str(retention.header_days),
            alert_days=str(retention.alert_days),
        ),
        say("why.counted"),
        say("why.rights"),
        say("why.contact", contact=contact) if contact else say("why.no_contact"),
    )
    return {
        "type": "modal",
        "callback_id": WHY,
        "title": plain(say("why.modal.title")),
        "close": plain(say("why.modal.close")),
        "blocks": [_section(text) for text in texts],
    }


def authorised_modal(source: SlackSource, warning: WarningRow) -> Block:
    """Return the view that asks why a message is authorised; its `private_metadata` is the warning's id."""
    wording = wording_of(source)

    def say(name: str) -> str:
        return wording.text(warning.language, name)

    return {
        "type": "modal",
        "callback_id": AUTHORISED,
        "private_metadata": warning.id.hex,
        "title": plain(say("authorised.modal.title")),
        "submit": plain(say("authorised.modal.submit")),
        "close": plain(say("authorised.modal.close")),
        "blocks": [
            _section(say("authorised.intro")),
            {
                "type": "input",
                "block_id": REASON,
                "label": plain(say("authorised.label")),
                "hint": plain(say("authorised.hint")),
                "element": {
                    "type": "plain_text_input",
                    "action_id": REASON,
                    "multiline": True,
                    "max_length": LONGEST_REASON,
                },
            },
        ],
    }


def home_entry(warning: Shown, wording: Wording, *, day: datetime) -> list[Block]:
    """Return App Home's blocks for a warning of which nobody knows whether it arrived."""
    name = "home.unknown" if warning.kind is WarningKind.AUTHOR else "home.unknown_reader"
    first = f"{warning.kind.value}.{warning.labels[0]}"
    date = f"{day:%Y-%m-%d}" if warning.language == "en" else f"{day:%d.%m.%Y}"
    told = "\n\n".join(wording.text(warning.language, f"{first}.{part}") for part in ("why", "todo"))
    return [
        _section(_in_channel(wording.text(warning.language, name, channel=_CHANNEL, day=date), warning)),
        _section(f"*{wording.text(warning.language, f'{first}.headline')}*"),
        *_quoted(warning, wording),
        _section(told),
    ]


def plain(text: str) -> Block:
    """Return a text that is no markup."""
    return {"type": "plain_text", "text": text, "emoji": False}


# Where a channel's mention goes; put in after the values are escaped, since a mention would be escaped with them.
_CHANNEL = "\ue000"


def _in_channel(text: str, warning: Shown) -> str:
    return text.replace(_CHANNEL, f"<#{warning.channel}>")


def _where(warning: Shown, wording: Wording) -> str:
    name = f"frame.direct_{warning.kind.value}"
    told = _in_channel(wording.text(warning.language, name, channel=_CHANNEL), warning)
    if not warning.permalink:
        return told
    return f"{told} <{escape(warning.permalink)}|{wording.text(warning.language, 'frame.link')}>"


def _quoted(warning: Shown, wording: Wording) -> Iterator[Block]:
    """Quote each piece of evidence in a section of its own, below what it shows."""
    several = len(warning.labels) > 1
    for place, (words, labels) in enumerate(_evidence(warning).items()):
        head = wording.text(warning.language, f"frame.seen_{warning.kind.value}") if not place else ""
        names = ", ".join(wording.text(warning.language, f"labels.{label}") for label in labels) if several else ""
        above = "  ".join(one for one in (head, f"_{names}_" if names else "") if one)
        quote = f"> {escape(words)}"
        yield _section(f"{above}\n{quote}" if above else quote)


def _evidence(warning: Shown) -> dict[str, list[str]]:
    """Gather what each quote shows: one sentence may show several things, and is quoted once."""
    found: dict[str, list[str]] = {}
    for label, words in warning.quotes:
        line = cut(words, _LONGEST_QUOTE)
        if line and label not in found.setdefault(line, []):
            found[line].append(label)
    return found


def _plain(warning: Shown, wording: Wording, where: str) -> str:
    """Say the whole message in plain words, for screen readers and notifications."""

    def say(name: str, **values: str) -> str:
        return wording.text(warning.language, name, **values)

    first = f"{warning.kind.value}.{warning.labels[0]}"
    quotes = "; ".join(say("frame.quote", words=words) for words in _evidence(warning))
    parts = (
        where or say("frame.only_you"),
        say(f"{first}.headline"),
        f"{say(f'frame.seen_{warning.kind.value}')} {quotes}." if quotes else "",
        say(f"{first}.why"),
        f"{say('frame.safer')} {say(f'{first}.safer')}" if wording.has(f"{first}.safer") else "",
        say(f"{first}.todo"),
        say("frame.lesson", lesson=say(f"{first}.lesson")),
    )
    return " ".join(one for one in parts if one)


def _button(warning: Shown, wording: Wording, action: str) -> Block:
    text = wording.text(warning.language, f"buttons.{action.partition('.')[2]}")
    return {"type": "button", "action_id": action, "value": warning.id.hex, "text": plain(text)}


def _lesson(warning: Shown, wording: Wording) -> Block:
    """Return the button that opens the lesson about what the warning is about."""
    lesson = lesson_for(warning.labels[0], warning.kind)
    text = plain(wording.text(warning.language, "buttons.lesson"))
    return {"type": "button", "action_id": OPEN, "value": lesson, "text": text}


def _section(text: str) -> Block:
    # Verbatim: Slack makes no links or mentions of its own accord out of what people wrote.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def _quotes(row: WarningRow, keys: Keys) -> tuple[tuple[str, str], ...]:
    if row.sealed is None or row.key_id is None:
        return ()
    try:
        data = json.loads(keys.open(row.key_id, row.sealed, place=f"warning:{row.id}"))
    except UndecryptableError:
        return ()
    return tuple((str(label), str(words)) for label, words in data["quotes"])
