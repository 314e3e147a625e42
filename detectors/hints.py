"""Small signs of a need that say little each, and add up where several stand by one question.

Words are English and German.
"""

from detectors.patterns import Wording, Wordings

_MONTHS = (
    r"(january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember|frühjahr|sommer|herbst)"
)
# Without one of these nothing is added up.
_HINT = Wording(rf"""
    \b(machbar|feasible|doable|zeichnung|drawing|umstellen|vorlaufzeit\w*|lead time|capacity|rates?|next (year|season)
    |to (begin|start) with|come to|suitable|for us|(present|current) supplier|from {_MONTHS}|kapazität\w*|für uns
    |passende?|geeignete?|müsste\w*|nächste[sn]? jahr|ab {_MONTHS})\b|übernehmen\b
""")
# What by itself says little. By day and month alone, no delivery is a need.
_SIGNS = Wordings(
    {
        "might": r"\b(would|could|might|suppose|könnte\w*|würde\w*|wäre\w*|müsste\w*|hätte\w*)\b",
        "later": rf"""
            \b(next (year|season|quarter|{_MONTHS})|(from|in|by|until|starting|ab|im|bis|zum) {_MONTHS}
            |to (begin|start) with|you to (begin|start)|nächste\w* (jahr|saison|frühjahr|herbst)|künftig)\b
        """,
        "price": r"""
            \b(rates?|prices?|costs?|fees?|charge|come to|tariff|zu welchem kurs|konditionen|preis\w*|kosten
            |kostet|honorar|stundensatz)\b
        """,
        "so many": r"""
            \b(a|per|each|every|pro) (week|month|year|season|woche|monat|jahr|saison)\b|\bim jahr\b
            |<n> ?(tonnes?|tons?|t|kg|pieces|units|litres?|seats|users|stück|tonnen)\b
        """,
        "made": r"""
            \b(capacity|grow|make|build|supply|produce|design|develop|manufacture|for us|support us with|feasible|doable
            |installation|kapazität\w*|liefern|bauen|einbau\w*|herstellen|fertigen|anbieten|machbar|für uns)\b
            |übernehmen\b
        """,
        "fits": r"""
            \b(suitable|fits?|right size|recommend|which (size|model|type)|passende?\w?|geeignete?\w?|baugröße|modell
            |empfehl\w+|sich entscheiden)\b
        """,
        "ours": r"""
            \b(unser\w* (zeichnung\w*|anforderung\w*|lastenheft)|our (drawings?|requirements)|umstellen|switch over)\b
        """,
        "present": r"""
            \b(our|the) (present|current|existing) (supplier|provider|haulier|carrier|vendor|partner|lab|agency
            |contractor|caterer|printer)\b
            |\blet(s|ting)? us down\b|\bunzufrieden\b
            |\b(bisherig|jetzig|derzeitig)\w+ (lieferant|anbieter|dienstleister|partner)\w*\b
        """,
    }
)
_FEWEST_SIGNS = 3
_OF_NEED, _OF_TRADE = frozenset({"might", "later", "ours", "present"}), frozenset({"price", "so many", "made", "fits"})
# How far from a question its signs may stand: about two sentences before it, one behind.
_BEFORE, _BEHIND = 240, 120


def adds_up(words: bytes) -> bool:
    """Whether so many small signs stand by one question that it is about what we might buy."""
    at = words.find(b"?")
    if at >= 0 and not _HINT.holds(words):
        return False
    while at >= 0:
        signs = _SIGNS.held(words[max(0, at - _BEFORE) : at + _BEHIND])
        if len(signs) >= _FEWEST_SIGNS and signs & _OF_NEED and signs & _OF_TRADE:
            return True
        at = words.find(b"?", at + _BEHIND)
    return False
