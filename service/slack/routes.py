"""How Slack does, over the API."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Now, TheSettings, Transaction
from service.failures import problems
from service.slack import overview
from service.slack.models import ChannelState, SlackRoom
from service.slack.overview import Way
from service.slack.rooms import rooms_of
from service.slack.unknown import list_unknown

router = APIRouter(prefix="/api/v1/slack", tags=["slack"], responses=problems(401, 403))

_Key = Annotated[str, Query(max_length=100, pattern="^[^\\x00]*$")]


class _View(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class SlackWorkspaceView(_View):
    """A workspace that the app is in, or a whole Enterprise Grid."""

    id: str
    name: str
    enterprise: str = Field(description="the id of its Enterprise Grid, empty outside of one")
    is_enterprise: bool
    member: bool = Field(description="whether it shares its organisation's installation")
    state: str = Field(description="connected, limited or revoked")
    failure: str = Field(description="what is wrong, empty while nothing is")
    advice: str = Field(description="what to do about it")
    lacking: list[str] = Field(description="scopes that the app needs and was not granted")
    installed_at: datetime
    noted_at: datetime
    read: int = Field(description="channels that are read")
    channels: int = Field(description="channels that are known")


class SlackIntakeView(_View):
    """How a source's events come in."""

    source: str
    way: Way
    failed_at: datetime | None
    trouble: str


class SlackView(BaseModel):
    """How Slack does. `waiting` events have come in and are not worked on yet, the oldest since `oldest`."""

    workspaces: list[SlackWorkspaceView]
    intakes: list[SlackIntakeView]
    received_at: datetime | None
    waiting: int
    oldest: datetime | None
    held_back: int = Field(description="minutes of the last 14 days in which Slack held events back")
    unknown: list[str] = Field(description="domains of firms in channels that are read, which no counterparty claims")


class SlackRoomView(_View):
    """A channel that the app is in. `outsiders` are the domains of the firms in it, apart by space."""

    team: str
    channel: str
    name: str
    state: ChannelState
    shared: bool
    outsiders: str
    noted_at: datetime


class SlackRoomPage(BaseModel):
    """A page of channels, by team and id. `next` is the `after` of the following page, None at the end."""

    rooms: list[SlackRoomView]
    next: str | None


@router.get("")
@needs(Permission.SOURCES_READ)
def get_slack(session: Transaction, settings: TheSettings, now: Now) -> SlackView:
    """Tell how Slack does: workspaces, and what comes in."""
    traffic = overview.look_at_traffic(session, settings, now=now)
    return SlackView(
        workspaces=[SlackWorkspaceView.model_validate(one) for one in overview.list_workspaces(session, settings)],
        intakes=[SlackIntakeView.model_validate(one) for one in overview.list_intakes(session, settings)],
        received_at=traffic.received_at,
        waiting=traffic.waiting,
        oldest=traffic.oldest,
        held_back=traffic.held_back,
        unknown=[one.domain for one in list_unknown(session, settings.company.own_domains)],
    )


@router.get("/rooms")
@needs(Permission.SOURCES_READ)
def list_rooms(
    session: Transaction,
    state: ChannelState | None = None,
    team: _Key = "",
    name: _Key = "",
    after: _Key = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> SlackRoomPage:
    """List the channels that are known: whether they are read, and if not, why."""
    rows = rooms_of(
        session, state=state.value if state else "", team=team, name=name, after=room_place(after), limit=limit + 1
    )
    shown = [SlackRoomView.model_validate(row) for row in rows[:limit]]
    return SlackRoomPage(rooms=shown, next=room_key(rows[limit - 1]) if len(rows) > limit else None)


def room_key(row: SlackRoom) -> str:
    """Name a channel as `after` does."""
    return f"{row.team}:{row.channel}"


def room_place(key: str) -> tuple[str, str] | None:
    """Read the name of a channel; None for no such name."""
    team, colon, channel = key.partition(":")
    return (team, channel) if colon else None
