"""The options and arguments that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path, typer.Option("--config", "-c", help="The configuration.", envvar="FRONTDOOR_CONFIG", show_default=True)
]
CONFIG = Path("frontdoor.toml")

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every step.")]

Paths = Annotated[
    list[Path],
    typer.Argument(
        help=".eml, .mbox, Maildir, Slack export, .jsonl, or folders of them; - for standard input.", show_default=False
    ),
]
