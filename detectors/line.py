"""A sentence that is searched for sealed facts, with what stands around it."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from detectors.around import Around
from detectors.glance import Glance, Shape, shapes_of
from detectors.language import Sentence
from detectors.lengths import OF_A_EURO, TOLD_ALONE
from detectors.number_keys import key_of
from detectors.signs import Sign

_DIGIT = re.compile(r"[\d½¼¾]")
_DAY_AT_END = re.compile(r"(?<!\w)\d{1,2}\.\Z")
_LONGEST_DAY = 4
_LONGEST_ROW, _MOST_ROWS = 48, 5
_OF_PARTS, _TWO = frozenset({Shape.RANGE, Shape.HEDGE}), 2
_WHOLE = 100
# Words by which a part, or a length of time, may be told without a number.
SAYS_PARTS = Sign.PART | Sign.WHOLE | Sign.ONE
_OF_SHARES = Sign.SHARE | Sign.PART
_BRIEF = 90
# "Plus", "times", "each" and the like.
_RECKONED = (
    *(" plus ", " + ", " times ", " mal ", " x ", "×", " each", " apiece", " je ", "and another ", "und noch "),
    *("lots of ", "batches of ", "packs of ", "ments of ", "sets of ", "shifts of ", "teams of ", "aten zu "),
)
_UNTIL_A_YEAR = re.compile(r"(?:[lLoOhH]|[bB]is) (?:\w+ ){0,2}20\d\d")
# "6 of 10" and "60/40": the latter are two tens that make a hundred.
_FEW_OF = re.compile(
    r" (?:of|von|aus|sur) (?:every |je )?(?:\d|ten|zehn|five|fünf|four|vier|three|drei)", re.IGNORECASE
)
_IN_TWO_TENS = re.compile(r"([1-9]\d)(?: ?[/-] ?| to | zu )([1-9]\d)(?!\d)|y[/-][tfse]|g[/-][zdvfsan]")
_HUNDREDS = frozenset({key_of(100), key_of(1000)})
_OF_A_HUNDRED = re.compile(
    r"(?:each|every|per|je|pro|jede[mnrs]?|costs?|kostet)(?: a)? (?:hundred|hundert|100|thousand|tausend|1[.,' ]?000)\b"
    r"|(?:[a-z]|€) (?:in|on|of|auf|von) (?:a )?(?:hundred|hundert|thousand|tausend)\b"
    r"|(?:hundred|hundert|100|thousand|tausend|1[.,' ]?000) (?:euro|eur\b|€|dollar|pound|franc|franken)",
    re.IGNORECASE,
)


def has_digits(text: str) -> bool:
    """Whether a digit stands in a text, or a sign of a fraction."""
    # One after the other takes a quarter of the time of any pattern.
    is_any = "0" in text or "1" in text or "2" in text or "3" in text or "4" in text or "5" in text or "6" in text
    is_any = is_any or "7" in text or "8" in text or "9" in text
    return is_any or (not text.isascii() and _DIGIT.search(text) is not None)


class Line:
    """A sentence to be read: the signs of its words, and what its numerals are looked up by.

    `text` is the sentence `at` a place of some; what it tells of days may go on in the `whole`: "Am 15. Mai" is cut
    behind the number. What stands near it, and the shapes of its figures, are made when they are first asked for.
    """

    __slots__ = (
        "_among",
        "_around",
        "_before",
        "_glance",
        "_is_parted",
        "_shapes",
        "_subject",
        "at",
        "keys",
        "signs",
        "text",
        "whole",
    )

    def __init__(
        self, among: Sequence[Sentence], at: int, signs: int, keys: frozenset[str], *, subject: str, glance: Glance
    ) -> None:
        self._among, self.at, self._subject, self._glance = among, at, subject, glance
        self.text = self.whole = text = among[at].folded
        self.signs, self.keys = signs | Sign.DIGIT if keys else signs, keys
        self._around: Around | None = None
        self._before: int | None = None
        self._shapes: frozenset[str] | None = None
        self._is_parted: bool | None = None
        if (
            text[-1:] == "."
            and text[-2:-1].isdigit()
            and at + 1 < len(among)
            and _DAY_AT_END.search(text, max(0, len(text) - _LONGEST_DAY))
        ):
            self.whole = f"{text} {among[at + 1].folded}"
            self.signs = glance.signs(self.whole) | Sign.DIGIT

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self._among[self.at]

    @property
    def around(self) -> Around:
        """The sentence with what stands around it."""
        if self._around is None:
            self._around = Around(self.whole, partial(_near, self._among, self.at, self._subject))
        return self._around

    @property
    def shapes(self) -> frozenset[str]:
        """What its figures and days may look like."""
        if self._shapes is None:
            self._shapes = shapes_of(self.text)
        return self._shapes

    def may_hold_fraction(self) -> bool:
        """Whether its shapes need be asked for a fraction: "7½", "7 1/2", "7 and a half"."""
        text = self.text.lower()
        return not text.isascii() or "/" in text or "half" in text or "quarter" in text or "einhalb" in text

    def may_name_currency(self) -> bool:
        """Whether its shapes need be asked for a currency."""
        text = self.text.lower()
        return not text.isascii() or "$" in text or "eur" in text or "dollar" in text or "cent" in text

    @property
    def may_tell_parts(self) -> bool:
        """Whether parts of a whole, or lengths of time, may be told without a number."""
        if self.signs & SAYS_PARTS == 0:
            return False
        return self.signs & Sign.PART != 0 or TOLD_ALONE.search(self.text) is not None

    @property
    def before(self) -> str:
        """The sentence before, empty where there is none."""
        return self._among[self.at - 1].folded if self.at else ""

    @property
    def _signs_before(self) -> int:
        """The signs of the words of the sentence before."""
        if self._before is None:
            self._before = self._glance.signs(self.before)
        return self._before

    @property
    def is_brief(self) -> bool:
        """Whether it is as short as the sentences of those who leave out what the one before said."""
        return len(self.text) <= _BRIEF

    @property
    def is_of_times(self) -> bool:
        """Whether its figures may be lengths of time, be it that the sentence before names the unit."""
        return self.signs & Sign.TIME != 0 or (self.is_brief and self._signs_before & Sign.TIME != 0)

    @property
    def is_of_shares(self) -> bool:
        """Whether its figures may be shares of a whole, be it that the sentence before says so."""
        is_said = self.signs & _OF_SHARES != 0 or "%" in self.text or "‰" in self.text or self.is_parted
        return is_said or (self.is_brief and ("%" in self.before or self._signs_before & _OF_SHARES != 0))

    @property
    def is_reckoned(self) -> bool:
        """Whether its figures may be ones only together: sums, products, two years."""
        if len(self.keys) < _TWO and not self.signs & Sign.NUMBER:
            return False
        return any(one in self.text for one in _RECKONED) or self.spans_years

    @property
    def spans_years(self) -> bool:
        """Whether a time until a year is told."""
        return self.text.count(" 20") >= _TWO and _UNTIL_A_YEAR.search(self.text) is not None

    @property
    def is_parted(self) -> bool:
        """Whether its figures may be parts of a whole without a word that says so: "6 of 10", "60/40"."""
        if self._is_parted is None:
            in_words = self.signs & Sign.NUMBER != 0
            is_parted = (in_words or len(self.keys) >= _TWO) and self._may_be_parted(in_words=in_words)
            self._is_parted = is_parted or self._is_of_a_euro()
        return self._is_parted

    def _is_of_a_euro(self) -> bool:
        """Whether it tells of so many cents of a euro."""
        text = self.text.lower()
        is_in_cents = " cent" in text or " ct " in text or " rappen" in text or " pence" in text
        return is_in_cents and OF_A_EURO.search(text) is not None

    def _may_be_parted(self, *, in_words: bool) -> bool:
        if _is_of_many(self.text) and (in_words or not self.shapes.isdisjoint(_OF_PARTS)):
            return True
        is_of_hundreds = not _HUNDREDS.isdisjoint(self.keys) or self.signs & Sign.SCALE != 0
        return is_of_hundreds and _OF_A_HUNDRED.search(self.text) is not None


def _near(among: Sequence[Sentence], at: int, subject: str) -> tuple[str, ...]:
    """Return what stands around a sentence of some: the subject, and what comes before and behind."""
    return (subject, *_beside(among, at, -1), *_beside(among, at, 1))


def _beside(among: Sequence[Sentence], at: int, step: int) -> Iterator[str]:
    """Yield the sentence before or behind, and from row to row of a table what stands above or below it."""
    place, is_row = at + step, _is_row(among[at].folded)
    for other in range(place, place + step * (_MOST_ROWS if is_row else 1), step):
        if not 0 <= other < len(among):
            return
        yield among[other].folded
        if not _is_row(among[other].folded):
            return


def _is_row(text: str) -> bool:
    """Whether a line may be a row of a table: short, with a figure, and no sentence."""
    return len(text) <= _LONGEST_ROW and text[-1:] not in ".!?" and has_digits(text)


def _is_of_many(text: str) -> bool:
    if (" of " in text or " von " in text or " aus " in text or " sur " in text) and _FEW_OF.search(text):
        return True
    is_split = "/" in text or "-" in text or " to " in text or " zu " in text
    tens = _IN_TWO_TENS.search(text) if is_split else None
    return tens is not None and (tens[1] is None or int(tens[1]) + int(tens[2]) == _WHOLE)
