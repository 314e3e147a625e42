"""Where sealed facts stand in a message: the search that the detector and the withholding of messages share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from itertools import chain, combinations
from operator import itemgetter, or_

from detectors.around import Around
from detectors.callings import Calling, Token, place, plain, spelled_out, stem, tokens
from detectors.days import days
from detectors.document import Document, keep, once
from detectors.earshot import invited, may_tell, rest_of, that_may_tell
from detectors.figures import Figure
from detectors.fitting import GONE, OURS, POWER, STRANGER
from detectors.language import Sentence, sentences
from detectors.line import SAYS_PARTS, Line, has_digits
from detectors.looked import OF_FIGURES, TELLS_ALL, Looked
from detectors.money import is_split
from detectors.number_keys import LONG_NUMBER, key_of, keys_in, keys_in_words, moved, value_of_key
from detectors.plan_phrases import apart, by_its_act, together
from detectors.plans import Plans, Sealed, closeness, plans_of
from detectors.plausible import days_fit, figure_fits
from detectors.presence import day_of
from detectors.reckoned import borrowed, reckoned, until
from detectors.said import Reading
from detectors.senses import readings
from detectors.signs import ALL_MONTHS, Sign
from detectors.spoken import in_usual_letters, spoken, value_of
from messages import FactKind

_MOST_SENTENCES = 2000
_MOST_RECKONED = 8
_OF_PHRASE = 0.85
_IN_TWO = Sign.OPENS | Sign.CLOSES
_OF_NAMES = Sign.NAME | _IN_TWO | Sign.LETTER | Sign.PHRASE
_OF_DAYS = Sign.WEEK | Sign.NEAR | Sign.FEAST | ALL_MONTHS
# Words by which a fact may be told, where no digit stands.
_TELLS = TELLS_ALL | OF_FIGURES | Sign.WHOLE | _OF_DAYS
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


def search_all(documents: Iterable[Document]) -> None:
    """Find the facts in some messages, for whoever asks later: first which of them to read, then in these."""
    telling = that_may_tell(documents)
    for document, found in zip(telling, _search(telling), strict=True):
        keep(hits, document, found)


@once
def hits(document: Document) -> tuple[Hit, ...]:
    """Return where facts of the register stand in a message, in any part of it; what all bidders know is left out."""
    return _search([document])[0] if may_tell(document) else ()


def _search(documents: Sequence[Document]) -> list[tuple[Hit, ...]]:
    """Look through some messages, in all of them for one kind of fact after the other.

    What is needed to read it stays near at hand, as it would not with other kinds between.
    """
    searches = [_Search(one) for one in documents]
    for reader in _READERS:
        for search in searches:
            search.read(reader)
    return [one.hits() for one in searches]


_NOTHING = Looked((), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What is looked for in a part of a message, and the sentences that it may stand in."""

    is_own: bool
    looked: Looked
    lines: Sequence[Line]


