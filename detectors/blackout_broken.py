"""Talk with a bidder on days of silence."""

import re
from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding
from detectors.matters import bears_on, is_sent_back, is_telling, matters_of, on_day, told
from detectors.patterns import Wording
from detectors.presence import author_speaks_for, day_of, goes_out, identity, name_of, names_of, on_message, outsiders
from detectors.purpose import Purpose, purpose_of, words_of
from messages import Blackout, Direction, Negotiation

_REFUSES = Wording(r"""
    \b(can'?t|cannot|(not|n'?t)( really| yet| currently)? (able|allowed|permitted|supposed|free) to|may not
    |must ?n'?t|must not
    |won'?t|will not|not going to|shouldn'?t|should not|am not to|rather not|prefer not to)( really| now| yet| possibly
    | either)? (say|tell|talk|chat|discuss|comment|answer|speak|go into|share|get into|help you|be drawn|respond|reply
    |exchange|take (questions|calls))\b
    |\b(no comments?|my lips are sealed|(my|our) hands are tied|(told|asked|orders|instructed)( us| me)? not to
    \ (talk|speak|chat|discuss|comment|answer|say|reply|write)|nothing (i|we) (can|may|could) (say|tell|add|share|do)
    |not a word from (me|us)|no (talks?|contact|questions|calls)( with bidders)? (until|till|before|during))\b
    |\b(darf|dürfen|kann|können|möchten?|will|wollen|werden?|soll(en)?)\b.{0,60}\b(nichts|nicht|keine\w*)\b.{0,30}
    (äu(ß|ss)ern|\b(sagen|sprechen|reden|mitteilen|verraten|geben|beantworten|austauschen|kommentieren|plaudern)\b)
    |\b(kein kommentar|keine auskünfte?|funkstille)\b
""")
# After one of these a refusal is none.
_YET = Wording(r"""
    \b(but|though|however|between (us|you)|off the record|let'?s say|all (i'?ll|i can|i may|i will) say|only (that
    |this) much
    |aber|allerdings|jedoch|so viel|soviel|nur so|unter uns|trotzdem|except|apart from)\b
""")
# With these a bidder runs what was ordered before.
_RUNNING = Wording(r"""
    \b(statements?|reminders?|overdue|(have|'ve|has|was|been)( already)? paid|paid (it|them|on|this|twice)|payment run
    |bank details|kontoauszug|mahnung|saldo|zahlungslauf
    |(service|repair) (visit|call|engineer|technician|man)|broke(n)? down|leaking|out of order|stopped working|fault
    |spare parts?|repairs?|breakdown|defekt|kaputt|störung|undicht|steht still|monteur|servicetechniker\w*|reparatur\w*
    |ersatzteil\w*)\b|überwiesen
""")
_DESKS = re.compile(
    r"(?:(?:accounts|receivables?|accounting|billing|invoic\w+|dispatch|orders?|service|support|helpdesk|logistics"
    r"|warehouse"
    r"|shipping|debitoren|buchhaltung|versand|lager|disposition)(?:[._-].*)?)",
    re.IGNORECASE,
)
# Of these nobody speaks on an errand.
_OF_THE_AWARD = Wording(r"""
    \b(jury|committee|evaluat\w+|ranking|shortlist\w*|favou?rites?|front ?runner|scor(e|ed|es|ing)|selection
    |decision|decide[ds]?
    |in the lead|ahead of|good shape|chances|our (numbers|figures|bid|offer|proposal)|second round|competitors?
    |bewert\w+|gremium|entscheid\w*|vergabe|favorit\w*|rangfolge|im rennen|mitbewerber\w*|wettbewerber\w*)\b
""")


def blackout_broken(document: Document) -> Iterator[Finding]:
    """Find talk with a counterparty of a negotiation on its days of silence, by anyone but those who are allowed.

    Ours must come from somebody allowed, copies do not help; theirs must reach somebody allowed.
    Known false positives: running business with a bidder in words that no errand has.
    """
    if document.direction is Direction.INTERNAL:
        return
    day = day_of(document)
    for negotiation in matters_of(document):
        blackout = negotiation.blackout_on(day)
        if blackout is None or is_sent_back(document, negotiation):
            continue
        if _is_allowed(document, negotiation, blackout) or not _is_talk(document, negotiation):
            continue
        yield told("blackout_broken", 0.9, _reason(document, negotiation, blackout))
        return


def _is_talk(document: Document, negotiation: Negotiation) -> bool:
    """Whether more is said than a refusal to talk, an errand, a courtesy, or what a running order needs."""
    words, purpose = words_of(document), purpose_of(document)
    if is_telling(document):
        return purpose is not Purpose.AUTOMATIC
    if _REFUSES.holds(words) and goes_out(document) and not _YET.holds(words):
        return False
    if _OF_THE_AWARD.holds(words):
        return purpose is not Purpose.AUTOMATIC
    if purpose is Purpose.OTHER and (_RUNNING.holds(words) or _is_between_desks(document)):
        return False
    return bears_on(document, negotiation, any_talk=True)


def _is_between_desks(document: Document) -> bool:
    """Whether all of theirs on the message are mailboxes that only handle what was ordered."""
    return all(_DESKS.fullmatch(one.partition("@")[0]) for one in outsiders(document))


def _allowed(document: Document, negotiation: Negotiation, blackout: Blackout) -> frozenset[str]:
    directory = document.context.directory
    return frozenset(identity(directory, one) for one in blackout.allowed or (negotiation.lead,))


def _is_allowed(document: Document, negotiation: Negotiation, blackout: Blackout) -> bool:
    speaking = author_speaks_for(document) if goes_out(document) else on_message(document)
    return bool(speaking & _allowed(document, negotiation, blackout))


def _reason(document: Document, negotiation: Negotiation, blackout: Blackout) -> str:
    first, last = blackout.days.first, blackout.days.last
    days = f"from {on_day(first)} to {on_day(last)}" if first and last else "now"
    allowed = names_of(document, _allowed(document, negotiation, blackout))
    sender = name_of(document, document.message.sender.address)
    how = "writes" if goes_out(document) else "writes to others of us"
    return f"“{negotiation.name}” is silent {days}: only {allowed} may talk to the bidders; {sender} {how}."
