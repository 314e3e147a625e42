"""How the console looks in Debian's Chromium: for everybody, everywhere, and whatever it is shown."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from service.models import Refusal, SourceState
from tests.fakes.alerts import LEAK, Case, Mail, Words
from tests.fakes.browser import ACCESSIBLE, WIDTHS, add, overflow, window

HOSTILE = "<script>alert(1)</script> \u202eevil\u200b " + "x" * 3000
LONG = Mail(
    text="Hi Pia,\n\nbetween us: we have 480k left for this, and it must be signed in May.\n\n-- \nJonas Weber\n"
    + "> what number would get this done?\n" * 9
    + "This mail is confidential.",
    evidence=(
        Words(label="budget", words="we have 480k left", points=82.8),
        Words(label="timeline", words="480k left for this, and it must be signed in May", points=9.4),
        Words(label="elicitation", words="Forecast", part="subject", points=0.0),
        Words(label="over_the_head", words="", points=1.2),
    ),
    cc=tuple((f"person.{number}@ourco.example", "") for number in range(9)),
    parts=(("new", "Hi"), ("signature", "-- "), ("quote", "> what"), ("disclaimer", "This mail")),
    attachments=(("B12_rev4.pdf", "application/pdf", 482_113),),
)


def test_times_are_in_the_readers_zone_and_say_so(chromium, live):
    at = datetime.now(UTC).replace(hour=20, minute=15) - timedelta(days=30)
    [alert] = live.add(Case(updated_at=at))
    with window(chromium, live, timezone_id="Asia/Tokyo") as page:
        page.goto(f"{live.base}/alerts/{alert}")
        tomorrow = at + timedelta(days=1)
        assert f"{tomorrow.day} {tomorrow:%b %Y}, 05:15 GMT+9" in page.locator(".facts").inner_text()
        assert "Asia/Tokyo" in page.locator("#conversation + p").inner_text()


def test_hostile_words_run_nothing_and_break_no_page(chromium, live):
    mail = Mail(text=HOSTILE, subject=HOSTILE, evidence=(Words(label="budget", words=HOSTILE),))
    [alert] = add(live, HOSTILE, messages=(mail,))
    for width in WIDTHS:
        with window(chromium, live, width=width) as page:
            assert overflow(page) == 0
            page.goto(f"{live.base}/alerts/{alert}")
            assert page.locator("mark").inner_text() == HOSTILE
            assert overflow(page) == 0


def full_house(live):
    add(live, "Norvik Metall", messages=(Mail(text=None), LEAK, LONG), severity="critical", risk=94.4)
    add(live, "Tessaro " * 9, status="in_progress", reopened=2, severity="medium")
    add(live, "Halden", severity="low", channel="slack")
    add(live, "Kestrel", severity="informational")
    with live.database.transaction() as session:
        now = datetime.now(UTC)
        state = {"kind": "imap", "messages": 12034, "refusals": 1, "read_at": now}
        session.add(SourceState(source="mail", failed_at=now, failure="the server refused the password", **state))
        session.add(SourceState(source="slack", failure="", **state))
        place = f"message 17 {'x' * 90}"
        session.add(Refusal(source="mail", stream="INBOX", location=place, why="no header", refused_at=now))


# Colours do not depend on the width: each of both is looked at once.
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_every_page_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    full_house(live)
    with window(chromium, live, width=width, scheme=scheme) as page:
        [alert] = page.locator(".alert").first.locator("h2 a").evaluate_all("links => links.map(link => link.href)")
        flaws = []
        for step in (
            lambda: page.keyboard.press("x"),
            lambda: page.goto(alert),
            lambda: page.get_by_role("button", name="In progress").click(),
            lambda: page.goto(f"{live.base}/alerts?severity=high&label=budget&text=nothing"),
            lambda: page.get_by_text("Filter", exact=True).click(),
            lambda: page.goto(f"{live.base}/sources"),
            lambda: page.goto(f"{live.base}/audit?check=true"),
            lambda: page.goto(f"{live.base}/settings/users"),
            page.get_by_role("button", name=re.compile("Make sign-in link")).first.click,
            lambda: page.goto(f"{live.base}/settings/tokens"),
            lambda: page.goto(f"{live.base}/help"),
            lambda: page.keyboard.press("?"),
            lambda: page.goto(f"{live.base}/signed-out"),
        ):
            step()
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []
