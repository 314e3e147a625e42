"""Promises and concessions made by somebody who is not the negotiator."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.roles import speaks_for_procurement
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated promise",
        pattern=r"""
            \b(go ahead|start|begin)\b.{0,60}\b(po|purchase order|paperwork|paper|order)( number)?( will
            | to)? (follows?|comes? later|later|be there)\b
            |\byou have my word\b|\b(consider|treat) (it|this|that|them|the \w+) (as )?(ordered|awarded|agreed
            |accepted|done)\b
            |\b(the )?(order|job|contract|award|business|deal) is yours\b
        """,
        unless=r"\b(not|n'?t|if|once|when|until|unless|tender \d|letter of award)\b|n't\b",
        at_least=0.7,
        reason="An order or award is promised in plain words.",
    ),
    Rule(
        name="paper follows",
        pattern=r"""
            \b(po|p\.o\.?|paper|papers|paperwork|purchase order|order number|number|formalit(y|ies)|requisition
            |contract)\b.{0,25}\b(follows?|comes? (later|when|once|after|next)|(will|'ll) (follow|catch up|come
            |be there|be sorted)|catch(es)? up|later|afterwards|next week|after)\b|\b(sort|settle|fix|discuss|do
            |agree|handle|square|raise|chase)( out)?( \w+){0,3} (the )?(price|money|cost|paper|paperwork
            |formalities|po|it)( \w+)? (later|afterwards|after|on monday|when|with purchasing|with procurement
            |at some point|my end|next week)\b|\bprice later\b|\bbefore the (po|order|contract
            |paper)\b.{0,20}\b(start|go|ship)
        """,
        needs=r"""
            \b(start|go|go ahead|send|begin|cut|order(ed)?|build|ship|deliver|count|take|yours|consider|treat
            |produce|get|book|signs?|do|just|reserve|can|call it|we|i)\b
        """,
        unless=r"""
            \b(not|don'?t|no|n'?t|never|wait|before you|only when|until|unless|please wait)\b.{0,40}\b(start
            |order|go|ship|po|number|produce|book|block)\b|\bnot?hing\b
        """,
        reason="Work is started before an order exists.",
    ),
    Rule(
        name="go ahead",
        pattern=r"""
            \b(go ahead|green light|(just|please|you (can|may)|pls|so|go) (start|begin|cut|order|build|produce
            |ship|book|proceed|deliver|reserve|send (all|everything|me))|get started|full steam|my go-?ahead
            |you have my (ok|go|okay|approval|blessing|word|yes)|my (ok|okay|approval)|consider (it|this|that
            |them|the \w+) (as )?(done|agreed|accepted|ordered|approved|sold|signed|a (yes|deal|done deal|go))
            |treat (this|it|that|the)( mail| as)?.{0,20}(as )?(awarded|ordered|agreed|go-?ahead|approved
            |approval|an order|a yes)|take (this|it) as (a |an |my |our )?(yes|order|approval|confirmation|go
            |green light)|call it (ordered|done|agreed|a deal|a yes)|(is|are|it'?s|as|that'?s) a yes from (me|us
            |my side)|it'?s a (deal|yes)|shake on it|you'?ve got (a|yourself a) deal|deal\b.{0,6}$)\b
        """,
        needs=r"""
            \b(order(ed)?|cut|start|tool|steel|produc\w+|deliver\w*|ship|yours|agreed|increase|price|rate|po
            |paper\w*|ok|word|yes|risk|responsibility|bill|index|deal|go|extra|signs?|book|reserve|send|build
            |line|coils?|pcs|pieces|units|tonnes?|design|phase|work|job|quote|offer|accepted|approved|awarded
            |sold|done|monday|today|now)\b
        """,
        unless=r"""
            \b(po \d+|attached|not|don'?t|procurement|purchasing|nobody|until|ticket|fix|test|call me|room
            |release \d|invite|installer|update|reboot|restart|upload|register|badge|calendar|wait|meeting
            |lunch)\b|n't\b
        """,
        reason="A go-ahead is given outside procurement.",
    ),
    Rule(
        name="my word",
        pattern=r"""
            \b(you have my word|my word (on|as|for)|(i|we) (promise|guarantee|hereby confirm|commit
            |give you my word|personally guarantee|stand (for|by) (it|that|this)|vouch)|that'?s a promise
            |promised|on my (responsibility|own responsibility|account|head)|i'?ll (make sure|see to it
            |square it|stand for|own the|take the blame|push it through|get it through|get it signed
            |make it happen|sort (it|out) (here|internally|with))|i'?m good for it|i'?ll put my name|count (on
            |it)|you (can|may) (count|rely|bank|bet) on|rest assured)\b
        """,
        needs=r"""
            \b(order(ed|s)?|volume|award(ed)?|business|contract|extension|year(s)?|price|seats|pcs|pieces
            |tonnes?|tons?|units|yours|job|work|deal|nobody else|phase|building|season|next|exclusive|sheets
            |rate|paid|pay|bill|increase|sites?|purchas\w+|another|at least|follow[- ]?up|the next|you get|sold
            |spring|summer|autumn|minimum|<n> (thousand|hundred|k))\b
        """,
        unless=r"""
            \b(cake|report|minutes|feedback|answer|call you|send you|not|n't|photos?|pictures?|procurement
            |samples? back|data|wifi|hotfix|reply|be (there|on time)|driver|gate)\b|n't\b
        """,
        reason="A personal promise of business is made.",
    ),
    Rule(
        name="exclusive",
        pattern=r"""
            \b(exclusive(ly|ity)?|nobody else (gets?|will|is|sews?)|no one else (gets?|will)|not (buy|order|look
            |ask|shop)( \w+){0,3} (anywhere|elsewhere|anybody|anyone)|won'?t (look at|ask|shop|buy|tender
            |talk to)( \w+){0,3} (any|around|else|other|elsewhere)|(don'?t|won'?t) need another quote
            |without (asking|tendering|a tender|another quote|going out)|(not|n't) (shopping|shop) (that|it|this
            |around)|as long as i'?m here|only (from )?you (get|from)|(i'?ll|we'?ll) (only|always|just) (buy
            |order|take|use))\b
        """,
        needs=r"\b(i|we|you|us|me|my|our)\b",
        unless=r"\b(offer|distributor|access|vat|not exclusive|procurement)\b|\?\W*$",
        reason="Exclusivity is promised outside procurement.",
    ),
    Rule(
        name="order in chat",
        pattern=r"""
            \b(just |please |pls |so )?(send|deliver|ship|add|reserve|book|order|put|make|get)( me| us)?( all
            | another| the)? <n>( \w+){0,4}.{0,40}\b(price later|whatever|on my|sort|anyway|at your (rate|price)
            |i'?ll (sign|own|pay|take)|bill|no po|without (a |the )?po)\b|\b(bill|charge|invoice) (me|us)
            \ (for|whatever|the) |\bi'?ll own the bill\b|\bpulled the trigger\b|\b(we|i)('ll| will)? take (the lot|all
            |everything|it all|them all|<n>)\b|\bdo it on a time and material\b|\bat least <n>.{0,30}\b(from us
            |for the coming|a year|per year|next (year|season))\b|\bcount on <n>
        """,
        unless=r"""
            \b(procurement|not|n'?t|taxi|train|stairs|weeks off|samples?|minutes|days|photos?|seats)\b|\?\W*$
        """,
        reason="Something is ordered or a volume promised outside procurement.",
    ),
)

TABLE = Table(
    label=Label.COMMITMENT,
    reason="Something is promised or conceded outside procurement.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <refusal>|\b(procurement has|by procurement|purchasing (has|will|does|decides)|once (procurement
        |purchasing)|award letter|letter of award|(call-?off|under|in) (the )?(framework|frame|signed)
        |under (the )?contract|extension option|PO \d{3,}|order \d{3,})\b
    """,
    unless_anywhere=r"<formal>",
)


def commitment(document: Document) -> Iterator[Finding]:
    """Find promises of award, volume, price, terms, exclusivity, and work started without an order.

    An author whose role, mailbox or signature is procurement's is the negotiator and commits nobody wrongly.
    Known false positives: concessions inside the scope of a signed order that does not name it.
    """
    if speaks_for_procurement(document):
        return iter(())
    return find(TABLE, document)
