"""Events on their way in: sealed and stored before they are acknowledged, taken out in order, gone once worked on."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.crypto import Keys
from service.database import Database
from service.errors import BadRequestError, UndecryptableError
from service.slack.envelope import authorization, enterprise_of, team_of, word
from service.slack.models import SlackEvent, SlackRefusal

# What is said of a conversation rather than in it; none of it is stored.
_ABOUT_CONVERSATIONS = frozenset(
    {
        "channel_archive",
        "channel_join",
        "channel_leave",
        "channel_name",
        "channel_posting_permissions",
        "channel_purpose",
        "channel_topic",
        "channel_unarchive",
        "group_archive",
        "group_join",
        "group_leave",
        "group_name",
        "group_purpose",
        "group_topic",
        "group_unarchive",
        "message_replied",
        "pinned_item",
        "reminder_add",
        "unpinned_item",
    }
)
_KEPT = timedelta(days=2)
# As many events of one channel as are worked on before the other channels have their turn.
_OF_A_CHANNEL = 10


class MalformedEventError(BadRequestError):
    """The event is not one that Slack sends: it lacks what every event has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An event that waits to be worked on. `user` is the person by whose own token it came, empty for the bot's."""

    id: int
    team: str
    enterprise: str
    user: str
    tries: int
    received_at: datetime
    event: Mapping[str, Any]


def store_event(database: Database, keys: Keys, body: Mapping[str, Any], *, source: str, now: datetime) -> bool:
    """Store a message event for good, in a transaction of its own; tells whether it is new.

    The same event again, or another about the same version of the same message, is not. Raises MalformedEventError.
    """
    row = _row(keys, body, source=source, now=now)
    if row is None:
        return False
    try:
        with database.transaction() as session:
            same = (SlackEvent.event_id == row.event_id) | (SlackEvent.about == row.about)
            if session.scalar(select(SlackEvent.id).where(same).limit(1)) is not None:
                return False
            session.add(row)
    except IntegrityError:
        return False  # another connection stored it between the look and the insert
    return True


def waiting(
    session: Session,
    keys: Keys,
    *,
    limit: int,
    elsewhere: Collection[str] = (),
    without: Collection[str] = (),
    without_channels: Collection[tuple[str, str]] = (),
) -> list[Waiting]:
    """Return the events that wait, first come first, but of each channel a few at a time: long ones take a while.

    Not those of the sources `elsewhere`, nor of the teams and channels (of a team) `without`.
    """
    turn = func.row_number().over(partition_by=(SlackEvent.team, SlackEvent.channel), order_by=SlackEvent.id)
    first = select(SlackEvent.id, turn.label("turn")).where(SlackEvent.done_at.is_(None)).subquery()
    near = select(first.c.id).where(first.c.turn <= _OF_A_CHANNEL)
    query = select(SlackEvent).where(SlackEvent.id.in_(near)).order_by(SlackEvent.id).limit(limit)
    if elsewhere:
        query = query.where(SlackEvent.source.not_in(list(elsewhere)))
    if without:
        query = query.where(SlackEvent.team.not_in(list(without)))
    if without_channels:
        query = query.where(tuple_(SlackEvent.team, SlackEvent.channel).not_in(list(without_channels)))
    return [_open(keys, row) for row in session.scalars(query)]


def finish(session: Session, outcomes: Mapping[int, str], *, now: datetime) -> set[int]:
    """Mark events as worked on, drop their words, and tell which were still waiting."""
    done = set()
    for event_id, outcome in outcomes.items():
        changed = session.execute(
            update(SlackEvent)
            .where(SlackEvent.id == event_id, SlackEvent.done_at.is_(None))
            .values(done_at=now, outcome=outcome, sealed=None, key_id=None)
        )
        if changed.rowcount:  # type: ignore[attr-defined] # an UPDATE's result has one
            done.add(event_id)
    return done


def deleted_of(session: Session, said: Collection[Waiting]) -> set[int]:
    """Tell of which messages Slack has already said that they are deleted, by the ids of their events."""
    wanted = {one.id: _deletion_of(one) for one in said}
    found = set(session.scalars(select(SlackEvent.about).where(SlackEvent.about.in_(set(wanted.values())))))
    return {event for event, about in wanted.items() if about in found}


def note_tries(session: Session, events: Sequence[int]) -> None:
    """Count another try of events that could not be worked on."""
    session.execute(update(SlackEvent).where(SlackEvent.id.in_(list(events))).values(tries=SlackEvent.tries + 1))


def tries_of(session: Session, event: int) -> int:
    """Tell how often an event was tried in vain."""
    return session.scalar(select(SlackEvent.tries).where(SlackEvent.id == event)) or 0


def note_refused(session: Session, reason: str, *, now: datetime, count: int = 1) -> None:
    """Count requests that were refused; nothing else of them is kept."""
    day = now.date().isoformat()
    where = (SlackRefusal.day == day, SlackRefusal.reason == reason)
    changed = session.execute(update(SlackRefusal).where(*where).values(count=SlackRefusal.count + count))
    if changed.rowcount == 0:  # type: ignore[attr-defined] # an UPDATE's result has one
        session.add(SlackRefusal(day=day, reason=reason, count=count))
        session.flush()


