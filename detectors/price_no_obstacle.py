"""Somebody senior saying that price will not stand in the way."""

import re
from collections.abc import Iterator
from dataclasses import replace

from detectors.acts import Act, is_looked_at, shown
from detectors.document import Document, in_every_language
from detectors.finding import Finding
from detectors.patterns import Wording, as_bytes
from detectors.presence import author, name_of
from detectors.price_wordings import RULES
from detectors.roles import closing_of
from detectors.rules import Table, find
from messages import Direction, Directory, Register

_SENIOR = re.compile(
    r"\b(?:c[efotims]o|cpo|cro|chief|president|vp|svp|evp|director|managing|head of|general manager|gm|board"
    r"|chair\w*|partner"
    r"|owner|founder|executive vice|division manager|country manager|plant manager|direktor\w*|geschäftsführ\w*"
    r"|vorstand\w*|leiter\w*|leitung"
    r"|(?:vertriebs|verkaufs|werks?|betriebs|bereichs|abteilungs|einkaufs|haupt|niederlassungs|standort"
    r"|regional)leit\w+"
    r"|prokurist\w*|inhaber\w*|directeur|directrice|direttore|director\w*|pdg|gérant\w*|gerente|dean|provost|principal"
    r"|superintendent|governor|mayor|bürgermeister\w*|chef(?:arzt|ärztin)|dekan\w*|kanzler\w*|intendant\w*)\b",
    re.IGNORECASE,
)

# How surely price must be given up in words that no rule knows.
_SURE = 0.84
# Price is held, something is left to others, or somebody's safety is meant.
_HELD = Wording(r"""
    \b(rather|sooner) (lose|leave|walk|let|close|shut)\b|\bnot a (cent|penny|euro) (less|below|under)\b|\bbelow cost\b
    |\b(hold the line|list price|price list|walk away)\b|\b(lost|lose|losing) \w+ on price\b
    |\blet (them|him|her) (go|walk)\b|\b(don't|do not|never|won't) (bend|discount|go (below|under|lower))\b
    |\b(settle|sort|agree|decide|clear)\b.{0,40}\b(between|among) (you|yourselves|the two of you)\b
    |\b(does|do|did) matter\b|\b(get|bring|obtain|collect|fetch)( me| us)? ((a|one|two|three|some) )?
    (more|other|another|second|third|further|competing) (offers?|quotes?|bids?)\b
    |\b(near miss|accidents?|guard ?rails?|injur\w+|hurt)\b
""")

TABLE = Table(
    label="price_no_obstacle",
    reason="Somebody senior says that price will not stand in the way.",
    directions=frozenset({Direction.OUTBOUND, Direction.INTERNAL}),
    rules=RULES,
    unless=r"""
        \?\W*$|\b(did|do|does|would|should|whether) (you|they|he|she|we|anybody|somebody|people|i)\b
        |\b(not|n'?t|never) (sell|buy|sign|win|accept|pay|agree|go|close|match)\b.{0,20}\bat any\b|\b(they|he|she
        |who|supplier|vendor|competitor|guy|chap|man
        |woman|boss|ceo|md|director|(?-i:[A-Z][a-z]{2,}))( \w+ly| once| even)?
        \ (said|say|says|told|think|thinks|claim|claims|claimed|believe|boasted|announced)\b|\bsaid (on stage
        |in (an?|the)
        \ (interview|talk|speech))
        |\b(private|privately|birthday|gift|health|safety|safe|hospice|charity|auction|raffle|own pocket|sicherheit
        |unfall\w*
        |gesperrt|verletz\w+|spende\w*|geschenk)\b
        |\b(not|n'?t|never)( \w+ to)? (pay|accept|match|meet|sign|take) (whatever|any)\b|\bangeblich\b
        |\b(hat|haben|habt|hatten?|er|sie|man|wurde)\b.{0,40}\b(gesagt|behauptet)\b|\b(behauptet|meint)\b
    """,
)


def price_no_obstacle(document: Document) -> Iterator[Finding]:
    """Find somebody senior of ours telling a counterparty, or our own people, that price is no obstacle.

    Senior is who has people of their own or such a role in the directory, a signature that says so, or a place above a
    lead in the register. Known false positives: prices of a lunch or a hotel.
    """
    if document.direction not in TABLE.directions:
        return
    whole = in_every_language(document)
    found = list(find(TABLE, whole)) if _may_speak(whole.lines) else []
    if not (found or is_looked_at(document)) or not _is_senior(document):
        return
    found = found or list(_implied(document))
    person = document.context.directory.person(author(document))
    writer = name_of(document, author(document)) + (f", {person.role}" if person is not None and person.role else "")
    yield from (replace(one, reason=f"{one.reason.removesuffix('.')} (by {writer}).") for one in found)


def _implied(document: Document) -> Iterator[Finding]:
    """Yield where price is given up in words that no rule knows."""
    # Reading takes longest.
    if _HELD.holds(in_every_language(document).lines):
        return
    where = shown(document, Act.PRICE, least=_SURE)
    if where is None or TABLE.holds(TABLE.unless, as_bytes(where.sentence.folded)):
        return
    sentence = where.sentence
    span, text = sentence.original(where.start, where.end), document.message.text
    yield Finding(
        label=TABLE.label,
        start=span.start,
        end=span.end,
        quote=(document.message.subject if sentence.part else text)[span.start : span.end],
        confidence=round(where.confidence, 3),
        reason=TABLE.reason,
        detector=TABLE.label,
        rule="model",
        part=sentence.part,
    )


def _may_speak(lines: bytes) -> bool:
    """Whether some rule speaks somewhere: one look at the whole text costs less than one at each sentence."""
    return any(TABLE.first(rule, lines) for rule in TABLE.candidates(lines, certain=True))


def _is_senior(document: Document) -> bool:
    directory, writer = document.context.directory, author(document)
    person = directory.person(writer)
    if person is not None and (_SENIOR.search(person.role) or writer in directory.made(_leading)):
        return True
    if _SENIOR.search(closing_of(document)):
        return True
    named = document.context.negotiations.made(_named_above)
    return bool(named) and not named.isdisjoint(
        (writer, *(one.lower() for one in (person.aliases if person is not None else ())))
    )


def _named_above(register: Register) -> frozenset[str]:
    """Return the addresses, as they stand there, of those whom a register names above a lead."""
    return frozenset(one.strip().lower() for each in register for one in (*each.superiors, *each.sponsors))


def _leading(directory: Directory) -> frozenset[str]:
    """Return those of ours who have people of their own."""
    return frozenset(one.manager for one in directory.people.values())
