"""Reading the ledger: a page of entries, one with all that belongs to it.

Words by rule hold no value and are shown to whoever reads the ledger. What the team typed while the plan had holders,
and its reasons, are for those who may open the plan; the words of messages are withheld as everywhere.
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import Session

from service.alerts.cursor import Cursor, read_cursor, write_cursor
from service.alerts.schemas import Sort
from service.crypto import Keys
from service.errors import BadRequestError, NotFoundError
from service.exposure.around import Around, around_of
from service.exposure.edits import edits_of, open_edit
from service.exposure.facts import SEALED_FACT, open_fact
from service.exposure.links import chain_of
from service.exposure.models import (
    EntryKind,
    EntryState,
    ExposureEntry,
    ExposurePerson,
    ExposureSource,
)
from service.exposure.quotes import quotes_of
from service.exposure.schemas import (
    ChainEntry,
    ChainView,
    EditView,
    EntryFilter,
    ExposureDetail,
    ExposurePage,
    ExposureSourceView,
    ExposureView,
)

_NOT_FOR_YOU = "Withheld: the holders of the plan can read it."


def list_entries(
    session: Session,
    keys: Keys,
    asked: EntryFilter,
    *,
    viewer: uuid.UUID | None,
    cursor: str | None = None,
    limit: int = 100,
) -> ExposurePage:
    """Return a page of the ledger for a viewer (None: somebody outside), the last told first. Raises BadCursorError."""
    query = select(ExposureEntry).where(*matching(asked))
    if cursor is not None:
        after = read_cursor(cursor, Sort.SAID)
        query = query.where(tuple_(ExposureEntry.last_at, ExposureEntry.id) < (after.value, after.id))
    order = (ExposureEntry.last_at.desc(), ExposureEntry.id.desc())
    rows = list(session.scalars(query.order_by(*order).limit(limit + 1)))
    views = views_of(session, keys, rows[:limit], viewer=viewer)
    if len(rows) <= limit or not views:
        return ExposurePage(entries=views, next=None)
    last = views[-1]
    return ExposurePage(entries=views, next=write_cursor(Cursor(sort=Sort.SAID, value=last.last_at, id=last.id)))


def entry_ids(session: Session, asked: EntryFilter) -> list[uuid.UUID]:
    """Return the ids of all entries that a filter selects, the last told first."""
    order = (ExposureEntry.last_at.desc(), ExposureEntry.id.desc())
    return list(session.scalars(select(ExposureEntry.id).where(*matching(asked)).order_by(*order)))


def entries_by_id(
    session: Session, keys: Keys, ids: Sequence[uuid.UUID], *, viewer: uuid.UUID | None
) -> list[ExposureView]:
    """Return these entries for a viewer, in this order."""
    rows = {row.id: row for row in session.scalars(select(ExposureEntry).where(ExposureEntry.id.in_(ids)))}
    return views_of(session, keys, [rows[one] for one in ids if one in rows], viewer=viewer)


def get_entry(session: Session, keys: Keys, entry_id: uuid.UUID, *, viewer: uuid.UUID | None) -> ExposureDetail:
    """Return an entry with its sources, chains and edits. Raises NotFoundError."""
    row = session.get(ExposureEntry, entry_id)
    if row is None:
        raise NotFoundError
    around = around_of(session, keys, [row], viewer, facts=True)
    quotes = quotes_of(session, keys, [row], viewer).get(row.id, [])
    return ExposureDetail(
        **_view(keys, row, around).model_dump(),
        sources=[
            ExposureSourceView(
                said_at=one.said_at,
                told_by=one.told_by,
                words=one.words,
                note=one.note,
                remark=one.remark,
                alert_id=one.alert_id,
            )
            for one in reversed(quotes)
        ],
        chains=_chains(session, keys, row, viewer),
        edits=_edits(session, keys, row, may_read=around.may_read_typed(row)),
    )


def views_of(
    session: Session, keys: Keys, rows: Sequence[ExposureEntry], *, viewer: uuid.UUID | None
) -> list[ExposureView]:
    """Show entries to a viewer; what belongs to them is looked up for all at once.

    A sealed fact is named and not told, whoever looks: its own words stand where each look goes on record.
    """
    around = around_of(session, keys, rows, viewer)
    return [_view(keys, row, around) for row in rows]


def matching(asked: EntryFilter) -> list[ColumnElement[bool]]:
    """Return what must be true of an entry that a filter selects."""
    row, found = ExposureEntry, list[ColumnElement[bool]]()
    if asked.counterparty is not None:
        found.append(row.counterparty == _name(asked.counterparty))
    if asked.negotiation is not None:
        found.append(row.negotiation_id == asked.negotiation)
    if asked.kind:
        found.append(row.kind.in_([one.value for one in asked.kind]))
    if asked.label:
        found.append(row.label.in_([_name(one) for one in asked.label]))
    if asked.state:
        found.append(row.state.in_([one.value for one in asked.state]))
    if asked.person is not None:
        found.append(_told_by(_name(asked.person)))
    if asked.since is not None:
        found.append(row.last_at >= _moment(asked.since))
    if asked.until is not None:
        found.append(row.last_at < _moment(asked.until))
    return found


def _told_by(pseudonym: str) -> ColumnElement[bool]:
    """Return the condition that somebody of this pseudonym told an entry, first or later."""
    person, row = ExposurePerson, ExposureEntry
    named = select(person.address).where(person.counterparty == row.counterparty, person.pseudonym == pseudonym)
    later = select(ExposureSource.entry_id).where(
        ExposureSource.entry_id == row.id, ExposureSource.author.in_(named.correlate(row))
    )
    return or_(row.author.in_(named.correlate(row)), later.correlate(row).exists())


def _words(keys: Keys, row: ExposureEntry, around: Around) -> tuple[str, str]:
    """Return an entry's words and its topic, as far as the viewer may know them."""
    fact = open_fact(keys, row.id, row.key_id, row.fact)
    typed = fact.typed if not fact.guarded or around.may_read_typed(row) else ""
    if row.label != SEALED_FACT:
        return typed or fact.words, row.topic
    # Without its fact, which a holder may have deleted since, an entry is of the negotiation that it stands in.
    plan = row.negotiation_id
    if row.sealed_fact_id is not None:
        plan = around.plans.get(row.sealed_fact_id, plan)
    named = f"a sealed fact of negotiation “{around.matters.get(plan, '')}”" if plan is not None else fact.words
    if plan is None or plan not in around.opened:
        return named, ""
    told = around.facts.get(row.sealed_fact_id, "") if row.sealed_fact_id is not None else ""
    return told or typed or named, row.topic


