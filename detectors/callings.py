"""How names and phrases of a plan may be said: short forms, initials, other spellings, other endings, another order."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from detectors.name_words import (
    CODES,
    GIVEN,
    KIND_ENDS,
    KINDS,
    LEGAL,
    MATTERS,
    OTHER_THINGS,
    PARTICLES,
    RARELY_GIVEN,
    STOPWORDS,
    TITLES,
)
from detectors.words import common_words

_WORD, _LETTERS = re.compile(r"[^\W_]+"), re.compile(r"[^\W\d_]+")
_TRANSLITERATED = re.compile(r"(?<=[aou])e(?!u)")
_ENDINGS = """
ements ement ures ure ations ation ments ment ungen ings ung ing ions ion ers ern est er ed es en em et ly e s t n
"""
ENDINGS = tuple(_ENDINGS.split())
# What is spoken alike: groups of letters first, then single ones.
_WRITTEN = "tsch sch sh ph ch cz sz ck dt th ei ey ay ie ks ah eh oh"
_SPOKEN = "c s s f c c s k t t ai ai ai i x a e o"
_SOUNDS = tuple(zip(_WRITTEN.split(), _SPOKEN.split(), strict=True))
_SOFT = str.maketrans({"c": "k", "z": "s", "w": "v", "y": "i", "j": "i"})
# Before initials they sign a message, or belong to a number.
_SIGNS_OFF = frozenset("-~/*_")
_WIDEST_GAP, _LONGEST_CODE, _SHORTEST_HALF = 3, 3, 3
_LEAST_SOUNDING, _LEAST_GIVEN = 6, 4
_OF_PEOPLE = re.compile(r"\s(?:[^\W\d_]['’][^\W\d_]+|[^\W\d_]+-[A-ZÀ-Þ][^\W\d_]+)$")
# Where no word but a code has a capital, names have none, either.
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ](?=[a-zß-öø-ÿ])")
_SPELLED_OUT = re.compile(r"(?<!\w)[^\W\d_](?:([ .-])[^\W\d_](?:\1[^\W\d_]){2,})(?!\w)")
_OF_A_SLIP = 0.8
_VOWELS, _MISHEARD = "aeiouy", "rnhlx"
SHORTEST_STEM = 3
_SHORTEST_IN_LONGER, _LEAST_COMPOUND = 4, 10


class Token(NamedTuple):
    """A word of a text: what it is compared by, how it sounds, where it stands, how it is written."""

    key: str
    sound: str
    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """One way to say a name: the keys of its words in order, and how sure it is.

    `is_bare`: one word alone, which counts with a capital or where nothing has one; `is_initials`: capitals alone.
    `is_given`: a first name, which counts where it is one of ours; `is_titled`: half a surname, behind
    "Ms" and the like; `is_of_firm`: of a firm, which has no title.
    """

    keys: tuple[str, ...] = field(repr=False)
    confidence: float
    is_bare: bool = False
    is_initials: bool = False
    is_full: bool = False
    is_given: bool = False
    is_titled: bool = False
    is_of_firm: bool = False


def tokens(text: str) -> list[Token]:
    """Cut a text into words."""
    found = []
    for match in _WORD.finditer(text):
        key, sound = keys_of(match[0])
        found.append(Token(key, sound, *match.span(), match[0]))
    return found


def spelled_out(text: str) -> Iterator[Token]:
    """Yield the words that are spelled letter by letter: "H a l d e n"."""
    for match in _SPELLED_OUT.finditer(text):
        word = "".join(_LETTERS.findall(match[0]))
        key, sound = keys_of(word)
        yield Token(key, sound, *match.span(), word)


@lru_cache(maxsize=1 << 14)
def keys_of(word: str) -> tuple[str, str]:
    """Return what a word is compared by, and by its sound where it is long enough to be told by that."""
    key = plain(word)
    sound = sound_of(key)
    return key, f"~{sound}" if sound else ""


def plain(word: str) -> str:
    """Return a word without capitals, accents and German transliterations."""
    lowered = word.casefold()
    if not lowered.isascii():
        lowered = "".join(one for one in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(one))
        lowered = lowered.replace("ł", "l").replace("ø", "o").replace("æ", "a").replace("đ", "d")
    return _TRANSLITERATED.sub("", lowered)


def sound_of(key: str) -> str:
    """Return how a plain word sounds; empty for one too short to be told by that."""
    return _sound(key) if len(key) >= _LEAST_SOUNDING else ""


def _sound(key: str) -> str:
    for written, spoken in _SOUNDS:
        key = key.replace(written, spoken)
    return re.sub(r"(.)\1+", r"\1", key.translate(_SOFT)).removesuffix("e")


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a word without its ending, by what English and German words of a family share."""
    key = plain(word)
    # "Seat" and "seats" have the same: what is behind the plural's s goes, too.
    if key.endswith("s") and not key.endswith("ss") and len(key) > SHORTEST_STEM:
        key = key[:-1]
    for ending in ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= SHORTEST_STEM:
            key = key[: -len(ending)]
            break
    return key[:-1] if len(key) > SHORTEST_STEM and key[-1] == key[-2] else key


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Words by what they are compared by: key, sound with "~" before it, stem."""

    by_key: Mapping[str, tuple[str, ...]]
    by_sound: Mapping[str, tuple[str, ...]]
    by_stem: Mapping[str, tuple[str, ...]]


@cache
def common_forms() -> Forms:
    """Return the common words of letters alone."""
    words = [one for one in common_words() if one.isalpha()]
    return Forms(
        by_key=_grouped(words, plain),
        by_sound=_grouped(words, lambda word: f"~{sound_of(plain(word))}"),
        by_stem=_grouped(words, stem.__wrapped__),
    )


def _grouped(words: Iterable[str], of: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[of(word)] = (*found.get(of(word), ()), word)
    found.pop("~", None)
    return found


def stems_in(text: str) -> Iterator[str]:
    """Return the stems of all words of a text."""
    return map(stem, _WORD.findall(text))


def callings(spelling: str) -> list[Calling]:
    """Return the ways to say a name that is spelled so."""
    written = [one for one in _WORD.findall(spelling) if one]
    parts = [(one, plain(one)) for one in written if plain(one) not in LEGAL and plain(one) not in TITLES]
    keys = tuple(key for _, key in parts)
    if not keys:
        return []
    found = [Calling(keys=keys, confidence=0.95, is_bare=len(keys) == 1, is_full=True)]
    if len(keys) == 1:
        return found
    found.append(Calling(keys=("".join(keys),), confidence=0.9, is_full=True))
    telling = [one for one in parts if not _is_kind(one[1]) and len(one[1]) >= SHORTEST_STEM]
    if _is_person(spelling, parts, written):
        return [*found, *_of_person(spelling, parts)]
    is_firm = len(telling) < len(parts)
    named = telling if is_firm else telling[:1] + telling[-1:]
    if len(telling) > 1 and is_firm:
        found.append(Calling(keys=tuple(key for _, key in telling), confidence=0.9, is_full=True))
        named = telling[:1]
    found += [Calling(keys=(key,), confidence=0.86, is_bare=True, is_of_firm=is_firm) for _, key in named]
    initials = "".join(key[0] for key in keys)
    if len(initials) > 2 and initials not in CODES:
        found.append(Calling(keys=(initials,), confidence=0.74, is_initials=True))
    return found


def _is_kind(key: str) -> bool:
    """Whether a word tells what kind of firm it is, by itself or by its end: "Kartonagenfabrik"."""
    return key in KINDS or (key.endswith(KIND_ENDS) and key not in KIND_ENDS)


def _is_person(spelling: str, parts: list[tuple[str, str]], written: list[str]) -> bool:
    """Whether a name is somebody's: by the first name, a title, or a surname like O'Rourke or Müller-Lüdenscheid."""
    keys = [key for _, key in parts]
    if not all(key not in KINDS or key in PARTICLES for key in keys) or keys[0] in PARTICLES:
        return False
    if any(plain(one) in LEGAL for one in written):
        return False
    is_titled = any(plain(one) in TITLES for one in written)
    return (
        keys[0] in GIVEN
        or keys[0] in RARELY_GIVEN
        or is_titled
        or (len(spelling.split()) == 2 and _OF_PEOPLE.search(spelling) is not None)
    )


def _of_person(spelling: str, parts: list[tuple[str, str]]) -> Iterator[Calling]:
    """Yield surname, initials, "Marta K.", and a first name that few people have."""
    last = spelling.rsplit(maxsplit=1)[-1]
    surname = tuple(plain(one) for one in _WORD.findall(last))
    given, initials = parts[0][1], tuple(key[0] for _, key in parts)
    yield Calling(keys=surname, confidence=0.88, is_bare=True)
    yield Calling(keys=(*surname, given), confidence=0.93, is_full=True)
    if len(surname) > 1:
        yield from (Calling(keys=(given, half), confidence=0.88, is_full=True) for half in (surname[0], surname[-1]))
        yield Calling(keys=("".join(surname),), confidence=0.88, is_bare=True)
        yield Calling(keys=surname[-1:], confidence=0.8, is_bare=True, is_titled=True)
        if len(surname[0]) >= _LEAST_GIVEN:
            yield Calling(keys=(given[0], surname[0]), confidence=0.8, is_bare=True)
    if given not in GIVEN and len(given) >= _LEAST_GIVEN:
        yield Calling(keys=(given,), confidence=0.76, is_bare=True, is_given=True)
    yield Calling(keys=(given, surname[0][0]), confidence=0.8, is_initials=True)
    yield Calling(keys=initials, confidence=0.74, is_initials=True)
    if "".join(initials) not in CODES:
        yield Calling(keys=("".join(initials),), confidence=0.73, is_initials=True)


def place(calling: Calling, said: list[Token], at: int, text: str) -> tuple[int, int, float] | None:
    """Return where a calling stands that begins with a word of a text, and how sure it is; None where it does not."""
    if at + len(calling.keys) > len(said):
        return None
    run, surest = said[at : at + len(calling.keys)], calling.confidence
    if len(calling.keys) == 1 and _is_in_two(calling.keys[0], said[at : at + 2]):
        first, second = said[at : at + 2]
        is_near = second.start - first.end == 1 and (first.written[0].isupper() or _is_without_capitals(text))
        return (first.start, second.end, _OF_A_SLIP) if is_near else None
    is_of_several = len(calling.keys) > 1
    for key, token in zip(calling.keys, run, strict=True):
        if token.key in {key, f"{key}s"} or (is_of_several and f"{token.key}s" == key):
            continue
        if not _sounds_like(key, token) and not (is_of_several and token.key in other_ends(key)):
            return None
        surest = min(surest, _OF_A_SLIP)
    before = said[at - 1].key if at else ""
    # "Roses" with a capital may be flowers, too.
    if calling.is_given and not at and run[0].key != calling.keys[0]:
        return None
    if (calling.is_titled and before not in TITLES) or ((calling.is_given or calling.is_of_firm) and before in TITLES):
        return None
    gaps = (text[one.end : other.start] for one, other in pairwise(run))
    is_one_name = all(len(gap) <= _WIDEST_GAP for gap in gaps) and _is_written_so(calling, run, said, text)
    return (run[0].start, run[-1].end, surest) if is_one_name else None


def _is_in_two(key: str, run: list[Token]) -> bool:
    """Whether two words are one name in two: "Blue Bird"."""
    return len(run) == 2 and run[0].key + run[1].key == key


def _is_written_so(calling: Calling, run: list[Token], said: list[Token], text: str) -> bool:
    """Whether words are written as the calling wants them: with capitals, and initials not as a signature."""
    if calling.is_initials:
        is_signature = text[run[0].start - 1 : run[0].start] in _SIGNS_OFF or run[-1] is said[-1]
        return not is_signature and all(
            one.written[0].isupper() and (len(one.written) > _LONGEST_CODE or one.written.isupper()) for one in run
        )
    return not calling.is_bare or run[0].written[0].isupper() or _is_without_capitals(text)


def _is_without_capitals(text: str) -> bool:
    """Whether a text is written in small letters, codes left out: "they can do non-OEM"."""
    return _CAPITAL.search(text) is None


def _sounds_like(key: str, token: Token) -> bool:
    if len(key) < _LEAST_SOUNDING or abs(len(key) - len(token.key)) > 2:
        return False
    return token.sound == f"~{_sound(key)}" or _is_a_slip(key, token.key)


def _is_a_slip(one: str, other: str) -> bool:
    """Whether two letters of a long word changed places, or one is missing."""
    if len(one) < _LEAST_SOUNDING or one[0] != other[0]:
        return False
    if len(one) == len(other):
        odd = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(odd) == 2 and odd[1] == odd[0] + 1 and one[odd[0]] == other[odd[1]] and one[odd[1]] == other[odd[0]]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(1, len(longer) - 1)
    )


def doors(calling: Calling) -> frozenset[str]:
    """Return the keys by which a text's word may begin a calling: itself, with an s, as it sounds, with a slip."""
    key = calling.keys[0]
    found = {key, f"{key}s"}
    if len(key) >= _LEAST_SOUNDING and not calling.is_initials:
        found |= {f"~{_sound(key)}", *slips(key), *(other_ends(key) if len(calling.keys) > 1 else ())}
    return frozenset(found)


