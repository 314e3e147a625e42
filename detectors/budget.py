"""Our budget, ceilings, target prices, what we pay now, our margins, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="funds with amount",
        pattern=r"""
            <funds>.{0,45}<amount>
            |<amount>.{0,40}<funds>
        """,
        needs=r"<we>|\b(the|there'?s?|internal|approved|left|has|have|management|finance|board)\b",
        unless=r"\byour budget\b|\bbudget (airline|hotel|flight|option)|(latency|power|time|error|loss|mass|weight|heat) budget",
        confidence=0.8,
        reason="A budget is named together with an amount.",
    ),
    Rule(
        name="money approved or left",
        pattern=r"""
            \b<setaside>\b.{0,30}<money>
            |<money>.{0,30}\b(<setaside>|still open|to spend|left (in|for|on|over|this|of)|left$|untouched|unspent
            |uncommitted|not yet ordered|in (the|my|our) (pot|plan|budget|sheet|books|drawer|kitty|system))
        """,
        confidence=0.75,
        reason="An amount is said to be approved, set aside or still available.",
    ),
    Rule(
        name="we have so much",
        pattern=r"""
            \b(we|i|they|there|management|finance|the board|(the |my )?boss|head office|hq)
            ('?ve| have|'?re sitting on| are sitting on| sit on| has|'?s| is| has given us| gave us| gave me| gives us| can put)
            ( got| only| still| just| about| roughly| around)* <amount>.{0,15}
            \b(left|for|to (spend|play|work)|set|put|in|aside|available|flat|all in|until|till|this year|on (it|the table))\b
        """,
        unless=r"""
            \b(people|employees|users|pallets?|sites?|machines?|pcs|pieces|units|boxes|tickets|trucks|invoices|hours|minutes|days
            |weeks|of us|visitors|colleagues|orders?|errors?|rolls|spare)\b
        """,
        confidence=0.65,
        reason="It is said how much money we have for something.",
    ),
    Rule(
        name="ceiling",
        pattern=r"""
            \b(ceiling|cap|caps|capped( it| us| me)?( at)?|upper limit|price limit|limit|maximum|max\.?|hard stop|pain threshold
            |top end|walk[- ]?away( price| point)?|reserve price)\b.{0,30}<amount>
            |<amount>.{0,20}\b(is|was|'s|are|as)( \w+)? (our|my|the|an?) (\w+ )?(ceiling|cap|limit|max(imum)?|top|threshold)\b
            |<amount>,? (tops|max\b|maximum|at most|and no (cent|more|further)|and not (a|one) \w+ more|not a (cent|penny) more)
        """,
        needs=r"<money>|<per>|\b(price|pay|paid|spend|cost|euro|cent|budget|purchas|procurement|management|boss|finance|tops)",
        unless=r"<quantity>.{0,3}$|\b(speed|height|weight|temperature|load|limit switch|size|calls|requests)\b",
        confidence=0.7,
        reason="A price ceiling of ours is given.",
    ),
    Rule(
        name="we can go to",
        pattern=r"""
            \b(we|i|i'm|they|he|she|(my|the) boss|management|finance|procurement|purchasing)
            ('?d| would| can| could| may| might| am| are|'?ll| will)?( be)?( not| never)?( have)?
            ( allowed to| able to| prepared to| willing to| ready to)?( still| only| even| just)?
            \ (go|gone|stretch|pay|spend|place|live with|afford|swallow|stomach|do|manage|accept|justify|pass)( \w+){0,4}
            \ (up to|as high as|to|at|above|over|beyond|past|more than|anything (up to|above|over))? ?<amount>
        """,
        needs=r"<money>|<per>|\b(price|pay|higher|above|beyond|further|up to|ceiling|limit)\b",
        unless=r"\b(deliver|delivery|gate|week \d|o'clock|page|section|to \d{1,2}[.:]\d\d)\b|<quantity>",
        confidence=0.65,
        reason="It is said how far we can go on the price.",
    ),
    Rule(
        name="over this it dies",
        pattern=r"""
            \b(anything|everything|whatever|more than|above|over|past|beyond|under|below|north of|(starts?|begins?) with)\b.{0,15}
            <amount>.{0,40}\b(dead|dies|die|stop|walk|bin|binned|plug|refuse[sd]?|reject(ed|s)?|no go|no-go|sent back|goes back|out
            |trouble|sweat(ing)?|killed|kills|never pass|won'?t (fly|pass|get)|can'?t|cannot|not (go|pass|get|be)|talk|sign|straight
            |through)\b
        """,
        needs=r"<money>|<per>|\b(price|pay|cost|we|boss|finance|cfo|board|director|project)\b",
        unless=r"<quantity>",
        confidence=0.6,
        reason="It is said above which price we would not buy.",
    ),
    Rule(
        name="what we pay now",
        pattern=r"""
            \b(we|i|we'?re|we'?ve)( \w+){0,2} (pay|paid|paying|pays|spend|spent|spending|burn|buy|bought|get it|get them|at)\b
            ( [\w']+){0,4} <amount>.{0,30}(<per>|\b<now>\b)
            |\b<now>\b,? (we|i)( \w+){0,2} (pay|paid|spend|buy|are at|are on)\b.{0,40}<amount>
            |\b(we|i) (currently |presently |now |today )(pay|spend|buy|are (at|on|paying))\b.{0,30}<amount>
            |\b(paying|we pay|we paid|we'?re paying|we spend)\b( \w+){0,3} <amount>
        """,
        unless=r"<theirs>|\b(you|your)\b.{0,10}\b(charge|bill|invoice)",
        confidence=0.75,
        reason="It is said what we pay today.",
    ),
    Rule(
        name="what they charge us",
        pattern=r"""
            \b(bills?|charges?|invoices?|costs?|sets|set) (us|me)( about| around| roughly| a shade under)? <amount>
            |\bgets? <amount>.{0,25} from us\b
            |<firm>( \w+)? (bills?|charges?|invoices?|costs?|takes?|asks?|gets?) (us|me).{0,25}<amount>
        """,
        unless=r"<theirs>|\b(downtime|penalty|hour of|lost|late)\b",
        confidence=0.75,
        reason="It is said what a present supplier charges us.",
    ),
    Rule(
        name="target price",
        pattern=r"""
            \b(target|targets|targeting|(target|budget) (price|cost)|should[- ]cost|calculated with|calculation has
            |wrote .{0,15}in the (plan|sheet))\b.{0,40}<amount>
            |<amount>.{0,25}\b(is|was|'s|as|are) (our|my|the) (internal )?(target|goal|aim|number|figure|budget)\b
        """,
        needs=r"<money>|<per>|\b(price|cost|internal|our|my|pay)\b",
        unless=r"\b(date|week|your target|weight|temperature|yield|cycle)\b|<quantity>",
        confidence=0.65,
        reason="A target price of ours is given.",
    ),
    Rule(
        name="must come down to",
        pattern=r"""
            \b(get|bring|come|land|drop|push|stay|be|is|are|keep|lands?)( it| them| this| the \w+| me| us)?( in)?( down)?
            \ (to|under|below|at|near|around|closer to|inside|within) <amount>\b
        """,
        needs=r"""
            \b(have to|has to|must|need|needs|should|want|if you|for (us|me)|to (get|pass|make)|boss|cfo|finance|board|approved
            |sign|yes)\b.{0,80}(<money>|<per>)
            |(<money>|<per>).{0,60}\b(i'?ll|we'?ll|sign|deal|order|yours|approved?|boss|cfo|finance|board)\b
        """,
        unless=r"<theirs>|<quantity>",
        confidence=0.55,
        reason="It is said to which price an offer must come.",
    ),
    Rule(
        name="our margin",
        pattern=r"""
            \b(our|my|the) (gross |net |own )?(margin|mark-?up|contribution)s?\b.{0,30}(<percent>|<money>)
            |<we>.{0,12} (clear|make|earn|keep|net|lose)s? (only |about |around |just |roughly )?(<percent>|<money>).{0,25}
            \b(on|per|a|each|from|in)\b
        """,
        confidence=0.7,
        reason="Our margin is given.",
    ),
)

_TABLE = Table(
    label=Label.BUDGET,
    rules=RULES,
    directions=OUTBOUND,
    unless=r"<orderwords>|<public>|<refusal>|\b(change order|per diem|petty cash|remittance|overdue)\b",
    unless_anywhere="<formal>",
)


def budget(document: Document) -> Iterator[Finding]:
    """Find our money: budgets, approved or remaining funds, ceilings, target prices, what we pay today, margins.

    Known false positives: amounts of a signed order in words no rule knows as such; prices the counterparty quoted.
    """
    return find(_TABLE, document)
