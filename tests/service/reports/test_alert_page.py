"""What reviewers see of a report in the console, on a database of each kind."""

import pytest

from tests.fakes.office import make_office
from tests.service.reports.desk import Desk


@pytest.fixture
def reported(house, slack):
    """A message that Anna reported under a made-up name, and Bernd under his own; returns their desk."""
    desk = Desk(make_office(house.database, slack, keys=house.keys), slack)
    root = slack.world.post("C1", "U1", "Could you send the drawing?")
    odd = slack.world.post("C1", "U2", "Sure. And what did the others <b>quote</b>?", thread=root)
    desk.report("U1", "C1", odd, note="<script>alert(1)</script> He keeps asking.", hide=["hide"])
    desk.report("U4", "C1", odd, note="Me, too")
    assert desk.work() == 2
    return desk


def test_the_alert_shows_message_thread_and_who_reported(house, reported):
    [alert] = reported.alerts()
    page = house.browser("reviewer").get(f"/alerts/{alert.id}").text
    assert "Could you send the drawing?" in page
    assert "what did the others" in page
    assert "Reported" in page
    assert "Somebody reported this message." in page
    assert "(name withheld)" in page
    assert "Bernd Bauer via Slack (reporter)" in page
    assert "He keeps asking." in page
    assert "<script>alert(1)" not in page
    assert "via Slack (reporter)" in page
    assert "Anna Alt via Slack" not in page


def test_the_list_can_be_narrowed_to_what_was_reported(house, reported):
    browser = house.browser("reviewer")
    assert "what did the others" in browser.get("/alerts?label=reported").text
    assert "what did the others" in browser.get("/alerts?policy=reported").text
    assert "what did the others" not in browser.get("/alerts?label=budget").text


def test_a_reporter_hears_what_a_reviewer_decides_in_the_console(house, reported):
    [alert] = reported.alerts()
    reported.review(alert.id, verdict="true_positive")
    assert reported.outcomes() == 2
    assert "you were right" in reported.told("U1")[0]
