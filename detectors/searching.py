"""Where sealed facts stand in a message: the search that the detector and the withholding of messages share."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial, reduce
from operator import or_

from detectors.callings import Calling, Token, place, plain, stem, together, tokens
from detectors.days import days
from detectors.document import Document, own_sentences
from detectors.figures import Figure, value_of
from detectors.fitting import STANCE
from detectors.glance import (
    ALL_MONTHS,
    Sign,
    digits_in,
    digits_of,
    has_day_number,
    has_week_number,
    is_hedged,
    is_special,
    months_in,
)
from detectors.language import Sentence, sentences
from detectors.matters import registered
from detectors.plans import Plans, Sealed, closeness, exact
from detectors.plausible import Around, days_fit, figure_fits
from detectors.presence import day_of, goes_out
from detectors.senses import readings
from messages import FactKind

_MOST_SENTENCES = 2000
_OF_PHRASE = 0.85
_DIGIT = re.compile(r"[\d½¼¾]")
_OF_FIGURES = Sign.NUMBER | Sign.PART
_TELLS_ALL = Sign.NAME | Sign.PHRASE | Sign.SCALE
_TELLS_FAR = _TELLS_ALL | Sign.MATTER
_NONE: set[str] = set()
_TELLS = _OF_FIGURES | Sign.NAME | Sign.PHRASE | Sign.WEEK | Sign.NEAR | Sign.FEAST | ALL_MONTHS
Place = tuple[Sealed, int, int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A fact in a sentence, by the words from `start` to `end` of its folded text. `is_own`: the author answers for it."""

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


