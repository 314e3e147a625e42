"""Who is on a message: the same person under every address, behind lists and mailboxes, and through whom stands in."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import lru_cache

from detectors.document import Document, once
from messages import Direction, Directory, Envelope, Person, PersonKind

# What stands before the @ of an address that several people read.
_SHARED = re.compile(
    r"(?:all|info|office|team|sales|procurement|purchasing|sourcing|einkauf|vertrieb|service|support|helpdesk|hotline|contact"
    r"|kontakt|invoices?|accounting|accounts|finance|ap|orders?|dispatch|logistics|quality|noreply|no-reply|desk|mail"
    r"|reception|empfang)(?:[._-].*)?|.*[._-](?:team|list|group|all|project)",
    re.IGNORECASE,
)
_FINANCE = (
    r"financ\w*|treasur\w*|account(?:ing|ant|s payable|s receivable)|controll(?:er|ing)|cfo|finanz\w*|buchhaltung"
    r"|rechnungswesen|comptabilité|tesorería"
)
_BUYER = (
    r"procurement|purchas(?:ing|er)|sourcing|buyer|buying|category (?:manager|lead)|commodity (?:manager|lead)"
    r"|einkauf\w*|einkäufer\w*|inkoop\w*|achats?|acquisti|compras|strategische\w* einkäufer\w*"
)
_SELLER = (
    r"sales\w*|seller|account (?:manager|executive|director)|key account|business development|vertrieb\w*|verkauf\w*"
)


class Trade(StrEnum):
    """What one of ours works in, as far as it matters who is there."""

    FINANCE = "finance"
    BUYING = "buying"
    SELLING = "selling"


_TRADES = {
    trade: re.compile(rf"\b(?:{one})\b", re.IGNORECASE)
    for trade, one in ((Trade.FINANCE, _FINANCE), (Trade.BUYING, _BUYER), (Trade.SELLING, _SELLER))
}
_NONE = frozenset[Trade]()
_ANY_TRADE = re.compile(rf"\b(?:{_FINANCE}|{_BUYER}|{_SELLER})\b", re.IGNORECASE)


def day_of(document: Document) -> date | None:
    """Return the day a message was written, by its author's clock."""
    sent_at = document.message.sent_at
    return sent_at.date() if sent_at is not None else None


def identity(directory: Directory, address: str) -> str:
    """Return the one address that stands for whoever has this one."""
    person = directory.person(address)
    return person.address if person is not None else address.strip().rstrip(".").lower()


def reached(directory: Directory, addresses: Iterable[str], day: date | None) -> frozenset[str]:
    """Return whom a message reaches: named, by a list or mailbox, by their assistant, or by a deputy while away."""
    found = _named(directory, addresses)
    return _with_deputies(directory, found, day) if directory.has_deputies else found


def _named(directory: Directory, addresses: Iterable[str]) -> frozenset[str]:
    found, reading = {identity(directory, one) for one in addresses}, directory.made(_reading)
    waiting = [] if reading.keys().isdisjoint(found) else list(found)
    while waiting:
        members = {identity(directory, member) for member in reading.get(waiting.pop(), ())} - found
        found |= members
        waiting += members
    return frozenset(found)


def _reading(directory: Directory) -> dict[str, tuple[str, ...]]:
    """Return who reads along behind an address: a list's or mailbox's people, for whom an assistant works."""
    return {address: person.members for address, person in directory.people.items() if person.members}


def _with_deputies(directory: Directory, there: frozenset[str], day: date | None) -> frozenset[str]:
    return there | {person.address for one in there for person in directory.deputised_by(one) if person.is_away(day)}


@once
def on_message(document: Document) -> frozenset[str]:
    """Return whom of anybody the message reaches or comes from."""
    addresses = (one.address for one in document.message.participants)
    return reached(document.context.directory, addresses, day_of(document))


@once
def on_envelopes(document: Document) -> tuple[frozenset[str], ...]:
    """Return of each earlier message of the thread whom it reached or came from."""
    directory, named = document.context.directory, dict[frozenset[str], frozenset[str]]()
    found = []
    for envelope in earlier_of(document):
        # Along a thread mostly the same people write to each other.
        people = frozenset(envelope.people)
        if people not in named:
            named[people] = _named(directory, people)
        found.append(named[people])
    return _with_those_of_the_day(document, found) if directory.has_deputies else tuple(found)


