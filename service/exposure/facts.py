"""What an entry says, in neutral words: made by rule of its label and the kind of its figures, never of what was said.

So they hold no value, sealed or not; the author's own words stand with the source, for those who may read it.
"""

import json
import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from detectors.finding import Label
from detectors.patterns import Wording, as_bytes
from messages import FactKind
from messages.fold import fold
from service.crypto import Keys
from service.errors import UndecryptableError
from service.exposure.models import EntryKind

log = logging.getLogger("frontdoor.exposure")

SEALED_FACT = "sealed_fact"
AUTHORITY = "authority_exceeded"
PRICE = "price_no_obstacle"

_MONEY = Wording(r"<money>|\b<amount> ?<per>")
_SHARE = Wording(r"\b<percent>")
_DATE = Wording(r"<date>")
_SPAN = Wording(r"\b<n> ?(hours?|days?|weeks?|months?|years?)\b")
_MEASURE = Wording(r"<quantity>")
_NUMBER = Wording(r"\d")

# Of each label: what is said with a figure of a kind, the first that is there; then what is said without any.
_KNOWN: Mapping[str, tuple[tuple[tuple[Wording, str], ...], str]] = {
    Label.BUDGET: (
        (
            (_MONEY, "an amount of ours that they can price up to"),
            (_SHARE, "a share that tells our price or margin"),
            (_NUMBER, "a figure of our budget or price"),
        ),
        "how our budget or price stands",
    ),
    Label.TIMELINE: (
        ((_DATE, "a day or week that presses us"), (_SPAN, "how much time we have")),
        "that time presses us",
    ),
    Label.SPECIFICATION: (
        ((_MEASURE, "a technical value of ours"), (_NUMBER, "a technical figure of ours")),
        "a technical requirement or choice of ours",
    ),
    Label.INNOVATION: (((_DATE, "something unreleased of ours, and when it comes"),), "something unreleased of ours"),
    Label.LEVERAGE: (((_SPAN, "how long we hold out"),), "that we depend on them, or struggle"),
    Label.COMPETITOR: (
        ((_MONEY, "another bidder's price"), (_SHARE, "how another bidder's price compares")),
        "who else bids, or how they stand",
    ),
    Label.DECISION: (
        (
            (_SHARE, "how we weigh offers"),
            (_MONEY, "up to which amount somebody of ours signs"),
            (_DATE, "when we decide, and by whom"),
        ),
        "how we decide, or who does",
    ),
}
_ASKED: Mapping[str, str] = {
    Label.BUDGET: "what we can spend, or pay now",
    Label.TIMELINE: "what dates press us",
    Label.SPECIFICATION: "technical values of ours",
    Label.INNOVATION: "what we are going to bring out",
    Label.LEVERAGE: "where we are weak, or depend on somebody",
    Label.COMPETITOR: "who else bids, or where they stand",
    Label.DECISION: "how we decide, and who does",
    Label.COMMITMENT: "a promise of ours",
}
_PROMISED: Mapping[str, str] = {
    Label.BUDGET: "a price or terms of payment",
    Label.DECISION: "the award, or an order",
    Label.COMPETITOR: "that nobody else is asked",
    Label.TIMELINE: "a day",
    Label.COMMITMENT: "something that binds us",
}
TOPIC_OF_FACT: Mapping[FactKind, str] = {
    FactKind.AMOUNT: Label.BUDGET.value,
    FactKind.PERCENTAGE: Label.BUDGET.value,
    FactKind.DATE: Label.TIMELINE.value,
    FactKind.DURATION: Label.TIMELINE.value,
    FactKind.QUANTITY: Label.SPECIFICATION.value,
    FactKind.NAME: Label.COMPETITOR.value,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What an entry says: by rule, and `typed` by the team in its place.

    What is typed while a plan has holders may name what is in it: it is `guarded`, for those who may open the plan.
    """

    words: str
    typed: str = ""
    guarded: bool = False


def neutral_words(kind: EntryKind, label: str, topic: str, quote: str) -> str:
    """Say what an entry is, without a value of it: "an amount of ours that they can price up to"."""
    if label == SEALED_FACT:
        return "a sealed fact of our plan"
    if kind is EntryKind.ASKED:
        return _ASKED.get(topic, "something that is not theirs to know")
    if label == AUTHORITY:
        return "more than its author may agree to"
    if label == PRICE:
        return "that price will not stand in the way"
    if kind is EntryKind.PROMISED:
        return _PROMISED.get(topic, _PROMISED[Label.COMMITMENT])
    figures, bare = _KNOWN.get(label, ((), "something of ours"))
    text = as_bytes(fold(quote).text)
    return next((words for wording, words in figures if wording.holds(text)), bare)


def entry_place(entry_id: uuid.UUID) -> str:
    """Name the place that an entry's words are sealed for."""
    return f"exposure_entry:{entry_id}"


def seal_fact(keys: Keys, entry_id: uuid.UUID, fact: Fact) -> tuple[str, bytes]:
    """Seal an entry's words. Returns the key's id and the sealed bytes."""
    content = {"words": fact.words} | ({"typed": fact.typed, "guarded": fact.guarded} if fact.typed else {})
    return keys.seal(json.dumps(content, ensure_ascii=False), place=entry_place(entry_id))


def open_fact(keys: Keys, entry_id: uuid.UUID, key_id: str, sealed: bytes) -> Fact:
    """Open an entry's words; one that can't be opened does not stop the others."""
    try:
        content = json.loads(keys.open(key_id, sealed, place=entry_place(entry_id)))
    except UndecryptableError:
        log.warning("the words of entry %s can't be opened", entry_id)
        return Fact(words="can't be read: the key it was sealed with is missing, or the row was changed")
    return Fact(words=content["words"], typed=content.get("typed", ""), guarded=content.get("guarded", False))
