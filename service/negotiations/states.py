"""What is amiss with a negotiation, or worth knowing of it today, so that it can be seen at a glance."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from messages import Negotiation, Period, Person, PersonKind, Phase


class State(StrEnum):
    """Something that a negotiation is, or lacks."""

    NO_PLAN = "no_plan"
    NO_SECOND_PERSON = "no_second_person"
    LEAD_GONE = "lead_gone"
    TEAM_GONE = "team_gone"
    FIRM_UNMATCHED = "firm_unmatched"
    NO_DATES = "no_dates"
    OVER = "over"
    BLACKOUT = "blackout"
    NO_LIMITS = "no_limits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a state is called, what it means, and whether something should be done about it."""

    title: str
    meaning: str
    urgent: bool = False


TITLES: dict[State, Title] = {
    State.NO_PLAN: Title(
        title="No plan", meaning="Nobody has written down target, limits and alternatives.", urgent=True
    ),
    State.NO_SECOND_PERSON: Title(
        title="No second person", meaning="Somebody negotiates alone: nobody hears what they hear.", urgent=True
    ),
    State.LEAD_GONE: Title(
        title="Lead unknown", meaning="The lead has left, or is not in the directory any more.", urgent=True
    ),
    State.TEAM_GONE: Title(
        title="Team incomplete", meaning="Somebody of the team has left, or is not in the directory any more."
    ),
    State.FIRM_UNMATCHED: Title(
        title="Firm without domain", meaning="No message can be told to be from or to this counterparty.", urgent=True
    ),
    State.NO_DATES: Title(title="No dates", meaning="It counts as open for ever, before and after."),
    State.OVER: Title(title="Over", meaning="Its last day has passed, and it is not archived."),
    State.BLACKOUT: Title(title="Blackout", meaning="Today nobody but those who are allowed to talks to the bidders."),
    State.NO_LIMITS: Title(title="No limits", meaning="Somebody of the team may agree on any price and any terms."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A state of one negotiation: `advice` says in a line what to do."""

    state: State
    advice: str

    @property
    def title(self) -> str:
        """What it is called."""
        return TITLES[self.state].title

    @property
    def urgent(self) -> bool:
        """Whether something should be done about it."""
        return TITLES[self.state].urgent


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the states go by beside the negotiation: people by address, and firms that no message can belong to."""

    people: Mapping[str, Person]
    unmatched: Collection[str]
    has_plan: bool
    today: date


def states_of(one: Negotiation, known: Known) -> tuple[Seen, ...]:
    """Return what is to be seen of a negotiation, in the order of the states."""
    found = ((state, look(one, known)) for state, look in _LOOKS.items())
    return tuple(Seen(state=state, advice=advice) for state, advice in found if advice)


def next_date(one: Negotiation, today: date) -> tuple[date, str] | None:
    """Return the next day on which something happens, and what; None where nothing is to come."""
    coming = [(one.days.first, "begins"), (one.days.last, "ends")]
    for blackout in one.blackouts:
        coming += [(blackout.days.first, "blackout begins"), (blackout.days.last, "blackout ends")]
    return min(((day, what) for day, what in coming if day is not None and day >= today), default=None)


def is_negotiated(one: Negotiation, today: date) -> bool:
    """Tell whether it is, or is yet to be, negotiated."""
    return one.phase is not Phase.RUNNING and not (one.days.last is not None and one.days.last < today)


def day_words(day: date) -> str:
    """Write a day out: `8 May 2026`."""
    return f"{day.day} {day:%B} {day.year}"


def _no_plan(one: Negotiation, known: Known) -> str:
    if known.has_plan or not is_negotiated(one, known.today):
        return ""
    return "Write down target, limits and alternatives in the plan; they are sealed, and watched for."


def _no_second_person(one: Negotiation, known: Known) -> str:
    if not is_negotiated(one, known.today):
        return ""
    people = {who for who in (one.lead, *one.team) if who and _is_there(known.people.get(who))}
    if len(people) > 1:
        return ""
    asked = " The register asks for two of us on commercial threads." if one.two_needed else ""
    return f"Add somebody to the team, so that nobody negotiates alone.{asked}"


def _lead_gone(one: Negotiation, known: Known) -> str:
    if not one.lead:
        return "Say who leads it."
    person = known.people.get(one.lead)
    if person is None:
        return f"{one.lead} is not in the directory: add them there, or name another lead."
    return f"{_name(person)} has left: name another lead." if person.left else ""


def _team_gone(one: Negotiation, known: Known) -> str:
    gone = [who for who in one.team if (person := known.people.get(who)) is None or person.left]
    if not gone:
        return ""
    return f"{_listed(gone)} left, or not in the directory: take them out, with the last day in the team."


def _firm_unmatched(one: Negotiation, known: Known) -> str:
    if not one.counterparties:
        return "Name the counterparties that are invited."
    lost = [name for name in one.counterparties if name in known.unmatched]
    return f"Say which mail domains {_listed(lost)} writes from: nothing can be matched before." if lost else ""


def _no_dates(one: Negotiation, known: Known) -> str:
    del known
    return "Give it a first and a last day." if one.days == Period() and one.phase is not Phase.RUNNING else ""


def _over(one: Negotiation, known: Known) -> str:
    if one.days.last is None or one.days.last >= known.today:
        return ""
    return f"It ended on {day_words(one.days.last)}: archive it, or set a later last day."


def _blackout(one: Negotiation, known: Known) -> str:
    now = one.blackout_on(known.today)
    if now is None or not one.is_open(known.today):
        return ""
    who = [_called(who, known) for who in now.allowed or (one.lead,) if who]
    until = f"until {day_words(now.days.last)} " if now.days.last else ""
    return f"Silent {until}to all bidders: only {_listed(who)} may talk to them."


def _no_limits(one: Negotiation, known: Known) -> str:
    if not is_negotiated(one, known.today):
        return ""
    free = [_called(who, known) for who in one.team if one.authority_of(who) is None]
    return f"Set down what {_listed(free)} may agree on: without it, anything." if free else ""


def _is_there(person: Person | None) -> bool:
    return person is not None and not person.left and person.kind in {PersonKind.PERSON, PersonKind.ASSISTANT}


def _called(address: str, known: Known) -> str:
    person = known.people.get(address)
    return _name(person) if person is not None else address


def _name(person: Person) -> str:
    return person.name or person.address


def _listed(names: Collection[str]) -> str:
    shown = list(names)[:3]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


_LOOKS: Mapping[State, Callable[[Negotiation, Known], str]] = {
    State.NO_PLAN: _no_plan,
    State.NO_SECOND_PERSON: _no_second_person,
    State.LEAD_GONE: _lead_gone,
    State.TEAM_GONE: _team_gone,
    State.FIRM_UNMATCHED: _firm_unmatched,
    State.NO_DATES: _no_dates,
    State.OVER: _over,
    State.BLACKOUT: _blackout,
    State.NO_LIMITS: _no_limits,
}
