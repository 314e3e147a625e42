"""What a counterparty is likely to ask next, and what can be said then.

An answer here is composed of the topic, of dates, of names of ours and of what all bidders were told. The words of an
entry and the facts of a plan are no part of it, so that it can be said aloud, and read by whoever is no holder.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detectors.finding import Label
from messages import Phase
from service.console.times import day, day_of
from service.exposure.models import EntryKind
from service.exposure.snapshot import Line, Published, Snapshot

MOST_QUESTIONS = 5
_LONGEST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A thing that counterparties ask for: how they put it, and an answer that gives nothing away."""

    question: str
    say: str
    published: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A question to expect."""

    topic: str
    question: str
    why: str
    say: str


TOPICS: dict[str, Topic] = {
    Label.BUDGET: Topic(
        question="Which price do you need to see, and what is your budget?",
        say="Quote what your scope is worth; we compare whole offers and name no figure.",
        published=r"budget|price|preis|cost|kosten|payment|zahlung",
    ),
    Label.TIMELINE: Topic(
        question="By when must you decide, and what ends if you don't?",
        say="The dates that count are those of the request.",
        published=r"date|deadline|week|month|until|due|frist|termin|woche|\bby \d|\bbis\b",
    ),
    Label.COMPETITOR: Topic(
        question="Who else is bidding, and where do we stand?",
        say="We don't speak about other offers, and to others we won't speak about yours.",
        published=r"bidder|bieter|offers received|number of offers",
    ),
    Label.DECISION: Topic(
        question="Who decides, and what weighs most?",
        say="The request says how offers are judged. Questions on it come to us in writing.",
        published=r"criteri|kriteri|weigh|gewicht|award|vergabe|decid|entscheid",
    ),
    Label.SPECIFICATION: Topic(
        question="What must it do exactly, and where would less be enough?",
        say="Put it in writing, please: all bidders get the same answer.",
        published=r"specif|spezif|drawing|zeichnung|toleran|material|quality|norm|standard",
    ),
    Label.LEVERAGE: Topic(
        question="What happens to you if this supply stops?",
        say="We have planned for that. Let us talk about what your offer holds.",
    ),
    Label.INNOVATION: Topic(
        question="What are you going to need next?",
        say="We tell all suppliers at the same time, once it is public.",
        published=r"roadmap|launch|release|neuheit|markteinf",
    ),
    Label.COMMITMENT: Topic(
        question="Can you confirm the volume or the order already?",
        say="Nothing is agreed before {lead} says so in writing.",
        published=r"volume|menge|quantit|order|auftrag|term|award|vergabe",
    ),
}

CUSTOMER_TOPICS: dict[str, Topic] = {
    Label.BUDGET: Topic(
        question="What does it cost you, and what do others pay?",
        say="Our price stands for what you get; we open neither our calculation nor other customers' prices.",
        published=r"price|preis|discount|rabatt|cost|kosten",
    ),
    Label.COMPETITOR: Topic(
        question="Who else buys from you, and on which terms?",
        say="We don't speak about other customers, and to others we won't speak about you.",
    ),
    Label.DECISION: Topic(
        question="Who on your side can go lower?",
        say="You have the right person: {lead} speaks for us on price and terms.",
    ),
    Label.LEVERAGE: Topic(
        question="How much do you need this order?",
        say="We want it to be worth it for both. Let us talk about what you need.",
    ),
}

# What is asked most in a phase, the likeliest first.
_IN_PHASE: dict[str, tuple[str, ...]] = {
    Phase.SCOUTING: (Label.BUDGET, Label.TIMELINE, Label.INNOVATION),
    Phase.RFI: (Label.SPECIFICATION, Label.BUDGET, Label.TIMELINE),
    Phase.RFQ: (Label.SPECIFICATION, Label.COMPETITOR, Label.BUDGET),
    Phase.BIDS: (Label.COMPETITOR, Label.BUDGET, Label.DECISION),
    Phase.BEST_AND_FINAL: (Label.BUDGET, Label.COMPETITOR, Label.DECISION),
    Phase.AWARD: (Label.DECISION, Label.TIMELINE, Label.COMMITMENT),
    Phase.CONTRACT: (Label.COMMITMENT, Label.TIMELINE, Label.LEVERAGE),
    Phase.RUNNING: (Label.COMMITMENT, Label.LEVERAGE),
    Phase.RENEWAL: (Label.LEVERAGE, Label.COMPETITOR, Label.BUDGET),
}


def likely_questions(snapshot: Snapshot) -> list[Likely]:
    """Return what they are likely to ask, the likeliest first, each topic once."""
    known = TOPICS | (CUSTOMER_TOPICS if snapshot.is_customer else {})
    found: dict[str, Likely] = {}
    for topic, why in _reasons(snapshot):
        if topic in known and topic not in found:
            about = known[topic]
            said = _say(about, snapshot)
            found[topic] = Likely(topic=topic, question=about.question, why=why, say=said)
    return list(found.values())[:MOST_QUESTIONS]


def _reasons(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield topics with the reason why they may come up: what is open, what was promised, what fits the phase."""
    lines = sorted((one for one in snapshot.lines if one.is_valid), key=lambda one: one.last_at, reverse=True)
    for line in lines:
        if line.is_open:
            yield line.topic, f"They asked {_when(line)} and have no answer."
    for line in lines:
        if line.kind is EntryKind.PROMISED:
            yield (
                Label.COMMITMENT,
                f"It was promised {_when(line)}{_who('by', line.told_by)}; they will come back to it.",
            )
    for line in lines:
        if line.kind is EntryKind.ASKED and not line.is_open:
            yield (
                line.topic,
                f"They asked {_when(line)} and heard of it{_who('from', line.answered_by)}; they may check it.",
            )
    told = {line.topic for line in lines if line.kind is EntryKind.KNOWN}
    phase = snapshot.phase.replace("_", " ")
    for topic in _IN_PHASE.get(snapshot.phase, ()):
        ending = "they will want to make sure." if topic in told else "nothing is known to have been told."
        yield topic, f"It is asked most in this phase ({phase}), and {ending}"


def _say(topic: Topic, snapshot: Snapshot) -> str:
    own = topic.say.format(lead=snapshot.lead or "the lead")
    told = _published_on(topic, snapshot.published)
    if told is None:
        return own
    return f"{own} You may repeat what all bidders were told on {day_of(told.on)}: “{_cut(told.text)}”"


def _published_on(topic: Topic, published: Iterable[Published]) -> Published | None:
    if not topic.published:
        return None
    fitting = (one for one in published if re.search(topic.published, one.text, re.IGNORECASE))
    return max(fitting, key=lambda one: one.on, default=None)


def _when(line: Line) -> str:
    if line.times == 1:
        return f"on {day(line.last_at)}"
    return f"{line.times} times, last on {day(line.last_at)}"


def _who(how: str, role: str) -> str:
    return f" {how} {role}" if role else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + "…"
