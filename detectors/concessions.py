"""Sentences in which our person agrees to something: an amount, payment terms.

Sentences of any language are read; the words are English and German.
"""

from bisect import bisect_right
from collections.abc import Iterator

from detectors.business import BILLED, SPLIT, TERMS
from detectors.document import Document, in_every_language
from detectors.patterns import Wording
from detectors.purpose import words_of

_DAYS_ALONE = Wording(r"\b(pay|pays|paid|payment|payable|invoices?|net|terms|zahl\w*|rechnung\w*)\b")
_NAMED = Wording(
    rf"{SPLIT}|"
    r"""
    \b(pay\w*|net|deposits?|up ?front|advance|instal?lments?|credit|retention|discount|terms|pre-?pay\w*|zahl\w*
    |vorkasse
    |anzahlung\w*|vorauszahlung\w*|skonto|netto|teilzahlung\w*|raten|im voraus)\b
"""
)
_CONCEDES = Wording(r"""
    \b(we|i)( also| both| all)?( can| could| will| would|'ll|'d| are| am|'re|'m)?( happily| gladly| now| also)?
    \ (agree|accept|confirm|pay|offer|grant|extend|shorten|prepay|transfer|move|switch|change|settle|take|do|live with
    |go with
    |give|happy with|fine with|ok with|okay with|good with|prepared to|willing to|glad to|wire|release|approve)\b
    |\b(agreed|accepted|approved|confirmed|granted|deal|it'?s a deal|is fine|are fine|fine (by|with|for) (us|me)
    |works for (us|me)
    |ok(ay)? (with|by|for) (us|me)|is ok(ay)?|no problem|no objection|you (can|may) (have|pay|settle)
    |you('ll| will) (have|get)
    |let'?s (do|say|make|go|settle|agree)
    |from now on|will be (paid|changed|transferred|shortened|extended)|go ahead|consider it done|done|happy to|glad to
    |sure|yes)\b|^(ok|okay|fine|good|right|all right|alright)\b
    |\b(ok|okay|recht|machbar|gut|kein problem) für uns\b|\bfür uns (ist das )?(ok|okay|machbar|kein problem|völlig)\b
    |\b(von (uns|mir) aus|geht klar|abgemacht|entgegen|kein problem)\b|^(ok|okay|gut|gern|gerne|ja)\b
    |\b(wir|ich) räume?n?\b.{0,60}\bein\b|\bräume?n? (wir|ich)\b.{0,60}\bein\b|\bkönnen (wir|sie)\b.{0,20}\bgerne?\b
    |\bgerne? können sie\b|\b(verkürz|verlänger|überweis|begleich|bezahl|zahl)en wir\b
    |\bwir (verkürz|verlänger|bezahl|begleich)en\b|\b(können|könnten) wir\b.{0,20}\bleben\b
    |\b(einverstanden|akzeptier\w+|stimmen\b.{0,60}\bzu|zugestimmt|vereinbart|nehmen wir|können wir (so )?(machen
    |anbieten|leben)
    |geht in ordnung|in ordnung|bieten wir|gewähren|zusagen|zugesagt|bestätig\w+|zahlen wir|wir zahlen|machen wir
    |passt( so)?)\b
""")
_PROMISES = Wording(r"""
    \b(we|i)( can| will|'ll|'d| hereby| also| therefore)?( gladly| happily)? (accept|agree|confirm|take|order|buy
    |approve|commit|guarantee
    |promise|award|sign|pay|do|go|settle|raise|grant|give|offer|release)\b
    |\b(agreed|deal|it'?s a deal|go ahead|green light|consider it|you (have|get|got|can have)|(order|contract
    |award|business|job)
    \ is yours|fine (by|with) (us|me)|works for (us|me)|ok(ay)? (with|by|for) (us|me)|done at
    |shake on|yours (for|at)
    |count on|you'?ll get|let'?s (do|say|close|settle)|please (start|proceed|go ahead|book|treat))\b
    |[,;:.!] ?(approved|accepted|confirmed|booked)\b|\b(offer|quot\w+|price|order|po|bid|proposal|it|that|this)\b.{0,40}
    \ (approved|accepted|confirmed)\b
    |\b(einverstanden|akzeptier\w+|zugesagt|bestätig\w+|beauftrag\w+|wir (bestellen|zahlen|nehmen)|machen wir)\b
""")
_BINDS = Wording(r"""
    \b(we|i)('ve| have|'ll| will| hereby| herewith| can)?( now| already| gladly| just)? (confirm(ed)?|place(d)?
    |award(ed)?|sign(ed)?
    |accept(ed)?|approve(d)?|release(d)?)\b.{0,20}\b(orders?|contract|award|offer|deal|agreement|bid|extension|quote
    |proposal)\b
    |\b(contract|order|job|award|business|deal) is (as good as )?(yours|in the bag)\b
    |\byou('ve| have|'ll| will)? (got|get|have|win)( just)? the (contract|order|job|award|business)\b
    |\b(auftrag|zuschlag|vertrag|job)\b.{0,20}\b(ist (ihnen|euch|dir) (sicher|gewiss)|gehört (ihnen|euch|dir)
    |geht an (sie|euch|dich))\b
    |\b(sie|ihr|du) (haben|habt|hast|bekommen|bekommt|bekommst|kriegen|kriegt|kriegst|erhalten|erhaltet)( \w+){0,3}
    \ (den|die) (auftrag|zuschlag|vertrag|bestellung)\b
    |\b(auftrag|vertrag|zuschlag)\b.{0,20}\bin der tasche\b|\blegen sie\b.{0,20}\blos\b
    |\b(fangen|starten|beginnen) sie\b.{0,30}\b(schon|bereits|ruhig|gleich|sofort)\b
    |\bmein wort\b|\bgrünes licht\b.{0,15}\b(von (mir|uns)|haben sie|hast du|gebe ich|geben wir)\b
    |\b(von (mir|uns)|sie|du) (haben|habt|hast|gibt es|bekommen)\b.{0,15}\bgrünes licht\b
    |\b(ich|wir) sagen? (ihnen|euch|dir)\b.{0,40}\bzu\b|\bfest mit (der|dem|einem|einer) (bestellung|auftrag|zuschlag
    |vertrag)\b
    |\b(ihr|euer|das|dein) angebot nehmen? (wir|ich)\b.{0,10}\ban\b|\b(wir|ich) nehmen? (ihr|euer|das
    |dein) angebot\b.{0,20}
    \ban\b
    |\bbetrachten sie\b.{0,30}\bals (erteilt|bestellt|zugesagt|vereinbart|genehmigt)\b
    |\b(wir|ich) (verlänger|unterschreib|unterzeichn)e?n?\b.{0,30}\b(vertrag|auftrag)\b
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
    |your (request|wish|proposal) (for|to|of))\b
    |(^|[^s] |[^a]s )you (ask|asked|want|wanted|propose|proposed|request|requested|would like)\b
    |\b(no deal|otherwise|we need|i need|we require)\b
    |\b(currently|at (the moment|present)|so far|until now|to date|used to|last (year|time)|derzeit|momentan
    |zur ?zeit|aktuell
    |bisher|bislang|letztes (jahr|mal))\b
    |\b(wenn|falls|sofern|sobald|nachdem|vorbehaltlich|erst)\b.{0,80}\b(zustimm\w*|\w*freigab\w*|freigeb\w*|freigib\w*
    |genehmig\w*|einkauf|vorstand\w*|chef\w*|geschäftsführ\w*|finanz\w*|buchhaltung|controlling|unterschr\w*
    |unterschreib\w*
    |entscheid\w*|prüf\w*|klär\w*)\b
    |\b(kein\w*|nicht|leider|müssen\b.{0,40}\b(fragen|klären|prüfen)|bleib\w*|unverändert|wie (bisher|vereinbart
    |im vertrag))\b|\?\W*$
""")


