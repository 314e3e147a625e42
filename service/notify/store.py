"""What procurement's channel has been told, and what it is still to be told."""

import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, literal_column, select, update
from sqlalchemy.orm import Session

from service.alerts.events import EventKind
from service.console.words import counted
from service.database import serialised
from service.feeds.events import last_event
from service.models import Alert, AlertEvent, AlertStatus
from service.notify.models import ChannelPost, Digest, PostState
from service.reports.models import REPORTED
from service.sources.record import cursors_of, move_cursor
from service.warnings.models import WarningRow, WarningState

CUT_OFF = "cut_off"
_OPENINGS = frozenset({EventKind.OPENED.value, EventKind.REOPENED.value})
_OPEN = (AlertStatus.NEW.value, AlertStatus.IN_PROGRESS.value)
_LIVE = (PostState.DUE, PostState.CLAIMED, PostState.POSTED)
_BEHIND = ChannelPost.event > ChannelPost.told
# Word for word as the index of these few rows has it, or SQLite would not use it.
_MOVING = ChannelPost.state.in_([literal_column(f"'{state}'") for state in (PostState.DUE, PostState.CLAIMED)])
_DUE = _MOVING & (ChannelPost.state == PostState.DUE)
_BATCH = 1000
# A call takes seconds: a claim this old is of a process that is no more.
_ON_ITS_WAY = timedelta(minutes=2)
_LATE_WARNING = timedelta(minutes=15)
_TROUBLE_KEPT = timedelta(days=7)
_INVITE = "invite the app into it (`/invite @frontdoor`), and check `procurement.channel`"
_ADVICE = {
    "channel_not_found": f"the app does not see it: {_INVITE}",
    "not_in_channel": f"the app is not in it: {_INVITE}",
    "is_archived": "it is archived: bring it back, or name another one in `procurement.channel`",
    "shared_with_others": "another firm is in it and would read every alert: name another one in `procurement.channel`",
    "guests_in_channel": (
        "guests or people of other workspaces are in it and would read every alert: nobody but regular members of your "
        "own workspace may be in it"
    ),
    "too_many_in_channel": (
        "more than 1,000 people are in it, too many to read every alert: name one of procurement's own in "
        "`procurement.channel`"
    ),
    "missing_scope": "the app lacks the scope chat:write: install it again with the manifest",
}


def follow_alerts(
    session: Session, source: str, channel: str, *, team: str, policies: Collection[str], now: datetime
) -> bool:
    """Take note of what happened to alerts since; tells whether there may be more.

    What is opened from the first look at a channel on becomes due there; what was posted falls behind. The caller
    commits both with the cursor.
    """
    serialised(session, _stream(source))
    known = cursors_of(session, _stream(source)).get(channel)
    if known is None:
        move_cursor(session, _stream(source), channel, str(last_event(session)), now=now)
        _take_over(session, source, channel, team=team)
        return False
    query = select(AlertEvent).where(AlertEvent.id > int(known)).order_by(AlertEvent.id)
    events = session.scalars(query.limit(_BATCH)).all()
    if not events:
        return False
    last = {one.alert_id: one.id for one in events}
    openings = {one.alert_id: one.id for one in events if one.kind in _OPENINGS}
    for alert_id, event in last.items():
        behind = update(ChannelPost).where(ChannelPost.alert_id == alert_id, ChannelPost.state.in_(_LIVE))
        session.execute(behind.values(event=event))
    # What people report goes to procurement whatever policies are chosen.
    wanted = select(Alert.id).where(Alert.id.in_(openings), Alert.policy.in_({*policies, REPORTED}))
    for alert_id in session.scalars(wanted).all():
        _make_due(session, alert_id, channel, team=team, event=last[alert_id], now=now)
    move_cursor(session, _stream(source), channel, str(events[-1].id), now=now)
    return len(events) == _BATCH


def has_work(session: Session, source: str, channel: str, *, elsewhere: Collection[str], now: datetime) -> bool:
    """Tell, by reading alone, whether there is anything to follow, to post, to update or to give up."""
    known = cursors_of(session, _stream(source)).get(channel)
    if known is None or last_event(session) > int(known):
        return True
    moving = select(ChannelPost.alert_id).where(_MOVING)
    waiting = moving.where(ChannelPost.state == PostState.DUE, ChannelPost.channel == channel)
    cut_off = moving.where(ChannelPost.state == PostState.CLAIMED, ChannelPost.changed_at < now - _ON_ITS_WAY)
    behind = select(ChannelPost.alert_id).where(_behind(elsewhere))
    looked_for = (waiting, cut_off, behind)
    return any(session.execute(one.limit(1)).first() for one in looked_for) or bool(_warned_late(session, now=now))


