"""What becomes of installations and channels: the app removed, tokens revoked, channels left, shared or archived."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from slack_bolt import App

from service.audit.store import Action, record
from service.auth.users import PROGRAM
from service.slack.envelope import authorization, enterprise_of, team_of, word
from service.slack.installs import Installation, forget_consent, forget_token, load_installation, save_installation
from service.slack.models import ChannelState, SlackWorkspace, WorkspaceState
from service.slack.office import Office
from service.slack.rooms import forget_room, look_again, mark_room
from service.slack.wording import cut
from service.slack.workspaces import NotInstalledError, UnreachableError
from service.sources.record import count

REMOVED = "the app was removed from the workspace: install it again"
# The day's count of minutes in which Slack held events back.
HELD_BACK = "slack_minutes_held_back"

_Body = Mapping[str, Any]
_Take = Callable[[Office, _Body, _Body], None]
_LONGEST_NAME = 100


def listen(app: App, office: Office) -> None:
    """Take in what Slack tells about installations and channels."""
    for name, take in _TAKEN.items():
        app.event(name)(_listener(office, take))


def note_rate_limited(office: Office, payload: Mapping[str, Any]) -> None:
    """Put on record that Slack holds events back for a minute; the sweep of history brings them.

    It comes by HTTP alone and outside the envelope of events, so no listener gets it.
    """
    team = word(payload.get("team_id"))
    with office.database.transaction() as session:
        count(session, office.source.name, {HELD_BACK: 1}, now=office.clock())
    office.workspaces.note_trouble(
        team, WorkspaceState.LIMITED, "Slack holds events back, more than 30,000 an hour: history brings them"
    )


def _listener(office: Office, take: _Take) -> Callable[..., None]:
    def handle(body: _Body, event: _Body) -> None:
        take(office, body, event)

    return handle


def _app_uninstalled(office: Office, body: _Body, event: _Body) -> None:
    del event
    _end(office, body, _installed(body))


def _tokens_revoked(office: Office, body: _Body, event: _Body) -> None:
    tokens = event.get("tokens")
    tokens = tokens if isinstance(tokens, Mapping) else {}
    if _words(tokens.get("bot")):
        _end(office, body, _installed(body))
    places = {team_of(body), enterprise_of(body), _installed(body)} - {""}
    with office.database.transaction() as session:
        for user in _words(tokens.get("oauth")):
            for place in places:
                forget_consent(session, place, user)


def _end(office: Office, body: _Body, installed: str) -> None:
    """Forget an installation, unless it was made anew after what the event tells."""
    with office.database.transaction() as session:
        row = session.get(SlackWorkspace, installed)
        happened = _moment(body.get("event_time"))
        if row is not None and happened is not None and happened < row.installed_at.replace(microsecond=0):
            return
        now = office.clock()
        # Slack tells of the app's removal, and of its token's end, one after the other.
        is_news = row is not None and row.state != WorkspaceState.REVOKED
        if forget_token(session, office.keys, installed, why=REMOVED, now=now) and row is not None and is_news:
            detail = {"name": row.name}
            record(session, actor=PROGRAM, action=Action.SLACK_REMOVED, object=installed, detail=detail, now=now)
    office.workspaces.note_trouble(installed, WorkspaceState.REVOKED, REMOVED)
    office.workspaces.forget()


def _team_access_granted(office: Office, body: _Body, event: _Body) -> None:
    whole = enterprise_of(body) or _installed(body)
    with office.database.transaction() as session:
        for team in _words(event.get("team_ids")):
            known = load_installation(session, office.keys, team)
            if known is None or (not known.token and known.state is WorkspaceState.REVOKED):
                member = Installation(id=team, enterprise_id=whole)
                save_installation(session, office.keys, member, by="enterprise", now=office.clock())
    office.workspaces.forget()


def _team_access_revoked(office: Office, body: _Body, event: _Body) -> None:
    del body
    why = "the organisation took this workspace out of its installation"
    with office.database.transaction() as session:
        for team in _words(event.get("team_ids")):
            known = load_installation(session, office.keys, team)
            if known is not None and not known.token:
                forget_token(session, office.keys, team, why=why, now=office.clock())
    office.workspaces.forget()


def _member_moved(office: Office, body: _Body, event: _Body) -> None:
    team, channel = _place(body, event)
    own = _is_own_bot(office, body, word(event.get("user")))
    office.workspaces.audience.forget(channel)
    with office.database.transaction() as session:
        if not own:
            look_again(session, team, channel)
        elif event.get("type") == "member_joined_channel":
            forget_room(session, team, channel)
        else:
            mark_room(session, team, channel, now=office.clock(), state=ChannelState.LEFT)


def _left(office: Office, body: _Body, event: _Body) -> None:
    _mark(office, body, event, ChannelState.LEFT)


def _archived(office: Office, body: _Body, event: _Body) -> None:
    _mark(office, body, event, ChannelState.ARCHIVED)


def _mark(office: Office, body: _Body, event: _Body, state: ChannelState) -> None:
    team, channel = _place(body, event)
    with office.database.transaction() as session:
        mark_room(session, team, channel, now=office.clock(), state=state)
        look_again(session, team, channel)


def _forgotten(office: Office, body: _Body, event: _Body) -> None:
    """Forget a channel until something is said in it again."""
    team, channel = _place(body, event)
    with office.database.transaction() as session:
        forget_room(session, team, channel)


def _others_in_it(office: Office, body: _Body, event: _Body) -> None:
    with office.database.transaction() as session:
        look_again(session, *_place(body, event))


def _renamed(office: Office, body: _Body, event: _Body) -> None:
    team, channel = _place(body, event)
    told = event.get("channel")
    name = told.get("name") if isinstance(told, Mapping) else None
    if isinstance(name, str):
        with office.database.transaction() as session:
            mark_room(session, team, channel, now=office.clock(), name=cut(name[:_LONGEST_NAME], _LONGEST_NAME))


def _id_changed(office: Office, body: _Body, event: _Body) -> None:
    team, old = team_of(body), word(event.get("old_channel_id"))
    with office.database.transaction() as session:
        forget_room(session, team, old)


_TAKEN: dict[str, _Take] = {
    "app_uninstalled": _app_uninstalled,
    "tokens_revoked": _tokens_revoked,
    "team_access_granted": _team_access_granted,
    "team_access_revoked": _team_access_revoked,
    "member_joined_channel": _member_moved,
    "member_left_channel": _member_moved,
    "channel_archive": _archived,
    "group_archive": _archived,
    "channel_unarchive": _forgotten,
    "group_unarchive": _forgotten,
    "channel_deleted": _left,
    "group_deleted": _left,
    "channel_left": _left,
    "group_left": _left,
    "channel_rename": _renamed,
    "group_rename": _renamed,
    "channel_shared": _others_in_it,
    "channel_unshared": _others_in_it,
    "channel_id_changed": _id_changed,
}


def _is_own_bot(office: Office, body: _Body, user: str) -> bool:
    try:
        found = office.workspaces.installation(team_of(body), enterprise_of(body))
    except (NotInstalledError, UnreachableError):
        return False
    return bool(user) and user == found.bot_user_id


def _installed(body: _Body) -> str:
    """Name the installation an event belongs to: the organisation's where the app is installed in all of it."""
    whole = authorization(body).get("is_enterprise_install") is True
    team, enterprise = team_of(body), enterprise_of(body)
    return (enterprise or team) if whole or not team else team


def _place(body: _Body, event: _Body) -> tuple[str, str]:
    told = event.get("channel")
    channel = told.get("id") if isinstance(told, Mapping) else told
    return team_of(body), word(channel)


def _moment(value: object) -> datetime | None:
    is_sound = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**33
    return datetime.fromtimestamp(value, UTC) if is_sound and isinstance(value, int) else None


def _words(value: object) -> list[str]:
    return [one for one in map(word, value) if one] if isinstance(value, list) else []
