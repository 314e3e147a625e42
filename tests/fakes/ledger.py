"""A ledger for tests: messages told to it one by one, or two thousand entries straight into the tables."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, select

from detectors.finding import Finding
from detectors.scoring import builtin_policies
from messages import Channel, Direction, Message, Participant
from service.alerts.contents import message_place
from service.directory.models import Counterparty
from service.exposure.facts import Fact, neutral_words, seal_fact
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureLink, ExposurePerson, ExposureSource
from service.exposure.record import record_told
from service.exposure.told import Told
from service.models import MessageRow, Thread
from service.negotiations.models import NegotiationParty, NegotiationRow

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BALANCED = next(policy for policy in builtin_policies() if policy.name == "balanced")

_LABELS = ("budget", "timeline", "specification", "leverage", "competitor", "decision", "innovation")
_GROUPS = ("Engineering", "Logistics", "Quality", "Production", "Management")


def add_counterparty(session, name="Norvik", kind="supplier"):
    """Store a counterparty; returns its id."""
    row = Counterparty(id=uuid.uuid4(), name=name, kind=kind)
    session.add(row)
    session.flush()
    return row.id


def add_negotiation(session, name="Castings 2027", counterparties=("Norvik",), lead="bo.lind@ourco.example", team=()):
    """Store a negotiation with counterparties that are known or made; returns its id."""
    row = NegotiationRow(
        id=uuid.uuid4(),
        name=name,
        phase="bids",
        lead=lead,
        terms={"team": list(team)},
        is_template=False,
        version=1,
        created_at=START,
        created_by="test",
        updated_at=START,
    )
    session.add(row)
    session.flush()
    for firm in counterparties:
        known = session.scalar(select(Counterparty.id).where(Counterparty.name == firm))
        party = known or add_counterparty(session, firm)
        session.add(NegotiationParty(negotiation_id=row.id, counterparty_id=party))
    session.flush()
    return row.id


def told(
    session,
    keys,
    label,
    words,
    *,
    day=0.0,
    author="pavel@ourco.example",
    firms=("Norvik",),
    negotiations=(),
    direction=None,
    channel=Channel.EMAIL,
    thread=None,
    confidence=0.8,
    department="Engineering",
    role="",
    rule="",
    external_id="",
    more=(),
):
    """Store a message that holds the words, and return what the ledger is told of it. `more`: other (label, words)."""
    if direction is None:
        direction = Direction.INBOUND if label == "elicitation" else Direction.OUTBOUND
    said = START + timedelta(days=day)
    if thread is None:
        thread = uuid.uuid4()
        session.add(Thread(id=thread, channel=channel.value, seen_at=said))
        session.flush()
    pairs = [(label, words), *more]
    text = " ".join(some for _, some in pairs)
    row_id = uuid.uuid4()
    message = Message(
        id=external_id or f"{row_id}@ourco.example",
        channel=channel,
        sender=Participant(address=author),
        text=text,
        sent_at=said,
    )
    key_id, sealed = keys.seal(
        json.dumps({"subject": "", "text": text, "attachments": []}), place=message_place(row_id)
    )
    session.add(
        MessageRow(
            id=row_id,
            key=row_id.bytes,
            thread_id=thread,
            source="test",
            external_id=message.id,
            channel=channel.value,
            direction=direction.value,
            sent_at=said,
            stored_at=said,
            participants=[["from", author, ""]],
            parts=[],
            key_id=key_id,
            sealed=sealed,
            text_until=said + timedelta(hours=72),
        )
    )
    session.flush()
    return Told(
        message=message,
        message_id=row_id,
        thread_id=thread,
        direction=direction,
        said_at=said,
        counterparties=tuple(firms),
        negotiations=tuple(negotiations),
        findings=tuple(_finding(text, one, some, confidence, rule) for one, some in pairs),
        author=author,
        role=role,
        department=department,
    )


def tell(session, keys, *pieces, policies=(BALANCED,), now=None):
    """Record what was told."""
    now = now or max(one.said_at for one in pieces) + timedelta(minutes=1)
    return record_told(session, keys, pieces, policies=policies, now=now)


def fill_ledger(session, keys, *, entries=2000, counterparty="Norvik", negotiation=None, now=START):
    """Store a ledger of one counterparty: every fifth entry is a question, every tenth a promise, answers are linked.

    Each has a message with its words. Returns the ids, oldest first.
    """
    thread = uuid.uuid4()
    session.add(Thread(id=thread, channel="email", seen_at=now))
    session.flush()
    people = [(f"p{number}@ourco.example", f"{_GROUPS[number % 5]} {number // 5 + 1}") for number in range(40)]
    known = set(session.scalars(select(ExposurePerson.address).where(ExposurePerson.counterparty == counterparty)))
    names = [
        {"counterparty": counterparty, "address": address, "pseudonym": name}
        for address, name in people
        if address not in known
    ]
    rows, messages, sources, links = [], [], [], []
    asked = None
    for number in range(entries):
        kind = EntryKind.ASKED if number % 5 == 0 else EntryKind.PROMISED if number % 10 == 7 else EntryKind.KNOWN
        topic = _LABELS[number // 5 % 7] if number % 5 < 2 else _LABELS[number % 7]
        label = {EntryKind.ASKED: "elicitation", EntryKind.PROMISED: "commitment"}.get(kind, topic)
        at = now - timedelta(hours=6 * (entries - number))
        message_id, entry_id = uuid.uuid4(), uuid.uuid4()
        text = f"What was said, number {number}."
        content = json.dumps({"subject": "", "text": text, "attachments": []})
        key_id, sealed = keys.seal(content, place=message_place(message_id))
        messages.append(_message(message_id, thread, people[number % 40][0], at, key_id, sealed))
        key_id, fact = seal_fact(keys, entry_id, Fact(words=neutral_words(kind, label, topic, text)))
        rows.append(_entry(entry_id, counterparty, negotiation, kind, label, topic, people[number % 40][0], at))
        rows[-1] |= {"key_id": key_id, "fact": fact}
        sources.append(_source(entry_id, message_id, people[number % 40][0], len(text), at))
        if kind is EntryKind.ASKED:
            asked = entry_id
        elif number % 5 == 1:
            links.append({"asked_id": asked, "told_id": entry_id, "days": 0.25, "same_thread": True, "made_at": now})
    for table, values in (
        (ExposurePerson, names),
        (MessageRow, messages),
        (ExposureEntry, rows),
        (ExposureSource, sources),
        (ExposureLink, links),
    ):
        for some in _batches(values):
            session.execute(insert(table), list(some))
    return [row["id"] for row in rows]


def _batches(values):
    return (values[start : start + 500] for start in range(0, len(values), 500))


def _finding(text, label, words, confidence, rule):
    start = text.index(words)
    return Finding(
        label=label,
        start=start,
        end=start + len(words),
        quote=words,
        confidence=confidence,
        reason="It is said outright.",
        detector=label,
        rule=rule,
    )


def _message(message_id, thread, author, at, key_id, sealed):
    return {
        "id": message_id,
        "key": message_id.bytes,
        "thread_id": thread,
        "source": "test",
        "external_id": str(message_id),
        "channel": "email",
        "direction": "outbound",
        "sent_at": at,
        "stored_at": at,
        "participants": [["from", author, ""]],
        "parts": [],
        "key_id": key_id,
        "sealed": sealed,
        "text_until": None,
    }


def _entry(entry_id, counterparty, negotiation, kind, label, topic, author, at):
    return {
        "id": entry_id,
        "counterparty": counterparty,
        "negotiation_id": negotiation,
        "kind": kind.value,
        "label": label,
        "topic": topic,
        "mark": entry_id.bytes,
        "author": author,
        "role": "",
        "department": "",
        "channel": "email",
        "confidence": 0.8,
        "times": 1,
        "first_at": at,
        "last_at": at,
        "state": EntryState.VALID.value,
        "added_by": "",
        "updated_at": at,
    }


def _source(entry_id, message_id, author, end, at):
    return {
        "id": uuid.uuid4(),
        "entry_id": entry_id,
        "message_id": message_id,
        "author": author,
        "part": "",
        "start": 0,
        "end": end,
        "confidence": 0.8,
        "said_at": at,
    }
