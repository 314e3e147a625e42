"""Other bidders' names, prices, ranking and weaknesses, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="their price",
        pattern=r"""
            (<firm>|<rival>|\bthey)('s| is| are| was| were| has| have|'re)?( \w+)? (came (in|back)( \w+)? (at|with)|come in at|at|bid|bids|offered|offers?|quoted|quotes?|asks?|asked|wants?|wanted|put|told us|said|gave us|charges?|do it for|would do|went to|went down|won'?t go below|demands?|tendered|proposed?|sits?|land(ed)? at|is on|begged)
            .{0,25}(<amount>|<percent>)
        """,
        needs=r"<money>|<per>|<percent>|\b(bid|offer(ed|s)?|quot(ed|es?|ation)|price|cheaper|came in|below|under|above|tender|same|against|for|asks?|at)\b",
        unless=r"<theirs>|\b(you|u) (came|come|bid|offered|quoted|asked|want)\b|<quantity>.{0,4}$|\b(invoice|timesheet|meeting|o'clock|room|train|gate|dinner|arrives?|driver|hours|the (workshop|team|shift|law|norm|auditor))\b",
        confidence=0.6,
        reason="Another bidder's price or terms are given.",
    ),
    Rule(
        name="compared with you",
        pattern=r"""
            \b(you('re| are)|u are|ur|yours (is|was|are)|your (price|offer|bid|quote)( is| was)?|that'?s)\b.{0,20}(<amount>|<percent>|\b(second|third|fourth|last|most expensive|cheapest|highest|lowest|too expensive|a (bit|little|lot)|way|far|slightly|still|by a (hair|mile)|not the (cheapest|lowest)|the (second|third|cheapest|most))).{0,25}
            \b(over|above|below|under|behind|ahead|higher|lower|cheaper|dearer|more expensive|highest|cheapest|lowest|off|than|points|place|by a hair|of (the )?(three|four|five|six|all))\b
            |(<percent>|<money>|\b(a third|half|much|way|slightly|a bit)\b).{0,15}\b(cheaper|below|under|less|above|over|lower|behind|ahead of|dearer|more) (than )?(you|u|your|yours|ur)\b
            |\b(you|u|yours)( are|'re| came| come| is| was| were| finished| ended)( in)? (second|third|2nd|3rd|fourth|last)\b|\b(second|third|2nd|3rd) cheapest\b|\bundercut(s|ting)? (you|u)\b|\b(cheaper|faster|slower|better|worse) than (you|yours|your)\b|\b(ur|your|you'?re) (second|2nd|third|3rd)\b
        """,
        unless=r"\b(catalogue|price list|last year|than last|invoice|delivery|late|behind schedule|second (invoice|delivery|sample|mail|email|shift|floor|visit|copy|page|signature|question|remark|point|order|half|person|quarter|attachment|batch|truck|trailer|line|set|option|year|week|day|time|name|driver))\b",
        confidence=0.65,
        reason="The counterparty is told how it compares with other bidders.",
    ),
    Rule(
        name="how many bid",
        pattern=r"""
            \b(<n>|\d+|several|a few|other|others|more|only|just)\b.{0,20}\b(bids?|bidders?|offers?|quotes?|quotations?|vendors|suppliers|companies|firms|agencies|competitors|tenderers|candidates|contenders|of you|of u|in it|in the (race|running|round|mix|game))\b.{0,30}\b(on the table|left|in|received|sent|submitted|still|total|now|so far|shortlist(ed)?|in the (race|running|round|mix|game))\b
            |\b(you and|you & |you \+|apart from you|besides you|next to you|other than you|against you|you plus|beside you)\b.{0,30}\b(<n>|<firm>|others?|another|there'?s|there is|there are|it'?s|is|are)\b
            |\bit'?s (just |only |now |between |down to )*(you|u) (and|&|or|plus|\+)|\bthere('s| is| are)( just| only| now| still| then)? (<n>|\d) of (you|u)\b|\b(<n>|\d) of (you|u)( left| in)?\b|\bshortlist(ed)?( is|:| of| has)?\b.{0,30}(<firm>|<n>)|\bsole bidder\b|\bonly bidder\b
            |\b(two|three|four|five|six|seven|\d) (asked for|pitched|answered|sent|handed in|dropped out|pulled out|are left|bid|quoted)\b
        """,
        unless=r"\b(pizza|visitors|coming|participants?|people|trainees|colleagues|for lunch|seats?|tickets?|wheelchair|of you (coming|come)|all of you|some of you|questions?|answers?)\b",
        confidence=0.6,
        reason="It is said who else bids or how many.",
    ),
    Rule(
        name="rival fared",
        pattern=r"""
            (<firm>|<rival>|\b(one|the (first|second|third|last|cheapest)) )('s|s'| is| are| was| were| has| have)?( \w+){0,3} (withdr(ew|awn)|dropped out|pulled out|is out|are out|fell out|(failed|didn'?t pass|not pass(ed)?) (the|our)|can'?t deliver|cannot deliver|can'?t do|cannot do|handed in|fogged up|already (handed|sent)|was (second|third|slicker|weaker|too)|were (weaker|second|third|slow)|came (last|second|third|first)|forgot|leaves the|lost \d|didn'?t (bring|show|even)|came last|ranked|lasted only|only lasted|broke after|went bust|has no|have no)\b
        """,
        needs=r"\b(you|yours|your|bid|offer|tender|round|us|price|shortlist|demo|trial|out|last|second|third|deliver|test|same|plates|sample|their|panel|rope|pen test)\b",
        unless=r"<theirs>|\b(driver|shipment|truck|ticket|server|pdf|file|login|colleague|session|i (can'?t|cannot)|we (can'?t|cannot)|you (can'?t|cannot|have no)|invoice|order|portal|meeting|train|flight)\b",
        confidence=0.5,
        reason="It is said how another bidder fared.",
    ),
    Rule(
        name="list of offers",
        pattern=r"""
            \b(offers?|quotes?|bids?|prices) (in|received|so far|opened)\b.{0,10}:|\b(?-i:[A-Z])[a-zåäöéø]+( (at|with|is at|is on|asks))? <amount>,? (and )?(?-i:[A-Z])[a-zåäöéø]+( (at|with|is at|is on|asks))? <amount>
            |\b<firm>('s)? (offer|bid|quote|quotation|price|sheet|proposal|sample|concept|plan|fee|envelope|rate)s?\b.{0,30}(<amount>|<percent>|\b(is|was|has|had|lacks?|cheaper|weak|without|no|forgot|looked|better|worse)\b)
        """,
        unless=r"<theirs>|<month>|\b(pos|item|line|qty|room|building|table|page|annex|section|part|lot|box|hall|gate|dock|position)\b",
        confidence=0.6,
        reason="Other bidders' offers are listed.",
    ),
    Rule(
        name="named incumbent paid",
        pattern=r"""
            \b(we|i|we'?re) (\w+ ){0,3}(pay|paid|paying|buy|spend|are at|at)\b.{0,30}<amount>.{0,20}\b(with|to|at|from|for) <firm>|\bwe (\w+ ){0,2}(pay|paid) <firm>.{0,25}<amount>
            |<firm> (\w+ )?(bills?|charges?|invoices?|gets?|takes?|costs?)( us| me)?.{0,20}<amount>.{0,30}
        """,
        needs=r"\b(us|we|me|our)\b",
        unless=r"<theirs>",
        confidence=0.6,
        reason="A present supplier is named with what it charges us.",
    ),
)

_TABLE = Table(
    label=Label.COMPETITOR,
    rules=RULES,
    directions=OUTBOUND,
    unless=r"<orderwords>|<public>|<refusal>|\b(museum|pizza|index on the news|announces|merger|public opening)\b|\?\W*$",
    unless_anywhere="<formal>",
)


def competitor(document: Document) -> Iterator[Finding]:
    """Find what belongs to other bidders: who they are, how many, their prices, their rank, their weak points.

    Known false positives: the counterparty's own earlier prices; firms named for other reasons next to a figure.
    """
    return find(_TABLE, document)