def slips(key: str) -> frozenset[str]:
    """Return how a long word is mistyped: a letter left out, or two that changed places."""
    if len(key) < _LEAST_SOUNDING:
        return frozenset()
    inner = range(1, len(key) - 1)
    swapped = (key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in inner)
    return frozenset({*(key[:i] + key[i + 1 :] for i in inner), *swapped})


@lru_cache(maxsize=1 << 12)
def other_ends(key: str) -> frozenset[str]:
    """Return how a long word's end is misheard: "Corvante" and "Corvantar" for "Corvanta"."""
    if len(key) <= _LEAST_SOUNDING or key[-1] not in _VOWELS:
        return frozenset()
    return frozenset({*(key[:-1] + one for one in _VOWELS), *(key + one for one in _MISHEARD)} - {key})


def letters_of(calling: Calling) -> list[str]:
    """Return the letters that a calling with digits begins with, as words are cut: of "BB27" the B's."""
    key = calling.keys[0]
    return [] if key.isalpha() else _LETTERS.findall(key)[:1]


def halves_of(calling: Calling) -> list[tuple[str, str]]:
    """Return the two words that a calling of one may be written as: "blue" and "bird"."""
    key = calling.keys[0]
    is_long = len(calling.keys) == 1 and key.isalpha() and len(key) >= _LEAST_SOUNDING and not calling.is_initials
    return [(key[:cut], key[cut:]) for cut in range(_SHORTEST_HALF, len(key) - _SHORTEST_HALF + 1)] if is_long else []


