"""Our internal deadlines, launches, decision dates, expiring contracts, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated end of contract",
        pattern=r"""
            \bour (present |current |existing |old |frame )?(contract|agreement|lease|licen[cs]e|deal)s? (with
            |for) .{3,40}
            \b(ends?|expires?|lapses?|runs? out|is up|terminates)\b.{0,20}(<date>|<month>)
        """,
        unless=r"\bwith you\b",
        at_least=0.75,
        reason="It is stated when an agreement of ours ends.",
    ),
    Rule(
        name="contract runs out",
        pattern=r"""
            \b(contracts?|agreements?|deal|lease|licen[cs]es?|frame(work)?|term|subscription|arrangement
            |warranty|permit|leases|notice( period)?|autorenew\w*)\b.{0,50}\b(ends?|ending|expires?|expiring
            |lapses?|runs? out|is up|are up|is over|terminates?|finishes|stops?|dead|renew(s|al|ed)?|prolonged
            |cancel(l?ed)?|until|till|through|due)\b.{0,40}<date>|\b(tied|bound|locked|stuck) (in |to|with|until
            |till).{0,30}<date>|<date>.{0,30}\b(contract|agreement|lease|licen[cs]e|deal)\b.{0,25}\b(ends?
            |expires?|lapses?|runs? out|is up)\b
        """,
        needs=r"<we>|\b(their|the (old|present|current|existing|incumbent)|with (the )?[A-Z])",
        unless=r"<theirs>|\bcontract with you\b|\byour (\w+ )?(agreement|contract|lease|notice)\b",
        reason="It is said when an agreement of ours ends.",
    ),
    Rule(
        name="budget year closes",
        pattern=r"""
            \b((fiscal|financial|business|budget|our) year|year|books|q[1-4]|quarter|accounts)( \w+)? (ends?
            |closes?|shuts?|close|is over|runs out|end)\b.{0,30}(<date>|\b(march|september|june|december)\b)?
            |\b(before|by|until|till) (the |our )?((fiscal|financial|business) year|books
            |year)([ -]end)?( \w+)? ?(ends?|closes?|shuts?|close|are closed|is closed|end)
            |\b(fiscal[- ]year[- ]end|year-end (spend|money|budget))\b|\b(has to be|must be|needs to be|gets?
            |be) (spent|invoiced|committed|booked|ordered|placed|used( up)?)\b.{0,30}(<date>|books|year)
            |\b(isn'?t|not|whatever|what|unspent).{0,20}(invoiced|spent|ordered|booked
            |used)\b.{0,30}<date>.{0,40}\b(back|gone|lost|expires?|falls?|group|corporate|returns?|lapses?)\b
            |\b(gone|spent|out of the door) by <date>
        """,
        needs=r"<we>|\b(books|fiscal|financial|budget|money|corporate|group|year)\b",
        unless=r"<theirs>|\b(last|next) year\b|\bschool\b",
        reason="Pressure from our closing budget year is shown.",
    ),
    Rule(
        name="must be in place by",
        pattern=r"""
            \b(must|have to|has to|need to|needs to|needs|got to|gotta|had to|absolutely)( all| both
            | really)? (be|have|get|finish|move|start|show|stand|validate|qualify|ship|leave|run|vacate|deliver
            |switch|replace|prove|hand)\b.{0,60}\b(by|before|until|till|on|no later than|from|in|for
            |when) .{0,20}(<date>|\b(audit|auditors?|inspect(or|ion)|customers?|regulator|fair|show|season
            |opening|surveyor|holidays)\b)
        """,
        needs=r"<we>|\b(otherwise|or (the|it|we|they)|audit|customer|validation|penalty|inspect)\b",
        unless=r"""
            <theirs>|\b(quote|quotation|offer|proposal|bids?|questions?|answers?|documents?|form|reply|report
            |feedback|comments|training|badges?|visitors?|gate|passport|names?|invoices?)\b
        """,
        reason="A date that we must meet is given.",
    ),
    Rule(
        name="freeze, audit, qualification",
        pattern=r"""
            \b((design|process|tool(ing)?|code|spec|pack|artwork|change|scope|boards?|gate \w+
            |ratio)( \w+)? (freeze|freezes|frozen|get frozen|is frozen)|freeze|we freeze|audits?|auditors?
            |inspect(ion|or|ors)|validation|qualification|requalification|ppap|fat|sat|pilot (build|run|line)
            |prototype build|clinical|customer (audit|samples?|trial|visit)|ministry|regulator|surveyor
            |certification|recertification|homologation|type approval)\b.{0,40}<date>|<date>.{0,30}\b(audit
            |design freeze|freeze|inspection|validation slot|customer audit|pilot build)\b
        """,
        needs=r"""
            <we>|\b(customer|the (audit|auditors|inspector|validation|design|process|line|pilot|ministry)
            |internal)\b
        """,
        unless=r"<theirs>|\b(order|your|ur|calibration|site acceptance|checklist)\b",
        reason="The date of an internal freeze, audit or qualification is given.",
    ),
    Rule(
        name="move, merger, shutdown",
        pattern=r"""
            \b(merger?|merging|carve[sd]?[- ]?out|carved out|spin-?off|acquisition|takeover|divest\w*
            |restructuring|lay-?offs|redundanc\w+|close (the|down)|closes|closing|shut(s|ting)? down|shutdown
            |move (out|into|to)|out of the|relocat\w+|plug pulled|switch(es|ing)? off|hand(ed|ing)? over|sale of
            |sell(ing)? (off )?the|town hall|staff (hear|told)|get told)\b.{0,50}<date>
        """,
        needs=r"""
            <we>|\b(the (plant|site|hub|hall|office|lease|landlord|old|business|group)|staff|hq|headquarters
            |confidential|hush|internal)\b
        """,
        unless=r"""
            <theirs>|\b(gate|canteen|portal|questions|office closes|closed for|holidays?|driver|road)\b
        """,
        reason="A confidential event of ours is given with its date.",
    ),
    Rule(
        name="or else",
        pattern=r"""
            <date>.{0,40}\b(or (it|we|the|they|else)|otherwise|after that|if not|penalt(y|ies)|not a day later
            |latest|at the latest|hard (stop|deadline)|drop[- ]?dead)\b|\b(deadline|hard stop|drop[- ]?dead
            |critical date|due date)\b.{0,40}<date>
        """,
        needs=r"""
            \b(our (customer|line|plant|launch|own|lease|contract|board|boss|management)|we (lose|pay|miss|stand
            |stop|have|need|must|are)|penalt(y|ies)|internal(ly)?|nobody|budget|line|board|validation|my (boss
            |director|management))\b
        """,
        unless=r"""
            <theirs>|\b(quote|quotation|offer|proposal|bids?|questions?|tender|portal|fun run|sign ?up|reply
            |answers?|register|registration|rsvp|survey|form|training)\b
        """,
        reason="A deadline of ours is given with its consequence.",
    ),
    Rule(
        name="season or event drives us",
        pattern=r"""
            \b(peak season|high season|harvest|season|christmas (business|trade)|black friday|back to school
            |trade fair|fair|expo|show|congress|summit|demo|customers? (sees?|gets?|wants?
            |expects?))\b.{0,35}\b(starts?|begins?|opens?|is|are|kicks? off|on|in|from)\b.{0,20}<date>
        """,
        needs=r"\b(we|our|us|must|before|otherwise|then|after that|nobody|my)\b",
        unless=r"<theirs>|\b(see you|meet|ticket|booth|stand|you coming|badge|visit|dinner)\b",
        reason="An event that drives our schedule is given.",
    ),
)

TABLE = Table(
    label=Label.TIMELINE,
    reason="It is about our dates and what hangs on them.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <orderwords>|<public>|<refusal>|\b(birthday|wedding|vacation|on leave|back on|fun run|out of office
        |invitation|lunch|dinner)\b|\?\W*$
    """,
    unless_anywhere=r"<formal>",
)


def timeline(document: Document) -> Iterator[Finding]:
    """Find our calendar: launches, decision dates, audits, freezes, expiring agreements, closing budgets.

    Known false positives: dates of a placed order or of a meeting in words no rule knows as such.
    """
    return find(TABLE, document)
