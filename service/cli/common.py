"""What several commands share."""

import logging
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path, typer.Option("--config", "-c", help="The configuration.", envvar="FRONTDOOR_CONFIG", show_default=True)
]
CONFIG = Path("frontdoor.toml")

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")]

_TALKATIVE = (
    "alembic",
    "asyncio",
    "httpcore2",
    "httpx2",
    "imapclient",
    "multipart",
    "python_multipart",
    "slack_sdk",
    "sqlalchemy",
)


class OutputFormat(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def say(text: str = "") -> None:
    """Print a line for a person on standard error, which leaves standard output to results."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - the program's own voice


def log_to_stderr(*, verbose: bool) -> None:
    """Log what the program does; never what a message says, nor who wrote it."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    # Libraries below us would name addresses and queries at their lower levels.
    for name in (
        "imapclient",
        "slack_sdk",
        "httpx2",
        "httpcore2",
        "sqlalchemy",
        "urllib3",
        "alembic",
        "asyncio",
        "multipart",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)
