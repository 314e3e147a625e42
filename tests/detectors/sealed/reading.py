"""The facts, the wordings of them and the unrelated texts, and what the detector says of a text.

There are three sets of them. The second and the third were written without a look at the detector or at the other
sets. Of the second, 163 of 200 wordings were found at first, and 40 of 400 unrelated texts taken for a fact; one
wording is left out, which tells a stock of eleven days by the day on which it is gone. Of the third, 153 of 200 were
found at first and 22 of 400 taken for a fact; 159 and 9 after the detector had been mended by the second.

The sets in `unseen` came later, by four more people; every second text of theirs was never looked at. Of the third and
fourth 330 of 400 wordings were found at first, and 2 of 400 texts taken for a fact. Nothing of that in `fresh`,
which came last, was looked at.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from detectors.catalogue import sealed_fact
from detectors.context import Context
from detectors.document import prepare
from detectors.finding import Finding
from messages import Channel, Counterparty, Directory, Message, Participant, Person
from service.negotiations.files import register_of

FOLDER = Path(__file__).parent
# Folders of the sets.
FIRST, SECOND, THIRD = "", "second", "third"
SETS = (FIRST, SECOND, THIRD)
UNSEEN = ("unseen/first", "unseen/second", "unseen/third", "unseen/fourth")
FRESH = ("fresh",)
WRITTEN = datetime.fromisoformat("2026-03-10T10:00:00+01:00")
# Every third was put aside and not looked at before the detector stood.
_HELD = 2
AUTHOR = Participant(address="pavel@ourco.example", name="Pavel Dušek")
READER = Participant(address="lena@norvik.example", name="Lena Dahl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text that tells a fact, or (`fact` empty) none."""

    text: str
    fact: str = ""
    channel: Channel = Channel.EMAIL
    subject: str = ""
    is_held: bool = False
    among: str = FIRST


def samples(name: str, sets: Sequence[str] = SETS) -> list[Sample]:
    """Read `wordings` or `unrelated` of sets; only of the first set some were held back."""
    return [
        Sample(
            **{**record, "channel": Channel(record.get("channel", "email"))},
            is_held=among == FIRST and place % 3 == _HELD,
            among=among,
        )
        for among in sets
        for place, record in enumerate(map(json.loads, _lines(among, name)))
    ]


def _lines(among: str, name: str) -> list[str]:
    return (FOLDER / among / f"{name}.jsonl").read_text("utf-8").splitlines()


@cache
def context(among: str = FIRST) -> Context:
    """Return the register with the forty facts of a set, all of them of negotiations with one supplier."""
    directory = Directory(
        own_domains=("ourco.example",),
        people={"bo.lind@ourco.example": Person(address="bo.lind@ourco.example", name="Bo Lind")},
        counterparties=(Counterparty(name="Norvik", domains=("norvik.example",)),),
    )
    register = register_of((FOLDER / among / "facts.toml").read_text("utf-8"), directory)
    return Context(directory=directory, negotiations=register)


def findings(sample: Sample) -> list[Finding]:
    """Return what the detector finds in a text that one of ours writes to the supplier."""
    message = Message(
        id="m",
        channel=sample.channel,
        sender=AUTHOR,
        to=(READER,),
        subject=sample.subject,
        text=sample.text,
        sent_at=WRITTEN,
    )
    return list(sealed_fact(prepare(message, context(sample.among))))


def missed(*, held: bool | None = None) -> list[Sample]:
    """Return the wordings whose fact is not found, of all of them or of one part."""
    return missed_of(_part("wordings", held=held))


def missed_of(told: Iterable[Sample]) -> list[Sample]:
    """Return those of some wordings whose fact is not found."""
    return [one for one in told if one.fact not in {found.rule for found in findings(one)}]


def wrong(*, held: bool | None = None) -> list[tuple[Sample, list[str]]]:
    """Return the unrelated texts in which any of the forty facts is found, with which."""
    return wrong_of(_part("unrelated", held=held))


def wrong_of(told: Iterable[Sample]) -> list[tuple[Sample, list[str]]]:
    """Return those of some texts in which any fact is found, with which."""
    judged = ((one, sorted({found.rule for found in findings(one)})) for one in told)
    return [(one, facts) for one, facts in judged if facts]


def _part(name: str, *, held: bool | None) -> Iterator[Sample]:
    return (one for one in samples(name) if held is None or one.is_held is held)
