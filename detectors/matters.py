"""Which negotiation a message belongs to, and how what is said of people is put into words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from detectors.document import Document, once
from detectors.finding import Finding
from detectors.patterns import Wording, as_bytes
from detectors.presence import day_of, identity, name_of, names_of, on_message, on_thread
from detectors.purpose import Purpose, approaches, purpose_of, seeks_beside_errands, words_of
from messages import Direction, Directory, Negotiation, Register, fold

_LEAST = 0.5
_LEAST_LETTERS = 4
_SENDING = (
    "(liegt|liegen|bleibt|bleiben)( \\w+)?( \\w+)? (bei|in den händen)|(läuft|laufen|geht|gehen)( \\w+)? über"
    "|sache (von|des)|(besprechen|klären) sie|richten sie|zuständig (ist|sind|dafür)"
    "|(rests?|sits?|stays?|remains?|belongs?) (with|to)|up with|(goes|go) (to|through)|in the hands of"
    "|(please|kindly|you (should|can|may|must|need to|have to)) .{0,30}"
    "(write|talk|speak|turn|address|send|contact|ask|copy|go|reach out|get in touch|direct)"
    "|(address|direct|contact|refer|hand|pass|forward)(ed)?|(is|are|lies) with"
    "|bitte .{0,30}(an|bei|mit)|bitte (schreib|frag|melde|ruf|spr[ei]ch|kontaktier)[a-z]*|weitergeleitet an|wenden"
)
# What is said of those whose it is, behind their name.
_HOLDING = (
    "decides?|handles?|leads?|looks? after|takes? care|(is|are) (in charge|responsible)"
    "|will (decide|answer|get back|come back|be in touch|handle|take it)|has the lead|runs (it|this|that)"
    "|(call|decision|job|business|desk)|is (your|the) (contact|one|person|right)"
    "|entscheide[nt]|(ist|sind) (da |hier |dafür )?zuständig|kümmer[nt]|führt|verhandelt|ansprechpartner(in)?"
    "|(hat|haben) das (thema|mandat)"
    "|meldet sich|melden sich"
)
# Whoever sends somebody back and adds this has taken their side.
_SIDING = Wording(
    r"\b(i('ll| will|'d)|let me) (talk|speak|have a word|see|push|support|put|make sure|tell|convince)\b|\bbetween us\b"
    r"|\bich (rede|spreche|werde|sorge|schaue|lege|setze)\b|\bunter uns\b"
)
_PROCUREMENT = ("procurement", "purchasing", "einkauf")
# Not from `calendar`, which follows the locale.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ASIDE = Wording(r"\b(bcc('?d|ing)?|blind copy|bcc'?ed)\b")


@once
def firms_of(document: Document) -> tuple[str, ...]:
    """Return the counterparties on the message by name, those that a reseller speaks for included."""
    directory, parties = document.context.directory, document.counterparties
    if len(parties) == 1:
        return directory.represented(parties[0])
    return tuple(dict.fromkeys(name for party in parties for name in directory.represented(party)))


@once
def registered(document: Document) -> list[Negotiation]:
    """Return the negotiations with the counterparties on the message, open or not."""
    return document.context.negotiations.of_firms(firms_of(document))


def within_earshot(document: Document) -> list[Negotiation]:
    """Return the negotiations of which a fact may well be told: with those on the message, or by who knows the plan.

    Among ourselves, those that somebody on the message leads, is in the team of, or stands above.
    """
    if document.counterparties:
        return registered(document)
    there, register = on_message(document), document.context.negotiations
    circles = register.made(_known_circles).of(register, document.context.directory)
    near = {one.name: one for person in there for one in circles.get(person, ())}
    return [one for one in near.values() if there & (negotiators(document, one) | superiors(document, one))]


class _Circles:
    """The negotiations of a register that have a plan, by everybody who ever was of their team or stands above it."""

    def __init__(self) -> None:
        self._known: tuple[Directory | None, Mapping[str, list[Negotiation]]] = (None, {})

    def of(self, register: Register, directory: Directory) -> Mapping[str, list[Negotiation]]:
        """Return them as a directory knows the people; it is looked through once."""
        known, circles = self._known
        if known is not directory:
            circles = _circles(register, directory)
            self._known = (directory, circles)
        return circles


def _known_circles(_: Register) -> _Circles:
    """Make the circles of a register that keeps them: they must not keep it, too."""
    return _Circles()


def _circles(register: Register, directory: Directory) -> dict[str, list[Negotiation]]:
    found: dict[str, list[Negotiation]] = {}
    for negotiation in register:
        if negotiation.sealed:
            team = (negotiation.lead, *negotiation.team, *(one.person for one in negotiation.former))
            for person in {identity(directory, one) for one in team} | _above(directory, negotiation):
                found.setdefault(person, []).append(negotiation)
    return found


@once
def matters_of(document: Document) -> tuple[Negotiation, ...]:
    """Return the open negotiations that a message belongs to.

    With several of the same firm those whose topics it mentions; else those of whose people somebody is on it, or was
    on its thread; else all.
    """
    if not document.context.negotiations or not registered(document):
        return ()
    day = day_of(document)
    covering = [one for one in registered(document) if one.covers(day)]
    if len(covering) > 1:
        told = [one for one in covering if mentions(document, one)]
        there = on_message(document) | on_thread(document) if not told else frozenset()
        covering = told or [one for one in covering if negotiators(document, one) & there] or covering
    return tuple(one for one in covering if one.is_open(day))


def mentions(document: Document, negotiation: Negotiation) -> bool:
    """Whether subject or words hold one of the negotiation's topics, as whole words."""
    words = f" {words_of(document).decode('cp1252', 'replace').casefold()} "
    return any(_stands_in(fold(topic).text.casefold(), words) for topic in negotiation.topics)


