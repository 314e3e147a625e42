"""Payment terms given away without finance."""

from collections.abc import Iterator

from detectors.concessions import concedes_payment_terms
from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import matters_of, told
from detectors.payment_terms import terms_spoken
from detectors.presence import author, goes_out, identity, in_department, is_finance, name_of, on_message, on_thread
from detectors.purpose import is_automatic


def terms_without_finance(document: Document) -> Iterator[Finding]:
    """Find our people agreeing to payment terms, or changing them, with nobody of finance on the thread.

    Finance is whom the negotiation names; else whom the directory shows to work there. Where the directory knows
    nobody of finance, nothing is found. Known false positives: terms that finance agreed to elsewhere.
    """
    directory = document.context.directory
    if not directory.people or not goes_out(document):
        return
    named = {one for negotiation in matters_of(document) for one in negotiation.finance}
    people = {identity(directory, one) for one in named if "@" in one}
    departments = [one for one in named if "@" not in one]

    def is_one(address: str) -> bool:
        return address in people or in_department(directory, address, departments) or is_finance(directory, address)

    if any(map(is_one, on_message(document))) or not terms_spoken(document) or is_automatic(document):
        return
    if any(map(is_one, on_thread(document))) or not concedes_payment_terms(document):
        return
    if not any(is_one(one.address) for one in directory.people.values() if not one.left):
        return
    firm = document.counterparties[0].name
    yield told(
        "terms_without_finance",
        0.85,
        f"{name_of(document, author(document))} agrees to payment terms with {firm}, and nobody of finance is "
        "on this thread.",
    )
