"""Reading negotiations: a page of them, one with all that is not sealed, and how they changed."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from messages import Directory, Negotiation, Person, Phase
from service.directory.fields import person_of
from service.directory.models import Counterparty, CounterpartyDomain
from service.directory.people import people_by_address
from service.errors import NotFoundError
from service.exposure.models import EntryState, ExposureEntry
from service.models import Alert
from service.negotiations.access import held_among
from service.negotiations.models import AlertNegotiation, NegotiationChange, NegotiationRow
from service.negotiations.plan import planned_among
from service.negotiations.record import fields_of
from service.negotiations.schemas import (
    ChangeView,
    NegotiationFilter,
    NegotiationPage,
    NegotiationQuery,
    NegotiationSummary,
    NegotiationView,
    StateView,
)
from service.negotiations.snapshot import read_rows
from service.negotiations.states import Known, Seen, next_date, states_of

RECENT = timedelta(days=30)
_MOST_CHANGES, _CHOICES = 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A negotiation as it is stored, with what is to be seen of it."""

    row: NegotiationRow
    negotiation: Negotiation
    states: tuple[Seen, ...]
    has_plan: bool


def list_negotiations(session: Session, asked: NegotiationQuery, *, now: datetime) -> NegotiationPage:
    """Return a page of the negotiations that a filter selects, by name. Raises NotFoundError for a lost page."""
    found = select_negotiations(session, asked, today=now.date())
    if asked.after is not None:
        last = _place(get_row(session, asked.after))
        found = [one for one in found if _place(one.row) > last]
    shown = summaries(session, found[: asked.limit], now=now)
    return NegotiationPage(negotiations=shown, next=shown[-1].id if len(found) > asked.limit else None)


def select_negotiations(session: Session, asked: NegotiationFilter, *, today: date) -> list[Looked]:
    """Return all negotiations that a filter selects, by name."""
    query = select(NegotiationRow).where(NegotiationRow.is_template.is_(asked.template))
    archived = NegotiationRow.archived_at
    query = query.where(archived.is_not(None) if asked.archived else archived.is_(None))
    if asked.phase:
        query = query.where(NegotiationRow.phase.in_([phase.value for phase in Phase if phase in asked.phase]))
    rows = sorted(session.scalars(query), key=_place)
    found = [one for one in look_at(session, rows, today=today) if _is_asked(one.negotiation, asked)]
    wanted = set(asked.states)
    return [one for one in found if not wanted or wanted & {seen.state for seen in one.states}]


def look_at(session: Session, rows: Sequence[NegotiationRow], *, today: date) -> list[Looked]:
    """Read rows, and what is to be seen of them: nothing, of templates and archived ones."""
    read = read_rows(session, rows, Directory(own_domains=()))
    pairs = [(row, one) for row, one in zip(rows, read, strict=True) if one is not None]
    active = [one for row, one in pairs if not row.is_template and row.archived_at is None]
    people = people_of(session, active)
    unmatched = _unmatched(session)
    planned = planned_among(session, [row.id for row, _ in pairs])
    looked = []
    for row, one in pairs:
        known = Known(people=people, unmatched=unmatched, has_plan=row.id in planned, today=today)
        quiet = row.is_template or row.archived_at is not None
        states = () if quiet else states_of(one, known)
        looked.append(Looked(row=row, negotiation=one, states=states, has_plan=row.id in planned))
    return looked


def summaries(session: Session, found: Sequence[Looked], *, now: datetime) -> list[NegotiationSummary]:
    """Return negotiations as rows of a list, with counts of their alerts and of what is exposed."""
    ids = [one.row.id for one in found]
    held, alerts, exposed = held_among(session, ids), _alerts(session, ids, now=now), _exposed(session, ids)
    return [
        NegotiationSummary(
            **_shown(one, now.date()),
            held=one.row.id in held,
            alerts=alerts.get(one.row.id, 0),
            exposed=exposed.get(one.row.id, 0),
        )
        for one in found
    ]


def view(session: Session, row: NegotiationRow, *, now: datetime) -> NegotiationView:
    """Return a negotiation with all but its plan. Raises NotFoundError for one that can't be read."""
    found = look_at(session, [row], today=now.date())
    if not found:
        raise NotFoundError
    [one] = found
    [summary] = summaries(session, found, now=now)
    return NegotiationView(
        **{**fields_of(one.negotiation), **summary.model_dump(by_alias=True)},
        copied_from=row.copied_from,
        created_at=row.created_at,
        created_by=row.created_by,
    )


def get_row(session: Session, negotiation_id: uuid.UUID, *, lock: bool = False) -> NegotiationRow:
    """Return a negotiation's row. Raises NotFoundError."""
    row = session.get(NegotiationRow, negotiation_id, with_for_update=lock or None, populate_existing=lock)
    if row is None:
        raise NotFoundError
    return row


def history(session: Session, negotiation_id: uuid.UUID) -> list[ChangeView]:
    """Return how a negotiation changed, latest first. Raises NotFoundError."""
    get_row(session, negotiation_id)
    query = select(NegotiationChange).where(NegotiationChange.negotiation_id == negotiation_id)
    rows = session.scalars(query.order_by(NegotiationChange.at.desc(), NegotiationChange.id).limit(_MOST_CHANGES))
    return [ChangeView.model_validate(row) for row in rows]


