"""Judging files without a database."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from connectors import TRUNCATED
from connectors.files import Files
from detectors.catalogue import Analysis, analyze
from detectors.context import Context
from detectors.scoring import Assessment, Policy, assess
from messages import Message


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
    """Judge every message of the files, in their order, internal ones included."""
    with closing(Files(paths, stdin=stdin)) as files:
        for batch in files.batches({}):
            for message in batch.messages:
                yield judged(message, context, policy)
                if message.truncated:
                    yield ScanRefusal(where=message.id, why=TRUNCATED)
            for refusal in batch.refusals:
                yield ScanRefusal(where=refusal.where, why=refusal.why)


def judged(message: Message, context: Context, policy: Policy) -> ScanRow | ScanRefusal:
    """Judge a message; a detector that trips over it makes a refusal."""
    try:
        analysis = analyze(message, context)
        assessment = assess(analysis.findings, policy, in_scope=True)
    except Exception as error:  # noqa: BLE001 - one message a detector trips over must not stop the others
        return ScanRefusal(where=message.id, why=f"the analysis failed ({type(error).__name__})")
    return ScanRow(message=message, analysis=analysis, assessment=assessment)
