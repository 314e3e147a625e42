"""The channels an app is in: which of them are read, and if not, why.

Whoever works on events keeps in mind who is in a channel, and events about that may come in through another process: so
what has changed is marked here, and `rooms_to_look_at` tells.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from service.slack.models import ChannelState, SlackRoom

_LIKE_SPECIAL = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


def note_room(
    session: Session,
    team: str,
    channel: str,
    *,
    name: str,
    state: ChannelState,
    shared: bool,
    outsiders: Iterable[str],
    now: datetime,
) -> bool:
    """Put on record what is known of a channel: whether it is read, and the domains of the firms in it.

    Tells whether anything is new; nothing is written otherwise.
    """
    domains = " ".join(sorted({one.lower() for one in outsiders if one}))
    row = session.get(SlackRoom, (team, channel))
    known = None if row is None or row.stale else (row.name, row.state, row.shared, row.outsiders)
    if known == (name, state.value, shared, domains):
        return False
    row = row or SlackRoom(team=team, channel=channel)
    row.name, row.state, row.shared, row.outsiders, row.noted_at = name, state.value, shared, domains, now
    row.stale = False
    session.add(row)
    session.flush()
    return True


def mark_room(
    session: Session,
    team: str,
    channel: str,
    *,
    now: datetime,
    name: str | None = None,
    state: ChannelState | None = None,
) -> None:
    """Change what an event tells of a channel that is on record; of others nothing is known."""
    row = session.get(SlackRoom, (team, channel))
    if row is None:
        return
    row.name = row.name if name is None else name
    row.state = row.state if state is None else state.value
    row.noted_at = now
    session.flush()


def forget_room(session: Session, team: str, channel: str) -> None:
    """Forget a channel until it is looked at anew."""
    row = session.get(SlackRoom, (team, channel))
    if row is not None:
        session.delete(row)
        session.flush()


def look_again(session: Session, team: str, channel: str) -> None:
    """Mark a channel as one in which others are now."""
    session.execute(update(SlackRoom).where(SlackRoom.team == team, SlackRoom.channel == channel).values(stale=True))


def rooms_to_look_at(session: Session, places: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return those of the channels (team and id) of which what was known holds no longer."""
    if not places:
        return set()
    known = select(SlackRoom.team, SlackRoom.channel).where(
        tuple_(SlackRoom.team, SlackRoom.channel).in_(list(places)), SlackRoom.stale.is_(False)
    )
    return set(places) - {(row.team, row.channel) for row in session.execute(known)}


def rooms_of(
    session: Session,
    *,
    state: str = "",
    name: str = "",
    team: str = "",
    after: tuple[str, str] | None = None,
    limit: int,
) -> Sequence[SlackRoom]:
    """Return channels by team and id: of a state, with these letters in the name, behind another one."""
    query = select(SlackRoom).order_by(SlackRoom.team, SlackRoom.channel).limit(limit)
    if state:
        query = query.where(SlackRoom.state == state)
    if team:
        query = query.where(SlackRoom.team == team)
    if name:
        letters = name.lower().lstrip("#").translate(_LIKE_SPECIAL)
        query = query.where(func.lower(SlackRoom.name).like(f"%{letters}%", escape="\\"))
    if after is not None:
        query = query.where(tuple_(SlackRoom.team, SlackRoom.channel) > after)
    return session.scalars(query).all()


def count_rooms(session: Session, *, team: str = "") -> dict[str, int]:
    """Count channels by state."""
    query = select(SlackRoom.state, func.count()).group_by(SlackRoom.state)
    if team:
        query = query.where(SlackRoom.team == team)
    return {state: int(count) for state, count in session.execute(query)}


def rooms_by_outsider(session: Session) -> dict[str, list[SlackRoom]]:
    """Return the channels that are read by the domain of each firm in them."""
    found: dict[str, list[SlackRoom]] = {}
    query = select(SlackRoom).where(SlackRoom.state == ChannelState.READ.value).order_by(SlackRoom.name)
    for row in session.scalars(query):
        for domain in row.outsiders.split():
            found.setdefault(domain, []).append(row)
    return found
