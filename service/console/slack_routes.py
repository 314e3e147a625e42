"""The page about Slack: workspaces, what comes in, channels, firms that nobody has assigned yet, warnings."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Response

from messages import CounterpartyKind
from service.audit.store import Action, record
from service.auth.access import needs
from service.auth.permissions import Permission
from service.console.desk import Desk, TheDesk
from service.console.store import counterparty_names
from service.depends import base_url
from service.directory.assign import assign_domain, list_assigned, unassign_domain
from service.directory.store import load_directory
from service.errors import BadRequestError, ConflictError
from service.slack import overview
from service.slack.consents import count_consents
from service.slack.models import ChannelState, SlackRoom
from service.slack.oauth import installing_source
from service.slack.rooms import count_rooms, rooms_of
from service.slack.routes import room_key, room_place
from service.slack.tickets import make_invite
from service.slack.unknown import list_unknown

router = APIRouter(prefix="/slack", include_in_schema=False)

_PAGE, _MOST_UNKNOWN = 50, 50
_Key = Annotated[str, Query(max_length=100)]
_Text = Annotated[str, Form(max_length=1000)]


@router.get("")
@needs(Permission.SOURCES_READ)
def get_slack(desk: TheDesk, state: _Key = "", name: _Key = "", after: _Key = "") -> Response:
    """Show how Slack does."""
    return _show(desk, state=state, name=name, after=after)


@router.post("/invites")
@needs(Permission.SOURCES_MANAGE)
def make_install_link(desk: TheDesk) -> Response:
    """Make a link that lets one workspace in, and show it this once."""
    source = installing_source(desk.settings)
    if source is None:
        raise ConflictError("no source in the configuration lets workspaces install the app: see docs/slack.md")
    secret = make_invite(desk.session, source=source.name, actor=desk.asking.actor, now=desk.now)
    detail = {"source": source.name}
    record(
        desk.session,
        actor=desk.asking.actor,
        action=Action.SLACK_INVITED,
        object=source.name,
        detail=detail,
        now=desk.now,
    )
    return _show(desk, link=f"{base_url(desk.request)}/slack/install?{urlencode({'invite': secret})}")


@router.post("/domains")
@needs(Permission.SOURCES_MANAGE)
def assign(
    desk: TheDesk,
    domain: _Text = "",
    name: _Text = "",
    kind: Annotated[CounterpartyKind, Form()] = CounterpartyKind.SUPPLIER,
) -> Response:
    """Say which counterparty an unknown domain is."""
    try:
        own = desk.settings.company.own_domains
        assign_domain(desk.session, domain, name=name, kind=kind, actor=desk.asking.actor, now=desk.now, own=own)
    except (BadRequestError, ConflictError) as error:
        return _show(desk, problem=f"{str(error)[:1].upper()}{str(error)[1:].rstrip('.')}.")
    return desk.go("/slack#firms", "domain-assigned")


@router.post("/domains/undo")
@needs(Permission.SOURCES_MANAGE)
def unassign(desk: TheDesk, domain: _Text = "") -> Response:
    """Take an assignment back."""
    unassign_domain(desk.session, domain, actor=desk.asking.actor, now=desk.now)
    return desk.go("/slack#firms", "domain-unassigned")


def _show(
    desk: Desk, *, state: str = "", name: str = "", after: str = "", link: str = "", problem: str = ""
) -> Response:
    session, settings, now = desk.session, desk.settings, desk.now
    state = state if state in set(ChannelState) else ""
    name = "".join(one for one in name if one.isprintable())
    rooms = rooms_of(session, state=state, name=name, after=room_place(after.replace("\0", "")), limit=_PAGE + 1)
    unknown = list_unknown(session, settings.company.own_domains)
    installs = installing_source(settings) is not None
    return desk.show(
        "slack.html",
        here="/slack",
        manages=desk.asking.may(Permission.SOURCES_MANAGE),
        configured=bool(overview.slack_sources(settings)),
        installs=installs,
        consents=count_consents(session) if installs else None,
        link=link,
        problem=problem,
        workspaces=overview.list_workspaces(session, settings),
        intakes=overview.list_intakes(session, settings),
        traffic=overview.look_at_traffic(session, settings, now=now),
        rooms=_with_firms(desk, rooms[:_PAGE]),
        room_counts=count_rooms(session),
        room_state=state,
        room_name=name,
        room_total=sum(count_rooms(session).values()),
        newest=_channels(state, name) if after else None,
        older=_channels(state, name, after=room_key(rooms[_PAGE - 1])) if len(rooms) > _PAGE else None,
        unknown=unknown[:_MOST_UNKNOWN],
        unknown_more=max(0, len(unknown) - _MOST_UNKNOWN),
        assigned=list_assigned(session),
        counterparties=counterparty_names(session) if unknown else (),
        warned=overview.warnings_by_day(session, now=now),
        refused=overview.refused_by_day(session, now=now),
    )


def _with_firms(desk: Desk, rooms: Sequence[SlackRoom]) -> list[tuple[SlackRoom, str]]:
    """Put beside each channel the firms in it: by counterparty, or by domain where none is known."""
    directory = load_directory(desk.session, desk.settings.company.own_domains)
    shown = []
    for room in rooms:
        parties = [(domain, directory.counterparty(f"somebody@{domain}")) for domain in room.outsiders.split()]
        shown.append((room, ", ".join(sorted({party.name if party else domain for domain, party in parties}))))
    return shown


def _channels(state: str, name: str, *, after: str = "") -> str:
    asked = {"state": state, "name": name, "after": after}
    return f"/slack?{urlencode({key: value for key, value in asked.items() if value})}#channels"