def is_named(document: Document, negotiation: Negotiation) -> bool:
    """Whether subject or words hold a word of the negotiation's name, in the singular or plural."""
    words = f" {words_of(document).decode('cp1252', 'replace').casefold()} "
    names = {one.removesuffix("s") for one in fold(negotiation.name).text.casefold().split() if one.isalpha()}
    forms = (form for one in names if len(one) >= _LEAST_LETTERS for form in (one, f"{one}s", f"{one}en"))
    return any(_stands_in(form, words) for form in forms)


def _stands_in(topic: str, words: str) -> bool:
    at = words.find(topic)
    while at > 0:
        after = at + len(topic)
        if not words[at - 1].isalnum() and not words[after : after + 1].isalnum():
            return True
        at = words.find(topic, at + 1)
    return False


def negotiators(document: Document, negotiation: Negotiation) -> frozenset[str]:
    """Return lead and team on the message's day, each by the one address that stands for them."""
    known = _negotiators(document)
    if negotiation.name not in known:
        directory, people = document.context.directory, negotiation.negotiators(day_of(document))
        known[negotiation.name] = frozenset(identity(directory, one) for one in people)
    return known[negotiation.name]


@once
def _negotiators(document: Document) -> dict[str, frozenset[str]]:
    """Return where those of each negotiation are kept, by its name, once they were asked for."""
    del document
    return {}


def superiors(document: Document, negotiation: Negotiation) -> frozenset[str]:
    """Return who stands above the lead: those the register names, sponsors, and the managers above the lead."""
    return _above(document.context.directory, negotiation) - negotiators(document, negotiation)


def _above(directory: Directory, negotiation: Negotiation) -> frozenset[str]:
    named = {identity(directory, one) for one in (*negotiation.superiors, *negotiation.sponsors)}
    above = set[str]()
    person = directory.person(negotiation.lead)
    while person is not None and person.manager and (manager := identity(directory, person.manager)) not in above:
        above.add(manager)
        person = directory.person(manager)
    return frozenset(named | above)


