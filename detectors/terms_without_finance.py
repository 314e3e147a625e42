"""Payment terms given away without finance."""

from collections.abc import Iterable, Iterator

from detectors.acts import Act, does
from detectors.concessions import concedes_payment_terms
from detectors.document import Document, once
from detectors.finding import Finding
from detectors.matters import matters_of, told
from detectors.payment_terms import MAY_BE_TERMS, keeps_to_terms, terms_spoken
from detectors.presence import (
    Trade,
    author,
    goes_out,
    identity,
    in_department,
    name_of,
    on_message,
    on_thread,
    trades_of,
    trades_on_message,
    trades_on_thread,
)
from detectors.purpose import is_automatic

# How surely terms must be agreed to in words that no pattern knows.
_SURE = 0.85


def terms_without_finance(document: Document) -> Iterator[Finding]:
    """Find our people agreeing to payment terms, or changing them, with nobody of finance on the thread.

    Finance is whom the negotiation names; else whom the directory shows to work there. Where the directory knows
    nobody of finance, nothing is found. Known false positives: terms that finance agreed to elsewhere.
    """
    if not lacks_finance(document) or not _concedes(document) or is_automatic(document):
        return
    if not _has_finance(document):
        return
    firm = document.counterparties[0].name
    yield told(
        "terms_without_finance",
        0.85,
        f"{name_of(document, author(document))} agrees to payment terms with {firm}, and nobody of finance is "
        "on this thread.",
    )


@once
def lacks_finance(document: Document) -> bool:
    """Whether one of ours writes to somebody outside, and nobody of finance is there."""
    if not document.context.directory.people or not goes_out(document):
        return False
    if Trade.FINANCE in trades_on_message(document) or Trade.FINANCE in trades_on_thread(document):
        return False
    return not _is_named_among(document, on_message(document) | on_thread(document))


def _concedes(document: Document) -> bool:
    is_plain = bool(terms_spoken(document)) and concedes_payment_terms(document)
    return is_plain or (does(document, Act.TERMS, least=_SURE, within=MAY_BE_TERMS) and not keeps_to_terms(document))


def _has_finance(document: Document) -> bool:
    """Whether the directory, or the negotiation, knows somebody of finance who is still here."""
    directory = document.context.directory
    if any(Trade.FINANCE in trades_of(directory, one.address) for one in directory.people.values() if not one.left):
        return True
    return _is_named_among(document, (one.address for one in directory.people.values() if not one.left))


def _is_named_among(document: Document, addresses: Iterable[str]) -> bool:
    """Whether somebody whom the negotiation names as finance, or of such a department, is among people."""
    directory = document.context.directory
    named = {one for negotiation in matters_of(document) for one in negotiation.finance}
    if not named:
        return False
    people = {identity(directory, one) for one in named if "@" in one}
    departments = [one for one in named if "@" not in one]
    return any(one in people or (bool(departments) and in_department(directory, one, departments)) for one in addresses)
