"""Alive, ready, and how it is doing."""

import pytest
from sqlalchemy import text

from service.app import create_app
from service.database import connect
from service.slack.intake import note_refused, store_event
from service.sources.record import count, note_failure, note_read
from tests.fakes.alerts import Case, add_case


def test_it_is_healthy_and_ready_without_signing_in(house):
    assert house.anonymous().get("/health").json() == {"status": "ok"}
    answer = house.anonymous().get("/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_it_is_not_ready_without_its_tables(house):
    with house.database.transaction() as session:
        session.execute(text("DELETE FROM alembic_version"))
    answer = house.anonymous().get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "migrations": "missing: run `frontdoor db upgrade`"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("url", ["postgresql://geheim@127.0.0.1:1/geheim", "sqlite:////nowhere/geheim.db"])
def test_it_is_healthy_but_not_ready_without_its_database(house, keys, settings, url, caplog):
    database = connect(url)
    app = create_app(database, keys, settings)
    browser = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock).anonymous()
    assert browser.get("/health").status_code == 200
    answer = browser.get("/ready")
    assert (answer.status_code, answer.json()["checks"]["database"]) == (503, "can't be reached")
    assert browser.get("/api/v1/alerts", headers={"Authorization": "Bearer fd_x"}).status_code == 503
    assert "geheim" not in answer.text + caplog.text
    database.close()


def test_metrics_tell_what_is_read_stored_and_answered(house):
    now = house.clock()
    with house.database.transaction() as session:
        add_case(session, house.keys, Case())
        add_case(session, house.keys, Case(status="resolved", severity="low"))
        count(session, "journal", {"inbound": 3, "outbound": 4, "brought": 9}, now=now)
        count(session, "journal", {"inbound": 2}, now=now)
        note_read(session, "journal", "imap", messages=9, refusals=2, now=now)
        note_read(session, "broken", "imap", messages=0, refusals=0, now=now)
        note_failure(session, "broken", "imap", "no route", now=now)
    house.clock.pass_by(seconds=90)
    house.browser("reviewer").get("/api/v1/alerts/7d0f4c7e-5a58-4a53-9c1e-0c9b8a0f6d11")
    house.anonymous().get("/nothing/geheim")
    lines = house.machine("metrics:read").get("/metrics").text.splitlines()
    for line in (
        'frontdoor_messages_total{direction="inbound",source="journal"} 5.0',
        'frontdoor_messages_total{direction="outbound",source="journal"} 4.0',
        'frontdoor_alerts{severity="high",status="new"} 1.0',
        'frontdoor_alerts{severity="low",status="resolved"} 1.0',
        'frontdoor_refusals_total{source="journal"} 2.0',
        'frontdoor_source_read_age_seconds{source="journal"} 90.0',
        'frontdoor_source_failing{source="journal"} 0.0',
        'frontdoor_source_failing{source="broken"} 1.0',
        'frontdoor_http_requests_total{method="GET",route="/api/v1/alerts/{alert_id}",status="404"} 1.0',
        'frontdoor_http_requests_total{method="GET",route="unmatched",status="404"} 1.0',
    ):
        assert line in lines
    assert not [line for line in lines if "geheim" in line]
    assert [line for line in lines if line.startswith("frontdoor_http_request_seconds_bucket")]


def test_strange_methods_do_not_make_series(house):
    browser = house.anonymous()
    for method in ("BREW", "WHEN", "PROPFIND"):
        browser.request(method, "/health")
    text_ = house.machine("metrics:read").get("/metrics").text
    assert 'method="other"' in text_
    assert "BREW" not in text_


def test_metrics_are_for_those_who_may_read_them(house):
    assert house.anonymous().get("/metrics").status_code == 401
    assert house.machine("alerts:read").get("/metrics").status_code == 403


def test_metrics_tell_what_slack_waits_for_refused_and_heard(house):
    now = house.clock()
    body = {"event_id": "Ev1", "team_id": "T1", "event": {"type": "message", "channel": "C1", "ts": "1.000001"}}
    store_event(house.database, house.keys, body, source="slack", now=now)
    with house.database.transaction() as session:
        note_refused(session, "forged", now=now)
        note_refused(session, "forged", now=now)
    house.clock.pass_by(seconds=30)
    lines = house.machine("metrics:read").get("/metrics").text.splitlines()
    for line in (
        "frontdoor_slack_events_waiting 1.0",
        "frontdoor_slack_oldest_event_age_seconds 30.0",
        'frontdoor_slack_requests_refused_total{reason="forged"} 2.0',
    ):
        assert line in lines
