"""The console in Debian's Chromium: keys, scripts and none, looks that everybody can use."""

import re
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from service.alerts.events import EventKind, add_event
from service.models import Alert, Refusal, SourceState
from tests.fakes.alerts import LEAK, Case, Mail, Words

WIDTHS = (1280, 390)
ACCESSIBLE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

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


@contextmanager
def window(chromium, house, *, width=1280, scheme="light", scripts=True, **context):
    """Open a browser window, signed in; nothing may be wrong in its console when it closes."""
    trouble = []
    opened = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=scripts, **context
    )
    page = opened.new_page()
    page.set_default_timeout(15_000)
    page.on("console", lambda said: trouble.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.goto(house.link(f"Ana {datetime.now(UTC).timestamp()}"))
    yield page
    opened.close()
    assert trouble == []


def firms(page):
    return page.locator(".alert h2 b").all_text_contents()


def current(page):
    return page.locator(".alert.current h2 b").all_text_contents()


def add(house, *firms, **changes):
    now = datetime.now(UTC)
    return house.add(
        *(
            Case(counterparty=firm, updated_at=now - timedelta(minutes=minutes), **changes)
            for minutes, firm in enumerate(firms)
        )
    )


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_opens_an_alert_and_an_alert_its_evidence(chromium, live, width):
    add(live, "Norvik Metall", "Tessaro")
    with window(chromium, live, width=width) as page:
        assert firms(page) == ["Norvik Metall", "Tessaro"]
        page.get_by_role("link", name="Norvik Metall").click()
        assert page.get_by_role("heading", level=1).inner_text().startswith("Norvik Metall")
        page.get_by_role("link", name="“we have 480k left for this”").click()
        assert page.url.endswith("#evidence-1")
        assert page.locator("mark").inner_text() == "we have 480k left for this"
        assert overflow(page) == 0


def test_the_whole_row_opens_the_alert_but_its_box_only_selects(chromium, live):
    [alert] = add(live, "A")
    with window(chromium, live) as page:
        page.get_by_label("Select the alert on A").check()
        assert page.url.endswith("/alerts")
        page.locator(".alert-quote").click(force=True)
        page.wait_for_url(f"**/alerts/{alert}")


def test_keys_walk_the_list_open_and_come_back(chromium, live):
    add(live, "A", "B", "C")
    with window(chromium, live) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("j")
        assert current(page) == ["C"]
        page.keyboard.press("k")
        assert current(page) == ["B"]
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/alerts/.+"))
        page.keyboard.press("j")
        page.get_by_role("heading", level=1, name="C ·").wait_for()
        page.keyboard.press("u")
        page.wait_for_url(re.compile("/alerts$"))


def test_e_resolves_and_z_takes_it_back_without_losing_the_place(chromium, live):
    [_, second, _] = add(live, "A", "B", "C")
    with window(chromium, live) as page:
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.get_by_text("1 alert resolved as true positive.").wait_for()
        assert firms(page) == ["A", "C"]
        assert current(page) == ["C"]
        with live.database.transaction(write=False) as session:
            assert session.get(Alert, second).verdict == "true_positive"
        page.keyboard.press("z")
        page.get_by_text("The review was taken back.").wait_for()
        assert sorted(firms(page)) == ["A", "B", "C"]


@pytest.mark.parametrize(("key", "verdict"), [("e", "true_positive"), ("f", "false_positive"), ("b", "benign")])
def test_the_same_keys_review_an_opened_alert(chromium, live, key, verdict):
    [alert] = add(live, "A")
    with window(chromium, live) as page:
        page.goto(f"{live.base}/alerts/{alert}")
        page.keyboard.press(key)
        page.get_by_role("button", name="Undo").first.wait_for()
        with live.database.transaction(write=False) as session:
            assert session.get(Alert, alert).verdict == verdict


def test_keys_do_nothing_while_somebody_types_or_holds_a_modifier(chromium, live):
    [alert] = add(live, "A")
    with window(chromium, live) as page:
        page.goto(f"{live.base}/alerts/{alert}")
        page.keyboard.press("n")
        page.keyboard.type("jeff reads e-mail?")
        assert page.locator("#note").input_value() == "jeff reads e-mail?"
        page.keyboard.press("Escape")
        page.keyboard.press("Control+e")
        page.keyboard.press("Alt+f")
        assert page.url.endswith(str(alert))
        with live.database.transaction(write=False) as session:
            assert session.get(Alert, alert).status == "new"


def test_the_keys_are_listed_and_can_be_turned_off(chromium, live):
    add(live, "A")
    with window(chromium, live) as page:
        page.keyboard.press("?")
        page.get_by_role("dialog", name="Keyboard").wait_for()
        page.get_by_label("Single-key shortcuts on").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("j")
        assert current(page) == []
        page.get_by_role("link", name="Keyboard").click()
        page.get_by_label("Single-key shortcuts on").check()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert current(page) == ["A"]


def test_a_slash_searches_and_the_address_stays_short(chromium, live):
    add(live, "A")
    other = Mail(text="if you stop we stop", evidence=(Words(label="leverage", words="if you stop we stop"),))
    add(live, "B", messages=(other,))
    with window(chromium, live) as page:
        page.keyboard.press("/")
        page.keyboard.type("480k")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("text="))
        assert firms(page) == ["A"]
        assert page.url == f"{live.base}/alerts?status=open&text=480k&sort=updated"