class _Search:
    """The search through one message."""

    def __init__(self, document: Document) -> None:
        self.plans = plans = plans_of(document.context.negotiations)
        self._document, self._subject = document, document.message.subject
        self._day: date | None = day_of(document)
        self._invited = invited(document)
        self._looked_at = set(self._invited)
        self._looked = (
            Looked([plans.looks[name] for name in sorted(self._invited)], self._day) if self._invited else _NOTHING
        )
        self._parts = [self._part(document.every_sentence, is_own=True), self._part(self._others(), is_own=False)]
        self._found: list[tuple[int, int, Hit]] = []

    def _part(self, among: Sequence[Sentence], *, is_own: bool) -> "_Part":
        # What a part names is looked for in it, and in those behind it.
        lines = list(self._worth_reading(among[:_MOST_SENTENCES]))
        return _Part(is_own=is_own, looked=self._looked, lines=lines)

    def read(self, reader: "_Reader") -> None:
        """Look for one kind of fact, sentence by sentence."""
        for number, part in enumerate(self._parts):
            self._looked = part.looked
            for line, (sealed, start, end, sure) in reader(self, part.lines):
                if not self.plans.is_told(sealed, self._day) and not self._is_of_reader(sealed):
                    hit = Hit(
                        sealed=sealed,
                        sentence=line.sentence,
                        start=start,
                        end=end,
                        confidence=sure,
                        is_own=part.is_own,
                    )
                    self._found.append((number, line.at, hit))

    def hits(self) -> tuple[Hit, ...]:
        """Return what was found, in the order of the sentences."""
        return tuple(hit for _, _, hit in sorted(self._found, key=itemgetter(0, 1)))

    def _others(self) -> list[Sentence]:
        """Return the sentences that the author does not answer for, as far as a fact may stand in them."""
        found: list[Sentence] = []
        for text, start, part in rest_of(self._document):
            if self._may_tell(text):
                whole = self._document.message.text if not part else text
                found += sentences(whole, start, start + len(text), part=part)
        return found

    def _may_tell(self, text: str) -> bool:
        """Whether a fact may stand in a text that is not cut into sentences yet."""
        return has_digits(text) or self.plans.glance.signs(text) & _TELLS != 0

    def _worth_reading(self, among: Sequence[Sentence]) -> Iterator[Line]:
        """Yield the sentences that a fact may stand in.

        Where no negotiation is with anybody on the message, nor named in it, they are few: those with a rare figure,
        and those with words of a name or phrase.
        """
        if not among:
            return
        if not self._looked:
            passing = self.plans.first_look.passing([one.folded for one in among])
            self._look_at_named(among[at].folded for at in passing)
            if not self._looked:
                for at in passing:
                    text = among[at].folded
                    keys = keys_in(text) if LONG_NUMBER.search(text) else _NONE
                    yield self._line(among, at, self.plans.glance.signs(text), keys)
                return
        texts = [one.folded for one in among]
        signs = self.plans.glance.signs_of_each(texts)
        if reduce(or_, signs, 0) & Sign.TOPIC:
            self._look_at_named(one for one, said in zip(texts, signs, strict=True) if said & Sign.TOPIC)
        asked = self._looked.tells
        for at, (text, said) in enumerate(zip(texts, signs, strict=True)):
            is_counted = has_digits(text)
            if is_counted or said & asked or said & _IN_TWO == _IN_TWO:
                yield self._line(among, at, said, keys_in(text) if is_counted else _NONE)

    def _line(self, among: Sequence[Sentence], at: int, signs: int, keys: frozenset[str]) -> Line:
        return Line(among, at, signs, keys, subject=self._subject, glance=self.plans.glance)

    def _look_at_named(self, texts: Iterable[str]) -> None:
        """Take note of the negotiations that some texts name, though they be with others."""
        plans = self.plans
        stems = (stem(word) for word, signs in plans.glance.words("\n".join(texts)) if signs & Sign.TOPIC)
        named = set().union(*(plans.topics.get(one, ()) for one in stems)) - self._looked_at
        if named:
            self._looked_at |= named
            self._looked = Looked([plans.looks[name] for name in sorted(self._looked_at)], self._day)

    def names(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Place]]:
        """Yield the names and phrases that stand in sentences."""
        for line in lines:
            if line.signs & _OF_NAMES:
                yield from ((line, place) for place in self._in_names(line))

    def figures(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Place]]:
        """Yield the figures of sentences that are a fact's."""
        may_be_parts = SAYS_PARTS if self._looked.has_parts else 0
        for line in lines:
            if (
                line.keys
                or line.signs & OF_FIGURES
                or (line.signs & may_be_parts and (line.may_tell_parts or line.is_parted))
            ):
                yield from ((line, place) for place in self._figures(line))

    def days(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Place]]:
        """Yield the days of sentences that are a fact's."""
        for line in lines:
            if self._looked.may_hold_days(line):
                yield from ((line, place) for place in self._days(line))

    def days_left(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Place]]:
        """Yield the days on which something is over, as the lengths of time until then."""
        for line in lines:
            if self._day and self._looked.may_tell_lengths_by_days(line) and line.around.says(GONE):
                yield from ((line, place) for place in self._until_gone(line, self._day))

    def _in_names(self, line: Line) -> Iterator[Place]:
        if line.signs & Sign.NAME or (line.signs & _IN_TWO == _IN_TWO and self.plans.glance.is_in_two(line.text)):
            yield from self._named(line)
        if line.signs & Sign.LETTER and self._invited:
            yield from self._spelled_out(line)
        if line.signs & Sign.PHRASE:
            yield from self._phrased(line)

    def _figures(self, line: Line) -> Iterator[Place]:
        looked, signs = self._looked, line.signs
        known, is_near = self._known(line.keys, line), looked.is_near(line)
        has_parts = (looked.has_parts and line.may_tell_parts) or line.is_parted
        is_one_and_a_half = signs & Sign.ONE and signs & Sign.PART
        in_words = bool(signs & Sign.NUMBER or is_one_and_a_half) and self._is_told_in_words(line)
        is_reckoned = bool(looked) and line.is_reckoned and self._may_reckon(line)
        if not (known or in_words or has_parts or is_near or is_reckoned):
            return
        is_loose = in_words and looked.is_loose(line)

        def is_wanted(figure: Figure) -> bool:
            if is_near or (is_loose and figure.is_word):
                return True
            if figure.is_word:
                return self._is_known_in_words(figure.value, line)
            return not known.isdisjoint(moved(figure.value))

        plans = self.plans
        in_digits = bool(known) or is_near
        said = readings(line.text, is_wanted, in_digits=in_digits, in_words=in_words, has_parts=has_parts)
        if looked and line.is_brief:
            said += borrowed([one for one in said if looked.may_borrow_unit(line, one.low)], line.text, line.before)
        if is_reckoned:
            said += reckoned(line.text)
        for reading in said:
            others = plans.figures.get((reading.kind, key_of(reading.low)), ())
            for sealed in dict.fromkeys((*looked.of_kind(reading.kind), *others)):
                sure = self._sureness(sealed, reading, line)
                if sure:
                    yield sealed, reading.start, reading.end, sure

    def _sureness(self, sealed: Sealed, reading: Reading, line: Line) -> float:
        """Return how sure it is that a reading is a fact's; 0 where it is not."""
        close = closeness(sealed, reading, self.plans.rates)
        is_invited = sealed.negotiation.name in self._invited
        return close and figure_fits(sealed, reading, close, line.around, is_invited=is_invited)

    def _may_reckon(self, line: Line) -> bool:
        """Whether two numbers of a sentence may be a fact's together, as a sum, a product or a span of years."""
        if line.spans_years or line.signs & Sign.PART:
            return True
        values = list(map(value_of_key, line.keys))
        for words in self.plans.glance.number_words(line.text) if line.signs & Sign.NUMBER else ():
            value = value_of(words[0].lower()) if len(words) == 1 else None
            if value is None:
                return True
            values.append(value)
        pairs = combinations(values[:_MOST_RECKONED], 2)
        return any(self._looked.has_figure(value) for one, other in pairs for value in (one + other, one * other))

    def _is_told_in_words(self, line: Line) -> bool:
        """Whether a number in words may be a fact's."""
        if not (self._looked or line.signs & Sign.SCALE):
            return False
        if not any(self._may_be_known(words, line) for words in self.plans.glance.number_words(line.text)):
            return False
        said = spoken(in_usual_letters(line.text))
        return any(self._is_known_in_words(value, line) or is_split(line.text, end) for value, _, end, _ in said)

    def _may_be_known(self, words: Sequence[str], line: Line) -> bool:
        """Whether a number of such words may be a fact's; several words are one together."""
        if len(words) > 1:
            return True
        value = value_of(words[0].lower())
        return value is None or self._is_known_in_words(value, line)

    def _is_known_in_words(self, value: float, line: Line) -> bool:
        """Whether a number may be a fact's, by itself or as so many cents; near one, where it is not said exactly."""
        if not value:
            return False
        keys = keys_in_words(value)
        if "point" in line.text or "omma" in line.text:
            keys |= {key_of(value / 10)}
        if self._known(keys, line):
            return True
        return self._looked.is_loose(line) and self._looked.are_near((value, value / 100), line)

    def _known(self, keys: frozenset[str], line: Line) -> frozenset[str]:
        """Return those keys by which numbers of a sentence may be facts'."""
        return keys & self.plans.rare | self._looked.known(keys, line) if keys else keys

    def _days(self, line: Line) -> Iterator[Place]:
        for told in days(line.around.text, self._day, self.plans.years, signs=line.signs):
            if told.start >= len(line.text):
                continue
            for sealed in self._looked.of_kind(FactKind.DATE):
                sure = days_fit(sealed, told, line.around, is_invited=sealed.negotiation.name in self._invited)
                if sure:
                    yield sealed, told.start, min(told.end, len(line.text)), sure

    def _until_gone(self, line: Line, today: date) -> Iterator[Place]:
        text = line.around.text
        for told in days(text, today, signs=line.signs):
            reading = until(told, today, text)
            if reading is None or told.start >= len(line.text):
                continue
            for sealed in self._looked.of_kind(FactKind.DURATION):
                sure = self._sureness(sealed, reading, line)
                if sure:
                    yield sealed, told.start, min(told.end, len(line.text)), sure

    def _named(self, line: Line) -> Iterator[Place]:
        """Yield the names that stand in a sentence; of negotiations with others, those said in full."""
        said = tokens(line.text)
        following = [*(one.key for one in said[1:]), ""]
        for at, token in enumerate(said):
            for sealed, calling in _behind(self.plans, token, following[at]):
                found = place(calling, said, at, line.text)
                if found and not _is_somebody(calling, line.around):
                    continue
                if found and (calling.is_full or sealed.negotiation.name in self._invited):
                    yield sealed, *found

    def _spelled_out(self, line: Line) -> Iterator[Place]:
        """Yield the names that are spelled letter by letter."""
        for token in spelled_out(line.text):
            for sealed, calling in _behind(self.plans, token, ""):
                found = place(calling, [token], 0, line.text)
                if found and sealed.negotiation.name in self._invited and not calling.is_given:
                    yield sealed, *found

    def _phrased(self, line: Line) -> Iterator[Place]:
        said = tokens(line.text)
        for at, token in enumerate(said):
            phrases = self.plans.phrases
            by_stem, by_key = phrases.get(stem(token.written), ()), phrases.get(token.key, ())
            for sealed, parts in by_stem if by_stem == by_key else (*by_stem, *by_key):
                found = together(parts, said, at) or apart(parts, token, line.around.others)
                found = found or self._by_its_act(sealed, token, said, line)
                if found:
                    yield sealed, *found, _OF_PHRASE

    def _by_its_act(self, sealed: Sealed, token: Token, said: list[Token], line: Line) -> tuple[int, int] | None:
        """Return where a phrase is told to somebody invited by its rare act and any other word of it."""
        if token.key not in sealed.acts and stem(token.written) not in sealed.acts:
            return None
        is_invited = sealed.negotiation.name in self._invited
        near = chain(said, *map(tokens, line.around.others()))
        return by_its_act(sealed.phrases, token, near) if is_invited else None

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


_Reader = Callable[[_Search, Sequence[Line]], Iterator[tuple[Line, Place]]]
_READERS: tuple[_Reader, ...] = (_Search.names, _Search.figures, _Search.days, _Search.days_left)


def _is_somebody(calling: Calling, around: Around) -> bool:
    """Whether initials, and first names, are those of somebody who has a say with us."""
    if calling.is_given:
        return (around.says(POWER) or around.says(OURS)) and not around.says(STRANGER)
    return not calling.is_initials or around.says(POWER)


def _behind(plans: Plans, token: Token, following: str) -> list[tuple[Sealed, Calling]]:
    """Return the callings that a word may begin, by itself or together with the key of the next one."""
    doors = plans.doors
    keys = (token.key, token.sound, token.key + following if following else "")
    return [found for key in keys if key and key in doors for found in doors[key]]
