"""`frontdoor doctor`: what is still wrong with an installation, and what to do about it."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import typer

from service.cli.options import CONFIG, Config
from service.cli.voice import say
from service.crypto import load_keys
from service.directory.files import read_directory
from service.errors import ConfigurationError, FrontdoorError
from service.pipeline import ConnectorError
from service.pipeline.connect import connector_for
from service.policies.files import active_policies
from service.settings import Settings, SlackSource, SourceSettings, load_settings
from service.slack.doctor import slack_checks
from service.start import check_database, connect_to, insist_on_keys
from service.trained import load_model

app = typer.Typer()


@app.command("doctor")
def doctor(config: Config = CONFIG) -> None:
    """Check the configuration, the keys, the database, the policies and every source; say what to mend.

    Reads nothing but counts, writes nothing. Exit status 1 when a check failed.
    """
    settings = load_settings(config)
    say(f"ok    configuration: {config}")
    checks: list[tuple[str, Callable[[], str]]] = [
        ("directory", lambda: _directory(settings)),
        ("keys", lambda: _keys(settings)),
        ("database", lambda: _database(settings)),
        ("model", load_model),
        ("policies", lambda: ", ".join(policy.name for policy in active_policies(settings.policies))),
    ]
    for source in settings.source:
        checks += _source_checks(settings, source)
    failed = [name for name, check in checks if not _passes(name, check)]
    if not settings.source:
        say("note  no source: nothing will be read until frontdoor.toml has a [[source]]")
    if failed:
        raise typer.Exit(1)


def _passes(name: str, check: Callable[[], str]) -> bool:
    try:
        found = check()
    except (FrontdoorError, ConnectorError) as error:
        say(f"FAIL  {name}: {str(error).removeprefix(f'{name}: ')}")
        return False
    say(f"ok    {name}: {found}")
    return True


def _directory(settings: Settings) -> str:
    directory = read_directory(settings.company.own_domains, settings.company.context)
    return (
        f"{len(directory.own_domains)} own domains, {len(directory.people)} people, "
        f"{len(directory.counterparties)} counterparties"
    )


def _keys(settings: Settings) -> str:
    if not settings.keys.file.exists():
        _insist_on_place(settings.keys.file)
        return f"{settings.keys.file} will be made at the first start: back it up then"
    return f"{len(load_keys(settings.keys.file).keys)} in {settings.keys.file}"


def _database(settings: Settings) -> str:
    sqlite = settings.database_url.removeprefix("sqlite:///")
    if sqlite != settings.database_url and not Path(sqlite).exists():
        _insist_on_place(Path(sqlite))
        return f"{sqlite} will be made at the first start"
    with closing(connect_to(settings)) as database:
        if not check_database(database):
            raise ConfigurationError("its tables are not up to date: run `frontdoor db upgrade`")
        insist_on_keys(settings, database)
        return database.engine.dialect.name


def _insist_on_place(file: Path) -> None:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(f"{file} can't be made: {folder} can't be written to")


def _source_checks(settings: Settings, source: SourceSettings) -> list[tuple[str, Callable[[], str]]]:
    if not isinstance(source, SlackSource):
        return [(f"source {source.name}", lambda: _source(source))]
    # Whoever installs the app brings a token of their own, so there is none to read history with beforehand.
    history = [(f"source {source.name}", lambda: _source(source))] if source.token is not None else []
    return [*history, *slack_checks(settings, source)]


def _source(source: SourceSettings) -> str:
    with closing(connector_for(source)) as connector:
        return connector.check()
