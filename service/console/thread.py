"""The alert page's view of a thread: numbered findings, messages cut into blocks, points that add up."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from service.alerts.schemas import AlertDetail, FindingView, MessageView, ReviewView
from service.console import words
from service.console.highlight import Highlight, Segment, segments
from service.models import AlertStatus

# A block of quoted text or small print that is longer than this is folded away, unless evidence lies in it.
_FOLD_LINES, _FOLD_CHARACTERS = 4, 400
_WEIGHT = re.compile(r"\bweight (\d+(?:\.\d+)?)(?:; (.+))?$")
_FOLDED = frozenset({"quote", "disclaimer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A finding with its number on the page, the message it is in, and the points it is shown to add.

    `weight` is what the explanation says the policy gives it; empty for a finding that was not weighed, of which
    `remark` says why; of others, what made them weigh more. Words that are `withheld` have no place to be shown at.
    """

    number: int
    message_id: uuid.UUID
    finding: FindingView
    points: float
    weight: str
    remark: str
    withheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a message of one kind, and whether it is folded away at first."""

    kind: str
    segments: tuple[Segment, ...]
    folded: bool
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message on the page. `subject` is empty where it only repeats the one before."""

    view: MessageView
    subject: tuple[Segment, ...]
    blocks: tuple[Block, ...]
    points: tuple[Point, ...]


def thread_of(alert: AlertDetail) -> tuple[list[Point], list[Entry]]:
    """Lay out an alert: its findings, weightiest first, and its messages in order."""
    found = [(message, finding) for message in alert.messages for finding in message.findings]
    found.sort(key=lambda one: -one[1].points)
    shown = rounded([finding.points for _, finding in found], total=alert.risk)
    points = [
        Point(
            number=number,
            message_id=message.id,
            finding=finding,
            points=share,
            weight=_weight(finding),
            remark=_remark(finding),
            withheld=bool(message.withheld),
        )
        for number, ((message, finding), share) in enumerate(zip(found, shown, strict=True), start=1)
    ]
    entries, before = [], ""
    for message in alert.messages:
        own = tuple(point for point in points if point.message_id == message.id)
        entries.append(_entry(message, own, before))
        before = message.subject or before
    return points, entries


def steps_of(reviews: Sequence[ReviewView]) -> list[tuple[ReviewView, str]]:
    """Say what each review did, oldest first."""
    steps, before = [], AlertStatus.NEW
    for review in reviews:
        steps.append((review, _step(review, before)))
        before = review.status
    return steps


def rounded(values: Sequence[float], *, total: float) -> list[float]:
    """Round to tenths so that the figures shown add up to the total shown, at the cost of the roundest."""
    tenths = [int(value * 10) for value in values]
    # A total of 0.05 is shown as 0.1, since it is a little more in binary; ten times that is exactly a half, and lost.
    missing = round(round(total, 1) * 10) - sum(tenths)
    most_cut_off = sorted(range(len(values)), key=lambda index: tenths[index] - values[index] * 10)
    for index in most_cut_off[: max(missing, 0)]:
        tenths[index] += 1
    return [value / 10 for value in tenths]


def _step(review: ReviewView, before: AlertStatus) -> str:
    status = words.title(words.STATUSES, review.status)
    if review.undoes is not None:
        return f"Undone: {status.lower()} again"
    if review.verdict is not None:
        return f"{status} as {words.title(words.VERDICTS, review.verdict).lower()}"
    return "Note" if review.note and review.status is before else f"Set to {status.lower()}"


def _weight(finding: FindingView) -> str:
    found = _WEIGHT.search(finding.explanation)
    return found[1] if found else ""


def _remark(finding: FindingView) -> str:
    found = _WEIGHT.search(finding.explanation)
    if found:
        return f"{found[2][:1].upper()}{found[2][1:]}." if found[2] else ""
    title = words.title(words.LABELS, finding.label).lower()
    return f"Not weighed: {finding.explanation.replace(finding.label, title)}." if finding.explanation else ""


def _entry(message: MessageView, points: tuple[Point, ...], before: str) -> Entry:
    subject = segments(message.subject, (), _highlights(points, "subject"))
    # A chat message has its channel's name for a subject, which the page's heading says already.
    repeats = message.subject == before or message.channel == "slack"
    return Entry(
        view=message,
        subject=tuple(subject) if any(one.marks for one in subject) or not repeats else (),
        blocks=_blocks(segments(message.text or "", message.parts, _highlights(points, ""))),
        points=points,
    )


def _highlights(points: Iterable[Point], part: str) -> list[Highlight]:
    return [
        Highlight(number=point.number, label=point.finding.label, start=point.finding.start, end=point.finding.end)
        for point in points
        if point.finding.part == part and point.finding.start is not None and point.finding.end is not None
    ]


def _blocks(cut: Iterable[Segment]) -> tuple[Block, ...]:
    return tuple(_block(kind, tuple(group)) for (kind, _), group in groupby(cut, key=lambda one: (one.kind, one.part)))


def _block(kind: str, run: tuple[Segment, ...]) -> Block:
    lines = sum(one.text.count("\n") for one in run) + (not run[-1].text.endswith("\n"))
    long = lines > _FOLD_LINES or sum(len(one.text) for one in run) > _FOLD_CHARACTERS
    folded = kind in _FOLDED and long and not any(one.marks for one in run)
    return Block(kind=kind, segments=run, folded=folded, lines=lines)
