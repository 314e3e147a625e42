"""An account worked without the one whose it is: ours, and theirs."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import is_sent_to, is_telling, matters_of, negotiators, told
from detectors.patterns import Wording
from detectors.presence import (
    Trade,
    author,
    author_speaks_for,
    earlier_of,
    identity,
    name_of,
    on_envelopes,
    on_message,
    still_here,
    trades_of,
    trades_on_message,
)
from detectors.purpose import Purpose, approaches, purpose_of, words_of
from messages import Counterparty, CounterpartyKind, Direction

_IDLE = frozenset({Purpose.AUTOMATIC, Purpose.COURTESY, Purpose.ERRAND})
_OFFERS = Wording(r"""
    \b(get|do|make|show|send|bring|give|find|arrange)( for)? you\b|\b(our|a) (new|latest|special|promotion\w*|range
    |portfolio
    |catalog(ue)?|campaign)\b|\b(come|drop|stop|pop|swing) by\b|\b(work|deal|go) with (me|us)\b|\bwould you (like
    |be interested)\b
    |\b(promotion|interest(ed)? in|switch to us|anything you need|(you|do you) (need|want)|you('re| are) looking for)\b
    |\b(let you have|see my way( clear)? to|set you up|look after you|order (from|through|with|via) me
    |(come|talk|turn|write) to me
    |more flexible
    |i('ve| have)( got)? \w+ (left|spare|over|in stock|available)|back from a demo|be yours|say the word|framework
    |all your (sites|stores|practices|branches|plants)|(are|happy with what) you('re| are)? paying|(you|do you
    |they) (pay
    |charge you) (today|now|at the moment|for)|on your (list|mind|plate)|off list|below list|as good as new)\b
    |\b(rahmenvertrag|ohne (den |einen )?umweg|sonderposten|restposten|vorführgerät\w*|auf lager
    |hätte(n)? (ich |wir )?da (noch )?(et)?was
    |berechnet( ihnen)?|zahlen sie (heute|jetzt|derzeit|denn)|direkt (bei|zu|an) mi[rc]h?|was für sie)\b| übrig\b
    |\b(unser\w*|ein\w*) (neu\w+|aktion\w*|sortiment)\b|\bfür (sie|euch|dich)\b|\b(zeigen|besorgen|anbieten
    |vorbei\w*)\b
""")
# News of the house, and nothing offered.
_NEWS = Wording(r"""
    \b(our|a|unser\w*|ein\w*) (new|neu\w*) (address|office|premises|phone|number|bank|account|website|logo|name|opening
    |e?-?mail|adresse|büro\w*|anschrift|telefon\w*|nummer|bankverbindung|konto\w*|öffnungszeiten|name|webseite
    |standort)
""")


def colleagues_account(document: Document) -> Iterator[Finding]:
    """Find our seller writing to a colleague's customer, or a supplier's second seller going round the first.

    Whom the owner has introduced, by a message of their own to both, works with their knowledge; so does whoever
    writes with our lead, team or procurement on it. Known false positives: an account that has changed hands and not
    in the directory.
    """
    if document.direction is Direction.INTERNAL:
        return
    for party in document.counterparties:
        found = _ours(document, party) if document.direction is Direction.OUTBOUND else _theirs(document, party)
        # What a message is for takes longest to tell, so it is asked of few.
        if found and purpose_of(document) not in _IDLE:
            yield told("colleagues_account", 0.85, found)
            return


def _ours(document: Document, party: Counterparty) -> str:
    directory = document.context.directory
    if party.kind is not CounterpartyKind.CUSTOMER or not party.owner:
        return ""
    owner, writer = identity(directory, party.owner), author(document)
    if Trade.SELLING not in trades_of(directory, writer) or owner in author_speaks_for(document) | on_message(document):
        return ""
    if not _woos(document) or is_sent_to(document, [owner]):
        return ""
    if not still_here(directory, [owner]) or _has_introduced(document, owner, writer):
        return ""
    return (
        f"{name_of(document, owner)} owns the account of {party.name}; {name_of(document, writer)} writes to them, and "
        f"{_was_on(document, owner)}."
    )


def _theirs(document: Document, party: Counterparty) -> str:
    contact, writer = party.primary_contact, document.message.sender.address
    directory = document.context.directory
    if not contact or writer == contact or directory.counterparty(writer) != party:
        return ""
    here = on_message(document)
    if contact in here or purpose_of(document) is not Purpose.COMMERCIAL or _has_introduced(document, contact, writer):
        return ""
    knowing = {identity(directory, party.owner)} if party.owner else set[str]()
    knowing = knowing.union(*(negotiators(document, one) for one in matters_of(document)))
    if here & knowing or Trade.BUYING in trades_on_message(document):
        return ""
    return (
        f"{name_of(document, contact)} deals with us for {party.name}; {name_of(document, writer)} offers "
        f"business to us, and "
        f"{_was_on(document, contact)}."
    )


def _woos(document: Document) -> bool:
    """Whether the author offers something, or seeks a talk: service alone takes no account over."""
    is_business = purpose_of(document) is Purpose.COMMERCIAL
    if is_business or approaches(document) or is_telling(document):
        return True
    return _OFFERS.holds(_NEWS.without(words_of(document)))


def _has_introduced(document: Document, owner: str, other: str) -> bool:
    """Whether the owner wrote in this thread with the other on it."""
    directory = document.context.directory
    return any(
        identity(directory, one.sender) == owner and other in there
        for one, there in zip(earlier_of(document), on_envelopes(document), strict=True)
    )


def _was_on(document: Document, owner: str) -> str:
    if any(owner in there for there in on_envelopes(document)):
        return f"leaves out {name_of(document, owner)}, who was on this thread before"
    return f"{name_of(document, owner)} is not on this message"
