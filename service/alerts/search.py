"""Search over sealed texts: a keyed hash of each word, so that the database holds nothing readable."""

import re
import unicodedata

from service.crypto import Keys

# More distinct words than any mail a person reads; a dump of data is findable by its first ones.
_MOST_WORDS = 2000
_WORD = re.compile(r"\w{2,64}")


def words_of(text: str) -> list[str]:
    """Return the distinct words of a text, in order, folded so that spelling variants of the same letters agree."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words: dict[str, None] = {}
    for match in _WORD.finditer(folded):
        words[match.group()] = None
        if len(words) == _MOST_WORDS:
            break
    return list(words)


def tokens_of(text: str, keys: Keys) -> set[bytes]:
    """Hash the words of a text under the search key."""
    return {keys.digest("search", word) for word in words_of(text)}
