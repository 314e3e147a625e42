"""What the words of a plan's phrases are compared by: other forms, other words for the same act, verbs in two words."""

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from detectors.callings import common_forms, plain, stem
from detectors.name_words import DENIALS, KINDS, STOPWORDS
from detectors.phrase_words import (
    ACTS,
    FIRMS,
    HOUSES,
    LINKS,
    NO_KINDS,
    OBJECTS,
    OF_ORDERS,
    PLACES,
    PREFIXES,
    READER,
    TELLING,
    WISHES,
)
from detectors.spoken import value_of
from detectors.words import rarity

Parts = tuple[frozenset[str], ...]
_WORD = re.compile(r"[^\W_]+")
_GENITIVE, _IN_HOUSE = re.compile(r"['’]s\b"), re.compile(r"\bin[- ]house\b", re.IGNORECASE)
_AGAIN = re.compile(r"\bre-(?=\w)")
_OURSELVES = ("ourselves", "selbst", "selber")
# What is spelled so in Britain, and so in America; at the end of a word.
_SPELLED = (("tre", "ter"), ("our", "or"), ("ise", "ize"), ("isation", "ization"), ("gramme", "gram"), ("ogue", "og"))
_NOUN_ENDS = ("ing", "ung", "s")
_SHORTEST_KIND, _SHORTEST_FIRM = 4, 4
# Of so many parts of a phrase one may be missing.
_MANY_PARTS = 5
# So many words tell a phrase without the kind of firm in it.
_FEWEST = 2
# Stands for any word by which a phrase is denied.
DENIAL = "¬"


def stems_of(phrase: str) -> tuple[str, ...]:
    """Return the stems of the words of a phrase that say something."""
    said = _WORD.findall(phrase)
    words = [one for one in said if plain(one) not in STOPWORDS]
    return tuple(dict.fromkeys(stem(one) for one in words or said))


def parts_of(phrase: str, readers: Iterable[str] = ()) -> Parts:
    """Return the words of a phrase that say something, each as what may stand for it: "sell", "sold", "verkauft".

    Where a place is named, "site" may be left out, and "down" of "shut down"; a reader's firm may be told as "you".
    """
    said = _WORD.findall(_AGAIN.sub("re", _IN_HOUSE.sub("inhouse", _GENITIVE.sub("", phrase))))
    words = [one for one in said if plain(one) not in STOPWORDS] or said
    is_named = any(one[0].isupper() and plain(one) not in PLACES for one in words[1:])
    left_out = {"down", *PLACES} if is_named else {"down"}
    telling = [one for one in words if plain(one) not in left_out]
    telling = [one for at, one in enumerate(telling) if not _is_kind_of_firm(telling, at)]
    firms = {plain(one) for firm in readers for one in _WORD.findall(firm) if len(one) >= _SHORTEST_FIRM}
    parts = dict.fromkeys(
        _forms_of(one) | (READER if plain(one) in firms else frozenset())
        for one in _verbs_joined(telling if len(telling) > 1 else words)
    )
    denied = (frozenset({DENIAL}),) if any(plain(one) in DENIALS for one in said) else ()
    return (*_wished(_done_by_us(tuple(parts))), *denied)


def _is_kind_of_firm(words: list[str], at: int) -> bool:
    """Whether a word tells what kind of firm is meant, which two others tell: the "Tools" of "Brightwell Tools"."""
    key, is_named = plain(words[at]), at > 0 and words[at - 1][0].isupper() and words[at][0].isupper()
    if is_named and key in KINDS and len(words) > _FEWEST:
        return True
    return key in FIRMS and (len(words) > _FEWEST + 1 or any(stem(one) == _MERGING for one in words))


def _verbs_joined(words: list[str]) -> list[str]:
    """Return words with what goes with a verb put to it: "give+up"."""
    for at, verb in enumerate(words):
        for behind in words[at + 1 :]:
            if f"{stem(verb)}+{plain(behind)}" in _IN_TWO:
                rest = [one for one in words if one not in {verb, behind}]
                return [f"{verb}+{behind}", *_verbs_joined(rest)]
    return [one for one in words if plain(one) not in LINKS] or words


def _done_by_us(parts: Parts) -> Parts:
    """Return parts with "print ourselves" for the "in-house" of "in-house printing"; not "the printing ourselves"."""
    stems = {one for part in parts if "inhouse" not in part for one in part if "+" not in one}
    verbs = {one for each in stems for one in (each, f"{each}e", f"{each}en") if not each.endswith(_NOUN_ENDS)}
    by_us = {each for one in verbs for us in _OURSELVES for each in (f"{one}+={us}", f"{us}+={one}")}
    return tuple(part | by_us if "inhouse" in part else part for part in parts)


def _wished(parts: Parts) -> Parts:
    """Return parts with "want" for the "build" of "build our own paint shop"."""
    is_own = len(parts) > _FEWEST and any("own" in one for one in parts)
    return tuple(one | _WISHED if is_own and "build" in one else one for one in parts)


