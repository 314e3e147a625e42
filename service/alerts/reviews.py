"""Writing reviews: a reviewer's step is appended, the alert follows it, and the last step can be taken back."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.alerts.contents import note_place
from service.alerts.detail import review_view
from service.alerts.events import EventKind, add_event, take_turn
from service.alerts.schemas import ReviewIn, ReviewView
from service.audit.store import Action, record
from service.crypto import Keys
from service.errors import BadRequestError, ConflictError, NotFoundError
from service.exposure.verdicts import follow_verdict
from service.models import Alert, AlertStatus, Review

_TICK = timedelta(microseconds=1)


class ChangedError(ConflictError):
    """The alert has changed since you looked at it: look again, then review."""


class NotUndoableError(ConflictError):
    """Only the last step can be taken back, and only while the alert is as that step left it."""


def add_review(
    session: Session,
    keys: Keys,
    alert_id: uuid.UUID,
    review: ReviewIn,
    *,
    reviewer: str,
    now: datetime,
    expected: datetime | None = None,
    via: str = "",
) -> ReviewView:
    """Append a step and let the alert follow it: a verdict resolves it unless a status says otherwise.

    `expected` is the alert's `updated_at` as the reviewer saw it. `via` tells the audit log where the step came from,
    when not from the console or the API. Raises NotFoundError, BadRequestError for a step that says nothing,
    ChangedError.
    """
    if review.verdict is None and review.status is None and not review.note.strip():
        raise BadRequestError("a review needs a verdict, a status or a note")
    alert = _locked(session, alert_id)
    if expected is not None and alert.updated_at != expected:
        raise ChangedError
    status, verdict = _after(alert, review)
    row = Review(
        id=uuid.uuid4(),
        alert_id=alert.id,
        reviewer=reviewer,
        verdict=review.verdict.value if review.verdict else None,
        status=status,
        status_before=alert.status,
        verdict_before=alert.verdict,
        reviewed_at=_moment(alert, now),
    )
    if review.note.strip():
        row.key_id, row.sealed_note = keys.seal(review.note.strip(), place=note_place(row.id))
    _apply(session, keys, alert, row, status=status, verdict=verdict)
    detail = {"review": str(row.id), "status": status, "verdict": row.verdict, "note": row.sealed_note is not None}
    detail |= _came(via)
    record(session, actor=reviewer, action=Action.ALERT_REVIEWED, object=str(alert.id), detail=detail, now=now)
    return review_view(keys, row)


def add_reviews(
    session: Session, keys: Keys, alert_ids: Sequence[uuid.UUID], review: ReviewIn, *, reviewer: str, now: datetime
) -> list[ReviewView]:
    """Append the same step to several alerts, all or none; returns the reviews in the order of the alerts."""
    return [
        add_review(session, keys, alert_id, review, reviewer=reviewer, now=now) for alert_id in dict.fromkeys(alert_ids)
    ]


def undo_review(
    session: Session,
    keys: Keys,
    review_id: uuid.UUID,
    *,
    reviewer: str,
    now: datetime,
    alert_id: uuid.UUID | None = None,
    via: str = "",
) -> ReviewView:
    """Take a step back by a step that names it: the alert is again what it was before.

    Raises NotFoundError (also when the review is not of the given alert), NotUndoableError.
    """
    undone = session.get(Review, review_id)
    if undone is None or alert_id not in {None, undone.alert_id}:
        raise NotFoundError
    alert = _locked(session, undone.alert_id)
    if _last_step(session, alert) is not undone or alert.status != undone.status:
        raise NotUndoableError
    row = Review(
        id=uuid.uuid4(),
        alert_id=alert.id,
        reviewer=reviewer,
        status=undone.status_before,
        status_before=alert.status,
        verdict_before=alert.verdict,
        undoes=undone.id,
        reviewed_at=_moment(alert, now),
    )
    _apply(session, keys, alert, row, status=undone.status_before, verdict=undone.verdict_before)
    detail = {"review": str(undone.id), "status": row.status} | _came(via)
    record(session, actor=reviewer, action=Action.REVIEW_UNDONE, object=str(alert.id), detail=detail, now=now)
    return review_view(keys, row)


def undoable(reviews: Sequence[ReviewView], status: AlertStatus) -> uuid.UUID | None:
    """Tell which of an alert's reviews can be taken back just now, if any."""
    steps = [review for review in reviews if review.undoes is None and not review.undone]
    return steps[-1].id if steps and steps[-1].status is status else None


def _came(via: str) -> dict[str, str]:
    return {"via": via} if via else {}


def _locked(session: Session, alert_id: uuid.UUID) -> Alert:
    take_turn(session)
    alert = session.get(Alert, alert_id, with_for_update=True, populate_existing=True)
    if alert is None:
        raise NotFoundError
    return alert


def _after(alert: Alert, review: ReviewIn) -> tuple[str, str | None]:
    """Return the alert's status and verdict after a step; an alert that is open again has no verdict."""
    if review.verdict is not None:
        return (review.status or AlertStatus.RESOLVED).value, review.verdict.value
    if review.status is None:
        return alert.status, alert.verdict
    closed = review.status in {AlertStatus.RESOLVED, AlertStatus.SUPPRESSED}
    return review.status.value, alert.verdict if closed else None


def _moment(alert: Alert, now: datetime) -> datetime:
    # Each change is later than the one before, so that steps have an order and a changed alert can be told.
    return max(now, alert.updated_at + _TICK)


def _apply(session: Session, keys: Keys, alert: Alert, row: Review, *, status: str, verdict: str | None) -> None:
    alert.status, alert.verdict, alert.updated_at = status, verdict, row.reviewed_at
    session.add(row)
    session.flush()
    add_event(session, alert.id, EventKind.REVIEWED, now=row.reviewed_at)
    follow_verdict(session, keys, alert.id, now=row.reviewed_at)


def _last_step(session: Session, alert: Alert) -> Review | None:
    rows = session.scalars(
        select(Review).where(Review.alert_id == alert.id).order_by(Review.reviewed_at.desc(), Review.id.desc())
    ).all()
    undone = {row.undoes for row in rows}
    return next((row for row in rows if row.undoes is None and row.id not in undone), None)
