"""The list of alerts: what is asked for, in order, page by page."""

import base64
import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from service.alerts.schemas import AlertFilter, Sort
from service.alerts.store import list_alerts, status_counts
from service.models import AlertStatus, MessageRow
from tests.fakes.alerts import LEAK, NOW, Case, Mail, Words, add_case

FORECAST = Mail(
    subject="Re: Änderung",
    text="We launch in May.\nNo second source, sadly.",
    sender=("bo@ourco.example", "Bo"),
    evidence=(Words(label="timeline", words="launch in May", points=30.0),),
)
CASES = {
    "leak": Case(),
    "old": Case(messages=(FORECAST,), updated_at=NOW - timedelta(days=40), severity="low", counterparty="Kestrel"),
    "resolved": Case(status="resolved", verdict="true_positive", updated_at=NOW - timedelta(hours=1), risk=95.0),
    "slack": Case(
        messages=(Mail(subject="ext-kestrel", text="ping", evidence=(Words(label="leverage", words="ping"),)),),
        channel="slack",
        counterparty="Kestrel",
        severity="critical",
        updated_at=NOW - timedelta(days=1),
        policy="vigilant",
    ),
}


@pytest.fixture
def cases(house):
    with house.database.transaction() as session:
        return {add_case(session, house.keys, case): name for name, case in CASES.items()}


@pytest.fixture
def names(house, cases):
    """List by query parameters; returns the cases' names."""
    browser = house.browser("reviewer")

    def ask(**params):
        answer = browser.get("/api/v1/alerts", params=params)
        assert answer.status_code == 200, answer.text
        return [cases[uuid.UUID(alert["id"])] for alert in answer.json()["alerts"]]

    return ask


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["leak", "resolved", "slack", "old"]),
        ({"sort": "risk"}, ["resolved", "leak", "slack", "old"]),
        ({"status": "new"}, ["leak", "slack", "old"]),
        ({"status": ["new", "resolved"]}, ["leak", "resolved", "slack", "old"]),
        ({"status": "suppressed"}, []),
        ({"severity": "high"}, ["leak", "resolved"]),
        ({"severity": ["critical", "low"]}, ["slack", "old"]),
        ({"severity": "grave"}, []),
        ({"severity": ["grave", "low"]}, ["old"]),
        ({"severity": "high", "status": "resolved"}, ["resolved"]),
        ({"label": "budget"}, ["leak", "resolved"]),
        ({"label": ["timeline", "leverage"]}, ["slack", "old"]),
        ({"label": "unheard_of"}, []),
        ({"counterparty": "Kestrel"}, ["slack", "old"]),
        ({"counterparty": "kestrel"}, []),
        ({"counterparty": ""}, []),
        ({"person": "bo@ourco.example"}, ["old"]),
        ({"person": "BO@ourco.example"}, ["old"]),
        ({"person": "pia@norvik.example"}, []),
        ({"policy": "vigilant"}, ["slack"]),
        ({"policy": "quiet"}, []),
        ({"since": "2026-03-14T00:00:00Z"}, ["leak", "resolved"]),
        ({"until": "2026-03-14T00:00:00Z"}, ["slack", "old"]),
        ({"since": "2026-03-14T12:00:00Z"}, ["leak"]),
        ({"until": "2026-03-14T12:00:00Z"}, ["resolved", "slack", "old"]),
        ({"since": "2026-03-14T13:00:00+01:00"}, ["leak"]),
        ({"since": "2026-03-14T12:00:00"}, ["leak"]),
        ({"since": "2026-03-13T00:00:00Z", "sort": "risk"}, ["resolved", "leak", "slack"]),
        ({"since": "2027-01-01T00:00:00Z"}, []),
        ({"text": "480k"}, ["leak", "resolved"]),
        ({"text": "480K left"}, ["leak", "resolved"]),
        ({"text": "480k launch"}, []),
        ({"text": "second SOURCE"}, ["old"]),
        ({"text": "änderung"}, ["old"]),
        ({"text": "a\u0308nderung"}, ["old"]),
        ({"text": "sour"}, []),
        ({"text": "a"}, []),
        ({"text": "!"}, []),
        ({"text": " "}, ["leak", "resolved", "slack", "old"]),
        ({"text": "480k", "status": "new", "severity": "high", "label": "budget"}, ["leak"]),
        ({"limit": 1}, ["leak"]),
    ],
)
def test_it_finds_what_is_asked_for_and_nothing_else(names, params, found):
    assert names(**params) == found


@pytest.mark.parametrize(
    "query",
    [
        "status=open",
        "sort=age",
        "limit=0",
        "limit=201",
        "limit=many",
        "since=yesterday",
        "since=0001-01-01T00:00:00%2B14:00",
        "until=9999-12-31T23:59:59-14:00",
        "colour=red",
        "counterparty=a%00b",
        "person=%00",
        "label=%00",
        "policy=%00",
        "cursor=x",
        "cursor=%00",
        "cursor=W10",
        "cursor=é",
        "text=" + "x" * 201,
        "cursor=" + "x" * 500,
    ],
)
def test_what_can_not_be_meant_is_refused(house, query):
    assert house.browser("reviewer").get(f"/api/v1/alerts?{query}").status_code in {400, 422}


