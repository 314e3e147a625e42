"""Sentences in which our person agrees to something: an amount, payment terms.

Sentences of any language are read; the words are English and German.
"""

from bisect import bisect_right
from collections.abc import Iterator

from detectors.document import Document, own_sentences
from detectors.patterns import Wording, as_bytes

TERMS = Wording(r"""
    \bnet[- ]?(7|10|14|15|20|21|30|45|60|75|90|120|180)\b|\b(7|10|14|15|20|21|30|45|60|75|90|120|180)[- ]days?([- ]net
    |'? payment
    | (from|after|of) (the )?(invoice|delivery|receipt))?\b|\bpayment (terms?|days?|target|within|schedule|conditions?
    |period|plan)\b
    |\b(terms|conditions) of payment\b|\b(pre-?pay(ment|ments|ing)?|pay(ment)? (up ?front|in advance)|advance payments?
    |down ?payments?|deposits?|up ?front|cash (in advance|on delivery)|early[- ]payment|(cash
    |prompt[- ]payment) discount|in advance
    |letter of credit|instal?lments?|milestone payments?|retention|pro ?forma)\b|\b[1-5](\.5)? ?% ?/? ?(10|14|15)\b
    |\b(zahlungsziel\w*|zahlungsbedingung\w*|zahlungsfrist\w*|vorkasse|anzahlung\w*|vorauszahlung\w*|skonto|ratenzahlung
    |tage(n)? netto|netto kasse|sofort zahlbar|teilzahlung\w*)\b
""")
_DAYS_ALONE = Wording(r"\b(pay|pays|paid|payment|payable|invoices?|net|terms|zahl\w*|rechnung\w*)\b")
_NAMED = Wording(r"""
    \b(pay\w*|net|deposits?|up ?front|advance|instal?lments?|credit|retention|discount|terms|pre-?pay\w*|zahl\w*
    |vorkasse
    |anzahlung\w*|vorauszahlung\w*|skonto|netto|teilzahlung\w*)\b
""")
_CONCEDES = Wording(r"""
    \b(we|i)( also| both| all)?( can| could| will| would|'ll|'d| are| am|'re|'m)?( happily| gladly| now| also)?
    \ (agree|accept|confirm|pay|offer|grant|extend|shorten|prepay|transfer|move|switch|change|settle|take|do|live with
    |go with
    |give|happy with|fine with|ok with|okay with|good with|prepared to|willing to|glad to|wire|release|approve)\b
    |\b(agreed|accepted|approved|confirmed|granted|deal|it'?s a deal|is fine|are fine|fine (by|with|for) (us|me)
    |works for (us|me)
    |ok(ay)? (with|by|for) (us|me)|is ok(ay)?|no problem|no objection|you (can|may) have|you('ll| will) (have|get)
    |let'?s (do|say|make|go|settle|agree)
    |from now on|will be (paid|changed|transferred|shortened|extended)|go ahead|consider it done|done|happy to|glad to
    |sure|yes)\b
    |\b(einverstanden|akzeptier\w+|stimmen\b.{0,60}\bzu|zugestimmt|vereinbart|nehmen wir|können wir (so )?(machen
    |anbieten|leben)
    |geht in ordnung|in ordnung|bieten wir|gewähren|zusagen|zugesagt|bestätig\w+|zahlen wir|wir zahlen|machen wir
    |passt( so)?)\b
""")
_PROMISES = Wording(r"""
    \b(we|i)( can| will|'ll|'d| hereby| also| therefore)?( gladly| happily)? (accept|agree|confirm|take|order|buy
    |approve|commit|guarantee
    |promise|award|sign|pay|do|go|settle|raise|grant|give|offer|release)\b
    |\b(agreed|accepted|deal|it'?s a deal|go ahead|green light|consider it|you (have|get|got|can have)|(order|contract
    |award|business|job)
    \ is yours|approved|confirmed|fine (by|with) (us|me)|works for (us|me)|ok(ay)? (with|by|for) (us|me)|done at
    |shake on|yours (for|at)
    |count on|booked|you'?ll get|let'?s (do|say|close|settle)|please (start|proceed|go ahead|book|treat))\b
    |\b(einverstanden|akzeptier\w+|zugesagt|bestätig\w+|beauftrag\w+|wir (bestellen|zahlen|nehmen)|machen wir)\b
""")
_BINDS = Wording(r"""
    \b(we|i)('ve| have|'ll| will| hereby| herewith| can)?( now| already| gladly| just)? (confirm(ed)?|place(d)?
    |award(ed)?|sign(ed)?
    |accept(ed)?|approve(d)?|release(d)?)\b.{0,20}\b(orders?|contract|award|offer|deal|agreement|bid|extension|quote|proposal)\b
    |\b(hiermit|wir|ich) (bestätig\w+|erteil\w+|vergeb\w+|unterschreib\w+)\b.{0,30}\b(auftrag|bestellung|vertrag
    |angebot)\b
""")
_TAKEN_BACK = Wording(r"""
    \b(not|n'?t|cannot|can'?t|won'?t|never|no longer|unable|refuse|declin\w+|reject\w+|unless|whether|nothing|nobody
    |neither)\b|n't\b
    |\b(if|once|provided|subject to|until|after|before|as soon as|pending)\b.{0,80}\b(approv\w+|agre\w+|sign\w+|board
    |boss|manager|finance
    |treasur\w+|controll\w+|cfo|procurement|purchasing|lead|confirm\w*|check\w*|decid\w*)\b
    |\b(have|has|need|needs|must|let me|i'?ll|will|want|going) (to )?(ask|check|clear|talk|speak|consult|discuss)\b
    |\b(remain|remains|stay|stays|unchanged|still|stick|insist|as (in|per|agreed|usual|before|published|stated
    |set out)|already agreed
    |according to|standard terms|our (usual|standard)|in the (signed )?(contract|agreement)|per contract
    |under the (contract|agreement)
    |your (request|wish|proposal) (for|to|of)|you (ask|asked|want|wanted|propose|proposed|request|requested
    |would like))\b
    |\b(no deal|otherwise|we need|i need|we require)\b
    |\b(kein\w*|nicht|leider|müssen\b.{0,40}\b(fragen|klären|prüfen)|bleib\w*|unverändert|wie (bisher|vereinbart
    |im vertrag))\b|\?\W*$
""")


