"""Alerts for tests that read them: threads, sealed messages, findings, straight into the tables."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.alerts.search import tokens_of
from service.crypto import Keys
from service.models import Alert, AlertLabel, AlertPerson, FindingRow, MessageRow, SearchToken, Thread

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words of a message that are evidence, found where they first stand in its text (or its subject)."""

    label: str
    words: str
    confidence: float = 0.9
    points: float = 80.0
    part: str = ""
    reason: str = "It is said outright."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A message of the thread. `text` None: it is no longer kept. `parts`: kind and the words that begin it."""

    text: str | None
    evidence: tuple[Words, ...] = ()
    subject: str = "Forecast for the housing"
    sender: tuple[str, str] = ("jonas.weber@ourco.example", "Jonas Weber")
    to: tuple[tuple[str, str], ...] = (("pia@norvik.example", "Pia Halvorsen"),)
    cc: tuple[tuple[str, str], ...] = ()
    direction: str = "outbound"
    parts: tuple[tuple[str, str], ...] = ()
    attachments: tuple[tuple[str, str, int], ...] = ()


LEAK = Mail(
    text="Hi Pia,\n\nbetween us: we have 480k left for this.\n\nJonas",
    evidence=(Words(label="budget", words="we have 480k left for this", points=81.0),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An alert: its thread's messages, oldest first, and what the list shows of it."""

    messages: Sequence[Mail] = (LEAK,)
    status: str = "new"
    severity: str = "high"
    risk: float | None = None
    counterparty: str = "Norvik Metall"
    channel: str = "email"
    policy: str = "balanced"
    verdict: str | None = None
    updated_at: datetime = NOW
    reopened: int = 0
    extra_labels: tuple[str, ...] = field(default=())


def add_case(session: Session, keys: Keys, case: Case = Case()) -> uuid.UUID:
    """Store an alert with everything that belongs to it; returns its id."""
    thread = Thread(id=uuid.uuid4(), channel=case.channel, seen_at=case.updated_at)
    session.add(thread)
    session.flush()
    evidence = [words for mail in case.messages for words in mail.evidence]
    risk = case.risk if case.risk is not None else sum(words.points for words in evidence)
    alert = Alert(
        id=uuid.uuid4(),
        thread_id=thread.id,
        policy=case.policy,
        status=case.status,
        severity=case.severity,
        risk=risk,
        channel=case.channel,
        counterparty=case.counterparty,
        verdict=case.verdict,
        said_at=case.updated_at,
        opened_at=case.updated_at - timedelta(hours=1),
        updated_at=case.updated_at,
        reopened=case.reopened,
        labels=[AlertLabel(label=label) for label in sorted({*(one.label for one in evidence), *case.extra_labels})],
        people=[AlertPerson(address=mail) for mail in sorted({one.sender[0] for one in case.messages if one.evidence})],
    )
    session.add(alert)
    session.flush()
    for place, mail in enumerate(case.messages):
        sent_at = case.updated_at - timedelta(minutes=10 * (len(case.messages) - place))
        _add_message(session, keys, alert, mail, sent_at)
    return alert.id


def _add_message(session: Session, keys: Keys, alert: Alert, mail: Mail, sent_at: datetime) -> None:
    row = MessageRow(
        id=uuid.uuid4(),
        key=uuid.uuid4().bytes,
        thread_id=alert.thread_id,
        source="mailbox",
        external_id=f"<{uuid.uuid4().hex}@mail.example>",
        channel=alert.channel,
        direction=mail.direction,
        sent_at=sent_at,
        stored_at=sent_at,
        participants=[
            ["from", *mail.sender],
            *(["to", *one] for one in mail.to),
            *(["cc", *one] for one in mail.cc),
        ],
        parts=_parts(mail),
        text_until=None,
    )
    if mail.text is not None:
        content = json.dumps({"subject": mail.subject, "text": mail.text, "attachments": mail.attachments})
        row.key_id, row.sealed = keys.seal(content, place=f"message:{row.id}")
        known = set(session.scalars(select(SearchToken.token).where(SearchToken.alert_id == alert.id)))
        fresh = tokens_of(f"{mail.subject}\n{mail.text}", keys) - known
        session.add_all(SearchToken(token=token, alert_id=alert.id) for token in fresh)
    session.add(row)
    session.flush()
    session.add_all(_finding(alert, row, mail, words) for words in mail.evidence)
    session.flush()


def _finding(alert: Alert, row: MessageRow, mail: Mail, words: Words) -> FindingRow:
    within = mail.subject if words.part == "subject" else mail.text or words.words
    start = within.index(words.words) if words.words else None
    return FindingRow(
        id=uuid.uuid4(),
        alert_id=alert.id,
        message_id=row.id,
        label=words.label,
        part=words.part,
        start=start,
        end=None if start is None else start + len(words.words),
        confidence=words.confidence,
        points=words.points,
        explanation=f"{words.label}: confidence {words.confidence:.2f} x weight 0.90",
        reason=words.reason,
        detector=words.label,
        rule="",
        evidence=uuid.uuid4().bytes,
        found_at=alert.updated_at,
    )


def _parts(mail: Mail) -> list[list[object]]:
    text = mail.text or ""
    starts = [(kind, text.index(words)) for kind, words in mail.parts]
    ends = [*(start for _, start in starts[1:]), len(text)][: len(starts)]
    return [[kind, start, end] for (kind, start), end in zip(starts, ends, strict=True)]
