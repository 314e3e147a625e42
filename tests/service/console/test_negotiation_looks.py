"""How the pages of the register look, in Debian's Chromium."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from messages import (
    Authority,
    Blackout,
    Counterparty,
    Departure,
    Directory,
    Matter,
    Negotiation,
    Period,
    Person,
    Phase,
    Published,
    Register,
)
from service.directory.store import save_directory
from service.negotiations.models import AlertNegotiation, NegotiationRow
from service.negotiations.snapshot import save_register
from tests.fakes.browser import ACCESSIBLE, add, overflow, window

BO, IDA = "bo.lind@ourco.example", "ida.kern@ourco.example"
LONG = "a-very-long-local-part-" * 4 + "@ourco.example"


def fill(house):
    today = datetime.now(UTC).date()
    people = {
        one: Person(address=one, name=name) for one, name in ((BO, "Bo Lind"), (IDA, "Ida Kern"), (LONG, "X" * 120))
    }
    parties = (Counterparty(name="Norvik", domains=("norvik.example",)), Counterparty(name="Brandl " * 12))
    silent = Blackout(days=Period(first=today, last=today + timedelta(days=9)), allowed=(IDA, LONG))
    full = Negotiation(
        name="Castings 2027",
        counterparties=("Norvik", "Brandl " * 12),
        lead=BO,
        team=(IDA, LONG),
        superiors=(LONG,),
        former=(Departure(person=LONG, until=date(2026, 1, 31)),),
        phase=Phase.BIDS,
        days=Period(first=date(2026, 2, 1), last=today + timedelta(days=99)),
        blackouts=(silent,),
        authorities=(Authority(person=IDA, may=frozenset(Matter), price=1_250_000.5),),
        published=(Published(text="Payment is\n60 days net. " * 20, on=date(2026, 2, 2)),),
        topics=("castings",),
    )
    others = (
        Negotiation(name="\u202eHydraulics " * 8, counterparties=("Brandl " * 12,), lead=IDA),
        Negotiation(name="<b>Over</b>", counterparties=("Norvik",), lead=LONG, days=Period(last=date(2026, 1, 1))),
    )
    with house.database.transaction() as session:
        save_directory(session, Directory(own_domains=("ourco.example",), people=people, counterparties=parties))
        save_register(
            session, house.keys, Register((full, *others), {"USD": 1.08, "JPY": 171.25}), now=datetime.now(UTC)
        )
        [row] = session.scalars(select(NegotiationRow).where(NegotiationRow.name == "Castings 2027"))
        one = row.id
    [alert] = add(house, "Norvik")
    with house.database.transaction() as session:
        session.add(AlertNegotiation(alert_id=alert, negotiation_id=one))
    return one, alert


# Colours do not depend on the width: each of both is looked at once.
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_of_the_register_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        page.goto(f"{live.base}/negotiations")
        flaws = []
        one, alert = None, None
        for step in ("/negotiations", "filled", "", "/edit", "/new", "/begin", "/alerts", "/alert", "?q=nothing"):
            if step == "filled":
                one, alert = fill(live)
            address = {
                "": f"/negotiations/{one}",
                "/edit": f"/negotiations/{one}/edit",
                "/new": "/negotiations/new",
                "/begin": f"/negotiations/new?begin={one}&template=1",
                "/alerts": f"/alerts?negotiation={one}",
                "/alert": f"/alerts/{alert}",
                "?q=nothing": "/negotiations?q=nothing&tab=archive",
            }.get(step, "/negotiations")
            page.goto(f"{live.base}{address}")
            if folder := os.environ.get("FRONTDOOR_LOOKS"):
                page.screenshot(path=f"{folder}/{width}{step.strip('/?') or 'one'}.png", full_page=True)
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []


def test_a_negotiation_is_registered_changed_and_archived_without_scripts(chromium, live):
    fill(live)
    with window(chromium, live, scripts=False) as page:
        page.goto(f"{live.base}/negotiations")
        page.get_by_role("link", name="New negotiation").click()
        page.get_by_label("Name").fill("Valves 2027")
        page.get_by_label("Counterparties 1").fill("Norvik")
        page.get_by_label("Lead", exact=True).fill(BO)
        page.get_by_label("Team 1").fill(IDA)
        page.get_by_label("Person of authority 1").fill(IDA)
        page.get_by_label("Highest price of authority 1").fill("50000")
        page.get_by_role("button", name="Register").click()
        assert "was registered" in page.locator(".notice").inner_text()
        assert "Price up to EUR 50,000" in page.locator("main").inner_text()
        page.get_by_role("link", name="Edit").click()
        page.get_by_label("Phase").select_option("award")
        page.get_by_role("button", name="Save").click()
        assert page.locator("[aria-current=step]").inner_text() == "Award"
        page.get_by_role("button", name="Archive").click()
        assert "was archived" in page.locator(".notice").inner_text()
