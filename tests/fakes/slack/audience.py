"""Which apps hear of a happening, and the outer event that each gets.

Slack sends an event once to an app, however many of its installations may see it, and names one of them in
`authorizations`. With `each` every workspace gets its own, for what happens when that is not so.
"""

import base64
import itertools
import json
import secrets
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.fakes.slack.things import App, Channel, Grant, Happening
from tests.fakes.slack.world import World

Payload = dict[str, Any]

# Event ids are unique for ever, also between two runs of the fake over one database.
_RUN = secrets.token_hex(4).upper()
_numbers = itertools.count(1)


def event_id() -> str:
    return f"Ev{_RUN}{next(_numbers):05d}"


def payloads(world: World, happening: Happening, *, each: bool = False) -> Iterator[tuple[App, Payload]]:
    """Say what goes to whom, with the app's own secrets aside."""
    for app in tuple(world.apps.values()):
        told: set[str] = set()
        for grant in _listeners(world, happening, app):
            team = team_of(world, grant, happening.channel) if happening.channel else happening.team
            if team in told or (told and not each):
                continue
            told.add(team)
            yield app, outer(world, app, grant, happening, team)


def outer(world: World, app: App, grant: Grant, happening: Happening, team: str) -> Payload:
    """The event_callback around an inner event."""
    enterprise = world.teams[team].enterprise if team in world.teams else grant.enterprise
    team = "" if team == enterprise else team
    event = deepcopy(dict(happening.event))
    payload = {
        "token": app.verification,
        "team_id": team,
        "context_team_id": team or None,
        "context_enterprise_id": enterprise or None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id(),
        "event_time": world.now,
        "authorizations": [
            {
                "enterprise_id": enterprise or None,
                "team_id": None if grant.enterprise else world.users[grant.user].team,
                "user_id": grant.user,
                "is_bot": world.users[grant.user].bot,
                "is_enterprise_install": bool(grant.enterprise),
            }
        ],
        "is_ext_shared_channel": bool(happening.channel and happening.channel.outside),
        "event_context": _context(event, team, app, happening.channel),
    }
    if not team:
        del payload["team_id"]
    where = happening.channel
    if where is not None and where.outside and not _same(world, where.team, team):
        # What happens in a channel that another firm began is said to have happened there.
        payload["team_id"], enterprise = where.team, world.teams[where.team].enterprise
    return payload | ({"enterprise_id": enterprise} if enterprise else {})


def team_of(world: World, grant: Grant, channel: Channel) -> str:
    """The workspace through which a token sees a channel."""
    own = world.users[grant.user].team
    if not grant.enterprise:
        return own
    connected = (channel.team, *channel.teams)
    inside = (one for one in connected if one in world.teams and world.teams[one].enterprise == grant.enterprise)
    return next(inside, own)


def _listeners(world: World, happening: Happening, app: App) -> Iterator[Grant]:
    if happening.only not in ("", app.id):
        return
    for grant in tuple(world.grants.values()):
        user = world.users.get(grant.user)
        if (
            user is None
            or grant.app != app.id
            or grant.refusal
            or (happening.scope and happening.scope not in grant.scopes)
        ):
            continue
        if happening.to:
            if grant.user == happening.to:
                yield grant
        elif happening.channel is None:
            if user.bot and _in_team(world, grant, happening.team):
                yield grant
        elif user.id in happening.channel.members and (user.bot or happening.channel.kind != "channel"):
            yield grant


def _in_team(world: World, grant: Grant, team: str) -> bool:
    if grant.enterprise:
        return team == grant.enterprise or (team in world.teams and world.teams[team].enterprise == grant.enterprise)
    return world.users[grant.user].team == team


def _context(event: Payload, team: str, app: App, channel: Channel | None) -> str:
    said = {"et": event["type"], "tid": team, "aid": app.id} | ({"cid": channel.id} if channel else {})
    return "4-" + base64.urlsafe_b64encode(json.dumps(said, separators=(",", ":")).encode()).decode().rstrip("=")


def _same(world: World, one: str, other: str) -> bool:
    """Whether two workspaces are one, or of the same organisation."""
    if one == other or other not in world.teams:
        return one == other
    return bool(world.teams[one].enterprise) and world.teams[one].enterprise == world.teams[other].enterprise
