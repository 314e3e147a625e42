"""The program `frontdoor`: what each command says and returns.

Exit status: 0 done, 1 failed (the last line on stderr says what to mend), 2 wrong usage, 3 done but something was
refused, 130 interrupted. FRONTDOOR_DEBUG=1 shows the trace of a failure, which may quote messages.
"""

import gc
import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from service.cli.voice import say, tell

_COMMANDS = {
    "demo": "service.cli.demo",
    "init": "service.cli.init",
    "doctor": "service.cli.doctor",
    "run": "service.cli.serving",
    "serve": "service.cli.serving",
    "scan": "service.cli.scan",
    "explain": "service.cli.explaining",
    "evaluate": "service.cli.evaluate",
    "import": "service.cli.importing",
    "db": "service.cli.admin",
    "user": "service.cli.admin",
    "token": "service.cli.admin",
    "slack": "service.cli.slack",
}


class _Commands(TyperGroup):
    """The commands, each imported when it is asked for: `scan` must not wait for the web application to load."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as typer calls it
        """Name the commands in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; None when there is no such one."""
        module = _COMMANDS.get(cmd_name)
        return get_group(_imported(module).app).get_command(ctx, cmd_name) if module else None


def _imported(name: str) -> Any:
    """Import a module for good: what comes with it is never garbage, and to look through it for some takes long."""
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


app = typer.Typer(
    name="frontdoor",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def frontdoor() -> None:
    """Detect backdoor selling in supplier-facing mail and Slack."""


def main() -> None:
    """Run the program; a failure is one clear line, not a trace."""
    try:
        app()
    except Exception as error:
        if os.environ.get("FRONTDOOR_DEBUG"):
            raise
        say(f"frontdoor: {tell(error)}")
        sys.exit(1)
    finally:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Write out what is left; a reader that went away (`| head`) is no reason for a trace at the very end."""
    if sys.stdout is None:  # started with its output closed
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
