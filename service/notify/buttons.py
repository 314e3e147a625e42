"""Reviewing from procurement's channel: whoever presses a button is a user of the console, with that user's roles."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_bolt import Ack, App
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.alerts.events import EventKind, take_turn
from service.alerts.reviews import ChangedError, NotUndoableError, add_review, undo_review
from service.alerts.schemas import ReviewIn
from service.audit.store import Action, record
from service.auth.permissions import Permission, permissions_of
from service.auth.users import find_slack_user
from service.errors import NotFoundError
from service.models import Alert, AlertEvent, AlertStatus, User, Verdict
from service.notify.channel import Channel, Heard
from service.notify.models import ChannelPost, ChannelPress
from service.notify.posts import show_again
from service.notify.wording import say
from service.slack.office import Office

log = logging.getLogger("frontdoor.notify")

SLACK = "slack"
UNDO = "alert.undo"
_STEPS = {
    "alert.true_positive": ReviewIn(verdict=Verdict.TRUE_POSITIVE),
    "alert.false_positive": ReviewIn(verdict=Verdict.FALSE_POSITIVE),
    "alert.benign": ReviewIn(verdict=Verdict.BENIGN),
    "alert.in_progress": ReviewIn(status=AlertStatus.IN_PROGRESS),
}
_NEWS = (EventKind.EVIDENCE.value, EventKind.REOPENED.value)
# Slack does not deliver a press again after so long.
_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that somebody pressed under an alert's post.

    `people` are the names (`TEAM:USER`) by which a user may know the presser: in their workspace, and in their
    Enterprise. `review` is the step that is to be taken back.
    """

    action: str
    alert: uuid.UUID
    review: uuid.UUID | None
    people: tuple[str, ...]
    user: str
    team: str
    channel: str
    at: str


def listen(app: App, office: Office) -> None:
    """Let the buttons of procurement's channel do what they say."""
    channel = Channel(office)

    def review(ack: Ack, body: Mapping[str, Any]) -> None:
        ack()
        press = read_press(body)
        if press is not None:
            answer_press(office, channel, press)

    def only_acknowledge(ack: Ack) -> None:
        ack()

    for action in (*_STEPS, UNDO):
        app.action(action)(review)
    app.action("alert.open")(only_acknowledge)


def read_press(body: Mapping[str, Any]) -> Press | None:
    """Read what Slack says of a press; None when it is not one of our buttons under an alert."""
    try:
        action, user = body["actions"][0], body["user"]
        first, _, second = str(action["value"]).partition(" ")
        team = str(user.get("team_id") or body["team"]["id"])
        enterprise = (body.get("enterprise") or {}).get("id")
        places = [team, str(enterprise)] if enterprise else [team]
        press = Press(
            action=str(action["action_id"]),
            alert=uuid.UUID(first),
            review=uuid.UUID(second) if second else None,
            people=tuple(f"{place}:{user['id']}" for place in places),
            user=str(user["id"]),
            team=str((body.get("team") or {}).get("id") or team),
            channel=str(body["channel"]["id"]),
            at=str(action["action_ts"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        log.warning("a press of a button could not be read")
        return None
    # An undo names the step that it takes back, and nothing else does.
    return press if (press.action == UNDO) is (press.review is not None) else None


def answer_press(office: Office, channel: Channel, press: Press) -> None:
    """Do what a press asks for, once; who may not is told so, and nobody else."""
    refusal = ""
    try:
        with office.database.transaction() as session:
            refusal = _review(session, office, press, now=office.clock())
    except IntegrityError:
        return  # the same press, delivered twice at once
    except ChangedError:
        refusal = "changed"
    except NotUndoableError:
        refusal = "not_undone"
    except NotFoundError:
        refusal = "gone"
    if refusal:
        text = say(office.source.language, f"refused.{refusal}", person=press.people[0])
        answer = channel.whisper(press.team, press.channel, press.user, text)
        if answer.heard is not Heard.TAKEN:
            log.warning("somebody who pressed a button could not be answered (%s)", answer.code)
    show_again(office, channel, press.alert)


def _review(session: Session, office: Office, press: Press, *, now: datetime) -> str:
    """Take the step; returns why it was refused, else nothing."""
    if not _is_first(session, office, press, now=now):
        return ""
    user = find_slack_user(session, press.people)
    refusal = _refusal(user)
    if user is None or refusal:
        actor = user.name if user is not None else f"Slack {press.people[0]}"
        detail = {"why": refusal, "step": press.action, "via": SLACK}
        record(
            session, actor=actor, action=Action.SLACK_REVIEW_REFUSED, object=str(press.alert), detail=detail, now=now
        )
        return refusal
    take_turn(session)
    if press.action == UNDO:
        assert press.review is not None
        undo_review(session, office.keys, press.review, alert_id=press.alert, reviewer=user.name, now=now, via=SLACK)
        return ""
    _insist_on_what_was_seen(session, press)
    add_review(session, office.keys, press.alert, _STEPS[press.action], reviewer=user.name, now=now, via=SLACK)
    return ""


def _is_first(session: Session, office: Office, press: Press, *, now: datetime) -> bool:
    """Tell whether a press has not been here before, and remember it."""
    what = f"{press.people[0]}\n{press.action}\n{press.alert}\n{press.review}\n{press.at}"
    once = office.keys.digest("channel_press", what)
    if session.get(ChannelPress, once) is not None:
        return False
    session.execute(delete(ChannelPress).where(ChannelPress.pressed_at < now - _KEPT))
    session.add(ChannelPress(once=once, pressed_at=now))
    session.flush()
    return True


def _refusal(user: User | None) -> str:
    if user is None:
        return "unlinked"
    if user.disabled:
        return "disabled"
    return "" if Permission.ALERTS_REVIEW in permissions_of(user.roles) else "role"


def _insist_on_what_was_seen(session: Session, press: Press) -> None:
    """Raise ChangedError where there is evidence that the post does not show yet, or the alert is taken or closed.

    Another reviewer's verdict does not stand in the way of this one's: both are on record, as in the console.
    """
    post = session.get(ChannelPost, (press.alert, press.channel))
    told = post.told if post is not None else 0
    unseen = select(AlertEvent.id).where(
        AlertEvent.alert_id == press.alert, AlertEvent.id > told, AlertEvent.kind.in_(_NEWS)
    )
    if post is not None and session.execute(unseen.limit(1)).first() is not None:
        raise ChangedError
    alert = session.get(Alert, press.alert)
    if press.action == "alert.in_progress" and alert is not None and alert.status != AlertStatus.NEW:
        raise ChangedError
