"""How the program speaks to people: on standard error, which leaves standard output to results."""

import io
import logging
import sys
from unicodedata import category

from service.errors import FrontdoorError
from service.pipeline import ConnectorError

# Libraries below us would name addresses and queries at their lower levels.
_TALKATIVE = (
    "alembic",
    "asyncio",
    "fontTools",
    "httpcore2",
    "httpx2",
    "imapclient",
    "multipart",
    "python_multipart",
    "slack_sdk",
    "sqlalchemy",
    "urllib3",
)


def say(text: str = "") -> None:
    """Print a line for a person on standard error; with that closed, nobody listens."""
    if sys.stderr is not None:
        print(printable(text), file=sys.stderr, flush=True)  # noqa: T201 - the program's own voice


def speak_unicode(*, as_json: bool) -> None:
    """Print what the locale can't: JSON is UTF-8 whatever the locale, and half a character is shown by its number."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8" if as_json else None, errors="backslashreplace")


def printable(text: str) -> str:
    """Replace what would steer a terminal: names and words come from whoever wrote the mail."""
    return "".join(
        char if char.isprintable() or char in "\n\t" or category(char) == "Zs" else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def tell(error: Exception) -> str:
    """Say an error in a line; of one that nobody foresaw only the kind, since its text may quote a message."""
    kind = type(error).__name__
    if isinstance(error, FrontdoorError | ConnectorError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    # Known by its module: to import the library for a name would cost every command a quarter of a second.
    if any(base.__module__.startswith("sqlalchemy.") for base in type(error).__mro__):
        return f"the database failed ({kind}): `frontdoor doctor` says more"
    return f"an unexpected {kind}: please report it; FRONTDOOR_DEBUG=1 shows the trace, which may quote messages"


def log_to_stderr(*, verbose: bool) -> None:
    """Log what the program does; never what a message says, nor who wrote it."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
