"""The options and arguments that several commands have."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

Config = Annotated[
    Path, typer.Option("--config", "-c", help="The configuration.", envvar="FRONTDOOR_CONFIG", show_default=True)
]
CONFIG = Path("frontdoor.toml")

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")]

Paths = Annotated[
    list[Path],
    typer.Argument(
        help=".eml, .mbox, Maildir, Slack export, .jsonl, or folders of them; - for standard input.",
        show_default=False,
        readable=False,  # what can't be read is one refusal, not the end of the rest
    ),
]


def standard_input(paths: Sequence[Path]) -> BinaryIO | None:
    """Give standard input when it is among the paths, as `-`."""
    if Path("-") not in paths:
        return None
    if sys.stdin is None:
        raise typer.BadParameter("standard input is closed, and - asks for it")
    return sys.stdin.buffer
