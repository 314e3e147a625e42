"""Mails of about 200 words for measuring how fast text is read: two ordinary ones of the corpus joined, or real ones.

A record is one of the labelled corpus, or of background mail: `from`, `to`, `cc`, `subject`, `text`. No text comes
twice: what has been read once is read faster again.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, dropwhile, islice
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[2] / "detectors" / "training" / "corpus"
ORDINARY = tuple(f"train_e{number}" for number in range(12, 18))
TELLING = "train_e7"
WARMING = ("train_e8", "train_e9", "train_e10", "train_e11")
MORE_ORDINARY = (*ORDINARY, "train_g1", "train_g2")
# Some thousands more, as a service has read after a day.
LONG_WARMING = (*WARMING, *(f"train_g{number}" for number in range(3, 26)))
FEWEST, MOST = 160, 240

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Mails to measure with, and others like them to warm up with."""

    own_domain: str
    mails: list[Record]
    warming: list[Record]


def corpus_texts(
    count: int,
    *,
    every: int = 50,
    seed: int = 7,
    ordinary: Iterable[str] = ORDINARY,
    warming: Iterable[str] = WARMING,
) -> Texts:
    """Make mails of ours to suppliers, of 160 to 240 words; in the middle of each `every` stands one that leaks.

    There are fewer than `count` where the corpus has no more.
    """
    chance = random.Random(seed)
    telling = [one for one in _mails([TELLING]) if _is_ours(one) and one["labels"] and FEWEST <= words_of(one) <= MOST]
    leaks = cycle(chance.sample(telling, len(telling)))
    others = list(_mails(ordinary))
    pairs = _pairs(chance.sample(others, len(others)))
    mails = list(islice(pairs, count - (count + every // 2) // every))
    for at in range(every // 2, count, every):
        mails.insert(at, next(leaks))
    return Texts(own_domain="ourco.example", mails=mails, warming=[one for one in _mails(warming) if _is_ours(one)])


def background_texts(folder: Path, count: int, *, seed: int = 7) -> Texts:
    """Draw `count` of the real mails of 150 to 250 words, or as many as there are; shorter and longer ones warm up."""
    records = list(_records(folder / "background_mail.jsonl"))
    fitting = [one for one in records if 150 <= words_of(one) <= 250]
    others = [one for one in records if not 150 <= words_of(one) <= 250]
    mails = random.Random(seed).sample(fitting, min(count, len(fitting)))
    return Texts(own_domain="enron.com", mails=mails, warming=others)


def words_of(record: Record) -> int:
    """Count the words of a record's text."""
    return len(record["text"].split())


def _pairs(records: list[Record]) -> Iterator[Record]:
    """Yield mails made of two: header and greeting of the first, which is ours, signature of the second."""
    ours = [one for one in records if _is_ours(one)]
    theirs = [one for one in records if not _is_ours(one)]
    while ours:
        first = ours.pop()
        for second in (*theirs, *ours):
            mail = _joined(first, second)
            if FEWEST <= words_of(mail) <= MOST:
                (ours if _is_ours(second) else theirs).remove(second)
                yield mail
                break


def _joined(first: Record, second: Record) -> Record:
    text = f"{_without_signature(first['text'])}\n\n{_without_greeting(second['text'])}"
    return {**first, "id": f"{first['id']}+{second['id']}", "text": text}


def _without_greeting(text: str) -> str:
    return "\n".join(dropwhile(_is_short, text.split("\n")))


def _without_signature(text: str) -> str:
    return "\n".join([*dropwhile(_is_short, reversed(text.split("\n")))][::-1])


def _is_short(line: str) -> bool:
    """Tell whether a line at the edge of a mail may be its greeting or part of its signature."""
    return len(line.split()) <= 5


def _is_ours(record: Record) -> bool:
    return record["direction"] == "outbound"


def _mails(writers: Iterable[str]) -> Iterator[Record]:
    for writer in writers:
        yield from (one for one in _records(CORPUS / f"{writer}.jsonl") if one["channel"] == "email")


def _records(path: Path) -> Iterator[Record]:
    yield from (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
