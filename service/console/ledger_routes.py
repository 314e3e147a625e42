"""The ledger: what counterparties know, asked and were promised, by negotiation and by counterparty."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Response
from sqlalchemy import select

from service.audit.store import Action, record
from service.auth.access import always, needs
from service.auth.permissions import Permission
from service.console import timeline
from service.console.desk import Desk, TheDesk, local
from service.console.ledger import Shown, shown_entries, steps_of
from service.console.ledger_forms import AddForm, needed
from service.console.ledger_query import KINDS, PAGE, SORTS, STATES, LedgerQuery, parse_ledger
from service.directory.models import Counterparty
from service.errors import BadRequestError, ConflictError, NotFoundError
from service.exposure.access import may_change
from service.exposure.by_hand import TOPICS, Way, add_entry
from service.exposure.edits import edit_entry, undo_edit
from service.exposure.gather import negotiation_row, parties
from service.exposure.models import EntryKind, EntryState, ExposureEntry
from service.exposure.overview import DAYS, firms_by_exposure
from service.exposure.reading import count_kinds, first_told, labels_in, rows_of
from service.exposure.store import get_entry
from service.negotiations.access import is_held, viewer_of

router = APIRouter(include_in_schema=False)

_OF_EACH = 10
_NOTHING = {
    EntryKind.KNOWN: "Nothing is known to have been told.",
    EntryKind.ASKED: "They asked nothing that is on record.",
    EntryKind.PROMISED: "No promise is on record.",
}
_BLANK = AddForm()

_Short = Annotated[str, Form(max_length=1000)]


@router.get("/exposure")
@needs(Permission.EXPOSURE_READ)
def get_exposure(desk: TheDesk) -> Response:
    """Rank counterparties by how much they heard lately."""
    firms, more = firms_by_exposure(desk.session, now=desk.now)
    return desk.show("exposure.html", firms=firms, more=more, days=DAYS)


@router.get("/negotiations/{negotiation_id}/ledger")
@needs(Permission.EXPOSURE_READ, audits=always)
def get_negotiation_ledger(negotiation_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show the ledger of a negotiation; the look goes on record."""
    return _of_negotiation(desk, negotiation_id)