def remember_request(database: Database, signature: str, *, now: datetime) -> bool:
    """Remember a signed request that is being answered; tells whether it is the first of its kind."""
    key = f"request:{signature}"
    try:
        with database.transaction() as session:
            row = SlackEvent(event_id=key, about=key, team="", kind="request", received_at=now, done_at=now)
            session.add(row)
    except IntegrityError:
        return False
    return True


def forget_request(database: Database, signature: str) -> None:
    """Let a request that could not be answered be sent again."""
    with database.transaction() as session:
        session.execute(delete(SlackEvent).where(SlackEvent.event_id == f"request:{signature}"))


def expire_events(session: Session, *, text_hours: float, now: datetime) -> int:
    """Forget events that were worked on long ago, which Slack won't send again, and those that nobody ever worked on.

    What waits holds people's words, and they have their time; the sweep of history brings them if it goes on after all.
    """
    patience = max(timedelta(hours=text_hours), _KEPT)
    waits = SlackEvent.done_at.is_(None) & (SlackEvent.received_at <= now - patience)
    gone = delete(SlackEvent).where((SlackEvent.done_at <= now - _KEPT) | waits)
    return int(getattr(session.execute(gone), "rowcount", 0))


def backlog(session: Session) -> tuple[int, datetime | None]:
    """Tell how many events wait, and since when the oldest does."""
    query = select(func.count(), func.min(SlackEvent.received_at)).where(SlackEvent.done_at.is_(None))
    count, oldest = session.execute(query).one()
    return count, oldest


def last_received(session: Session) -> datetime | None:
    """Tell when an event last came in."""
    return session.scalar(select(func.max(SlackEvent.received_at)).where(SlackEvent.kind != "request"))


def refusals(session: Session) -> dict[str, int]:
    """Count the refused requests of all days, by reason."""
    query = select(SlackRefusal.reason, func.sum(SlackRefusal.count)).group_by(SlackRefusal.reason)
    return {reason: int(count) for reason, count in session.execute(query)}


def _row(keys: Keys, body: Mapping[str, Any], *, source: str, now: datetime) -> SlackEvent | None:
    event = body.get("event")
    if not isinstance(event, Mapping):
        raise MalformedEventError
    if event.get("subtype") in _ABOUT_CONVERSATIONS:
        return None
    event_id, team = word(body.get("event_id")), team_of(body)
    channel, ts = word(event.get("channel")), word(event.get("ts"))
    if not (event_id and team and channel and ts):
        raise MalformedEventError
    user = _user_of(body)
    kept = json.dumps({"event": event, "user": user}, ensure_ascii=False)
    key_id, sealed = keys.seal(kept, place=f"slack_event:{event_id}")
    return SlackEvent(
        event_id=event_id,
        about=":".join((team, user, channel, *_version(event))),
        source=source,
        team=team,
        enterprise=enterprise_of(body),
        channel=channel,
        kind=word(event.get("subtype") or "message")[:40],
        received_at=now,
        key_id=key_id,
        sealed=sealed,
    )


def _version(event: Mapping[str, Any]) -> tuple[str, str, str]:
    """Name the version of the message that an event is about: deleted, changed or said; its ts; when it was edited."""
    if event.get("subtype") == "message_deleted":
        return "deleted", word(event.get("deleted_ts")) or word(event.get("ts")), ""
    if event.get("subtype") == "message_changed":
        message = event.get("message")
        inner = message if isinstance(message, Mapping) else {}
        edited = inner.get("edited")
        # A deleted message that has replies is changed into a tombstone.
        kind = "deleted" if inner.get("subtype") == "tombstone" else "changed"
        return kind, word(inner.get("ts")), word(edited.get("ts")) if isinstance(edited, Mapping) else ""
    return "said", word(event.get("ts")), ""


def _deletion_of(said: Waiting) -> str:
    event = said.event
    _, ts, _ = _version(event)
    return ":".join((said.team, said.user, word(event.get("channel")), "deleted", ts, ""))


def _user_of(body: Mapping[str, Any]) -> str:
    """Name the person by whose token an event came; empty when it came by the bot's."""
    first = authorization(body)
    if first.get("is_bot") is not False:
        return ""
    return word(first.get("user_id"))


def _open(keys: Keys, row: SlackEvent) -> Waiting:
    body: Mapping[str, Any] = {}
    if row.sealed is not None and row.key_id is not None:
        try:
            body = json.loads(keys.open(row.key_id, row.sealed, place=f"slack_event:{row.event_id}"))
        except UndecryptableError:
            body = {}
    return Waiting(
        id=row.id,
        team=row.team,
        enterprise=row.enterprise,
        user=body.get("user", ""),
        tries=row.tries,
        received_at=row.received_at,
        event=body.get("event", {}),
    )
