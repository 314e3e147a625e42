"""Cues of subject matter: who speaks, quantities, limits, money, technology.

A cue says little alone and much together with others; what it is worth for a label is told by points.toml, which refers
to it by name. Patterns are written as patterns.py says: plain words and short phrases, no long gaps.
"""

CUES: dict[str, str] = {
    # who
    "we": r"\b(we|we'?(ve|re|d)|weve)\b",
    "we will": r"\b(we'?ll|we (will|shall|are going to|want to|intend to|plan to))\b",
    "our": r"\b(our|ours)\b",
    "us": r"\bus\b",
    "in house": r"\b(in-?house|internal(ly)?|inside|on our side|at our end|between these walls|own book)\b",
    "i": r"\b(i|i'?(ve|m|d))\b",
    "i will": r"\b(i'?ll|i will|i shall|i am going to|i'?m going to)\b",
    "my": r"\b(my|mine|me|myself)\b",
    "you": r"\b(you|u|ya|you'?(re|d|ll|ve))\b",
    "your": r"\b(yours?|urs?)\b",
    "they": r"\b(they|them|they'?(re|ve|d|ll))\b",
    "their": r"\btheirs?\b",
    "he or she": r"\b(he|she|him|himself|herself|s?he'?(s|d|ll))\b",
    "his or her": r"\b(his|her|hers)\b",
    "it is": r"\b(it'?s|it is|there'?s|there (is|are)|that'?s|this is)\b",
    "name inside": r"(?-i:[a-z,:;)] [A-Z][a-zäöüåéøç]{2,})",
    "two names": r"(?-i:\b[A-Z][a-z]+,? (&|and|und) [A-Z][a-z]+)",
    "title": r"\b(mr|mrs|ms|dr|herr|frau|madame|monsieur|professor|prof)\b",
    "possessive name": r"(?-i:\b[A-Z][a-z]+'s?\b)",
    # quantities
    "money": r"(<money>)",
    "currency": r"(<currency>)",
    "per piece": r"(<per>)",
    "digits": r"\d",
    "decimal": r"\b\d+[.,]\d{1,2}\b",
    "big number": r"\b\d{1,3}[ ,.']\d{3}\b|\b\d{5,}\b",
    "round number": r"\b\d{1,2}0\b",
    "spelled number": (
        r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
        r"|(twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|half a|dozen)\b"
    ),
    "k or million": r"\d ?(k|m|mn|mio|mil|million|thousand|grand|lakh|crore)\b|\b(thousand|million|grand)\b",
    "quantity": r"(<quantity>)",
    "percent": r"(<percent>)",
    "tolerance": r"(±|\+/?-|\bplus[- ]minus\b|\bminus \d)",
    "range": r"\b\d+([.,]\d+)? ?(-|to) ?\d+\b",
    "date": r"(<date>)",
    "weekday": r"\b(<weekday>)\b",
    "month": r"\b(<month>)",
    "week number": r"\b(kw|cw|wk|week) ?\d{1,2}\b",
    "time of day": r"\b\d{1,2}[:.]\d\d\b|\bo'clock\b|\b\d{1,2} ?(am|pm)\b|\bnoon\b",
    # limits and needs
    "must": r"\b(must|have to|has to|had to|got to|gotta|shall)\b",
    "need": r"\b(needs?|needed|requires?|required)\b",
    "want": r"\b(wants?|wanted|would like|wish(es)?|hope)\b",
    "maximum": (
        r"\b(max\.?|maximum|at most|no more than|not more than|not over|no higher|tops|up to|upper|never above"
        r"|as high as)\b"
    ),
    "minimum": r"\b(min\.?|minimum|at least|no less than|not less than|as low as)\b",
    "limit": (
        r"\b(limits?|ceiling|cap|capped|caps|threshold|fence|stretch|exceed|tolerate[sd]?|accepts?|rejects?"
        r"|reject(ed|s)? everything)\b"
    ),
    "above or below": r"\b(above|below|under|over|past|beyond|within|north of|less than|more than|inside)\b",
    "anything above": r"\b(anything|everything|nothing|whatever|as long as)\b",
    "hold": (
        r"\b(hold|holds|survives?|survived|withstands?|stand|takes?|stays?|sees|last|lasts|reach(es)?"
        r"|promise our customers)\b"
    ),
    # money
    "budget": r"\b(budget(s|ed)?|funds|funding|capex|opex|grant|fiscal|tranche|business case|allowance|allocation)\b",
    "pot": r"\b(pot|kitty|envelope|contingency|reserve|drawer|pocket|purse|war chest|sheet|cost cent(er|re)|frame)\b",
    "money granted": (
        r"\b(approved|released?|sanctioned|set aside|put aside|earmarked|reserved|allocated|ring-?fenced|granted"
        r"|parked|pencill?ed|carved out|gave me|gave us|given (me|us)|go along|get (it )?through|push(ed)? through"
        r"|covered)\b"
    ),
    "money left": r"\b(left|remaining|unspent|untouched|available|uncommitted|to spend|still have|spare money)\b",
    "pay": r"\b(pays?|paid|paying)\b",
    "charge": r"\b(charg(e|es|ed|ing)|bills?|billing|costs?|costing|spend(s|ing)?|spent|shell(ing)? out)\b",
    "price": r"\b(prices?|priced|pricing|premium)\b",
    "rate": r"\b(rates?|fees?|commission|discount|rebate|surcharge|tariff)\b",
    "cheap or dear": r"\b(cheap(er|est)?|dear(er|est)?|expensive|less|pricier|costly|undercut)\b",
    "margin": r"\b(margins?|mark-?up|profit|break even|we clear|points on)\b",
    "target": r"\b(targets?|targeting|goal|aim(ing)?|calculat(ed|ion|e)|figure|magic number|should cost)\b",
    "number": r"\b(numbers?|figures?|amount|sum|total|ballpark|roughly)\b",
    "finance": r"\b(finance|cfo|controller|controlling|treasury|treasurer|accounts|accounting)\b",
    "included": r"\b(all[- ]in|included|incl|inclusive|without|flat|free|delivered|landed|net)\b",
    "now": r"\b(today|now|currently|current|at present|present|at the moment|these days|existing|so far|rn)\b",
    "last year": r"\b(last (year|time|month|quarter|week)|previous(ly)?|in the past|used to)\b",
    # technical
    "design": (
        r"\b(design|drawing|rotor|shaft|seal|housing|hinge|bore|flange|membrane|film|foil|foam|joint|weld"
        r"|coat(ing)?|alloy|blade|valve|rail|wall|lid|nozzle|core|board|stack|sensor|battery|motor|pump|bracket"
        r"|lens|wafer|tablet|blend|dose|glue|resin|bearing|cable|frame|hood|cell)s?\b"
    ),
    "architecture": (
        r"\b(postgres|sqlite|oracle|kafka|mqtt|kubernetes|cluster|nodes?|database|replica\w*|shards?|latency"
        r"|throughput|queue|p99|rps|tps|api|server|broker|firmware|rust|backend|engine|mainframe|cores?|memory|bus"
        r"|stack|writer|partitions|batch)\b"
    ),
    "process": (
        r"\b(yield|scrap|cycle|cycles|tolerance|deflection|pressure|temperature|moisture|torque|flow|speed|load"
        r"|force|peak|drift|leak|noise|weight|flatness|warp|stroke|throughput|accuracy|rate)\b"
    ),
    "runs": (
        r"\b(runs?|running|works?|operate[sd]?|sits? in|made of|consists?|uses?|keeps?|checked|press(es)?|coats?"
        r"|forms?|measur(e|es|ed)|clock(s|ed)?)\b"
    ),
    "our test": (
        r"\b(in (our|the) (own )?(lab|test|tests|bench|trial|trials|endurance test|worst case|analysis|field)"
        r"|on the bench|our (test|tests|trial|lab|bench|spec|limit|requirement|tolerance)|test towers?)\b"
    ),
}
