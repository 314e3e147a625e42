"""`frontdoor scan` and `frontdoor import`: files in, judgements out or stored."""

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from detectors.context import Context
from service.cli.common import CONFIG, Config, OutputFormat, Verbose, log_to_stderr, say
from service.directory.files import read_directory
from service.errors import BadRequestError
from service.pipeline import Batch, Outcome, ScanRefusal, ScanRow, drain, open_files, scan
from service.policies.files import find_policy
from service.settings import load_settings
from service.start import open_database, open_house, open_keys

_REFUSED = 3

Paths = Annotated[
    list[Path],
    typer.Argument(
        help=".eml, .mbox, Maildir, Slack export, .jsonl, or folders of them; - for standard input.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("scan")(scan_files)
    app.command("import")(import_files)


def scan_files(
    paths: Paths,
    own_domain: Annotated[
        list[str] | None, typer.Option(help="A domain of yours, its subdomains included. May be repeated.")
    ] = None,
    policy: Annotated[str, typer.Option(help="quiet, balanced, vigilant, or the path of a policy.toml.")] = "balanced",
    context: Annotated[
        Path | None, typer.Option(help="A folder with people.csv and counterparties.csv.", show_default=False)
    ] = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="How to print.")] = OutputFormat.TEXT,
    with_text: Annotated[bool, typer.Option("--with-text", help="Print each message's extracted text too.")] = False,
) -> None:
    """Judge files without a database: one row a message on standard output, in the files' order.

    Refusals go to standard error, and make the exit status 3.
    """
    domains = own_domain or _configured_domains()
    where = Path(policy)
    chosen = find_policy(where.stem, where.parent) if where.suffix == ".toml" else find_policy(policy)
    if where.suffix == ".toml" and not where.is_file():
        raise BadRequestError(f"there is no policy file {policy}")
    refused = 0
    stdin = sys.stdin.buffer if Path("-") in paths else None
    for row in scan(paths, Context(directory=read_directory(domains, context)), chosen, stdin=stdin):
        if isinstance(row, ScanRefusal):
            refused += 1
            say(f"refused: {row.where}: {row.why}")
        elif output is OutputFormat.JSONL:
            print(json.dumps(_record(row, with_text=with_text), ensure_ascii=False))  # noqa: T201 - the result
        else:
            print(_lines(row, with_text=with_text))  # noqa: T201 - the result
    if refused:
        raise typer.Exit(_REFUSED)


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
    house = open_house(settings, database, open_keys(settings))
    stdin = sys.stdin.buffer if Path("-") in paths else None
    with closing(database), closing(open_files(paths, stdin=stdin)) as files, _bar() as bar:
        seen = _Seen(bar)
        drain(database, files, house, source=source, kind="files", progress=seen.add)
    say(f"{seen.brought} messages read, {seen.stored} new in scope, {len(seen.alerts)} alerts, {seen.refused} refused")
    for line in seen.refusals:
        say(f"refused: {line}")
    if seen.refused:
        raise typer.Exit(_REFUSED)


class _Seen:
    """What an import has brought so far, on a progress bar a file."""

    def __init__(self, bar: Progress) -> None:
        self.bar = bar
        self.tasks: dict[str, TaskID] = {}
        self.brought = self.stored = self.refused = 0
        self.alerts: set[object] = set()
        self.refusals: list[str] = []

    def add(self, batch: Batch, outcome: Outcome) -> None:
        """Count a batch."""
        if batch.stream not in self.tasks:
            self.tasks[batch.stream] = self.bar.add_task(Path(batch.stream).name or batch.stream, total=batch.total)
        self.bar.update(self.tasks[batch.stream], completed=batch.done, total=batch.total)
        self.brought += outcome.brought
        self.stored += outcome.stored
        self.refused += len(batch.refusals)
        self.alerts |= outcome.alerts
        self.refusals += [f"{one.where}: {one.why}" for one in batch.refusals]


def _bar() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())


def _configured_domains() -> tuple[str, ...]:
    if not CONFIG.is_file():
        raise BadRequestError("say which domains are yours, for example: --own-domain example.com")
    return load_settings(CONFIG).company.own_domains


def _record(row: ScanRow, *, with_text: bool) -> dict[str, Any]:
    assessment = row.assessment
    record: dict[str, Any] = {
        "id": row.message.id,
        "alert": assessment.alert,
        "direction": row.analysis.direction.value,
        "policy": assessment.policy,
        "risk": round(assessment.risk, 1),
        "severity": assessment.severity.value,
        "findings": [],
    }
    for one in assessment.contributions if assessment.alert else ():
        finding = one.finding
        shown = {
            "label": str(finding.label),
            "start": finding.start,
            "end": finding.end,
            "quote": finding.quote,
            "confidence": round(finding.confidence, 3),
            "points": round(one.points, 1),
            "reason": finding.reason,
            "detector": finding.detector,
        }
        record["findings"].append(shown | ({"part": finding.part} if finding.part else {}))
    if row.message.attachments:
        record["attachments"] = [
            {"name": file.name, "media_type": file.media_type, "size": file.size} for file in row.message.attachments
        ]
    if with_text:
        record |= {"subject": row.message.subject, "text": row.message.text}
    return record


def _lines(row: ScanRow, *, with_text: bool) -> str:
    assessment = row.assessment
    mark = f"{assessment.severity.value} {assessment.risk:.0f}" if assessment.alert else "-"
    lines = [f"{mark:<18} {row.analysis.direction.value:<9} {row.message.id}"]
    if assessment.alert:
        for one in assessment.findings:
            words = " ".join(one.quote.split())
            lines.append(f"    {one.label:<14} {one.confidence:.2f}  “{words}”  {one.reason}")
    if with_text:
        lines += [f"    | {line}" for line in row.message.text.splitlines()]
    return "\n".join(lines)
