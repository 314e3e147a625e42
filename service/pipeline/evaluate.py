"""Measuring detection on files: labelled messages are scored, alarms on others counted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from connectors import TRUNCATED
from detectors.catalogue import AT_ONCE
from detectors.context import Context
from detectors.quality import Gold, Judged, judge, without_prediction
from detectors.scoring import Policy
from service.pipeline.labelled import Row, Source, rows
from service.pipeline.scan import ScanRefusal, ScanRow, judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A file of labelled messages, judged."""

    name: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """A file of messages without labels: how many there are, and those that alarmed."""

    name: str
    messages: int
    alarms: tuple[Judged, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What became of all files, in their order. `refusals`: messages that could not be judged, or not wholly."""

    labelled: tuple[Labelled, ...]
    background: tuple[Background, ...]
    refusals: tuple[ScanRefusal, ...]


def evaluate(
    sources: Sequence[Source], context: Context, policy: Policy, *, progress: Callable[[Source], None] = lambda _: None
) -> Evaluation:
    """Judge every message of the files as a scan does; `progress` is told of each message's file.

    Raises BadRequestError where a file has changed for the worse since it was surveyed.
    """
    labelled, background, refusals = list[Labelled](), list[Background](), list[ScanRefusal]()
    for source in sources:
        found, waiting = [], rows(source)
        while some := list(islice(waiting, AT_ONCE)):
            results = judged([(row.message, context) for row in some], policy)
            for row, result in zip(some, results, strict=True):
                one, refused = _judge(row, result, policy)
                refusals += refused
                # Of background millions may pass: only what is asked about later is kept.
                if source.is_labelled or one.alert:
                    found.append(one)
                progress(source)
        if source.is_labelled:
            labelled.append(Labelled(name=source.name, judged=tuple(found)))
        else:
            background.append(Background(name=source.name, messages=source.messages, alarms=tuple(found)))
    return Evaluation(labelled=tuple(labelled), background=tuple(background), refusals=tuple(refusals))


def _judge(row: Row, result: ScanRow | ScanRefusal, policy: Policy) -> tuple[Judged, list[ScanRefusal]]:
    gold = row.gold or Gold(id=row.message.id, text=row.message.text)
    if isinstance(result, ScanRefusal):
        return without_prediction(gold), [result]
    cut = [ScanRefusal(where=row.message.id, why=TRUNCATED)] if row.message.truncated else []
    return judge(gold, result.analysis.findings, policy), cut