def _view(keys: Keys, row: ExposureEntry, around: Around) -> ExposureView:
    matter = around.matters.get(row.negotiation_id, "") if row.negotiation_id is not None else ""
    words, topic = _words(keys, row, around)
    links, days = around.links.get(row.id, (0, None))
    sources, benign, taken_back = around.sources.get(row.id, (0, 0, 0))
    return ExposureView(
        id=row.id,
        counterparty=row.counterparty,
        negotiation_id=row.negotiation_id,
        negotiation=matter,
        kind=EntryKind(row.kind),
        label=row.label,
        topic=topic,
        words=words,
        told_by=around.people.get((row.counterparty, row.author), ""),
        channel=row.channel,
        confidence=row.confidence,
        times=row.times,
        first_at=row.first_at,
        last_at=row.last_at,
        state=EntryState(row.state),
        authorised=sources > 0 and benign == sources,
        taken_back=sources > 0 and taken_back == sources,
        answers=links,
        days=days,
        added_by=row.added_by,
        updated_at=row.updated_at,
    )


def _chains(session: Session, keys: Keys, row: ExposureEntry, viewer: uuid.UUID | None) -> list[ChainView]:
    chains = chain_of(session, row.id)
    ids = dict.fromkeys(one for chain in chains for one in (chain.asked_id, *(step.entry_id for step in chain.steps)))
    views = {view.id: view for view in entries_by_id(session, keys, list(ids), viewer=viewer)}
    return [
        ChainView(
            links=[
                _chain_entry(views[chain.asked_id], 0.0, same_thread=True),
                *(_chain_entry(views[one.entry_id], one.days, same_thread=one.same_thread) for one in chain.steps),
            ]
        )
        for chain in chains
    ]


def _chain_entry(view: ExposureView, days: float, *, same_thread: bool) -> ChainEntry:
    return ChainEntry(
        id=view.id,
        kind=view.kind,
        label=view.label,
        topic=view.topic,
        words=view.words,
        told_by=view.told_by,
        channel=view.channel,
        at=view.first_at,
        days=days,
        same_thread=same_thread,
    )


def _edits(session: Session, keys: Keys, row: ExposureEntry, *, may_read: bool) -> list[EditView]:
    edits = edits_of(session, row.id)
    undone = {one.undoes for one in edits}
    found = []
    for one in edits:
        told = open_edit(keys, one)
        readable = may_read or not told.guarded
        found.append(
            EditView(
                id=one.id,
                actor=one.actor,
                at=one.at,
                state_before=EntryState(one.state_before),
                state=EntryState(one.state),
                reason=told.reason if readable or not told.reason else _NOT_FOR_YOU,
                words=told.words if readable or told.words is None else _NOT_FOR_YOU,
                undoes=one.undoes,
                undone=one.id in undone,
            )
        )
    return found


def _name(text: str) -> str:
    # PostgreSQL refuses to look for it, and no name has it.
    if "\x00" in text:
        raise BadRequestError("a name has no NUL in it")
    return text


def _moment(at: datetime) -> datetime:
    try:
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except OverflowError as error:
        raise BadRequestError("this time is beyond the calendar") from error
