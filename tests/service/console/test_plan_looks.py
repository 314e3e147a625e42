"""How a plan's page looks, and works without scripts, in Debian's Chromium."""

import pytest
from sqlalchemy import select

from service.audit.store import Action, record
from service.models import User
from service.negotiations import access
from service.negotiations.look import get_row
from tests.fakes.browser import ACCESSIBLE, overflow, window
from tests.fakes.plans import LEAD, MEMBER, add_negotiation, add_user


def held(live):
    """Let whoever signed in last hold a plan, beside somebody of the team who could; returns its page."""
    negotiation = add_negotiation(live, f"Castings {'and machining ' * 8}2027", lead=LEAD, team=[MEMBER])
    add_user(live, f"Bo {'Lind ' * 18}", address=MEMBER)
    with live.database.transaction() as session:
        user = session.scalars(select(User).where(User.name.startswith("Ana ")).order_by(User.name.desc())).first()
        user.address = LEAD
        session.flush()
        access.claim(session, get_row(session, negotiation), user.id, actor=user.name, now=live.now)
        record(
            session, actor="Eve", action=Action.LINK_MADE, object=str(user.id), detail={"name": user.name}, now=live.now
        )
    return f"{live.base}/negotiations/{negotiation}/plan"


def add_amount(page, address):
    page.goto(f"{address}?add=amount#form")
    page.get_by_label("What it is in the plan").select_option("walk_away")
    page.get_by_label("Title").fill("Unit price " * 12)
    page.get_by_label("Value").fill("7,43")
    page.get_by_label("Price per").fill("piece")
    page.get_by_role("button", name="Add", exact=True).click()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_page_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        address = held(live)
        flaws = []
        for step in (
            lambda: page.goto(address),
            lambda: add_amount(page, address),
            page.locator("summary", has_text="Remove").first.click,
            lambda: page.locator("summary", has_text="Destroy the plan").click(),
            page.get_by_role("link", name="Edit").first.click,
            *(
                lambda kind=kind: page.goto(f"{address}?add={kind}#form")
                for kind in ("date", "duration", "name", "strategy")
            ),
        ):
            step()
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []


def test_an_entry_is_added_changed_and_removed_without_scripts(chromium, live):
    with window(chromium, live, scripts=False) as page:
        address = held(live)
        add_amount(page, address)
        assert "EUR 7.43 per piece" in page.locator(".plan-value").inner_text()
        page.get_by_role("link", name="Edit").click()
        page.get_by_label("Value").fill("8")
        page.get_by_role("button", name="Save").click()
        assert "EUR 8 per piece" in page.locator(".plan-value").inner_text()
        page.locator("summary", has_text="Remove").click()
        page.get_by_role("button", name="Remove for good").click()
        assert page.get_by_text("Nothing is in this plan yet").is_visible()
        assert "7" not in page.url.partition("/plan")[2]
