"""Sentences in which our person agrees to something: an amount, payment terms.

Sentences of any language are read; the words are English and German.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from detectors.document import Document, in_every_language, once
from detectors.patterns import Gapped, Wording, as_bytes
from detectors.payment_terms import PAID, SPANNED, SPLIT, TERMS, TIMED, Spoken, terms_spoken
from detectors.promising import BINDS, GIVEN, GIVING, PROMISES, TAKES
from detectors.purpose import words_of
from messages import fold

_DAYS_ALONE = Wording(
    r"\b(pay|pays|paid|payment|payable|(re-?)?invoic\w+|bill(s|ed|ing)?|net|terms|zahl\w*|\w*rechnung\w*|begleich\w*"
    r"|fakturier\w*)\b|überweis|\b(your|ihre|eure) (30|45|60|75|90|120|180) (days|tage)\b"
)
_NAMED = Wording(
    rf"{SPLIT}|"
    r"""
    \b(pay\w*|paid|net|deposits?|up ?front|advance|instal?lments?|credit|retention|discount|terms|pre-?pay\w*|zahl\w*
    |pro ?forma|settl(e|ed|ing|ement)|open account|cash flow|wir(e|ed|ing)|invoic\w+|bill(ed|ing)?|vorkasse
    |anzahlung\w*|vorauszahlung\w*|abschlag\w*|skonto|netto|teilzahlung\w*|raten|im voraus|bezahl\w*|begleich\w*
    |fakturier\w*|abrechn\w*|\w*rechnung\w*|\w*einbehalt|stund(en|ung)|gestundet)\b|überweis
"""
)
_CONCEDES = Wording(r"""
    \b(we|i)( also| both| all)?( can| could| will| would|'ll|'d| are| am|'re|'m)?( happily| gladly| now| also)?
    \ (agree|accept|confirm|pay|offer|grant|extend|shorten|prepay|transfer|move|switch|change|settle|take|do|live with
    |go with
    |give|happy with|fine with|ok with|okay with|good with|prepared to|willing to|glad to|wire|release|approve|drop
    |waive|forgo|skip|lift|remove|delete|strike|scrap|cut|reduce|raise|increase|bring|halve|double|put you|allow|start
    |(have|get) (it|that|this|them|you|the( \w+){1,5}) (paid|settled|transferred|wired|over|taken off|waived)
    |get (you )?(the|your) money)\b
    |\b(agreed|accepted|approved|confirmed|granted|deal|it'?s a deal|is fine|are fine|fine (by|with|for) (us|me)
    |works for (us|me)
    |ok(ay)? (with|by|for) (us|me)|is ok(ay)?|no problem|no objection|(you|ye) (can|may) (have|pay|settle|spread
    |delay|postpone)
    |you('ll| will) (have|get)|whenever (it )?suits
    |let'?s (do|say|make|go|settle|agree|call it)|<n>( ?%| days| weeks| months)? it is|(grand|perfect|great
    |brilliant)( so)?
    |(fair|good) enough|sounds (good|fair|ok|okay)|suits (us|me)|that works|(is|are)( for us| to us)? acceptable
    |acceptable (for|to) us|meet you|you get|take <n> days
    |send (me|us) (a|the|your) pro ?forma|works(,| for)|so be it|as you (asked|wish(ed)?|wanted)
    |from now on|will be (paid|changed|transferred|shortened|extended)|go ahead|consider it done|done|happy to|glad to
    |sure|yes)\b|(^|, )(ok|okay|fine|good|right|all right|alright|gut|gern|ja)\b
    |\b(ok|okay|recht|machbar|gut|kein problem) für uns\b|\bfür uns (ist das )?(ok|okay|machbar|kein problem|völlig)\b
    |\b(von (uns|mir) aus|geht klar|abgemacht|entgegen|kein problem)\b|^(ok|okay|gut|gern|gerne|ja)\b
    |\b(wir|ich) räume?n?\b.{0,60}\bein\b|\bräume?n? (wir|ich)\b.{0,60}\bein\b|\bkönnen (wir|sie)\b.{0,20}\bgerne?\b
    |\b(ist|wäre|sind) (für uns )?(machbar|möglich)\b|\b(wir (sind|wären)|sind wir|ich bin) (gern |gerne )?bereit\b
    |\bgerne? können sie\b|\b(verkürz|verlänger|begleich|bezahl|zahl)en wir\b
    |\bwir (verkürz|verlänger|bezahl|begleich)en\b|\b(können|könnten) wir\b.{0,20}\bleben\b
    |\b(einverstanden|akzeptier\w+|stimmen\b.{0,60}\bzu|zugestimmt|vereinbart|nehmen wir|können wir (so )?(machen
    |anbieten|leben)
    |geht in ordnung|in ordnung|bieten wir|gewähren|zusagen|zugesagt|bestätig\w+|zahlen wir|wir zahlen|machen wir
    |passt( so)?|passt|(dürfen|können) sie|verzichten|entgegen|(begleich|bezahl|zahl)en (wir|ich)?
    |(ist|sind) (für (uns|mich) )?(ok|okay|gut|akzeptabel|recht)|streichen wir|wir streichen|stellen wir|wir stellen)\b
    |überweisen (wir|ich)\b|\b(wir|ich) überweise
