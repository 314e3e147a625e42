"""`frontdoor demo`: what a stranger sees first."""

import json
import re
import signal
from pathlib import Path

import httpx2
import pytest

from detectors.finding import Label

TRUTH = Path(__file__).parents[1] / "samples_truth.jsonl"
LINK = r"sign in once with this link, valid for a day: (\S+)"


def test_the_link_signs_in_to_alerts_of_every_label_and_most_of_what_the_samples_hold(started):
    link = started("demo", "--port", "0").says(LINK)[1]
    with httpx2.Client(base_url=link.partition("/sign-in")[0], follow_redirects=True, timeout=30) as browser:
        assert browser.get("/api/v1/alerts").status_code == 401
        page = browser.get(link)
        assert (page.status_code, page.url.path) == (200, "/alerts")
        assert httpx2.get(link).status_code == 410
        alerts = _every(browser)
        raised = {
            message["external_id"]
            for alert in alerts
            for message in browser.get(f"/api/v1/alerts/{alert['id']}").json()["messages"]
            if message["findings"]
        }
    assert len(alerts) >= 12
    labels = {label for alert in alerts for label in alert["labels"]}
    assert {*Label, "price_no_obstacle"} <= labels
    assert {"over_the_head", "negotiator_dropped", "lone_negotiator"} <= labels
    truth = [row for row in map(json.loads, TRUTH.read_text("utf-8").splitlines()) if row["direction"] != "internal"]
    assert sum(row["id"] in raised for row in truth) >= 0.75 * len(truth)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_demo_well_and_its_folder_goes(started, folder, number):
    running = started("demo", "--port", "0")
    running.says(LINK)
    assert [path.name for path in folder.iterdir() if path.name.startswith("frontdoor-demo-")]
    assert running.stop(number) == 0
    assert list(folder.iterdir()) == []
    assert "Traceback" not in running.said


def test_a_signal_while_the_samples_are_read_leaves_no_folder_either(started, folder):
    running = started("demo", "--port", "0")
    while not list(folder.glob("frontdoor-demo-*/frontdoor.db")):
        assert running.process.poll() is None
    assert running.stop(signal.SIGTERM) == 0
    assert list(folder.iterdir()) == []


def test_a_demo_that_is_kept_can_be_opened_again(started, folder):
    first = started("demo", "--port", "0", "--data", "kept")
    first.says(r"183 sample messages read, \d+ alerts")
    first.says(LINK)
    first.stop()
    again = started("demo", "--port", "0", "--data", "kept")
    again.says("0 sample messages read")
    again.says("the console is at")


def test_a_port_that_is_taken_is_one_clear_line_and_status_1(started, folder):
    port = re.search(r":(\d+)", started("demo", "--port", "0").says("the console is at .*")[0])[1]
    second = started("demo", "--port", port)
    second.says(rf"^frontdoor: can't listen on 127.0.0.1 port {port} \(Address already in use\): choose another port$")
    assert second.end() == 1
    assert len(list(folder.glob("frontdoor-demo-*"))) == 1


def _every(browser):
    alerts, cursor = [], ""
    while cursor is not None:
        page = browser.get("/api/v1/alerts", params={"cursor": cursor} if cursor else {}).json()
        alerts += page["alerts"]
        cursor = page["next"]
    return alerts