def due_posts(session: Session, channel: str) -> Sequence[ChannelPost]:
    """Return what waits to be posted in a channel, oldest first."""
    query = select(ChannelPost).where(_DUE, ChannelPost.channel == channel)
    return session.scalars(query.order_by(ChannelPost.event, ChannelPost.alert_id)).all()


def drop_closed(session: Session, channel: str) -> None:
    """Forget what waits to be posted and was closed meanwhile: it is nobody's work any more."""
    closed = select(Alert.id).where(Alert.status.not_in(_OPEN))
    session.execute(
        delete(ChannelPost).where(
            ChannelPost.state == PostState.DUE, ChannelPost.channel == channel, ChannelPost.alert_id.in_(closed)
        )
    )


def claim(session: Session, alerts: Collection[uuid.UUID], channel: str, *, now: datetime) -> list[uuid.UUID]:
    """Take what is due into one's own hands; returns what nobody else has taken."""
    query = select(ChannelPost.alert_id).where(_posts(alerts, channel), ChannelPost.state == PostState.DUE)
    mine = list(session.scalars(query.with_for_update(skip_locked=True)))
    taken = update(ChannelPost).where(_posts(mine, channel))
    session.execute(taken.values(state=PostState.CLAIMED.value, failure="", changed_at=now))
    return mine


def conclude(
    session: Session,
    alerts: Collection[uuid.UUID],
    channel: str,
    state: PostState,
    *,
    now: datetime,
    failure: str = "",
    **shown: object,
) -> None:
    """Write down what became of claimed posts; `shown` are columns of what was posted."""
    done = update(ChannelPost).where(_posts(alerts, channel))
    if state not in _LIVE:
        shown["told"] = ChannelPost.event
    session.execute(done.values(state=state.value, failure=failure, changed_at=now, **shown))


def give_up_claims(session: Session, *, now: datetime) -> None:
    """Let claims of a process that is no more count as failed: what came of them nobody knows, so none is repeated."""
    since, failed = now - _ON_ITS_WAY, {"state": PostState.FAILED.value, "failure": CUT_OFF}
    posts = update(ChannelPost).where(_MOVING, ChannelPost.state == PostState.CLAIMED, ChannelPost.changed_at < since)
    session.execute(posts.values(told=ChannelPost.event, **failed))
    digests = update(Digest).where(Digest.state == PostState.CLAIMED, Digest.claimed_at < since)
    session.execute(digests.values(failed))


def posts_behind(session: Session, *, elsewhere: Collection[str], limit: int) -> Sequence[ChannelPost]:
    """Return posts that do not show what happened last, those that wait longest first; none of channels `elsewhere`."""
    query = select(ChannelPost).where(_behind(elsewhere))
    return session.scalars(query.order_by(ChannelPost.event).limit(limit)).all()


def posts_of(session: Session, alert_id: uuid.UUID) -> Sequence[ChannelPost]:
    """Return an alert's posts that stand in a channel."""
    query = select(ChannelPost).where(ChannelPost.alert_id == alert_id, ChannelPost.state == PostState.POSTED)
    return session.scalars(query).all()


def note_shown(session: Session, post: ChannelPost, *, told: int, shown: bytes, now: datetime) -> None:
    """Write down what a post shows now.

    Where another process wrote meanwhile, nobody knows whose call was last: the post is shown anew.
    """
    same = (ChannelPost.told == post.told, ChannelPost.shown == post.shown)
    mine = update(ChannelPost).where(_posts([post.alert_id], post.channel), *same)
    done = session.execute(mine.values(told=told, shown=shown, failure="", changed_at=now))
    if done.rowcount == 0:  # type: ignore[attr-defined] # an UPDATE's result has one
        again = update(ChannelPost).where(_posts([post.alert_id], post.channel))
        session.execute(again.values(told=0, shown=b""))


def claim_reply(session: Session, post: ChannelPost, reopened: int) -> bool:
    """Take it on to tell a post's thread of a reopening; False when somebody else did."""
    where = (_posts([post.alert_id], post.channel), ChannelPost.reopened < reopened)
    done = session.execute(update(ChannelPost).where(*where).values(reopened=reopened))
    return bool(done.rowcount)  # type: ignore[attr-defined] # an UPDATE's result has one


def release_reply(session: Session, post: ChannelPost) -> None:
    """Give a claimed reply back: Slack has not taken it, and it is to be tried again."""
    again = update(ChannelPost).where(_posts([post.alert_id], post.channel))
    session.execute(again.values(reopened=post.reopened, told=0))


