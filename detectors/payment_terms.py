"""Payment terms: the wordings by which they may be spoken of at all. Words are English and German."""

from enum import StrEnum

from detectors.document import Document, once
from detectors.patterns import Wording
from detectors.purpose import words_of


class Spoken(StrEnum):
    """By what payment terms may be spoken of: plainly, or by words of paying, a bill's among them, beside a time."""

    TERMS = "terms"
    PAID = "paid"


# So much of the price at an event of the deal.
_SHARE = (
    r"(<n> ?(%|per ?cent\b|prozent\b)|(one |a |the |other |the other |the first )?(half|third|quarter)|balance"
    r"|die hälfte"
    r"|ein (drittel|viertel))"
)
_GIVEN = r"( (you('ll| will)? (get|have|receive)|is paid|paid|payable|due|to be paid|bekommen sie|zahlen wir|fällig))?"
_EVENT = (
    r"(order|delivery|acceptance|installation|signature|signing|completion|commissioning|dispatch|shipment|bestell\w+"
    r"|liefer\w+|abnahme|auftrag\w*|unterschrift|inbetriebnahme|versand)"
)
_UPON = r"(on|upon|at|by|with|after|before|bei|mit|nach|vor) (the |der |dem )?"
SPLIT = rf"\b({_SHARE}{_GIVEN} (now\b|up ?front|{_UPON}{_EVENT}\b)|<n> {_UPON}{_EVENT}\b)"
_SPAN = r"(<n>|two|three|four|six|zwei|drei|vier|sechs) ?-?(days?|weeks?|months?|tage?n?|wochen?|monate?n?)"
_EVERY = (
    r"(weekly|fortnightly|monthly|quarterly|annually|yearly|every (week|month|quarter|fortnight)"
    r"|by (the )?(week|month|quarter)|in one go|at once|right away|immediately|on the spot|straight away|same day"
    r"|on (receipt|sight|dispatch|shipment)|when(ever)? (you|the)|before (you )?(ship\w*|dispatch|deliver\w*))"
)
_RHYTHM = (
    r"(by |every |per |at |the |am |zum |pro )?(weekly|week|monthly|month|end of (the )?month|month[- ]end|quarterly"
    r"|quarter|annually"
    r"|year|yearly|wöchentlich|monatlich|quartalsweise|vierteljährlich|halbjährlich|jährlich|monatsende|quartalsende)"
)
# Such words alone are nothing yet: they say that something is paid.
_PAID = (
    r"(pay|pays|paid|paying|payments?|settle|settling|(your|the|our) money|cash|card|invoices?|bills?|instal?lments?"
    r"|zahlen|zahlt"
    r"|zahlung|bezahlt?|bezahlen|begleichen|überweisen|raten|(erste|zweite|letzte) rate|geld|rechnung\w*)"
)
_WHEN = (
    rf"({_SPAN}|{_UPON}(\w*{_EVENT}|\w*unterzeichnung)|<n> auf <n>|whenever|end of (the )?(month|quarter|year|<month>)"
    r"|the month (closes|ends|is out)|month[- ]end|on receipt|by return|straight ?away|the (same )?(day|moment"
    r"|minute)|before (you|the)|monatsende)"
)
_TERMS = (
    rf"{SPLIT}|\bpayments? (on|upon|at|after|with|before|in advance of) (the )?"
    r"(delivery|order|acceptance|receipt|sign\w+|dispatch|shipment)\b"
    rf"|\bpayable\b|\bin \w+ raten\b|\bim voraus\b|\b{_SPAN} netto\b"
    rf"|\b(pay|paying|paid|settle|settling|bill|billing|invoice|invoicing)( it| them| you)? {_EVERY}\b"
    r"|\b(weekly|fortnightly|monthly|quarterly) (settlement|invoicing|billing)\b"
    rf"|\b(instead of|rather than|statt|anstatt|nicht mehr) {_RHYTHM}\b"
    r"|\b(from|with|ab) (the|your|next|der|ihrer|nächster)( next| nächsten| <month>)? (invoice|rechnung) (on"
    r"|onwards?|an)?"
    r"|\b(take|have|give you|granted?) (30|45|60|75|90|120|180|thirty|forty-?five|sixty|seventy-?five|ninety) days\b"
    r"|\b(innert|innerhalb von) <n> tagen\b|\b(your|the|those|ihre|eure|die) (30|45|60|75|90|120|180) (days|tage)\b"
    r"|\b(and|,) the (rest|remainder|balance) (on|upon|at|after|when|once|with|by) \w+"
    r"|\b(und|,) (den|der) rest (bei|nach|mit|auf) \w+|"
    r"""
    \bnet[- ]?(7|10|14|15|20|21|30|45|60|75|90|120|180)\b|\b(7|10|14|15|20|21|30|45|60|75|90|120|180)[- ]days?([- ]net
    |'? payment
    | (from|after|of) (the )?(invoice|delivery|receipt))?\b|\bpayment (terms?|days?|target|within|schedule|conditions?
    |period|plan)\b
    |\b(terms|conditions) of payment\b|\b(pre-?pay(ment|ments|ing)?|pay(ment)? (up ?front|in advance)|advance payments?
    |down ?payments?|deposits?|up ?front|cash (in advance|on delivery)|early[- ]payment|(cash
    |prompt[- ]payment) discount|in advance
    |letter of credit|instal?lments?|milestone payments?|retention|pro ?forma|open account|credit (limit|line|terms
    |period|days))\b|\b[1-5](\.5)? ?% ?/? ?(10|14|15)\b
    |\b(zahlungsziel\w*|zahlungsbedingung\w*|zahlungsfrist\w*|zahlungsplan\w*|zahlungsaufschub|zahlungsmodalität\w*
    |vorkasse|anzahlung\w*|vorauszahlung\w*|abschlagszahlung\w*|akonto\w*|sicherheitseinbehalt|skonto|ratenzahlung
    |tage(n)? netto|netto kasse|sofort zahlbar|teilzahlung\w*|nachnahme|valuta)\b
"""
)
TERMS, SPANNED, PAID = (Wording(one) for one in (_TERMS, rf"\b{_SPAN}\b", rf"\b{_PAID}\b"))
TIMED = Wording(rf"\b{_WHEN}\b|\bhalf (on|in|by|with) (the |my )?{_PAID} now\b")

