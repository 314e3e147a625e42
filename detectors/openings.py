"""What a word may begin for the plans of a register: a name, half of one, a phrase, a topic."""

from collections.abc import Collection, Iterable, Mapping

from detectors.callings import SHORTEST_STEM, Calling, common_forms, halves_of, plain, sound_of, stem
from detectors.phrase_parts import DENIAL, may_be_missing
from detectors.signs import Sign

Phrase = tuple[frozenset[str], ...]


class Openings:
    """The words by which something of a plan is found.

    `doors` are the keys that a name may begin by, of a sound with "~" before it; `phrases` stand by keys and stems of
    theirs, `topics` are stems of the words that a negotiation is known by. `callings` are all names, for their halves.
    """

    def __init__(
        self,
        *,
        doors: Collection[str],
        callings: Iterable[Calling],
        phrases: Mapping[str, Iterable[Phrase]],
        topics: Collection[str],
    ) -> None:
        halves = [each for one in callings for each in halves_of(one)]
        self._openers, self._closers = (frozenset(one[place] for one in halves) for place in (0, 1))
        self._doors, self._topics = frozenset(doors), frozenset(topics)
        self._phrases = {key: frozenset(several) for key, several in phrases.items()}
        self._sounds = frozenset(one[1:] for one in doors if one[0] == "~")
        # A stem begins as the word does.
        self._begun = frozenset(one[:SHORTEST_STEM] for one in (*phrases, *topics))

    def signs(self, word: str) -> int:
        """Return the signs that a word has for these plans."""
        key = plain(word)
        signs = Sign.OPENS * (key in self._openers) | Sign.CLOSES * (key in self._closers)
        if key in self._doors or (self._sounds and sound_of(key) in self._sounds):
            signs |= Sign.NAME
        if key[:SHORTEST_STEM] in self._begun:
            of_word = stem(word)
            signs |= Sign.PHRASE * (of_word in self._phrases or key in self._phrases)
            signs |= Sign.TOPIC * (of_word in self._topics)
        return signs

    def may_hold_phrase(self, word: str, text: str) -> bool:
        """Whether a plain text that holds a word holds the others of a phrase, too, as far as `together` wants them."""
        of_word, key = stem(word), plain(word)
        phrases = {*self._phrases.get(of_word, ()), *self._phrases.get(key, ())}
        return any(sum(not _may_stand(part, text) for part in one) <= may_be_missing(one) for one in phrases)

    def of_common_words(self) -> Mapping[str, int]:
        """Return the signs of the common words that have any."""
        among = common_forms()
        of_names = {word for key in self._doors for word in among.by_key.get(key, ()) or among.by_sound.get(key, ())}
        halves = {word for key in self._openers | self._closers for word in among.by_key.get(key, ())}
        of_stems = {word for one in self._phrases.keys() | self._topics for word in among.by_stem.get(one, ())}
        of_stems |= {word for one in self._phrases for word in among.by_key.get(one, ())}
        return {word: self.signs(word) for word in of_names | halves | of_stems}


def _may_stand(part: frozenset[str], text: str) -> bool:
    """Whether a part of a phrase may stand in a plain text, where what has no likeness in ASCII is "?"."""
    return DENIAL in part or any(one.partition("+")[0] in text or not one.isascii() for one in part)
