"""Which messages a sealed fact may stand in at all: what is asked before any is searched, of many at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from detectors.document import Document, in_every_language, keep, once
from detectors.first_look import FirstLook
from detectors.matters import within_earshot
from detectors.patterns import side_by_side
from detectors.plans import plans_of

_NONE: frozenset[str] = frozenset()
# What stands between the words of a file's name, and its ending; a hyphen between figures is theirs.
_BETWEEN = re.compile(r"_+|(?<!\d)-|-(?!\d)|\.\w{1,5}$")


@once
def may_tell(document: Document) -> bool:
    """Whether a fact of the register may stand in a message: few are to firms that anything is negotiated with."""
    return bool(_telling([document]))


def that_may_tell(documents: Iterable[Document]) -> list[Document]:
    """Return the messages that a fact of the register may stand in; it is known of all of them from then on."""
    found: list[Document] = []
    for _, some in groupby(documents, lambda one: id(one.context.negotiations)):
        alike = list(some)
        telling = _telling(alike)
        for one in alike:
            keep(may_tell, one, id(one) in telling)
        found += [one for one in alike if id(one) in telling]
    return found


@once
def invited(document: Document) -> frozenset[str]:
    """Return the names of the negotiations with facts that are with somebody on the message."""
    near = within_earshot(document)
    return frozenset([one.name for one in near if one.sealed]) if near else _NONE


def rest_of(document: Document) -> Iterator[tuple[str, int, str]]:
    """Yield what is searched and the author does not answer for: text, where it begins, which part it is of."""
    message, own = document.message, document.every_sentence
    if message.subject and not any(one.part for one in own[:1]):
        yield message.subject, 0, "subject"
    at = 0
    for start, end in [*((one.start, one.end) for one in document.answered), (len(message.text),) * 2]:
        if start > at and not message.text[at:start].isspace():
            yield message.text[at:start], at, ""
        at = max(at, end)
    for file in message.attachments:
        yield _BETWEEN.sub(" ", file.name), 0, "file"


def _telling(documents: Sequence[Document]) -> set[int]:
    """Return those messages, all of one register, that a fact of it may stand in, by their identities."""
    plans = plans_of(documents[0].context.negotiations)
    if not plans:
        return set()
    strangers = [one for one in documents if not invited(one)]
    passing = _passing(strangers, plans.first_look)
    return {id(one) for one in documents if invited(one)} | {id(strangers[place]) for place in passing}


def _passing(documents: Sequence[Document], first_look: FirstLook) -> set[int]:
    """Return the places of those messages in which something of any plan may stand."""
    texts = [in_every_language(one).lines for one in documents]
    found = first_look.passing_among(texts, lambda at: "\n".join(one.folded for one in documents[at].every_sentence))
    for at, document in enumerate(documents):
        if at not in found:
            rest = [text for text, _, _ in rest_of(document)]
            if rest and first_look.passes(side_by_side(rest)):
                found.add(at)
    return found