# Words without which hardly anybody speaks of paying, in whatever way.
MAY_BE_TERMS = Wording(r"""
    \b(pa(y|ys|id|ying|yable|yments?)|pre-?pa(y|id|yment)\w*|invoic\w*|bill(s|ed|ing)?|deposits?|days|weekly|monthly
    |quarterly|net|up-?front|advances?|instal?lments?|retention|retain\w*|withh\w+|h(o|e)ld back|terms|money|cash
    |wire[ds]?|cheques?|checks?|transfer(s|red|ring)?|credit|half|halves|thirds?|quarters?|per ?cent|balance
    |the rest|remainder|settl\w+|due|owe[ds]?|funds?|bank|escrow|milestones?|tranches?|statements?|discount|amount|sum
    |receipt|arrears|dispatch|release[ds]?|treasury|accounting|fortnight\w*|card|put(ting)? down
    |\w*(zahl|rechnung|überweis|ueberweis|vorkasse|vorschuss|skonto|valuta|anweis)\w*|\w*geld\w*|kasse|bar|konto|akonto
    |netto|tag(e|en)?|monat\w*|woche\w*|quartal\w*|prozent|hälfte\w*|haelfte\w*|drittel\w*|viertel\w*|rest(betrag)?
    |restliche\w*|rate[n]?|fällig\w*|faellig\w*|betrag|summe|einbehalt\w*|behalten|frist\w*|ziel|aufschub|stund\w+
    |abschlag\w*|tranche\w*|bei (bestell|liefer|abnahme|auftrag)\w*|sofort|vorab|im voraus|gleich|bürgschaft|lastschrift
    |buchhaltung|zur hand)\b|%
""")


# Money goes as was agreed before, is of a meal, or comes back; or a share of the goods is meant.
_KEPT = Wording(r"""
    \b(the|our|your) (agreed|usual|contractual|standard|normal) (<n>|thirty|sixty|ninety|terms|days)\b
    |(üblichen|vereinbarten|bekannten) (<n>|dreißig|sechzig|neunzig|zahlungs\w+|konditionen|bedingungen)
    |ändern wir nichts|nichts (zu )?(ändern|geändert)|bleibt? (es )?(bei|wie) |wie (vereinbart|üblich|immer)
    |\bas (agreed|usual|always)\b|\b(lunch|dinner|beers?|pizza|taxi|gift|present|indexation|notice)\b
    |\bcredit(ed)? (note|if|against|back)\b|\b(half|thirds?|quarters?) of (it|the (volume|quantity|goods|order))\b
""")


@once
def terms_spoken(document: Document) -> frozenset[Spoken]:
    """Return by which of terms and paying payment terms may be spoken of."""
    words = words_of(document)
    spoken = {Spoken.TERMS} if TERMS.holds(words) else set[Spoken]()
    if PAID.holds(words) and TIMED.holds(words):
        spoken.add(Spoken.PAID)
    return frozenset(spoken)


def keeps_to_terms(document: Document) -> bool:
    """Whether something shows that no new terms of paying are meant."""
    return _KEPT.holds(words_of(document))
