"""Where sealed facts stand in a message: the search that the detector and the withholding of messages share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial, reduce
from operator import or_

from detectors.callings import Calling, Token, place, plain, stem, together, tokens
from detectors.days import days
from detectors.document import Document
from detectors.figures import Figure
from detectors.fitting import POWER
from detectors.glance import has_day_number, has_feast, has_week_number, is_hedged, is_special, months_in
from detectors.language import Sentence, sentences
from detectors.matters import within_earshot
from detectors.number_keys import LONG_NUMBER, key_of, keys_in, moved
from detectors.plans import Plans, Sealed, closeness
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
_DAY_AT_END = re.compile(r"\b\d{1,2}\.$")
_IN_TWO = Sign.OPENS | Sign.CLOSES
_OF_FIGURES = Sign.NUMBER | Sign.PART
_OF_DAYS = Sign.WEEK | Sign.NEAR | Sign.FEAST | ALL_MONTHS
# Words by which a fact may be told to somebody who is not invited, where no digit stands.
_TELLS_ALL = Sign.NAME | Sign.PHRASE | Sign.SCALE
_TELLS = _TELLS_ALL | _OF_FIGURES | _OF_DAYS
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
    known, found = plans.last
    if known is not document:
        found = list(_Search(document, plans).hits())
        plans.last = (document, found)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A sentence to be read: the signs of its words, and what its numerals are looked up by.

    `rest` is the sentence after it, where a day of both of them may have been cut in two.
    """

    text: str
    rest: str
    signs: int
    keys: frozenset[str]
    around: Around


