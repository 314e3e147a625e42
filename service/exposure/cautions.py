"""What a brief warns of, and what it does not know: sentences made of a snapshot by rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median

from detectors.finding import Label
from service.console.times import day_of
from service.exposure.models import EntryKind
from service.exposure.snapshot import Line, Snapshot

_MOST_UNREAD = 3
# What there is to know of us, as the topic is called in a sentence.
TOPIC_WORDS: dict[str, str] = {
    Label.BUDGET: "what we can pay",
    Label.LEVERAGE: "where we depend on them",
    Label.COMPETITOR: "who else bids",
    Label.DECISION: "how we decide",
    Label.TIMELINE: "our dates",
    Label.SPECIFICATION: "what we need exactly",
    Label.INNOVATION: "what we plan",
}
_CUSTOMER_WORDS: dict[str, str] = {
    Label.BUDGET: "our costs and margins",
    Label.LEVERAGE: "how much we need the order",
    Label.COMPETITOR: "who else buys from us",
}
_ADVICE: tuple[tuple[str, str], ...] = (
    (Label.BUDGET, "They have heard of {words}: a figure of theirs that fits too well may be ours."),
    (Label.LEVERAGE, "They have heard of {words}: name no alternative that you could not take."),
    (Label.COMPETITOR, "They have heard of {words}: competition works only as far as they still believe in it."),
    (Label.DECISION, "They have heard of {words}: expect them to speak to those people, not to you."),
    (Label.TIMELINE, "They have heard of {words}: they may wait until time presses us."),
)


def cautions(snapshot: Snapshot, *, on: date) -> list[str]:
    """Return what to be careful of on a day, the gravest first."""
    valid = [line for line in snapshot.lines if line.is_valid]
    return [
        *_silence(snapshot, on),
        *_sealed(valid),
        *_promises(valid, snapshot.lead),
        *_known(valid, snapshot),
        *_channels(valid),
        *_elsewhere(snapshot),
    ]


def gaps(snapshot: Snapshot) -> list[str]:
    """Return what is missing: what nothing is known to have leaked of, the plan, the team, what could not be read."""
    told = {line.topic for line in snapshot.lines if line.is_valid and line.kind is not EntryKind.ASKED}
    still = [word for topic, word in _words(snapshot).items() if topic not in told]
    found = []
    if still:
        found.append(f"Nothing is known to have been told about {_listed(still)}.")
    found += snapshot.amiss
    found += snapshot.unread[:_MOST_UNREAD]
    if len(snapshot.unread) > _MOST_UNREAD:
        found.append(f"{len(snapshot.unread) - _MOST_UNREAD} more sources or channels are not read.")
    return found


def _silence(snapshot: Snapshot, on: date) -> Iterator[str]:
    for first, last in snapshot.silent:
        if (first is None or first <= on) and (last is None or on <= last):
            until = f" until {day_of(last)}" if last else ""
            yield f"The negotiation is silent{until}: only who is allowed to may talk to them."
        elif first is not None and on < first:
            yield f"From {day_of(first)} on the negotiation is silent."


def _sealed(lines: Iterable[Line]) -> Iterator[str]:
    count = sum(1 for line in lines if line.is_sealed and line.kind is EntryKind.KNOWN)
    if count:
        facts = "A sealed fact of the plan has" if count == 1 else f"{count} sealed facts of the plan have"
        yield f"{facts} reached them: count on their knowing, and look at the plan again before you meet."


def _promises(lines: Iterable[Line], lead: str) -> Iterator[str]:
    count = sum(1 for line in lines if line.kind is EntryKind.PROMISED)
    if count:
        what = "A promise was" if count == 1 else f"{count} promises were"
        yield f"{what} made beside {lead or 'the lead'}: settle first what stands of that."


def _known(lines: Iterable[Line], snapshot: Snapshot) -> Iterator[str]:
    told = {line.topic for line in lines if line.kind is EntryKind.KNOWN}
    for topic, advice in _ADVICE:
        if topic in told:
            yield advice.format(words=_words(snapshot)[topic])


def _channels(lines: Iterable[Line]) -> Iterator[str]:
    """Tell which role answered most of what they asked."""
    answered = [line for line in lines if line.kind is EntryKind.ASKED and line.days is not None and line.answered_by]
    if not answered:
        return
    role, count = Counter(line.answered_by for line in answered).most_common(1)[0]
    days = round(median(line.days or 0.0 for line in answered if line.answered_by == role))
    after = "within a day" if days <= 1 else f"after {days} days"
    questions = "a question" if count == 1 else f"{count} questions"
    yield f"{role} answered {questions} of theirs, {after}: agree beforehand who answers what."


def _elsewhere(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.elsewhere:
        entries = "entry on them belongs" if snapshot.elsewhere == 1 else "entries on them belong"
        yield f"{snapshot.elsewhere} more {entries} to other negotiations: see their ledger."


def _words(snapshot: Snapshot) -> dict[str, str]:
    return TOPIC_WORDS | (_CUSTOMER_WORDS if snapshot.is_customer else {})


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
