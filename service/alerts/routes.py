"""Alerts over the API."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import AwareDatetime

from service.alerts import reviews, store
from service.alerts.detail import get_alert
from service.alerts.export import ExportQuery, export
from service.alerts.schemas import AlertDetail, AlertPage, AlertQuery, BulkReviewIn, ReviewIn, ReviewView
from service.audit.look import note_export, note_search, searches
from service.audit.store import record_look
from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheDatabase, TheKeys, TheSettings, Transaction
from service.failures import problems
from service.negotiations.access import viewer_of

router = APIRouter(prefix="/api/v1/alerts", tags=["alerts"], responses=problems(401, 403))


@router.get("", responses=problems(400))
@needs(Permission.ALERTS_READ, audits=searches)
def list_alerts(
    asked: Annotated[AlertQuery, Query()], session: Transaction, keys: TheKeys, asking: Asking, now: Now
) -> AlertPage:
    """List alerts, the latest or the gravest first. Values of one parameter widen, different parameters narrow."""
    page = store.list_alerts(
        session, keys, asked, sort=asked.sort, cursor=asked.cursor, limit=asked.limit, viewer=viewer_of(asking)
    )
    note_search(session, asked, actor=asking.actor, now=now)
    return page


@router.get("/export", response_class=StreamingResponse, responses=problems(400))
@needs(Permission.ALERTS_READ, audits=always)
def export_alerts(
    asked: Annotated[ExportQuery, Query()],
    session: Transaction,
    database: TheDatabase,
    keys: TheKeys,
    asking: Asking,
    now: Now,
) -> StreamingResponse:
    """Export all alerts that the same filters select, as CSV or as JSON lines."""
    answer = export(session, database, keys, asked, viewer=viewer_of(asking))
    note_export(session, asked, asked.format, actor=asking.actor, now=now)
    return answer


@router.post("/reviews", status_code=HTTPStatus.CREATED, responses=problems(400, 404))
@needs(Permission.ALERTS_REVIEW)
def review_alerts(
    body: BulkReviewIn, session: Transaction, keys: TheKeys, asking: Asking, now: Now
) -> list[ReviewView]:
    """Review several alerts in the same way: all of them, or none when one is not there."""
    return reviews.add_reviews(session, keys, body.alerts, body, reviewer=asking.actor, now=now)


@router.get("/{alert_id}", responses=problems(404))
@needs(Permission.ALERTS_READ, audits=always)
def read_alert(
    alert_id: uuid.UUID, session: Transaction, keys: TheKeys, settings: TheSettings, asking: Asking, now: Now
) -> AlertDetail:
    """Show an alert with its thread, its evidence and its reviews. Every look is on record."""
    alert = get_alert(session, keys, alert_id, own_domains=settings.company.own_domains, viewer=viewer_of(asking))
    record_look(session, actor=asking.actor, alert_id=alert_id, now=now)
    return alert


@router.post("/{alert_id}/reviews", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
@needs(Permission.ALERTS_REVIEW)
def review_alert(
    alert_id: uuid.UUID,
    body: ReviewIn,
    session: Transaction,
    keys: TheKeys,
    asking: Asking,
    now: Now,
    expected_updated_at: AwareDatetime | None = None,
) -> ReviewView:
    """Review an alert. With `expected_updated_at`, only if it has not changed since then."""
    return reviews.add_review(
        session, keys, alert_id, body, reviewer=asking.actor, now=now, expected=expected_updated_at
    )


@router.post("/{alert_id}/reviews/{review_id}/undo", status_code=HTTPStatus.CREATED, responses=problems(404, 409))
@needs(Permission.ALERTS_REVIEW)
def undo_review(
    alert_id: uuid.UUID, review_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now
) -> ReviewView:
    """Take the last review back."""
    return reviews.undo_review(session, keys, review_id, alert_id=alert_id, reviewer=asking.actor, now=now)
