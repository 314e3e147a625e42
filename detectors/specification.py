"""Non-public technical requirements, limits and test results of ours, told to a counterparty."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import OUTBOUND, Rule, Table, find

RULES = (
    Rule(
        name="stated limit",
        pattern=r"""
            \b(our|the) (own |internal |in-?house |real |actual )?(limit|tolerance|requirement|acceptance limit
            |spec(ification)?)
            ( for \w+( \w+){0,3})? (is|are|stays at|stands at) .{0,20}<quantity>
        """,
        unless=r"\b(speed|weight|height|data|luggage|gate|crane|slab|credit|your)\b",
        at_least=0.7,
        reason="A limit or requirement of ours is stated with its value.",
    ),
    Rule(
        name="our value",
        pattern=r"\b(our|ours|we|my|internal|in-?house|internally)\b.{0,60}<quantity>",
        needs=r"""
            \b(run|runs|running|press|sees?|measured?|test(ed|s)?|limit|internal|calculated|reach(es)?|hold
            |holds|fail(s|ed)?|trips?|shuts?|lifts?|leaks?|cracks?|peak|worst case|tolerance|survived?|target
            |spec|specification|requirement|design|drawing|prototype|bench|lab|line|rotor|housing|stack|machine
            |furnace|oven|node|cluster|database|latency|load|coat|process|weld|temperature|pressure|current|flow
            |speed|yield|scrap|moisture|content|allow|qualify|drifted|today|currently)\b
        """,
        reason="A technical figure of our product or process is given.",
    ),
    Rule(
        name="internal limit",
        pattern=r"""
            \b(our|internal|own|in-?house|real|actual|true) (\w+ ){0,3}(limits?|spec(ification)?s?|requirements?
            |tolerances?|targets?|thresholds?|alarm|acceptance|criteri(on|a)|margin)\b.{0,40}\d
        """,
        unless=r"\b(price|budget|cost|euro|eur|deadline|date)\b|<money>",
        reason="An internal limit or requirement is given.",
    ),
    Rule(
        name="failure in our test",
        pattern=r"""
            \b(fail(s|ed|ing)?|cracks?|cracked|broke|breaks|leak(s|ed)?|gave up|gives up|snap(s|ped)?|warp(s
            |ed)?|trips|drift(s|ed)?|delaminat\w+|burst|survived only|only survived|lost|loses?|misses|misread
            |falls? over|chokes?|starts? to queue)\b.{0,50}(<quantity>|\b\d+ (of|in|out of) (\d+|a hundred)\b)
            |(<quantity>|\b\d+ (of|in|out of) (\d+|a hundred)\b).{0,40}\b(fail(s|ed|ing)?|cracks?|cracked|leak(s
            |ed)?|gave up|snap(s|ped)?|warp(s|ed)?|trips|delaminat\w+)\b
        """,
        needs=r"\b(our|ours|we|bench|lab|internal(ly)?|prototype|in-?house|inside|tests?|tested|my)\b",
        reason="A test result of our product or process is given.",
    ),
    Rule(
        name="drawing not public",
        pattern=r"""
            \b(draft|internal|latest|new|unreleased|not (yet )?released|confidential) (drawing|spec
            |specification|requirements?|requirement doc|test report|load case|cad|model|rev(ision)?)\b.{0,60}\d
            |\b(it|this|that) (is|isn'?t|is not) (yet )?(released|official|on the drawing|in the rfq)\b.{0,60}\d
        """,
        reason="An unreleased drawing or specification is passed on.",
    ),
)

TABLE = Table(
    label=Label.SPECIFICATION,
    reason="Technical values or design choices of ours are given.",
    rules=RULES,
    directions=OUTBOUND,
    unless=r"""
        <orderwords>|<public>|<refusal>|<theirs>|\b(you (have|deliver|make|ship|guarantee|manage)|norm
        |class rules|gate|dock|slab|crane|truck|forklift|pallets?|lorry|lockers|delivered|delivery|o'clock
        |meeting|call|break|walk|lunch|parking)\b|\?\W*$
    """,
    unless_anywhere=r"<formal>",
)


def specification(document: Document) -> Iterator[Finding]:
    """Find requirements, tolerances, performance figures, test results and design choices that are not public.

    Known false positives: measures needed for a delivery or a site visit, figures the counterparty published itself.
    """
    return find(TABLE, document)
