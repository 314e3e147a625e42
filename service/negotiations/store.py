"""Changing negotiations: by whom, by which rules, and from which version on."""

import uuid
from calendar import isleap
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from messages import Directory, Negotiation, Period, Phase, Published
from service.database import serialised
from service.errors import ConflictError, ForbiddenError, NotFoundError
from service.negotiations.access import may_change_guarded, note_creator
from service.negotiations.known import directory_for, with_those_of
from service.negotiations.look import get_row
from service.negotiations.models import NegotiationRow
from service.negotiations.record import ChangeNote, add_row, change_row, fields_of, set_archived
from service.negotiations.schemas import CopyIn, PublishedIn
from service.negotiations.snapshot import read_rows
from service.negotiations.tables import HERE, LONGEST_TEXT, MOST, Table
from service.negotiations.terms import KEYS, negotiation_of


class ChangedMeanwhileError(ConflictError):
    """Somebody else has changed this negotiation since you looked at it: look again, then make your change."""


class PlanHeldError(ForbiddenError):
    """The plan of this negotiation has holders: they alone change lead, team or counterparties, publish, archive."""


class ArchivedError(ConflictError):
    """This negotiation is archived: restore it first."""


def create(
    session: Session,
    data: Mapping[str, Any],
    *,
    is_template: bool,
    viewer: uuid.UUID | None,
    note: ChangeNote,
    copied_from: uuid.UUID | None = None,
) -> NegotiationRow:
    """Store a new negotiation or template. Who creates it while leading it, or in its team, holds its plan.

    `data` is under the keys of negotiations.toml. Raises BadRequestError that names the field, and NameTakenError.
    """
    one = _read(data, directory_for(session, data), is_template=is_template)
    return _add(session, one, is_template=is_template, copied_from=copied_from, viewer=viewer, note=note)


def change(
    session: Session,
    negotiation_id: uuid.UUID,
    data: Mapping[str, Any],
    *,
    version: int,
    viewer: uuid.UUID | None,
    note: ChangeNote,
) -> NegotiationRow:
    """Change what is given in the negotiation as it was at a version.

    Raises BadRequestError that names the field, ChangedMeanwhileError, ArchivedError, PlanHeldError, NameTakenError.
    """
    row = get_row(session, negotiation_id, lock=True)
    if row.version != version:
        raise ChangedMeanwhileError
    if row.archived_at is not None:
        raise ArchivedError
    before = stored(session, row)
    data = {**fields_of(before), **data}
    one = _read(data, with_those_of(before, directory_for(session, data)), is_template=row.is_template)
    if _guarded(one) != _guarded(before):
        _need_free(session, row.id, viewer)
    change_row(session, row, one, note=note)
    return row


def copy(
    session: Session,
    negotiation_id: uuid.UUID,
    body: CopyIn,
    *,
    viewer: uuid.UUID | None,
    note: ChangeNote,
) -> NegotiationRow:
    """Copy a negotiation or template under a new name; its plan and what was published stay behind.

    Whoever of the original is gone is copied as well: the states of the copy say so. Raises BadRequestError that names
    the field, and NameTakenError.
    """
    original = get_row(session, negotiation_id)
    before = stored(session, original)
    data = fields_of(anew(original, before, years=body.years)) | {"name": body.name}
    data |= body.model_dump(include={"lead", "counterparties"}, exclude_none=True)
    one = _read(data, with_those_of(before, directory_for(session, data)), is_template=body.is_template)
    return _add(session, one, is_template=body.is_template, copied_from=original.id, viewer=viewer, note=note)


def publish(
    session: Session, negotiation_id: uuid.UUID, body: PublishedIn, *, viewer: uuid.UUID | None, note: ChangeNote
) -> NegotiationRow:
    """Put down what all bidders were told; it can't be taken back, and a fact in it is no longer sealed.

    Raises BadRequestError, ArchivedError, PlanHeldError.
    """
    row = get_row(session, negotiation_id, lock=True)
    if row.archived_at is not None:
        raise ArchivedError
    if row.is_template:
        raise ConflictError("a template has no bidders to tell anything")
    _need_free(session, row.id, viewer)
    before = stored(session, row)
    day = body.day or note.now.date()
    if day > note.now.date():
        raise HERE.error("the day lies in the future: put down what was told, once it was")
    if len(before.published) >= MOST:
        raise ConflictError(f"there are {MOST} publications already")
    table = Table(where="", data={"text": body.text}, directory=Directory(own_domains=()), wording=HERE)
    told = Published(text=table.text("text", longest=LONGEST_TEXT), on=day)
    change_row(session, row, replace(before, published=(*before.published, told)), note=note)
    return row


def archive(
    session: Session, negotiation_id: uuid.UUID, *, viewer: uuid.UUID | None, note: ChangeNote
) -> NegotiationRow:
    """Put a negotiation aside: it is neither detected by nor listed any more, and all of it is kept.

    Its facts are not looked for any more, either. Raises PlanHeldError.
    """
    row = get_row(session, negotiation_id, lock=True)
    if row.archived_at is None:
        _need_free(session, row.id, viewer)
        set_archived(session, row, note.now, note=note)
    return row


def restore(session: Session, negotiation_id: uuid.UUID, *, note: ChangeNote) -> NegotiationRow:
    """Take a negotiation back out of the archive."""
    row = get_row(session, negotiation_id, lock=True)
    if row.archived_at is not None:
        set_archived(session, row, None, note=note)
    return row


def _guarded(one: Negotiation) -> tuple[object, ...]:
    """Return what decides who can be let into a plan, and in whose messages its facts are looked for."""
    return one.lead, set(one.team), set(one.counterparties)


def _need_free(session: Session, negotiation_id: uuid.UUID, viewer: uuid.UUID | None) -> None:
    serialised(session, f"plan {negotiation_id}")
    if not may_change_guarded(session, negotiation_id, viewer):
        raise PlanHeldError


def _add(
    session: Session,
    one: Negotiation,
    *,
    is_template: bool,
    copied_from: uuid.UUID | None,
    viewer: uuid.UUID | None,
    note: ChangeNote,
) -> NegotiationRow:
    row = add_row(session, one, note=note, is_template=is_template, copied_from=copied_from)
    if viewer is not None and not is_template:
        note_creator(session, row, viewer, actor=note.actor, now=note.now)
    return row


def stored(session: Session, row: NegotiationRow) -> Negotiation:
    """Return a negotiation without its sealed facts. Raises NotFoundError for one that can't be read."""
    [one] = read_rows(session, [row], Directory(own_domains=()))
    if one is None:
        raise NotFoundError
    return one


def _read(data: Mapping[str, Any], directory: Directory, *, is_template: bool) -> Negotiation:
    table = Table(where="", data=data, directory=directory, wording=HERE, complete=not is_template)
    table.check_keys(KEYS)
    return negotiation_of(table)


def anew(row: NegotiationRow, one: Negotiation, *, years: int = 1) -> Negotiation:
    """Return what a copy begins with: days so many years later, nothing published; a template is taken as it is."""
    one = replace(one, published=(), former=())
    if row.is_template:
        return one
    blackouts = tuple(replace(each, days=_later(each.days, years)) for each in one.blackouts)
    return replace(one, phase=Phase.SCOUTING, days=_later(one.days, years), blackouts=blackouts)


def _later(days: Period, years: int) -> Period:
    return Period(first=_years_on(days.first, years), last=_years_on(days.last, years))


def _years_on(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    year = min(day.year + years, date.max.year)
    is_leap_day = (day.month, day.day) == (2, 29) and not isleap(year)
    return day.replace(year=year, day=28 if is_leap_day else day.day)
