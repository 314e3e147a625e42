"""The brief before a meeting: made for a counterparty of a negotiation, read on one page, printed or as PDF."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.console.desk import TheDesk
from service.console.times import day
from service.exposure.brief import Brief
from service.exposure.brief_pdf import brief_pdf
from service.exposure.brief_routes import pdf_answer
from service.exposure.brief_store import list_briefs, make_brief, open_brief, record_brief_look
from service.exposure.brief_words import head_of, line_note, more
from service.exposure.gather import negotiation_row, parties
from service.exposure.reading import count_in_scope
from service.negotiations.access import viewer_of

router = APIRouter(include_in_schema=False)

# With more lines than this the printed page is set smaller, so that it stays one.
_ROOMY = 24


@router.get("/negotiations/{negotiation_id}/brief")
@needs(Permission.EXPOSURE_READ)
def get_briefs(
    negotiation_id: uuid.UUID, desk: TheDesk, counterparty: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Let somebody choose a counterparty, and list the briefs that were made."""
    row = negotiation_row(desk.session, negotiation_id)
    counted = ((name, count_in_scope(desk.session, name, row.id)[0]) for name in parties(desk.session, row.id))
    firms = sorted(counted, key=lambda one: -one[1])
    briefs = list_briefs(desk.session, row.id)
    return desk.show("briefs.html", row=row, firms=firms, chosen=counterparty, briefs=briefs)


@router.post("/negotiations/{negotiation_id}/brief")
@needs(Permission.EXPOSURE_READ)
def make(
    negotiation_id: uuid.UUID, desk: TheDesk, counterparty: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Make a brief, and go to it."""
    row = negotiation_row(desk.session, negotiation_id)
    made = make_brief(desk.session, desk.keys, desk.settings, row, counterparty, actor=desk.asking.actor, now=desk.now)
    return desk.go(f"/briefs/{made.id}")


@router.get("/briefs/{brief_id}")
@needs(Permission.EXPOSURE_READ, audits=always)
def get_brief(brief_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show a brief, to read or to print; the look goes on record."""
    made, brief = open_brief(desk.session, desk.keys, brief_id, viewer=viewer_of(desk.asking))
    page = desk.show(
        "brief.html",
        made=made,
        brief=brief,
        head=head_of(brief),
        dense=lines_in(brief) > _ROOMY,
        note=line_note,
        more=more,
        day=day,
    )
    record_brief_look(desk.session, made, actor=desk.asking.actor, form="page", now=desk.now)
    return page


@router.get("/briefs/{brief_id}/pdf")
@needs(Permission.EXPOSURE_READ, audits=always)
def get_pdf(brief_id: uuid.UUID, desk: TheDesk) -> Response:
    """Give a brief as PDF; that goes on record."""
    made, brief = open_brief(desk.session, desk.keys, brief_id, viewer=viewer_of(desk.asking))
    written = brief_pdf(brief)
    record_brief_look(desk.session, made, actor=desk.asking.actor, form="pdf", now=desk.now)
    return pdf_answer(brief, written)


def lines_in(brief: Brief) -> int:
    """Count what stands on a page in lists, a likely question as two lines."""
    known = sum(len(group.lines) + 1 for group in brief.known)
    asked = len(brief.asked) + len(brief.promised) + 2 * len(brief.questions)
    return known + asked + len(brief.changes) + len(brief.careful) + len(brief.gaps)
