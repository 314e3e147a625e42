"""What a reader says a message shows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from detectors.finding import Label

LABELS: tuple[str, ...] = tuple(label.value for label in Label)
# A wrong name is shown as it stands only where it looks like a name: anything else may be a message's words.
_NAME = re.compile(r"[A-Za-z][\w-]{0,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A labelled message.

    `evidence` holds, for a label, the words of `text` that show it. Labels in `optional` count neither way. `near` is
    the label that a message without one was made to resemble; with it the message is a hard negative.
    """

    id: str
    text: str
    labels: frozenset[str] = frozenset()
    evidence: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    near: str = ""


class GoldError(ValueError):
    """A labelled record can't be used. The text says what to mend, without a word of the message."""


def gold_of(record: Mapping[str, object], *, identity: str) -> Gold:
    """Read `text`, `labels`, and where they are given `evidence`, `optional` and `near` of a record.

    Raises GoldError for a label that is none of the ten and for evidence that does not stand in the text.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise GoldError("text is no text")
    near = record.get("near")
    return Gold(
        id=identity,
        text=text,
        labels=_labels(record.get("labels"), "labels"),
        evidence=_evidence(record.get("evidence"), text),
        optional=_labels(record.get("optional", []), "optional"),
        near=_known(near, "near") if near else "",
    )


def _labels(value: object, key: str) -> frozenset[str]:
    if not isinstance(value, list):
        raise GoldError(f"{key} is no list")
    return frozenset(_known(one, key) for one in value)


def _evidence(value: object, text: str) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise GoldError("evidence is no object of label and words")
    found = {}
    for key, words in value.items():
        label = _known(key, "evidence")
        if not isinstance(words, str) or not words:
            raise GoldError(f"evidence for {label} is no text")
        if words not in text:
            raise GoldError(f"evidence for {label} does not stand in the text")
        found[label] = words
    return found


def _known(value: object, key: str) -> str:
    if isinstance(value, str) and value in LABELS:
        return value
    shown = repr(value) if isinstance(value, str) and _NAME.fullmatch(value) else "a value"
    raise GoldError(f"{key}: {shown} is none of {', '.join(LABELS)}")
