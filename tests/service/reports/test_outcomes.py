"""Who reported something hears what came of it, once."""

import pytest
from sqlalchemy import update

from service.models import Alert
from service.reports.models import Report
from tests.service.reports.desk import NEVER


@pytest.fixture
def reported(desk, slack):
    """A message that Anna reported; returns its alert."""
    desk.report("U1", "C1", slack.world.post("C1", "U2", "What did the others quote?"))
    desk.work()
    return desk.alerts()[0].id


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("true_positive", "you were right"),
        ("false_positive", "nobody did anything wrong"),
        ("benign", "nobody did anything wrong"),
        ("duplicate", "knew of it already"),
        ("insufficient_data", "not enough to judge"),
    ],
)
def test_a_verdict_is_told_to_who_reported(desk, reported, verdict, words):
    desk.review(reported, verdict=verdict)
    assert desk.outcomes() == 1
    [text] = desk.told("U1")
    assert words in text
    assert "<#C1>" in text
    assert "quote" not in text
    assert desk.told("U4") == []


@pytest.mark.parametrize(
    ("status", "words"),
    [("resolved", "closed it"), ("suppressed", "put it aside"), ("in_progress", "is looking into")],
)
def test_a_status_is_told_to_who_reported(desk, reported, status, words):
    desk.review(reported, status=status)
    desk.outcomes()
    assert words in desk.told("U1")[0]


def test_an_outcome_is_told_in_german_to_who_reads_german(desk, slack):
    desk.report("U4", "C1", slack.world.post("C1", "U2", "What did the others quote?"))
    desk.work()
    desk.review(desk.alerts()[0].id, verdict="true_positive")
    desk.outcomes()
    assert "Du hattest recht" in desk.told("U4")[0]


def test_nothing_is_told_while_nobody_has_looked(desk, reported):
    desk.slack.world.later(86_400)
    assert desk.outcomes() == 0
    assert desk.told("U1") == []


def test_an_outcome_is_told_once(desk, reported):
    desk.review(reported, verdict="benign")
    assert desk.outcomes() == 1
    assert desk.outcomes() == 0


def test_each_status_is_told_once_however_often_it_comes_back(desk, reported):
    for status in ("in_progress", "resolved", "in_progress", "resolved", "suppressed"):
        desk.review(reported, status=status)
        desk.outcomes()
    assert len(desk.told("U1")) == 3


def test_a_step_that_is_taken_back_at_once_is_not_told(desk, reported):
    desk.review(reported, verdict="benign")
    with desk.office.database.transaction() as session:
        session.execute(update(Alert).values(status="new", verdict=None))
    assert desk.outcomes() == 0


def test_a_step_is_told_only_when_it_has_stood_a_while(desk, reported):
    desk.review(reported, verdict="benign")
    desk.slack.world.later(-60)
    assert desk.outcomes() == 0
    desk.slack.world.later(60)
    assert desk.outcomes() == 1


def test_everybody_who_reported_hears_of_it_under_a_made_up_name_too(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts, hide=["hide"])
    desk.report("U4", "C1", ts)
    desk.work()
    desk.review(desk.alerts()[0].id, verdict="true_positive")
    assert desk.outcomes() == 2
    assert len(desk.told("U1")) == len(desk.told("U4")) == 1


def test_who_reports_what_is_closed_already_hears_that_at_once(desk, reported, slack):
    desk.review(reported, verdict="duplicate")
    desk.outcomes()
    desk.report("U4", "C1", slack.messages("C1")[0]["ts"])
    desk.work()
    desk.slack.world.later(600)
    desk.outcomes()
    assert "schon bekannt" in desk.told("U4")[0]


def test_a_matter_told_in_own_words_is_called_so(desk):
    desk.tell("U1", "Somebody called me at home")
    desk.work()
    desk.review(desk.alerts()[0].id, verdict="true_positive")
    desk.outcomes()
    assert "the matter that you reported" in desk.told("U1")[0]


def test_what_slack_limits_is_told_later(desk, reported):
    desk.review(reported, verdict="benign")
    desk.slack.limit("chat.postMessage", retry_after=1)
    assert desk.outcomes() == 0
    assert desk.outcomes() == 1


@pytest.mark.parametrize("fault", [{"error": "user_not_found"}, {"hang_up": True, "done": True}, {"status": 500}])
def test_what_may_have_arrived_or_never_will_is_not_repeated(desk, reported, fault):
    desk.review(reported, verdict="benign")
    desk.slack.fault("chat.postMessage", **fault)
    desk.outcomes()
    assert desk.outcomes() == 0
    assert len(desk.told("U1")) <= 1


def test_with_its_alert_a_report_goes_too(desk, reported):
    with desk.office.database.transaction() as session:
        session.delete(session.get_one(Alert, reported))
    assert desk.rows(Report) == []
    assert desk.outcomes() == 0


def test_nothing_is_told_once_the_program_stops(desk, reported):
    desk.review(reported, verdict="benign")
    NEVER.set()
    try:
        assert desk.outcomes() == 0
    finally:
        NEVER.clear()
    assert desk.outcomes() == 1
