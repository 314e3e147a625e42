"""Whether something is needed: what is asked of nearly every mail to a supplier. Words are English and German.

A pattern's machine is built by what it is shown: one that is asked of every text costs less than one that comes in
behind another, and for which most texts are new.
"""

from detectors.document import Document, once
from detectors.hints import adds_up
from detectors.patterns import Wording
from detectors.purpose import beside_errands, words_of

_OFFER = r"""
    \b(quot(e|es|ation)|(an|your|a|the) (\w+ )?offer|proposal|price (indication|idea|range|estimate)
    |ballpark|estimate
    |samples?|prototypes?|demo(nstration)?|trial|pilot|test (unit|machine|kit|licen[sc]e)|loan (unit|machine)|concept
    |feasibility)\b
"""
_NEED = r"""
    \b(indicative|rough|budgetary|ballpark) (price|quote|offer|figure|cost|estimate)\b|\b(test|trial|pilot|evaluat\w+
    |proof of concept)
    \ (it|this|them|your|the|one|two|run|phase|in our|at our|on our|order|installation)\b
    |\b(workshop|on-?site demo|free trial|trial (run|order|installation|licen[sc]e)|pilot (project|phase|installation
    |order|run)|proof of concept
    |put (a|some|any) (rough )?(number|figure|price)s? (on|to|against) (it|this|that)|what we'?re (on|using
    |running) (now|today|currently|at the moment)|which (one )?we (go|end up) with
    |(get|send|bring|ship|courier|post) (us |me )?(a|some) (couple|few|handful) (of )?(kilos?|litres?|grams?|metres?
    |pieces|rolls|sheets|bags|drums|bottles|units)
    |poc|sample (parts|order|run)|letter of intent|design[- ]in)\b
    |\b(we|i)( also| still| urgently| will|'ll)* (need|want)( (a|an|some|new|more|another|additional|about|around
    |at least|up to
    |to (buy|replace|order|try|test|introduce|switch|build|equip|get|move)|<n>|\w{4,}s))\b
    |\b(we|i)('re| are|'m| am)? (plan|planning|considering|thinking (of|about)|keen (to|on)|intend|look(ing)? (for|at
    |into)|search(ing)? for
    |would like to (buy|equip|replace|order|try
    |test|install|introduce|switch|build|work with)|going to (buy|replace|need|order|build)|replac(e|ing)
    |interested in)\b
    |\b(it|that|this|they) (would|might|will) cost\b|\b(could|might|would) be a (good )?(fit|match)\b|\bour (specs?
    |specification|requirements) for\b
    |\b(what would (it|that|this) cost|how much would|your (price|offer|quote|proposal) for)\b
    |\b(in the market for|set (us|me) back|borrow|(site|needs|on-?site) (survey|assessment)|catalog(ue)? with prices
    |(prices?|pricing) for <n>|how (fast|soon|quickly) (could|can|would) you (deliver|supply|install)
    |what (would|do) you charge|on loan
    |would (love|like) to (use
    |have|own)|at (which|what) price|tell (me|us) (the|your) price|work out a)\b
    |\b(do|would|might) you (also )?(make|sell|offer|supply|carry|stock|produce|manufacture|rent out|do) (an?|any|one
    |some
    |something|anything)\b
    |\b(you have|have you got|you('ve)? got) (something|anything|one|an? (unit|machine|system|product|solution
    |version|model
    |material|grade|tool|service|package)) (that|which|for|on which|in which|we|in)\b
    |\bwhat (would|could|can|might) you (offer|propose|suggest|recommend|advise|have (for|in|that)|need from us
    |quote)\b
    |\bwhich (\w+ )?(do|would) you (recommend|suggest|advise|propose)\b|\bwhich \w+ (is|are
    |would be) (the )?(most )?(suitable
    |best|right)\b
    |\b(recommend|suggest|propose) (an?|something|which|what|the right|the best|suitable)\b
    |\bhow much (is|are|does|do|it is|it costs|for)\b
    |\bwhat (have you got|do you (guys )?have) (for|in|that|there|to offer)\b|\bwhat('s| is) the damage\b
    |\bwhat are we talking\b
    |\b(possible|able) to (get|have|rent|lease|borrow|lend|hire) (an?|one|some|two|it)\b|\bloaners?\b|\brental (model
    |offer
    |option)\b|\bwho (do|should|can) (i|we) (talk|speak|turn) to (about|for) (licen[sc]es?|prices?|pricing|buying
    |renting|an?)\b
    |\b(i|we)('d| would) (also |really )?(like|love) to (introduce|roll out|adopt|subscribe|licen[sc]e|rent|lease
    |hire|trial
    |pilot|evaluate)\b
    |\b(set|sign) us up (with|for)\b|\bget us (started|on ?board(ed)?)\b|\b(include|count) us in\b|\bwhich of your\b
    |\bbefore (i|we) (go to|involve|ask|tell|bring in|talk to) (purchasing|procurement|our buyers?)\b
    |\bbevor (ich|wir) (den einkauf|zum einkauf|damit zum einkauf|mit dem einkauf)\b|\bwant to use your\b
    |\b(we|i) try your\b|\bvarianten (rechnen|kalkulieren|anbieten)\b|\broughly what we('re| are) talking\b
    |\bthat something (for you|you (do|offer|could|can|would))\b
    |\b(someone|somebody|a (firm|company|partner|supplier)) (to|who (can|could)) (take over|supply|build|make|run
    |provide
    |deliver)\b
    |\b(send|what are) (me |us )?(your )?(terms|conditions)\b
    |\b(hätten|hätte|wollen|wünschen) (das|die|den|so etwas|sowas|eins|eine[ns]?) (auch )?gern
    |\bgerne? (auch )?(so etwas
    |sowas|eins|haben|testen|einführen|nutzen|kaufen|anschaffen)\b|\bgern auch\b
    |\bpreislich (liegt|liegen|aussieht|aussehen|gesehen)\b|\bwas (muss|müssen|müssten) (man|wir|ich) (dafür
    |da) (rechnen
    |anlegen|einplanen)\b
    |\bwhat (would|does|do|might|will|should) (it|that|this|one|they|these|those|such an?|an?|your)( \w+)?
    ( roughly| approximately| typically| usually| normally| about)? cost\b
    |\b(send|share|see|know|get|have|give)( us| me)?( the| your| some| a)?( rough)? (pricing|price ?lists?|rate ?card
    |ballpark)\b|\b(pricing (per|options|plans?|models?)|ballpark per|price per (seat|user|licen[sc]e|head))\b
    |\b(run|try|test|trial|pilot) (it|them|one|this|some|some of our|our \w+) (on|in|at|with) (our|your|it|line
    |one of our
    |one|the (line|plant|factory|shop floor|kitchen|shop|store|ward|warehouse)|production)\b
    |\bwe (could|can) (run|try|test|trial) (it|one|some|our|your|a few)\b
    |\b(try|give) (it|one|them|this) (out (on|in|at|with|here)|a (try|go|whirl|spin))\b
    |\b(see|have|watch) (it|one|them|this) (in action|working|running|in operation|live)\b
    |\bfor (evaluation|evaluate|evaluating|trials?|a trial|try-?out|field tests?)\b
    |\b(test|trial|demo|evaluation|sandbox) (access|accounts?|licen[sc]es?|key|environment|tenant|version|units?)\b
    |\baccess for an? (fortnight|week|month|few|couple)\b
    |\b(i|we)('ve got| have|'ll have)( got)? to (replace|swap|upgrade|moderni[sz]e)\b
    |\b(want|need|like|wish|plan) (integrate|introduce|install|replace|buy|build)\b
    |\b(i|we)('d| would)?( really| also)? (want|love) (it|this|that|them) (in|for|on|as) (the|our|all|every)\b
    |\blet'?s (do|start|run|set up|plan|arrange|schedule|try|begin)( with)? (an? )?(small |first |short )?(trial|test
    |pilot
    |demo|sample)\b
    |<n> ?k? ?(t|tons?|tonnes?|kg|pieces|pcs|units?|litres?|seats?|users?|licen[sc]es) (a|per|every) (month|year
    |season)\b
    |\b\d+k (a|per) year\b
    |\bwas (so ?etwas|so ?was|so ein\w*|das|die|ein\w*|es)( \w+)?( ungefähr| etwa| circa| ca\.?| grob| so)? kostet\b
    |\b(kostenpunkt|preisvorstellung\w*|preisrahmen|preisidee|preisindikation|(eine|als|grobe) hausnummer)\b
    |\bim (programm|sortiment|portfolio|angebot) (habt|haben|hättet|hätten|führt|führen)\b
    |\b(habt|haben|hättet|hätten|führt|führen|macht|baut|bauen) (ihr|sie) (so ?etwas|so ?was|da ?was|da etwas
    |etwas (für|in
    |mit|das|im|passendes))\b
    |\b(auf der suche nach|ersatzbeschaffung|neuanschaffung|teststellung|test(zugang|lizenz)|probe(lauf|betrieb)
    |pilot(projekt|anlage|betrieb)|zum (testen|ausprobieren|probieren)|zur probe|bedarf an|grobangebot|budgetangebot)\b
    |\bwas (könn\w+|würd\w+) (sie|ihr) (uns )?(da |dafür |denn )?(vorschlagen|anbieten|empfehlen)\b
    |\b(wir|ich) (bräucht|überleg|erwäg)en?\b|\b(bräuchten|hätten) wir gern
    |\bunverbindliche\w* (angebot|preis\w*)\b
    |\bzeit für (eine )?\w*demo\b
    |\bwas koste(t|n)\b
"""
# What may begin a need that is told further on.
_BEGUN = r"""
    \b(come (by|over|to (us|our))|visit us|present|show us|add|extend|include|workshop|anfrage|richtpreis|muster
    |angebot
    |testgerät|probestellung|versuch\w*|wir|ich|brauchen|benötigen|suchen|planen|können|könnten|würden|dürfen|dürften
    |möchten|bitte|schicken|senden|machen|lassen|erstellen|was (würde\w*|wird|werden|so|ihr|sie|da|für|ein\w*)
    |kannst|könntest|könnt|könntet|würdet|magst|do you have|have you got)\b|demo
"""
_TOLD_FURTHER_ON = Wording(r"""
    \b(come (by|over|to (us|our))|visit us|present|show us)\b.{0,60}\b(solutions?|products?|machines?|systems?|demo
    |robots?|your (new|latest))\b
    |\b(anfrage|richtpreis|muster
    |angebot|testgerät
    |probestellung|versuch\w*|workshop)\b.{0,60}\b(schicken|senden|machen|bekommen|bitte|könnten)\b
    |\b(add|extend|include)\b.{0,40}\b(licen[sc]es?|sites?|seats?|workplaces?|users|modules?)\b
    |\b((wir|ich) (brauch|benötig|such|plan)en?|(brauch|benötig|such|plan)en wir|(wir|ich) (möchten?|wollen|will
    |würden?))
    \b.{0,60}(\b(neue\w*|<n>|partner|lieferanten?|anbieter|hersteller|ersatz|ersetzen|ablösen|austauschen|anschaffen
    |kaufen)
    |lösung|system|anlage|gerät|maschine)
    |\b((können|könnten|würden) sie|kannst du|könntest du|könnt ihr|könntet ihr|würdet ihr|magst du)\b.{0,60}\b(angebot
    |kostenvoranschlag
    |richtpreis|konzept|vorschlag|preis|zusammenstellen|durchrechnen|ausarbeiten|anbieten)\b
    |\bwas (so|ihr|sie|da|für|ein\w*)\b.{0,80}\bkostet\b
    |\b(do you have|have you got)\b.{0,60}\b((we|i) (could|can) (run|try|test|use|borrow|rent|buy)|for (our|the
    |a) (new|next)
    |to (rent|lend|try|sell))\b
    |\b(bitte|schicken|senden|machen|lassen|erstellen)( \w+){0,2} (sie|bitte|uns|mir)\b.{0,60}(\b(angebot
    |kostenvoranschlag
    |richtpreis|konzept|preise?)\b|muster|testgerät|probe|vorführ)
    |\b(können|könnten|dürfen|dürften|möchten|würden) (wir|sie|ich)\b.{0,60}\b(test\w+|ausprobieren|leihen|ausleihen
    |vorführen|vorstellen|probeweise)\b
    |\bbitte um (ein|ihr)\w*\b.{0,20}\bangebot\b
    |\b(produkt|live-?)?demo(termin)?\b.{0,40}\b(im|am|bei uns|zeit)\b
    |\bwas (würde\w*|wird|werden)\b.{0,40}\bkosten\b
""")
_ASKS = Wording(
    r"""
    \b((send|give|make|get|prepare|work out|draw up|let) (me|us|out|up)?.{0,30}|could you.{0,30}|can you.{0,30}
    |please.{0,30}
    |would you.{0,30})
"""
    + _OFFER
)
# No gap of many letters may stand in these: each text would be new to the machine, and slow.
_NEEDS, _OFFERS, _BEGINS = Wording(_NEED), Wording(_OFFER), Wording(_BEGUN)
# What sounds like a need and is none: something known is looked for, a day is proposed, a balance asked for.
_NO_NEED = Wording(r"""
    \blook(ing)? (for|at|into) (it|them|him|her|(this|that|these|those)( (error|issue|problem|case|matter|ticket))?
    |(the|your
    |my|our) (\w+ )?(part on|page|pages|slides?|recording|invoices?|files?|documents?|reports?|e?-?mails?|link|names?
    |address
    |numbers?|errors?|logs?|problem|issue|cause|ticket|matter|case|question|data))\b
    |\b(test|testing|try|trying|tested) (the|your|this|that) (\w+ )?(fix|patch|build|hotfix|update|workaround|repair
    |change
    |script|connection|link|login)\b|\b(kein(en|erlei)?|nicht) (\w+ )?(bedarf( an)?|auf der suche( nach)?)\b
    |\b(not|aren't|isn't) (\w+ )?looking (for|at|into)\b
    |\bnot (something|anything|a thing) (that )?we('re| are) (looking|planning|after|considering)( \w+)?
    |\blook(ing)? forward\b|\b(suggest|propose|recommend) (an?|some|another) (\w+ )?(time|date|day|slot|place
    |restaurant
    |hotel|room|call|meeting)\b
    |\bhow much (is|are) (outstanding|due|open|left|missing|owed|still|already|there)\b
""")
# No wording with gaps is longer: what stands farther off is not looked at.
_REACH = 160


@once
def asks_for_something(document: Document) -> bool:
    """Whether a need shows in plain words, or a quote, samples, a trial or a workshop are asked for."""
    return not is_without_plain_need(document) or _hints_at_need(words_of(document))


def asks_beside_errands(document: Document) -> bool:
    """Whether something is asked for in sentences that no errand is told in."""
    words = beside_errands(document)
    return _shows_need(words) or _hints_at_need(words)


@once
def is_without_plain_need(document: Document) -> bool:
    """Whether no words stand there that show a need by themselves."""
    return not _shows_need(words_of(document))


def _shows_need(words: bytes) -> bool:
    return _NEEDS.holds(words) and ((left := _NO_NEED.without(words)) == words or _NEEDS.holds(left))


def _hints_at_need(words: bytes) -> bool:
    if any(_ASKS.holds(words[max(0, end - _REACH) : end]) for _, end in _OFFERS.spans(words)) or adds_up(words):
        return True
    begins = (start for start, _ in _BEGINS.spans(words))
    return any(_TOLD_FURTHER_ON.holds(words[max(0, start - 1) : start + _REACH]) for start in begins)
