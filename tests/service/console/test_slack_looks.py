"""How the page about Slack looks, and the pages for who installs or consents, in Debian's Chromium."""

from datetime import UTC, datetime, timedelta

import pytest

from service.directory.models import Counterparty, CounterpartyDomain
from service.slack.installs import Installation, save_installation
from service.slack.intake import note_refused
from service.slack.models import ChannelState, SlackEvent, WorkspaceState
from service.slack.rooms import note_room
from tests.fakes.browser import ACCESSIBLE, overflow, window
from tests.fakes.console import make_house, serving

SOURCE = {
    "kind": "slack",
    "name": "chat",
    "installs": {"client_id": "1.2", "client_secret": {"env": "NONE"}},
    "signing_secret": {"env": "NONE"},
}


@pytest.fixture
def live(sqlite):
    """An installation that workspaces install themselves into, on a port, with the real time."""
    with serving(make_house(sqlite, lambda: datetime.now(UTC), source=[SOURCE])) as house:
        yield house


def fill(house):
    now = datetime.now(UTC)
    with house.database.transaction() as session:
        for made in (
            Installation(id="T1", name="Ourco " * 20, token="x", scopes=("channels:read",)),
            Installation(id="T2", name="\u202eevil", token="", state=WorkspaceState.REVOKED, failure="gone " * 40),
            Installation(id="T3", name="Norvik", token="x", state=WorkspaceState.LIMITED, failure="slow"),
        ):
            save_installation(session, house.keys, made, by="U1", now=now)
        domain = CounterpartyDomain(domain="norvik.example", assigned_by="Ana " * 30)
        session.add(Counterparty(name="Norvik " * 20, kind="supplier", slack_team="", owner="", domains=[domain]))
        states = list(ChannelState)
        for number in range(60):
            name = f"ext-{'supplier-' * (number % 9)}{number}"
            outsiders = ["norvik.example", f"t{number:02}hauck.slack", "gmail.com", "unknown.slack"]
            note_room(
                session,
                "T1",
                f"C{number:03}",
                name=name,
                state=states[number % 4],
                shared=True,
                outsiders=outsiders,
                now=now,
            )
        row = SlackEvent(event_id="1", about="1", team="T1", kind="message", received_at=now - timedelta(hours=1))
        session.add(row)
        for reason in ("forged", "stale", "unsigned", "replayed"):
            note_refused(session, reason, now=now)


# Colours do not depend on the width: each of both is looked at once.
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_about_slack_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        flaws = []
        for step in (
            lambda: page.goto(f"{live.base}/slack"),
            lambda: fill(live) or page.reload(),
            lambda: page.get_by_text("assigned here").click(),
            page.get_by_role("button", name="Make an install link").click,
            page.get_by_role("link", name="Open").click,
            lambda: page.goto(f"{live.base}/slack/consent"),
            lambda: page.goto(f"{live.base}/slack?name=nothing"),
        ):
            step()
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []


def test_a_firm_is_assigned_and_taken_back_without_scripts(chromium, live):
    fill(live)
    with window(chromium, live, scripts=False) as page:
        page.goto(f"{live.base}/slack")
        page.get_by_label("Counterparty of t00hauck.slack").fill("Hauck")
        page.get_by_role("button", name="Assign t00hauck.slack").click()
        assert "It counts from the next messages on" in page.locator(".notice").inner_text()
        page.locator("summary").click()
        page.get_by_role("button", name="Take back t00hauck.slack").click()
        assert page.get_by_label("Counterparty of t00hauck.slack").is_visible()
