"""What a fishing question asks for, and what a promise is about, by the labels of what would answer it.

The wordings are English with the commonest German ones. A question may ask for several things, and what it asks for ma
    y
stay unclear; nothing is guessed then.
"""

from collections.abc import Mapping

from detectors.finding import Label
from detectors.patterns import Wording, as_bytes
from messages.fold import fold

_BUDGET = Wording(r"""
    \b(budget\w*|target (price|number|cost)|ceiling|walk[- ]?away|price (range|level|target|idea|limit)|set aside
    |put aside|put by|earmarked|sanctioned|funded|funding|capex|opex|envelope|headroom|outlay|spend|spending|unspent
    |afford|investment|money (left|available|for)|the pot|cost you|costs you|charg(e|es|ing) (you|the)|do you pay
    |you paying|you('re| are) (\w+ )?paying|pay (you|per|today|now|for|them|him|her)|paying (now|per|them|today|for)
    |shelling out|billing you|bills you|money|rate did they|hourly rate|for you on each|stays with you|left for you
    |cost per \w+|premium|rebate|margins?|clear on (us|it)|in (the|your) (plan|pocket)|released? for|financé
    |finanziert
    |preisgrenze|zielpreis|preisvorstellung|kostenrahmen|obergrenze|wie viel geld)\b
    |\b(what|which|roughly what|is there a|is there some)( sort of| kind of)? (number|figure|price|amount|limit)\b
    |\b(number|figure|price|amount)\b.{0,40}\b(sign|done|award|shortlist|go away|over the line|pencill?ed|in mind
    |approve|would work|comfortable)\b
    |\b(would|if|is|was|say) (i |we )?.{0,20}<amount>.{0,60}\b(warm|cold|boiling|ok|okay|work|go through|fly|rude|sign
    |smile|right|close|near(er)?|in range|too (high|much)|sober)\b|\b(nearer|closer) to <n>\b
    |\bwhat (would it|it would) take\b|\btoo expensive\b|\bwarm(er)?( |,)*(or )?(cold|colder)\b|\bcold(,
    | or) ?warm\b|\bwhere (i|we) have to land\b|\bwhere (do|would|must|should) (i|we) (have|need) to (be|land|come
    |end)\b
    |\bhow (much|deep|high)\b.{0,40}\b(pay|paid|spend|left|budget|set|have|giv(e|ing)|available|release|released|board
    |approved|cost|put)\b|\bcomfortable with (per|at)\b|\bbegin with an? <n>\b
""")
_TIMELINE = Wording(r"""
    \b(when|until when|by when|in which (month|week|year|quarter)|which (month|week|date|day|quarter)|what date
    |what (month|week)|how soon|how long (are|is) you\w* (still )?(tied|bound)|deadline|drop[- ]dead|go[- ]live
    |time ?line|schedule|milestones?|sop|launch (date|window)|start of production|decision date|run out|runs out
    |expires?|expiry|lapses?|autorenew\w*|year closes|fiscal year|tied (to|until|up)|bound (with|to|until)|by which
    |before (the )?(weekend|summer|easter|christmas|year)|xmas or later|is there a day|dates?|how firm
    |wann|bis wann|termin\w*|frist|stichtag|zeitplan)\b
""")
_NO_TIME = Wording(r"\b(when (can|could|may|shall) we (meet|talk|call|visit|come)|how was|save the date|up to date)\b")
_COMPETITOR = Wording(r"""
    \b(who else|(which|what|any|the|how many|other|another|else)( \w+)? (bidders?|vendors?|competitors?|competition
    |makers?|foundries|printers|shortlisted|candidates?|quotations?|houses|brokers|agencies|contenders)
    |how many others|the other (two|guys|ones?|offer|vendor|side|lot|candidate\w*)|the others|competit(or|ors|ion|ive)
    |in the (running|race)|shortlist|short list|other (mills?|firms?|consultants)|how many companies|last one
    |still in it|second by a|second vendor|mix
    |miss the mark|who are we up against|up against|against us|us (the|the only) only
    |we the only|(the )?only ones?|are we alone|is it (just|only) us|just us|beside us|besides us|apart from us
    |anyone else|anybody else|somebody else|someone (new|else)|undercut|ahead of us|in front of us|cheaper|cheapest
    |lower than us|below me|above or below|second (quotation|round)|beauty contest|dancing|invited|bidding
    |remaining bidders|first place|(how far|far) (off|below|above)|where (do|does|stays?|are|is) (we|our \w+)
    (stand|rank|beside|compare\w*|against)?|stand compared|compared with|tested? another|also asked|ask(ed)? others
    |wettbewerber|mitbewerber|wer (noch|sonst)|andere(n)? (anbieter|angebot\w*))\b
""")
_SPECIFICATION = Wording(r"""
    \b(tolerances?|drawing|spec(s|ification)?s?|burst|pressure|wall thickness|temperature|viscosity|yield|cycle time
    |flow sheet|recipe|failure report|drop tests?|test (results?|room)|architecture|stack|material|precision|scrap\w*
    |limit value|shelf life|peel value|exotherm|flicker|light level|swelling|leak test|load|torque|accept internally
    |internal(ly)? (set|drawing|limit|value)|real (value|limit|requirement|product|one|burst)|measured
    |not the (one|rfq|value|figure)|in the real product|toleranz\w*|zeichnung|wandstärke|messwert\w*|prüfbericht)\b
""")
_INNOVATION = Wording(r"""
    \b(roadmap|coming next|comes? (after|next|out)|what'?s next|next (product|generation|gen|model|series|big thing
    |thing)|new (products?|formats?|range|machine|store|hall|line|formulation|booster|thing)|successor|in the pipeline
    |cooking|brewing|building|developing|working on|secret|prototype|gadget|mystery|patent\w*|under (the|a) (tarp
    |cloth)
    |pilot hall|back hall|something new|bringing out|introduce|reveal|launching|sold as|r&d|magnesium lab
    |neue[nsr]? (produkt\w*|modell\w*|generation)|entwickelt ihr|nachfolger)\b
""")
_LEVERAGE = Wording(r"""
    \b(plan b|back[- ]?up|second source|fallback|alternatives?|stock|in stock|on the shelf|weeks of|run dry
    |line stops?
    |lines? (stopped|down|turning|standing)|stands? still|stand still|how (painful|bad|hard|deep|desperate)|trouble
    |struggl\w+|fall over|fell over|fails?|failing|failed|unhappy|happy with|let you down|let(s|ting)? down|went wrong
    |wrong with|get so wrong|switch(ing)?|move off|walk away|depend\w*|stuck|hold (on|out)|holding up|carry you
    |how many (days|weeks|hours)|for how many|still reach|breathe without|couldn'?t help|can'?t deliver
    |nobody delivered|giving you problems|how long (can|could) (you|the \w+) run|other mill which
    |didn'?t sail|bad patch|notlösung|lagerbestand|vorrat|ausweich\w*|zweitlieferant\w*|umstell\w*)\b
""")
_DECISION = Wording(r"""
    \b(who|whose|whom)\b.{0,50}\b(decides?|decision|signs?|sign|approves?|convincing|approve|last word|final (say
    |word|call)|pen
    |picks?|votes?|tie|opinion|call|convince|presents|leaning|yes|nod|happy|ok|boss|group|panel|board|committee|say
    |brings it)\b
    |\b(decision[- ]?makers?|last word|final say|holds? the pen|sign it off|signs? off|have to (sign|say yes|nod)
    |has to (sign|say yes|nod|be happy)|must say ok|weights?|weighting|scoring|scorecard|criteria
    |points (are )?divided
    |favou?rites?|take home in their hearts|holding out|on the (panel|committee|board)|selection (group|board|panel)
    |breaks? (a|the) tie|tip it|care about most|listen to|look at most|sore point|purely price|mostly price
    |do you decide|make(s)? the call|made up (his|her|their|your) minds?|approves? (without|it)|sign alone
    |were scored|to get a yes|weigh (the )?(most|heaviest|against)|sceptic|is it (still )?(the|mr|mrs|ms
    |dr) .{0,30}(or|last word|boss)|wer entscheidet|entscheidungs\w*|freigabe
    |gewichtung|wer unterschreibt|bewertungs\w*)\b
    |\bwhich points does\b|\bwho sits\b
""")
_COMMITMENT = Wording(r"""
    \b(promise|guarantee|commit( to)?|exclusiv\w+|can we count on|(give|award|get|have) us the (order|award|job
    |business
    |contract)|can (we|i) (start|begin|order)|letter of intent|go ahead|minimum (volume|order)
    |zusagen|versprechen|garantieren|exklusiv\w*|auftrag (schon )?sicher)\b
""")
_ASKED: tuple[tuple[Label, Wording], ...] = (
    (Label.BUDGET, _BUDGET),
    (Label.TIMELINE, _TIMELINE),
    (Label.COMPETITOR, _COMPETITOR),
    (Label.SPECIFICATION, _SPECIFICATION),
    (Label.DECISION, _DECISION),
    (Label.LEVERAGE, _LEVERAGE),
    (Label.INNOVATION, _INNOVATION),
    (Label.COMMITMENT, _COMMITMENT),
)
_OF_RULE: Mapping[str, tuple[Label, ...]] = {
    "asks for budget": (Label.BUDGET,),
    "asks what we pay": (Label.BUDGET,),
    "asks about rivals": (Label.COMPETITOR,),
    "asks where they stand": (Label.COMPETITOR,),
    "asks who decides": (Label.DECISION,),
    "asks for weakness": (Label.LEVERAGE,),
    "asks for novelties": (Label.INNOVATION,),
    "asks for the real value": (Label.SPECIFICATION,),
}
_MONEY = Wording(r"""
    <money>|\b<amount> ?(<per>|(a|per) (piece|kilo|kg|unit|part))|\b(price|prices|cost|rate|discount|rebate|increase
    |surcharge|net ?(14|30|60|90)|payment|prepay\w*|preis\w*|rabatt|zahlung\w*|skonto)\b
""")
_AWARD = Wording(r"""
    \b(order is yours|it'?s yours|yours (at|for)|award(ed)?|you (get|have|got|will get|'ll get) the (order|job
    |contract
    |business)|contract is|go ahead|start work|green light|po (will|follows)|purchase order|deal|shake on|business is
    |sign(ed)? (it|with you|the)|count on (it|the|us)|auftrag|zuschlag|beauftrag\w*)\b
""")
_EXCLUSIVE = Wording(r"\b(exclusiv\w+|nobody else|no other (bidder|supplier)|sole (source|supplier)|exklusiv\w*)\b")
_DAY = Wording(r"<date>")
_PROMISED: tuple[tuple[Label, Wording], ...] = (
    (Label.BUDGET, _MONEY),
    (Label.DECISION, _AWARD),
    (Label.COMPETITOR, _EXCLUSIVE),
    (Label.TIMELINE, _DAY),
)


def topics_asked(words: str, *, rule: str = "") -> tuple[Label, ...]:
    """Return what a question asks for, the leaks that would answer it; empty where that is not clear.

    `rule` is the rule of `elicitation` that spoke in it: it tells where the words by themselves do not.

    Known false positives: figures of speech ("is the floor full" asks for rivals and is not read; "who is cooking
    tonight" is read as a question for novelties).
    """
    text = as_bytes(fold(words).text)
    found = [label for label, wording in _ASKED if wording.holds(text)]
    if Label.TIMELINE in found and _NO_TIME.holds(text):
        found.remove(Label.TIMELINE)
    return tuple(found) or _OF_RULE.get(rule, ())


def topic_promised(words: str) -> Label:
    """Return what a promise is about: money, the award, exclusivity, a day; else it is a commitment and no more."""
    text = as_bytes(fold(words).text)
    return next((label for label, wording in _PROMISED if wording.holds(text)), Label.COMMITMENT)
