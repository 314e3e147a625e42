"""Negotiations over the API, but for their plans."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, Transaction
from service.failures import problems
from service.negotiations import look, store
from service.negotiations.access import viewer_of
from service.negotiations.export import export_csv
from service.negotiations.record import ChangeNote
from service.negotiations.schemas import (
    ChangeView,
    CopyIn,
    NegotiationChangeIn,
    NegotiationFilter,
    NegotiationIn,
    NegotiationPage,
    NegotiationQuery,
    NegotiationView,
    PublishedIn,
)

router = APIRouter(prefix="/api/v1/negotiations", tags=["negotiations"], responses=problems(401, 403))


@router.get("", responses=problems(400, 404))
@needs(Permission.NEGOTIATIONS_READ)
def list_negotiations(asked: Annotated[NegotiationQuery, Query()], session: Transaction, now: Now) -> NegotiationPage:
    """List negotiations by name. Values of one parameter widen, different parameters narrow."""
    return look.list_negotiations(session, asked, now=now)


@router.get("/export", response_class=Response, responses=problems(400))
@needs(Permission.NEGOTIATIONS_READ)
def export_negotiations(asked: Annotated[NegotiationFilter, Query()], session: Transaction, now: Now) -> Response:
    """Export all negotiations that the same filters select, as CSV."""
    return export_csv(look.summaries(session, look.select_negotiations(session, asked, today=now.date()), now=now))


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def create_negotiation(body: NegotiationIn, session: Transaction, asking: Asking, now: Now) -> NegotiationView:
    """Register a negotiation or a template. Who registers one that they lead, or are in the team of, holds its plan."""
    row = store.create(
        session,
        body.given(),
        is_template=body.is_template,
        viewer=viewer_of(asking),
        note=ChangeNote(actor=asking.actor, now=now),
    )
    return look.view(session, row, now=now)


@router.get("/{negotiation_id}", responses=problems(404))
@needs(Permission.NEGOTIATIONS_READ)
def read_negotiation(negotiation_id: uuid.UUID, session: Transaction, now: Now) -> NegotiationView:
    """Show a negotiation with all but its plan."""
    return look.view(session, look.get_row(session, negotiation_id), now=now)


@router.patch("/{negotiation_id}", responses=problems(400, 404, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def change_negotiation(
    negotiation_id: uuid.UUID,
    body: NegotiationChangeIn,
    session: Transaction,
    asking: Asking,
    now: Now,
) -> NegotiationView:
    """Change what is given. Once a plan has holders, lead, team and counterparties are changed by these alone."""
    row = store.change(
        session,
        negotiation_id,
        body.given(),
        version=body.version,
        viewer=viewer_of(asking),
        note=ChangeNote(actor=asking.actor, now=now),
    )
    return look.view(session, row, now=now)


@router.post("/{negotiation_id}/copy", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def copy_negotiation(
    negotiation_id: uuid.UUID, body: CopyIn, session: Transaction, asking: Asking, now: Now
) -> NegotiationView:
    """Copy last year's negotiation, begin one from a template, or make a template of one."""
    row = store.copy(
        session,
        negotiation_id,
        body,
        viewer=viewer_of(asking),
        note=ChangeNote(actor=asking.actor, now=now),
    )
    return look.view(session, row, now=now)


@router.post("/{negotiation_id}/published", status_code=HTTPStatus.CREATED, responses=problems(400, 404, 409))
@needs(Permission.NEGOTIATIONS_MANAGE)
def publish(
    negotiation_id: uuid.UUID, body: PublishedIn, session: Transaction, asking: Asking, now: Now
) -> NegotiationView:
    """Put down what all bidders were told, as a holder where there are any; it is appended, and can't be taken back."""
    note = ChangeNote(actor=asking.actor, now=now)
    row = store.publish(session, negotiation_id, body, viewer=viewer_of(asking), note=note)
    return look.view(session, row, now=now)


@router.post("/{negotiation_id}/archive", responses=problems(404))
@needs(Permission.NEGOTIATIONS_MANAGE)
def archive_negotiation(negotiation_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> NegotiationView:
    """Put a negotiation or template aside, as a holder where there are any: it is kept, but detects nothing."""
    note = ChangeNote(actor=asking.actor, now=now)
    row = store.archive(session, negotiation_id, viewer=viewer_of(asking), note=note)
    return look.view(session, row, now=now)


@router.post("/{negotiation_id}/restore", responses=problems(404))
@needs(Permission.NEGOTIATIONS_MANAGE)
def restore_negotiation(negotiation_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> NegotiationView:
    """Take a negotiation or template back out of the archive."""
    row = store.restore(session, negotiation_id, note=ChangeNote(actor=asking.actor, now=now))
    return look.view(session, row, now=now)


@router.get("/{negotiation_id}/history", responses=problems(404))
@needs(Permission.NEGOTIATIONS_READ)
def read_history(negotiation_id: uuid.UUID, session: Transaction) -> list[ChangeView]:
    """Tell who changed which field from what to what, latest first; the last 200 changes."""
    return look.history(session, negotiation_id)
