"""How Slack does: its workspaces, what comes in and how, what was refused, and which warnings went out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service.models import SourceState, Tally
from service.settings import Settings, SlackSource
from service.slack.installs import list_installations
from service.slack.intake import backlog, last_received
from service.slack.lifecycle import HELD_BACK
from service.slack.models import ChannelState, SlackRefusal, SlackRoom, SlackWorkspace, WorkspaceState
from service.slack.scopes import lacking
from service.slack.socket import state_name
from service.warnings.models import WarningRow

DAYS = 14
# Events are worked on within a second; who waits this long waits for something that is broken.
_PATIENCE = timedelta(minutes=2)
_SILENT = timedelta(days=1)


class Way(StrEnum):
    """How events of a source come in."""

    SOCKET = "Socket Mode"
    HTTP = "HTTP"
    HISTORY = "history only"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceView:
    """A workspace, or a whole Enterprise Grid; `member` is a workspace that shares its organisation's installation.

    `failure` says what is wrong with it and `advice` what to do about it, both empty while all is well.
    """

    id: str
    name: str
    enterprise: str
    is_enterprise: bool
    member: bool
    state: str
    failure: str
    advice: str
    lacking: tuple[str, ...]
    installed_at: datetime
    noted_at: datetime
    read: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How a source's events come in. `trouble` says what is wrong, empty while nothing is."""

    source: str
    way: Way
    failed_at: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What came in: when last, how much of it waits and since when, and the minutes in which Slack held events back.

    `stuck`: nobody works on what waits. `trouble` says what is wrong, empty while nothing is.
    """

    received_at: datetime | None
    waiting: int
    oldest: datetime | None
    held_back: int
    stuck: bool
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Counts of a day by name: of refused requests, or of warnings."""

    day: str
    counts: Mapping[str, int] = field(default_factory=dict)


def slack_sources(settings: Settings) -> tuple[SlackSource, ...]:
    """Return the Slack sources of a configuration."""
    return tuple(one for one in settings.source if isinstance(one, SlackSource))


def list_workspaces(session: Session, settings: Settings) -> list[WorkspaceView]:
    """Return all workspaces, those in trouble first."""
    query = select(SlackRoom.team, SlackRoom.state, func.count()).group_by(SlackRoom.team, SlackRoom.state)
    rooms: dict[str, dict[str, int]] = {}
    for team, state, count in session.execute(query):
        rooms.setdefault(team, {})[state] = int(count)
    views = [_view(row, settings, rooms.get(row.id, {})) for row in list_installations(session)]
    return sorted(views, key=lambda one: (not one.failure, not one.is_enterprise, one.name.lower(), one.id))


def list_intakes(session: Session, settings: Settings) -> list[Intake]:
    """Return how each Slack source takes events in."""
    return [_intake(session, one) for one in slack_sources(settings)]


def look_at_traffic(session: Session, settings: Settings, *, now: datetime) -> Traffic:
    """Return what came in, of all sources together."""
    waiting, oldest = backlog(session)
    received = last_received(session)
    since = (now - timedelta(days=DAYS)).date().isoformat()
    held = select(func.sum(Tally.count)).where(Tally.name == HELD_BACK, Tally.day >= since)
    trouble = ""
    stuck = oldest is not None and now - oldest > _PATIENCE
    if stuck:
        trouble = "Events wait and nobody works on them: is `frontdoor run` running, and what does its log say last?"
    elif any(one.is_live for one in slack_sources(settings)):
        if received is None:
            trouble = "No event has come in so far. Post in a channel with a counterparty that the app is in."
        elif now - received > _SILENT:
            trouble = "No event has come in for a day. If people do post, `frontdoor doctor` says what to look at."
    return Traffic(
        received_at=received,
        waiting=waiting,
        oldest=oldest,
        held_back=session.scalar(held) or 0,
        stuck=stuck,
        trouble=trouble,
    )


def refused_by_day(session: Session, *, now: datetime) -> list[Day]:
    """Count refused requests of the last days by reason, latest first."""
    since = (now - timedelta(days=DAYS)).date().isoformat()
    query = select(SlackRefusal).where(SlackRefusal.day >= since).order_by(SlackRefusal.day.desc(), SlackRefusal.reason)
    days: dict[str, dict[str, int]] = {}
    for row in session.scalars(query):
        days.setdefault(row.day, {})[row.reason] = row.count
    return [Day(day=day, counts=counts) for day, counts in days.items()]


def warnings_by_day(session: Session, *, now: datetime) -> list[Day]:
    """Count warnings of the last days by how far they came, latest first."""
    since = (now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    day = _day(session)
    query = select(day, WarningRow.state, func.count()).where(WarningRow.created_at >= since)
    days: dict[str, dict[str, int]] = {}
    for when, state, count in session.execute(query.group_by(day, WarningRow.state)):
        days.setdefault(str(when), {})[state] = int(count)
    return [Day(day=one, counts=days[one]) for one in sorted(days, reverse=True)]


def _day(session: Session) -> ColumnElement[str]:
    """Write the day in UTC that a warning was made on; PostgreSQL would take that of its own zone."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", WarningRow.created_at), "YYYY-MM-DD")
    return func.date(WarningRow.created_at)


def _view(row: SlackWorkspace, settings: Settings, rooms: Mapping[str, int]) -> WorkspaceView:
    source = _source_of(row, settings)
    member = row.installed_by == "enterprise"
    missing = lacking(source, tuple(row.scopes.split())) if source is not None and not member else ()
    failure, advice = row.failure, ""
    if row.state == WorkspaceState.REVOKED:
        advice = _how_to_return(source)
    elif missing:
        failure = failure or f"The app lacks {', '.join(missing)}."
        advice = "Add these scopes to the app, by the manifest of `frontdoor slack manifest`, and install it again."
    return WorkspaceView(
        id=row.id,
        name=row.name or row.id,
        enterprise=row.enterprise_id,
        is_enterprise=row.is_enterprise,
        member=member,
        state=row.state,
        failure=failure,
        advice=advice,
        lacking=missing,
        installed_at=row.installed_at,
        noted_at=row.noted_at,
        read=rooms.get(ChannelState.READ, 0),
        channels=sum(rooms.values()),
    )


def _source_of(row: SlackWorkspace, settings: Settings) -> SlackSource | None:
    """Find the source of a workspace: its token's, else the one that workspaces install themselves into."""
    for one in slack_sources(settings):
        if row.installed_by == f"source:{one.name}" or (
            one.token is None and one.installs is not None and not row.installed_by.startswith("source:")
        ):
            return one
    return None


def _how_to_return(source: SlackSource | None) -> str:
    if source is None or source.token is not None:
        return "Install the app again in Slack, put its new token where the configuration says, and restart."
    return "Make an install link and install the app again."


def _intake(session: Session, source: SlackSource) -> Intake:
    way = Way.HTTP if source.signing_secret is not None else Way.HISTORY
    if source.app_token is not None:
        way = Way.SOCKET
    name = state_name(source) if way is Way.SOCKET else source.name
    state = session.get(SourceState, name)
    failed = state is not None and state.failed_at is not None
    return Intake(
        source=source.name,
        way=way,
        failed_at=state.failed_at if state is not None else None,
        trouble=state.failure if state is not None and failed else "",
    )
