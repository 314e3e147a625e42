"""One warning's way to its person: claimed, said, and what came of it put on record. At most once.

Whoever claims a warning is the only one to send it. What surely was not carried out is due again; what may have been
carried out is never repeated.
"""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import SQLAlchemyError

from service.errors import FrontdoorError
from service.slack.models import WorkspaceState
from service.slack.office import Office
from service.slack.web import GONE_TOKEN
from service.slack.workspaces import NotInstalledError
from service.warnings.answers import quotes_of
from service.warnings.blocks import shown, warning_message
from service.warnings.calls import Fate, Reply, call
from service.warnings.models import STALE, WarningAttempt, WarningKind, WarningRow, WarningState, Way
from service.warnings.wording import wording_of

log = logging.getLogger("frontdoor.warnings")

# A direct message about what one wrote last night can wait for the morning; over a weekend it has been read by then.
LONGEST_WAIT = timedelta(hours=16)
# Longer than any call lasts: whoever claimed this warning is gone.
ABANDONED = timedelta(minutes=2)

_PAUSE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A warning is due again at a time; `resting`: nothing of its workspace can be sent before."""

    at: datetime
    resting: bool


def deliver(office: Office, warning: uuid.UUID) -> Again | None:
    """Send a warning if it is due and nobody else does; tells when to come back to it, if ever."""
    row = _claim(office, warning)
    if row is None:
        return None
    reply = _say(office, row)
    again = _record(office, row, reply)
    if reply.fate is not Fate.ACCEPTED:
        log.info("warning %s by %s: %s", row.id, row.via, reply.code)
    if reply.fate is Fate.UNUSABLE:
        _note_trouble(office, row, reply.code)
    return again


def forget_claims(office: Office, *, before: datetime) -> int:
    """Call every warning unknown that was claimed before a time and not heard of since; returns how many."""
    with office.database.transaction() as session:
        gone = session.execute(
            update(WarningRow)
            .where(*_mine(office, WarningState.CLAIMED), WarningRow.claimed_at <= before)
            .values(state=WarningState.UNKNOWN.value)
            .returning(WarningRow.id, WarningRow.via)
        ).all()
        now = office.clock()
        session.add_all(
            WarningAttempt(warning_id=row.id, via=row.via, outcome="interrupted", tried_at=now) for row in gone
        )
    return len(gone)


def list_due(office: Office, *, before: datetime | None = None) -> Sequence[uuid.UUID]:
    """List what is due, oldest first; with `before`, what could have been sent by then."""
    query = select(WarningRow.id).where(*_mine(office, WarningState.DUE)).order_by(WarningRow.created_at)
    with office.database.transaction(write=False) as session:
        return session.scalars(query if before is None else query.where(WarningRow.not_before <= before)).all()


def lapse(office: Office) -> None:
    """Let what is too old to be sent expire."""
    # Of whichever source: one that has another name now has nobody else to look after what it left.
    stale = (WarningRow.state == WarningState.DUE.value, WarningRow.expires_at <= office.clock())
    with office.database.transaction(write=False) as session:
        if session.scalar(select(WarningRow.id).where(*stale).limit(1)) is None:
            return
    with office.database.transaction() as session:
        session.execute(update(WarningRow).where(*stale).values(state=WarningState.EXPIRED.value))


def _mine(office: Office, state: WarningState) -> tuple[ColumnElement[bool], ...]:
    """Tell the warnings in a state that this source's app sends; another source's app could not reach their people."""
    return WarningRow.source == office.source.name, WarningRow.state == state.value


def _claim(office: Office, warning: uuid.UUID) -> WarningRow | None:
    now = office.clock()
    due = (
        WarningRow.id == warning,
        *_mine(office, WarningState.DUE),
        WarningRow.not_before <= now,
        WarningRow.expires_at > now,
    )
    with office.database.transaction() as session:
        claimed = update(WarningRow).where(*due).values(state=WarningState.CLAIMED.value, claimed_at=now)
        return session.scalars(claimed.returning(WarningRow)).one_or_none()


def _say(office: Office, row: WarningRow) -> Reply:
    try:
        client = office.workspaces.client(row.team, row.enterprise)
    except NotInstalledError:
        return Reply(fate=Fate.UNUSABLE, code="not_installed")
    except FrontdoorError:
        return Reply(fate=Fate.LATER, code="unreachable", wait=_PAUSE)
    if row.via == Way.DIRECT:
        return _say_directly(office, client, row)
    return call(
        client.chat_postEphemeral,
        channel=row.channel,
        user=row.recipient,
        thread_ts=row.thread_ts or None,
        **_message(office, row),
    )


def _say_directly(office: Office, client: WebClient, row: WarningRow) -> Reply:
    opened = call(client.conversations_open, users=row.recipient)
    if opened.fate is Fate.UNKNOWN:
        # Opening a conversation twice does no harm, and nothing was said in it yet.
        return Reply(fate=Fate.LATER, code=opened.code, wait=_PAUSE)
    if opened.fate is not Fate.ACCEPTED:
        return opened
    channel = opened.data.get("channel")
    place = channel.get("id") if isinstance(channel, dict) else None
    if not isinstance(place, str):
        return Reply(fate=Fate.REFUSED, code="no_conversation")
    # The message shows where it was, even if Slack does not say how to link there.
    link = call(client.chat_getPermalink, channel=row.channel, message_ts=row.ts).data.get("permalink")
    return call(
        client.chat_postMessage,
        channel=place,
        unfurl_links=False,
        unfurl_media=False,
        **_message(office, row, permalink=str(link or ""), direct=True),
    )


def _message(office: Office, row: WarningRow, *, permalink: str = "", direct: bool = False) -> dict[str, Any]:
    with office.database.transaction(write=False) as session:
        quotes = quotes_of(session, office.keys, row, to_recipient=True)
    warning = replace(shown(row, office.keys, permalink=permalink), quotes=tuple(quotes))
    return warning_message(warning, wording_of(office.source), direct=direct)


def _record(office: Office, row: WarningRow, reply: Reply) -> Again | None:
    """Put an answer on record; an interrupted claim that turns out to have been answered is known again."""
    now = office.clock()
    values = _next(row, reply, now=now)
    with office.database.transaction() as session:
        session.add(WarningAttempt(warning_id=row.id, via=row.via, outcome=reply.code, tried_at=now))
        session.execute(
            update(WarningRow)
            .where(
                WarningRow.id == row.id,
                WarningRow.claimed_at == row.claimed_at,
                WarningRow.state.in_((WarningState.CLAIMED.value, WarningState.UNKNOWN.value)),
            )
            .values(**values)
        )
    if values["state"] != WarningState.DUE.value:
        return None
    return Again(at=values["not_before"], resting=reply.fate is Fate.LATER)


def _next(row: WarningRow, reply: Reply, *, now: datetime) -> dict[str, Any]:
    """Return the columns that change."""
    if reply.fate is Fate.ACCEPTED:
        return {"state": WarningState.SENT.value, "sent_at": now}
    if reply.fate is Fate.UNKNOWN:
        return {"state": WarningState.UNKNOWN.value}
    if reply.fate is Fate.LATER:
        later = now + timedelta(seconds=reply.wait)
        in_time = later < row.expires_at
        return (
            {"state": WarningState.DUE.value, "not_before": later} if in_time else {"state": WarningState.EXPIRED.value}
        )
    if reply.fate is Fate.UNUSABLE or row.via == Way.DIRECT:
        return {"state": WarningState.FAILED.value}
    morning = max(row.direct_from or now, now)
    if row.kind == WarningKind.AUTHOR and morning - now > LONGEST_WAIT:
        return {"state": WarningState.EXPIRED.value}
    return {
        "state": WarningState.DUE.value,
        "via": Way.DIRECT.value,
        "not_before": morning,
        "expires_at": morning + STALE,
    }


def _note_trouble(office: Office, row: WarningRow, code: str) -> None:
    revoked = code in GONE_TOKEN or code == "not_installed"
    state = WorkspaceState.REVOKED if revoked else WorkspaceState.LIMITED
    try:
        office.workspaces.note_trouble(row.team, state.value, f"Slack refuses warnings ({code})")
    except (FrontdoorError, SQLAlchemyError) as error:
        log.warning("the trouble of a workspace could not be noted: %s", type(error).__name__)