class _Search:
    """The search through one message."""

    def __init__(self, document: Document, plans: Plans) -> None:
        self._document, self._plans = document, plans
        self._day: date | None = day_of(document)
        self._concerned = {one.name: plans.of[one.name] for one in registered(document) if one.sealed}
        self._looks = [plans.looks[name] for name in self._concerned]
        self._has_parts = any(one.has_parts for one in self._looks)

    def hits(self) -> Iterator[Hit]:
        """Yield the facts, sentence by sentence."""
        own = _own(self._document)
        for among, is_own in ((own, True), (self._others(own), False)):
            for index, signs, digits in self._worth_reading(among[:_MOST_SENTENCES]):
                for sealed, start, end, sure in self._in_sentence(among, index, signs, digits):
                    if not self._plans.is_told(sealed, self._day) and not self._is_of_reader(sealed):
                        yield Hit(
                            sealed=sealed,
                            sentence=among[index],
                            start=start,
                            end=end,
                            confidence=sure,
                            is_own=is_own,
                        )

    def _worth_reading(self, among: Sequence[Sentence]) -> Iterator[tuple[int, int, set[str]]]:
        """Yield which sentences a fact may stand in, with the signs of their words and the digits of their numbers.

        Where nothing is negotiated with anybody on the message, little is: few words and few numbers count then.
        """
        whole = "\n".join(one.folded for one in among)
        signs_of, words = self._plans.glance.signs, self._plans.glance.words(whole)
        signs = reduce(or_, (of_word for _, of_word in words), 0)
        asked = self._asked(signs)
        telling = [word for word, of_word in words if of_word & asked]
        wanted = None if self._looks else self._wanted(digits_in(whole), signs)
        if not telling and wanted is not None and not wanted:
            return
        for index, sentence in enumerate(among):
            text = sentence.folded
            digits = digits_in(text) if _DIGIT.search(text) else _NONE
            if digits and (wanted is None or not wanted.isdisjoint(digits)):
                of_sentence = signs_of(text)
                if wanted is None or of_sentence & _TELLS_FAR or not digits.isdisjoint(self._plans.rare):
                    yield index, of_sentence, digits
            elif any(map(text.__contains__, telling)):
                yield index, signs_of(text), digits

    def _asked(self, signs: int) -> int:
        """Return the signs of words that a fact may be told by, without a number."""
        if self._looks:
            return _TELLS
        return _TELLS_ALL | (ALL_MONTHS if signs & Sign.MATTER and goes_out(self._document) else 0)

    def _wanted(self, digits: set[str], signs: int) -> set[str]:
        """Return those digits by which a fact may be told to anybody."""
        wanted = digits & self._plans.rare
        if signs & Sign.MATTER and goes_out(self._document):
            wanted |= digits & self._plans.common.keys()
        return wanted

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
        return found

    def _may_tell(self, text: str) -> bool:
        """Whether a fact may stand in a text that is not cut into sentences yet."""
        if not text or text.isspace():
            return False
        return _DIGIT.search(text) is not None or self._plans.glance.signs(text) & _TELLS != 0

    def _in_sentence(
        self, among: Sequence[Sentence], index: int, signs: int, digits: set[str]
    ) -> Iterator[Place]:
        text = among[index].folded
        if signs & Sign.NAME:
            yield from self._named(text)
        if signs & Sign.PHRASE:
            yield from self._phrased(text)
        around = Around(text, partial(self._near, among, index))
        if digits or signs & _OF_FIGURES:
            yield from self._figures(text, signs, digits, around)
        if self._may_hold_days(text, signs, digits):
            yield from self._days(text, around)

    def _figures(self, text: str, signs: int, digits: set[str], around: Around) -> Iterator[Place]:
        """Yield the figures of a sentence that are a fact's."""
        in_words, is_loose = signs & Sign.NUMBER != 0, bool(self._looks) and self._is_loose(text, signs)
        has_parts = signs & Sign.PART != 0 and self._has_parts
        known = {one for one in digits if self._is_known(one, signs, text, around)} if digits else digits
        if in_words and not (has_parts or is_loose):
            in_words = self._is_told_in_words(text, signs, around)
        if not (known or in_words or has_parts or is_loose):
            return

        def is_wanted(figure: Figure) -> bool:
            if is_loose and any(look.may_be(figure.value) for look in self._looks):
                return True
            if not figure.is_word:
                return digits_of(figure.value) in known
            return self._is_known(digits_of(figure.value), signs, text, around)

        plans = self._plans
        for reading in readings(text, is_wanted, in_words=in_words, has_parts=has_parts):
            others = plans.figures.get((reading.kind, exact(reading.low)), ())
            for sealed in dict.fromkeys((*self._of_kind(reading.kind), *others)):
                close = closeness(sealed, reading, plans.rates)
                sure = close and figure_fits(sealed, reading, close, around, is_concerned=self._is_concerned(sealed))
                if sure:
                    yield sealed, reading.start, reading.end, sure

    def _is_told_in_words(self, text: str, signs: int, around: Around) -> bool:
        """Whether a number in words may be a fact's; of several words what they are together is read later."""
        if not self._looks and not signs & (Sign.MATTER | Sign.SCALE):
            return False
        words = self._plans.glance.number_words(text)
        value = value_of(words[0]) if len(words) == 1 and signs & Sign.ONE == 0 else None
        return value is None or self._is_known(digits_of(value), signs, text, around)

    def _is_known(self, digits: str, signs: int, text: str, around: Around) -> bool:
        """Whether a number of these digits may be a fact's."""
        if any(look.may_hold({digits}, signs, text) for look in self._looks) or digits in self._plans.rare:
            return True
        matters = self._plans.common.get(digits) if signs & Sign.MATTER else None
        return matters is not None and around.says(STANCE) and not around.stems.isdisjoint(matters)

    def _is_loose(self, text: str, signs: int) -> bool:
        """Whether a number may be meant that is not looked up by its digits."""
        if signs & Sign.CURRENCY or is_special(text):
            return True
        return signs & Sign.HEDGE != 0 and (is_hedged(text) or signs & Sign.NUMBER != 0)

    def _may_hold_days(self, text: str, signs: int, digits: set[str]) -> bool:
        """Whether a day of a sentence may be a fact's."""
        if not self._plans.days:
            return False
        dated = signs & ALL_MONTHS | (months_in(text) if digits else 0)
        if dated and signs & Sign.MATTER:
            return True
        for look in self._looks:
            if dated & look.months or (look.days and signs & Sign.FEAST):
                return True
            if signs & Sign.WEEK and (signs & Sign.NUMBER or not digits.isdisjoint(look.weeks)):
                return True
            if look.days and digits and has_week_number(text):
                return True
            if look.is_soon(self._day) and (signs & Sign.NEAR or (digits and has_day_number(text))):
                return True
        return False

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

    def _near(self, among: Sequence[Sentence], index: int) -> tuple[str, ...]:
        around = (among[at].folded for at in (index - 1, index + 1) if 0 <= at < len(among))
        return (self._document.message.subject, *around)

    def _of_kind(self, kind: FactKind) -> list[Sealed]:
        return [one for look in self._looks for one in look.of_kind[kind]]

    def _is_concerned(self, sealed: Sealed) -> bool:
        return sealed.negotiation.name in self._concerned

    def _days(self, text: str, around: Around) -> Iterator[Place]:
        plans = self._plans
        for told in days(text, self._day, plans.years):
            others = plans.days.get((told.first, told.last), ())
            for sealed in dict.fromkeys((*self._of_kind(FactKind.DATE), *others)):
                sure = days_fit(sealed, told, around, is_concerned=self._is_concerned(sealed))
                if sure:
                    yield sealed, told.start, told.end, sure

    def _named(self, text: str) -> Iterator[Place]:
        """Yield the names that stand in a sentence; of negotiations with others, those said in full."""
        said = tokens(text)
        for at, token in enumerate(said):
            for sealed, calling in _behind(self._plans, token):
                found = place(calling, said, at, text)
                if found and (self._is_concerned(sealed) or calling.is_full):
                    yield sealed, *found

    def _phrased(self, text: str) -> Iterator[Place]:
        said = tokens(text)
        for at, token in enumerate(said):
            for sealed, stems in self._plans.phrases.get(stem(token.written), ()):
                found = together(stems, said, at)
                if found:
                    yield sealed, *found, _OF_PHRASE


def _own(document: Document) -> Sequence[Sentence]:
    """Return the author's sentences of whatever language; they are cut anew only where some were left out."""
    if not document.languages_not_assessed:
        return document.sentences
    return own_sentences(document.message, document.text, document.direction, document.context.directory)


def _behind(plans: Plans, token: Token) -> Iterable[tuple[Sealed, Calling]]:
    """Return the callings that a word may begin."""
    found = plans.doors.get(token.key, ())
    return (*found, *plans.doors.get(token.sound, ())) if token.sound else found
