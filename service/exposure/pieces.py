"""What of a message goes into the ledger: for whom, in which matter, as what kind of entry, about what."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from detectors.finding import Finding, Label
from detectors.topics import topic_promised, topics_asked
from messages import Direction, SealedFact
from service.crypto import Keys
from service.directory.models import Counterparty
from service.exposure.facts import AUTHORITY, PRICE, SEALED_FACT, TOPIC_OF_FACT
from service.exposure.marks import mark_of, thing_of
from service.exposure.models import EntryKind
from service.exposure.questions import LEAKS
from service.exposure.told import Told
from service.negotiations.models import NegotiationParty
from service.negotiations.plan import facts_of
from service.negotiations.secrecy import seals_on

_END = re.compile(r"[.!?](?=\s|$)|\n\s*\n")
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A finding as an entry of one counterparty's ledger, in one matter or in none."""

    told: Told
    finding: Finding
    counterparty: str
    negotiation_id: uuid.UUID | None
    kind: EntryKind
    topic: str
    mark: bytes
    sealed_fact_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """The negotiations that messages belong to: whom each is with, and the facts of its plan, by their ids.

    `seals` are the plans that keep a message's words from others, by message.
    """

    parties: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, tuple[uuid.UUID, SealedFact]] = field(default_factory=dict, repr=False)
    seals: Mapping[uuid.UUID, frozenset[uuid.UUID]] = field(default_factory=dict)


def matters_of(session: Session, keys: Keys, told: Iterable[Told]) -> Matters:
    """Look up the negotiations of messages; plans only where a fact of one was told."""
    told = list(told)
    ids = {one for message in told for one in message.negotiations}
    seals = seals_on(session, (message.message_id for message in told))
    if not ids:
        return Matters(seals=seals)
    query = (
        select(NegotiationParty.negotiation_id, Counterparty.name)
        .join(Counterparty, Counterparty.id == NegotiationParty.counterparty_id)
        .where(NegotiationParty.negotiation_id.in_(ids))
    )
    parties: dict[uuid.UUID, set[str]] = {one: set() for one in ids}
    for negotiation_id, name in session.execute(query):
        parties[negotiation_id].add(name)
    sealed = any(one.label == SEALED_FACT for message in told for one in message.findings)
    plans = facts_of(session, keys, ids) if sealed else {}
    return Matters(
        parties={one: frozenset(names) for one, names in parties.items()},
        facts={fact.id: (negotiation, fact) for negotiation, facts in plans.items() for fact in facts},
        seals=seals,
    )


def pieces_of(keys: Keys, told: Told, matters: Matters) -> Iterator[Piece]:
    """Yield what a message adds to the ledger; who is missing on it does not concern the counterparty's knowledge."""
    for finding, kind, topic in _kept(told, matters):
        for counterparty, negotiation in _places(told, finding, matters):
            sealed = uuid.UUID(finding.rule) if finding.rule in matters.facts else None
            mark = mark_of(
                keys,
                negotiation=negotiation,
                kind=kind,
                label=finding.label,
                topic=topic,
                thing=finding.rule if finding.label == SEALED_FACT else _thing(told, finding, matters),
            )
            yield Piece(
                told=told,
                finding=finding,
                counterparty=counterparty,
                negotiation_id=negotiation,
                kind=kind,
                topic=topic,
                mark=mark,
                sealed_fact_id=sealed,
            )


def _thing(told: Told, finding: Finding, matters: Matters) -> str:
    """Return what was told, apart from the same in messages that others may read: one would tell the other's words."""
    seals = sorted(map(str, matters.seals.get(told.message_id, ())))
    return " ".join([*seals, thing_of(finding.label, finding.quote)])


def _kept(told: Told, matters: Matters) -> Iterator[tuple[Finding, EntryKind, str]]:
    """Yield the findings that make entries, with kind and topic; a question for two things is two."""
    labels = {one.label for one in told.findings}
    for one in told.findings:
        if told.direction is Direction.INBOUND and one.label == Label.ELICITATION:
            topics = topics_asked(one.quote, rule=one.rule) or topics_asked(_sentence(told, one))
            for topic in topics or ("",):
                yield one, EntryKind.ASKED, str(topic)
        if told.direction is not Direction.OUTBOUND:
            continue
        if one.label in LEAKS:
            yield one, EntryKind.KNOWN, str(one.label)
        elif one.label == SEALED_FACT:
            yield one, EntryKind.KNOWN, _topic_of_fact(one, matters)
        elif one.label == Label.COMMITMENT:
            yield one, EntryKind.PROMISED, topic_promised(_sentence(told, one)).value
        elif one.label == PRICE or (one.label == AUTHORITY and Label.COMMITMENT not in labels):
            # Somebody who promised more than they may did promise: the words are the commitment's, where it has any.
            yield one, EntryKind.PROMISED, Label.BUDGET.value


def _sentence(told: Told, finding: Finding) -> str:
    """Return the sentence that a finding stands in: a promise's "if" tells what it is about."""
    text = told.message.subject if finding.part == "subject" else told.message.text
    if finding.start is None or finding.end is None or not text[finding.start : finding.end]:
        return finding.quote
    before = [match.end() for match in _END.finditer(text, max(0, finding.start - _LONGEST), finding.start)]
    after = _END.search(text, finding.end, finding.end + _LONGEST)
    begin = before[-1] if before else max(0, finding.start - _LONGEST)
    return text[begin : after.start() + 1 if after else finding.end + _LONGEST]


def _topic_of_fact(finding: Finding, matters: Matters) -> str:
    known = matters.facts.get(finding.rule)
    return TOPIC_OF_FACT.get(known[1].kind, "") if known is not None else ""


def _places(told: Told, finding: Finding, matters: Matters) -> Iterator[tuple[str, uuid.UUID | None]]:
    """Yield for whom, and in which matter, a finding counts.

    A negotiation counts for those of the message's firms that are invited to it; for all of them where none is, such as
    a firm that acts for an invited one. A fact of a plan belongs to its own negotiation.
    """
    negotiations = told.negotiations
    if finding.label == SEALED_FACT and finding.rule in matters.facts:
        negotiations = (matters.facts[finding.rule][0],)
    placed = set[str]()
    for negotiation in negotiations:
        invited = matters.parties.get(negotiation, frozenset())
        firms = [firm for firm in told.counterparties if firm in invited] or list(told.counterparties)
        placed.update(firms)
        for firm in firms:
            yield firm, negotiation
    for firm in told.counterparties:
        if firm not in placed:
            yield firm, None
