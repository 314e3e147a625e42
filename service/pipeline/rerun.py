"""Reading files for their judgement: each message with its context, read twice where what went before counts."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from connectors import Batch, Refusal
from connectors.files import Files
from detectors.context import Context
from messages import Message
from service.pipeline.history import History


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A batch of messages, each with the context that it is judged in, and what could not be read."""

    messages: Sequence[tuple[Message, Context]]
    refusals: Sequence[Refusal]


def with_history(paths: Sequence[Path], context: Context, *, stdin: BinaryIO | None = None) -> Iterator[Read]:
    """Yield the files' batches, in their order; standard input is put aside where it has to be read again."""
    with ExitStack() as open_until_done:
        if not context.knows_people:
            for batch in _batches(paths, stdin):
                yield Read(messages=[(one, context) for one in batch.messages], refusals=batch.refusals)
            return
        if stdin is not None:
            kept = open_until_done.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stdin, kept)
            kept.seek(0)
            stdin = kept
        yield from _in_context(paths, context, stdin)


def _in_context(paths: Sequence[Path], context: Context, stdin: BinaryIO | None) -> Iterator[Read]:
    history, place = History(context.directory), 0
    for batch in _batches(paths, stdin):
        for message in batch.messages:
            history.add(message)
    history.close()
    if stdin is not None:
        stdin.seek(0)
    for batch in _batches(paths, stdin):
        known = [(one, history.context(context, one, place + at)) for at, one in enumerate(batch.messages, start=1)]
        place += len(batch.messages)
        yield Read(messages=known, refusals=batch.refusals)


def _batches(paths: Sequence[Path], stdin: BinaryIO | None) -> Iterator[Batch]:
    with closing(Files(paths, stdin=stdin)) as files:
        yield from files.batches({})
