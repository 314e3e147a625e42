"""Who belongs to us and who to a counterparty: a read-only snapshot, built from a file or from the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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

    `own_domains` match their subdomains. `people` is keyed by lower-cased address.
    """

    own_domains: tuple[str, ...]
    people: Mapping[str, Person] = field(default_factory=dict)
    counterparties: tuple[Counterparty, ...] = ()
    _by_domain: dict[str, Counterparty] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_domain = {domain: party for party in self.counterparties for domain in party.domains}
        object.__setattr__(self, "_by_domain", by_domain)

    def is_ours(self, address: str) -> bool:
        """Whether the address is of one of our domains or their subdomains, or of a person we know as ours."""
        if address in self.people:
            return True
        domain = address.rpartition("@")[2]
        return any(domain == own or domain.endswith("." + own) for own in self.own_domains)

    def counterparty(self, address: str) -> Counterparty | None:
        """Return the counterparty the address belongs to; None for ours.

        An external domain that nobody has assigned yet is a counterparty of its own, named by the domain.
        """
        if not address or self.is_ours(address):
            return None
        domain = address.rpartition("@")[2]
        for suffix in _suffixes(domain):
            if suffix in self._by_domain:
                return self._by_domain[suffix]
        return Counterparty(name=domain or address, kind=CounterpartyKind.UNASSIGNED, domains=(domain,))


def _suffixes(domain: str) -> list[str]:
    labels = domain.split(".")
    return [".".join(labels[i:]) for i in range(len(labels))]
