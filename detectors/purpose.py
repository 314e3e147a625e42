"""What a message is about, as far as its plain words tell: enough to know an errand from business.

Read is what the author answers for and the subject, whatever its language; words are English and German.
"""

import re
from enum import StrEnum

from detectors.document import Document, once
from detectors.patterns import Gapped, Wording, folded_bytes
from messages import Channel

_LONGEST = 20_000
_SHORT = 600


class Purpose(StrEnum):
    """What a message is for."""

    AUTOMATIC = "automatic"
    COURTESY = "courtesy"
    ERRAND = "errand"
    COMMERCIAL = "commercial"
    OTHER = "other"


_AUTOMATIC = Wording(r"""
    ^(\[?(ext|external)\]?:? ?)?(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|abwesen\w*
    |autoreply
    |automatische antwort|réponse automatique|((fw|fwd|wg|re|aw): ?)*(invitation|updated invitation|canceled|cancelled
    |accepted
    |declined|tentative|einladung|zugesagt|abgesagt|undeliverable|delivery status|read|gelesen)):?
    |\b(i am|i'?m|i will be)( currently)? (out of (the )?office|on (annual )?leave|on (vacation|holiday)
    |away from my desk)\b.{0,160}\b(until|till|back|return|contact|urgent)\b
    |\bich bin (bis|vom|derzeit|zurzeit)\b.{0,60}\b(abwesend|nicht im (büro|haus)|im urlaub)\b
    |\bjoin (microsoft )?teams( meeting)?\b|\b(has|have) (invited you to|accepted (the|your) invitation)\b
    |\bbegin:vcalendar\b|\bunsubscribe\b|\bnewsletter\b|\bview (this|it) in your browser\b|\babbestellen\b
    |\b(take part in|fill in|take|answer)( (our|the|a))?( short| brief| customer)* survey\b|\bhow satisfied are you\b
    |\b(umfrage|hier abmelden)\b
    |\byou('re| are)? receiv(e|ed|ing) this( (e-?mail|mail|message|notification|notice))? (because|as|since)\b
    |\bthis is an automat(ed|ic)\b|\bautomatically generated\b|\bautomatisch (erstellt|erzeugt|versendet|verschickt
    |generiert)
    |\bsie erhalten diese (e-?mail|mail|nachricht),? (weil|da)\b|\b(do not|don't) reply to this\b
    |\bantworten sie nicht auf diese\b
""")
_AUTOMATIC_SENDERS = (
    "noreply",
    "no-reply",
    "do-not-reply",
    "donotreply",
    "mailer-daemon",
    "postmaster",
    "newsletter",
    "notification",
    "alerts",
)
_BARGAIN = Wording(r"""
    \b(discounts?|rebates?|(counter-?)?offers?\b|offered|quot(e|es|ed|ing|ation|ations)|bids?|bidding|tenders?
    |negotiat\w+
    |proposals?|awarded|award (the|this|it|us|you|to|decision|of|letter)|contract award|concessions?|conditions you
    |renew(al|ing)?
    |(better|lower|higher|new|best|target|final|special|fixed|same|revised) (prices?|rates?|terms|conditions)|come down
    |price (increases?|reductions?|cuts?|list|sheet|per|of)|prices? (for|to)|undercut|cheaper|walk away|deal
    |payment terms|net \d\d|exclusiv\w+|margins?|target price|price target|in exchange for|sweeten\w*|(last|best|final
    |lowest) (figure|number|word)s?|prepayment|down ?payment|frame agreement
    |angebot\w*|rabatt\w*|nachla(ss|ß)\w*|preis(e|en|erhöhung\w*|liste)?|verhandl\w+|skonto|konditionen
    |ausschreibung\w*
    |zahlungsziel\w*|vertragsverlängerung|verlänger(n|e) (wir|ich)|(wir|ich) verlänger(n|e)|zuschlag|uplift
    |indexation)\b|<n> ?(%|per ?cent|prozent) (mehr|weniger|more|less)( (is|ist|geht|sind|would)\b| ?[.,;!?]|$)
    |\b(bei|mit) <n> ?(%|prozent)( \w+)? (können|könnten|kommen|wären) wir
    |<n> ?(%|per ?cent|prozent) (off|less|lower|cheaper|down|discount)|\b(less|minus|another) <n> ?(%|per ?cent)
    |<n> ?(%|per ?cent|prozent|cents?|ct|pence|euros?|eur|€) (below|under|above|over|on top|higher|unter|über|teurer
    |günstiger|billiger)\b|\b(below|above|under|over|off|unter|über) (the )?(list|liste)\b
    |\bthrown in\b|\bcome back( to (me|us))? with (that|a better|something better)\b|\bsee my way( clear)? to\b
    |\b(in return|(is|are|be|goes) on (the house|us)|on our account|throw (it|that|this|them|in)|meet (you|me|us
    |each other)
    (half ?way|in the middle)|split the difference|sharpen (your|the) pencils?|knock off|wiggle room|room (to (move
    |manoeuvre|negotiate)|for (manoeuvre|negotiation)))\b
    |\b(too|more|less) expensive\b|\b(too|far too|a bit|quite) (steep|pricey|dear)\b|\bpenalty clauses?\b
    |\bliability cap\b
    |\bcap on liability\b|\bwaiv(e|es|ed|ing)\b|\bminimum (order|quantity|volume|commitment)\b|\bfree (month|year
    |units?)\b|\b(something|anything) better than\b|\b(sell|explain|justify|defend|get) (this|that
    |it)( price| figure| number)? (upstairs
    |internally|to my (boss|board|management))\b|\b(two|three|four|five|<n>) years? instead of\b
    |\b(carry|absorb|bear|cover|split|share|swallow) (the|your|this|that|half of the|half the) (freight|shipping
    |transport
    |costs?|increase|duty|duties|surcharge)\b|\blet you have (it|this|these|them|those|the|two|another|some|<n>)\b
    |\b(your|a|our) bundle\b|\bwith a bundle\b|<n> ?(%|per ?cent|prozent) (away|apart|too (high|much))\b
    |\b(come|came|coming) in ((well )?(under|below)|at <n>)\b|\b(look|go|shop|buy) (elsewhere|around)\b
    |\bother options\b|\barguing\b|\bfor nothing\b|\bgive you (all|both|the (whole|rest|volume|business|contract))\b
    |\bwhat (would|will|does|could) (that|this|it) do (for|to) (me|us|you|the)\b
    |\bthe others? (asks?|charges?|wants?|offers?|quotes?)\b|\bindex clause\b|\banother increase\b
    |\b(price|cost|fee|rate|annual) increases?\b|\bplus (inflation|cpi|index)\b
    |\b(i'll|we'll|i'd|we'd|i|we|you|ready to|could|can|will|would) sign( (it|this|that|today|tomorrow|now|by|on
    |this week
    |next week|tonight))?([.!,?;]|$)|\b(i'll|we'll|i'd|we'd|you) sign (it|today|tomorrow|now|by|this|tonight)\b
    |\b(swallow|stomach) (it|that|this|another|an|any|the)\b|\bfreeze (it|them|prices|your prices|the (price|prices
    |rates?|fee))\b|\b(if|for) (it's |it is )?(two|three|four|five) years( ?,| you| i| we| instead|\?)
    |\bnotice period\b|\bcounter(ed|ing)? (at|with)\b|\bfinal call on price\b
    |\b(treffen wir uns|einigen wir uns|bleiben wir) (bei|auf)\b|\b(he)?rausspring\w*\b|\bspringt .{0,20}\b(he)?raus\b
    |\b(zuckerl|kündigungsfrist\w*|inflationsausgleich|nachverhandel\w*|nachbesser\w+|entgegenzukommen)\b
    |\bintern (nicht )?durch\w*\b|\b(deutlich|etwas|weiter|noch) (he)?runter\b|\b(he)?runter(gehen|kommen|handeln
    |setzen)\b|\b(geht|ginge) (da )?(sicher |bestimmt )?noch (et)?was\b|\bhalben preis\b
    |\b(im gegenzug|entgegenkommen|entgegenkommt|ihnen entgegen|uns entgegen|oben ?drauf|drauf(legen|zahlen|packen)
    |(lege|legen|packe|packen|geben?) (ich|wir)( \w+)?( \w+)? drauf|\w+ (lege|legen|packe|packen|gebe|geben) (ich
    |wir) drauf
    |nicht (mehr )?drin|schmerzgrenze|spielraum|gratis|umsonst|frei haus|staffel(n|preis\w*|ung)?|stückpreis\w*
    |mindest(menge|abnahme)\w*
    |abnahme(menge|verpflichtung)\w*|vertragsstrafe\w*|pönale\w*|(zu|viel zu) teuer|teurer|günstiger|billiger
    |in der mitte|aufpreis|bonus(zahlung\w*)?|rückvergütung|werbekostenzuschuss|listenpreis\w*|(im|mit dem
    |beim) preis)\b
    |\b(würde|gebe|geben|könnte|kann|können) (ich|wir) (ihnen|dir|euch) (<n>|zwei|drei|vier|fünf|sechs|acht
    |zehn) ?(prozent|%)
""")
# What one does if the other does something: asked about where nothing else shows business.
_DOING = "(take|sign|order|buy|commit|accept|agree|extend|double|drop|leave|keep|throw in|add|raise|lower|come down)"
_TUN = r"(nehm\w*|unterschreib\w*|unterzeichn\w*|bestell\w*|kauf\w*|verlänger\w*|akzeptier\w*|zusag\w*|abnehm\w*)"
_EXCHANGE = Gapped(rf"""
    «\bif you\b»[^.!?]{{0,60}}\b{_DOING}\b[^.!?]{{0,60}},? (i|we)('ll|'d| will| would| can| could)? (also )?{_DOING}\b
    |\b(i|we)('ll|'d| will| would| can| could) {_DOING}\b[^.!?]{{0,60}}«\b(if|provided
    |as long as) you\b»[^.!?]{{0,40}}\b{_DOING}\b
    |\b(give|add|take|drop|keep|leave|make|put|freeze|lower|raise|forget|scrap|skip)\b[^.!?]{{0,60}}«(,| and
    | then) (i|we)('d|'ll| will| would)
    \ (hold|sign|stop|agree|accept|order|extend|double|stay|commit|renew|buy|match|throw)\b»
    |\b(drop|forget|scrap|skip|add|lower)\b[^.!?]{{0,60}}«(,| and| then) (i'm|we're) (in|with you|fine|happy)\b»
    |«\b(gib|geben sie|gebt|legen sie|nehmen sie|lassen sie)\b»[^.!?]{{0,60}}(,| und| dann) (dann |so )?{_TUN} (ich
    |wir)\b
    |«\bwenn (sie|ihr|du|ihr haus|ihre firma)\b»[^.!?]{{0,80}}\b(läge|lägen|käme|kämen|ginge|gingen|machen|können) (ich
    |wir)\b
    |«\bwenn (sie|ihr|du)\b»[^.!?]{{0,60}}\b\w*{_TUN}\b[^.!?]{{0,20}}\b(ich|wir)\b
    |\b{_TUN} (ich|wir)\b[^.!?]{{0,60}}«\bwenn (sie|ihr|du)\b»
""")
_COMMERCE = Wording(r"""
    \b(prices?|pricing|rates?|costs?|terms|budgets?|contracts?|volumes?|agreement|commercial\w*|money|savings?
    |order from you
    |conditions|fees?|surcharges?|vertrag\w*|kosten|volumen|gebühr\w*|laufzeit\w*
    |bestell\w+|konditionen)\b|\b(give|grant|offer) (us|me|you) <n> ?(%|per ?cent)|[€£$] ?\d|\b\d+k\b
    |<n> (a piece|apiece)\b|<n> ?(cents?|ct)\b|\bat no (extra )?cost\b
    |<n> ?((k|mil|mio|million|thousand) ?)?(eur|euros?|usd|gbp|chf|dollars?|pounds?|€|[$]|£)|<n> (mil|mio|million
    |thousand)\b
""")
# What goes by a number or is bookkeeping is an errand even where a price stands in it; the rest only without.
_PAPERWORK = Wording(r"""
    \b(p\.?o\.? ?(no\.? ?|number )?\d{2,}|purchase orders? \d+|orders? (no\.? ?|number )?\d{2,}|invoices?|credit notes?
    |delivery notes?|packing list|awb|call-?off|tickets? (no\.? ?)?\d+|error (code )?\w*\d+|8d( report)?|ncr
    |(complaint|claim|reklamation) (no\.? ?|nr\.? ?|number )?\d+
    |statement of account
    |remittance|balance of (your|our) account|rechnung\w*|lieferschein\w*|gutschrift\w*|bestellung \d+)\b
""")
_LOGISTICS = Wording(r"""
    \b(deliver(y|ies|ed) (date|note|of|to|slot|time|address)|truck|lorry|pallets?|dock \d|gate|shipments?|tracking
    |courier|parcel
    |customs|password|log-?in|certificates?|calibration|technician|spare parts? (arrived|delivery)|parking|projector
    |badge
    |registration number|hotel|flight|train|taxi|visitor|safety (briefing|shoes)|(meeting|conference|hotel
    |seminar)[ -]?rooms?
    |rooms? (no\.? ?|number |\w?\d|(is|are|has been|was)( \w+)? (booked|reserved|free|taken|changed))
    |book\w* .{0,20}room
    |besprechungsraum|(have|has) arrived|(is|are|was|were|has been|have been) (fixed|repaired|solved|resolved
    |restored|shipped
    |dispatched|ready for (collection|pick-?up))|results? (by|tomorrow|today|will be (ready|available|sent))
    |eingetroffen
    |angekommen|repariert|behoben|abholbereit|maintenance window|lieferung\w*
    |liefertermin\w*|palette\w*|lkw|anlieferung|termin(bestätigung)?|wartungstermin)\b
""")
_COURTESY = Wording(r"""
    \b((happy|merry) (easter|christmas|new year|holidays|birthday|anniversary)|season'?s greetings|congratulations
    |congrats
    |best wishes|condolences|get well|speedy recovery|thank you for (the|your) (hospitality|flowers|card|visit|kind)
    |frohe? (ostern|weihnachten)|guten rutsch|herzlichen glückwunsch|gute besserung|alles gute|schöne feiertage
    |see you (on|at|in|next|then|there|tomorrow|soon|later)|enjoy (your|the) (holidays?|weekend|vacation|retirement))\b
    |^(hi|hello|dear)?[^.!?\n]{0,20}\b(many |great, )?(thanks|thank you|danke|noted|will do|ok|okay|received
    |got it)\b[^.?\n]{0,30}[.!]?$
""")
_APPROACH = Wording(r"""
    \b(a minute|meet(ing)?|talk|speak|(a|the|short|quick|phone) call|call (me|you)|(ring|phone) (me|you)|help|discuss
    |lunch|dinner|coffee|drink|golf|visit|word with|(few|couple of|some|two|five|ten|fifteen|twenty|thirty|<n>
    |your) minutes
    |minutes (for|with|of)|your steer|informal(ly)?|up to us|shall (i|we) come|für uns tun|etwas tun
    |half an hour|hour of your
    |your (support|help|view|people|team|buyers?|procurement|purchasing|organi[sz]ation|decision|board
    |(purchasing |procurement |commercial )?colleagues? (is|are|seems?|does|doesn't|do|don't|won't|wants?|keeps?|in
    |from))
    |direct(ly)?
    |decisions?|decide|partner(s|ship)?|strateg\w+|cooperat\w+|future|concern(s|ed)?|worr(y|ied)|escalat\w+
    |where we stand
    |where things stand|at your level|behind closed|between (us|the two)|look forward|stuck|blocked|difficult\w*
    |fair(ly)?
    |step in|intervene|dead end|impasse|deadlock|stalled|no progress
    |eyes only|confidential\w*|mistake|invit(e|ation)|eindruck|bedenken|beschwer\w+|vergabe|unter vier augen
    |vertraulich
    |wende mich|nicht weiter(komm\w*)?|kennen(zu)?lernen|(halbe|viertel|dreiviertel) ?stunde|minuten|zeit für
    |turf|honest with you|to be honest|honest (view|opinion|word)|ehrlich\w*|heads-?up|opinions?|how you see
    |(management|working|board) level|your level|in circles|einladen
    |(bin|sind|ist|etwas|sehr) überrascht|umgegangen|vorschlag|direkt mit|nur damit (sie|du)
    |you should (see|know|hear)|wanted you to (know
    |have|see
    |hear)|you to (have|see|know) (it|this) first|whole picture|big(ger)? picture
    |what (can|could) (you|we) do|can you do|anything you (can|could)|(see|do) what you can|you and i|favou?r|good word
    |put in a word|your call|count on you|owner to owner|(have|take) a look|look into (it|this)|treated|disappoint\w*
    |frustrat\w*|unternehmern|von chef zu chef|chefsache|gefallen|kurzer draht|machtwort|gutes wort|enttäusch\w+
    |frust\w*
    |verärger\w+|sorgen?|auf (höchster|ihrer) ebene|ansehen|anschauen|eingreifen|einschalten|vermitteln
    |treffen|sprechen|gespräch|telefon\w*|unterstützung|entscheidung\w*|zusammenarbeit|mittagessen|kaffee|persönlich)\b
""")