def concedes_payment_terms(document: Document) -> bool:
    """Whether the author agrees to payment terms, or changes them; keeping to those in force is none."""
    return any(_gives_terms(line) for line, _ in _holding(document, TERMS))


def promises(document: Document) -> Iterator[str]:
    """Yield the sentences in which the author agrees to something, without a condition."""
    return (sentence for line, sentence in _holding(document, _PROMISES) if not _TAKEN_BACK.holds(line))


def binds(document: Document) -> bool:
    """Whether the author confirms an order, a contract or an award in plain words, without a condition."""
    return any(not _TAKEN_BACK.holds(line) for line, _ in _holding(document, _BINDS))


def _gives_terms(line: bytes) -> bool:
    about_payment = _NAMED.holds(line) or _DAYS_ALONE.holds(line)
    return about_payment and _CONCEDES.holds(line) and not _TAKEN_BACK.holds(line)


def _holding(document: Document, wording: Wording) -> Iterator[tuple[bytes, str]]:
    """Yield the author's sentences, of whatever language, that hold a wording: it must be without anchors.

    They are cut anew only where some were left out; else one look at all of them together finds which they are.
    """
    if document.languages_not_assessed:
        directory = document.context.directory
        for one in own_sentences(document.message, document.text, document.direction, directory):
            line = as_bytes(one.folded)
            if wording.holds(line):
                yield line, one.folded
        return
    starts = document.line_starts
    for index in dict.fromkeys(bisect_right(starts, start) - 1 for start, _ in wording.spans(document.lines)):
        yield document.line(index), document.sentences[index].folded