def test_filters_are_chosen_in_a_panel_and_taken_away_as_chips(chromium, live):
    add(live, "A", severity="critical")
    add(live, "B", severity="low")
    with window(chromium, live) as page:
        page.get_by_text("Filter", exact=True).click()
        page.get_by_label("Critical").check()
        page.get_by_role("button", name="Apply filters").click()
        page.get_by_role("link", name="Severity Critical").wait_for()
        assert firms(page) == ["A"]
        page.get_by_role("link", name="Severity Critical").click()
        page.wait_for_url(f"{live.base}/alerts")
        assert sorted(firms(page)) == ["A", "B"]


def test_selected_alerts_are_reviewed_together(chromium, live):
    add(live, "A", "B", "C")
    with window(chromium, live) as page:
        bar = page.get_by_role("group", name="Review the selected alerts")
        assert bar.is_hidden()
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert "1 selected" in bar.inner_text()
        page.get_by_role("button", name="Select all").click()
        assert "3 selected" in bar.inner_text()
        page.get_by_label("Review as").select_option("Duplicate")
        page.get_by_role("button", name="Review", exact=True).click()
        page.get_by_text("3 alerts resolved as duplicate.").wait_for()
        assert firms(page) == []


def test_without_scripts_alerts_are_read_filtered_and_reviewed(chromium, live):
    [alert] = add(live, "Norvik")
    with window(chromium, live, scripts=False) as page:
        page.get_by_text("Filter", exact=True).click()
        page.get_by_label("Counterparty").fill("Norvik")
        page.get_by_role("button", name="Apply filters").click()
        page.get_by_role("link", name="Norvik ·").click()
        page.get_by_label("Note (optional)").fill("asked")
        page.get_by_role("button", name="True positive").click()
        assert "1 alert resolved as true positive." in page.locator("main").inner_text()
        page.get_by_role("status").get_by_role("button", name="Undo").click()
        assert "The review was taken back." in page.locator("main").inner_text()
        page.goto(f"{live.base}/alerts")
        page.get_by_label("Select the alert on Norvik").check()
        page.get_by_label("Review as").select_option("Benign")
        page.get_by_role("button", name="Review", exact=True).click()
        assert "1 alert resolved as benign." in page.locator("main").inner_text()
        with live.database.transaction(write=False) as session:
            assert session.get(Alert, alert).verdict == "benign"


def test_times_are_in_the_readers_zone_and_say_so(chromium, live):
    at = datetime.now(UTC).replace(hour=20, minute=15) - timedelta(days=30)
    [alert] = live.add(Case(updated_at=at))
    with window(chromium, live, timezone_id="Asia/Tokyo") as page:
        page.goto(f"{live.base}/alerts/{alert}")
        tomorrow = at + timedelta(days=1)
        assert f"{tomorrow.day} {tomorrow:%b %Y}, 05:15 GMT+9" in page.locator(".facts").inner_text()
        assert "Asia/Tokyo" in page.locator("#conversation + p").inner_text()


def opened(live, firm):
    """Let ingestion raise an alert now."""
    [alert] = add(live, firm)
    with live.database.transaction() as session:
        add_event(session, alert, EventKind.OPENED, now=datetime.now(UTC))


def test_a_new_alert_is_announced_and_shown_only_when_asked(chromium, live):
    add(live, "A")
    with window(chromium, live) as page:
        page.goto(f"{live.base}/help")
        with page.expect_response("**/feeds/alerts/events**"):
            page.goto(f"{live.base}/alerts")
        opened(live, "B")
        opened(live, "C")
        button = page.get_by_role("button", name="2 new alerts – show")
        button.wait_for()
        assert firms(page) == ["A"]
        button.click()
        page.locator(".alert").nth(2).wait_for()
        assert sorted(firms(page)) == ["A", "B", "C"]


def test_what_came_while_the_page_was_hidden_is_announced_on_return(chromium, live):
    add(live, "A")
    turn = """hidden => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    with window(chromium, live) as page:
        page.evaluate(turn, arg=True)
        time.sleep(1.1)
        opened(live, "B")
        page.evaluate(turn, arg=False)
        page.get_by_role("button", name="1 new alert – show").wait_for()


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
            found = axe.run(page, options={"runOnly": list(ACCESSIBLE)}).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []
