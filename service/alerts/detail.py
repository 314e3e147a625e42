"""One alert with its thread: who wrote to whom, what was said where it is kept, what was found, what reviewers did."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from messages import Direction, Directory
from service.alerts.contents import Content, contents_of, open_note
from service.alerts.schemas import (
    AlertDetail,
    AttachmentView,
    FindingView,
    MessageView,
    PartView,
    PersonView,
    ReviewView,
    WarningView,
)
from service.alerts.store import summaries
from service.crypto import Keys
from service.directory.models import Person
from service.errors import NotFoundError
from service.models import Alert, AlertStatus, FindingRow, MessageRow, Review, Verdict
from service.negotiations.secrecy import SEALED_FACT, reason_of
from service.warnings.models import WarningRow

# The latest messages of a thread that are shown: a channel without end must not make a page without end.
MOST_MESSAGES = 500
# How a step is signed that somebody took by answering a warning, or by a report.
_FROM_SLACK = (" via Slack (", " (name withheld)")


def get_alert(
    session: Session,
    keys: Keys,
    alert_id: uuid.UUID,
    *,
    own_domains: Collection[str],
    viewer: uuid.UUID | None = None,
) -> AlertDetail:
    """Return an alert with the messages that hold its evidence or stand next to it, and its reviews, oldest first.

    `viewer` is the user who looks, None for somebody outside: what holds a sealed fact of a plan that they do not open
    is withheld. Raises NotFoundError.
    """
    alert = session.get(Alert, alert_id)
    if alert is None:
        raise NotFoundError
    findings: dict[uuid.UUID, list[FindingRow]] = defaultdict(list)
    for row in session.scalars(select(FindingRow).where(FindingRow.alert_id == alert_id)):
        findings[row.message_id].append(row)
    messages = _thread(session, alert, findings)
    ours = _ours(session, messages, own_domains)
    contents = contents_of(session, keys, [row.id for row in messages], viewer=viewer)
    views = [_message(row, contents[row.id], findings.get(row.id, ()), ours) for row in messages]
    [head] = summaries(session, keys, [alert_id], viewer=viewer)
    reviews = reviews_of(session, keys, alert_id)
    if any(content.withheld for content in contents.values()):
        reviews = [_without_answer(one) for one in reviews]
    return AlertDetail(
        **head.model_dump(),
        messages=views,
        reviews=reviews,
        warnings=_warnings(session, alert_id, [row.id for row in messages]),
    )


def reviews_of(session: Session, keys: Keys, alert_id: uuid.UUID) -> list[ReviewView]:
    """Return an alert's reviews, oldest first."""
    rows = session.scalars(
        select(Review).where(Review.alert_id == alert_id).order_by(Review.reviewed_at, Review.id)
    ).all()
    undone = {row.undoes for row in rows}
    return [review_view(keys, row, undone=row.id in undone) for row in rows]


def review_view(keys: Keys, row: Review, *, undone: bool = False) -> ReviewView:
    """Show a review."""
    return ReviewView(
        id=row.id,
        reviewer=row.reviewer,
        verdict=Verdict(row.verdict) if row.verdict else None,
        status=AlertStatus(row.status),
        note=open_note(keys, row),
        reviewed_at=row.reviewed_at,
        undoes=row.undoes,
        undone=undone,
    )


def _without_answer(review: ReviewView) -> ReviewView:
    """Leave out what somebody of a withheld conversation wrote about it in Slack: it may repeat what is withheld."""
    is_answer = bool(review.note) and any(sign in review.reviewer for sign in _FROM_SLACK)
    return review.model_copy(update={"note": "Withheld, as the message is."}) if is_answer else review


