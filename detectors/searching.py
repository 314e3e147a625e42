"""Where sealed facts stand in a message: the search that the detector and the withholding of messages share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

from detectors.callings import Calling, Token, place, plain, spelled_out, stem, together, tokens
from detectors.days import days
from detectors.document import Document, answered, in_every_language
from detectors.figures import Figure
from detectors.fitting import OURS, POWER, STRANGER
from detectors.glance import Shape, months_in, shapes_of
from detectors.language import Sentence, sentences
from detectors.matters import within_earshot
from detectors.number_keys import LONG_NUMBER, key_of, keys_in, moved, value_of_key
from detectors.plans import Look, Plans, Sealed, Written, closeness
from detectors.plausible import Around, days_fit, figure_fits
from detectors.presence import day_of
from detectors.senses import readings
from detectors.signs import ALL_MONTHS, Sign
from detectors.spoken import value_of
from messages import FactKind

_MOST_SENTENCES = 2000
_OF_PHRASE = 0.85
_DIGIT = re.compile(r"[\d½¼¾]")
# What stands between the words of a file's name, and its ending; a hyphen between figures is theirs.
_BETWEEN = re.compile(r"_+|(?<!\d)-|-(?!\d)|\.\w{1,5}$")
_DAY_AT_END = re.compile(r"(?<!\w)\d{1,2}\.\Z")
_IN_TWO = Sign.OPENS | Sign.CLOSES
_OF_FIGURES = Sign.NUMBER | Sign.PART
# Words by which a part, or a length of time, may be told without a number.
_SAYS_PARTS = Sign.PART | Sign.WHOLE | Sign.ONE
_OF_DAYS = Sign.WEEK | Sign.NEAR | Sign.FEAST | ALL_MONTHS
# Words by which a fact may be told to somebody who is not invited, where no digit stands.
_TELLS_ALL = Sign.NAME | Sign.PHRASE | Sign.SCALE
_TELLS = _TELLS_ALL | _OF_FIGURES | Sign.WHOLE | _OF_DAYS
# What is found by being near a fact's figure.
_LOOSE = frozenset({Shape.FRACTION, Shape.RANGE})
_OF_PARTS, _TWO = frozenset({Shape.RANGE, Shape.HEDGE}), 2
_WHOLE = 100
_LONGEST_DAY = 4
_LONGEST_ROW, _MOST_ROWS = 48, 5
# "6 of 10" and "60/40": the latter are two tens that make a hundred.
_FEW_OF = re.compile(
    r" (?:of|von|aus|sur) (?:every |je )?(?:\d|ten|zehn|five|fünf|four|vier|three|drei)", re.IGNORECASE
)
_IN_TWO_TENS = re.compile(r"([1-9]\d)(?: ?[/-] ?| to | zu )([1-9]\d)(?!\d)|y[/-][tfse]|g[/-][zdvfsan]")
_HUNDRED = key_of(100)
_OF_A_HUNDRED = re.compile(r"(?:each|every|per|je|pro|jede|costs?|kostet)(?: a)? (?:hundred|hundert|100)\b")
_NONE: frozenset[str] = frozenset()
Place = tuple[Sealed, int, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A fact in a sentence, by the words from `start` to `end` of its folded text.

    `is_own`: it is of what the author answers for.
    """

    sealed: Sealed
    sentence: Sentence
    start: int
    end: int
    confidence: float
    is_own: bool


def hits(document: Document, plans: Plans) -> list[Hit]:
    """Return where facts stand in a message, in any part of it; those that all bidders know are left out."""
    # The detector asks first, then the withholding of messages.
    known: tuple[Plans | None, list[Hit]] = document.memo.get(hits, (None, []))
    if known[0] is not plans:
        known = document.memo[hits] = (plans, list(_Search(document, plans).hits()))
    return known[1]


