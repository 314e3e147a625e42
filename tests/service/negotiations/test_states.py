"""What is to be seen of a negotiation today."""

from dataclasses import replace
from datetime import date

import pytest

from messages import Authority, Blackout, Matter, Negotiation, Period, Person, PersonKind, Phase
from service.negotiations.states import TITLES, Known, State, next_date, states_of

TODAY = date(2026, 3, 14)
BO, IDA, KIM = "bo@ourco.example", "ida@ourco.example", "kim@ourco.example"
PEOPLE = {BO: Person(address=BO, name="Bo Lind"), IDA: Person(address=IDA, name="Ida Kern"), KIM: Person(address=KIM)}
FINE = Negotiation(
    name="Castings",
    counterparties=("Norvik",),
    lead=BO,
    team=(IDA,),
    phase=Phase.BIDS,
    days=Period(first=date(2026, 2, 1), last=date(2026, 6, 30)),
    authorities=(Authority(person=IDA, may=frozenset({Matter.PRICE})),),
)
KNOWN = Known(people=PEOPLE, unmatched=frozenset(), has_plan=True, today=TODAY)
RUNNING = replace(FINE, phase=Phase.RUNNING, days=Period())
SILENT = Blackout(days=Period(first=TODAY, last=date(2026, 5, 8)))


def seen(negotiation, **known):
    return {one.state: one.advice for one in states_of(negotiation, replace(KNOWN, **known))}


def test_a_negotiation_with_all_it_needs_has_nothing_to_be_seen():
    assert seen(FINE) == {}


SIGHTS = [
    ("no plan", FINE, {"has_plan": False}, State.NO_PLAN, "Write down target"),
    ("lead alone", replace(FINE, team=(), authorities=()), {}, State.NO_SECOND_PERSON, "Add somebody to the team"),
    ("lead twice", replace(FINE, team=(BO,)), {}, State.NO_SECOND_PERSON, "Add somebody"),
    ("two needed", replace(FINE, team=(), two_needed=True), {}, State.NO_SECOND_PERSON, "asks for two of us"),
    (
        "a list is nobody",
        FINE,
        {"people": PEOPLE | {IDA: Person(address=IDA, kind=PersonKind.LIST)}},
        State.NO_SECOND_PERSON,
        "Add somebody",
    ),
    ("second left", FINE, {"people": PEOPLE | {IDA: Person(address=IDA, left=True)}}, State.NO_SECOND_PERSON, "Add"),
    ("team left", FINE, {"people": PEOPLE | {IDA: Person(address=IDA, left=True)}}, State.TEAM_GONE, IDA),
    ("lead unknown", replace(FINE, lead="gone@x.example"), {}, State.LEAD_GONE, "gone@x.example is not in the"),
    (
        "lead left",
        FINE,
        {"people": PEOPLE | {BO: Person(address=BO, name="Bo Lind", left=True)}},
        State.LEAD_GONE,
        "Bo",
    ),
    ("no firm", replace(FINE, counterparties=()), {}, State.FIRM_UNMATCHED, "Name the counterparties"),
    ("firm without domain", FINE, {"unmatched": {"Norvik"}}, State.FIRM_UNMATCHED, "Norvik writes from"),
    ("no dates", replace(FINE, days=Period()), {}, State.NO_DATES, "Give it a first and a last day"),
    ("over", replace(FINE, days=Period(last=date(2026, 3, 13))), {}, State.OVER, "13 March 2026: archive it"),
    (
        "blackout",
        replace(FINE, blackouts=(SILENT,)),
        {},
        State.BLACKOUT,
        "until 8 May 2026 to all bidders: only Bo Lind",
    ),
    ("no limits", replace(FINE, authorities=()), {}, State.NO_LIMITS, "Ida Kern may agree on"),
]


@pytest.mark.parametrize(
    ("negotiation", "known", "state", "says"), [one[1:] for one in SIGHTS], ids=[one[0] for one in SIGHTS]
)
def test_what_is_amiss_is_seen_with_what_to_do(negotiation, known, state, says):
    assert says in seen(negotiation, **known)[state]


MISSES = [
    ("a contract that runs needs no plan", RUNNING, {"has_plan": False}, State.NO_PLAN),
    ("nor a second person", replace(RUNNING, team=()), {}, State.NO_SECOND_PERSON),
    ("nor dates", RUNNING, {}, State.NO_DATES),
    ("nor is it silent", replace(RUNNING, blackouts=(SILENT,)), {}, State.BLACKOUT),
    ("its last day is not over", replace(FINE, days=Period(last=TODAY)), {}, State.OVER),
    ("one date is enough", replace(FINE, days=Period(first=TODAY)), {}, State.NO_DATES),
    (
        "a blackout to come is none yet",
        replace(FINE, blackouts=(Blackout(days=Period(first=date(2026, 3, 15), last=date(2026, 3, 16))),)),
        {},
        State.BLACKOUT,
    ),
    ("another firm without a domain", FINE, {"unmatched": {"Brandl"}}, State.FIRM_UNMATCHED),
    ("the lead needs no limits", replace(FINE, team=(), authorities=()), {}, State.NO_LIMITS),
    (
        "what is over needs no plan",
        replace(FINE, days=Period(last=date(2026, 1, 1))),
        {"has_plan": False},
        State.NO_PLAN,
    ),
]


@pytest.mark.parametrize(("negotiation", "known", "state"), [one[1:] for one in MISSES], ids=[one[0] for one in MISSES])
def test_what_is_in_order_is_not_seen(negotiation, known, state):
    assert state not in seen(negotiation, **known)


def test_many_names_are_told_as_a_few():
    team = tuple(f"p{number}@ourco.example" for number in range(500))
    assert seen(replace(FINE, team=team))[State.NO_LIMITS].endswith("may agree on: without it, anything.")
    assert "and 497 more" in seen(replace(FINE, team=team))[State.TEAM_GONE]


def test_every_state_has_its_words():
    assert set(TITLES) == set(State)


def test_the_next_date_is_the_nearest_that_is_not_past():
    one = replace(FINE, blackouts=(Blackout(days=Period(first=date(2026, 3, 1), last=date(2026, 3, 20))),))
    assert next_date(one, TODAY) == (date(2026, 3, 20), "blackout ends")
    assert next_date(one, date(2026, 7, 1)) is None
