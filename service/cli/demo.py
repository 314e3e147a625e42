"""`frontdoor demo`: the bundled samples, read and shown."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from service.auth.links import ensure_first_administrator
from service.auth.users import PROGRAM, link_address
from service.cli.serving import serve_console, until_stopped
from service.cli.voice import say
from service.database import Database
from service.negotiations.access import note_creator
from service.negotiations.models import NegotiationRow
from service.pipeline import Batch
from service.pipeline.connect import open_files
from service.pipeline.follow import drain
from service.pipeline.house import House
from service.pipeline.ingest import Outcome
from service.settings import Settings, parse_settings
from service.start import open_database, open_house, open_keys

_LEAD = "marit.solheim@ourco.example"

app = typer.Typer()


@app.command("demo")
def demo(
    port: Annotated[int, typer.Option(help="The console's port on this machine.", min=0, max=65535)] = 8400,
    data: Annotated[
        Path | None, typer.Option(help="Keep the demo's database here; without it, it goes at the end.")
    ] = None,
) -> None:
    """Read the bundled sample mail and Slack export, and serve the console on this machine."""
    samples = resources.files("service") / "samples"
    with until_stopped(), _folder(data) as folder, resources.as_file(samples) as path:
        settings = _settings(folder, path, port)
        with closing(open_database(settings, migrate=True)) as database:
            keys = open_keys(settings, database)
            house = open_house(settings, database, keys)
            _be_a_lead(database)
            _read_samples(database, house, path)
            serve_console(settings, database, keys)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """Give a folder for the demo's database, and take it away at the end unless it was asked for."""
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="frontdoor-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _settings(folder: Path, samples: Path, port: int) -> Settings:
    return parse_settings(
        {
            "company": {"own_domains": ["ourco.example"], "context": samples},
            "database": {"url": f"sqlite:///{folder / 'frontdoor.db'}"},
            "keys": {"file": folder / "keys.toml"},
            "server": {"port": port},
        },
        where="the demo",
    )


def _be_a_lead(database: Database) -> None:
    """Let the demo's administrator be one of the leads of the samples: plans open of theirs, not of the others."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        user = ensure_first_administrator(session, now=now)
        if user.address is None:
            link_address(session, user, _LEAD, actor=PROGRAM, now=now)
        for row in session.scalars(select(NegotiationRow).where(NegotiationRow.lead == user.address)):
            note_creator(session, row, user.id, actor=PROGRAM, now=now)


def _read_samples(database: Database, house: House, samples: Path) -> None:
    with closing(open_files([samples / "mail.mbox", samples / "slack"])) as files:
        alerts: set[object] = set()
        brought = 0

        def add(_: Batch, outcome: Outcome) -> None:
            nonlocal brought
            brought += outcome.brought
            alerts.update(outcome.alerts)

        drain(database, files, house, source="samples", kind="files", progress=add)
    say(f"{brought} sample messages read, {len(alerts)} alerts")
