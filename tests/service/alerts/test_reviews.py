"""Reviewing alerts: appended steps, the alert follows, the last one can be taken back."""

import threading
import uuid
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from service.alerts.detail import reviews_of
from service.alerts.reviews import undoable
from service.audit.store import list_entries, verify
from service.models import Alert, AlertEvent, AlertStatus, Review
from tests.fakes.alerts import Case, add_case


@pytest.fixture
def alert_id(house):
    with house.database.transaction() as session:
        return add_case(session, house.keys, Case())


@pytest.fixture
def browser(house):
    return house.browser("reviewer", name="Ann")


def state(house, alert_id):
    with house.database.transaction(write=False) as session:
        alert = session.get(Alert, alert_id)
        return alert.status, alert.verdict


def step(browser, alert_id, **body):
    answer = browser.post(f"/api/v1/alerts/{alert_id}/reviews", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def undo(browser, alert_id, review_id):
    return browser.post(f"/api/v1/alerts/{alert_id}/reviews/{review_id}/undo")


@pytest.mark.parametrize(
    ("steps", "after"),
    [
        ([{"verdict": "true_positive"}], ("resolved", "true_positive")),
        ([{"verdict": "false_positive", "status": "suppressed"}], ("suppressed", "false_positive")),
        ([{"status": "in_progress"}], ("in_progress", None)),
        ([{"note": "hm"}], ("new", None)),
        ([{"verdict": "benign"}, {"note": "hm"}], ("resolved", "benign")),
        ([{"verdict": "benign"}, {"verdict": "duplicate"}], ("resolved", "duplicate")),
        ([{"verdict": "benign"}, {"status": "new"}], ("new", None)),
        ([{"verdict": "benign"}, {"status": "in_progress"}], ("in_progress", None)),
        ([{"verdict": "benign"}, {"status": "suppressed"}], ("suppressed", "benign")),
        ([{"status": "resolved"}], ("resolved", None)),
        ([{"verdict": "insufficient_data", "status": "in_progress"}], ("in_progress", "insufficient_data")),
    ],
)
def test_the_alert_follows_its_reviews(house, browser, alert_id, steps, after):
    for one in steps:
        step(browser, alert_id, **one)
    assert state(house, alert_id) == after


def test_a_review_is_shown_with_its_note_and_who_made_it(browser, alert_id):
    step(browser, alert_id, verdict="true_positive", note="  spoke with Jonas  ")
    [review] = browser.get(f"/api/v1/alerts/{alert_id}").json()["reviews"]
    assert (review["reviewer"], review["verdict"], review["note"]) == ("Ann", "true_positive", "spoke with Jonas")


def test_the_note_is_not_readable_in_the_database(house, browser, alert_id):
    step(browser, alert_id, note="spoke with Jonas")
    with house.database.transaction(write=False) as session:
        assert b"Jonas" not in session.query(Review).one().sealed_note
        assert "Jonas" not in str([row.detail for row in list_entries(session)])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"note": "  "},
        {"verdict": "guilty"},
        {"status": "open"},
        {"note": "x" * 10_001},
        {"note": None},
        {"verdict": "benign", "extra": 1},
        [],
        "benign",
    ],
)
def test_a_step_that_says_nothing_is_refused(house, browser, alert_id, body):
    assert browser.post(f"/api/v1/alerts/{alert_id}/reviews", json=body).status_code in {400, 422}
    assert state(house, alert_id) == ("new", None)


