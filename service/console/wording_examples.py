"""Examples of all that people read in Slack, drawn as it looks there: each warning, modal and page in each language."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from detectors.finding import Label
from service.console.slack_preview import Piece, pieces
from service.settings import Retention, SlackSource
from service.warnings.blocks import Block, Shown, authorised_modal, home_entry, warning_message, why_modal
from service.warnings.models import WarningKind, WarningRow
from service.warnings.wording import LANGUAGES, Wording

# What the example messages say. They are in English, which is what the detectors read, whatever language answers.
_SAID = {
    Label.SPECIFICATION: "the shaft has to hold 0.02 mm, that is what we measured on the prototype",
    Label.BUDGET: "our budget for this is 85,000 euros",
    Label.TIMELINE: "we have to sign before the end of May",
    Label.INNOVATION: "the next housing comes without screws, nobody knows that yet",
    Label.LEVERAGE: "we have no second source for this part",
    Label.COMPETITOR: "Hauck is at 79,000",
    Label.DECISION: "Bernd decides, and you are his favourite",
    Label.COMMITMENT: "go ahead, the order will follow",
    Label.SIDESTEP: "let’s leave procurement out of this for now",
    Label.ELICITATION: "what number would get this done?",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One message, page or modal in one language.

    `title` and `buttons` are a modal's; `fallback` is what a screen reader or a notification says of a message.
    """

    language: str
    pieces: tuple[Piece, ...]
    fallback: str = ""
    title: str = ""
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The same thing in each language. `label` is empty for what goes with all of them."""

    anchor: str
    title: str
    about: str
    previews: tuple[Preview, ...]
    label: str = ""


def examples(source: SlackSource, words: Wording, retention: Retention, *, now: datetime) -> tuple[Example, ...]:
    """Return everything, in the order in which people meet it. `words` must be those of the source."""
    return (*_warnings(words), *_other_ways(words, now=now), *_modals(source, retention))


def _warnings(words: Wording) -> Iterator[Example]:
    for label in Label:
        kind = WarningKind.READER if label is Label.ELICITATION else WarningKind.AUTHOR
        yield Example(
            anchor=label.value,
            title=words.text("en", f"labels.{label}"),
            about="whoever reads the question is told" if kind is WarningKind.READER else "the author is told",
            label=label.value,
            previews=tuple(_message(_shown(one, kind, label), words) for one in LANGUAGES),
        )


def _other_ways(words: Wording, *, now: datetime) -> Iterator[Example]:
    leaks = [_shown(one, WarningKind.AUTHOR, Label.BUDGET, Label.TIMELINE) for one in LANGUAGES]
    questions = [_shown(one, WarningKind.READER, Label.ELICITATION) for one in LANGUAGES]
    for name, some in (("Direct message", leaks), ("Direct message about a question", questions)):
        yield Example(
            anchor=name.lower().replace(" ", "-"),
            title=name,
            about="where nothing can be shown next to the message",
            previews=tuple(_message(one, words, direct=True) for one in some),
        )
    for name, some in (("App Home", leaks), ("App Home about a question", questions)):
        drawn = [(one.language, pieces(home_entry(one, words, day=now))) for one in some]
        yield Example(
            anchor=name.lower().replace(" ", "-"),
            title=name,
            about="where nobody knows whether a warning arrived",
            previews=tuple(Preview(language=language, pieces=some_pieces) for language, some_pieces in drawn),
        )


def _modals(source: SlackSource, retention: Retention) -> Iterator[Example]:
    rows = [_row(one) for one in LANGUAGES]
    yield Example(
        anchor="why",
        title="Why am I seeing this?",
        about="opened by that button: what is looked at, by whom, and how to object",
        previews=tuple(_modal(row.language, why_modal(source, row, retention=retention)) for row in rows),
    )
    yield Example(
        anchor="authorised",
        title="This is authorised",
        about="opened by that button: the reason, for the reviewers",
        previews=tuple(_modal(row.language, authorised_modal(source, row)) for row in rows),
    )


def _message(warning: Shown, words: Wording, *, direct: bool = False) -> Preview:
    message = warning_message(warning, words, direct=direct)
    return Preview(
        language=warning.language, pieces=pieces(message["blocks"]), fallback=message["text"].replace("<#C1>", "")
    )


def _modal(language: str, view: Block) -> Preview:
    buttons = tuple(view[one]["text"] for one in ("close", "submit") if one in view)
    return Preview(language=language, pieces=pieces(view["blocks"]), title=view["title"]["text"], buttons=buttons)


def _shown(language: str, kind: WarningKind, *labels: Label) -> Shown:
    return Shown(
        id=uuid.UUID(int=0),
        kind=kind,
        labels=tuple(label.value for label in labels),
        quotes=tuple((label.value, _SAID[label]) for label in labels),
        language=language,
        channel="C1",
        permalink="https://ourco.slack.example/",
    )


def _row(language: str) -> WarningRow:
    """Make a row that is never stored."""
    return WarningRow(id=uuid.UUID(int=0), language=language, labels=[Label.BUDGET.value], alert_id=uuid.UUID(int=0))