@router.get("/counterparties/{counterparty_id}/ledger")
@needs(Permission.EXPOSURE_READ, audits=always)
def get_counterparty_ledger(counterparty_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show the ledger of a counterparty; the look goes on record."""
    return _of_counterparty(desk, counterparty_id)


@router.get("/exposure/ledger")
@needs(Permission.EXPOSURE_READ, audits=always)
def get_ledger_by_name(desk: TheDesk, counterparty: Annotated[str, Query(max_length=300)]) -> Response:
    """Show the ledger of a firm that nobody has assigned to a counterparty yet; the look goes on record."""
    known = _party_id(desk, counterparty.replace("\0", ""))
    return _of_counterparty(desk, known) if known is not None else _by_name(desk, counterparty)


@router.get("/exposure/{entry_id}")
@needs(Permission.EXPOSURE_READ, audits=always)
def show_entry(entry_id: uuid.UUID, desk: TheDesk) -> Response:
    """Show an entry with its sources, and what the team did to it; the look goes on record."""
    return _entry(desk, entry_id)


@router.post("/exposure/{entry_id}/edits")
@needs(Permission.NEGOTIATIONS_MANAGE)
def edit(
    entry_id: uuid.UUID,
    desk: TheDesk,
    state: Annotated[EntryState | None, Form()] = None,
    words: _Short = "",
    reason: _Short = "",
) -> Response:
    """Set an entry's state, or put other words in place of its own; the reason is needed."""
    try:
        edit_entry(
            desk.session,
            desk.keys,
            entry_id,
            state=state,
            words=words.strip() or None,
            reason=needed(reason, "Say why."),
            by=desk.asking,
            now=desk.now,
        )
    except (BadRequestError, ConflictError) as error:
        return _entry(desk, entry_id, problem=_sentence(error), words=words, reason=reason)
    return desk.go(f"/exposure/{entry_id}", "ledger-changed")


@router.post("/exposure/{entry_id}/undo")
@needs(Permission.NEGOTIATIONS_MANAGE)
def undo(entry_id: uuid.UUID, desk: TheDesk, edit: Annotated[uuid.UUID, Form()]) -> Response:
    """Take the last edit back."""
    try:
        undo_edit(desk.session, desk.keys, entry_id, edit, by=desk.asking, now=desk.now)
    except ConflictError as error:
        return _entry(desk, entry_id, problem=_sentence(error))
    return desk.go(f"/exposure/{entry_id}", "ledger-undone")


@router.post("/exposure")
@needs(Permission.NEGOTIATIONS_MANAGE)
def add(desk: TheDesk, form: Annotated[AddForm, Form()]) -> Response:
    """Write down what was said where nothing is read."""
    try:
        added = form.added(desk.now)
        reason = needed(form.reason, "Say how you know.")
        made = add_entry(desk.session, desk.keys, added, reason=reason, by=desk.asking, now=desk.now)
    except (BadRequestError, ConflictError) as error:
        problem = _sentence(error)
        if form.negotiation is not None:
            return _of_negotiation(desk, form.negotiation, problem=problem, form=form)
        return _of_counterparty(desk, _party(desk, form.counterparty), problem=problem, form=form)
    return desk.go(local(form.back, f"/exposure/{made.id}"), "ledger-added")


def _of_negotiation(desk: Desk, negotiation_id: uuid.UUID, *, problem: str = "", form: AddForm = _BLANK) -> Response:
    row = negotiation_row(desk.session, negotiation_id)
    path = f"/negotiations/{row.id}"
    query = parse_ledger(desk.request.query_params, f"{path}/ledger", negotiation_id=row.id)
    around = {"title": row.name, "home": path, "negotiation": row.id, "firms": parties(desk.session, row.id)}
    return _show(desk, query, {**around, "problem": problem, "form": form}, object_id=row.id)


def _of_counterparty(desk: Desk, counterparty_id: uuid.UUID, *, problem: str = "", form: AddForm = _BLANK) -> Response:
    party = desk.session.get(Counterparty, counterparty_id)
    if party is None:
        raise NotFoundError
    path = f"/counterparties/{party.id}"
    query = parse_ledger(desk.request.query_params, f"{path}/ledger", counterparty=party.name)
    around = {"title": party.name, "home": path, "negotiation": None, "firms": (party.name,)}
    return _show(desk, query, {**around, "problem": problem, "form": form}, object_id=party.id)


def _by_name(desk: Desk, name: str) -> Response:
    query = parse_ledger(
        desk.request.query_params, "/exposure/ledger", counterparty=name.replace("\0", ""), by_name=True
    )
    if not labels_in(desk.session, query.bare.filter):
        raise NotFoundError
    around = {"title": name, "home": "/exposure", "negotiation": None, "firms": (), "problem": "", "form": _BLANK}
    return _show(desk, query, around, object_id=name)


def _show(desk: Desk, query: LedgerQuery, around: Mapping[str, Any], *, object_id: object) -> Response:
    session, bare = desk.session, query.bare.filter
    counts = count_kinds(session, query.of_kind(None).filter)
    parts, has_more = _parts(desk, query)
    drawn = timeline.draw_timeline(first_told(session, query.filter), now=desk.now)
    labels = labels_in(session, bare)
    page = desk.show(
        "ledger.html",
        **around,
        counterparty=query.counterparty,
        query=query,
        total=bool(labels),
        counts=counts,
        parts=parts,
        has_more=has_more,
        drawn=drawn,
        size=(timeline.WIDTH, timeline.HEIGHT),
        labels=labels,
        kinds=KINDS,
        sorts=SORTS,
        states=STATES,
        nothing=_NOTHING,
        topics=TOPICS,
        days_words=days_words,
        ways=Way,
        manages=not query.by_name and may_change(session, query.negotiation_id, desk.asking),
    )
    detail: dict[str, object] = {"narrowed": query.narrowed, "page": query.page}
    record(
        session,
        actor=desk.asking.actor,
        action=Action.LEDGER_VIEWED,
        object=str(object_id),
        detail=detail,
        now=desk.now,
    )
    return page


def _parts(desk: Desk, query: LedgerQuery) -> tuple[list[tuple[EntryKind, list[Shown]]], bool]:
    """Return the parts of the page with their entries, and whether another page follows."""
    if query.kind is not None:
        offset = (query.page - 1) * PAGE
        rows = rows_of(desk.session, query.filter, sort=query.sort, offset=offset, limit=PAGE + 1)
        return [(query.kind, shown_entries(desk, rows[:PAGE]))], len(rows) > PAGE
    rows = [
        row
        for kind in KINDS
        for row in rows_of(desk.session, query.of_kind(kind).filter, sort=query.sort, limit=_OF_EACH)
    ]
    shown = shown_entries(desk, rows)
    return [(kind, [one for one in shown if one.view.kind is kind]) for kind in KINDS], False


def _entry(desk: Desk, entry_id: uuid.UUID, *, problem: str = "", words: str = "", reason: str = "") -> Response:
    session = desk.session
    detail = get_entry(session, desk.keys, entry_id, viewer=viewer_of(desk.asking))
    [shown] = shown_entries(desk, [session.get_one(ExposureEntry, entry_id)], all_sources=True)
    # In a list a sealed fact is named and not told; here, where the look goes on record, holders read it.
    one = replace(shown, view=detail)
    negotiation = detail.negotiation_id
    page = desk.show(
        "entry.html",
        one=one,
        edits=steps_of(detail.edits, detail.state),
        party=_party_id(desk, detail.counterparty),
        negotiation=None,
        counterparty=None,
        held=negotiation is not None and is_held(session, negotiation),
        kinds=KINDS,
        states=STATES,
        days_words=days_words,
        manages=may_change(session, negotiation, desk.asking),
        problem=problem,
        typed=words,
        reason=reason,
    )
    actor, now = desk.asking.actor, desk.now
    record(session, actor=actor, action=Action.LEDGER_VIEWED, object=str(entry_id), detail={}, now=now)
    return page


def days_words(days: float) -> str:
    """Say how many days lie between: `the same day`, `a day later`, `3 days later`."""
    whole = round(days)
    return "the same day" if whole < 1 else "a day later" if whole == 1 else f"{whole} days later"


def _party(desk: Desk, name: str) -> uuid.UUID:
    found = _party_id(desk, name)
    if found is None:
        raise NotFoundError
    return found


def _party_id(desk: Desk, name: str) -> uuid.UUID | None:
    return desk.session.scalar(select(Counterparty.id).where(Counterparty.name == name))


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