class _Search:
    """The search through one message."""

    def __init__(self, document: Document, plans: Plans) -> None:
        self._document, self._plans = document, plans
        self._day: date | None = day_of(document)
        self._invited = {one.name for one in within_earshot(document) if one.sealed}
        self._looks = [plans.looks[name] for name in self._invited]
        self._looked_at = set(self._invited)

    def hits(self) -> Iterator[Hit]:
        """Yield the facts, sentence by sentence."""
        if not self._looks and not self._plans.first_look.passes(self._whole()):
            return
        own = _own(self._document)
        for among, is_own in ((own, True), (self._others(own), False)):
            for index, line in self._worth_reading(among[:_MOST_SENTENCES]):
                for sealed, start, end, sure in self._in_line(line):
                    if not self._plans.is_told(sealed, self._day) and not self._is_of_reader(sealed):
                        yield Hit(
                            sealed=sealed,
                            sentence=among[index],
                            start=start,
                            end=end,
                            confidence=sure,
                            is_own=is_own,
                        )

    def _whole(self) -> str:
        """Return all that is searched, as it is written and, what the author answers for, as it is read."""
        message, lines = self._document.message, self._document.lines
        files = (one.name for one in message.attachments)
        return "\n".join((message.subject, message.text, *files, lines.decode("cp1252", "replace")))

    def _others(self, own: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences that the author does not answer for, as far as a fact may stand in them."""
        message = self._document.message
        found: list[Sentence] = []
        if not any(one.part for one in own) and self._may_tell(message.subject):
            found += sentences(message.subject, 0, len(message.subject), part="subject")
        at = 0
        for start, end in [*((one.start, one.end) for one in own if not one.part), (len(message.text),) * 2]:
            if start > at and self._may_tell(message.text[at:start]):
                found += sentences(message.text, at, start)
            at = max(at, end)
        for file in message.attachments:
            name = _BETWEEN.sub(" ", file.name)
            if self._may_tell(name):
                found += sentences(name, 0, len(name), part="file")
        return found

    def _may_tell(self, text: str) -> bool:
        """Whether a fact may stand in a text that is not cut into sentences yet."""
        if not text or text.isspace():
            return False
        return _DIGIT.search(text) is not None or self._plans.glance.signs(text) & _TELLS != 0

    def _worth_reading(self, among: Sequence[Sentence]) -> Iterator[tuple[int, _Line]]:
        """Yield the sentences that a fact may stand in.

        Where no negotiation is with anybody on the message, nor named in it, they are few: those with a rare figure,
        and those with words of a name or phrase.
        """
        if not self._looks:
            passing = self._plans.first_look.passing([one.folded for one in among])
            if not self._is_named("\n".join(among[at].folded for at in passing)):
                for at in passing:
                    text = among[at].folded
                    keys = keys_in(text) if LONG_NUMBER.search(text) else _NONE
                    yield at, self._line(among, at, keys)
                return
        whole = "\n".join(one.folded for one in among)
        self._is_named(whole)
        words = self._plans.glance.words(whole)
        asked = _TELLS
        if reduce(or_, (signs for _, signs in words), 0) & _IN_TWO == _IN_TWO:
            asked |= Sign.OPENS
        telling = [word for word, signs in words if signs & asked]
        for at, sentence in enumerate(among):
            text = sentence.folded
            keys = keys_in(text) if _DIGIT.search(text) else _NONE
            if keys or any(map(text.__contains__, telling)):
                yield at, self._line(among, at, keys)

    def _line(self, among: Sequence[Sentence], at: int, keys: frozenset[str]) -> _Line:
        """Return a sentence as it is read."""
        text = among[at].folded
        # "Am 15. Mai" is cut behind the number.
        rest = among[at + 1].folded if _DAY_AT_END.search(text) and at + 1 < len(among) else ""
        said = f"{text} {rest}" if rest else text
        around = Around(said, partial(self._near, among, at))
        return _Line(text=text, rest=rest, signs=self._plans.glance.signs(said), keys=keys, around=around)

    def _is_named(self, text: str) -> bool:
        """Take note of the negotiations that a text names, though they be with others; whether there are any."""
        plans = self._plans
        words = [word for word, signs in plans.glance.words(text) if signs & Sign.TOPIC]
        named = set().union(*(plans.topics.get(stem(word), ()) for word in words)) - self._looked_at
        self._looks += [plans.looks[name] for name in sorted(named)]
        self._looked_at |= named
        return bool(named)

    def _near(self, among: Sequence[Sentence], index: int) -> tuple[str, ...]:
        around = (among[at].folded for at in (index - 1, index + 1) if 0 <= at < len(among))
        return (self._document.message.subject, *around)

    def _in_line(self, line: _Line) -> Iterator[Place]:
        if line.signs & Sign.NAME or line.signs & _IN_TWO == _IN_TWO:
            yield from self._named(line)
        if line.signs & Sign.PHRASE:
            yield from self._phrased(line.text)
        if line.keys or line.signs & _OF_FIGURES:
            yield from self._figures(line)
        if self._may_hold_days(line):
            yield from self._days(line)

    def _figures(self, line: _Line) -> Iterator[Place]:
        """Yield the figures of a sentence that are a fact's."""
        is_loose = bool(self._looks) and _is_loose(line)
        has_parts = line.signs & (Sign.PART | Sign.ONE) != 0 and any(one.has_parts for one in self._looks)
        known = {one for one in line.keys if self._is_known(one, line)}
        is_one_and_a_half = line.signs & Sign.ONE and line.signs & Sign.PART
        in_words = bool(line.signs & Sign.NUMBER or is_one_and_a_half) and (
            is_loose or has_parts or self._is_told_in_words(line)
        )
        if not (known or in_words or has_parts or is_loose):
            return

        def is_wanted(figure: Figure) -> bool:
            if is_loose and any(look.may_be(figure.value) for look in self._looks):
                return True
            if figure.is_word:
                return self._is_known_in_words(figure.value, line)
            return not known.isdisjoint(moved(figure.value))

        plans = self._plans
        for reading in readings(line.text, is_wanted, in_words=in_words, has_parts=has_parts):
            others = plans.figures.get((reading.kind, key_of(reading.low)), ())
            for sealed in dict.fromkeys((*self._of_kind(reading.kind), *others)):
                close = closeness(sealed, reading, plans.rates)
                sure = close and figure_fits(
                    sealed, reading, close, line.around, is_invited=sealed.negotiation.name in self._invited
                )
                if sure:
                    yield sealed, reading.start, reading.end, sure

    def _is_told_in_words(self, line: _Line) -> bool:
        """Whether a number in words may be a fact's; of several words what they are together is read later."""
        if not (self._looks or line.signs & Sign.SCALE):
            return False
        words = self._plans.glance.number_words(line.text)
        value = value_of(words[0]) if len(words) == 1 and line.signs & Sign.ONE == 0 else None
        return value is None or self._is_known_in_words(value, line)

    def _is_known_in_words(self, value: float, line: _Line) -> bool:
        """Whether a number may be a fact's, by itself or as so many cents."""
        keys = (key_of(value), key_of(value / 100)) if value else ()
        return any(self._is_known(one, line) for one in keys)

    def _is_known(self, key: str, line: _Line) -> bool:
        """Whether a number that is looked up by a key may be a fact's."""
        return key in self._plans.rare or any(look.may_hold(key, line.signs, line.text) for look in self._looks)

    def _may_hold_days(self, line: _Line) -> bool:
        """Whether a day of a sentence may be a fact's."""
        if not self._looks:
            return False
        dated = line.signs & ALL_MONTHS | (months_in(line.text) if line.keys else 0)
        for look in self._looks:
            if not look.days:
                continue
            is_feast = line.signs & Sign.FEAST or (line.signs & Sign.NEAR and has_feast(line.text))
            is_week = line.signs & Sign.WEEK and (line.signs & Sign.NUMBER or not line.keys.isdisjoint(look.weeks))
            if dated & look.months or is_feast or is_week or (line.keys and has_week_number(line.text)):
                return True
            if look.is_soon(self._day) and (line.signs & Sign.NEAR or (line.keys and has_day_number(line.text))):
                return True
        return False

    def _days(self, line: _Line) -> Iterator[Place]:
        for told in days(line.around.text, self._day, self._plans.years):
            if told.start >= len(line.text):
                continue
            for sealed in self._of_kind(FactKind.DATE):
                sure = days_fit(sealed, told, line.around, is_invited=sealed.negotiation.name in self._invited)
                if sure:
                    yield sealed, told.start, min(told.end, len(line.text)), sure

    def _named(self, line: _Line) -> Iterator[Place]:
        """Yield the names that stand in a sentence; of negotiations with others, those said in full."""
        said = tokens(line.text)
        for at, token in enumerate(said):
            for sealed, calling in _behind(self._plans, token, said[at + 1 : at + 2]):
                found = place(calling, said, at, line.text)
                if found and calling.is_initials and not line.around.says(POWER):
                    continue
                if found and (calling.is_full or sealed.negotiation.name in self._invited):
                    yield sealed, *found

    def _phrased(self, text: str) -> Iterator[Place]:
        said = tokens(text)
        for at, token in enumerate(said):
            for sealed, stems in self._plans.phrases.get(stem(token.written), ()):
                found = together(stems, said, at)
                if found:
                    yield sealed, *found, _OF_PHRASE

    def _of_kind(self, kind: FactKind) -> list[Sealed]:
        return [one for look in self._looks for one in look.of_kind[kind]]

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


def _own(document: Document) -> Sequence[Sentence]:
    """Return the author's sentences of whatever language."""
    return document.every_sentence


def _is_loose(line: _Line) -> bool:
    """Whether a number may be meant that can't be looked up: "just under", a range, another currency."""
    if line.signs & Sign.CURRENCY or is_special(line.text):
        return True
    return line.signs & Sign.HEDGE != 0 and (line.signs & Sign.NUMBER != 0 or is_hedged(line.text))


def _behind(plans: Plans, token: Token, following: list[Token]) -> Iterable[tuple[Sealed, Calling]]:
    """Return the callings that a word may begin, by itself or together with the next one."""
    keys = [token.key, token.sound, *(token.key + one.key for one in following)]
    return [found for key in keys if key for found in plans.doors.get(key, ())]