""")
_PRIVATE = Wording(
    r"\b(lunch|dinner|beers?|pizza|cake|tickets?|taxi|tip|mittagessen|abendessen|bier|kuchen|trinkgeld)\b"
)
_TAKEN_BACK = Wording(r"""
    \b(not|n'?t|cannot|can'?t|won'?t|never|no longer|unable|refuse|declin\w+|reject\w+|unless|whether|nothing|nobody
    |neither)\b|n't\b
    |\b(if|once|provided|subject to|until|after|before|as soon as|pending)\b.{0,80}\b(approv\w+|agre\w+|sign\w+|board
    |boss|manager|finance
    |treasur\w+|controll\w+|cfo|procurement|purchasing|lead|confirm\w*|check\w*|decid\w*)\b
    |\b(have|has|need|needs|must|let me|i'?ll|will|want|going) (to )?(ask|check|clear|talk|speak|consult|discuss)\b
    |\b(remain|remains|stay|stays|unchanged|still|stick|insist|as (in|per|agreed|usual|always|ever|before|published
    |stated
    |set out)|already agreed
    |according to|standard terms|(our|the|your) (usual|standard|agreed|normal|contractual)
    |in the (signed )?(contract|agreement)|per contract
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
    |\b(kein\w*|nicht|leider|müssen\b.{0,40}\b(fragen|klären|prüfen)|bleib\w*|unverändert|(vereinbarte|gewohnte)\w*
    |wie (bisher|immer|gehabt|vereinbart
    |im vertrag))\b|\?\W*$|üblich
""")
# What is denied here takes nothing back.
_NO_MATTER = Wording(r"""
    \b(no (problem|issues?|objections?|worries|bother|need|trouble|doubt|harm|hard feelings|later than|more than
    |less than)
    |not (a (problem|issue|bother|worry)|only|just|later than|more than)|(don'?t|do not|needn'?t|won'?t) (you )?(worry
    |have to (ask|worry|wait)|need to (ask|worry|wait)|hesitate|mind|bother|fret)|(won'?t|will not|wouldn'?t|doesn'?t
    |nobody( here)? will|no one( here)? will) (mind|object|say no|hurt)|(do not|don'?t|have no|no) problem with|why not
    |can'?t (complain|say no|argue)|instead of|rather than|nobody else|no one else|without (further ado|delay)
    |(won'?t|will not|not going to|no need to) (go out to|run|hold|do|start|have|need) (a|another) (\w+ )?(tender
    |rfq|round)
    |stay(ing)? with (you|ye)|stays? where|stick(ing)? with (you|ye)|still (good|fine|stands?))\b|(, (and )?
    |and )not (<n>|on|with|to|by|from|for|the|a|in)\b|(,|und) nicht (die|der|das|für|mit|bei|von)\b
    |\b(kein(e|en)? (problem|thema|kopf|gedanken|stress|sorgen?|einwände?|frage|umstand)|nichts (dagegen
    |einzuwenden)|nicht (nur|mehr als
    |später als|länger als)|warum nicht|(mir|uns|euch|ihnen|dir) (keiner|niemand|kein mensch)|bleiben? (wir |ich )?bei
    \ (ihnen|euch|dir)|(wir|ich) bleiben? bei (ihnen|euch|dir))\b
""")
_WANTED = Wording(
    r"\b(you|they) ((would|'d) like|want(ed)?|ask(ed)?|need(ed)?|propos\w+|request\w*|suggest\w*|mention\w*)\b"
    r"|\b(sie|ihr|du) (wollt\w*|wünsch\w*|möcht\w*|schlagt|schlagen|fragt\w*|habt|hatten|haben)\b|\b(your"
    r"|ihr\w*) (request|wish"
    r"|proposal|wunsch|vorschlag|bitte)\b"
)
_YES_TO_IT = Wording(r"""
    ^(grand|ok|okay|fine|agreed|deal|sure|yes|good|right|done|einverstanden|gut|ja|gern|gerne|passt)\b
    |\b(do|accept|live with|agree to|manage|arrange|go (along )?with) (that|it|this|so)\b
    |\b(that|this|it)('s| is| will be)( \w+)? (fine|ok|okay|no problem|agreed|possible|alright|all right)\b
    |\b(das geht|machen wir|ist in ordnung|kein problem|geht klar|können wir (so )?machen)\b
""")
# Said after terms, it agrees to them whoever named them.
_SO_BE_IT = Wording(
    r"^(so machen wir|let'?s do (it|that)\b|(we'?ll|we will) do (it|that) (so|like|that way)|that'?s (agreed|settled)\b"
    r"|that is (agreed|settled)\b|abgemacht|so be it)"
)
# What comes after it decides.
_BUT = Wording(r"\b(but|however|aber|jedoch|doch)\b")
_A_DIGIT = re.compile(rb"\d")
_SHORT = 300


@once
def concedes_payment_terms(document: Document) -> bool:
    """Whether the author agrees to payment terms, or changes them; keeping to those in force is none."""
    subject = words_of(document).partition(b"\n")[0]
    spoken = terms_spoken(document)
    whole = in_every_language(document)
    named: list[tuple[int, bytes]] = []
    if Spoken.TERMS in spoken:
        is_titled = TERMS.holds(subject) and _NAMED.holds(subject)
        named += _placed(whole, *([TERMS, SPANNED] if is_titled else [TERMS]))
    if Spoken.PAID in spoken:
        named += ((index, line) for index, line in _placed(whole, PAID) if TIMED.holds(line))
    return any(_gives_terms(line, subject) or _is_granted(line, _after(whole, index)) for index, line in named)


def promises(document: Document) -> Iterator[str]:
    """Yield the sentences with a number in which the author agrees to something, without a condition."""
    for line, said in _holding(document, PROMISES):
        if _A_DIGIT.search(line) and not _is_taken_back(line, PROMISES):
            yield said


def binds(document: Document) -> bool:
    """Whether the author confirms an order, a contract or an award in plain words, without a condition."""
    return any(not _is_taken_back(line, BINDS) for line, _ in _holding(document, BINDS))


def gives_to(document: Document, firms: Iterable[str]) -> bool:
    """Whether the author says that something goes to one of these firms, or stays there."""
    lines = in_every_language(document).lines.lower()
    names = (as_bytes(fold(one).text.lower()) for one in firms)
    wordings = [_giving_to(one.decode("cp1252")) for one in names if one in lines]
    return any(
        GIVEN.holds(line) and not _is_taken_back(line, one) for one in wordings for line, _ in _holding(document, one)
    )


@lru_cache(maxsize=1024)
def _giving_to(name: str) -> Wording:
    return Wording(rf"{GIVING}{re.escape(name)}\b")


def takes_what_is_quoted(document: Document) -> bool:
    """Whether the author only says yes, to what the message quotes."""
    said = words_of(document).partition(b"\n")[2]
    if len(said) > _SHORT or not TAKES.holds(said):
        return False
    return any(not _is_taken_back(line, TAKES) for line, _ in _holding(document, TAKES))


def _gives_terms(line: bytes, subject: bytes) -> bool:
    if not _CONCEDES.holds(line) or _PRIVATE.holds(line) or _is_taken_back(line, _CONCEDES):
        return False
    return any(one.holds(line) for one in (_NAMED, _DAYS_ALONE, PAID)) or _NAMED.holds(subject)


def _is_granted(line: bytes, following: bytes) -> bool:
    """Whether a sentence names terms, perhaps as what they want, and the next one says yes to them."""
    if _SO_BE_IT.holds(following):
        return not _is_taken_back(line, TERMS) and not _is_taken_back(following, _SO_BE_IT)
    return _WANTED.holds(line) and _YES_TO_IT.holds(following) and not _is_taken_back(following, _YES_TO_IT)


def _after(document: Document, index: int) -> bytes:
    return document.line(index + 1) if index + 1 < len(document.line_starts) else b""


def _is_taken_back(line: bytes, wording: Wording | Gapped) -> bool:
    """Whether something speaks against what a sentence agrees to by this wording."""
    if not _TAKEN_BACK.holds(line):
        return False
    turns = [end for _, end in _BUT.spans(line)]
    if turns and wording.holds(line[turns[-1] :]):
        line = line[turns[-1] :]
    for start, end in _NO_MATTER.spans(line):
        line = line[:start] + b"-" * (end - start) + line[end:]
    return _TAKEN_BACK.holds(line)


def _holding(document: Document, *wordings: Wording | Gapped) -> Iterator[tuple[bytes, str]]:
    """Yield the author's sentences, of whatever language, that hold one of some wordings."""
    whole = in_every_language(document)
    return ((line, whole.sentences[index].folded) for index, line in _placed(whole, *wordings))


def _placed(whole: Document, *wordings: Wording | Gapped) -> Iterator[tuple[int, bytes]]:
    """Yield the sentences that hold one of some wordings, and which they are: one look at all of them together."""
    placed = (index for wording in wordings for index in wording.lines_in(whole.lines, whole.line_starts))
    for index in dict.fromkeys(placed):
        yield index, whole.line(index)
