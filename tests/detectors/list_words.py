"""Write detectors/words.txt: the words that at least two writers of the corpus use, the commonest first.

Usage: python tests/detectors/list_words.py
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from messages import fold

_DETECTORS = Path(__file__).parents[2] / "detectors"
_WORD = re.compile(r"(?<![\w'&/.-])[a-z]+(?:'[a-z]{1,2})?(?![\w'&/-])")
_SINGLE = frozenset("ai")
# Rarer short ones are mostly abbreviations, which any few letters can be cut into.
_LEAST_COUNT = {2: 25, 3: 6}


def main() -> None:
    counts: Counter[str] = Counter()
    writers: dict[str, set[str]] = defaultdict(set)
    for path in sorted((_DETECTORS / "training" / "corpus").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            record = json.loads(line)
            for word in _WORD.findall(fold(f"{record['subject']}\n{record['text']}").text.lower()):
                counts[word] += 1
                writers[word].add(path.stem)
    kept = [word for word in counts if len(writers[word]) > 1 and _is_word(word, counts[word])]
    kept.sort(key=lambda word: (-counts[word], word))
    (_DETECTORS / "words.txt").write_text("".join(f"{word}\n" for word in kept), "utf-8")


def _is_word(word: str, count: int) -> bool:
    if len(word) == 1:
        return word in _SINGLE
    return count >= _LEAST_COUNT.get(len(word), 2)


if __name__ == "__main__":
    main()
