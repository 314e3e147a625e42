"""How and by whom we decide, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated weights",
        pattern=r"""
            \b(price|cost|quality|service|technical|technology|delivery|references)( is| counts?( for)?| has
            | weighs| gets)?
            \ \d\d ?(%|percent|points).{0,30}\b(price|cost|quality|service|technical|technology|delivery
            |references)\b.{0,15}\d\d
        """,
        unless=r"\b(section|page|published|as printed|clause)\b",
        at_least=0.7,
        reason="The weights of our evaluation are stated.",
    ),
    Rule(
        name="last word",
        pattern=r"""
            \b(last|final|casting|only|deciding|double) (word|say|vote|yes|call|voice|decision)\b
            |\bvote (that )?counts\b|\bonly (real )?vote\b|\bholds? the pen\b|\bcan veto\b|\bhas a veto\b
            |\bbreaks? (a|the) tie\b|\bpulls the strings\b|\bcalls the shots\b|\bthe one (to convince
            |who decides|you have to win|who signs)\b|\bit('s|'ll be| is| will be)( really)? (<name>|his|her
            |their|<boss>)('s)? (call|decision|choice)\b
        """,
        needs=r"<boss>|<name>|\b(he|she|they|his|her|my|our|the|counts|finance|who)\b",
        unless=r"\bnot my\b|\b(one|a) (last|final) (word|call)\b|\blast call\b|\bconference call\b",
        reason="It is said who has the last word on our side.",
    ),
    Rule(
        name="front runner",
        pattern=r"""
            \b(you|u|yours|ur)('re| are|'ll| will| is| stand| sit| have)?( be)?( \w+){0,2} (ahead|in front
            |front-?runner|favou?rites?|the (one|winner|preferred|number one)|first (with us|choice|on)
            |in the lead|leading|in pole|home and dry|as good as|almost there|top of|on top|walking it
            |ranked first|preferred|number one|miles ahead|shoo-?in|most likely|in the bag|winning)\b
            |\b(front-?runner|preferred (bidder|supplier|vendor|candidate)|clear favou?rite|pole position
            |hot favou?rite|(ranked|rank|puts?|put|has|have|see|sees) (you|u|yours|your \w+) (first|top|on top
            |ahead|highest|best)|first on (the|our) list|came out on top|you(r)? (chair|offer|bid) on top
            |darling of)\b|\b(favou?rite|preferred)\b.{0,25}\b(is|by|of)\b.{0,30}(<boss>|<name>|\b(plant|panel
            |team|engineering|production|claims|legal|purchasing)\b)
        """,
        unless=r"""
            \b(in front of|your turn|in the (car|queue|list of participants)|ahead of schedule|at the dock
            |favou?rite (colou?r|pizza|cake|one|month|song|team|part)|personal fave|april|parking)\b
            |\bthe one who\b|\?\W*$
        """,
        reason="The counterparty is told that it leads or who is preferred.",
    ),
)

TABLE = Table(
    label=Label.DECISION,
    reason="It tells how or by whom we decide.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"<orderwords>|<public>|<refusal>",
    unless_anywhere=r"<formal>",
)


def decision(document: Document) -> Iterator[Finding]:
    """Find our way of deciding: who has the last word, thresholds, weights, favourites, internal politics.

    Known false positives: decisions about something other than an award; praise of a product by one person.
    """
    return find(TABLE, document)