def _with_those_of_the_day(document: Document, found: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Return of each earlier message whom it reached, with those whose deputies it reached while they were away."""
    directory, today = document.context.directory, day_of(document)
    days = (one.sent_at.date() if one.sent_at is not None else today for one in earlier_of(document))
    return tuple(_with_deputies(directory, there, day) for there, day in zip(found, days, strict=True))


@once
def on_thread(document: Document) -> frozenset[str]:
    """Return whom any earlier message of the thread reached or came from."""
    directory = document.context.directory
    if directory.has_deputies:
        return frozenset().union(*on_envelopes(document))
    return _named(directory, {address for one in earlier_of(document) for address in one.people})


def earlier_of(document: Document) -> tuple[Envelope, ...]:
    """Return the thread's messages before this one, as far as they are known."""
    return document.context.earlier or ()


@once
def author(document: Document) -> str:
    """Return the one address that stands for the author."""
    return identity(document.context.directory, document.message.sender.address)


@once
def author_speaks_for(document: Document) -> frozenset[str]:
    """Return the author and for whom they write: an assistant's boss, a mailbox's readers, whom they deputise for."""
    return reached(document.context.directory, [document.message.sender.address], day_of(document))


def people_among(directory: Directory, addresses: Iterable[str]) -> frozenset[str]:
    """Return those of ours that are one person each: no assistant, list or shared mailbox."""
    ours = {identity(directory, one) for one in addresses if directory.is_ours(one)}
    return frozenset(one for one in ours if _is_one_person(directory.people.get(one), one))


def _is_one_person(person: Person | None, address: str) -> bool:
    if person is not None:
        return person.kind is PersonKind.PERSON
    return not _SHARED.fullmatch(address.partition("@")[0])


def still_here(directory: Directory, addresses: Iterable[str]) -> frozenset[str]:
    """Return these without whoever has left: they can't be missed."""
    people = ((one, directory.person(one)) for one in addresses)
    return frozenset(one for one, person in people if person is None or not person.left)


@once
def trades_on_message(document: Document) -> frozenset[Trade]:
    """Return what those of ours whom the message reaches or comes from work in."""
    return _trades_of_any(document.context.directory, on_message(document))


@once
def trades_on_thread(document: Document) -> frozenset[Trade]:
    """Return what those of ours work in who were on an earlier message of the thread, and are not on this one."""
    return _trades_of_any(document.context.directory, on_thread(document) - on_message(document))


def _trades_of_any(directory: Directory, people: Iterable[str]) -> frozenset[Trade]:
    known, ours = directory.made(_trades_of_people), directory.people
    trades = [known.get(one, _NONE) if one in ours else trades_of(directory, one) for one in people]
    return frozenset().union(*trades) if any(trades) else _NONE


def trades_of(directory: Directory, address: str) -> frozenset[Trade]:
    """Return what one of ours works in, as role, department or mailbox tell; nothing for anybody else."""
    if address in directory.people:
        return directory.made(_trades_of_people).get(address, _NONE)
    return _told_of(directory.person(address), address) if directory.is_ours(address) else _NONE


def _trades_of_people(directory: Directory) -> dict[str, frozenset[Trade]]:
    """Return what those of the directory work in, of those of whom it is told."""
    told = ((address, _told_of(person, address)) for address, person in directory.people.items())
    return {address: trades for address, trades in told if trades}


def _told_of(person: Person | None, address: str) -> frozenset[Trade]:
    mailbox = address.partition("@")[0].replace(".", " ").replace("_", " ").replace("-", " ")
    trades = _told_by(mailbox) if _ANY_TRADE.search(mailbox) is not None else _NONE
    return trades if person is None else trades | _told_by(person.role) | _told_by(person.department)


@lru_cache(maxsize=1 << 12)
def _told_by(words: str) -> frozenset[Trade]:
    return frozenset(trade for trade, pattern in _TRADES.items() if pattern.search(words))


def in_department(directory: Directory, address: str, departments: Iterable[str]) -> bool:
    """Whether one of ours is of a department, by the directory's own word for it."""
    person = directory.person(address)
    return person is not None and person.department.casefold() in {one.casefold() for one in departments}


def name_of(document: Document, address: str) -> str:
    """Return what a person of the message or the register is called; without a name, the address."""
    person = document.context.directory.person(address)
    if person is not None and person.name:
        return person.name
    given = (one.name for one in document.message.participants if one.address == address and one.name)
    return next(given, address)


def names_of(document: Document, addresses: Iterable[str]) -> str:
    """Return what people are called, as they stand in a sentence."""
    names = sorted(dict.fromkeys(name_of(document, one) for one in addresses))
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def outsiders(document: Document) -> list[str]:
    """Return the addresses on the message that are not ours, the author's first."""
    directory = document.context.directory
    return [one.address for one in document.message.participants if not directory.is_ours(one.address)]


def goes_out(document: Document) -> bool:
    """Whether one of ours wrote it to somebody outside."""
    return document.direction is Direction.OUTBOUND