# Business that no greeting or delivery beside it makes a courtesy or an errand.
_SEEKING = Wording(r"""
    \b((talk|speak|meet|chat|sit down|word|coffee|lunch|dinner)( with you| to you| briefly| again| together)? (about
    |over|before)
    |discuss (this|it|our|your|that)|before (you|your (board|committee|people|team)) (decide|award|sign)s?
    |your decision|reconsider
    |(ten|fifteen|twenty|thirty|half an hour|<n>) (minutes|hour)? ?(of your time|with you|on|about)|step in|intervene
    |stuck with|where (we|things) stand|put in a word|good word|without your (buyer|purchasing|procurement)
    |vergabe|wegen (unser\w*|ihr\w*|das|die|den) (angebot|vertrag|verhandlung\w*)|bevor (sie|ihr) entscheide\w*
    |unter vier augen|unter uns|(sprechen|reden|gespräch|telefonieren|treffen)( \w+)?( \w+)? (über|wegen|zu)
    |machtwort|eingreifen|nicht weiter(komm\w*)?)\b
""")
# How one talks when the others no longer read along.
_CANDID = Wording(r"""
    \b((with|than|from) the others?|the other (one|two|bidder|supplier|maker|firm)|anybody else|someone else
    |elsewhere|honestly
    |frankly|to be honest|i must say|between (us|you and me)|off the record|only worse|better than
    |would want to change|prefer
    |don't (tell|quote) (me|it|that)|ehrlich\w*|unter uns|die anderen|lieber (ihr|euer|das)|besser als|andere anbieter
    |sage[nr]? sie (mal|doch)?|ganz anders)\b
""")
_PRIVATE = Wording(r"""
    \b(named (you|me) as (a |his |her |their )?(reference|referee)|(has|have) applied (with|to|at|for)|applicants?
    |internships?
    |cover letter|references? for (him|her|mr|ms|mrs)|bewerb(er|erin|ung|ungen)|praktik(um|ant|antin)
    |schülerpraktikum)\b
""")
_SENTENCE_ENDS = re.compile(rb"(?<=[.!?])\s+|\n+")
# A line that was broken because its column was full; what goes on is no item of a list.
_WRAPPED = re.compile(r"\n(?<=[^\n]{40}\n)(?=[^\W_]|[(€$£])")


