"""What is new, gone or changed between two snapshots of the same negotiation and counterparty."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from service.exposure.models import EntryKind, EntryState
from service.exposure.snapshot import Line, Snapshot, sureness


class Mark(StrEnum):
    """What became of an entry since the brief before."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference. `line` is None for one of the negotiation itself; `how` says what changed, empty for a new one."""

    mark: Mark
    how: str = ""
    line: Line | None = None


_LEFT = {
    EntryState.RETRACTED: "retracted",
    EntryState.KNOWN_BEFORE: "they knew it before",
    EntryState.OUTDATED: "outdated",
}


def compare(before: Snapshot, now: Snapshot) -> list[Change]:
    """Return what changed: the negotiation first, then new entries, changed ones and those that are gone."""
    earlier = {line.id: line for line in before.lines}
    later = {line.id: line for line in now.lines}
    found = list(_setting(before, now))
    for line in now.lines:
        found += _entry(earlier.get(line.id), line)
    for line in before.lines:
        if line.is_valid and line.id not in later:
            found.append(Change(mark=Mark.GONE, how="no longer in the ledger", line=line))
    order = [Mark.NEW, Mark.CHANGED, Mark.GONE]
    return sorted(found, key=lambda one: (one.line is not None, order.index(one.mark)))


def _entry(before: Line | None, now: Line) -> Iterator[Change]:
    if before is None or not before.is_valid:
        if now.is_valid:
            how = "" if before is None else "counts again"
            yield Change(mark=Mark.CHANGED if how else Mark.NEW, how=how, line=now)
        return
    if not now.is_valid:
        yield Change(mark=Mark.GONE, how=_LEFT[now.state], line=now)
        return
    how = ", ".join(_differences(before, now))
    if how:
        yield Change(mark=Mark.CHANGED, how=how, line=now)


def _differences(before: Line, now: Line) -> Iterator[str]:
    if before.is_open and not now.is_open:
        yield answer_of(now)
    if now.is_open and not before.is_open:
        yield "open again"
    if now.times > before.times:
        yield f"{'asked' if now.kind is EntryKind.ASKED else 'told'} again, {now.times} times by now"
    if sureness(now.confidence) is not sureness(before.confidence):
        yield f"{sureness(now.confidence)}, was {sureness(before.confidence)}"
    if (now.words, now.typed) != (before.words, before.typed):
        yield "worded anew"


def answer_of(line: Line) -> str:
    """Say how a question fares: `open`, `answered by Engineering after 3 days`, `answered the same day`."""
    if line.days is None:
        return "open"
    by = f" by {line.answered_by}" if line.answered_by else ""
    days = round(line.days)
    return f"answered{by} " + ("the same day" if days < 1 else "after a day" if days == 1 else f"after {days} days")


def _setting(before: Snapshot, now: Snapshot) -> Iterator[Change]:
    if now.phase != before.phase:
        phases = f"{before.phase.replace('_', ' ')} to {now.phase.replace('_', ' ')}"
        yield Change(mark=Mark.CHANGED, how=f"The phase went from {phases}.")
    if now.lead != before.lead:
        yield Change(mark=Mark.CHANGED, how=f"{now.lead} leads now, before it was {before.lead}.")
    if (now.first_day, now.last_day) != (before.first_day, before.last_day):
        yield Change(mark=Mark.CHANGED, how="The dates of the negotiation changed.")
    for name in now.team:
        if name not in before.team:
            yield Change(mark=Mark.CHANGED, how=f"{name} joined our team.")
    for name in before.team:
        if name not in now.team:
            yield Change(mark=Mark.CHANGED, how=f"{name} left our team.")
