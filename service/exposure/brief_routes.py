"""Briefs over the API."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheKeys, TheSettings, Transaction
from service.exposure.brief import Brief
from service.exposure.brief_pdf import brief_pdf
from service.exposure.brief_store import Made, list_briefs, make_brief, open_brief, preview, record_brief_look
from service.exposure.gather import negotiation_row
from service.failures import problems
from service.negotiations.access import viewer_of

router = APIRouter(prefix="/api/v1", tags=["exposure"], responses=problems(401, 403))

_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}

_Firm = Annotated[str, Query(max_length=200)]


class BriefIn(BaseModel):
    """On which counterparty of the negotiation a brief is made."""

    counterparty: str = Field(max_length=200)


class BriefMade(BaseModel):
    """A brief that was made; what it says is read by its id."""

    id: uuid.UUID
    negotiation_id: uuid.UUID
    counterparty: str
    made_by: str
    made_at: datetime


class BriefView(BriefMade):
    """A brief that was made, composed for whoever asks."""

    brief: Brief


@router.get("/negotiations/{negotiation_id}/brief", responses=problems(404))
@needs(Permission.EXPOSURE_READ, audits=always)
def preview_brief(
    negotiation_id: uuid.UUID,
    counterparty: _Firm,
    session: Transaction,
    keys: TheKeys,
    settings: TheSettings,
    asking: Asking,
    now: Now,
) -> Brief:
    """Compose a brief of what is on record now, compared with the last one that was made, without keeping it.

    Sealed facts are named for holders of the plan alone.
    """
    row = negotiation_row(session, negotiation_id)
    viewer, actor = viewer_of(asking), asking.actor
    brief = preview(session, keys, settings, row, counterparty, viewer=viewer, actor=actor, now=now)
    seen = Made(id=row.id, negotiation_id=row.id, counterparty=counterparty, made_by=actor, made_at=now)
    record_brief_look(session, seen, actor=actor, form="preview", now=now)
    return brief


@router.post("/negotiations/{negotiation_id}/brief", status_code=HTTPStatus.CREATED, responses=problems(404))
@needs(Permission.EXPOSURE_READ)
def make_one(
    negotiation_id: uuid.UUID,
    body: BriefIn,
    session: Transaction,
    keys: TheKeys,
    settings: TheSettings,
    asking: Asking,
    now: Now,
) -> BriefView:
    """Make a brief and keep it, so that the next one tells what is new."""
    row = negotiation_row(session, negotiation_id)
    made = make_brief(session, keys, settings, row, body.counterparty, actor=asking.actor, now=now)
    return _view(*open_brief(session, keys, made.id, viewer=viewer_of(asking)))


@router.get("/negotiations/{negotiation_id}/briefs", responses=problems(404))
@needs(Permission.EXPOSURE_READ)
def list_made(negotiation_id: uuid.UUID, session: Transaction) -> list[BriefMade]:
    """List the briefs of a negotiation, the latest first; at most 50."""
    row = negotiation_row(session, negotiation_id)
    return _listed(list_briefs(session, row.id))


@router.get("/briefs/{brief_id}", responses=problems(404))
@needs(Permission.EXPOSURE_READ, audits=always)
def read_brief(brief_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> BriefView:
    """Show a brief that was made. Every look is on record."""
    made, brief = open_brief(session, keys, brief_id, viewer=viewer_of(asking))
    record_brief_look(session, made, actor=asking.actor, form="page", now=now)
    return _view(made, brief)


@router.get("/briefs/{brief_id}/pdf", response_class=Response, responses=_PDF | problems(404))
@needs(Permission.EXPOSURE_READ, audits=always)
def read_pdf(brief_id: uuid.UUID, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> Response:
    """Give a brief that was made as PDF, one page of A4 unless it holds very much. Every look is on record."""
    made, brief = open_brief(session, keys, brief_id, viewer=viewer_of(asking))
    written = brief_pdf(brief)
    record_brief_look(session, made, actor=asking.actor, form="pdf", now=now)
    return pdf_answer(brief, written)


def pdf_answer(brief: Brief, written: bytes) -> Response:
    """Answer with a file, named by the brief's day alone: a name in a folder is read by others."""
    headers = {"Content-Disposition": f'attachment; filename="brief-{brief.made_at:%Y-%m-%d}.pdf"'}
    return Response(written, media_type="application/pdf", headers=headers)


def _view(made: Made, brief: Brief) -> BriefView:
    return BriefView(**asdict(made), brief=brief)


def _listed(briefs: Sequence[Made]) -> list[BriefMade]:
    return [BriefMade(**asdict(one)) for one in briefs]