class _Line:
    """A sentence to be read: the signs of its words, and what its numerals are looked up by.

    `text` is the sentence at a place of some; what it tells of days may go on in the `whole`: "Am 15. Mai" is cut
    behind the number. What stands near it, and the shapes of its figures, are made when they are first asked for.
    """

    def __init__(self, search: "_Search", among: Sequence[Sentence], at: int, signs: int, keys: frozenset[str]) -> None:
        self._search, self._among, self._at = search, among, at
        self.text = self.whole = text = among[at].folded
        self.signs, self.keys = signs, keys
        self._is_parted: bool | None = None
        self._is_of_shares: bool | None = None
        if text[-1:] == "." and at + 1 < len(among) and _DAY_AT_END.search(text, max(0, len(text) - _LONGEST_DAY)):
            self.whole = f"{text} {among[at + 1].folded}"
            self.signs = search.plans.glance.signs(self.whole)

    @cached_property
    def around(self) -> Around:
        """The sentence with what stands around it."""
        return Around(self.whole, self._near)

    @cached_property
    def shapes(self) -> frozenset[str]:
        """What its figures and days may look like."""
        return shapes_of(self.text)

    @property
    def is_of_shares(self) -> bool:
        """Whether its figures may be shares of a whole."""
        if self._is_of_shares is None:
            is_marked = self.signs & Sign.SHARE != 0 or "%" in self.text or "‰" in self.text
            self._is_of_shares = is_marked or self.is_parted
        return self._is_of_shares

    @property
    def is_parted(self) -> bool:
        """Whether its figures may be parts of a whole without a word that says so: "6 of 10", "60/40"."""
        if self._is_parted is None:
            in_words = self.signs & Sign.NUMBER != 0
            self._is_parted = (in_words or len(self.keys) >= _TWO) and self._may_be_parted(in_words=in_words)
        return self._is_parted

    def _may_be_parted(self, *, in_words: bool) -> bool:
        if (in_words or not self.shapes.isdisjoint(_OF_PARTS)) and _is_of_many(self.text):
            return True
        is_of_hundreds = _HUNDRED in self.keys or self.signs & Sign.SCALE != 0
        return is_of_hundreds and _OF_A_HUNDRED.search(self.text) is not None

    def _near(self) -> tuple[str, ...]:
        return (self._search.subject, *self._beside(-1), *self._beside(1))

    def _beside(self, step: int) -> Iterator[str]:
        """Yield the sentence before or behind, and from row to row of a table what stands above or below it."""
        place, is_row = self._at + step, _is_row(self.text)
        for at in range(place, place + step * (_MOST_ROWS if is_row else 1), step):
            if not 0 <= at < len(self._among):
                return
            yield self._among[at].folded
            if not _is_row(self._among[at].folded):
                return


class _Looked:
    """What negotiations may be told of in a message, and what of their facts its day allows."""

    def __init__(self, looks: Sequence[Look], day: date | None) -> None:
        dated = [one for one in looks if one.days]
        self.looks = tuple(looks)
        self.has_parts = any(one.has_parts for one in looks)
        self._counts = frozenset().union(*(one.counts.keys | one.fractions for one in looks))
        self._lengths = frozenset().union(*(one.lengths.keys for one in looks))
        self._shares = frozenset().union(*(one.shares.keys for one in looks))
        self._is_in_euros = all(one.is_in_euros for one in looks)
        self._has_days, self._is_soon = bool(dated), any(one.is_soon(day) for one in dated)
        self._months = reduce(or_, (one.months for one in dated), 0)
        self.tells = _TELLS_ALL | _OF_FIGURES | Sign.LETTER | (Sign.WEEK | Sign.FEAST | self._months if dated else 0)
        self.tells |= Sign.NEAR if self._is_soon else 0
        self.tells |= Sign.WHOLE if self.has_parts else 0

    def __bool__(self) -> bool:
        return bool(self.looks)

    def known(self, keys: frozenset[str], line: _Line) -> frozenset[str]:
        """Return those keys by which numbers of a sentence may be figures of facts."""
        found = keys & self._counts
        if line.signs & Sign.TIME:
            found |= keys & self._lengths
        # Whether figures may be shares takes longer to find out than whether there is one of a fact's.
        if not keys.isdisjoint(self._shares) and line.is_of_shares:
            found |= keys & self._shares
        return found

    def is_loose(self, line: _Line) -> bool:
        """Whether a number may be meant that can't be looked up: "just under", a range, a fraction."""
        if not (self.looks and (line.keys or line.signs & Sign.NUMBER)):
            return False
        return (
            (line.signs & Sign.HEDGE != 0 and (line.signs & Sign.NUMBER != 0 or Shape.HEDGE in line.shapes))
            or ((bool(line.keys) or not line.text.isascii()) and not line.shapes.isdisjoint(_LOOSE))
            or self._is_foreign(line)
        )

    def is_near(self, value: float, line: _Line) -> bool:
        """Whether a number of a sentence is near a figure of a fact, in whatever currency."""
        if any(one.is_near(value) for one in self._written(line)):
            return True
        return self._is_foreign(line) and any(one.foreign.is_near(value) for one in self.looks)

    def may_hold_days(self, line: _Line) -> bool:
        """Whether a day of a sentence may be a fact's."""
        return self._has_days and (self._names_days(line) or (bool(line.keys) and self._has_dates(line)))

    def _names_days(self, line: _Line) -> bool:
        signs, keys = line.signs, line.keys
        if signs & (self._months | Sign.FEAST) or (self._is_soon and signs & Sign.NEAR):
            return True
        if signs & Sign.WEEK and (signs & Sign.NUMBER or any(not keys.isdisjoint(one.weeks) for one in self.looks)):
            return True
        return signs & Sign.NEAR != 0 and Shape.FEAST in line.shapes

    def _has_dates(self, line: _Line) -> bool:
        shapes = line.shapes
        if Shape.WEEK in shapes or (self._is_soon and Shape.DAY in shapes):
            return True
        return Shape.DATE in shapes and months_in(line.text) & self._months != 0

    def _written(self, line: _Line) -> Iterator[Written]:
        for look in self.looks:
            yield look.counts
            if line.signs & Sign.TIME:
                yield look.lengths
            if look.shares.keys and line.is_of_shares:
                yield look.shares

    def _is_foreign(self, line: _Line) -> bool:
        """Whether another currency than a fact's is named."""
        if line.signs & Sign.CURRENCY or Shape.CURRENCY in line.shapes:
            return True
        return not self._is_in_euros and Shape.EURO in line.shapes

    def of_kind(self, kind: FactKind) -> list[Sealed]:
        """Return their facts of a kind."""
        return [one for look in self.looks for one in look.of_kind[kind]]