@lru_cache(maxsize=1 << 14)
def _forms_of(word: str) -> frozenset[str]:
    """Return what a word of a phrase is compared by: itself, its stem, and those of its other forms."""
    verb, plus, behind = word.partition("+")
    own = {f"{stem(verb)}+{plain(behind)}"} if plus else {plain(word), stem(word), *_in_digits(word)}
    others = own.union(*(every for forms, every in _FORMS if not own.isdisjoint(forms)))
    return frozenset({*others, *_spelled_otherwise(plain(word)), *_taken_apart(plain(word))})


def _in_digits(word: str) -> Iterator[str]:
    """Yield a number of a phrase as it is written in digits."""
    value = value_of(word.lower())
    if value and value == int(value):
        yield str(int(value))


def _spelled_otherwise(word: str) -> Iterator[str]:
    """Yield a word as it is spelled on the other side of the Atlantic."""
    for british, american in _SPELLED:
        for one, other in ((british, american), (american, british)):
            if word.endswith(one):
                yield word.removesuffix(one) + other


def _taken_apart(word: str) -> Iterator[str]:
    """Yield what a house is called by what is done there: "malthouse" is a malt house, and a malting plant."""
    for house in HOUSES:
        kind = word.removesuffix(house)
        if kind != word and len(kind) >= _SHORTEST_KIND and kind not in NO_KINDS:
            yield from (f"{kind}+{one}" for one in HOUSES)


def _keys_of_forms(forms: str) -> frozenset[str]:
    """Return what words are compared by; a verb that something goes with by its stem and that."""
    in_two = [(verb, behind) for verb, plus, behind in _parted(forms) if plus]
    joined = {f"{one}+{plain(behind)}" for verb, behind in in_two for one in (stem(verb), plain(verb))}
    return frozenset(
        {*joined, *(each for one, plus, _ in _parted(forms) if not plus for each in (plain(one), stem(one)))}
    )


def _keys_of_acts(forms: str) -> frozenset[str]:
    """Return what verbs are compared by, those in two as well: "umsteigen" is "steigen um"."""
    whole = [(one, before) for one in forms.split() for before in PREFIXES if one.startswith(before)]
    apart = (
        f"{stem(one.removeprefix(before))}+{plain(before)}"
        for one, before in whole
        if "+" not in one and len(one) >= len(before) + _SHORTEST_KIND and one not in OF_ORDERS
    )
    return frozenset({*_keys_of_forms(forms), *apart})


def _parted(forms: str) -> Iterator[tuple[str, str, str]]:
    return (one.partition("+") for one in forms.split())


# Words that stand for each other, with those that stand for them alone.
_FORMS = tuple(
    (keys, keys | keys_of(behind))
    for among, keys_of in ((ACTS, _keys_of_acts), (OBJECTS, _keys_of_forms))
    for forms, _, behind in (one.partition(":") for one in among)
    for keys in (keys_of(forms),)
)
_WISHED = frozenset(each for one in WISHES for each in (plain(one), stem(one)))
# Verbs that something goes with.
_IN_TWO = frozenset(one for keys, _ in _FORMS for one in keys if "+" in one)
_MERGING = stem("merge")


def acts_of(phrase: str) -> frozenset[str]:
    """Return the keys of the acts in a phrase that hardly anything but a plan is told by."""
    acts = (one for one in _WORD.findall(phrase) if one.lower() in TELLING)
    return frozenset(each for one in acts for each in (plain(one), stem(one)))


def may_be_missing(parts: Parts) -> int:
    """Return how many parts of a phrase may be missing."""
    return int(len(parts) >= _MANY_PARTS)


def rarest(parts: Parts) -> frozenset[str]:
    """Return the part of a phrase that it is looked up by: the one that fewest mails hold a word of."""
    return max(
        parts, key=lambda one: (_may_begin(one), min(map(rarity_of, one)), min(map(len, one)), max(map(len, one)))
    )


def _may_begin(part: frozenset[str]) -> bool:
    """Whether a phrase may be found by a part: what is said in two words, in digits, or denied, is not looked for."""
    in_two = (one.partition("+") for one in part if "+" in one)
    if DENIAL in part or any(one.isdigit() for one in part):
        return False
    return all(house in HOUSES and len(one) >= _SHORTEST_KIND for one, _, house in in_two)


def doors_of(parts: Parts) -> frozenset[str]:
    """Return the words that a phrase is looked up by."""
    return frozenset(one.partition("+")[0] for one in rarest(parts))


@lru_cache(maxsize=1 << 12)
def rarity_of(form: str) -> float:
    """Return how rare the commonest word is that a part of a phrase may be compared with."""
    among = common_forms()
    return min((rarity(one) for of in (among.by_key, among.by_stem) for one in of.get(form, ())[:1]), default=math.inf)
