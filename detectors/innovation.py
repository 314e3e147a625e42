"""Unreleased products, new processes, research and unfiled patents, revealed to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="not announced",
        pattern=r"""
            \b((is|are|was|has|have|been|hasn'?t|haven'?t|isn'?t|aren'?t)( been)? (not|n't|un|never)?( yet| been)? ?(announced|unannounced|released|public|unveiled|shown|launched|official|presented|published)( yet| to (anyone|anybody|nobody))?)\b
            |\b(unannounced|unreleased|still under wraps|under wraps|under development|in development|still secret|top secret|hush|pre-?announcement|prototype status|stealth|confidential project|skunkworks)\b
            |\bofficially (it )?(doesn'?t|does not) exist|\b(nobody|no one|no shop|no customer)( outside| else| out there)?( of (us|the \w+))?( has| have|'s)? (seen|heard|knows?|been told)\b
            |\b(has|have|had) (not|never) (been )?(shown|told|seen)\b.{0,20}(any(one|body|where))?|\btold (nobody|no one)\b|\bhaven'?t (told|shown) (any(one|body)|it)\b|\bwon'?t find (it )?on any (page|slide)
        """,
        needs=r"<we>|\b(product|device|unit|version|model|variant|range|thing|generation|it'?s|is|for the|project|app|bar|box|machine|tool|series)\b",
        unless=r"\b(price|offer|result|decision|winner|award|contract|merger|order|invoice|budget|holiday)\b",
        confidence=0.7,
        reason="Something is revealed that is said not to be announced yet.",
    ),
    Rule(
        name="we are developing",
        pattern=r"""
            \b(we'?re|we are|we'?ve been|we have been|i'?m|my team is|our (lab|team|r&d|r & d|engineers|office|people|guys|chemists|developers)( is| are)?|r&d( is| builds)?|the lab is)( now| currently| quietly| also| secretly| busy)?
            \ (developing|working on|building|cooking( up)?|designing|prototyping|trialling|trying|testing|preparing|inventing|experimenting with|teaching|putting together|going to (launch|sell|bring out|build|introduce|file|present|drop|let)|bringing out|doing a|making a|moving (to|away|from)|replacing|dropping|switching to)\b
        """,
        needs=r"""
            \b(new|next|first|own|without|no|cordless|wireless|version|variant|generation|prototype|that|which|for|from|made|with|away)\b
        """,
        unless=r"\b(quote|offer|order|invoice|ticket|report|agenda|minutes|presentation|slides|contract|your|ur|you|meeting|visit|schedule|fix|bug|issue|problem|claim|reply|answer|it|this)\b",
        confidence=0.6,
        reason="A development of ours is described.",
    ),
    Rule(
        name="next generation",
        pattern=r"""
            \b(our|the|a|an) (\w+ )?(next|new|coming|future|successor)[- ](gen(eration)?|model|product|platform|range|series|version|line-?up|family|box|glue|device|unit|variant)\b
            |\b(next|new)[- ]gen(eration)?\b|\bv2 of (the|our)\b|\b(follow-?up|successor) (of|to|for) (the|our)\b|\bthe (next|new) one (has|is|will|comes|after)\b|\b(second|next) product after\b
        """,
        needs=r"<we>|\b(has no|will|is|goes|won'?t|without|instead)\b",
        unless=r"<theirs>|\b(your|ur|you) (\w+ )?(next|new)\b|\bfirewall\b",
        confidence=0.6,
        reason="A product generation of ours that is not out yet is revealed.",
    ),
    Rule(
        name="patent not filed",
        pattern=r"""
            \b(patents?|patented|patent (lawyer|attorney|office|papers|application)|invention disclosure|attorney|claims?)\b.{0,50}\b(not|n't|before|yet|still|going to|will|pending|draft(ing)?|autumn|spring|unfiled|only|being)\b
            |\b(not|n'?t|never|before|haven'?t|hasn'?t|until|once|going to|still to be)( \w+){0,3} (filed|file|patented)\b|\b(file|filing) (it|this|that|a patent|the patent|for a patent)\b|\bunfiled\b
        """,
        needs=r"\b(we|our|my|us|the (lawyers?|attorney|patent|invention)|nobody|it)\b",
        unless=r"\b(warranty|insurance|damage|credit|complaint|expense) claims?\b|\b(your|granted) (patent|claim)|\bform\b",
        confidence=0.7,
        reason="An invention that is not filed yet is revealed.",
    ),
    Rule(
        name="purpose of the part",
        pattern=r"""
            \b(it'?s|it is|it goes|they'?re|they are|they go|goes|this (is|goes)|the (part|rope|grip|cabinet|cartridge|arm|bag|blank) (is|goes)|your part( is)?|will go)( meant| all)? (for|into|in|inside|on) (the|a|an|our)( new| next)?\b.{0,60}
            \b(which|that|we|not|before|only|until|nobody|next year|20\d\d)\b.{0,40}\b(not|n't|announced|out|develop\w*|present|introduce|show|launch|replaces?|file|build(s|ing)?|secret|planned|coming|prototype|patent)\b
        """,
        confidence=0.65,
        reason="It is revealed for which unreleased product a part is meant.",
    ),
    Rule(
        name="we will bring",
        pattern=r"""
            \b(we'?ll|we will|we want to|we plan to|we intend to|we'?re going to|we are going to|there will be|there'?s|will be|our own brand will|starts? selling|we start selling|we'?ll be)\b.{0,30}
            \b(launch|open(ing)?|introduce|bundle|bring out|sell(ing)?|offer|carry|drop|go fully|replace|present|unveil|a \w+ (bar|app|version|variant|jacket|pump|machine|device|box)|our own)\b.{0,60}
            \b(new|without|no|own|first|staffless|next|made (from|of|entirely)|version|for the first time|that|which|under our)\b
        """,
        unless=r"<theirs>|\b(you|your|ur|quote|offer|order|tender|bids?|rfq|rfp|envelopes?|meeting|workshop|ticket|invoice)\b",
        confidence=0.55,
        reason="A plan for a new product or process of ours is revealed.",
    ),
    Rule(
        name="roadmap",
        pattern=r"""
            \b(our|internal|product|technology|r&d|research) (\w+ )?(roadmap|road map|pipeline|research plan)\b.{0,80}|\bstruck from our\b|\b(lab|hall \d|workshop|bench)\b.{0,30}\b(prototype|first one|now works|finally works)\b
        """,
        unless=r"\b(your|public)\b|\?\W*$",
        confidence=0.5,
        reason="Our roadmap or research direction is revealed.",
    ),
)

_TABLE = Table(
    label=Label.INNOVATION,
    rules=RULES,
    directions=OUTBOUND,
    unless=r"<orderwords>|<public>|<refusal>|\b(live since|since (january|february|march|monday|tuesday|last)|in every shop|has been on|granted patent)\b|\?\W*$",
    unless_anywhere="<formal>",
)


def innovation(document: Document) -> Iterator[Finding]:
    """Find what is not on the market yet: products, processes, inventions, roadmap, research direction.

    Known false positives: news that was public already without saying so; talk of the counterparty's own novelties.
    """
    return find(_TABLE, document)
