"""`frontdoor import`: files into the database."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, TaskID

from service.cli.bar import progress_bar
from service.cli.options import CONFIG, Config, Paths, Verbose, standard_input
from service.cli.voice import log_to_stderr, say
from service.pipeline import Batch
from service.pipeline.connect import open_files
from service.pipeline.follow import drain
from service.pipeline.ingest import Outcome
from service.settings import load_settings
from service.start import open_database, open_house, open_keys

_REFUSED = 3

app = typer.Typer()


@app.command("import")
def import_files(
    paths: Paths,
    config: Config = CONFIG,
    source: Annotated[str, typer.Option(help="The name under which the files are remembered.")] = "import",
    verbose: Verbose = False,
) -> None:
    """Read files into the database. Interrupted, it goes on where it stopped; run twice, it changes nothing."""
    settings = load_settings(config)
    if verbose:
        log_to_stderr(verbose=True)
    database = open_database(settings, migrate=True)
    house = open_house(settings, database, open_keys(settings, database))
    stdin = standard_input(paths)
    with closing(database), closing(open_files(paths, stdin=stdin)) as files, progress_bar() as bar:
        seen = _Seen(bar)
        try:
            drain(database, files, house, source=source, kind="files", progress=seen.add)
        except KeyboardInterrupt:
            say("stopped; the same command goes on from here")
            raise
        finally:
            seen.sum_up()
    if seen.refusals:
        raise typer.Exit(_REFUSED)


class _Seen:
    """What an import has brought so far, on a progress bar a file."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.tasks: dict[str, TaskID] = {}
        self.brought = self.stored = 0
        self.alerts: set[object] = set()
        self.refusals: list[str] = []

    def add(self, batch: Batch, outcome: Outcome) -> None:
        """Count a batch."""
        if batch.stream not in self.tasks:
            self.tasks[batch.stream] = self.bar.add_task(Path(batch.stream).name or batch.stream, total=batch.total)
        self.bar.update(self.tasks[batch.stream], completed=batch.done, total=batch.total)
        self.brought += outcome.brought
        self.stored += outcome.stored
        self.alerts |= outcome.alerts
        self.refusals += [f"{one.location}: {one.why}" for one in outcome.refusals]

    def sum_up(self) -> None:
        """Say what became of the files."""
        self.bar.stop()
        for line in self.refusals:
            say(f"refused: {line}")
        say(
            f"{self.brought} messages read, {self.stored} new in scope, {len(self.alerts)} alerts, "
            f"{len(self.refusals)} refused"
        )
