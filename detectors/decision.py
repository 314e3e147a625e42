"""How and by whom we decide, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="last word",
        pattern=r"""
            \b(last|final|casting|only|deciding|double) (word|say|vote|yes|call|voice|decision)\b|\bvote (that )?counts\b|\bonly (real )?vote\b|\bholds? the pen\b|\bcan veto\b|\bhas a veto\b|\bbreaks? (a|the) tie\b|\bpulls the strings\b|\bcalls the shots\b|\bthe one (to convince|who decides|you have to win|who signs)\b
            |\bit('s|'ll be| is| will be)( really)? (<name>|his|her|their|<boss>)('s)? (call|decision|choice)\b
        """,
        needs=r"<boss>|<name>|\b(he|she|they|his|her|my|our|the|counts|finance|who)\b",
        unless=r"\bnot my\b|\b(one|a) (last|final) (word|call)\b|\blast call\b|\bconference call\b",
        confidence=0.75,
        reason="It is said who has the last word on our side.",
    ),
    Rule(
        name="who decides",
        pattern=r"""
            (<name>|<boss>|\b(he|she|they|whoever|nobody|i|we|who|doctors|engineers|operations|finance|production|committee|it's))( \w+){0,3} (decides?|signs?( off)?( alone| by (him|her)self)?|picks?|chooses?|votes?|approves?|rubber[- ]?stamps?|nods?( it)?( through)?|countersigns?|scores?|initials?|overrules?|ranks?|will (decide|sign|pick|choose|approve|nod)|makes? the (choice|decision|call)|has a vote)\b
            |\b(decision|choice|award|selection|evaluation|it)( \w+)? (is|gets|will be|falls|lies|sits|rests|done|'ll be|goes)( \w+)? (made|settled|taken|decided|done|with|to|by) (by |with |to )?(<name>|<boss>|\b(three|two|four|five|me|us|team leads))
        """,
        needs=r"\b(alone|only|who|you|your|yours|in the end|really|whoever|purchasing executes|executes|comments|recommends?|recommendation|panel|committee|jury|board|price|whatever|by (him|her)self|nobody|anything|everything|above|below|over|under|likes?|loves?|hates?|votes?|settled|choice|award|evaluation|evaluators)\b",
        unless=r"\b(timesheet|delivery note|visitors?|parcel|form|minutes|badge|driver|contract is signed|attendance|invoice|who (decides|signs|picks|approves)|signs? (in|up|for)|cake|colou?rs?|menu|logo|option [a-z]|ticket|change request|you (decide|pick|choose|sign)|we decided|i picked)\b",
        confidence=0.55,
        reason="It is said who decides on our side.",
    ),
    Rule(
        name="approval threshold",
        pattern=r"""
            \b(up to|below|under|above|over|anything|beyond|until|from|till?|past|at)\b.{0,12}<amount>.{0,50}\b(sign(s|ed|ature)?|approv(e|es|al)|alone|countersign|committee|board|nod|needs|goes to|stays with|director(s)?|decides?|by (him|her|my)self|signatures?)\b
            |\b(sign(s)?|approve(s)?|nod(s)?|decide(s)?|release(s)?|order)\b.{0,25}\b(alone|myself|by (him|her)self|on (my|his|her) own|without asking)\b.{0,20}\b(up to|below|under|til|till|until|anything)\b.{0,10}<amount>|\b(approval|signature|signing|authority|sign-?off) (limit|threshold|level|power)s?\b.{0,40}<amount>
            |\b(can|may|could) (approve|sign|release|nod)( \w+){0,3} (alone|by (him|her|my)self|on (my|his|her) own)\b|\bneeds? nobody'?s signature\b
        """,
        unless=r"\b(kilos|kg|pages|your (approval|signature)|delivery|gate|tolerance)\b|<quantity>",
        confidence=0.7,
        reason="An approval threshold of ours is given.",
    ),
    Rule(
        name="weights and scoring",
        pattern=r"""
            \b(price|cost|quality|technical|technology|service|delivery|references?|lifecycle cost|security|sustainability|looks|noise|experience)( \w+){0,3} (counts?( for)?( only| double)?|weighs?|is( only| worth)?|gets?|has|at|x)? ?(<percent>|\b(double|half|twice|nothing|a quarter|a third|most|little|\d\d)\b)
            |\b(weights?|weighting|weighted|scor(e|es|ed|ing|ecard)|criteria|evaluation|points|scoresheet|matrix)\b.{0,45}(<percent>|\b\d\d\b|\b(price|technical|quality|references|double)\b)
            |\bnobody (reads|looks at|trusts|cares about|will read)\b|\b(is|just|only|all) (for )?(show|decoration|theatre|a formality|window[- ]dressing)\b|\bjust (a )?formality\b|\bwhat (gets|wins) you the points\b
        """,
        needs=r"\b(we|our|us|price|panel|internal(ly)?|committee|boss|they|agreed|counts|points|nobody|show|formality|decoration|theatre|score[ds]?|sheet)\b",
        unless=r"\b(cup|menu|votes for|quiz|match|game|football|test score|invoice|market|index|cupping|up|per cent cheaper|your price)\b|<money>",
        confidence=0.55,
        reason="Our evaluation criteria or weights are interpreted.",
    ),
    Rule(
        name="front runner",
        pattern=r"""
            \b(you|u|yours|ur)('re| are|'ll| will| is| stand| sit| have)?( be)?( \w+){0,2} (ahead|in front|front-?runner|favou?rites?|the (one|winner|preferred|number one)|first (with us|choice|on)|in the lead|leading|in pole|home and dry|as good as|almost there|top of|on top|walking it|ranked first|preferred|number one|miles ahead|shoo-?in|most likely|in the bag|winning)\b
            |\b(front-?runner|preferred (bidder|supplier|vendor|candidate)|clear favou?rite|pole position|hot favou?rite|(ranked|rank|puts?|put|has|have|see|sees) (you|u|yours|your \w+) (first|top|on top|ahead|highest|best)|first on (the|our) list|came out on top|you(r)? (chair|offer|bid) on top|darling of)\b
            |\b(favou?rite|preferred)\b.{0,25}\b(is|by|of)\b.{0,30}(<boss>|<name>|\b(plant|panel|team|engineering|production|claims|legal|purchasing)\b)
        """,
        unless=r"\b(in front of|your turn|in the (car|queue|list of participants)|ahead of schedule|at the dock|favou?rite (colou?r|pizza|cake|one|month|song|team|part)|personal fave|april|parking)\b|\bthe one who\b|\?\W*$",
        confidence=0.65,
        reason="The counterparty is told that it leads or who is preferred.",
    ),
    Rule(
        name="who favours whom",
        pattern=r"""
            (<name>|<boss>|\b(everybody|everyone|they|finance|production|engineering|purchasing|procurement|logistics|operations|ops|it|legal|claims|security|quality|sales|he|she|most|three|two|four|five|half|kenji and me|the (lab|doctors|engineers|users|foremen|team|plant|crowd|users|panel|jury|evaluators|controller)))('s)?( \w+){0,3}
            (wants? (you|yours|your|u|ur|them|the other)|(is|are|'s|were) (on your side|on ur side|for you|against you|against it|with you|yours|your friends?|your fans?|undecided|on the fence|in favou?r|still with|for the)|prefers? (you|your|yours|u|the|them)|leans? (to|towards|your|ur)|lean(ing)? (to|towards|your|ur)|favou?rs? (you|your|the)|likes? (you|your|yours|ur)|loves? (you|your|ur|u|yours)|hates? (you|your|the|leasing|them|change)|can'?t stand|would rather have|don'?t (like|want|trust) (you|your|them|the)|doesn'?t (like|want|trust) (you|your|them|the)|dislikes? (you|your)|would (rather|like) (have|see) (you|your)|voted|has sworn|trusts? (you|the))\b
            |\b(on|at) (your|ur) side\b|\b(votes?|fans?|friends?) (for you|on your side)\b|\bhave (an )?(ally|allies|friends?|fans?) (in|on)\b|\b(made|made up) (their|his|her) minds?\b
        """,
        needs=r"\b(panel|board|jury|committee|evaluat\w+|vote[sd]?|sign(s|ed)?|decid\w+|decision|choice|price|offer|bid|you|yours|your|u|ur|them|wins?|minds?|plant|finance|purchasing|team)\b",
        unless=r"\b(cake|tour|cookies|kids|food|webinar|artwork|colou?rs?|demo was|photos?|on your side (of|that|is|as|the|we)|(if|whether|is there|anything|something|what|who|who's|error|problem|can you|changed|someone|anybody|could) .{0,40}on (your|ur) side|of the corridor)\b|\?\W*$",
        confidence=0.55,
        reason="It is said who on our side favours or opposes whom.",
    ),
)

_TABLE = Table(
    label=Label.DECISION,
    rules=RULES,
    directions=OUTBOUND,
    unless=r"<orderwords>|<public>|<refusal>",
    unless_anywhere="<formal>",
)


def decision(document: Document) -> Iterator[Finding]:
    """Find our way of deciding: who has the last word, thresholds, weights, favourites, internal politics.

    Known false positives: decisions about something other than an award; praise of a product by one person.
    """
    return find(_TABLE, document)
