"""The program `frontdoor`: what each command says and returns.

Exit status: 0 done, 1 failed (the last line on stderr says what to mend), 2 wrong usage, 3 done but something was
refused.
"""

import sys

import typer

from service.cli.admin import register as register_admin
from service.cli.doctor import register as register_doctor
from service.cli.files import register as register_files
from service.cli.serving import register as register_serving
from service.errors import FrontdoorError

app = typer.Typer(
    name="frontdoor",
    help="Detects backdoor selling in supplier-facing mail and Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for register in (register_serving, register_files, register_doctor, register_admin):
    register(app)


def main() -> None:
    """Run the program; a known failure is one clear line, not a trace."""
    try:
        app()
    except FrontdoorError as error:
        print(f"frontdoor: {error}", file=sys.stderr)  # noqa: T201 - the program's own voice
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)
