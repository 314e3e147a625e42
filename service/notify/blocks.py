"""An alert as a message in procurement's channel (Block Kit), and many of them in one.

Within Slack's limits for any content: 3,000 characters a section, 75 a button, 50 blocks. Texts are `verbatim`, so that
nobody's words are made into a link or a mention.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.models import AlertStatus, Verdict
from service.notify.card import Card, Quote, Step
from service.notify.mrkdwn import ago, escaped, link, moment, utc
from service.notify.wording import counted, inline, say, texts, title

_LONGEST_QUOTE, _LONGEST_NAME, _LONGEST_URL = 300, 80, 1500
_MOST_LABELS, _MOST_NAMES = 5, 3
# What alerts call a counterparty that nobody knows, such as one of a report in somebody's own words.
_NOBODY = frozenset({"", "unknown"})
_VERDICTS = (Verdict.TRUE_POSITIVE, Verdict.FALSE_POSITIVE, Verdict.BENIGN)

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message: its blocks, and the text for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def arguments(self) -> dict[str, Any]:
        """What a call to Slack takes."""
        return {"text": self.text} | ({"blocks": list(self.blocks)} if self.blocks else {})


def alert_post(card: Card, *, language: str, base: str = "", permalink: str = "") -> Post:
    """Show an alert. `base` is the console's public address, `permalink` leads to its last message in Slack."""
    told = {
        "severity": title(language, "severity", card.severity),
        "labels": _labels(card, language),
        "counterparty": named(card.counterparty, say(language, "alert.unknown")),
        "risk": f"{card.risk:.0f}",
    }
    icon = texts(language).get(f"icon.{card.severity}", ":white_circle:")
    head = say(language, "alert.headline", icon=icon, **told) + "\n" + say(language, "alert.about", **told)
    quotes = [_quote(one, language) for one in card.quotes] or [say(language, "alert.no_words")]
    blocks = [
        section(head),
        section("\n".join(f">{one}" for one in quotes)),
        context(_context(card, language, permalink)),
    ]
    state, state_spoken = _state(card, language)
    if state:
        blocks.append(section(state))
    buttons = _buttons(card, language, base)
    if buttons:
        blocks.append({"type": "actions", "block_id": "alert", "elements": buttons})
    spoken = [say(language, "alert.spoken", **told), *map(sentence, quotes)]
    when = f"{_said(card, language)[0]}, {utc(card.said_at)}."
    return Post(text=" ".join(filter(None, [*spoken, when, state_spoken])), blocks=tuple(blocks))


def reopened_text(card: Card, *, language: str) -> str:
    """Say in a post's thread that its alert is open again."""
    severity = title(language, "severity", card.severity)
    return say(language, "alert.reopened_reply", severity=severity, risk=f"{card.risk:.0f}")


def flood_post(
    count: int,
    severities: Mapping[str, int],
    counterparties: Sequence[tuple[str, int]],
    *,
    language: str,
    base: str = "",
) -> Post:
    """Sum up more alerts than anybody reads one by one; the most frequent counterparties first."""
    listed = severities_text(severities, language)
    most = say(language, "flood.most", counterparties=counterparties_text(counterparties, language))
    lines = [say(language, "flood.headline", count=count) + "\n" + listed, most, say(language, "flood.explained")]
    url = console_url(base, "/alerts?status=new")
    if url:
        lines.append(link(url, say(language, "flood.open")))
    spoken = say(language, "flood.spoken", count=count, severities=listed)
    return Post(text=f"{spoken} {most}", blocks=(section("\n".join(lines)),))


def severities_text(counts: Mapping[str, int], language: str) -> str:
    """List how many there are of each severity: `2 critical, 1 high`; gravest first as given."""
    return ", ".join(
        say(language, "digest.severity", count=count, severity=inline(language, "severity", one))
        for one, count in counts.items()
        if count
    )


def counterparties_text(counts: Sequence[tuple[str, int]], language: str) -> str:
    """List counterparties with their counts."""
    return ", ".join(
        say(language, "digest.counterparty", name=named(name, say(language, "digest.unknown")), count=count)
        for name, count in counts
    )


def named(counterparty: str, unknown: str) -> str:
    """Name a counterparty, or say that it is unknown."""
    return escaped(counterparty, most=_LONGEST_NAME) if counterparty not in _NOBODY else unknown


def sentence(line: str) -> str:
    """Turn a line into a sentence for those who have it read out: without markup, and with an end."""
    plain = line.replace("*", "")
    return plain if plain.endswith((".", "!", "?", "…")) else f"{plain}."


