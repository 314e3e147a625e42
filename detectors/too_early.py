"""A supplier engaged on a need before there is a negotiation."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.matters import mentions, on_day, registered, told
from detectors.patterns import Wording
from detectors.presence import author, day_of, goes_out, is_buyer, is_seller, name_of, on_message, on_thread
from detectors.purpose import Purpose, purpose_of, words_of
from detectors.roles import speaks_for_procurement
from messages import Counterparty, CounterpartyKind, Negotiation, Phase

_ASKED_FOR = r"""
    \b(quot(e|es|ation)|(an|your|a|the) (\w+ )?offer|proposal|price (indication|idea|range|estimate)
    |ballpark|estimate
    |samples?|prototypes?|demo(nstration)?|trial|pilot|test (unit|machine|kit|licen[sc]e)|loan (unit|machine)|concept
    |feasibility)\b
"""
_ASKS = Wording(
    r"""
    \b((send|give|make|get|prepare|work out|draw up|let) (me|us|out|up)?.{0,30}|could you.{0,30}|can you.{0,30}
    |please.{0,30}
    |would you.{0,30})
"""
    + _ASKED_FOR,
    where=_ASKED_FOR,
)
_NEED = Wording(r"""
    \b(indicative|rough|budgetary|ballpark) (price|quote|offer|figure|cost|estimate)\b|\b(test|trial|pilot|evaluat\w+
    |proof of concept)
    \ (it|this|them|your|the|one|two|run|phase|in our|at our|on our|order|installation)\b
    |\b(workshop|on-?site demo|free trial|trial (run|order|installation|licen[sc]e)|pilot (project|phase|installation
    |order|run)|proof of concept
    |poc|sample (parts|order|run)|letter of intent|design[- ]in)\b
    |\b(we|i)( also| still| urgently| will|'ll)* (need|want)( (a|an|some|new|more|another|additional|about|around
    |at least|up to
    |to (buy|replace|order|try|test|introduce|switch|build|equip|get|move)|<n>|\w{4,}s))\b
    |\b(we|i)('re| are|'m| am)? (plan|planning|considering|thinking (of|about)|keen (to|on)|intend|look(ing)? (for|at
    |into)|search(ing)? for
    |would like to (buy|equip|replace|order|try
    |test|install|introduce|switch|build|work with)|going to (buy|replace|need|order|build)|replac(e|ing)
    |interested in)\b
    |\b(come (by|over|to (us|our))|visit us|present|show us)\b.{0,60}\b(solutions?|products?|machines?|systems?|demo
    |robots?|your (new|latest))\b
    |\b(it|that|this|they) (would|might|will) cost\b|\b(could|might|would) be a (good )?(fit|match)\b|\bour (specs?
    |specification|requirements) for\b
    |\b(what would (it|that|this) cost|how much would|your (price|offer|quote|proposal) for|(anfrage|richtpreis|muster
    |angebot|testgerät
    |probestellung|versuch\w*|workshop)\b.{0,60}\b(schicken|senden|machen|bekommen|bitte|könnten))\b
    |\b(in the market for|set (us|me) back|borrow|(site|needs|on-?site) (survey|assessment)|catalog(ue)? with prices
    |(prices?|pricing) for <n>|how (fast|soon|quickly) (could|can|would) you (deliver|supply|install)
    |what (would|do) you charge|on loan
    |(add|extend|include)\b.{0,40}\b(licen[sc]es?|sites?|seats?|workplaces?|users|modules?)|would (love|like) to (use
    |have|own)|at (which|what) price|tell (me|us) (the|your) price|work out a)\b
    |\b((wir|ich) (brauch|benötig|such|plan)en?|(brauch|benötig|such|plan)en wir|(wir|ich) (möchten?|wollen|will
    |würden?))
    \b.{0,60}(\b(neue\w*|<n>|partner|lieferanten?|anbieter|hersteller|ersatz|ersetzen|ablösen|austauschen|anschaffen
    |kaufen)
    |lösung|system|anlage|gerät|maschine)
    |\b(können|könnten|würden) sie\b.{0,60}\b(angebot|kostenvoranschlag|richtpreis|konzept|vorschlag|preis)\b
    |\b(bitte|schicken|senden|machen|lassen|erstellen)( \w+){0,2} (sie|bitte|uns|mir)\b.{0,60}(\b(angebot
    |kostenvoranschlag
    |richtpreis|konzept|preise?)\b|muster|testgerät|probe|vorführ)
    |\b(können|könnten|dürfen|dürften|möchten|würden) (wir|sie|ich)\b.{0,60}\b(test\w+|ausprobieren|leihen|ausleihen
    |vorführen|vorstellen|probeweise)\b
    |\b(wir|ich) (bräucht|überleg|erwäg)en?\b|\b(bräuchten|hätten) wir gern|\bbitte um (ein|ihr)\w*\b.{0,20}\bangebot\b
    |\bunverbindliche\w* (angebot|preis\w*)\b|\b(produkt|live-?)?demo(termin)?\b.{0,40}\b(im|am|bei uns|zeit)\b
    |\bzeit für (eine )?\w*demo\b
    |\bwas (würde\w*|wird|werden)\b.{0,40}\bkosten\b|\bwas koste(t|n)\b
