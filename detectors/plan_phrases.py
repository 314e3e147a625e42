"""How phrases of a plan may be said: other endings, another order, verbs in two words, part of it a sentence away."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from detectors.callings import Token, plain, stem, tokens
from detectors.name_words import DENIALS
from detectors.phrase_parts import DENIAL, Parts, may_be_missing, rarest, rarity_of
from detectors.phrase_words import ASKING, HOURS, OF_IT, PASSING, PREMISES

# So many parts of a phrase tell it where a rare word of it stands beside them.
_FEWEST_BESIDE = 2
# So rare is a word that tells a phrase whose other parts stand in a sentence beside it.
_RARE = 10.0
# So far behind its verb stands what goes with it: "call the pumps back".
_FARTHEST_BEHIND = 5
_SHORTEST_BEGUN, _LONGEST_END, _SHORTEST_END = 5, 5, 7
# "Freizugeben" is "freigeben".
_WITH_ZU = re.compile(r"^(ab|an|auf|aus|ein|frei|her|los|nach|still|um|vor|weg|zuruck|zusammen)zu(?=\w{4})")
_OF_PREMISES = OF_IT.union(*({plain(one), stem(one)} for one in PREMISES))
_ON_PREMISES = frozenset(map(stem, ("close", "sell")))


def together(parts: Parts, said: list[Token], at: int) -> tuple[int, int] | None:
    """Return where all parts of a phrase stand within a few words around a word of a text; None where they don't."""
    reach = 2 * len(parts) + 4
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
    start = min(one.start for one in found)
    is_asked = any(one.key in ASKING and other.start == start for one, other in pairwise(said))
    return None if is_asked else (start, max(one.end for one in found))


def apart(parts: Parts, named: Token, others: Callable[[], tuple[str, ...]]) -> tuple[int, int] | None:
    """Return where a rare word of a phrase stands whose other parts stand together in a sentence beside it.

    Of what is done to a named place, that says "site" for its name.
    """
    rest = tuple(one for one in parts if not _is_of(one, named))
    if len(rest) != len(parts) - 1 or not rest:
        return None
    is_place = len(rest) < _FEWEST_BESIDE and not _ON_PREMISES.isdisjoint(rest[0])
    is_rare = rarity_of(named.key) >= _RARE or (is_place and named.written[0].isupper())
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


def _is_of(part: frozenset[str], token: Token) -> bool:
    if DENIAL in part:
        return token.key in DENIALS
    if token.key in part or stem(token.written) in part:
        return True
    begun, ended = _ends_of(part)
    key = _WITH_ZU.sub(r"\1", token.key)
    if key.endswith(ended):
        return True
    return key.startswith(begun) and any(key.startswith(one) and len(key) - len(one) <= _LONGEST_END for one in begun)


@lru_cache(maxsize=1 << 12)
def _ends_of(part: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what words of a part may begin with, and what compounds of its nouns end with: "Werksschließung"."""
    begun = tuple(one for one in part if len(one) >= _SHORTEST_BEGUN)
    return begun, tuple(one for one in begun if len(one) >= _SHORTEST_END and one.endswith("ung"))