def test_a_note_may_hold_any_text(browser, alert_id):
    for note in ("\x00", "😀" * 5000, "\u202e", "<script>"):
        step(browser, alert_id, note=note)
    body = b'{"note": "\\ud800"}'
    answer = browser.post(
        f"/api/v1/alerts/{alert_id}/reviews", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    assert [one["note"] for one in browser.get(f"/api/v1/alerts/{alert_id}").json()["reviews"]][1] == "😀" * 5000


def test_undoing_brings_back_what_was_before_step_by_step(house, browser, alert_id):
    steps = [{"status": "in_progress"}, {"verdict": "true_positive"}, {"status": "new"}, {"note": "hm"}]
    made = [step(browser, alert_id, **one) for one in steps]
    for review_id, after in zip(
        reversed(made),
        [("new", None), ("resolved", "true_positive"), ("in_progress", None), ("new", None)],
        strict=True,
    ):
        assert undo(browser, alert_id, review_id).status_code == 201
        assert state(house, alert_id) == after
    reviews = browser.get(f"/api/v1/alerts/{alert_id}").json()["reviews"]
    assert [one["undone"] for one in reviews] == [True] * 4 + [False] * 4
    assert [one["undoes"] for one in reviews] == [None] * 4 + made[::-1]


def test_only_the_last_step_can_be_taken_back_and_only_once(browser, alert_id):
    first, second = step(browser, alert_id, status="in_progress"), step(browser, alert_id, verdict="benign")
    assert undo(browser, alert_id, first).status_code == 409
    taken_back = undo(browser, alert_id, second)
    assert taken_back.status_code == 201
    assert undo(browser, alert_id, second).status_code == 409
    assert undo(browser, alert_id, taken_back.json()["id"]).status_code == 409
    assert undo(browser, alert_id, first).status_code == 201


def test_a_step_that_new_evidence_has_overtaken_is_not_taken_back(house, browser, alert_id):
    review_id = step(browser, alert_id, verdict="benign")
    with house.database.transaction() as session:
        alert = session.get(Alert, alert_id)
        alert.status, alert.verdict, alert.updated_at = "new", None, house.clock() + timedelta(minutes=1)
    assert undo(browser, alert_id, review_id).status_code == 409
    assert state(house, alert_id) == ("new", None)


def test_the_page_can_tell_which_step_can_be_taken_back(house, browser, alert_id):
    def which(status):
        with house.database.transaction(write=False) as session:
            return undoable(reviews_of(session, house.keys, alert_id), AlertStatus(status))

    assert which("new") is None
    first = step(browser, alert_id, status="in_progress")
    second = step(browser, alert_id, verdict="benign")
    assert which("resolved") == uuid.UUID(second)
    assert which("new") is None
    undo(browser, alert_id, second)
    assert which("in_progress") == uuid.UUID(first)


def test_an_undo_goes_by_the_alert_it_belongs_to(house, browser, alert_id):
    with house.database.transaction() as session:
        other = add_case(session, house.keys, Case())
    review_id = step(browser, alert_id, verdict="benign")
    assert undo(browser, other, review_id).status_code == 404
    assert undo(browser, alert_id, uuid.uuid4()).status_code == 404
    assert undo(browser, uuid.uuid4(), review_id).status_code == 404


def test_a_reviewer_who_saw_an_older_alert_is_told_so(browser, alert_id):
    path = f"/api/v1/alerts/{alert_id}"
    seen = browser.get(path).json()["updated_at"]
    params = {"expected_updated_at": seen}
    assert browser.post(f"{path}/reviews", params=params, json={"verdict": "benign"}).status_code == 201
    answer = browser.post(f"{path}/reviews", params=params, json={"verdict": "true_positive"})
    assert answer.status_code == 409
    assert "changed" in answer.json()["detail"]
    assert browser.get(path).json()["verdict"] == "benign"


def test_several_alerts_are_reviewed_at_once_or_none(house, browser, alert_id):
    with house.database.transaction() as session:
        others = [add_case(session, house.keys, Case()) for _ in range(3)]
    ids = [str(one) for one in (alert_id, *others)]
    missing = browser.post("/api/v1/alerts/reviews", json={"alerts": [*ids, str(uuid.uuid4())], "verdict": "benign"})
    assert missing.status_code == 404
    assert state(house, alert_id) == ("new", None)
    answer = browser.post("/api/v1/alerts/reviews", json={"alerts": [*ids, ids[0]], "verdict": "benign", "note": "x"})
    assert answer.status_code == 201
    assert len(answer.json()) == 4
    assert {state(house, one) for one in (alert_id, *others)} == {("resolved", "benign")}


@pytest.mark.parametrize("alerts", [[], ["x"], [str(uuid.uuid4()) for _ in range(201)], None])
def test_a_list_of_alerts_has_one_to_two_hundred(browser, alerts):
    answer = browser.post("/api/v1/alerts/reviews", json={"alerts": alerts, "verdict": "benign"})
    assert answer.status_code == 422


def test_every_step_is_an_event_and_on_record(house, browser, alert_id):
    undo(browser, alert_id, step(browser, alert_id, verdict="benign"))
    with house.database.transaction(write=False) as session:
        assert [one.kind for one in session.query(AlertEvent).order_by(AlertEvent.id)] == ["reviewed", "reviewed"]
        rows = list_entries(session, object=str(alert_id))
    assert [(row.actor, row.action) for row in rows] == [("Ann", "alert.review_undone"), ("Ann", "alert.reviewed")]


@pytest.mark.parametrize(
    "statement", ["UPDATE review SET status = 'new'", "UPDATE audit_entry SET actor = 'x'", "DELETE FROM audit_entry"]
)
def test_history_can_not_be_rewritten(house, browser, alert_id, statement):
    step(browser, alert_id, verdict="benign")
    with pytest.raises(DBAPIError, match="append-only"), house.database.transaction() as session:
        session.connection().exec_driver_sql(statement)


def test_reviewers_at_the_same_time_do_not_lose_each_others_steps(house):
    with house.database.transaction() as session:
        ids = [add_case(session, house.keys, Case()) for _ in range(3)]
    users = [house.browser("reviewer") for _ in range(4)]
    answers = []

    def work(browser, order):
        paths = [f"/api/v1/alerts/{one}/reviews" for one in order]
        answers.extend(browser.post(path, json={"verdict": "benign"}).status_code for path in paths)
        bulk = {"alerts": [str(one) for one in order], "status": "in_progress"}
        answers.append(browser.post("/api/v1/alerts/reviews", json=bulk).status_code)

    threads = [
        threading.Thread(target=work, args=(browser, ids if number % 2 else ids[::-1]))
        for number, browser in enumerate(users)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) == {201}
    with house.database.transaction(write=False) as session:
        for one in ids:
            times = [review.reviewed_at for review in reviews_of(session, house.keys, one)]
            assert len(times) == len(set(times)) == 8
        assert verify(session).whole
