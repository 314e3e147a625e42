"""The console in Debian's Chromium: with keys, with scripts, and with none."""

import re
import time
from datetime import UTC, datetime

import pytest

from service.alerts.events import EventKind, add_event
from service.models import Alert
from tests.fakes.alerts import Mail, Words
from tests.fakes.browser import WIDTHS, add, current, firms, overflow, window


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
        assert page.url == f"{live.base}/alerts?status=open&text=480k&sort=said"


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
