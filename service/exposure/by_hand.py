"""What was said where nothing is read, in a meeting or on the phone, written down by somebody of the team."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.finding import Label
from service.audit.store import Action, record
from service.auth.identity import Identity
from service.crypto import Keys
from service.directory.models import Counterparty, Person
from service.errors import BadRequestError
from service.exposure.access import need_change
from service.exposure.edits import EditWords, append_edit
from service.exposure.facts import Fact, neutral_words, seal_fact
from service.exposure.links import link
from service.exposure.marks import mark_of
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureSource
from service.exposure.pseudonyms import Voice, give_pseudonyms, group_of
from service.negotiations.access import is_held
from service.negotiations.models import NegotiationParty

_LABELS = {EntryKind.ASKED: Label.ELICITATION, EntryKind.PROMISED: Label.COMMITMENT}
TOPICS = (
    *(Label.BUDGET, Label.TIMELINE, Label.SPECIFICATION, Label.LEVERAGE, Label.COMPETITOR, Label.DECISION),
    *(Label.INNOVATION, Label.COMMITMENT),
)


class Way(StrEnum):
    """How something was told that no source hears; an entry shows it as its channel."""

    PHONE = "phone"
    MEETING = "meeting"
    VISIT = "visit"
    LETTER = "letter"
    HAND = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An entry to be written down: to whom, in which matter if any, what about, in which words, and when it was.

    `told_by` is an address, or the department or role of somebody who need not be known; empty where nobody is named.
    """

    counterparty: str
    negotiation_id: uuid.UUID | None
    kind: EntryKind
    topic: Label
    words: str = field(repr=False)
    told_at: datetime
    way: Way = Way.HAND
    told_by: str = ""


def add_entry(session: Session, keys: Keys, added: Added, *, reason: str, by: Identity, now: datetime) -> ExposureEntry:
    """Write an entry down, and how somebody knows.

    It links with questions and answers as one that was found does. Raises BadRequestError for a firm that is not known
    or invited, for a day to come, and for a topic that an entry of its kind can't have; NotTeamError.
    """
    need_change(session, added.negotiation_id, by)
    _check(session, added, now)
    held = added.negotiation_id is not None and is_held(session, added.negotiation_id)
    entry = _entry(session, keys, added, guarded=held, actor=by.actor, now=now)
    session.add(entry)
    session.flush()
    session.add(
        ExposureSource(
            id=uuid.uuid4(),
            entry_id=entry.id,
            message_id=None,
            author=entry.author,
            part="",
            start=None,
            end=None,
            confidence=entry.confidence,
            said_at=added.told_at,
        )
    )
    session.flush()
    told = EditWords(reason=reason.strip(), guarded=held)
    append_edit(session, keys, entry, told, state=EntryState.VALID, actor=by.actor, now=now)
    link(session, [entry], now=now)
    detail = {"added": True, "counterparty": added.counterparty}
    record(session, actor=by.actor, action=Action.LEDGER_EDITED, object=str(entry.id), detail=detail, now=now)
    return entry


def _entry(session: Session, keys: Keys, added: Added, *, guarded: bool, actor: str, now: datetime) -> ExposureEntry:
    label = _LABELS.get(added.kind, added.topic).value
    author, role, department = _teller(session, added)
    entry = ExposureEntry(
        id=uuid.uuid4(),
        counterparty=added.counterparty,
        negotiation_id=added.negotiation_id,
        kind=added.kind.value,
        label=label,
        topic=added.topic.value,
        author=author,
        role=role,
        department=department,
        channel=added.way.value,
        confidence=1.0,
        times=1,
        first_at=added.told_at,
        last_at=added.told_at,
        state=EntryState.VALID.value,
        added_by=actor,
        updated_at=now,
    )
    words = neutral_words(added.kind, label, added.topic.value, "")
    fact = Fact(words=words, typed=" ".join(added.words.split()), guarded=guarded)
    entry.key_id, entry.fact = seal_fact(keys, entry.id, fact)
    # Two that are written down are two, whatever their words.
    entry.mark = mark_of(
        keys,
        negotiation=added.negotiation_id,
        kind=added.kind,
        label=label,
        topic=added.topic.value,
        thing=str(entry.id),
    )
    return entry


def _teller(session: Session, added: Added) -> tuple[str, str, str]:
    """Return who told or asked it, with role and department, and see that they have a pseudonym."""
    name = " ".join(added.told_by.split())
    if not name:
        return "", "", ""
    person = session.get(Person, name.lower())
    ours = added.kind is not EntryKind.ASKED
    role, department = (person.role, person.department) if person is not None else ("", "")
    if ours and person is None and "@" not in name:
        role = name
    author = name.lower() if "@" in name else f"{name} (by hand)"
    group = group_of(ours=ours, counterparty=added.counterparty, department=department, role=role)
    give_pseudonyms(session, [Voice(counterparty=added.counterparty, address=author, group=group)])
    return author, role, department


def _check(session: Session, added: Added, now: datetime) -> None:
    if added.told_at > now:
        raise BadRequestError("what was told lies in the past")
    if added.kind is EntryKind.KNOWN and added.topic is Label.COMMITMENT:
        raise BadRequestError("a commitment is promised, not known")
    if added.topic not in TOPICS:
        raise BadRequestError(f"the topic is one of {', '.join(TOPICS)}")
    party = session.scalar(select(Counterparty.id).where(Counterparty.name == added.counterparty))
    if party is None:
        raise BadRequestError("no counterparty of this name is known")
    if added.negotiation_id is None:
        return
    if session.get(NegotiationParty, (added.negotiation_id, party)) is None:
        raise BadRequestError("this counterparty is not invited to the negotiation")
