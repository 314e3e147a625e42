"""How phrases of a plan may be said: other endings, another order, verbs in two words, part of it a sentence away."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from detectors.callings import Token, common_forms, plain, stem, tokens
from detectors.name_words import DENIALS, KINDS, STOPWORDS
from detectors.phrase_words import (
    FIRMS,
    FORMS,
    HOURS,
    HOUSES,
    NO_KINDS,
    OF_IT,
    PASSING,
    PLACES,
    PREMISES,
    READER,
    TELLING,
)
from detectors.words import rarity

Parts = tuple[frozenset[str], ...]
_WORD = re.compile(r"[^\W_]+")
_GENITIVE, _IN_HOUSE = re.compile(r"['’]s\b"), re.compile(r"\bin[- ]house\b", re.IGNORECASE)
_OURSELVES = ("ourselves", "selbst", "selber")
# What is spelled so in Britain, and so in America; at the end of a word.
_SPELLED = (("tre", "ter"), ("our", "or"), ("ise", "ize"), ("isation", "ization"), ("gramme", "gram"), ("ogue", "og"))
_NOUN_ENDS = ("ing", "ung", "s")
_SHORTEST_KIND, _SHORTEST_END, _SHORTEST_FIRM = 4, 7, 4
# So rare is a word that tells a phrase whose other parts stand in a sentence beside it.
_RARE = 10.0
# Of so many parts of a phrase one may be missing.
_MANY_PARTS = 5
# So many parts of a phrase tell it where a rare word of it stands beside them.
_FEWEST_BESIDE = 2
# So far behind its verb stands what goes with it: "call the pumps back".
_FARTHEST_BEHIND = 5
# Stands for any word by which a phrase is denied.
DENIAL = "¬"
# "Freizugeben" is "freigeben".
_WITH_ZU = re.compile(r"^(ab|an|auf|aus|ein|frei|her|los|nach|still|um|vor|weg|zuruck|zusammen)zu(?=\w{4})")


def stems_of(phrase: str) -> tuple[str, ...]:
    """Return the stems of the words of a phrase that say something."""
    said = _WORD.findall(phrase)
    words = [one for one in said if plain(one) not in STOPWORDS]
    return tuple(dict.fromkeys(stem(one) for one in words or said))


def parts_of(phrase: str, readers: Iterable[str] = ()) -> Parts:
    """Return the words of a phrase that say something, each as what may stand for it: "sell", "sold", "verkauft".

    Where a place is named, "site" may be left out, and "down" of "shut down"; a reader's firm may be told as "you".
    """
    said = _WORD.findall(_IN_HOUSE.sub("inhouse", _GENITIVE.sub("", phrase)))
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
    return (*_done_by_us(tuple(parts)), *denied)


def _is_kind_of_firm(words: list[str], at: int) -> bool:
    """Whether a word tells what kind of firm is meant, which two others tell: the "Tools" of "Brightwell Tools"."""
    key, is_named = plain(words[at]), at > 0 and words[at - 1][0].isupper() and words[at][0].isupper()
    if is_named and key in KINDS and len(words) > _FEWEST_BESIDE:
        return True
    return key in FIRMS and (len(words) > _FEWEST_BESIDE + 1 or any(stem(one) == _MERGING for one in words))


def _verbs_joined(words: list[str]) -> list[str]:
    """Return words with what goes with a verb put to it: "give+up"."""
    for at, verb in enumerate(words):
        for behind in words[at + 1 :]:
            if f"{stem(verb)}+{plain(behind)}" in _IN_TWO:
                rest = [one for one in words if one not in {verb, behind}]
                return [f"{verb}+{behind}", *_verbs_joined(rest)]
    return words


def _done_by_us(parts: Parts) -> Parts:
    """Return parts with "print ourselves" for the "in-house" of "in-house printing"; not "the printing ourselves"."""
    stems = {one for part in parts if "inhouse" not in part for one in part if "+" not in one}
    verbs = {one for each in stems for one in (each, f"{each}e", f"{each}en") if not each.endswith(_NOUN_ENDS)}
    by_us = {each for one in verbs for us in _OURSELVES for each in (f"{one}+={us}", f"{us}+={one}")}
    return tuple(part | by_us if "inhouse" in part else part for part in parts)


@lru_cache(maxsize=1 << 14)
def _forms_of(word: str) -> frozenset[str]:
    """Return what a word of a phrase is compared by: itself, its stem, and those of its other forms."""
    verb, plus, behind = word.partition("+")
    own = {f"{stem(verb)}+{plain(behind)}"} if plus else {plain(word), stem(word)}
    others = own.union(*(every for forms, every in _FORMS if not own.isdisjoint(forms)))
    return frozenset({*others, *_spelled_otherwise(plain(word)), *_taken_apart(plain(word))})


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
    joined = {f"{stem(verb)}+{plain(behind)}" for verb, plus, behind in _parted(forms) if plus}
    return frozenset(
        {*joined, *(each for one, plus, _ in _parted(forms) if not plus for each in (plain(one), stem(one)))}
    )


def _parted(forms: str) -> Iterator[tuple[str, str, str]]:
    return (one.partition("+") for one in forms.split())


# Words that stand for each other, with those that stand for them alone.
_FORMS = tuple(
    (keys, keys | _keys_of_forms(behind))
    for forms, _, behind in (one.partition(":") for one in FORMS)
    for keys in (_keys_of_forms(forms),)
)
# Verbs that something goes with.
_IN_TWO = frozenset(one for keys, _ in _FORMS for one in keys if "+" in one)
_OF_PREMISES = OF_IT.union(*({plain(one), stem(one)} for one in PREMISES))
_MERGING, _ON_PREMISES = stem("merge"), frozenset(map(stem, ("close", "sell")))


def together(parts: Parts, said: list[Token], at: int) -> tuple[int, int] | None:
    """Return where all parts of a phrase stand within a few words around a word of a text; None where they don't."""
    reach = 2 * len(parts) + 2
    near = said[max(0, at - reach) : at + reach + 1]
    missing, found = 0, []
    if any(not _ON_PREMISES.isdisjoint(one) for one in parts) and _holds(HOURS, near):
        return None
    for one in parts:
        token = next((token for token in near if _is_of(one, token)), None) or _joined(one, near)
        if token is not None:
            found.append(token)
            continue
        missing += 1
        if missing > may_be_missing(parts):
            return None
    return min(one.start for one in found), max(one.end for one in found)