@once
def words_of(document: Document) -> bytes:
    """Return the subject of a mail and what the author answers for, folded, as patterns are asked about it."""
    message = document.message
    subject = message.subject if message.channel is Channel.EMAIL else ""
    said = "\n".join([message.text[part.start : part.end] for part in document.answered])
    return folded_bytes(f"{subject}\n{_WRAPPED.sub(' ', said)}"[:_LONGEST])


@once
def is_automatic(document: Document) -> bool:
    """Whether nobody wrote it: a notice, an answer of an absent mailbox, an entry of a calendar."""
    mailbox = document.message.sender.address.partition("@")[0]
    return mailbox.startswith(_AUTOMATIC_SENDERS) or _AUTOMATIC.holds(words_of(document)) or _is_calendar(document)


@once
def purpose_of(document: Document) -> Purpose:
    """Tell what a message is for: errands that also bargain are commercial."""
    words = words_of(document)
    if is_automatic(document):
        return Purpose.AUTOMATIC
    if _BARGAIN.holds(words):
        return Purpose.COMMERCIAL
    if _PAPERWORK.holds(words):
        return Purpose.ERRAND
    if _COMMERCE.holds(words) or _EXCHANGE.holds(words):
        return Purpose.COMMERCIAL
    if _LOGISTICS.holds(words):
        return Purpose.ERRAND
    return Purpose.COURTESY if _is_courteous(words) else Purpose.OTHER


