"""Our budget, ceilings, target prices, what we pay now, our margins, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated budget",
        pattern=r"""
            \b(our|my|internal|the approved|the project|project) (\w+ )?(budget|target (price|cost)
            |price target|price limit|price ceiling
            |ceiling|walk[- ]?away price|maximum price|cost target)\b.{0,30}(\b(is|are|was|of|at|to)\b
            |:).{0,20}<money>
            |\b(we|i)('ve| have)( got)? (a |the )?budget of .{0,12}<amount>|\bhave approved .{0,15}<money>
        """,
        at_least=0.75,
        reason="Our budget or target price is stated.",
    ),
    Rule(
        name="funds with amount",
        pattern=r"<funds>.{0,45}<amount>|<amount>.{0,40}<funds>",
        needs=r"<we>|\b(the|there'?s?|internal|approved|left|has|have|management|finance|board)\b",
        unless=r"""
            \byour budget\b|\bbudget (airline|hotel|flight|option)|(latency|power|time|error|loss|mass|weight
            |heat) budget
        """,
        reason="A budget is named together with an amount.",
    ),
    Rule(
        name="money approved or left",
        pattern=r"""
            \b<setaside>\b.{0,30}<money>|<money>.{0,30}\b(<setaside>|still open|to spend|left (in|for|on|over
            |this|of)|left$|untouched|unspent|uncommitted|not yet ordered|in (the|my|our) (pot|plan|budget|sheet
            |books|drawer|kitty|system))
        """,
        reason="An amount is said to be approved, set aside or still available.",
    ),
    Rule(
        name="over this it dies",
        pattern=r"""
            \b(anything|everything|whatever|more than|above|over|past|beyond|under|below|north of|(starts?
            |begins?) with)\b.{0,15}<amount>.{0,40}\b(dead|dies|die|stop|walk|bin|binned|plug|refuse[sd]?
            |reject(ed|s)?|no go|no-go|sent back|goes back|out|trouble|sweat(ing)?|killed|kills|never pass
            |won'?t (fly|pass|get)|can'?t|cannot|not (go|pass|get|be)|talk|sign|straight|through)\b
        """,
        needs=r"<money>|<per>|\b(price|pay|cost|we|boss|finance|cfo|board|director|project)\b",
        unless=r"<quantity>",
        reason="It is said above which price we would not buy.",
    ),
    Rule(
        name="what we pay now",
        pattern=r"""
            \b(we|i|we'?re|we'?ve)( \w+){0,2} (pay|paid|paying|pays|spend|spent|spending|burn|buy|bought|get it
            |get them|at)\b( [\w']+){0,4} <amount>.{0,30}(<per>|\b<now>\b)|\b<now>\b,? (we|i)( \w+){0,2} (pay
            |paid|spend|buy|are at|are on)\b.{0,40}<amount>|\b(we|i) (currently |presently |now |today )(pay
            |spend|buy|are (at|on|paying))\b.{0,30}<amount>|\b(paying|we pay|we paid|we'?re paying
            |we spend)\b( \w+){0,3} <amount>
        """,
        unless=r"<theirs>|\b(you|your)\b.{0,10}\b(charge|bill|invoice)",
        reason="It is said what we pay today.",
    ),
    Rule(
        name="what they charge us",
        pattern=r"""
            \b(bills?|charges?|invoices?|costs?|sets|set) (us|me)( about| around| roughly
            | a shade under)? <amount>|\bgets? <amount>.{0,25} from us\b|<firm>( \w+)? (bills?|charges?
            |invoices?|costs?|takes?|asks?|gets?) (us|me).{0,25}<amount>
        """,
        unless=r"<theirs>|\b(downtime|penalty|hour of|lost|late)\b",
        reason="It is said what a present supplier charges us.",
    ),
    Rule(
        name="our margin",
        pattern=r"""
            \b(our|my|the) (gross |net |own )?(margin|mark-?up|contribution)s?\b.{0,30}(<percent>|<money>)
            |<we>.{0,12} (clear|make|earn|keep|net|lose)s? (only |about |around |just |roughly )?(<percent>
            |<money>).{0,25}\b(on|per|a|each|from|in)\b
        """,
        reason="Our margin is given.",
    ),
)

TABLE = Table(
    label=Label.BUDGET,
    reason="It is about our money.",
    rules=RULES,
    directions=OUTBOUND,
    needs="<n>|<percent>",
    unless=r"<orderwords>|<public>|<refusal>|\b(change order|per diem|petty cash|remittance|overdue)\b",
    unless_anywhere=r"<formal>",
)


def budget(document: Document) -> Iterator[Finding]:
    """Find our money: budgets, approved or remaining funds, ceilings, target prices, what we pay today, margins.

    Known false positives: amounts of a signed order in words no rule knows as such; prices the counterparty quoted.
    """
    return find(TABLE, document)
