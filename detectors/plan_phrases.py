"""How phrases of a plan may be said: other endings, another order, verbs in two words, part of it a sentence away."""

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from detectors.callings import Token, common_forms, plain, stem, tokens
from detectors.name_words import DENIALS, FORMS, PLACES, STOPWORDS
from detectors.words import rarity

_WORD = re.compile(r"[^\W_]+")
# Of so many parts of a phrase one may be missing.
_MANY_PARTS = 5
# So many parts of a phrase tell it where a rare word of it stands beside them.
_FEWEST_BESIDE = 2
# So far behind its verb stands what goes with it: "call the pumps back".
_FARTHEST_BEHIND = 4
# Stands for any word by which a phrase is denied.
DENIAL = "¬"
# "Freizugeben" is "freigeben".
_WITH_ZU = re.compile(r"^(ab|an|auf|aus|ein|frei|her|los|nach|still|um|vor|weg|zuruck|zusammen)zu(?=\w{4})")


def stems_of(phrase: str) -> tuple[str, ...]:
    """Return the stems of the words of a phrase that say something."""
    said = _WORD.findall(phrase)
    words = [one for one in said if plain(one) not in STOPWORDS]
    return tuple(dict.fromkeys(stem(one) for one in words or said))


def parts_of(phrase: str) -> tuple[frozenset[str], ...]:
    """Return the words of a phrase that say something, each as what may stand for it: "sell", "sold", "verkauft".

    Where a place is named, "site" may be left out, and "down" of "shut down".
    """
    said = _WORD.findall(phrase)
    words = [one for one in said if plain(one) not in STOPWORDS] or said
    is_named = any(one[0].isupper() and plain(one) not in PLACES for one in words[1:])
    left_out = {"down", *PLACES} if is_named else {"down"}
    telling = [one for one in words if plain(one) not in left_out]
    parts = dict.fromkeys(_forms_of(one) for one in (telling if len(telling) > 1 else words))
    denied = (frozenset({DENIAL}),) if any(plain(one) in DENIALS for one in said) else ()
    return (*parts, *denied)


@lru_cache(maxsize=1 << 14)
def _forms_of(word: str) -> frozenset[str]:
    """Return what a word of a phrase is compared by: itself, its stem, and those of its other forms."""
    own = {plain(word), stem(word)}
    return frozenset(own.union(*(every for forms, every in _FORMS if not own.isdisjoint(forms))))


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


def together(parts: tuple[frozenset[str], ...], said: list[Token], at: int) -> tuple[int, int] | None:
    """Return where all parts of a phrase stand within a few words around a word of a text; None where they don't."""
    reach = 2 * len(parts) + 2
    near = said[max(0, at - reach) : at + reach + 1]
    missing, found = 0, []
    for one in parts:
        token = next((token for token in near if _is_of(one, token)), None) or _joined(one, near)
        if token is not None:
            found.append(token)
            continue
        missing += 1
        if missing > may_be_missing(parts):
            return None
    return min(one.start for one in found), max(one.end for one in found)


def apart(
    parts: tuple[frozenset[str], ...], named: Token, others: Callable[[], tuple[str, ...]]
) -> tuple[int, int] | None:
    """Return where a rare word of a phrase stands whose other parts stand together in a sentence beside it."""
    rest = tuple(one for one in parts if not _is_of(one, named))
    if len(rest) != len(parts) - 1 or len(rest) < _FEWEST_BESIDE or named.key in common_forms().by_key:
        return None
    is_beside = any(together(rest, said, at) for said in map(tokens, others()) for at in _begun(rest, said))
    return (named.start, named.end) if is_beside else None


def _begun(parts: tuple[frozenset[str], ...], said: list[Token]) -> Iterator[int]:
    """Yield where the part of a phrase that it is looked up by stands among some words."""
    rare = rarest(parts)
    return (at for at, token in enumerate(said) if _is_of(rare, token))


def _joined(part: frozenset[str], near: list[Token]) -> Token | None:
    """Return the two words of some that are one verb of a part's, as one: "called" and "back"."""
    if not any("+" in one for one in part):
        return None
    pairs = ((one, other) for at, one in enumerate(near) for other in near[at + 1 : at + _FARTHEST_BEHIND])
    return next(
        (
            Token(one.key, "", one.start, other.end, one.written)
            for one, other in pairs
            if f"{stem(one.written)}+{other.key}" in part
        ),
        None,
    )


def may_be_missing(parts: tuple[frozenset[str], ...]) -> int:
    """Return how many parts of a phrase may be missing."""
    return int(len(parts) >= _MANY_PARTS)


def rarest(parts: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Return the part of a phrase that it is looked up by: the one that fewest mails hold a word of."""
    return max(parts, key=lambda one: (_may_begin(one), min(map(_rarity, one)), min(map(len, one)), max(map(len, one))))


def _may_begin(part: frozenset[str]) -> bool:
    """Whether a phrase may be found by a part: what is said in two words, or denied, is not looked for."""
    return DENIAL not in part and not any("+" in one for one in part)


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
    return any(len(one) >= 5 and key.startswith(one) and len(key) - len(one) <= 5 for one in part)