def _is_courteous(words: bytes) -> bool:
    """Whether words are a greeting, or about somebody's own affairs, and seek nothing."""
    said = words.partition(b"\n")[2].strip()
    if not said or _PRIVATE.holds(words):
        return True
    is_greeting = len(words) < _SHORT and (_COURTESY.holds(words) or _COURTESY.holds(said))
    return is_greeting and not _SEEKING.holds(words)


@once
def approaches(document: Document) -> bool:
    """Whether the author seeks a talk, support or a decision."""
    return _APPROACH.holds(words_of(document))


def seeks_beside_errands(document: Document) -> bool:
    """Whether the author seeks a talk or a decision, or speaks candidly, in sentences that no errand is told in."""
    beside = beside_errands(document)
    return _SEEKING.holds(beside) or _CANDID.holds(beside)


@once
def beside_errands(document: Document) -> bytes:
    """Return the sentences of `words_of` that no delivery, visit or room is told in; none where paperwork is."""
    words = words_of(document)
    if _PAPERWORK.holds(words):
        return b""
    return b"\n".join(one for one in _SENTENCE_ENDS.split(words) if not _LOGISTICS.holds(one))


def _is_calendar(document: Document) -> bool:
    return any(one.media_type == "text/calendar" or one.name.endswith(".ics") for one in document.message.attachments)
