"""Other bidders' names, prices, ranking and weaknesses, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated bid",
        pattern=r"""
            (<firm>|<rival>) (came in|came back|come in|comes in) (at|with) <amount>
            |(<firm>|<rival>) (has |have )?(quoted|bid|tendered) (us )?<money>
            |\b(besides|apart from|next to|other than) you,? (there (is|are)|it'?s|we have) .{0,30}\b(bidders?
            |suppliers?|vendors?|offers?|others?|quotes?)\b
        """,
        unless=r"\b(you|invoice) (came|come) |<quantity>.{0,2}$",
        at_least=0.7,
        reason="Another bidder or its offer is stated.",
    ),
    Rule(
        name="compared with you",
        pattern=r"""
            \b(you('re| are)|u are|ur|yours (is|was|are)|your (price|offer|bid|quote)( is| was)?
            |that'?s)\b.{0,20}(<amount>|<percent>|\b(second|third|fourth|last|most expensive|cheapest|highest
            |lowest|too expensive|a (bit|little|lot)|way|far|slightly|still|by a (hair|mile)|not the (cheapest
            |lowest)|the (second|third|cheapest|most))).{0,25}\b(over|above|below|under|behind|ahead|higher
            |lower|cheaper|dearer|more expensive|highest|cheapest|lowest|off|than|points|place|by a hair
            |of (the )?(three|four|five|six|all))\b|(<percent>|<money>|\b(a third|half|much|way|slightly
            |a bit)\b).{0,15}\b(cheaper|below|under|less|above|over|lower|behind|ahead of|dearer
            |more) (than )?(you|u|your|yours|ur)\b|\b(you|u|yours)( are|'re| came| come| is| was| were| finished
            | ended)( in)? (second|third|2nd|3rd|fourth|last)\b|\b(second|third|2nd|3rd) cheapest\b|\bundercut(s
            |ting)? (you|u)\b|\b(cheaper|faster|slower|better|worse) than (you|yours|your)\b|\b(ur|your
            |you'?re) (second|2nd|third|3rd)\b
        """,
        unless=r"""
            \b(catalogue|price list|last year|than last|invoice|delivery|late|behind schedule|second (invoice
            |delivery|sample|mail|email|shift|floor|visit|copy|page|signature|question|remark|point|order|half
            |person|quarter|attachment|batch|truck|trailer|line|set|option|year|week|day|time|name|driver))\b
        """,
        reason="The counterparty is told how it compares with other bidders.",
    ),
    Rule(
        name="named incumbent paid",
        pattern=r"""
            \b(we|i|we'?re) (\w+ ){0,3}(pay|paid|paying|buy|spend|are at|at)\b.{0,30}<amount>.{0,20}\b(with|to
            |at|from|for) <firm>|\bwe (\w+ ){0,2}(pay|paid) <firm>.{0,25}<amount>|<firm> (\w+ )?(bills?|charges?
            |invoices?|gets?|takes?|costs?)( us| me)?.{0,20}<amount>.{0,30}
        """,
        needs=r"\b(us|we|me|our)\b",
        unless=r"<theirs>",
        reason="A present supplier is named with what it charges us.",
    ),
)

TABLE = Table(
    label=Label.COMPETITOR,
    reason="It is about other bidders.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <orderwords>|<public>|<refusal>|\b(museum|pizza|index on the news|announces|merger|public opening)\b
        |\?\W*$
    """,
    unless_anywhere=r"<formal>",
)


def competitor(document: Document) -> Iterator[Finding]:
    """Find what belongs to other bidders: who they are, how many, their prices, their rank, their weak points.

    Known false positives: the counterparty's own earlier prices; firms named for other reasons next to a figure.
    """
    return find(TABLE, document)
