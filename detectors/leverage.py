"""Our weakness or dependence, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated dependence",
        pattern=r"""
            \b(you'?re|you are|u r) (now |still )?our (only|sole|last) (\w+ )?(source|supplier|option|hope
            |chance|vendor)\b
            |\b(we|i)('ve| have)( got)? no (second source|other (source|supplier|vendor|option)
            |alternative( supplier| source)?|plan b|fallback)\b
            |\bno (one|body) else can (supply|deliver|make|build|do) (it|this|that|them|these|the)\b
            |\bswitching (away )?(from you )?(would|will|could) (take|cost) us\b
        """,
        unless=r"\b(meeting|slot|date|room|hotel|train)\b",
        at_least=0.7,
        reason="Dependence on this counterparty is stated.",
    ),
    Rule(
        name="only you",
        pattern=r"""
            \b(you'?re|you are|u are|ur|it'?s|they were|they are|they'?re|was|is|are|were|only|he'?s|he is
            |remain|leaves)( still| now| really| currently)? (our |my |the |you )?(only|sole|last
            |single)( \w+){0,2} (source|supplier|vendor|one|ones|hope|option|shop|company|firm|chance|feed|maker
            |make|packing|plan b|crane|works|person|human|line|people)\b|\bonly (you|your|you guys
            |your \w+)\b.{0,30}\b(can|could|have|has|fits?|sticks?|makes?|holds?|left|works?|pour|is)\b
            |\bthere is only you\b|\b(single|sole)[- ]?(source|sourced|supplier|vendor)\b|\bit'?s you or\b
            |\bthat leaves you\b|\b(we|i) (basically |really |simply |just )?(need|depend on|rely on
            |are dependent on|can'?t (do|live|run|ship|work|go on) without|are nothing without|cannot (ship|run
            |work|go on) without) (you|your)\b|\bwithout (you|your|ur|it|this|that|them|these)\b.{0,40}\b(stuck
            |can'?t|cannot|stops?|stands?|still|dead|lost|close|down|no )\b|\b(no one|nobody) but you\b
            |\bwe'?re yours\b|\b(completely|totally|fully|entirely|heavily) dependent\b|\bat your mercy\b
            |\bno (negotiating|bargaining) (position|power|chip)|\b(got|have) us over a barrel\b
        """,
        unless=r"""
            \b(fun|half the|party|photo|cake|joke|kids)\b|\byou'?re the only one who\b|<quantity>.{0,5}$
        """,
        reason="It is said that we depend on this counterparty.",
    ),
    Rule(
        name="line down",
        pattern=r"""
            \b(line|lines|plant|production|machine|machines|assembly|furnace|kiln|mill|filler|unit|packing|works
            |trial|wards?|shop|site|people|vans|drivers)( \d+)?( has| have|'s| is| are| was| were)?( been)?( now
            | all| already| just)?[ ](down|stand(s|ing)?( still| idle)?|stood( still)?|stopped|stops|idle
            |at a standstill|standstill|sit and wait|waiting|goes? dark|can'?t run|won'?t start|grinds to a halt
            |go out empty)\b|\b(line[- ]down|line stop|we'?ll have to (stop|close|shut)|we (have to|must
            |would have to) (stop|close|shut|send)|can'?t ship|cannot ship|can'?t deliver|turning (shops
            |customers|people) away|town goes dark|standing still|stands still|penalt(y|ies) (from|every) )\b
            |\b(customers?|\w+ customers) (are )?wait(s|ing)?\b
        """,
        needs=r"<we>|\b(no|since|until|the|without)\b",
        unless=r"""
            \b(claim|8d|clause|lost two hours|ticket|status page|sla|report|your (line|plant|mill|machine)
            |ur (line|plant)|while|stood still from)\b|\bon (\d+|the) \w+ (the )?line\b
        """,
        reason="It is said that our production stands still or is about to.",
    ),
    Rule(
        name="alternative failed",
        pattern=r"""
            \b(other|second|backup|back-up|alternative|replacement|previous|last|old|former|existing|current
            |present|regular|only|new|trial|two|three|five|turkish|korean|dutch|chinese|danish|indian
            |own)\b.{0,45}\b(fail(ed|s)?|gave up|tore|withdr(ew|awn)|pulled out|dropped out|fell (over|out
            |through|apart)|went (bust|under|bankrupt)|gone bust|has closed|closed (in|down)|never (passed
            |reached|worked|got)|couldn'?t|could not|not one could|gelled|delaminated|ghosted|walked (away|out)
            |let (us|go)|stops production|can'?t be (repaired|kept)|drift(s|ed)|burnt down|sank|died|cracked
            |binned|broke( down)?|won'?t (come|start)|laughed at|didn'?t (work|hold|pass)|is dead|let us down
            |quit|left us|not working)\b|\b(we|i)('ve| have)? tried (\w+ ){0,3}(others?|shops|foundries|makes
            |suppliers|vendors|them all|everyone|everything|a year)\b
        """,
        needs=r"<we>|\b(so|and)\b",
        unless=r"""
            \b(trainee|colleague|meeting|login|export|password|upload|link|file|your (last|other|old|second|new)
            |ur (last|other)|delivery|order|ticket|lot \d|batch \d|bids?|tender|shortlist|price|in their bid
            |round)\b
        """,
        reason="It is said that our alternative or present source failed.",
    ),
    Rule(
        name="switching cost",
        pattern=r"""
            \b(switch(ing)?|chang(e|ing)|mov(e|ing) (away|off|to another)|migrat(e|ing|ion)|get(ting)? off
            |rip(ping)?( that| it)? out|requalif\w+|re-?qualif\w+|re-?certif\w+|redo(ing)?|port(ing)?|replac(e
            |ing))\b.{0,50}\b(years?|months?|a fortune|cost(s)?|mean|not realistic|impossible|nightmare|half
            |from zero|everything|all approvals|whole|too (expensive|late|long|much)|don'?t even|can'?t|never
            |isn'?t possible|not possible|no way)\b|\b(lock(ed)?[- ]?in|locked into|hardwired|designed (in
            |around|round)|built (round|around|on) (you|your|ur)|only (one|thing|part|make) the design accepts
            |sits on your|can'?t get our data out|going back isn'?t|rebuild (the|everything))\b
        """,
        needs=r"<we>|\b(you|your|ur|another|would|takes?)\b",
        unless=r"""
            \b(password|room|address|shift|phone|tyres|your migration|your switch|ticket|please (change|replace)
            |replacement part|under warranty|meeting|date)\b
        """,
        reason="It is said what it would cost us to change the supplier.",
    ),
)

TABLE = Table(
    label=Label.LEVERAGE,
    reason="It shows that we are dependent or in need.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <public>|<refusal>|\b(invoices?|credit note|no hurry|no rush|nothing urgent|no drama|ticket \d|8d)\b
        |\?\W*$
    """,
    unless_anywhere=r"<formal>",
)


def leverage(document: Document) -> Iterator[Finding]:
    """Find dependence and distress: no second source, empty stock, a stopped line, failed alternatives, lock-in.

    Known false positives: a past stoppage described in a quality claim; figures of speech ("desperate for coffee").
    """
    return find(TABLE, document)
