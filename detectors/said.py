"""What a number of a text may say, and how exactly it is meant: "around 2 million", "just under eight", "7½ or so"."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from detectors.figures import Figure
from messages import FactKind

_ARTICLE = r"\W{0,3}(?:the |an? |eine?[nmrs]? |of )?$"
_A_BIT = "just|only just|slightly|a (?:bit|hair|shade|touch|tad|little|fraction)|a little|little|marginally|narrowly"
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|some|approx\.?|approximately|circa|ca\.?|more or less|in the region of"
    r"|something (?:like"
    r"|around|close to)|rund|etwa|ungefähr|zirka|um die|so um|close to|in the order of|of the order of|environ|unos"
    r"|unas"
    r"|alrededor de|or so|say|plus minus|gut und gern|the best part of|towards|à peu près|más o menos)|[~≈±])"
    + _ARTICLE,
    re.IGNORECASE,
)
_UNDER = re.compile(
    rf"\b(?:(?:{_A_BIT}) (?:under|below|short of|shy of|less than|beneath|off|south of)|knapp(?: unter)?|almost"
    rf"|nearly|fast"
    r"|beinahe|not quite|a whisker under|kurz (?:vor|unter)|etwas (?:unter|weniger als)|the low side of|shy of)"
    + _ARTICLE,
    re.IGNORECASE,
)
_OVER = re.compile(
    rf"\b(?:(?:{_A_BIT}) (?:over|above|more than|north of|past|beyond)|a good|gut|knapp über|etwas (?:über"
    rf"|mehr als)|gute"
    r"|guten|kurz über|upwards of|north of)" + _ARTICLE,
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:under|below|less than|beneath|unter(?:halb(?: von)?)?|weniger als|sous|moins de|menos de|meno di)"
    + _ARTICLE,
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"\b(?:over|above|more than|at least|über|oberhalb(?: von)?|mehr als|mindestens|plus de|más de|più di)" + _ARTICLE,
    re.IGNORECASE,
)
_ISH = re.compile(
    r"[ -]?(?:ish|or so|or thereabouts|oder so|more or less|give or take|plus minus|\+/-)(?!\w)", re.IGNORECASE
)
_FARTHEST = 40


class Hedge(StrEnum):
    """How exactly a number is meant; "under" is just under it, "below" anywhere below."""

    PLAIN = "plain"
    ABOUT = "about"
    UNDER = "under"
    OVER = "over"
    BELOW = "below"
    ABOVE = "above"


# "Just under" speaks before the "under" in it.
_HEDGES = (
    (Hedge.UNDER, _UNDER),
    (Hedge.OVER, _OVER),
    (Hedge.ABOUT, _ABOUT),
    (Hedge.BELOW, _BELOW),
    (Hedge.ABOVE, _ABOVE),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One thing that a number of a text may say.

    `low` to `high` is what was said; the same twice unless a range was (`is_range`). Money is in `currency` (ISO 4217,
    empty where none is written), for one `unit` where one is named; lengths are in days, written in `unit`; of counts
    `unit` is what is counted, in each `period` where one is named. `is_marked`: it says by itself what it is.
    `is_clock`: it may be a time of day. `step`, `digits`, `decimals`, `scale` and `is_grouped` are those of the figure.
    """

    kind: FactKind
    low: float
    high: float
    start: int
    end: int
    step: float
    text: str = field(repr=False)
    digits: int = 1
    decimals: int = 0
    scale: float = 1.0
    currency: str = ""
    unit: str = ""
    period: str = ""
    is_grouped: bool = False
    is_marked: bool = False
    is_range: bool = False
    is_clock: bool = False

    def times(self, by: float) -> "Reading":
        """Return the same in a unit of another size."""
        return replace(self, low=self.low * by, high=self.high * by, step=self.step * by)


def read_as(kind: FactKind, figure: Figure, value: float, **said: Any) -> Reading:
    """Make a reading of a figure; what is not said otherwise is the figure's."""
    given = {
        "start": figure.start,
        "end": figure.end,
        "step": figure.step,
        "digits": figure.digits,
        "decimals": figure.decimals,
        "scale": figure.scale,
        "is_grouped": figure.is_grouped,
    }
    return Reading(kind=kind, low=value, high=value, text=figure.text, **{**given, **said})


def hedge_of(reading: Reading) -> Hedge:
    """Return how exactly a number is meant, by the words around it."""
    before = reading.text[max(0, reading.start - _FARTHEST) : reading.start]
    is_ish = _ISH.match(reading.text, reading.end) is not None
    by_words = (hedge for hedge, wording in _HEDGES if wording.search(before))
    return next(by_words, Hedge.ABOUT if is_ish else Hedge.PLAIN)
