"""The options and arguments that several commands have."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from detectors.context import Context
from detectors.scoring import Policy, builtin_policies
from messages import Directory
from service.directory.files import read_directory
from service.negotiations.files import read_negotiations
from service.policies.files import find_policy
from service.settings import load_settings


class OutputFormat(StrEnum):
    """How rows are printed, one a message."""

    TEXT = "text"
    JSONL = "jsonl"


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

PolicyName = Annotated[
    str, typer.Option("--policy", help="quiet, balanced, vigilant, or the path of a policy.toml.", show_default=True)
]

OwnDomains = Annotated[
    list[str] | None, typer.Option(help="A domain of yours, its subdomains included. May be repeated.")
]

ContextFolder = Annotated[
    Path | None,
    typer.Option(
        help="A folder with people.csv, counterparties.csv and negotiations.toml.",
        show_default=False,
        exists=True,
        file_okay=False,
    ),
]


def known_directory(own_domains: Sequence[str] | None, context: Path | None) -> Directory:
    """Return the company as options tell it; without own domains, they are those of the configuration."""
    own = [one for one in own_domains or () if one.strip("@. ")]
    if not own and not CONFIG.is_file():
        raise typer.BadParameter("say which domains are yours, for example: --own-domain example.com")
    return read_directory(own or load_settings(CONFIG).company.own_domains, context)


def known_context(own_domains: Sequence[str] | None, folder: Path | None) -> Context:
    """Return all that is known of the company, as options tell it: the directory and the register of negotiations."""
    directory = known_directory(own_domains, folder)
    return Context(directory=directory, negotiations=read_negotiations(folder, directory))


def chosen_policy(name: str) -> Policy:
    """Return the policy that ships under a name, or that of a file."""
    path = Path(name)
    if path.suffix == ".toml":
        if not path.is_file():
            raise typer.BadParameter(f"there is no policy file {name}", param_hint="--policy")
        return find_policy(path.stem, path.parent)
    shipped = [policy.name for policy in builtin_policies()]
    if name not in shipped:
        raise typer.BadParameter(f"{name!r} is none of {', '.join(shipped)}", param_hint="--policy")
    return find_policy(name)


def standard_input(paths: Sequence[Path]) -> BinaryIO | None:
    """Give standard input when it is among the paths, as `-`."""
    if Path("-") not in paths:
        return None
    if sys.stdin is None:
        raise typer.BadParameter("standard input is closed, and - asks for it")
    return sys.stdin.buffer
