"""The list of alerts, an alert, and what a reviewer does with them."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Response
from pydantic import ValidationError

from service.alerts.cursor import Cursor, read_cursor, write_cursor
from service.alerts.detail import get_alert
from service.alerts.reviews import ChangedError, NotUndoableError, add_review, add_reviews, undo_review, undoable
from service.alerts.schemas import AlertDetail, ReviewIn, Sort
from service.alerts.store import list_alerts, status_counts
from service.audit.look import note_search, searches
from service.audit.store import record_look
from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.console.desk import Desk, TheDesk, local
from service.console.query import ListQuery, Tab, parse_query
from service.console.store import counterparty_names, next_alert, previous_alert
from service.console.thread import steps_of, thread_of
from service.errors import BadRequestError
from service.models import AlertStatus, Verdict
from service.negotiations.access import viewer_of
from service.negotiations.look import names_of_alert, negotiation_names
from service.sources.store import list_states

router = APIRouter(include_in_schema=False)

PAGE = 50
# The keys of the review panel; keys.js has the same for the list.
KEYS = {Verdict.TRUE_POSITIVE: "e", Verdict.FALSE_POSITIVE: "f", Verdict.BENIGN: "b"}

_Back = Annotated[str, Form()]
_Note = Annotated[str, Form(max_length=20_000)]
_Step = Annotated[str, Form(max_length=40)]


@router.get("/alerts")
@needs(Permission.ALERTS_READ, audits=searches)
def get_list(desk: TheDesk) -> Response:
    """Show a page of alerts."""
    query = parse_query(desk.request.query_params)
    found = list_alerts(
        desk.session,
        desk.keys,
        query.filter,
        sort=query.sort,
        cursor=query.cursor or None,
        limit=PAGE,
        viewer=viewer_of(desk.asking),
    )
    counts = status_counts(desk.session)
    negotiations = choices(desk)
    query = replace(query, negotiation_name=negotiations.get(query.negotiation, "") if query.negotiation else "")
    states = list_states(desk.session) if not found.alerts else []
    page = desk.show(
        "alerts.html",
        query=query,
        alerts=found.alerts,
        tabs=[(tab, query.under(tab).href, tab.total(counts)) for tab in Tab],
        total=Tab.ALL.total(counts),
        counterparties=counterparty_names(desk.session),
        negotiations=negotiations,
        several_policies=len(desk.settings.policies.active) > 1,
        newest=query.first.href if query.cursor else None,
        older=query.after(found.next).href if found.next else None,
        sources=len(states),
        messages=sum(state.messages for state in states),
    )
    note_search(desk.session, query.filter, actor=desk.asking.actor, now=desk.now)
    return page


@router.get("/alerts/{alert_id}")
@needs(Permission.ALERTS_READ, audits=always)
def get_one(alert_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show an alert with its conversation; the look goes on record."""
    query = parse_query(desk.request.query_params)
    own_domains = desk.settings.company.own_domains
    alert = get_alert(desk.session, desk.keys, alert_id, own_domains=own_domains, viewer=viewer_of(desk.asking))
    position = _position(alert, query)
    points, entries = thread_of(alert)
    place = (desk.session, desk.keys, query.filter, position, alert_id)
    page = desk.show(
        "alert.html",
        # After a step the alert moves in the list; the page keeps the place it was opened from.
        here=query.after(write_cursor(position)).place(alert_id),
        alert=alert,
        points=points,
        entries=entries,
        steps=steps_of(alert.reviews),
        undoable=undoable(alert.reviews, alert.status),
        negotiations=names_of_alert(desk.session, alert_id) if desk.asking.may(Permission.NEGOTIATIONS_READ) else {},
        query=query,
        keys=KEYS,
        previous=previous_alert(*place),
        next=next_alert(*place),
    )
    record_look(desk.session, actor=desk.asking.actor, alert_id=alert_id, now=desk.now)
    return page


@router.post("/alerts/review")
@needs(Permission.ALERTS_REVIEW)
def review_several(
    desk: TheDesk,
    alert: Annotated[list[uuid.UUID], Form(max_length=PAGE)] = [],  # noqa: B006 - FastAPI copies it
    step: _Step = "",
    note: _Note = "",
    back: _Back = "/alerts",
) -> Response:
    """Take the same step on all selected alerts."""
    back = local(back, "/alerts")
    if not alert:
        return desk.go(back, "none-selected")
    review = _review(step, note)
    if review is None:
        return desk.go(back, "no-step")
    done = add_reviews(desk.session, desk.keys, alert, review, reviewer=desk.asking.actor, now=desk.now)
    return desk.go(back, _said(review), count=len(done), reviews=[one.id for one in done])


@router.post("/alerts/undo")
@needs(Permission.ALERTS_REVIEW)
def undo(desk: TheDesk, review: Annotated[list[uuid.UUID], Form(max_length=PAGE)], back: _Back = "/alerts") -> Response:
    """Take steps back, each where nothing has happened since."""
    left = 0
    for one in review:
        try:
            undo_review(desk.session, desk.keys, one, reviewer=desk.asking.actor, now=desk.now)
        except NotUndoableError:
            left += 1
    return desk.go(local(back, "/alerts"), "not-undone" if left else "undone")


@router.post("/alerts/{alert_id}/review")
@needs(Permission.ALERTS_REVIEW)
def review_one(
    alert_id: uuid.UUID,
    desk: TheDesk,
    step: _Step = "",
    note: _Note = "",
    seen: Annotated[str, Form(max_length=40)] = "",
    back: _Back = "/alerts",
) -> Response:
    """Take a step on an alert, as long as it is what the reviewer saw."""
    back = local(back, f"/alerts/{alert_id}")
    review = _review(step, note)
    if review is None:
        return desk.go(back, "no-note" if step == "note" else "no-step")
    try:
        done = add_review(
            desk.session, desk.keys, alert_id, review, reviewer=desk.asking.actor, now=desk.now, expected=_moment(seen)
        )
    except ChangedError:
        return desk.go(back, "changed")
    return desk.go(back, _said(review), count=1, reviews=[done.id])


def choices(desk: Desk) -> dict[uuid.UUID, str]:
    """Return the negotiations that a list can be narrowed to, for whoever may know of them."""
    return negotiation_names(desk.session) if desk.asking.may(Permission.NEGOTIATIONS_READ) else {}


def _review(step: str, note: str) -> ReviewIn | None:
    """Read a step from a form; None when it says nothing. Raises BadRequestError for one that does not exist."""
    # Forms send lines with two characters at their end, which the limit does not mean.
    note = note.replace("\r\n", "\n").strip()
    try:
        if step == "note":
            return ReviewIn(note=note) if note else None
        if step in set(AlertStatus):
            return ReviewIn(status=AlertStatus(step), note=note)
        return ReviewIn(verdict=Verdict(step), note=note) if step else None
    except (ValidationError, ValueError) as error:
        raise BadRequestError("there is no such step, or the note is too long") from error


def _said(review: ReviewIn) -> str:
    return review.verdict or review.status or "note"


def _position(alert: AlertDetail, query: ListQuery) -> Cursor:
    """Tell where the alert stands in its list, or where it stood when the page was opened."""
    if query.cursor:
        return read_cursor(query.cursor, query.sort)
    places: dict[Sort, datetime | float] = {
        Sort.SAID: alert.said_at,
        Sort.UPDATED: alert.updated_at,
        Sort.RISK: alert.risk,
    }
    return Cursor(sort=query.sort, value=places[query.sort], id=alert.id)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