def _warnings(session: Session, alert_id: uuid.UUID, messages: Sequence[uuid.UUID]) -> list[WarningView]:
    """Return the warnings of an alert: those planned with it, and those of its messages, which others may have."""
    of_it = or_(WarningRow.alert_id == alert_id, WarningRow.message_id.in_(messages))
    rows = session.scalars(select(WarningRow).where(of_it).order_by(WarningRow.created_at, WarningRow.id))
    alike: dict[tuple[object, ...], list[WarningRow]] = {}
    for row in rows:
        alike.setdefault((row.kind, row.state, *row.labels, row.answer), []).append(row)
    return [
        WarningView(
            people=len({(row.team, row.recipient) for row in some}),
            kind=some[0].kind,
            labels=some[0].labels,
            state=some[0].state,
            at=min(row.sent_at or row.created_at for row in some),
            answer=some[0].answer,
            answered_at=max((row.answered_at for row in some if row.answered_at is not None), default=None),
        )
        for some in alike.values()
    ]


def _thread(session: Session, alert: Alert, evidence: Collection[uuid.UUID]) -> list[MessageRow]:
    """Return what is kept of the alert's thread, and its evidence, which may stand in other threads."""
    kept = MessageRow.sealed.is_not(None) & MessageRow.text_until.is_(None) & (MessageRow.thread_id == alert.thread_id)
    query = select(MessageRow).where(or_(kept, MessageRow.id.in_(list(evidence)[:MOST_MESSAGES])))
    latest = session.scalars(query.order_by(MessageRow.sent_at.desc(), MessageRow.id.desc()).limit(MOST_MESSAGES))
    return list(latest)[::-1]


def _ours(session: Session, messages: Sequence[MessageRow], own_domains: Collection[str]) -> Callable[[str], bool]:
    """Return the test whether an address is ours: by domain, by the directory, or by what the thread itself shows."""
    addresses = {address for row in messages for _, address, _ in row.participants}
    known = set(session.scalars(select(Person.address).where(Person.address.in_(addresses))))
    # A Slack workspace's own domain is known where it is read; here, by who wrote outward.
    own = {
        address.rpartition("@")[2]
        for row in messages
        for role, address, _ in row.participants
        if role == "from" and row.direction != Direction.INBOUND and row.channel == "slack"
    }
    directory = Directory(own_domains=(*own_domains, *sorted(own - {""})))
    return lambda address: address in known or directory.is_ours(address)


def _message(
    row: MessageRow, content: Content, findings: Iterable[FindingRow], ours: Callable[[str], bool]
) -> MessageView:
    # In the order of the text, unless that would tell where in it they stand.
    ordered = sorted(findings, key=_weight if content.withheld else _place)
    return MessageView(
        id=row.id,
        external_id=row.external_id,
        channel=row.channel,
        direction=row.direction,
        sent_at=row.sent_at,
        withdrawn_at=row.withdrawn_at,
        participants=[_person(one, ours) for one in row.participants],
        subject=content.subject,
        text=content.text,
        text_note=content.note,
        withheld=list(content.withheld),
        parts=[PartView(kind=kind, start=start, end=end) for kind, start, end in row.parts if not content.withheld],
        attachments=[AttachmentView(name=name, media_type=kind, size=size) for name, kind, size in content.attachments],
        findings=[_finding(one, content) for one in ordered],
    )


def _person(one: Sequence[str], ours: Callable[[str], bool]) -> PersonView:
    role, address, name = one
    return PersonView(role=role, address=address, name=name, ours=ours(address))


def _place(row: FindingRow) -> tuple[bool, bool, int, int, str]:
    return row.part != "subject", row.start is None, row.start or 0, row.end or 0, row.label


def _weight(row: FindingRow) -> tuple[float, str, str]:
    return -row.points, row.label, str(row.id)


def _finding(row: FindingRow, content: Content) -> FindingView:
    view = FindingView(
        label=row.label,
        part=row.part,
        start=row.start,
        end=row.end,
        quote=content.words(row.part, row.start, row.end),
        confidence=row.confidence,
        points=row.points,
        explanation=row.explanation,
        reason=row.reason,
        detector=row.detector,
        rule=row.rule,
    )
    if not content.withheld:
        return view
    reason = row.reason if row.label == SEALED_FACT else reason_of(content.withheld)
    return view.model_copy(update={"part": "", "start": None, "end": None, "quote": "", "reason": reason, "rule": ""})