""")
_TELLING = frozenset(
    {Label.SPECIFICATION, Label.COMMITMENT, Label.INNOVATION, Label.TIMELINE, Label.BUDGET, Label.LEVERAGE}
)
_LEAST = 0.5


def too_early(document: Document) -> Iterator[Finding]:
    """Find our people outside procurement who engage a supplier on a need that no negotiation is registered for.

    A need shows in plain words (a quote, samples, a trial, a workshop asked for) or, towards a known supplier, in what
    the text gives away or promises. Known false positives: small purchases that no negotiation is meant for.
    """
    if not document.context.negotiations or not goes_out(document):
        return
    firms = [one for one in document.counterparties if one.kind is not CounterpartyKind.CUSTOMER]
    if not firms or any(_covers(document, one) for one in registered(document)):
        return
    shown = _shown(document, firms)
    if shown and not _is_procurements(document):
        yield told("too_early", shown, _reason(document, firms[0]))


def _is_procurements(document: Document) -> bool:
    """Whether procurement writes or is on the thread, or a seller of ours writes, who offers and buys nothing."""
    directory = document.context.directory
    there = on_message(document) | on_thread(document)
    return (
        speaks_for_procurement(document)
        or is_seller(directory, author(document))
        or any(is_buyer(directory, one) for one in there)
    )


def _covers(document: Document, negotiation: Negotiation) -> bool:
    """Whether the need is a registered one: in negotiation, or within a running contract's topics."""
    if not negotiation.covers(day_of(document)):
        return False
    return negotiation.phase is not Phase.RUNNING or not negotiation.topics or mentions(document, negotiation)


def _shown(document: Document, firms: list[Counterparty]) -> float:
    """Return how sure it is that the message is about a need; 0 for not at all."""
    words = words_of(document)
    is_asked_for = _NEED.holds(words) or _ASKS.holds(words)
    is_told = any(one.label in _TELLING and one.confidence >= _LEAST for one in document.findings)
    if not (is_asked_for or is_told):
        return 0.0
    purpose = purpose_of(document)
    if purpose in {Purpose.AUTOMATIC, Purpose.ERRAND, Purpose.COURTESY}:
        return 0.0
    if is_asked_for:
        return 0.85
    is_supplier = any(one.kind is CounterpartyKind.SUPPLIER for one in firms)
    return 0.7 if is_supplier or purpose is Purpose.COMMERCIAL else 0.0


def _reason(document: Document, firm: Counterparty) -> str:
    writer, day = name_of(document, author(document)), day_of(document)
    later = [one for one in registered(document) if day and one.days.first and day < one.days.first]
    over = [one for one in registered(document) if day and one.days.last and one.days.last < day]
    if later and later[0].days.first:
        register = f"“{later[0].name}” begins only on {on_day(later[0].days.first)}"
    elif over and over[-1].days.last:
        register = f"“{over[-1].name}” was over on {on_day(over[-1].days.last)}"
    else:
        register = "no negotiation with them is registered"
    return f"{writer} engages {firm.name} on a need, and {register}; procurement is not on this thread."
