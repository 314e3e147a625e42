"""Who belongs to us and who to a counterparty: a read-only snapshot, built from a file or from the store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# No domain name has more.
_MOST_LABELS = 127


class CounterpartyKind(StrEnum):
    """Which side of the deal the counterparty is on."""

    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    UNASSIGNED = "unassigned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparty:
    """A firm we buy from or sell to; `domains` are lower case and match their subdomains."""

    name: str
    kind: CounterpartyKind = CounterpartyKind.SUPPLIER
    domains: tuple[str, ...] = ()
    slack_team: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of ours, by mail address; `role` and `department` in the company's own words."""

    address: str
    name: str = ""
    role: str = ""
    department: str = ""
    manager: str = ""
    slack_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The company's own domains, its people and its counterparties.

    `own_domains` match their subdomains. `people` is keyed by lower-cased address. Case and a trailing dot make no
    difference.
    """

    own_domains: tuple[str, ...]
    people: Mapping[str, Person] = field(default_factory=dict)
    counterparties: tuple[Counterparty, ...] = ()
    _by_domain: dict[str, Counterparty] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_domain = {_bare(domain): party for party in self.counterparties for domain in party.domains if _bare(domain)}
        teams = {f"{party.slack_team}.slack".lower(): party for party in self.counterparties if party.slack_team}
        object.__setattr__(self, "_by_domain", teams | by_domain)

    def is_ours(self, address: str) -> bool:
        """Whether the address is of one of our domains or their subdomains, or of a person we know as ours."""
        address = _bare(address)
        if address in self.people:
            return True
        domain = _domain(address)
        own = tuple(filter(None, map(_bare, self.own_domains)))
        return domain in own or domain.endswith(tuple("." + one for one in own))

    def counterparty(self, address: str) -> Counterparty | None:
        """Return the counterparty the address belongs to; None for ours and for an empty address.

        A Slack user without a mail address belongs to the counterparty of the team. An external domain that nobody has
        assigned yet is a counterparty of its own, named by the domain.
        """
        address = _bare(address)
        if not address or self.is_ours(address):
            return None
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
