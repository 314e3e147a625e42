"""How negotiations are put into words on a page: phases, people, dates, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from messages import Matter, Person, Phase
from service.console.plan_forms import unmistakable
from service.console.times import day_of
from service.negotiations.schemas import ChangeView, NegotiationView

PHASES: dict[str, str] = {
    Phase.SCOUTING: "Scouting",
    Phase.RFI: "RFI",
    Phase.RFQ: "RFQ",
    Phase.BIDS: "Bids",
    Phase.BEST_AND_FINAL: "Best and final",
    Phase.AWARD: "Award",
    Phase.CONTRACT: "Contract",
    Phase.RUNNING: "Running",
    Phase.RENEWAL: "Renewal",
}
MATTERS: dict[str, str] = {
    Matter.PRICE: "Price",
    Matter.TERMS: "Terms",
    Matter.TECHNICAL: "Technical",
    Matter.COMMIT: "Commitments",
}
_TITLES = {
    "from": "First day",
    "to": "Last day",
    "two_needed": "Two needed",
    "former": "Left the team",
    "archived": "Archived",
    "finance": "Finance",
    "published": "Published to all bidders",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of ours in a negotiation: `limits` is what they may talk about or agree on."""

    role: str
    address: str
    name: str
    gone: bool
    limits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field's title and what it was and is, in words; empty for nothing."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """A change in words."""

    at: datetime
    actor: str
    fields: tuple[FieldChange, ...]


def members_of(one: NegotiationView, people: Mapping[str, Person]) -> list[Member]:
    """Return who of ours is in a negotiation, and as what."""
    limits = {each.person: limits_of(each.model_dump()) for each in one.authority}
    roles = [("Lead", [one.lead] if one.lead else []), ("Team", one.team)]
    inside = [_member(role, who, people, limits.pop(who, "Anything")) for role, some in roles for who in some]
    others = [_member("Authorised", who, people, may) for who, may in limits.items()]
    above = [("Sponsor", one.sponsors), ("Above the lead", one.superiors)]
    beyond = [_member(role, who, people, "") for role, some in above for who in some]
    former = [_member(f"Until {day_of(each.until)}", each.person, people, "") for each in one.former]
    return [*inside, *others, *beyond, *former]


def limits_of(authority: Mapping[str, Any]) -> str:
    """Say what an authority allows: `Price up to EUR 50,000, terms`."""
    said = []
    for matter in authority["may"] or ():
        text = MATTERS.get(matter, str(matter)).lower()
        if matter == Matter.PRICE and authority["price"] is not None:
            text += f" up to {authority['currency']} {_money(authority['price'])}"
        said.append(text)
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def lines_of(changes: Sequence[ChangeView]) -> list[ChangeLine]:
    """Put changes into words."""
    return [
        ChangeLine(
            at=change.at,
            actor=change.actor,
            fields=tuple(
                FieldChange(title=title_of(key), before=_said(key, before), after=_said(key, after))
                for key, (before, after) in sorted(change.fields.items())
            ),
        )
        for change in changes
    ]


def title_of(field: str) -> str:
    """Call a field by its title."""
    return _TITLES.get(field, field.replace("_", " ").capitalize())


def plain_amount(value: float | str | None) -> str:
    """Write an amount as a field of a form has it: `50000`, `0.125`; what was typed instead of one, as it is."""
    if not isinstance(value, int | float):
        return value or ""
    return unmistakable(f"{Decimal(repr(value)).normalize():f}") if isfinite(value) else str(value)


def said_day(day: date | None) -> str:
    """Give a day, or a dash for none."""
    return day_of(day) if day else "–"


def _money(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _member(role: str, address: str, people: Mapping[str, Person], limits: str) -> Member:
    person = people.get(address)
    name = person.name or address if person else address
    return Member(role=role, address=address, name=name, gone=person is None or person.left, limits=limits)


def _said(field: str, value: Any) -> str:
    if value in (None, "", [], False):
        return ""
    if value is True:
        return "yes"
    if field == "phase":
        return PHASES.get(value, str(value))
    if isinstance(value, list):
        return ", ".join(_row(one) for one in value)
    return str(value)


def _row(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    if "may" in one:
        return f"{one['person']}: {limits_of(one)}"
    if "allowed" in one:
        allowed = f" ({', '.join(one['allowed'])})" if one["allowed"] else ""
        return f"{one['from']} to {one['to']}{allowed}"
    if "text" in one:
        return f"“{one['text']}” on {one['date']}"
    return f"{one['person']} until {one['until']}"