def concedes_payment_terms(document: Document) -> bool:
    """Whether the author agrees to payment terms, or changes them; keeping to those in force is none."""
    is_titled = _NAMED.holds(words_of(document).partition(b"\n")[0])
    return any(_gives_terms(line, is_titled=is_titled) for line, _ in _holding(document, TERMS, BILLED))


def promises(document: Document) -> Iterator[str]:
    """Yield the sentences in which the author agrees to something, without a condition."""
    return (sentence for line, sentence in _holding(document, _PROMISES) if not _TAKEN_BACK.holds(line))


def binds(document: Document) -> bool:
    """Whether the author confirms an order, a contract or an award in plain words, without a condition."""
    return any(not _TAKEN_BACK.holds(line) for line, _ in _holding(document, _BINDS))


def _gives_terms(line: bytes, *, is_titled: bool) -> bool:
    about_payment = is_titled or _NAMED.holds(line) or _DAYS_ALONE.holds(line)
    return about_payment and _CONCEDES.holds(line) and not _TAKEN_BACK.holds(line)


def _holding(document: Document, *wordings: Wording) -> Iterator[tuple[bytes, str]]:
    """Yield the author's sentences, of whatever language, that hold one of some wordings: these are without anchors.

    One look at all of them together finds which they are.
    """
    whole = in_every_language(document)
    starts = whole.line_starts
    places = (start for wording in wordings for start, _ in wording.spans(whole.lines))
    for index in dict.fromkeys(bisect_right(starts, place) - 1 for place in places):
        yield whole.line(index), whole.sentences[index].folded
