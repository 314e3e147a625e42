"""What is wrong with a Slack source, and what to mend: each check returns what it found, or raises."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from slack_sdk import WebClient

from service.crypto import Keys, load_keys
from service.database import Database
from service.errors import ConfigurationError, FrontdoorError
from service.reports.models import REPORTED
from service.settings import Procurement, Secret, Settings, SlackSource
from service.slack.audience import CROWDED, GUESTS, SHARED, Audience
from service.slack.installs import list_installations
from service.slack.models import ChannelState, SlackWorkspace, WorkspaceState
from service.slack.overview import look_at_traffic
from service.slack.rooms import count_rooms
from service.slack.scopes import bot_scopes, lacking
from service.slack.web import CALL_ERRORS, code_of, signed_in, web_client
from service.slack.workspaces import Workspaces
from service.start import check_database, connect_to
from service.warnings.wording import load_wording, wording_of

Check = tuple[str, Callable[[], str]]

_MOST_TRIED = 20
# What speaks against alerts in procurement's channel.
_OTHERS = {
    SHARED: "is shared with another firm, which would read every alert: name another channel",
    GUESTS: (
        "has guests or people of other workspaces in it, who would read every alert: nobody but regular members of "
        "your own workspace may be in it"
    ),
    CROWDED: "has more than 1,000 people in it, too many to read every alert: name one of procurement's own",
}
_SECRET_LENGTH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Store:
    """The database as it stands, with a way to the workspaces of a source."""

    database: Database
    keys: Keys
    workspaces: Workspaces


def slack_checks(settings: Settings, source: SlackSource) -> list[Check]:
    """Name the checks of a Slack source, beside that of its history; those of what is not switched on are left out."""
    found: list[Check] = []
    if source.is_live and source.token is not None:
        found.append(("scopes", lambda: _scopes(source)))
    if source.app_token is not None:
        found.append(("app-level token", lambda: _app_token(source)))
    if source.signing_secret is not None:
        found.append(("requests over HTTP", lambda: _signing(settings, source)))
    if source.installs is not None:
        found.append(("installing", lambda: _installing(settings, source)))
        found.append(("workspaces", lambda: _workspaces(settings, source)))
    if source.wording is not None:
        found.append(("wording", lambda: _wording(source)))
    if source.procurement is not None:
        found.append(("procurement's channel", lambda: _procurement(settings, source)))
    if source.is_live:
        found.append(("events", lambda: _events(settings, source)))
    return [(f"source {source.name}: {name}", check) for name, check in found]


def _scopes(source: SlackSource) -> str:
    client = _client_of(source)
    try:
        found = signed_in(client)
    except CALL_ERRORS as error:
        raise ConfigurationError(
            f"Slack does not accept the token ({code_of(error)}): install the app again and give its new token"
        ) from None
    missing = lacking(source, found.scopes)
    if missing:
        raise ConfigurationError(
            f"the app lacks {', '.join(missing)}: add them by the manifest of `frontdoor slack manifest`, "
            "and install the app again"
        )
    return f"all {len(bot_scopes(source))} granted"


def _app_token(source: SlackSource) -> str:
    token = _read(source.app_token, "app_token")
    if not token.startswith("xapp-"):
        raise ConfigurationError("app_token is no app-level token, which starts with xapp-: make one at Slack")
    try:
        web_client(token, base_url=source.base_url).apps_connections_open(app_token=token)
    except CALL_ERRORS as error:
        raise ConfigurationError(
            f"Slack opens no connection for it ({code_of(error)}): under Basic Information make an app-level token "
            "with connections:write, and switch Socket Mode on"
        ) from None
    return "it opens a connection"


def _signing(settings: Settings, source: SlackSource) -> str:
    secret = _read(source.signing_secret, "signing_secret")
    if len(secret) < _SECRET_LENGTH or secret.startswith(("xox", "xapp-")):
        raise ConfigurationError("signing_secret is not the app's signing secret: it stands under Basic Information")
    return f"Slack's requests are expected at {_public(settings)}/slack/events"


def _installing(settings: Settings, source: SlackSource) -> str:
    assert source.installs is not None
    _read(source.installs.client_secret, "client_secret")
    return f"Slack sends those who install back to {_public(settings)}/slack/oauth_redirect"


def _workspaces(settings: Settings, source: SlackSource) -> str:
    with _store(settings, source) as store:
        if store is None:
            return _nobody()
        with store.database.transaction(write=False) as session:
            rows = [row for row in list_installations(session) if not row.installed_by.startswith("source:")]
        if not rows:
            return _nobody()
        troubles = [f"{row.name or row.id} ({row.state}): {row.failure}" for row in rows if row.failure]
        own = [row for row in rows if row.installed_by != "enterprise" and row.state != WorkspaceState.REVOKED]
        troubles += [trouble for row in own[:_MOST_TRIED] if (trouble := _try(store, source, row))]
        if troubles:
            raise ConfigurationError("; ".join(troubles))
        return f"{len(own)} connected"


def _try(store: _Store, source: SlackSource, row: SlackWorkspace) -> str:
    """Say what is wrong with an installation; empty when nothing is."""
    name = row.name or row.id
    try:
        found = signed_in(store.workspaces.client(row.id))
    except (FrontdoorError, *CALL_ERRORS) as error:
        return f"{name}: its token is not accepted ({code_of(error)}): install the app there again"
    missing = lacking(source, found.scopes)
    return f"{name} lacks {', '.join(missing)}: install the app there again" if missing else ""


def _wording(source: SlackSource) -> str:
    shipped, own = load_wording().texts, wording_of(source).texts
    changed = sum(text != shipped[language][name] for language in own for name, text in own[language].items())
    return f"{changed} {'text' if changed == 1 else 'texts'} of your own"


def _procurement(settings: Settings, source: SlackSource) -> str:
    procurement = source.procurement
    assert procurement is not None
    active = {REPORTED, *settings.policies.active}
    if unknown := sorted(set(procurement.policies) - active):
        raise ConfigurationError(
            f"procurement.policies names {', '.join(unknown)}, which raises no alerts here: "
            f"active are {', '.join(sorted(active))}"
        )
    with _store(settings, source) as store:
        if source.token is not None:
            client = _client_of(source)
        elif store is None:
            return "nobody has installed the app yet"
        else:
            teams = store.workspaces.teams()
            if not procurement.team and len(teams) != 1:
                raise ConfigurationError(f"procurement.team must say in which of {len(teams)} workspaces it is")
            client = store.workspaces.client(procurement.team or teams[0])
    try:
        channel = client.conversations_info(channel=procurement.channel)["channel"]
    except CALL_ERRORS as error:
        raise ConfigurationError(
            f"{procurement.channel} can't be seen ({code_of(error)}): give the channel's id, and invite the app there"
        ) from None
    if channel.get("is_archived"):
        raise ConfigurationError(f"{procurement.channel} is archived: unarchive it, or name another channel")
    if channel.get("is_member") is not True:
        raise ConfigurationError(f"the app is not in {procurement.channel}: invite it there")
    if others := _who_else_reads(client, procurement):
        raise ConfigurationError(f"{procurement.channel} {_OTHERS[others]}")
    return f"the app is in {procurement.channel}"


def _who_else_reads(client: WebClient, procurement: Procurement) -> str:
    try:
        return Audience().trouble(client, signed_in(client), procurement.team, procurement.channel)
    except CALL_ERRORS as error:
        raise ConfigurationError(f"who is in {procurement.channel} can't be seen ({code_of(error)})") from None


def _events(settings: Settings, source: SlackSource) -> str:
    now = datetime.now(UTC)
    with _store(settings, source) as store:
        if store is None:
            return "none so far: nothing has been started yet"
        with store.database.transaction(write=False) as session:
            traffic = look_at_traffic(session, settings, now=now)
            rooms = count_rooms(session)
    if traffic.stuck:
        raise ConfigurationError(f"{traffic.waiting} wait and nobody works on them: is `frontdoor run` running?")
    read = f"{rooms.get(ChannelState.READ, 0)} of {sum(rooms.values())} known channels are read"
    if traffic.received_at is None:
        return f"none so far; {read}"
    return f"the last came {_ago(now - traffic.received_at)} ago; {read}"


def _ago(passed: timedelta) -> str:
    hours = int(passed.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def _nobody() -> str:
    return "nobody has installed the app yet: an administrator makes a link on the console's page “Slack”"


def _client_of(source: SlackSource) -> WebClient:
    return web_client(_read(source.token, "token"), base_url=source.base_url)


def _read(secret: Secret | None, what: str) -> str:
    assert secret is not None
    value = secret.read(what)
    if not value.isascii() or any(map(str.isspace, value)):
        raise ConfigurationError(f"{what} holds characters that no secret of Slack's has")
    return value


def _public(settings: Settings) -> str:
    base = settings.server.public_url.rstrip("/")
    if not base.lower().startswith("https://"):
        raise ConfigurationError("set server.public_url to the https:// address at which Slack reaches this server")
    return base


@contextmanager
def _store(settings: Settings, source: SlackSource) -> Iterator[_Store | None]:
    """Open the database, where there is one that is up to date; what is wrong with it has a check of its own."""
    sqlite = settings.database_url.removeprefix("sqlite:///")
    if (sqlite != settings.database_url and not Path(sqlite).exists()) or not settings.keys.file.exists():
        yield None
        return
    with closing(connect_to(settings)) as database:
        if not check_database(database):
            yield None
            return
        keys = load_keys(settings.keys.file)
        workspaces = Workspaces(database, keys, source, clock=lambda: datetime.now(UTC))
        yield _Store(database=database, keys=keys, workspaces=workspaces)
