"""A counterparty and the negotiator's superiors, without the negotiator."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import (
    bears_on,
    is_named,
    is_named_aside,
    is_sent_back,
    led,
    matters_of,
    negotiators,
    superiors,
    told,
)
from detectors.patterns import Wording
from detectors.presence import author, identity, name_of, names_of, on_message, on_thread, still_here
from detectors.purpose import Purpose, approaches, purpose_of, words_of
from messages import Direction, Negotiation, PersonKind

# Whoever writes to so many writes to nobody in particular.
_MOST_RECIPIENTS = 20
_OUTLOOK = Wording(r"""
    \b(chances?|is it true|or not|feedback|next steps?|hear(d)? back|you('d| would)? (expect|prefer)|your (plans?
    |view|verdict)
    |(do|are) you (still )?(plan\w*|going to|intend\w*)|leave us|stay with us|happy with (us|our)|how (do|are) we
    |where do we
    |stand|calculat\w+|mentioned|the others?|competitors?|oder nicht|chancen|wie geht es weiter|wie sehen sie
    |zufrieden mit
    |erwähn\w+|kalkul\w+|rückmeldung|mitbewerber\w*|planen sie|haben sie vor|nächste\w* schritte?|stehen wir)\b
""")


def over_the_head(document: Document) -> Iterator[Finding]:
    """Find a counterparty that writes to those above the negotiator without lead and team, and their answers.

    Known false positives: two companies' heads who have other business together that no negotiation names.
    """
    if document.direction is Direction.INTERNAL or len(document.message.recipients) > _MOST_RECIPIENTS:
        return
    for negotiation in matters_of(document):
        people = still_here(document.context.directory, negotiators(document, negotiation))
        if not people or people & on_message(document):
            continue
        above = _above(document, negotiation)
        if above and _is_business(document, negotiation, people) and _is_behind(document, negotiation, people):
            confidence = 0.9 if purpose_of(document) is Purpose.COMMERCIAL else 0.85 if approaches(document) else 0.7
            yield told("over_the_head", confidence, _reason(document, negotiation, above))
            return


def _above(document: Document, negotiation: Negotiation) -> frozenset[str]:
    """Return the superiors who are written to, or the one who writes; a list is nobody's superior.

    Whoever seeks a talk with a superior, or offers something, by an assistant, writes to the superior.
    """
    directory, high = document.context.directory, superiors(document, negotiation)
    if document.direction is Direction.OUTBOUND:
        return frozenset({author(document)}) & high
    people = {identity(directory, one.address) for one in document.message.recipients}
    assistants = (directory.people[one] for one in people if one in directory.people)
    members = (one.members for one in assistants if one.kind is PersonKind.ASSISTANT)
    behind = {identity(directory, member) for each in members for member in each} & high
    if behind and (purpose_of(document) is Purpose.COMMERCIAL or approaches(document)):
        people |= behind
    return frozenset(people) & high


def _is_business(document: Document, negotiation: Negotiation, people: frozenset[str]) -> bool:
    """Whether it bears on the negotiation; whatever goes on where those who negotiate were before does."""
    return bears_on(document, negotiation, any_talk=bool(people & on_thread(document))) or (
        purpose_of(document) is Purpose.OTHER and (is_named(document, negotiation) or _is_asked(document))
    )


def _is_asked(document: Document) -> bool:
    """Whether a counterparty asks the superior how things are, or will be, which the negotiator should be asked."""
    said = words_of(document).partition(b"\n")[2]
    return document.direction is Direction.INBOUND and b"?" in said and _OUTLOOK.holds(said)


def _is_behind(document: Document, negotiation: Negotiation, people: frozenset[str]) -> bool:
    """Whether those who negotiate do not read along by blind copy, and are not whom the message sends them back to."""
    return not is_named_aside(document, people) and not is_sent_back(document, negotiation)


def _reason(document: Document, negotiation: Negotiation, above: frozenset[str]) -> str:
    sender = name_of(document, document.message.sender.address)
    what = (
        f"{sender}, who stands above the lead, writes to the counterparty"
        if document.direction is Direction.OUTBOUND
        else f"{sender} writes to {names_of(document, above)}, who stands above the lead"
        if len(above) == 1
        else f"{sender} writes to {names_of(document, above)}, who stand above the lead"
    )
    return f"{led(document, negotiation)}; {what}, and neither lead nor team is on this message."
