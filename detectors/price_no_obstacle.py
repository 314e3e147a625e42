"""Somebody senior saying that price will not stand in the way."""

import re
from collections.abc import Iterator
from dataclasses import replace

from detectors.document import Document, in_every_language
from detectors.finding import Finding
from detectors.presence import author, identity, name_of
from detectors.roles import closing_of
from detectors.rules import Rule, Table, find
from messages import Direction

_SENIOR = re.compile(
    r"\b(?:c[efotims]o|cpo|cro|chief|president|vp|svp|evp|director|managing|head of|general manager|gm|board"
    r"|chair\w*|partner"
    r"|owner|founder|executive vice|division manager|country manager|plant manager|direktor\w*|geschäftsführ\w*"
    r"|vorstand\w*"
    r"|leiter\w*|bereichsleiter\w*|prokurist\w*|inhaber\w*|directeur|directrice|direttore|director\w*)\b",
    re.IGNORECASE,
)
_NOT = r"(won'?t|will not|not going to|shall not|don'?t (want|intend) to|can'?t|cannot|must not|are not|aren'?t|never)"

_PRICE = r"(price|pricing|cost|costs|money|budget)"
_PREIS = r"(preise?|geld|kosten|budget)"

TABLE = Table(
    label="price_no_obstacle",
    reason="Somebody senior says that price will not stand in the way.",
    directions=frozenset({Direction.OUTBOUND, Direction.INTERNAL}),
    rules=(
        Rule(
            name="not lost on price",
            pattern=rf"""
                \b{_NOT}( be)?( going to)? (lose|losing|fail|let \w+ go|walk away
                |let (this|it|that|you|them) (go|fail|slip)|part( ways)?)\b
                .{{0,60}}\b(on|over|because of|due to|for) (the |its |our |a )?(price|pricing|cost|money|rates?)\b
                |\b{_NOT}( \w+){{0,3}} (lose|fail|walk away)\b.{{0,40}}\bover (a (few|couple( of)?|little)|some|two
                |three|five
                |\d+) (per ?cent\b|%|points?\b|euros?\b|cents?\b|dollars?\b|k\b)
                |\bno (deal|business|order|customer|project|contract) (is|will be|gets|should be|must be|goes)
                \ (lost|fail\w*|away)\b.{{0,30}}\b(on|over|because of|for) (the )?(price|cost|money)\b
            """,
            reason="Business is not to be lost over price.",
            unless=r"\b(price|cost) (list|tag|sheet)\b",
            at_least=0.9,
        ),
        Rule(
            name="price no object",
            pattern=r"""
                \b(price|money|cost|costs|budget|the rates?|pricing) (is|are|was|will be|shall be|won'?t be
                |will not be|isn'?t|is not|should not be
                |shouldn'?t be|must not be|need not be|needn'?t be|no longer)\b.{0,15}\b(no|an?|the)( \w+)? (object
                |obstacle|issue|problem|reason|hurdle
                |show-?stopper|deal ?breaker|barrier|matter|sticking point|concern)\b
                |\b(price|money|cost) (doesn'?t|does not|won'?t|will not|shouldn'?t|needn'?t) (matter|stop us
                |stand (in (the|our|your) way|between us)
                |be (it|what|why)|get in (the|our) way|keep us apart|hold (us|this|it) (up|back))
                |\b(no )?(price|money|cost)( is)? no (object|obstacle)\b|\bnot (about|a question of
                |a matter of) (the )?(price|money)\b
                |\bdon'?t let (the )?(price|money|cost|rates?)\b.{0,40}\b(stop|stand|come|get|hold|keep)
            """,
            reason="Price is said to be no obstacle.",
            unless=r"\b(only|just|alone|for (you|them))\b.{0,20}$|\b(problem|issue|matter|concern) of\b",
            at_least=0.9,
        ),
        Rule(
            name="whatever it takes",
            pattern=r"""
                \b(whatever|any) (price|rate|it (costs|takes)|number|figure)\b.{0,60}\b(sign|match|pay|go|do|take|win
                |get|close|accept|meet|agree)
                |\b(match|meet|beat|accept|pay|sign|take|go (to|with)|agree to|close at|win (it|them
                |this) at) (whatever|any) (\w+ )?(price|number|figure
                |rate|it (costs|takes)|they (ask|want|offer|quote)|you (ask|want|need|name))\b
                |\b(don'?t|do not) care (what|how much) (it|this|that|they) (costs?|ask|want|charge)\b
                |\b(give|grant|offer) (them|him|her|you|it) (whatever|any) (discount|price|rebate)\b
                |\bat any (price|cost)\b|\bname your (price|figure|number)\b|\bcost what it (may|will)\b
            """,
            reason="Any price is said to be acceptable.",
            at_least=0.9,
        ),
        Rule(
            name="price comes second",
            pattern=rf"""
                \b{_PRICE} (is|are|was|will (be|come|take|play)|comes?|takes?|plays?)( (not|never|only|really|clearly
                |certainly|entirely
                |a|in)\b)*.{{0,20}}\b(secondary|second\b( (for|to|place|here)|[,.;!]|$)|(a )?back ?seat|no role
                |irrelevant
                |unimportant)
                |\b{_PRICE} (is|are|will|would|does|do|shall|should|must)( \w+){{0,2}} ?(not|n'?t|never)( be| \w+ be)?
                ( really| going to)?( the| a| our)?( \w+)? (deciding|decisive|main|key|important|crucial|factor
                |criteri\w+
                |what (counts|matters|decides)|point|decide\b|be decisive|issue|question)
                |\b{_PRICE} (isn'?t|aren'?t|won'?t|doesn'?t|don'?t|shouldn'?t)( be| play)?( really)?( the| a
                | our)?( \w+)?
                \ (deciding|decisive|main|key|important|crucial|factor|criteri\w+|what (counts|matters|decides)|role
                |issue)
                |\b{_PRICE} (is|are) the (last|least)( \w+)? (thing|point|of (our|my))
                |\b(won'?t|will not|not going to|nobody|no one|never|don'?t)\b.{{0,25}} (haggle|quibble|fight|argue
                |bargain)
                \ (over|about|on)\b.{{0,30}}\b({_PRICE}|few|couple|thousands?|euros?|per ?cent|%|<n>)
                |\b(don'?t|do not|need not|needn'?t|no need to) (you )?(worry|think) about (the |our |your )?{_PRICE}\b
                |\bwhatever the (cost|price|bill)s?\b|\b(rather|gladly|happily) pay (more|extra|the difference
                |a (bit|little) more) (than|and|for)
                |\bwe('ll| will| would|'d)? (find|have) the money\b
                |\bthe money is (there|available)\b|\b(don'?t|never|not) lose (time|sleep|a minute) (over|on
                |about) (the )?{_PRICE}\b
                |\b{_NOT} (to )?let .{{0,40}}\b(thousands?|hundred|million|euros?|per ?cent|%|points?|money
                |price)\b.{{0,20}}(stand|come|get)
                \ (between|in (the|our|your) way)
            """,
            reason="Price is said to come second.",
            unless=r"\bwe (don'?t|do not) worry|\b(parking|lunch|dinner|cake|party)\b",
            at_least=0.9,
        ),
        Rule(
            name="price no obstacle, in German",
            pattern=rf"""
                (\b(am|an dem|an|wegen (des|der)|um den)|.ber den) (geld|preis(es)?|kosten)\b.{{0,60}}\b(nicht|nichts
                |kein\w*
                |niemand\w*|nie)\b.{{0,40}}\b(scheitern|scheitert|verlieren|liegen|h.ngen|verloren|hapern)
                |\b(nicht|nichts|kein\w*|niemand\w*)\b.{{0,40}}(\b(am|an dem|an|wegen (des|der))|.ber den) (geld
                |preis(es)?
                |kosten)\b.{{0,20}}(scheitern|scheitert|verlier\w+|liegen|verloren)
                |\bverlier\w+\b.{{0,20}}\bkein\w*\b.{{0,40}}(\b(am|wegen (des|der))|.ber den) (preis(es)?|geld(es)?
                |kosten)\b
                |\b{_PREIS}\b(.{{0,30}}\b(ist|sind|w.re|bleib\w+|steh\w+|spiel\w+|wird|d.rfen|darf|soll\w*|werden))
                \b.{{0,30}}\b(zweitrangig|nebens.chlich|nebensache|zweiter linie|keine rolle|kein\w* (thema|hindernis
                |problem|kriterium|hinderungsgrund|frage)|nicht (entscheidend|wichtig|ausschlaggebend|das (thema
                |entscheidende
                |wichtigste|problem)|der (punkt|entscheidende)|die frage)|egal|unwichtig|nicht im weg\w*)
                |\b{_PREIS} (ist|sind) (uns |mir |hier )?(egal|zweitrangig|nebens.chlich|kein thema)
                |.ber (den|die) (preis|kosten)\b.{{0,15}}\b(m.ssen|brauchen) wir\b.{{0,15}}\bnicht\b.{{0,20}}(reden
                |sprechen|verhandeln|streiten)
                |\bkoste(t)? es,? was es wolle|\b(wir|ich) (zahlen?|nehmen?|akzeptieren?
                |unterschreiben?) (da )?jeden preis
                |\b(zu|um) jede[mn] preis\b.{{0,30}}(abschlie.en|gewinnen|holen|halten|haben|behalten|bekommen)
                |\bauf (ein paar|den letzten|einige|die paar)\b.{{0,20}}(euro|cent|tausend\w*
                |prozent)\b.{{0,15}}\bkommt es
                \b.{{0,15}}\bnicht an
            """,
            reason="Price is said to be no obstacle.",
            unless=r"""
                \bnicht (egal|zweitrangig|nebens.chlich|unwichtig|jeden preis)
                |\b(allein|leider|letztes jahr|damals|wurde\w*|war(en)?)\b
            """,
            at_least=0.9,
        ),
    ),
    unless=r"""
        \?\W*$|\b(did|do|does|would|should|if|when|whether) (you|they|he|she|we|anybody|somebody|people|i)\b
        |\b(not|n'?t|never) (sell|buy|sign|win|accept|pay|agree|go|close|match)\b.{0,20}\bat any\b|\b(they|he|she
        |supplier|vendor)
        \ (said|say|says|told|think|thinks|claim|claims|believe)
        |\b(private|privately|birthday|gift|health|safety|safe)\b
        |\b(not|n'?t|never) (pay|accept|match|meet|sign|take) (whatever|any)\b|\b(ob|wenn|falls|angeblich)\b
        |\b(gesagt|behauptet|meint)\b
    """,
)


def price_no_obstacle(document: Document) -> Iterator[Finding]:
    """Find somebody senior of ours telling a counterparty, or our own people, that price is no obstacle.

    Senior is who has people of their own or such a role in the directory, a signature that says so, or a place above a
    lead in the register. Known false positives: prices of a lunch or a hotel.
    """
    found = list(find(TABLE, in_every_language(document)))
    if not found or not _is_senior(document):
        return
    person = document.context.directory.person(author(document))
    writer = name_of(document, author(document)) + (f", {person.role}" if person is not None and person.role else "")
    yield from (replace(one, reason=f"{one.reason.removesuffix('.')} (by {writer}).") for one in found)


def _is_senior(document: Document) -> bool:
    directory, writer = document.context.directory, author(document)
    person = directory.person(writer)
    if person is not None and (_SENIOR.search(person.role) or _leads_people(document, writer)):
        return True
    if _SENIOR.search(closing_of(document)):
        return True
    named = (
        one for negotiation in document.context.negotiations for one in (*negotiation.superiors, *negotiation.sponsors)
    )
    return writer in {identity(directory, one) for one in named}


def _leads_people(document: Document, writer: str) -> bool:
    return any(one.manager == writer for one in document.context.directory.people.values())
