"""A counterparty fishing for what weakens our hand."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import INBOUND, Rule, Table, find

RULES = (
    Rule(
        name="plain question",
        pattern=r"""
            \bwhat('?s| is| are) (your|the) (\w+ )?(budget|target price|price target|price ceiling|price limit)\b
            |\bwhat budget (do you have|have you (got|set|planned))\b
            |\bhow much (money |budget )?(do|did|have) you (have|got|set aside|budget(ed)?|want to spend)\b
            |\bwho else (is|are|made|has|have|did|was) .{0,25}\b(running|race|bidding|bid|quot\w+
            |short ?list\w*|invited|tender\w*|looking at)\b
            |\bwhat (do|are) you (currently |now |today )?pay(ing)? \b|\bwhere do we stand (compared|against
            |with the others|versus)\b
            |\bwho (has|makes|takes) the (final|last) (say|word|decision|call)\b
            |\bwhen does your (contract|agreement|deal) with .{2,30}\b(end|expire|run out|lapse)\b
        """,
        unless=r"\b(with us|our (invoice|contract|budget)|for (the )?(invoice|parking))\b",
        at_least=0.75,
        reason="They ask in plain words for what is not theirs to know.",
    ),
    Rule(
        name="asks for budget",
        pattern=r"""
            \b(what|which|how (much|high|big|far|deep)|where|roughly|is there|are there|do you have|have you
            |could you|can you|would|is the|ballpark|some|any|should)\b.{0,60}\b(budget|budgeted|set aside
            |put aside|put by|earmarked|ceiling|target price|walk[- ]?away|price (range|level|target|idea)
            |number(s)? (would|do|does|will|could|gets?|you|in)|figure(s)? (do|would|you|in|pencill?ed)
            |spend(ing)?|sanctioned|funded|funding|capex|money|range|limit|pencill?ed|price would|prices? would
            |finanz\w+|financé)\b
        """,
        needs=r"""
            \b(you|your|u|ur|company|plan|project|approved|management|boss|cfo|finance|side|get this done|sign
            |there)\b
        """,
        unless=r"""
            \b(our (invoice|budget|price)|budget airline|your invoice|money back|limit value|limits? (in
            |on) (the )?(drawing|spec|rfq))\b
        """,
        reason="They ask for our budget or price limit.",
    ),
    Rule(
        name="asks what we pay",
        pattern=r"""
            \b(what|how much|roughly|which|could you|can you|ballpark|who|per)\b.{0,40}\b((do|did|are|were
            |have) (you|u|ya|you guys|you folks|you lot)( \w+){0,2} (pay|paid|paying|shelling out|spend|spending
            |give|make|earn|clear)|you( guys| lot| folks)?('re| are)? (currently |now |today )?(pay|paying|paid
            |spend|spending)|(was|is|does|do|did) [\w ]{0,30}(charg(e|es|ing)|bill(s|ing)?|cost(s|ing)?|ask(s
            |ing)?) (you|u)|(annual|yearly|present|current|monthly) (outlay|spend|cost|price|rate)|your margin
            |on a (bar|unit))\b|\bare (you|u)( still| really| currently)? paying\b|\b(you|u)('re
            | are) paying <amount>|\bhear (you'?re|you are|you pay|u pay|it'?s)\b
        """,
        unless=r"\b(our invoice|invoice \d+|on our|when will you pay|paid (us|our)|do we (pay|give))\b",
        reason="They ask what we pay today or earn.",
    ),
    Rule(
        name="asks about rivals",
        pattern=r"""
            \b(who else|who(m|se)?('s| is| are| was| made| got)?( the)? (other|others|else|in the (running|race
            |mix)|on the (short ?list|list)|quoting|bidding|competing|we up against)|which (other|others|firms
            |foundries|suppliers|vendors|companies|agencies|competitors)|other (bidders?|offers?|quotes?
            |quotations?|suppliers?|vendors?|candidates?|shortlisted|guys|agencies|foundries|brokers|party
            |parties|side|contenders|supplier)|another (bidder|supplier|vendor|quote|offer|agency)|competitors?
            |competition|competing|anyone (else|besides us)|anybody (else|besides)|someone (else|new
            |on the bench|undercut)|somebody else|the others|besides us|apart from us|against us|we the only
            |us the only|only ones?|the only (one|ones|bidder|supplier)|just us|ahead of us|undercut
            |cheaper (than us|offer|one)|how many (others?|are|of us|bid|vendors|suppliers|offers)|from whom
            |second quotation|the incumbent|the other (one|lot|make|brand|offer|bid))\b
        """,
        needs=r"""
            \?|\b(tell me|let me know|curious|wonder|would like to (know|hear)|could you|can you|may i ask|hint
            |helpful to know)\b
        """,
        unless=r"""
            \b(in the car|attend(s|ing)?|joining|invited|on the call|who else (should|will|can|needs)|gate|badge
            |cc|copy|lunch|training|(other|another) (date|day|slot|question|address|contact|file|page|room|way)
            |section|annex|drawing|lot \d|competitor'?s? (product|analysis) report)\b
        """,
        reason="They ask who else bids, or at what price.",
    ),
    Rule(
        name="asks where they stand",
        pattern=r"""
            \b(where|how|are|is|were|was|how far|how close)\b.{0,25}\b(do )?(we|our (offer|bid|price|quote
            |proposal)|us)( \w+)? (stand|rank(ed)?|place|off|fare(d)?|compare(d)?|(look|looks|doing|placed|sit
            |sits|scored|behind|ahead|in (front|the lead|contention)|too (high|expensive|dear)|far (off|away|out
            |below|above))|competitive|above|below|under|over|in the ball ?park|in range|close)\b
            |\b(how far (off|above|below|away|apart)|second by a|warm or cold|hot or cold|warmer or colder
            |am i (one of them|close|warm)|(are|is|were) (we|it|that|this|<amount>)( \w+)? (warm|cold|close
            |far off|too (high|much)|in the right|near(er)?)|nearer (to|<n>)|would <amount>.{0,30}(warm|cold
            |work|do it|be (ok|enough|rude)|get|fall)|(is|does) it (begin|start) with)\b|\bwould <amount>
            |\bwhere (would|do|should|must) (we|i) (need|have) to (land|be|come|end)|\b(if i were to pencil
            |what would it take|what gets (it|this) (done|over the line))\b
        """,
        needs=r"\?|\b(tell me|let me know|curious|wonder|would like to (know|hear)|hint)\b",
        unless=r"""
            \b(delivery|invoice|payment|schedule|behind (schedule|on)|parcel|site|gate|hotel|airport|how are you
            |how is (your|the) (team|family)|claim|ticket)\b
        """,
        reason="They ask how their offer compares.",
    ),
    Rule(
        name="asks who decides",
        pattern=r"""
            \b(who|whose|which|whom|is it|what)\b.{0,35}\b(decides?|decision|decision[- ]maker|signs?( off)?
            |sign off|has to (sign|approve|be happy|say yes|nod)|have to say yes|approves?|last word|final (say
            |word|call)|picks?|votes?|voting|breaks? (a|the) tie|opinion counts?|holds? the (budget|pen|purse)
            |scored?|scoring|weights?|weighting|makes the (call|choice|decision)|on the (panel|committee|board
            |jury)|favou?rite|holding out|against us|champion|tip it|to convince|presents it|counts? most
            |leaning|the points|gets? a vote|has the say|really decides)\b|\bhow (are|is|do|does|will
            |were)\b.{0,25}\b(points|scor(e|es|ed|ing)|weighted|weights?|decid(e|ed|es|ing)|decision|evaluat(e
            |ed|ion)|divided|chosen|criteria)\b
        """,
        needs=r"""
            \?|\b(tell me|let me know|curious|wonder|kindly|could you|can you|would like to (know|hear
            |understand))\b
        """,
        unless=r"""
            \b(delivery|timesheet|call-?off|who (signs|approves) (for )?(the|our) (delivery|timesheet|invoice
            |protocol|report|minutes)|signs? in|annex|section|page|published|safety|drawing|change order
            |june run|artwork|acceptance|access|badge)\b
        """,
        reason="They ask who decides on our side, or how.",
    ),
    Rule(
        name="asks for weakness",
        pattern=r"""
            \b(how|what|is|are|do|does|did|could|would|any|suppose|who|where)\b.{0,50}\b(plan b|back-?up
            |alternatives?|fallback|second source|stock (last|left|on your side|level|situation)|in stock|shelf
            |how many (days|weeks|hours)|how long (can|could|would)|run (dry|out)|line stops?|stands still
            |stopped tomorrow|painful|trouble|problems? (with|at)|causing|unhappy|unhappy with|happy with
            |fall over|fail(s|ed|ing)?|struggl\w+|stuck|desperate|pressure|hurt|how bad|how deep|let(s
            |ting)? you down|wrong with|dissatisfied|satisfied with|difficult(ies|y)? with|switch(ing)?|move off
            |depend(ent|s)?|couldn'?t help|can'?t help|need it)\b
        """,
        needs=r"\b(you|your|u|ur|them|their|they|supplier|present|current|other)\b.{0,200}\?",
        unless=r"""
            \b(our (\w+ )?(machine|product|delivery|unit|tool|software|service|pump|sample|film|part|driver)
            |with us|with our|login|ticket|error|version|firmware|log|serial|which (part|lot|unit)|reset
            |send (us )?(a )?(photo|picture|log)|our \w+ (fail|stop|trip)|satisfied with (our|the (service
            |delivery|training))|happy with (the|our|my|this))\b
        """,
        reason="They ask for our weak spots: stock, alternatives, trouble.",
    ),
    Rule(
        name="asks for novelties",
        pattern=r"""
            \b(what|which|any|are you|is it|is the|what'?s|whats|could you|anything|is there|tell me
            |do you)\b.{0,50}\b(coming next|comes? (after|next|out)|cooking|in the (pipeline|works|lab)|roadmap
            |next (product|generation|gen|thing|model|series|range|big thing)|new (products?|projects?|range
            |models?|lines?|format|formats|application|machine|hall)|launch(ing)?|bring(ing)? out|plan(s
            |ning)? to (introduce|launch|build|open)|develop(ing|ment)?|own gearbox|working on|building|up to
            |excited about|planned|for a new|secret|r&d|patent|prototype|gadget|mystery)\b
        """,
        needs=r"\b(you|your|u|ur|lot|guys|house|people|they)\b.{0,160}\?",
        unless=r"""
            \b(our (new|next|product|range|webinar|roadmap|line)|would you like|are you interested|can we (show
            |present)|introduce you|newsletter|ticket|order|driver|new (address|contact|po|order|delivery|date
            |drawing|version of the (drawing|file)))\b
        """,
        reason="They ask what we are developing.",
    ),
    Rule(
        name="asks for the real value",
        pattern=r"""
            \b(what|which|how)\b.{0,40}\b(do you (really|actually|internally) (need|accept|allow|see|require
            |use)|(really|actual|real|true|internal) (limit|requirement|value|load|pressure|need|figure|spec
            |life|product|numbers)|not the (one|rfq|value|figure)( \w+)? (on|in) (the )?(drawing|rfq|paper|spec)
            |not the rfq|(you|they|people) (accept|tolerate|write|wrote|live with) (internally|down)
            |accept internally|in the real product|own (drop )?tests?|failure report|are you training
            |test results of your)\b|\bnot the (one|numbers?|value) (on|in) the (drawing|rfq|paper)|\bpeek at\b
        """,
        unless=r"\b(delivery address)\b",
        reason="They ask for technical values beyond the documents.",
    ),
    Rule(
        name="off the record",
        pattern=r"""
            \b(off the record|between us|between you and me|just between|whisper|a little bird|rumou?r|i (hear
            |heard)|word is|someone told me|without holding you|give me a (hint|feeling|number|clue|nod)|hint
            |unofficially|informally|in confidence|rough idea|a feeling (when|for|how|where)|honestly where
            |would it be rude to ask|if i may ask|blink twice|nod if|read between)\b
        """,
        needs=r"""
            \b(price|budget|number|figure|offer|competitor|others?|decision|contract|agreement|supplier|launch
            |who|when|what|how|true|month|year)\b.{0,160}\?|\?.{0,10}$
        """,
        unless=r"""
            \b(invoice|delivery|on leave|holiday|congratulations|bought|got bought|wedding|baby|how (was
            |were))\b
        """,
        reason="They ask in confidence for what is not theirs to know.",
    ),
)

TABLE = Table(
    label=Label.ELICITATION,
    reason="They ask for what is not theirs to know.",
    rules=RULES,
    directions=INBOUND,
    needs=r"""
        \?|\b(tell|let (me|us) know|forward|please|kindly|(could|can|would|will|may|might)
        \ (you|u|we|i)|need|want to know
        |curious|wonder(ing|ed)?|i hear|we hear|whether|ask(ing|ed)?|would (help|like)|interested|understand)\b
        |^(\W*[\w']+ ){0,2}(what|who|when|how|which|is|are|did|do|does|was
        |were|will|would|whose|where|have|has|any|until
        |could|can|roughly|ballpark)('s|s)?\b
    """,
    unless_anywhere="<bulk>",
    unless=r"""
        \b(clarification|question \d+|rfq (line|item|document)|in (the|your) (rfq|rfp|tender|sow|statement)
        |annex|appendix|page \d+|section \d|row \d+|po \d|order \d+|for (the|your) order|support ticket
        |our invoice|credit note|which po|delivery note|load \d+|shipment \d)\b
    """,
)


def elicitation(document: Document) -> Iterator[Finding]:
    """Find questions of a counterparty after budget, rivals, deciders, dates, weak spots, novelties, internal values.

    Known false positives: open questions about a document we issued or an order they are filling.
    """
    return find(TABLE, document)
