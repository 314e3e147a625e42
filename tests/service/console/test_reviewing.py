"""Reviewing an alert, or several, and taking it back, as a browser without scripts meets it."""

import re
from datetime import timedelta

import pytest

from service.models import Alert
from tests.fakes.alerts import NOW, Case
from tests.fakes.console import form_of, rows_of, text_of


def case(counterparty="Norvik Metall", *, minutes=0):
    return Case(counterparty=counterparty, updated_at=NOW - timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("step", "status", "verdict", "said"),
    [
        ("true_positive", "resolved", "true_positive", "1 alert resolved as true positive."),
        ("insufficient_data", "resolved", "insufficient_data", "1 alert resolved as insufficient data."),
        ("in_progress", "in_progress", None, "1 alert set to in progress."),
        ("suppressed", "suppressed", None, "1 alert set to suppressed."),
        ("resolved", "resolved", None, "1 alert set to resolved."),
    ],
)
def test_a_step_is_taken_said_and_taken_back(house, client, step, status, verdict, said):
    [alert] = house.add(case())
    action = f"/alerts/{alert}/review"
    page = client.post(action, data={**form_of(client.get(f"/alerts/{alert}"), action), "step": step, "note": ""})
    assert said in text_of(page)
    with house.database.transaction(write=False) as session:
        row = session.get(Alert, alert)
        assert (row.status, row.verdict) == (status, verdict)
    page = client.post("/alerts/undo", data=form_of(page, "/alerts/undo"))
    assert "The review was taken back." in text_of(page)
    with house.database.transaction(write=False) as session:
        row = session.get(Alert, alert)
        assert (row.status, row.verdict) == ("new", None)


def test_after_a_step_next_still_leads_to_the_following_alert(house, client):
    first, second = house.add(case("A"), case("B", minutes=5))
    action = f"/alerts/{first}/review"
    page = client.post(action, data={**form_of(client.get(f"/alerts/{first}"), action), "step": "benign"})
    assert f'href="/alerts/{second}" rel="next"' in page.text


def test_a_note_is_kept_with_its_lines_and_shown_escaped(house, client):
    [alert] = house.add(case())
    action = f"/alerts/{alert}/review"
    fields = form_of(client.get(f"/alerts/{alert}"), action)
    page = client.post(action, data={**fields, "step": "note", "note": "asked Jonas\r\n<b>twice</b>"})
    assert "asked Jonas\n&lt;b&gt;twice&lt;/b&gt;" in page.text
    assert "The note was saved." in text_of(page)
    assert "Note Ana Ferreira, just now" in text_of(page)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"step": "note", "note": " "}, "There was no note to save."),
        ({"step": ""}, "Say what the alerts are to be reviewed as."),
        ({"step": "benign", "seen": "2020-01-01T00:00:00+00:00"}, "The alert has changed since you looked at it."),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_changes_nothing(house, client, fields, said):
    [alert] = house.add(case())
    page = client.post(f"/alerts/{alert}/review", data={"back": f"/alerts/{alert}", **fields})
    assert said in text_of(page)
    with house.database.transaction(write=False) as session:
        assert session.get(Alert, alert).status == "new"


@pytest.mark.parametrize("fields", [{"step": "explode"}, {"step": "benign", "note": "x" * 10_001}])
def test_a_step_that_does_not_exist_or_is_too_long_is_a_bad_request(house, client, fields):
    [alert] = house.add(case())
    assert client.post(f"/alerts/{alert}/review", data=fields).status_code == 400


def test_several_alerts_are_reviewed_at_once_and_taken_back_at_once(either):
    client = either.signed_in()
    alerts = either.add(case("A"), case("B", minutes=1), case("C", minutes=2))
    chosen = [str(one) for one in alerts[:2]]
    page = client.post(
        "/alerts/review", data={"alert": chosen, "step": "false_positive", "note": "same mail", "back": "/alerts"}
    )
    assert "2 alerts resolved as false positive." in text_of(page)
    assert rows_of(page) == [str(alerts[2])]
    undo = re.findall(r'name="review" value="([^"]+)"', page.text)
    page = client.post("/alerts/undo", data={"review": undo, "back": "/alerts"})
    assert set(rows_of(page)) == {str(one) for one in alerts}


def test_reviewing_nothing_asks_for_a_selection(client):
    assert "Select at least one alert first." in text_of(client.post("/alerts/review", data={"step": "benign"}))


def test_what_has_changed_since_is_not_taken_back(house, client):
    [alert] = house.add(case())
    page = client.post(f"/alerts/{alert}/review", data={"step": "benign", "back": "/alerts"})
    [review] = re.findall(r'name="review" value="([^"]+)"', page.text)
    client.post(f"/alerts/{alert}/review", data={"step": "duplicate", "back": "/alerts"})
    page = client.post("/alerts/undo", data={"review": review, "back": "/alerts"})
    assert "Only the last step can be taken back" in text_of(page)


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "/a\nb"])
def test_a_form_leads_back_to_this_house_alone(house, client, back):
    [alert] = house.add(case())
    answer = client.post(f"/alerts/{alert}/review", data={"step": "benign", "back": back}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/alerts/{alert}"


def test_what_was_said_once_is_not_said_again(house, client):
    client.post("/alerts/review", data={"step": "benign"})
    assert "Select at least one" not in text_of(client.get("/alerts"))