def section(text: str) -> Block:
    """Make a block of text."""
    return {"type": "section", "text": _mrkdwn(text)}


def context(texts_: Sequence[str]) -> Block:
    """Make a block of small print."""
    return {"type": "context", "elements": [_mrkdwn(one) for one in texts_]}


def console_url(base: str, path: str) -> str:
    """Return a page's address; empty where the console's public address is not known."""
    url = base.rstrip("/") + path
    return url if base.lower().startswith(("https://", "http://")) and len(url) <= _LONGEST_URL else ""


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _labels(card: Card, language: str) -> str:
    names = [escaped(title(language, "label", one), most=_LONGEST_NAME) for one in card.labels]
    shown = ", ".join(names[:_MOST_LABELS])
    if len(names) <= _MOST_LABELS:
        return shown
    return say(language, "alert.more_labels", labels=shown, count=len(names) - _MOST_LABELS)


def _quote(quote: Quote, language: str) -> str:
    label = escaped(title(language, "label", quote.label), most=_LONGEST_NAME)
    name = "alert.quote" if quote.words else "alert.reason"
    words = escaped(quote.words or quote.reason, most=_LONGEST_QUOTE)
    return say(language, name, label=label, words=words)


def _said(card: Card, language: str) -> tuple[str, str]:
    """Say who spoke, and where."""
    names = ", ".join(escaped(one, most=_LONGEST_NAME) for one in card.authors[:_MOST_NAMES])
    more = card.others + len(card.authors[_MOST_NAMES:])
    if more and names:
        names = say(language, "alert.and_others", names=names, count=more)
    where = title(language, "channel", card.channel)
    subject = escaped(card.subject, most=_LONGEST_NAME)
    return names or say(language, "alert.nobody"), f"{where}: {subject}" if subject else where


def _context(card: Card, language: str, permalink: str) -> list[str]:
    who, where = _said(card, language)
    lines = [say(language, "alert.said", who=who, where=where, when=moment(card.said_at))]
    if permalink:
        lines.append(link(permalink, say(language, "alert.permalink")))
    if card.withdrawn:
        lines.append(say(language, "alert.withdrawn"))
    if card.warnings:
        lines.append(counted(language, "alert.warned", card.warnings))
    if card.reports:
        lines.append(counted(language, "alert.reported", card.reports))
    return lines


def _state(card: Card, language: str) -> tuple[str, str]:
    """Say what became of the alert, as it is shown and as it is read out; empty while nobody has touched it."""
    if card.status is AlertStatus.NEW:
        if not card.reopened:
            return "", ""
        return say(language, "alert.reopened"), say(language, "alert.reopened_spoken")
    step = card.step
    if step is None:
        state = title(language, "status", card.status)
        return say(language, "alert.state_alone", state=state), say(language, "alert.state_alone_spoken", state=state)
    told = {"state": _outcome(step, language), "name": escaped(step.name, most=_LONGEST_NAME)}
    return say(language, "alert.state", ago=ago(step.at), **told), say(language, "alert.state_spoken", **told)


def _outcome(step: Step, language: str) -> str:
    if step.verdict and step.status == AlertStatus.RESOLVED:
        return title(language, "verdict", step.verdict)
    return title(language, "status", step.status)


def _buttons(card: Card, language: str, base: str) -> list[Block]:
    buttons: list[Block] = []
    if card.is_open:
        buttons += [_button(f"alert.{one}", title(language, "button", one), str(card.id)) for one in _VERDICTS]
        buttons[0]["style"] = "primary"
        buttons[-1]["confirm"] = _confirm(language)
    if card.status is AlertStatus.NEW:
        buttons.append(_button("alert.in_progress", say(language, "button.in_progress"), str(card.id)))
    if card.step is not None and card.step.review is not None:
        buttons.append(_button("alert.undo", say(language, "button.undo"), f"{card.id} {card.step.review}"))
    url = console_url(base, f"/alerts/{card.id}")
    if url:
        buttons.append(_button("alert.open", say(language, "button.open"), str(card.id)) | {"url": url})
    return buttons


def _button(action: str, text: str, value: str) -> Block:
    return {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": text, "emoji": False},
        "value": value,
    }


def _confirm(language: str) -> Block:
    words = {
        name: {"type": "plain_text", "text": say(language, f"benign.{name}")} for name in ("title", "confirm", "deny")
    }
    return words | {"text": {"type": "plain_text", "text": say(language, "benign.text")}}
