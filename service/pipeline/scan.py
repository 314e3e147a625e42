"""Judging files without a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from connectors import TRUNCATED
from detectors.catalogue import Analysis, analyze_each
from detectors.context import Context
from detectors.scoring import Assessment, Policy, assess
from messages import Message
from service.pipeline.rerun import with_history


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow:
    """A message with what was found in it."""

    message: Message
    analysis: Analysis
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRefusal:
    """Something that could not be read as a message."""

    where: str
    why: str


def scan(
    paths: Sequence[Path], context: Context, policy: Policy, *, stdin: BinaryIO | None = None
) -> Iterator[ScanRow | ScanRefusal]:
    """Judge every message of the files, in their order, internal ones included.

    Where the context asks for what went before, the files are read twice: each message is judged with the earlier ones
    of its thread, in whatever file they stand.
    """
    for batch in with_history(paths, context, stdin=stdin):
        for (message, _), result in zip(batch.messages, judged(batch.messages, policy), strict=True):
            yield result
            if message.truncated:
                yield ScanRefusal(where=message.id, why=TRUNCATED)
        for refusal in batch.refusals:
            yield ScanRefusal(where=refusal.where, why=refusal.why)


def judged(messages: Sequence[tuple[Message, Context]], policy: Policy) -> Iterator[ScanRow | ScanRefusal]:
    """Judge each of some messages; one that a detector trips over makes a refusal."""
    for (message, _), analysis in zip(messages, analyze_each(messages), strict=True):
        yield _judged(message, analysis, policy)


def _judged(message: Message, analysis: Analysis | Exception, policy: Policy) -> ScanRow | ScanRefusal:
    if isinstance(analysis, Exception):
        return _tripped(message, analysis)
    try:
        assessment = assess(analysis.findings, policy, in_scope=True)
    except Exception as error:  # noqa: BLE001 - one message that trips the judgement must not stop the others
        return _tripped(message, error)
    return ScanRow(message=message, analysis=analysis, assessment=assessment)


def _tripped(message: Message, error: Exception) -> ScanRefusal:
    return ScanRefusal(where=message.id, why=f"the analysis failed ({type(error).__name__})")