def bears_on(document: Document, negotiation: Negotiation, *, any_talk: bool = False) -> bool:
    """Whether a message is more than an errand, a courtesy or a machine's, and belongs to the negotiation.

    With `any_talk` nothing else need be shown where the negotiation has no topics; otherwise the author must seek
    something, or tell something.
    """
    purpose = purpose_of(document)
    if purpose is Purpose.COMMERCIAL:
        return True
    if purpose is Purpose.ERRAND:
        return is_telling(document) or seeks_beside_errands(document)
    if purpose is not Purpose.OTHER:
        return False
    is_enough = any_talk and not negotiation.topics
    return is_enough or mentions(document, negotiation) or approaches(document) or is_telling(document)


def is_telling(document: Document) -> bool:
    """Whether the text itself shows one of the ten signals."""
    return any(one.confidence >= _LEAST for one in document.findings)


def is_named_aside(document: Document, people: Iterable[str]) -> bool:
    """Whether the author says that one of these people reads along by blind copy."""
    words = words_of(document)
    return _ASIDE.holds(words) and any(Wording(rf"\b{part}\b").holds(words) for part in _names(document, people))


def is_sent_back(document: Document, negotiation: Negotiation) -> bool:
    """Whether our author only sends the counterparty back to the negotiators, by name or as procurement."""
    return is_sent_to(document, negotiators(document, negotiation))


def is_sent_to(document: Document, people: Iterable[str]) -> bool:
    """Whether our author only sends the counterparty to these people, by name, or to procurement."""
    if document.direction is not Direction.OUTBOUND or is_telling(document):
        return False
    words = words_of(document)
    small = words.lower()
    # Mostly nobody is named, and no pattern need be made of their names.
    named = [one for one in (*_PROCUREMENT, *_names(document, people)) if one.lower().encode("cp1252") in small]
    if not named:
        return False
    sending, holding = _of_others("|".join(named))
    return sending.holds(words) or (holding.holds(words) and not _SIDING.holds(words))


@lru_cache(maxsize=1024)
def _of_others(whom: str) -> tuple[Wording, Wording]:
    """Return how somebody is sent to others, and how it is said of others whose it is."""
    return (
        Wording(rf"\b({_SENDING})\b.{{0,60}}\b({whom})\b"),
        Wording(rf"\b({whom})\b('s)? .{{0,20}}\b({_HOLDING})\b"),
    )


def _names(document: Document, people: Iterable[str]) -> list[str]:
    """Return the parts of people's names as they are looked for."""
    names = " ".join(name_of(document, one) for one in people)
    return [part for part in as_bytes(names).decode("cp1252").split() if part.isalpha()]


def told(label: str, confidence: float, reason: str) -> Finding:
    """Make a finding about people: it has no words of its own."""
    return Finding(
        label=label, start=None, end=None, quote="", confidence=confidence, reason=reason, detector=label, rule=label
    )


def led(document: Document, negotiation: Negotiation) -> str:
    """Say who leads a negotiation, with whom and since when."""
    began = negotiation.days.first
    firms = " and ".join(one for one in firms_of(document) if one in negotiation.counterparties)
    lead, matter = name_of(document, negotiation.lead), f"“{negotiation.name}” with {firms}"
    return f"{lead} leads {matter}" if began is None else f"{lead} has led {matter} since {on_day(began)}"


def last_seen(
    document: Document, people: frozenset[str], envelopes: Iterable[tuple[datetime | None, frozenset[str]]]
) -> str:
    """Say until when these people were on the thread; empty when they never were."""
    seen = [(sent_at, there & people) for sent_at, there in envelopes if there & people]
    if not seen:
        return ""
    sent_at, there = seen[-1]
    until = f" until {on_day(sent_at.date())}" if sent_at is not None else " before"
    return f"{names_of(document, there)} {'was' if len(there) == 1 else 'were'} on this thread{until}"


def on_day(day: date) -> str:
    """Write a day as it is said."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
