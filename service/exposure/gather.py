"""What a brief is made of, read from register, ledger, directory and sources."""

import uuid
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from messages import CounterpartyKind, Negotiation
from service.console.health import sources_of
from service.crypto import Keys
from service.directory.models import Counterparty
from service.errors import NotFoundError
from service.exposure.reading import count_in_scope, lines_of
from service.exposure.snapshot import Published, Snapshot
from service.negotiations.look import get_row, look_at, people_of
from service.negotiations.models import NegotiationRow
from service.negotiations.snapshot import parties_of
from service.negotiations.states import State
from service.settings import Settings
from service.slack.models import ChannelState, SlackRoom
from service.sources.store import list_states

_MOST_ROOMS = 20
_AMISS = {State.NO_PLAN, State.NO_SECOND_PERSON, State.LEAD_GONE, State.TEAM_GONE}


class NoSuchPartyError(NotFoundError):
    """This counterparty is not invited to the negotiation."""


def negotiation_row(session: Session, negotiation_id: uuid.UUID) -> NegotiationRow:
    """Return a negotiation. Raises NotFoundError, for a template too."""
    row = get_row(session, negotiation_id)
    if row.is_template:
        raise NotFoundError
    return row


def parties(session: Session, negotiation_id: uuid.UUID) -> tuple[str, ...]:
    """Return the counterparties that are invited to a negotiation, by name."""
    return parties_of(session, [negotiation_id])[negotiation_id]


def gather(
    session: Session, keys: Keys, settings: Settings, row: NegotiationRow, counterparty: str, *, now: datetime
) -> Snapshot:
    """Read everything that a brief on a counterparty of a negotiation is made of. Raises NoSuchPartyError."""
    if counterparty not in parties(session, row.id):
        raise NoSuchPartyError
    looked = look_at(session, [row], today=now.date())
    if not looked:
        raise NotFoundError
    [seen] = looked
    one = seen.negotiation
    party = session.scalars(select(Counterparty).where(Counterparty.name == counterparty)).one()
    names = {address: person.name for address, person in people_of(session, [one]).items() if person.name}
    _, elsewhere = count_in_scope(session, counterparty, row.id)
    return Snapshot(
        negotiation=one.name,
        counterparty=counterparty,
        is_customer=party.kind == CounterpartyKind.CUSTOMER,
        phase=one.phase,
        first_day=one.days.first,
        last_day=one.days.last,
        lead=names.get(one.lead, one.lead),
        team=tuple(names.get(person, person) for person in one.team),
        amiss=tuple(f"{state.title}: {state.advice}" for state in seen.states if state.state in _AMISS),
        silent=_silent(one, now.date()),
        published=tuple(Published(text=told.text, on=told.on) for told in one.published),
        unread=(*_silent_sources(session, settings, now), *_unread_rooms(session, party)),
        elsewhere=elsewhere,
        lines=tuple(lines_of(session, keys, counterparty, row.id)),
    )


def _silent(one: Negotiation, today: date) -> tuple[tuple[date | None, date | None], ...]:
    days = (blackout.days for blackout in one.blackouts)
    return tuple((some.first, some.last) for some in days if some.last is None or some.last >= today)


def _silent_sources(session: Session, settings: Settings, now: datetime) -> list[str]:
    """Say which sources fail or have fallen silent, or were never read; never why, which may name a host."""
    told = []
    for one in sources_of(list_states(session), settings.source, now=now):
        if one.warning:
            told.append(f"The source {one.name} is not read at the moment: what was said there since is missing.")
        elif one.read_at is None:
            told.append(f"The source {one.name} was never read.")
    return told


def _unread_rooms(session: Session, party: Counterparty) -> list[str]:
    """Name the Slack channels with people of this counterparty that are not read any more."""
    domains = {one.domain for one in party.domains}
    if party.slack_team:
        domains.add(f"{party.slack_team}.slack".lower())
    query = select(SlackRoom).where(SlackRoom.state == ChannelState.LEFT.value).order_by(SlackRoom.name)
    left = [room for room in session.scalars(query) if domains & set(room.outsiders.split())]
    return [f"The Slack channel #{room.name or room.channel} is no longer read." for room in left[:_MOST_ROOMS]]
