"""A word list of the kind that a compliance desk keeps, as one regular expression: matched whole, in any case."""

import re

from turns import bodies, take_turns

WORDS = """
    budget|budgets|budgeted|price target|target price|price ceiling|ceiling|walk-away|walk away price|price cap|
    our limit|funding|approved amount|headroom|margin|margins|mark-up|markup|we currently pay|cost base|should-cost|
    open book|rebate|kickback|savings target|capex|opex|deadline|deadlines|launch date|go-live|milestone|milestones|
    fiscal year|year end|quarter end|contract expires|renewal date|time pressure|urgent|urgently|asap|roadmap|road map|
    unreleased|prototype|prototypes|patent|patents|invention|unfiled|next generation|new product|new process|
    confidential|strictly confidential|secret|proprietary|nda|do not share|do not forward|for your eyes only|
    off the record|between us|between you and me|keep this quiet|don't tell|delete this|tolerance|tolerances|
    specification|specifications|drawing|drawings|requirement|requirements|test results|failure rate|throughput|
    architecture|sole source|single source|second source|no alternative|only supplier|depend on you|dependent|
    desperate|line down|line stop|out of stock|shortage|stock-out|switching cost|locked in|competitor|competitors|
    other bidder|other bidders|other supplier|rival|quote from|their offer|their price|lowest bid|bid|bids|bidder|
    bidders|tender|ranking|shortlist|front runner|favourite|favorite|preferred|evaluation|weighting|scorecard|
    who decides|decision maker|sign-off authority|approver|board approval|committee|award|awarded|po will follow|
    start work|go ahead|guarantee you|promise|my word|exclusivity|exclusive|payment terms|prepayment|
    volume commitment|leave procurement|without procurement|bypass|go around|behind their back|private number|
    personal phone|personal email|whatsapp|text me|call me privately|dinner|golf|hospitality|gift|gifts|tickets|
    consulting fee|favour|favor|owe you|what would it take|what number|who else is|best and final|insider|leaked
"""

words = [one.strip() for one in WORDS.split("|")]
alternatives = "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
pattern = re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
take_turns(bodies(), pattern.findall, version=f"{len(words)} words")