def note_late_warnings(session: Session, *, now: datetime) -> None:
    """Let posts fall behind whose alerts' warnings were sent after them."""
    for alert_id, channel in _warned_late(session, now=now):
        session.execute(update(ChannelPost).where(_posts([alert_id], channel)).values(told=0, changed_at=now))


def overview(session: Session, alerts: Collection[uuid.UUID]) -> Sequence[tuple[str, str]]:
    """Return severity and counterparty of each of these alerts."""
    rows = session.execute(select(Alert.severity, Alert.counterparty).where(Alert.id.in_(alerts)))
    return [(row.severity, row.counterparty) for row in rows]


def unposted(session: Session, channel: str, *, since: datetime) -> int:
    """Count the alerts of which nobody knows whether they were posted."""
    failed = ChannelPost.state == PostState.FAILED
    return _count(session, failed, ChannelPost.channel == channel, ChannelPost.changed_at >= since)


def trouble(session: Session, *, now: datetime | None = None) -> str:
    """Say in a sentence what keeps procurement's channel from being told; empty when nothing does."""
    since = (now or datetime.now(UTC)) - _TROUBLE_KEPT
    query = select(ChannelPost.channel, ChannelPost.failure).where(
        _DUE, ChannelPost.failure != "", ChannelPost.changed_at > since
    )
    first = session.execute(query.order_by(ChannelPost.changed_at.desc()).limit(1)).first()
    if first is not None:
        count = _count(session, _DUE, ChannelPost.channel == first.channel)
        advice = _ADVICE.get(first.failure, first.failure)
        return f"procurement's channel {first.channel} can't be posted in, {counted(count, 'alert')} waiting: {advice}"
    late = select(Digest.failure).where(Digest.state == PostState.DUE, Digest.failure != "")
    failure = session.scalar(late.where(Digest.claimed_at > since).limit(1))
    if failure:
        return f"the daily digest can't be posted: {_ADVICE.get(failure, failure)}"
    count = _count(session, ChannelPost.state == PostState.FAILED, ChannelPost.changed_at > since)
    return f"{counted(count, 'alert')} of the last 7 days may not have reached procurement's channel" if count else ""


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(ChannelPost).where(*where)) or 0


def _make_due(session: Session, alert_id: uuid.UUID, channel: str, *, team: str, event: int, now: datetime) -> None:
    post = session.get(ChannelPost, (alert_id, channel))
    if post is None:
        session.add(
            ChannelPost(
                alert_id=alert_id,
                channel=channel,
                team=team,
                state=PostState.DUE.value,
                event=event,
                changed_at=now,
            )
        )
    elif post.state in {PostState.SUMMED, PostState.FAILED}:
        # It has no message of its own, and is open anew: that is another thing to tell.
        post.state, post.failure, post.ts, post.changed_at = PostState.DUE.value, "", "", now
        post.event, post.told = event, 0
    session.flush()


def _warned_late(session: Session, *, now: datetime) -> list[tuple[uuid.UUID, str]]:
    """Return posts of alerts about which somebody was warned after the post was last touched."""
    recent = select(WarningRow.alert_id, WarningRow.sent_at).where(
        WarningRow.state == WarningState.SENT, WarningRow.created_at > now - _LATE_WARNING
    )
    sent = {row.alert_id: row.sent_at for row in session.execute(recent.order_by(WarningRow.sent_at)) if row.alert_id}
    if not sent:
        return []
    rows = select(ChannelPost).where(ChannelPost.alert_id.in_(sent), ChannelPost.state == PostState.POSTED)
    return [(post.alert_id, post.channel) for post in session.scalars(rows) if sent[post.alert_id] > post.changed_at]


def _take_over(session: Session, source: str, channel: str, *, team: str) -> None:
    """Let what waits for a source's former channel, perhaps a mistyped one, be posted in its new one."""
    former = set(cursors_of(session, _stream(source))) - {channel}
    for post in session.scalars(select(ChannelPost).where(_DUE, ChannelPost.channel.in_(former))).all():
        if session.get(ChannelPost, (post.alert_id, channel)) is None:
            moved = update(ChannelPost).where(_posts([post.alert_id], post.channel))
            session.execute(moved.values(channel=channel, team=team, failure=""))


def _behind(elsewhere: Collection[str]) -> ColumnElement[bool]:
    return _BEHIND & (ChannelPost.state == PostState.POSTED) & ChannelPost.channel.not_in(list(elsewhere))


def _posts(alerts: Collection[uuid.UUID], channel: str) -> ColumnElement[bool]:
    return ChannelPost.alert_id.in_(alerts) & (ChannelPost.channel == channel)


def _stream(source: str) -> str:
    return f"notify:{source}"
