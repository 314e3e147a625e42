"""Explaining the judgement of files without a database."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from connectors import TRUNCATED
from detectors.context import Context
from detectors.explain import explain
from detectors.explanation import Explanation
from detectors.scoring import Policy
from messages import Message
from service.errors import NotFoundError
from service.pipeline.rerun import with_history
from service.pipeline.scan import ScanRefusal


def explain_files(
    paths: Sequence[Path], context: Context, policy: Policy, *, only: str = "", stdin: BinaryIO | None = None
) -> Iterator[Explanation | ScanRefusal]:
    """Explain every message of the files in their order, or the `only` one of this id.

    Raises NotFoundError at the end when no message has it.
    """
    wanted = {only, only.strip().removeprefix("<").removesuffix(">")}
    is_found = not only
    for batch in with_history(paths, context, stdin=stdin):
        for message, known in batch.messages:
            if only and message.id not in wanted:
                continue
            is_found = True
            yield _explained(message, known, policy)
            if message.truncated:
                yield ScanRefusal(where=message.id, why=TRUNCATED)
        for refusal in batch.refusals:
            yield ScanRefusal(where=refusal.where, why=refusal.why)
    if not is_found:
        raise NotFoundError(f"no message here has the id {only}; `frontdoor scan` lists the ids")


def _explained(message: Message, context: Context, policy: Policy) -> Explanation | ScanRefusal:
    try:
        return explain(message, context, policy)
    except Exception as error:  # noqa: BLE001 - one message a detector trips over must not stop the others
        return ScanRefusal(where=message.id, why=f"the analysis failed ({type(error).__name__})")