_NOTHING = _Looked((), None)


class _Search:
    """The search through one message."""

    def __init__(self, document: Document, plans: Plans) -> None:
        self.plans, self.subject = plans, document.message.subject
        self._document = document
        self._day: date | None = day_of(document)
        self._invited = {one.name for one in within_earshot(document) if one.sealed}
        self._looked_at = set(self._invited)
        self._looked = (
            _Looked([plans.looks[name] for name in sorted(self._invited)], self._day) if self._invited else _NOTHING
        )

    def hits(self) -> Iterator[Hit]:
        """Yield the facts, sentence by sentence."""
        own = self._document.every_sentence
        rest = list(self._rest(own))
        if not self._looked and not self._may_tell_anybody([text for text, _, _ in rest]):
            return
        for among, is_own in ((own, True), (self._others(rest), False)):
            for at, line in self._worth_reading(among[:_MOST_SENTENCES]):
                for sealed, start, end, sure in self._in_line(line):
                    if not self.plans.is_told(sealed, self._day) and not self._is_of_reader(sealed):
                        yield Hit(
                            sealed=sealed, sentence=among[at], start=start, end=end, confidence=sure, is_own=is_own
                        )

    def _may_tell_anybody(self, rest: Sequence[str]) -> bool:
        """Whether something of any plan may stand in what is searched."""
        first_look = self.plans.first_look
        lines = in_every_language(self._document).lines
        return first_look.passes_in(lines, self._folded) or any(map(first_look.passes, rest))

    def _folded(self) -> str:
        return "\n".join(one.folded for one in self._document.every_sentence)

    def _rest(self, own: Sequence[Sentence]) -> Iterator[tuple[str, int, str]]:
        """Yield what is searched and the author does not answer for: text, where it begins, which part it is of."""
        message = self._document.message
        if message.subject and not any(one.part for one in own[:1]):
            yield message.subject, 0, "subject"
        at = 0
        answered_for = answered(self._document.text, self._document.direction, self._document.context.directory)
        for start, end in [*((one.start, one.end) for one in answered_for), (len(message.text),) * 2]:
            if start > at and not message.text[at:start].isspace():
                yield message.text[at:start], at, ""
            at = max(at, end)
        for file in message.attachments:
            yield _BETWEEN.sub(" ", file.name), 0, "file"

    def _others(self, rest: Iterable[tuple[str, int, str]]) -> list[Sentence]:
        """Return the sentences that the author does not answer for, as far as a fact may stand in them."""
        found: list[Sentence] = []
        for text, start, part in rest:
            if self._may_tell(text):
                whole = self._document.message.text if not part else text
                found += sentences(whole, start, start + len(text), part=part)
        return found

    def _may_tell(self, text: str) -> bool:
        """Whether a fact may stand in a text that is not cut into sentences yet."""
        return _DIGIT.search(text) is not None or self.plans.glance.signs(text) & _TELLS != 0

    def _worth_reading(self, among: Sequence[Sentence]) -> Iterator[tuple[int, _Line]]:
        """Yield the sentences that a fact may stand in.

        Where no negotiation is with anybody on the message, nor named in it, they are few: those with a rare figure,
        and those with words of a name or phrase.
        """
        if not self._looked:
            passing = self.plans.first_look.passing([one.folded for one in among])
            self._look_at_named(among[at].folded for at in passing)
            if not self._looked:
                for at in passing:
                    text = among[at].folded
                    keys = keys_in(text) if LONG_NUMBER.search(text) else _NONE
                    yield at, _Line(self, among, at, self.plans.glance.signs(text), keys)
                return
        signs = self.plans.glance.signs_of_each([one.folded for one in among])
        if reduce(or_, signs, 0) & Sign.TOPIC:
            self._look_at_named(one.folded for one, said in zip(among, signs, strict=True) if said & Sign.TOPIC)
        asked = self._looked.tells
        for at, said in enumerate(signs):
            text = among[at].folded
            has_digits = _DIGIT.search(text) is not None
            if has_digits or said & asked or said & _IN_TWO == _IN_TWO:
                yield at, _Line(self, among, at, said, keys_in(text) if has_digits else _NONE)

    def _look_at_named(self, texts: Iterable[str]) -> None:
        """Take note of the negotiations that some texts name, though they be with others."""
        plans = self.plans
        stems = (stem(word) for word, signs in plans.glance.words("\n".join(texts)) if signs & Sign.TOPIC)
        named = set().union(*(plans.topics.get(one, ()) for one in stems)) - self._looked_at
        if named:
            self._looked_at |= named
            self._looked = _Looked([plans.looks[name] for name in sorted(self._looked_at)], self._day)

    def _in_line(self, line: _Line) -> Iterator[Place]:
        if line.signs & Sign.NAME or line.signs & _IN_TWO == _IN_TWO:
            yield from self._named(line)
        if line.signs & Sign.LETTER and self._invited:
            yield from self._spelled_out(line)
        if line.signs & Sign.PHRASE:
            yield from self._phrased(line.text)
        if line.keys or line.signs & _OF_FIGURES or (line.signs & _SAYS_PARTS and self._looked.has_parts):
            yield from self._figures(line)
        if self._looked.may_hold_days(line):
            yield from self._days(line)

    def _figures(self, line: _Line) -> Iterator[Place]:
        """Yield the figures of a sentence that are a fact's."""
        looked, signs = self._looked, line.signs
        known, is_loose = self._known(line.keys, line), looked.is_loose(line)
        is_near = is_loose and self._is_near(line)
        has_parts = (looked.has_parts and signs & _SAYS_PARTS != 0) or line.is_parted
        is_one_and_a_half = signs & Sign.ONE and signs & Sign.PART
        in_words = bool(signs & Sign.NUMBER or is_one_and_a_half) and (
            (has_parts and signs & Sign.PART != 0) or self._is_told_in_words(line)
        )
        if not (known or in_words or has_parts or is_near):
            return

        def is_wanted(figure: Figure) -> bool:
            if is_near or (is_loose and figure.is_word):
                return True
            if figure.is_word:
                return self._is_known_in_words(figure.value, line)
            return not known.isdisjoint(moved(figure.value))

        plans = self.plans
        in_digits = bool(known) or is_near
        for reading in readings(line.text, is_wanted, in_digits=in_digits, in_words=in_words, has_parts=has_parts):
            others = plans.figures.get((reading.kind, key_of(reading.low)), ())
            for sealed in dict.fromkeys((*looked.of_kind(reading.kind), *others)):
                close = closeness(sealed, reading, plans.rates)
                sure = close and figure_fits(
                    sealed, reading, close, line.around, is_invited=sealed.negotiation.name in self._invited
                )
                if sure:
                    yield sealed, reading.start, reading.end, sure

    def _is_near(self, line: _Line) -> bool:
        """Whether a numeral of a sentence is near a fact's figure."""
        if Shape.FRACTION in line.shapes:
            return True
        return any(self._looked.is_near(value_of_key(one), line) for one in line.keys)

    def _is_told_in_words(self, line: _Line) -> bool:
        """Whether a number in words may be a fact's."""
        if not (self._looked or line.signs & Sign.SCALE):
            return False
        return any(self._may_be_known(words, line) for words in self.plans.glance.number_words(line.text))

    def _may_be_known(self, words: Sequence[str], line: _Line) -> bool:
        """Whether a number of such words may be a fact's; of several words what they are together is read later."""
        if len(words) > 1:
            return True
        value = value_of(words[0].lower())
        return value is None or self._is_known_in_words(value, line)

    def _is_known_in_words(self, value: float, line: _Line) -> bool:
        """Whether a number may be a fact's, by itself or as so many cents; near one, where it is not said exactly."""
        if not value:
            return False
        keys = frozenset((key_of(value), key_of(value / 100)))
        if "point" in line.text or "omma" in line.text:
            keys |= {key_of(value / 10)}
        if self._known(keys, line):
            return True
        looked = self._looked
        return looked.is_loose(line) and (looked.is_near(value, line) or looked.is_near(value / 100, line))

    def _known(self, keys: frozenset[str], line: _Line) -> frozenset[str]:
        """Return those keys by which numbers of a sentence may be facts'."""
        return keys & self.plans.rare | self._looked.known(keys, line) if keys else keys

    def _days(self, line: _Line) -> Iterator[Place]:
        for told in days(line.around.text, self._day, self.plans.years):
            if told.start >= len(line.text):
                continue
            for sealed in self._looked.of_kind(FactKind.DATE):
                sure = days_fit(sealed, told, line.around, is_invited=sealed.negotiation.name in self._invited)
                if sure:
                    yield sealed, told.start, min(told.end, len(line.text)), sure

    def _named(self, line: _Line) -> Iterator[Place]:
        """Yield the names that stand in a sentence; of negotiations with others, those said in full."""
        said = tokens(line.text)
        for at, token in enumerate(said):
            for sealed, calling in _behind(self.plans, token, said[at + 1 : at + 2]):
                found = place(calling, said, at, line.text)
                if found and not _is_somebody(calling, line.around):
                    continue
                if found and (calling.is_full or sealed.negotiation.name in self._invited):
                    yield sealed, *found

    def _spelled_out(self, line: _Line) -> Iterator[Place]:
        """Yield the names that are spelled letter by letter."""
        for token in spelled_out(line.text):
            for sealed, calling in _behind(self.plans, token, []):
                found = place(calling, [token], 0, line.text)
                if found and sealed.negotiation.name in self._invited and not calling.is_given:
                    yield sealed, *found

    def _phrased(self, text: str) -> Iterator[Place]:
        said = tokens(text)
        for at, token in enumerate(said):
            phrases = self.plans.phrases
            by_stem, by_key = phrases.get(stem(token.written), ()), phrases.get(token.key, ())
            for sealed, parts in by_stem if by_stem == by_key else (*by_stem, *by_key):
                found = together(parts, said, at)
                if found:
                    yield sealed, *found, _OF_PHRASE

    @cached_property
    def _on_message(self) -> frozenset[str]:
        """The words of names and addresses on the message."""
        people = self._document.message.participants
        return frozenset(plain(one.written) for each in people for one in tokens(f"{each.name} {each.address}"))

    def _is_of_reader(self, sealed: Sealed) -> bool:
        """Whether a name is that of somebody on the message, who needs no telling of it."""
        return any(
            calling.keys[0] in self._on_message for calling in sealed.callings if calling.is_bare or calling.is_full
        )


def _is_row(text: str) -> bool:
    """Whether a line may be a row of a table: short, with a figure, and no sentence."""
    return len(text) <= _LONGEST_ROW and text[-1:] not in ".!?" and _DIGIT.search(text) is not None


def _is_of_many(text: str) -> bool:
    if (" of " in text or " von " in text or " aus " in text or " sur " in text) and _FEW_OF.search(text):
        return True
    is_split = "/" in text or "-" in text or " to " in text or " zu " in text
    tens = _IN_TWO_TENS.search(text) if is_split else None
    return tens is not None and (tens[1] is None or int(tens[1]) + int(tens[2]) == _WHOLE)


def _is_somebody(calling: Calling, around: Around) -> bool:
    """Whether initials, and first names, are those of somebody who has a say with us."""
    if calling.is_given:
        return (around.says(POWER) or around.says(OURS)) and not around.says(STRANGER)
    return not calling.is_initials or around.says(POWER)


def _behind(plans: Plans, token: Token, following: list[Token]) -> Iterable[tuple[Sealed, Calling]]:
    """Return the callings that a word may begin, by itself or together with the next one."""
    keys = [token.key, token.sound, *(token.key + one.key for one in following)]
    return [found for key in keys if key for found in plans.doors.get(key, ())]
