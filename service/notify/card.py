"""All that an alert's message in procurement's channel tells, read from the store at once."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.alerts.contents import Content, contents_of
from service.alerts.detail import reviews_of
from service.alerts.reviews import undoable
from service.alerts.schemas import ReviewView
from service.crypto import Keys
from service.models import Alert, AlertEvent, AlertStatus, FindingRow, MessageRow
from service.negotiations.secrecy import SEALED_FACT, reason_of
from service.reports.models import Report
from service.warnings.models import WarningRow, WarningState

MOST_QUOTES = 3
_MOST_FINDINGS = 100
_SLACK_ID = re.compile(r"([TE][A-Z0-9]+):([A-Z0-9]+):(\d+\.\d+)(?::.*)?")
_OPEN = frozenset({AlertStatus.NEW, AlertStatus.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A piece of evidence: its words, or the reason for a finding that has none, or whose words are withheld."""

    label: str
    words: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a message stands in Slack."""

    team: str
    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The last step of a reviewer that counts. `review` is its id where it can be taken back just now."""

    name: str
    verdict: str
    status: str
    at: datetime
    review: uuid.UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An alert as procurement's channel sees it.

    `event` is the last event that it takes in. `authors` are those of the quotes, `others` how many more there are.
    `place` is where its latest evidence stands in Slack, `subject` that message's subject (a channel's name in Slack).
    """

    id: uuid.UUID
    event: int
    policy: str
    status: AlertStatus
    severity: str
    risk: float
    labels: tuple[str, ...]
    counterparty: str
    channel: str
    subject: str
    quotes: tuple[Quote, ...]
    authors: tuple[str, ...]
    others: int
    withdrawn: bool
    said_at: datetime
    place: Place | None
    step: Step | None
    reopened: int
    warnings: int
    reports: int

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.status in _OPEN


def read_card(session: Session, keys: Keys, alert_id: uuid.UUID) -> Card | None:
    """Read what there is to tell of an alert; None when it is no longer kept."""
    # The event first: what happens while the rest is read comes behind it, and is told later.
    event = session.scalar(select(func.max(AlertEvent.id)).where(AlertEvent.alert_id == alert_id)) or 0
    alert = session.get(Alert, alert_id, populate_existing=True)
    if alert is None:
        return None
    findings = _findings(session, alert_id)
    last = _latest(session, alert_id)
    messages = {row.message_id for row in findings} | ({last.id} if last is not None else set())
    # Whoever reads the channel is somebody outside: no plan is open to them.
    contents = contents_of(session, keys, messages, viewer=None)
    quotes, sources = _quotes(findings, contents)
    rows = list(session.scalars(select(MessageRow).where(MessageRow.id.in_(sources))))
    authors = tuple(dict.fromkeys(filter(None, map(_author, rows))))
    return Card(
        id=alert.id,
        event=event,
        policy=alert.policy,
        status=AlertStatus(alert.status),
        severity=alert.severity,
        risk=alert.risk,
        labels=_by_weight(alert, findings),
        counterparty=alert.counterparty,
        channel=alert.channel,
        subject=contents.get(last.id, Content()).subject if last is not None else "",
        quotes=quotes,
        authors=authors,
        others=max(len(alert.people) - len(authors), 0) if authors else 0,
        withdrawn=bool(rows) and any(row.withdrawn_at is not None for row in rows),
        said_at=alert.said_at,
        place=_place(last),
        step=_step(reviews_of(session, keys, alert_id), AlertStatus(alert.status)),
        reopened=alert.reopened,
        warnings=_count(session, WarningRow, WarningRow.alert_id == alert_id, WarningRow.state == WarningState.SENT),
        reports=_count(session, Report, Report.alert_id == alert_id),
    )


def _findings(session: Session, alert_id: uuid.UUID) -> Sequence[FindingRow]:
    weight = (FindingRow.points.desc(), FindingRow.confidence.desc(), FindingRow.found_at, FindingRow.id)
    query = select(FindingRow).where(FindingRow.alert_id == alert_id)
    return session.scalars(query.order_by(*weight).limit(_MOST_FINDINGS)).all()


def _latest(session: Session, alert_id: uuid.UUID) -> MessageRow | None:
    query = select(MessageRow).join(FindingRow, FindingRow.message_id == MessageRow.id)
    order = (MessageRow.sent_at.desc(), MessageRow.id)
    return session.scalars(query.where(FindingRow.alert_id == alert_id).order_by(*order).limit(1)).first()


def _quotes(
    findings: Sequence[FindingRow], contents: dict[uuid.UUID, Content]
) -> tuple[tuple[Quote, ...], list[uuid.UUID]]:
    """Choose the words that weigh most, none of them twice, and say which messages they are from."""
    chosen: dict[str, Quote] = {}
    sources: dict[uuid.UUID, None] = {}
    for row in findings:
        content = contents.get(row.message_id, Content())
        words = content.words(row.part, row.start, row.end).strip()
        hidden = content.withheld and row.label != SEALED_FACT
        reason = reason_of(content.withheld) if hidden else row.reason
        said = " ".join((words or reason).casefold().split())
        if not said or said in chosen:
            continue
        chosen[said] = Quote(label=row.label, words=words, reason=reason)
        sources[row.message_id] = None
        if len(chosen) == MOST_QUOTES:
            break
    return tuple(chosen.values()), list(sources)


def _by_weight(alert: Alert, findings: Sequence[FindingRow]) -> tuple[str, ...]:
    known = {row.label for row in alert.labels}
    return tuple(dict.fromkeys([*(row.label for row in findings if row.label in known), *sorted(known)]))


def _author(row: MessageRow) -> str:
    return next((name or address for role, address, name in row.participants if role == "from"), "")


def _place(row: MessageRow | None) -> Place | None:
    found = _SLACK_ID.fullmatch(row.external_id) if row is not None and row.channel == "slack" else None
    return Place(team=found[1], channel=found[2], ts=found[3]) if found else None


def _step(reviews: Sequence[ReviewView], status: AlertStatus) -> Step | None:
    steps = [one for one in reviews if one.undoes is None and not one.undone]
    run = list(takewhile(lambda one: one.status is status, reversed(steps)))
    if status is AlertStatus.NEW or not run:
        return None
    # A note by itself leaves the alert as it is: the step that made it so tells, and is not taken back by its button.
    telling = next((one for one in run if one.verdict), run[-1])
    return Step(
        name=telling.reviewer,
        verdict=telling.verdict or "",
        status=telling.status,
        at=telling.reviewed_at,
        review=telling.id if undoable(reviews, status) == telling.id else None,
    )


def _count(session: Session, table: type[WarningRow | Report], *where: object) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0  # type: ignore[arg-type]
