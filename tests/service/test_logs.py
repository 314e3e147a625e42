"""Whatever the level, no log line has a word of a message, an address or a secret in it."""

import logging
import re

import httpx2
import pytest

from service.auth.access import public
from service.auth.links import make_sign_in_link
from service.auth.users import get_user
from service.cli.voice import log_to_stderr
from service.models import Alert, MessageRow
from tests.fakes.alerts import LEAK, Case, Mail, add_case
from tests.fakes.server import serve

NOTE = "Jonas admitted it over lunch"
MAIL = Mail(
    subject="Zirkonium housing",
    text=LEAK.text,
    evidence=LEAK.evidence,
    cc=(("kestrel@kestrel.example", "Kes Trel"),),
    attachments=(("Geheimplan.pdf", "application/pdf", 9),),
)
WORDS = re.compile(
    r"zirkonium|480k|between us|jonas|weber|pia|halvorsen|norvik|kestrel|geheimplan|lunch|fd_[\w-]{20}|ourco\.example",
    re.IGNORECASE,
)


def session_of(address, alert_id, broken, link):
    """Do all that a reviewer and a program do, and what they do wrong."""
    with httpx2.Client(base_url=address, headers={"Origin": address}, timeout=10) as client:
        client.get(link)
        client.get("/alerts")
        client.get(f"/alerts/{alert_id}")
        path = f"/api/v1/alerts/{alert_id}"
        client.get("/api/v1/alerts", params={"text": "480k", "person": "jonas.weber@ourco.example"})
        client.get("/api/v1/alerts", params={"sort": "jonas", "norvik": "480k"})
        client.get(path)
        review = client.post(f"{path}/reviews", json={"verdict": "true_positive", "note": NOTE}).json()["id"]
        client.post(f"{path}/reviews", json={"verdict": NOTE})
        client.post(f"{path}/reviews", content=NOTE, headers={"Content-Type": "application/json"})
        client.post(f"{path}/reviews/{review}/undo")
        client.post(f"{path}/reviews/{review}/undo")
        client.get("/api/v1/alerts/export")
        client.get("/api/v1/alerts/norvik/480k")
        client.get(f"/api/v1/alerts/{broken}")
        secret = client.post("/api/v1/tokens", json={"name": "norvik", "scopes": ["feeds:read"]}).json()["secret"]
        client.post("/api/v1/users", json={"name": "Pia Halvorsen", "roles": ["reviewer"]})
        client.post("/api/v1/users", json={"name": "Pia Halvorsen", "roles": ["reviewer"]})
        for feed in ("alerts.json", "alerts.atom"):
            client.get(f"/feeds/{feed}")
            httpx2.get(f"{address}/feeds/{feed}?token={secret}")
        client.get("/metrics")
        client.get(link)
        client.post("/sign-out")
        client.post("/sign-in", data={"token": link.rpartition("=")[2], "norvik": "480k"})
    return [link.rpartition("=")[2], secret]


@pytest.fixture(autouse=True)
def all_logs(caplog):
    """Catch what the program logs as `--verbose` sets it up, from before the database is opened."""
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    log_to_stderr(verbose=True)
    with caplog.at_level(logging.DEBUG):
        yield caplog
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_day_of_reviewing_leaves_no_word_in_the_logs(all_logs, house):
    user = house.user("administrator", name="Zoe")
    with house.database.transaction() as session:
        alert_id = add_case(session, house.keys, Case(messages=(MAIL,), counterparty="Norvik Metall"))
        broken = add_case(session, house.keys, Case(messages=(MAIL,)))
        session.query(MessageRow).filter(MessageRow.thread_id == session.get(Alert, broken).thread_id).update(
            {"sealed": b"480k" * 20}
        )
        link = make_sign_in_link(session, user=get_user(session, user), base_url="", actor="test", now=house.clock())
    with serve(house.app) as address:
        secrets = session_of(address, alert_id, broken, link)
    text = all_logs.text
    assert "Application startup complete" in text, "the logs were not caught"
    for secret in secrets:
        assert secret not in text
    found = WORDS.search(text)
    assert found is None, text[max(found.start() - 200, 0) : found.end() + 100]


@pytest.mark.parametrize("statement", ["INSERT INTO person (address) VALUES ('jonas')", "SELECT 'jonas' FROM nowhere"])
def test_an_error_of_the_database_is_logged_without_its_values(house, all_logs, statement):
    @public()
    def broken():
        with house.database.transaction() as session:
            session.connection().exec_driver_sql(statement)

    house.app.router.routes.clear()
    house.app.add_api_route("/broken", broken)
    with serve(house.app) as address:
        answer = httpx2.get(f"{address}/broken")
    assert answer.status_code in {500, 503}
    assert "unexpected" in all_logs.text
    assert "jonas" not in all_logs.text + answer.text


def test_an_answer_that_breaks_off_is_logged_without_what_it_was_about(house, all_logs, monkeypatch):
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(messages=(MAIL,)))

    def fail(*_arguments, **_options):
        raise ValueError("jonas")

    monkeypatch.setattr("service.alerts.export.summaries", fail)
    token = house.token("alerts:read")
    with serve(house.app) as address, pytest.raises(httpx2.RemoteProtocolError):
        httpx2.get(f"{address}/api/v1/alerts/export", headers={"Authorization": f"Bearer {token}"})
    assert "unexpected ValueError" in all_logs.text
    assert "jonas" not in all_logs.text
