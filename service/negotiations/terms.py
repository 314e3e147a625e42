"""A negotiation as data: what negotiations.toml, the API, the console and the store hold, read by the same rules.

The keys are those of negotiations.toml, which docs/negotiations.md defines; days may be dates or ISO text.
"""

import re
from typing import Any

from messages import Authority, Blackout, Departure, Matter, Negotiation, Period, Phase, Published
from service.negotiations.tables import LONGEST_TEXT, Table

# What the store keeps as one JSON; the rest of a negotiation has columns of its own.
TERMS = (
    *("team", "sponsors", "superiors", "former", "blackout", "authority", "finance", "topics", "two_needed"),
    "published",
)
KEYS = frozenset({"name", "counterparties", "lead", "phase", "from", "to", *TERMS})
_CURRENCY = re.compile(r"[A-Z]{3}")


def negotiation_of(table: Table) -> Negotiation:
    """Read a negotiation without its sealed facts. The caller has checked the table's keys."""
    return Negotiation(
        name=" ".join(table.text("name").split()),
        counterparties=_counterparties(table),
        lead=table.person("lead") if table.complete or table.data.get("lead") else "",
        team=table.people("team"),
        sponsors=table.people("sponsors"),
        superiors=table.people("superiors"),
        former=tuple(map(_departure, table.tables("former"))),
        phase=table.word("phase", Phase, table.data.get("phase", Phase.SCOUTING.value)),
        days=table.days(),
        blackouts=tuple(map(_blackout, table.tables("blackout"))),
        authorities=_authorities(table),
        finance=_finance(table),
        published=tuple(map(_published, table.tables("published"))),
        topics=table.texts("topics"),
        two_needed=table.flag("two_needed"),
    )


def terms_of(negotiation: Negotiation) -> dict[str, Any]:
    """Write what the store keeps as JSON, so that `negotiation_of` reads it again."""
    return {
        "team": list(negotiation.team),
        "sponsors": list(negotiation.sponsors),
        "superiors": list(negotiation.superiors),
        "former": [{"person": one.person, "until": one.until.isoformat()} for one in negotiation.former],
        "blackout": [{**days_of(one.days), "allowed": list(one.allowed)} for one in negotiation.blackouts],
        "authority": [_authority_terms(one) for one in negotiation.authorities],
        "finance": list(negotiation.finance),
        "topics": list(negotiation.topics),
        "two_needed": negotiation.two_needed,
        "published": [{"text": one.text, "date": one.on.isoformat()} for one in negotiation.published],
    }


def days_of(days: Period) -> dict[str, str | None]:
    """Write days under their keys."""
    return {
        "from": days.first.isoformat() if days.first else None,
        "to": days.last.isoformat() if days.last else None,
    }


def _authority_terms(authority: Authority) -> dict[str, Any]:
    return {
        "person": authority.person,
        "may": [one.value for one in Matter if one in authority.may],
        "price": authority.price,
        "currency": authority.currency,
    }


def _counterparties(table: Table) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(table.texts("counterparties")))
    if not names and table.complete:
        raise table.wrong("counterparties", "must name one or more")
    known = {party.name for party in table.directory.counterparties} if table.strict else set(names)
    for name in names:
        if name not in known:
            raise table.wrong("counterparties", f"names {name!r}, {table.wording.no_firm}")
    return names


def _departure(table: Table) -> Departure:
    table.check_keys({"person", "until"})
    return Departure(person=table.person("person"), until=table.needed_day("until"))


def _blackout(table: Table) -> Blackout:
    table.check_keys({"from", "to", "allowed"})
    for key in ("from", "to"):
        table.needed_day(key)
    return Blackout(days=table.days(), allowed=table.people("allowed"))


def _published(table: Table) -> Published:
    table.check_keys({"text", "date"})
    return Published(text=table.text("text", longest=LONGEST_TEXT), on=table.needed_day("date"))


def _authorities(table: Table) -> tuple[Authority, ...]:
    found = [_authority(one) for one in table.tables("authority")]
    seen: set[str] = set()
    for one in found:
        if one.person in seen:
            raise table.wrong("authority", f"names {one.person} twice: put all of it into one table")
        seen.add(one.person)
    return tuple(found)


def _authority(table: Table) -> Authority:
    table.check_keys({"person", "price", "currency", "may"})
    price, currency = table.data.get("price"), table.text("currency", "EUR").upper()
    if price is not None and (isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price < 1e15):
        raise table.wrong("price", "must be an amount such as 50000")
    if not _CURRENCY.fullmatch(currency):
        raise table.wrong("currency", "must be three letters such as EUR")
    may = frozenset(table.word("may", Matter, one) for one in table.texts("may"))
    if price is not None and "may" not in table.data:
        may = frozenset({Matter.PRICE})
    if not may:
        raise table.wrong("may", f"must name one or more of {', '.join(Matter)}")
    if price is not None and Matter.PRICE not in may:
        raise table.wrong("price", "is an amount to agree on, but may does not name price")
    return Authority(
        person=table.person("person"), may=may, price=float(price) if price is not None else None, currency=currency
    )


def _finance(table: Table) -> tuple[str, ...]:
    named = table.texts("finance")
    departments = [one for one in named if "@" not in one] if table.strict else []
    # Everybody's department is looked at only where one is named.
    known = {person.department.casefold() for person in table.directory.people.values()} if departments else set()
    for one in departments:
        if one.casefold() not in known:
            raise table.wrong("finance", f"names {one!r}, {table.wording.no_department}")
    return tuple(table.known_person("finance", one) if "@" in one else one for one in named)