def people_of(session: Session, negotiations: Collection[Negotiation]) -> dict[str, Person]:
    """Return whom negotiations name, as far as the directory knows them, by address."""
    named = {who for one in negotiations for who in named_in(one)}
    return {address: person_of(address, values) for address, values in people_by_address(session, named).items()}


def negotiation_names(session: Session) -> dict[uuid.UUID, str]:
    """Return what negotiations are called, archived ones included, as many as a list can sensibly offer, by name."""
    query = select(NegotiationRow.id, NegotiationRow.name).where(NegotiationRow.is_template.is_(False))
    return {row.id: row.name for row in session.execute(query.order_by(NegotiationRow.name).limit(_CHOICES))}


def names_of_alert(session: Session, alert_id: uuid.UUID) -> dict[uuid.UUID, str]:
    """Return the negotiations that an alert's evidence belongs to, by name."""
    query = select(NegotiationRow.id, NegotiationRow.name).join(
        AlertNegotiation, AlertNegotiation.negotiation_id == NegotiationRow.id
    )
    rows = session.execute(query.where(AlertNegotiation.alert_id == alert_id).order_by(NegotiationRow.name))
    return {row.id: row.name for row in rows}


def names_of_people(session: Session, addresses: Collection[str]) -> dict[str, str]:
    """Return what people are called; those without a name, and those nobody knows, by their address."""
    found = people_by_address(session, set(addresses) - {""})
    return {address: found.get(address, {}).get("name") or address for address in addresses}


def ids_of_firms(session: Session, names: Collection[str]) -> dict[str, uuid.UUID]:
    """Return the ids of counterparties by name."""
    rows = session.execute(select(Counterparty.name, Counterparty.id).where(Counterparty.name.in_(names)))
    return {row.name: row.id for row in rows}


def moulds(session: Session) -> list[NegotiationRow]:
    """Return what a new negotiation can begin from: templates first, then others, archived ones too, by name."""
    kept = (NegotiationRow.is_template.is_(False)) | (NegotiationRow.archived_at.is_(None))
    order = (NegotiationRow.is_template.desc(), NegotiationRow.name)
    return list(session.scalars(select(NegotiationRow).where(kept).order_by(*order).limit(_CHOICES)))


def named_in(one: Negotiation) -> set[str]:
    """Return the addresses that a negotiation names."""
    allowed = {who for blackout in one.blackouts for who in blackout.allowed}
    others = {authority.person for authority in one.authorities} | {departure.person for departure in one.former}
    finance = {who for who in one.finance if "@" in who}
    return ({one.lead, *one.team, *one.sponsors, *one.superiors} | finance | allowed | others) - {""}


def _is_asked(one: Negotiation, asked: NegotiationFilter) -> bool:
    if asked.counterparty and asked.counterparty.casefold() not in {name.casefold() for name in one.counterparties}:
        return False
    if asked.person and asked.person.strip().lower() not in {one.lead, *one.team}:
        return False
    words = (asked.q or "").casefold().split()
    text = " ".join((one.name, *one.counterparties, *one.topics)).casefold()
    return all(word in text for word in words)


def _shown(one: Looked, today: date) -> dict[str, Any]:
    row, negotiation = one.row, one.negotiation
    coming = next_date(negotiation, today)
    states = [
        StateView(state=seen.state, title=seen.title, advice=seen.advice, urgent=seen.urgent) for seen in one.states
    ]
    return {
        "id": row.id,
        "name": negotiation.name,
        "phase": negotiation.phase,
        "lead": negotiation.lead,
        "counterparties": list(negotiation.counterparties),
        "team": list(negotiation.team),
        "from": negotiation.days.first,
        "to": negotiation.days.last,
        "next_day": coming[0] if coming else None,
        "next_event": coming[1] if coming else "",
        "states": states,
        "has_plan": one.has_plan,
        "is_template": row.is_template,
        "archived_at": row.archived_at,
        "version": row.version,
        "updated_at": row.updated_at,
    }


def _unmatched(session: Session) -> frozenset[str]:
    """Return the counterparties that no message can be told to belong to."""
    has_domain = exists().where(CounterpartyDomain.counterparty_id == Counterparty.id)
    query = select(Counterparty.name, Counterparty.people, Counterparty.primary_contact)
    rows = session.execute(query.where(~has_domain, Counterparty.slack_team == ""))
    return frozenset(row.name for row in rows if not row.people and not row.primary_contact)


def _alerts(session: Session, ids: Sequence[uuid.UUID], *, now: datetime) -> dict[uuid.UUID, int]:
    query = (
        select(AlertNegotiation.negotiation_id, func.count())
        .join(Alert, Alert.id == AlertNegotiation.alert_id)
        .where(AlertNegotiation.negotiation_id.in_(ids), Alert.said_at > now - RECENT)
        .group_by(AlertNegotiation.negotiation_id)
    )
    return {negotiation_id: count for negotiation_id, count in session.execute(query)}  # noqa: C416 - rows are no pairs


def _exposed(session: Session, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = (
        select(ExposureEntry.negotiation_id, func.count())
        .where(ExposureEntry.negotiation_id.in_(ids), ExposureEntry.state == EntryState.VALID.value)
        .group_by(ExposureEntry.negotiation_id)
    )
    return {negotiation_id: count for negotiation_id, count in session.execute(query) if negotiation_id is not None}


def _place(row: NegotiationRow) -> tuple[str, str]:
    return row.name.casefold(), str(row.id)