@pytest.mark.parametrize(
    "value",
    [
        ["updated", "2026-03-14T12:00:00", "0" * 32],
        ["updated", 3, "0" * 32],
        ["updated", "2026-03-14T12:00:00+00:00", "x"],
        ["updated", "2026-03-14T12:00:00+00:00"],
        ["updated", "0001-01-01T00:00:00+14:00", "0" * 32],
        ["risk", 1e400, "0" * 32],
        ["risk", True, "0" * 32],
        ["risk", 50.0, "0" * 32],
        ["updated", None, None],
        {"updated": 1},
        [[[[]]]],
        None,
    ],
)
def test_a_made_up_cursor_is_refused(house, value):
    cursor = base64.urlsafe_b64encode(json.dumps(value).encode()).decode()
    assert house.browser("reviewer").get("/api/v1/alerts", params={"cursor": cursor}).status_code == 400


@pytest.mark.parametrize("sort", ["updated", "risk"])
@pytest.mark.parametrize("params", [{}, {"status": ["new", "resolved"]}, {"label": "budget"}, {"severity": "high"}])
def test_its_pages_hold_each_alert_once_also_among_equals(house, sort, params):
    with house.database.transaction() as session:
        for number in range(23):
            add_case(session, house.keys, Case(updated_at=NOW - timedelta(days=number // 5), risk=float(number // 7)))
    browser, seen, cursor = house.browser("reviewer"), [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = browser.get("/api/v1/alerts", params={"sort": sort, "limit": 4, **params, **more}).json()
        seen += page["alerts"]
        cursor = page["next"]
        if cursor is None:
            break
        assert len(page["alerts"]) == 4
    assert len({alert["id"] for alert in seen}) == len(seen) == 23
    key = "risk" if sort == "risk" else "updated_at"
    assert [alert[key] for alert in seen] == sorted((alert[key] for alert in seen), reverse=True)


def test_a_cursor_belongs_to_its_order(house, cases):
    browser = house.browser("reviewer")
    cursor = browser.get("/api/v1/alerts?limit=1").json()["next"]
    assert browser.get(f"/api/v1/alerts?limit=1&cursor={cursor}").status_code == 200
    assert browser.get(f"/api/v1/alerts?limit=1&sort=risk&cursor={cursor}").status_code == 400


def test_a_rare_condition_leads_to_the_same_pages_as_a_walk(house, monkeypatch):
    with house.database.transaction() as session:
        for number in range(12):
            case = Case(updated_at=NOW - timedelta(hours=number), counterparty="Kestrel" if number % 3 else "Norvik")
            add_case(session, house.keys, case)
    asked = AlertFilter(counterparty="Kestrel", label=["budget"], status=[AlertStatus.NEW])
    with house.database.transaction(write=False) as session:
        looked_up = list_alerts(session, house.keys, asked, limit=5, sort=Sort.RISK)
        monkeypatch.setattr("service.alerts.selection._FEW", 2)
        walked = list_alerts(session, house.keys, asked, limit=5, sort=Sort.RISK)
    assert walked == looked_up
    assert len(walked.alerts) == 5


def test_a_row_says_what_weighs_most_and_what_the_last_message_is_about(house):
    late = Mail(
        subject="Re: later",
        text="fine, and we pay 12 EUR now",
        evidence=(Words(label="budget", words="we pay 12 EUR now", points=5.0),),
    )
    structural = Words(label="sidestep", words="", points=99.0)
    first = Mail(text=LEAK.text, evidence=(*LEAK.evidence, structural))
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(messages=(first, late)))
        [row] = list_alerts(session, house.keys, AlertFilter()).alerts
    assert row.quote == "we have 480k left for this"
    assert row.subject == "Re: later"
    assert row.labels == ["budget", "sidestep"]
    assert row.people == ["jonas.weber@ourco.example"]
    assert row.updated_at == datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def test_evidence_in_the_subject_is_quoted_from_it(house):
    words = Words(label="budget", words="480k", part="subject")
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(messages=(Mail(subject="Our 480k", text="see above", evidence=(words,)),)))
        [row] = list_alerts(session, house.keys, AlertFilter()).alerts
    assert row.quote == "480k"


@pytest.mark.parametrize("sealed", [None, b"", b"\x00" * 40])
def test_a_text_that_is_gone_or_tampered_with_leaves_the_row_without_words(house, sealed):
    with house.database.transaction() as session:
        add_case(session, house.keys, Case())
        session.query(MessageRow).one().sealed = sealed
        session.flush()
        [row] = list_alerts(session, house.keys, AlertFilter()).alerts
    assert (row.subject, row.quote, row.counterparty) == ("", "", "Norvik Metall")


def test_counts_by_status_have_every_status(house, cases):
    with house.database.transaction(write=False) as session:
        assert status_counts(session) == {"new": 3, "in_progress": 0, "suppressed": 0, "resolved": 1}
