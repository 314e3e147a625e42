"""Who belongs to us and who to a counterparty: a read-only snapshot, built from a file or from the store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from messages.snapshot import Snapshot

# No domain name has more.
_MOST_LABELS = 127


class CounterpartyKind(StrEnum):
    """Which side of the deal the counterparty is on."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    UNASSIGNED = "unassigned"


class PersonKind(StrEnum):
    """Who reads an address of ours."""

    PERSON = "person"
    LIST = "list"
    ASSISTANT = "assistant"
    MAILBOX = "mailbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `last`, both included; None leaves that end open."""

    first: date | None = None
    last: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """A firm we buy from or sell to; `domains` are lower case and match their subdomains.

    `owner` is the address of ours that looks after it. `people` are addresses of theirs outside their domains,
    `primary_contact` is the one who deals with us, `resellers` are names or domains of firms that act for it.
    """

    name: str
    kind: CounterpartyKind = CounterpartyKind.SUPPLIER
    domains: tuple[str, ...] = ()
    slack_team: str = ""
    owner: str = ""
    people: tuple[str, ...] = ()
    primary_contact: str = ""
    resellers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of ours, by mail address; `role` and `department` in the company's own words.

    `aliases` are other addresses of the same person. `members` read what comes to a list or mailbox; an assistant works
    for them. `deputy` stands in while the person is `away`. Who has `left` stays known as ours, and nobody misses them.
    """

    address: str
    name: str = ""
    role: str = ""
    department: str = ""
    manager: str = ""
    slack_id: str = ""
    aliases: tuple[str, ...] = ()
    kind: PersonKind = PersonKind.PERSON
    members: tuple[str, ...] = ()
    away: tuple[Period, ...] = ()
    deputy: str = ""
    left: bool = False

    def is_away(self, day: date | None) -> bool:
        """Whether the person is known to be away on a day; on an unknown one, nobody is."""
        return day is not None and any(day in period for period in self.away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory(Snapshot):
    """The company's own domains, its people and its counterparties.

    `own_domains` match their subdomains. `people` is keyed by lower-cased address. Case and a trailing dot make no
    difference.
    """

    own_domains: tuple[str, ...]
    people: Mapping[str, Person] = field(default_factory=dict)
    counterparties: tuple[Counterparty, ...] = ()
    _own: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _by_domain: dict[str, Counterparty] = field(init=False, repr=False, compare=False)
    _by_alias: dict[str, Person] = field(init=False, repr=False, compare=False)
    _by_person: dict[str, Counterparty] = field(init=False, repr=False, compare=False)
    _deputising: dict[str, tuple[Person, ...]] = field(init=False, repr=False, compare=False)
    _acting: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _represented: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_own", tuple(f".{one}" for one in map(_bare, self.own_domains) if one))
        aliases = {_bare(alias): person for person in self.people.values() for alias in person.aliases}
        slack_ids = {f"{one.slack_id}@".lower(): one for one in self.people.values() if one.slack_id}
        object.__setattr__(self, "_by_alias", slack_ids | aliases)
        theirs = {_bare(one): party for party in self.counterparties for one in (*party.people, party.primary_contact)}
        object.__setattr__(self, "_by_person", {address: party for address, party in theirs.items() if address})
        deputising: dict[str, tuple[Person, ...]] = {}
        for person in self.people.values():
            if person.deputy and person.away:
                deputy = _bare(person.deputy)
                deputy = aliases[deputy].address if deputy in aliases else deputy
                deputising[deputy] = (*deputising.get(deputy, ()), person)
        object.__setattr__(self, "_deputising", deputising)
        acting: dict[str, tuple[str, ...]] = {}
        for party in self.counterparties:
            for reseller in map(_bare, party.resellers):
                acting[reseller] = (*acting.get(reseller, ()), party.name)
        object.__setattr__(self, "_acting", acting)
        speaking = {(one.name, one.domains): self._spoken_for(one) for one in self.counterparties} if acting else {}
        several = {party: names for party, names in speaking.items() if len(names) > 1}
        object.__setattr__(self, "_represented", several)
        by_domain = {_bare(domain): party for party in self.counterparties for domain in party.domains if _bare(domain)}
        teams = {f"{party.slack_team}.slack".lower(): party for party in self.counterparties if party.slack_team}
        object.__setattr__(self, "_by_domain", teams | by_domain)

    def is_ours(self, address: str) -> bool:
        """Whether the address is of one of our domains or their subdomains, or of a person we know as ours."""
        return self._is_ours(_bare(address))

    def _is_ours(self, address: str) -> bool:
        return f".{_domain(address)}".endswith(self._own) or self._person(address) is not None

    def person(self, address: str) -> Person | None:
        """Return whose address it is, also by an alias or a Slack id; None for one that nobody of ours is known by."""
        known = self.people.get(address)
        return known if known is not None else self._person(_bare(address))

    def _person(self, address: str) -> Person | None:
        known = self.people.get(address) or self._by_alias.get(address)
        if known is None and self._by_alias and address.endswith(".slack"):
            known = self._by_alias.get(f"{address.partition('@')[0]}@")
        return known

    @property
    def has_deputies(self) -> bool:
        """Whether anybody stands in for somebody."""
        return bool(self._deputising)

    def deputised_by(self, address: str) -> tuple[Person, ...]:
        """Return for whom somebody stands in when these are away, by the address that stands for the deputy."""
        return self._deputising.get(address, ())

    def represented(self, party: Counterparty) -> tuple[str, ...]:
        """Return the names of the counterparties that a firm speaks for: its own, and those it is a reseller of."""
        if party.kind is CounterpartyKind.UNASSIGNED and self._acting:
            return self._spoken_for(party)
        return self._represented.get((party.name, party.domains), (party.name,))

    def _spoken_for(self, party: Counterparty) -> tuple[str, ...]:
        names = [_bare(party.name), *(suffix for domain in party.domains for suffix in _suffixes(_bare(domain)))]
        return tuple(dict.fromkeys([party.name, *(one for name in names for one in self._acting.get(name, ()))]))

    def counterparty(self, address: str) -> Counterparty | None:
        """Return the counterparty the address belongs to; None for ours and for an empty address.

        A Slack user without a mail address belongs to the counterparty of the team. An external domain that nobody has
        assigned yet is a counterparty of its own, named by the domain.
        """
        address = _bare(address)
        if not address or self._is_ours(address):
            return None
        if address in self._by_person:
            return self._by_person[address]
        domain = _domain(address)
        for suffix in _suffixes(domain):
            if suffix in self._by_domain:
                return self._by_domain[suffix]
        domains = (domain,) if domain else ()
        return Counterparty(name=domain or address, kind=CounterpartyKind.UNASSIGNED, domains=domains)


def _bare(address: str) -> str:
    """Return an address or domain in the form in which they are compared: lower case, without a trailing dot."""
    return address.strip().rstrip(".").lower()


def _domain(address: str) -> str:
    return address.rpartition("@")[2] if "@" in address else ""


def _suffixes(domain: str) -> Iterator[str]:
    """Yield a domain and every domain it lies in, the nearest first; beyond any real depth only the outermost."""
    labels = domain.split(".")
    first = max(0, len(labels) - _MOST_LABELS)
    for i in range(first, len(labels)):
        yield ".".join(labels[i:])
