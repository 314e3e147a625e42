"""Unreleased products, new processes, research and unfiled patents, revealed to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="we are developing",
        pattern=r"""
            \b(we'?re|we are|we'?ve been|we have been|i'?m|my team is|our (lab|team|r&d|r & d|engineers|office
            |people|guys|chemists|developers)( is| are)?|r&d( is| builds)?|the lab is)( now| currently| quietly
            | also| secretly| busy)?\ (developing|working on|building|cooking( up)?|designing|prototyping
            |trialling|trying|testing|preparing|inventing|experimenting with|teaching|putting together
            |going to (launch|sell|bring out|build|introduce|file|present|drop|let)|bringing out|doing a
            |making a|moving (to|away|from)|replacing|dropping|switching to)\b
        """,
        needs=r"""
            \b(new|next|first|own|without|no|cordless|wireless|version|variant|generation|prototype|that|which
            |for|from|made|with|away)\b
        """,
        unless=r"""
            \b(quote|offer|order|invoice|ticket|report|agenda|minutes|presentation|slides|contract|your|ur|you
            |meeting|visit|schedule|fix|bug|issue|problem|claim|reply|answer|it|this)\b
        """,
        reason="A development of ours is described.",
    ),
    Rule(
        name="patent not filed",
        pattern=r"""
            \b(patents?|patented|patent (lawyer|attorney|office|papers|application)|invention disclosure
            |attorney|claims?)\b.{0,50}\b(not|n't|before|yet|still|going to|will|pending|draft(ing)?|autumn
            |spring|unfiled|only|being)\b|\b(not|n'?t|never|before|haven'?t|hasn'?t|until|once|going to
            |still to be)( \w+){0,3} (filed|file|patented)\b|\b(file|filing) (it|this|that|a patent|the patent
            |for a patent)\b|\bunfiled\b
        """,
        needs=r"\b(we|our|my|us|the (lawyers?|attorney|patent|invention)|nobody|it)\b",
        unless=r"""
            \b(warranty|insurance|damage|credit|complaint|expense) claims?\b|\b(your|granted) (patent|claim)
            |\bform\b
        """,
        reason="An invention that is not filed yet is revealed.",
    ),
    Rule(
        name="purpose of the part",
        pattern=r"""
            \b(it'?s|it is|it goes|they'?re|they are|they go|goes|this (is|goes)|the (part|rope|grip|cabinet
            |cartridge|arm|bag|blank) (is|goes)|your part( is)?|will go)( meant| all)? (for|into|in|inside
            |on) (the|a|an|our)( new| next)?\b.{0,60}\b(which|that|we|not|before|only|until|nobody|next year
            |20\d\d)\b.{0,40}\b(not|n't|announced|out|develop\w*|present|introduce|show|launch|replaces?|file
            |build(s|ing)?|secret|planned|coming|prototype|patent)\b
        """,
        reason="It is revealed for which unreleased product a part is meant.",
    ),
    Rule(
        name="we will bring",
        pattern=r"""
            \b(we'?ll|we will|we want to|we plan to|we intend to|we'?re going to|we are going to|there will be
            |there'?s|will be|our own brand will|starts? selling|we start selling|we'?ll be)\b.{0,30}\b(launch
            |open(ing)?|introduce|bundle|bring out|sell(ing)?|offer|carry|drop|go fully|replace|present|unveil
            |a \w+ (bar|app|version|variant|jacket|pump|machine|device|box)|our own)\b.{0,60}\b(new|without|no
            |own|first|staffless|next|made (from|of|entirely)|version|for the first time|that|which|under our)\b
        """,
        unless=r"""
            <theirs>|\b(you|your|ur|quote|offer|order|tender|bids?|rfq|rfp|envelopes?|meeting|workshop|ticket
            |invoice)\b
        """,
        reason="A plan for a new product or process of ours is revealed.",
    ),
    Rule(
        name="roadmap",
        pattern=r"""
            \b(our|internal|product|technology|r&d|research) (\w+ )?(roadmap|road map|pipeline
            |research plan)\b.{0,80}|\bstruck from our\b|\b(lab|hall \d|workshop|bench)\b.{0,30}\b(prototype
            |first one|now works|finally works)\b
        """,
        unless=r"\b(your|public)\b|\?\W*$",
        reason="Our roadmap or research direction is revealed.",
    ),
)

TABLE = Table(
    label=Label.INNOVATION,
    reason="It is about something of ours that is not out yet.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <orderwords>|<public>|<refusal>|\b(live since|since (january|february|march|monday|tuesday|last)
        |in every shop|has been on|granted patent)\b|\?\W*$
    """,
    unless_anywhere=r"<formal>",
)


def innovation(document: Document) -> Iterator[Finding]:
    """Find what is not on the market yet: products, processes, inventions, roadmap, research direction.

    Known false positives: news that was public already without saying so; talk of the counterparty's own novelties.
    """
    return find(TABLE, document)
