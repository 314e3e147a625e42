"""How far a command has come, for a person who watches."""

import sys

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn


def progress_bar() -> Progress:
    """Make a bar on standard error, which shows nothing where that is no terminal, or closed."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    is_watched = sys.stderr is not None and sys.stderr.isatty()
    return Progress(*columns, console=Console(stderr=True), disable=not is_watched)