_OTHER_THINGS = frozenset(map(stem, OTHER_THINGS))


def matters(words: Iterable[str]) -> tuple[tuple[frozenset[str], ...], ...]:
    """Return words of what a fact is about as what `holds` looks for: for each the stems that stand for its parts."""
    said = ([part for part in _WORD.findall(one) if plain(part) not in STOPWORDS] for one in words)
    return tuple(tuple(related(part) for part in parts) for parts in said if parts)


def holds(words: Iterable[tuple[frozenset[str], ...]], near: frozenset[str]) -> bool:
    """Whether one of some words stands among the stems of a text, as part of a longer one, too."""
    return any(all(_is_near(part, near) for part in parts) for parts in words)


def _is_near(part: frozenset[str], near: frozenset[str]) -> bool:
    return not part.isdisjoint(near) or any(
        _is_in(one, each) for one in part if len(one) >= _SHORTEST_IN_LONGER for each in near
    )


def _is_in(one: str, longer: str) -> bool:
    """Whether a stem is part of a longer one; a short one at the end of a long one alone: "Dosierpumpen"."""
    if len(one) == _SHORTEST_IN_LONGER:
        return len(longer) >= _LEAST_COMPOUND and longer.endswith(one)
    return one in longer and longer not in _OTHER_THINGS


@lru_cache(maxsize=1 << 12)
def related(word: str) -> frozenset[str]:
    """Return the stems of the words of the same matters, the word's own included."""
    own, whole = stem(word), plain(word)
    # "Wartung" is in "Wartungsvertrag", and its stem is too short to be looked for in longer words.
    return frozenset(
        {own, whole if len(whole) >= len(own) + 2 else own}.union(
            *(matter for matter in _STEMS_OF_MATTERS if own in matter)
        )
    )


_STEMS_OF_MATTERS = tuple(frozenset(stem(one) for one in matter.split()) for matter in MATTERS)
