"""The audit log: appended to, read, and checked.

Each row's hash covers the row and the hash before it, so that a row that was changed, taken out or put in shows. What
was cut off at the end does not: for that, somebody outside has to write the head down now and then.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.database import serialised
from service.models import AuditEntry

_FIRST = bytes(32)
_SAME_LOOK = timedelta(minutes=10)


class Action(StrEnum):
    """What is put on record."""

    SIGNED_IN = "user.signed_in"
    SIGNED_OUT = "user.signed_out"
    LINK_MADE = "user.link_made"
    USER_CREATED = "user.created"
    ROLES_SET = "user.roles_set"
    USER_DISABLED = "user.disabled"
    USER_ENABLED = "user.enabled"
    SLACK_LINKED = "user.slack_linked"
    SLACK_UNLINKED = "user.slack_unlinked"
    TOKEN_CREATED = "token.created"  # noqa: S105 - a name, not a secret
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - a name, not a secret
    ALERT_VIEWED = "alert.viewed"
    ALERT_REVIEWED = "alert.reviewed"
    REVIEW_UNDONE = "alert.review_undone"
    SLACK_REVIEW_REFUSED = "alert.slack_review_refused"
    WARNING_REFUSED = "warning.answer_refused"
    SLACK_INVITED = "slack.link_made"
    SLACK_INSTALLED = "slack.installed"
    SLACK_REMOVED = "slack.removed"
    SLACK_CONSENTED = "slack.consent_given"
    SLACK_CONSENT_WITHDRAWN = "slack.consent_withdrawn"
    DOMAIN_ASSIGNED = "counterparty.domain_assigned"
    DOMAIN_UNASSIGNED = "counterparty.domain_unassigned"
    ADDRESS_LINKED = "user.address_linked"
    ADDRESS_UNLINKED = "user.address_unlinked"
    DIRECTORY_CHANGED = "directory.changed"
    DIRECTORY_IMPORTED = "directory.imported"
    NEGOTIATION_CREATED = "negotiation.created"
    NEGOTIATION_CHANGED = "negotiation.changed"
    NEGOTIATION_ARCHIVED = "negotiation.archived"
    NEGOTIATION_RESTORED = "negotiation.restored"
    PLAN_CLAIMED = "negotiation.plan_claimed"
    PLAN_VIEWED = "negotiation.plan_viewed"
    PLAN_CHANGED = "negotiation.plan_changed"
    PLAN_DESTROYED = "negotiation.plan_destroyed"
    PLAN_REFUSED = "negotiation.plan_refused"
    HOLDER_ADMITTED = "negotiation.holder_admitted"
    HOLDER_REMOVED = "negotiation.holder_removed"
    RATE_SET = "rate.set"
    LEDGER_VIEWED = "exposure.viewed"
    LEDGER_EDITED = "exposure.edited"
    LEDGER_EXPORTED = "exposure.exported"
    BRIEF_MADE = "brief.made"
    BRIEF_VIEWED = "brief.viewed"
    SEARCHED = "alerts.searched"
    EXPORTED = "alerts.exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What checking the log gave: how many rows were read, the first that does not fit, and the last one's hash."""

    rows: int
    first_broken: int | None
    head: str

    @property
    def whole(self) -> bool:
        """Whether every row fits the one before it."""
        return self.first_broken is None


def record(
    session: Session,
    *,
    actor: str,
    action: Action,
    object: str,  # noqa: A002 - the column's name
    detail: Mapping[str, object],
    now: datetime,
) -> None:
    """Append a row. Call it last in a transaction: it makes all others that append wait until this one ends."""
    serialised(session, "audit_entry")
    last = session.execute(
        select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    ).one_or_none()
    seq, previous = (last.seq + 1, last.hash) if last is not None else (1, _FIRST)
    entry = AuditEntry(
        seq=seq,
        at=now.astimezone(UTC),
        actor=actor,
        action=action.value,
        object=object,
        detail=dict(detail),
        previous=previous,
        hash=b"",
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()


def record_look(session: Session, *, actor: str, alert_id: uuid.UUID, now: datetime) -> None:
    """Put on record that somebody looked at an alert; looking again within minutes is the same look."""
    record_once(session, actor=actor, action=Action.ALERT_VIEWED, object=str(alert_id), now=now)


def record_once(
    session: Session,
    *,
    actor: str,
    action: Action,
    object: str,  # noqa: A002 - the column's name
    now: datetime,
) -> None:
    """Append a row unless the same one was written within minutes: for looks, also those that were refused."""
    recent = select(AuditEntry.seq).where(
        AuditEntry.object == object,
        AuditEntry.at > now - _SAME_LOOK,
        AuditEntry.action == action.value,
        AuditEntry.actor == actor,
    )
    if session.execute(recent.limit(1)).first() is None:
        record(session, actor=actor, action=action, object=object, detail={}, now=now)


def list_entries(
    session: Session,
    *,
    before: int | None = None,
    limit: int = 100,
    actor: str | None = None,
    action: str | None = None,
    object: str | None = None,  # noqa: A002 - the column's name
) -> Sequence[AuditEntry]:
    """Return rows, latest first: those before a row's number, of an actor, of an action, on an object."""
    query = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditEntry.seq < before)
    for column, value in ((AuditEntry.actor, actor), (AuditEntry.action, action), (AuditEntry.object, object)):
        if value is not None:
            query = query.where(column == value)
    return session.scalars(query).all()


def verify(session: Session) -> Verification:
    """Check every row against the one before it."""
    rows, previous, broken = 0, _FIRST, None
    for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).yield_per(1000):
        rows += 1
        fits = entry.seq == rows and entry.previous == previous and entry.hash == _hash(entry)
        if not fits and broken is None:
            broken = entry.seq
        previous = entry.hash
        session.expunge(entry)
    return Verification(rows=rows, first_broken=broken, head=previous.hex() if rows else "")


def _hash(entry: AuditEntry) -> bytes:
    at = entry.at.astimezone(UTC).isoformat()
    values = [entry.seq, at, entry.actor, entry.action, entry.object, entry.detail]
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(entry.previous + text.encode()).digest()