def apart(parts: Parts, named: Token, others: Callable[[], tuple[str, ...]]) -> tuple[int, int] | None:
    """Return where a rare word of a phrase stands whose other parts stand together in a sentence beside it.

    Of what is done to a named place, that says "site" for its name.
    """
    rest = tuple(one for one in parts if not _is_of(one, named))
    if len(rest) != len(parts) - 1 or not rest:
        return None
    is_place = len(rest) < _FEWEST_BESIDE and not _ON_PREMISES.isdisjoint(rest[0])
    is_rare = _rarity(named.key) >= _RARE or (is_place and named.written[0].isupper())
    if not is_rare or not (is_place or len(rest) >= _FEWEST_BESIDE):
        return None
    whole = (*rest, _OF_PREMISES) if is_place else rest
    beside = [said for said in map(tokens, others()) if not (is_place and _holds(PASSING, said))]
    begun = whole if is_place else (rarest(rest),)
    is_beside = any(together(whole, said, at) for said in beside for at in _begun(begun, said))
    return (named.start, named.end) if is_beside else None


def _holds(keys: frozenset[str], said: Iterable[Token]) -> bool:
    return any(one.key in keys for one in said)


def by_its_act(phrases: Iterable[Parts], named: Token, near: Iterable[Token]) -> tuple[int, int] | None:
    """Return where a rare act stands near another word of a fact's phrases: "delisting", and the brand beside it."""
    rest = [part for one in phrases for part in one if not _is_of(part, named)]
    is_beside = any(_is_of(part, token) for token in near if token is not named for part in rest)
    return (named.start, named.end) if is_beside else None


def acts_of(phrase: str) -> frozenset[str]:
    """Return the keys of the acts in a phrase that hardly anything but a plan is told by."""
    acts = (one for one in _WORD.findall(phrase) if one.lower() in TELLING)
    return frozenset(each for one in acts for each in (plain(one), stem(one)))


def _begun(parts: Parts, said: list[Token]) -> Iterator[int]:
    """Yield where one of some parts of a phrase stands among some words."""
    return (at for at, token in enumerate(said) if any(_is_of(one, token) for one in parts))


def _joined(part: frozenset[str], near: list[Token]) -> Token | None:
    """Return the two words of some that are one verb of a part's, as one: "called" and "back"."""
    if not any("+" in one for one in part):
        return None
    pairs = ((one, other) for at, one in enumerate(near) for other in near[at + 1 : at + _FARTHEST_BEHIND])
    return next(
        (
            Token(one.key, "", one.start, other.end, one.written)
            for one, other in pairs
            if not part.isdisjoint(_said_in_two(one, other))
        ),
        None,
    )


def _said_in_two(one: Token, other: Token) -> tuple[str, str, str]:
    """Return what two words are compared by as one; with "=" where no other ending will do."""
    return f"{stem(one.written)}+{other.key}", f"{one.key}+{other.key}", f"{one.key}+={other.key}"


def may_be_missing(parts: Parts) -> int:
    """Return how many parts of a phrase may be missing."""
    return int(len(parts) >= _MANY_PARTS)


def rarest(parts: Parts) -> frozenset[str]:
    """Return the part of a phrase that it is looked up by: the one that fewest mails hold a word of."""
    return max(parts, key=lambda one: (_may_begin(one), min(map(_rarity, one)), min(map(len, one)), max(map(len, one))))


def _may_begin(part: frozenset[str]) -> bool:
    """Whether a phrase may be found by a part: what is said in two words, or denied, is not looked for."""
    in_two = (one.partition("+") for one in part if "+" in one)
    return DENIAL not in part and all(house in HOUSES and len(one) >= _SHORTEST_KIND for one, _, house in in_two)


def doors_of(parts: Parts) -> frozenset[str]:
    """Return the words that a phrase is looked up by."""
    return frozenset(one.partition("+")[0] for one in rarest(parts))


@lru_cache(maxsize=1 << 12)
def _rarity(form: str) -> float:
    """Return how rare the commonest word is that a part of a phrase may be compared with."""
    among = common_forms()
    return min((rarity(one) for of in (among.by_key, among.by_stem) for one in of.get(form, ())[:1]), default=math.inf)


def _is_of(part: frozenset[str], token: Token) -> bool:
    if DENIAL in part:
        return token.key in DENIALS
    if token.key in part or stem(token.written) in part:
        return True
    key = _WITH_ZU.sub(r"\1", token.key)
    return any(
        (len(one) >= 5 and key.startswith(one) and len(key) - len(one) <= 5)
        or (len(one) >= _SHORTEST_END and one.endswith("ung") and key.endswith(one))
        for one in part
    )
