"""`frontdoor run` and `serve` over a real mailbox: alerts come in, feeds go out, nothing is said that is secret."""

import contextlib
import re
import signal
import time

import httpx2
import pytest

from tests.bench.traffic import mail
from tests.fakes.dovecot import DOVECOT, HOW_TO_GET_IT, dovecot
from tests.service.cli.program import LEAK

LINK = r"sign in once with this link, valid for a day: (\S+)"
PASSWORD = "zirkon-passw0rd"
SECRETS = re.compile(
    r"zirkon|between us|85,000|quarzsand|pallets|@|ourco|norvik|Bea Norberg|jo winter|token=|fd_[\w-]{16}",
    re.IGNORECASE,
)

needs_dovecot = pytest.mark.skipif(not DOVECOT.exists(), reason=HOW_TO_GET_IT)


@pytest.fixture
def mailbox():
    with dovecot(users={"journal@ourco.example": PASSWORD}) as server:
        yield server


@pytest.fixture
def configured(installed, mailbox, monkeypatch):
    """Point an installation at the mailbox."""
    monkeypatch.setenv("MAILBOX_PASSWORD", PASSWORD)
    return installed(
        f"""
[[source]]
kind = "imap"
name = "mailbox"
host = "{mailbox.host}"
port = {mailbox.port}
user = "{mailbox.user}"
tls = "none"
folders = ["INBOX"]
password = {{ env = "MAILBOX_PASSWORD" }}
"""
    )


@contextlib.contextmanager
def signed_in(running):
    link = running.says(LINK)[1]
    address = link.partition("/sign-in")[0]
    with httpx2.Client(base_url=address, headers={"Origin": address}, follow_redirects=True, timeout=30) as browser:
        assert browser.get(link).status_code == 200
        yield browser


def alerts(browser):
    return browser.get("/api/v1/alerts").json()["alerts"]


@needs_dovecot
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_mail_that_is_there_and_mail_that_comes_raise_alerts_until_a_signal(
    started, mailbox, configured, letter, folder, number
):
    mailbox.deliver("INBOX", [*(mail(one, giveaway=one == 3) for one in range(6)), letter(LEAK)])
    running = started("run", "--verbose")
    with signed_in(running) as browser:
        running.says("read mailbox to its end")
        assert len(alerts(browser)) == 2
        mailbox.deliver("INBOX", [letter(LEAK, to="Di <di@kestrel.example>")])
        running.says("read mailbox to its end", times=2)
        assert len(alerts(browser)) == 3
    assert running.stop(number) == 0
    assert running.lines[-2:] == ["stopped\n", None]
    with mailbox.client() as client:
        client.select_folder("INBOX", readonly=True)
        assert set(client.get_flags(client.search()).values()) <= {(), (rb"\Recent",)}
    assert sorted(path.name for path in folder.iterdir()) == ["frontdoor-data", "frontdoor.toml"]


@needs_dovecot
def test_a_mailbox_that_refuses_the_password_is_told_on_the_sources_page_and_the_console_serves(
    started, mailbox, configured, monkeypatch
):
    monkeypatch.setenv("MAILBOX_PASSWORD", "wrong")
    running = started("run")
    with signed_in(running) as browser:
        running.says("source mailbox failed")
        [source] = browser.get("/api/v1/sources").json()
    assert "password" in source["failure"]
    assert running.stop() == 0


@needs_dovecot
def test_a_mailbox_that_is_away_does_not_delay_the_end(started, mailbox, configured):
    running = started("run", "--verbose")
    running.says("read mailbox to its end")
    mailbox.kill()
    running.says("trying again")
    before = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - before < 5


def test_serve_shows_what_was_imported_and_tokens_open_the_feeds(started, frontdoor, installed, folder, letter):
    (folder / "a.eml").write_bytes(letter(LEAK))
    frontdoor("import", "a.eml")
    frontdoor("user", "add", "ann", "--role", "reviewer")
    token = frontdoor("token", "create", "siem", "--user", "ann", "--scope", "feeds:read").out.strip()
    running = started("serve")
    address = running.says(r"the console is at (\S+)")[1]
    bearer = {"Authorization": f"Bearer {token}"}
    assert len(httpx2.get(f"{address}/feeds/alerts.json", headers=bearer).json()["items"]) == 1
    assert httpx2.get(f"{address}/feeds/alerts.atom", headers=bearer).text.count("<entry>") == 1
    assert httpx2.get(f"{address}/api/v1/alerts", headers=bearer).status_code == 403
    assert httpx2.get(f"{address}/feeds/alerts.json").status_code == 401
    assert httpx2.get(f"{address}/ready").status_code == 200
    assert running.stop() == 0


def test_an_open_event_stream_does_not_delay_the_end(started, frontdoor, installed):
    frontdoor("db", "upgrade")
    frontdoor("user", "add", "ann", "--role", "reviewer")
    token = frontdoor("token", "create", "siem", "--user", "ann", "--scope", "feeds:read").out.strip()
    running = started("serve")
    address = running.says(r"the console is at (\S+)")[1]
    bearer = {"Authorization": f"Bearer {token}"}
    with (
        httpx2.Client(headers=bearer) as client,
        client.stream("GET", f"{address}/feeds/alerts/events") as stream,
    ):
        assert stream.status_code == 200
        assert running.stop() == 0


def test_run_without_a_source_says_so_and_serves(started, installed):
    running = started("run")
    running.says("nothing will be read")
    running.says("the console is at")
    assert running.stop() == 0


@needs_dovecot
def test_no_log_line_has_a_word_of_a_message_an_address_or_a_secret_at_any_level(started, mailbox, configured, letter):
    whom = {"sender": "Jo Winter <jo@ourco.example>", "to": "Bea Norberg <bea@norvik.example>"}
    texts = (LEAK, "The pallets with quarzsand arrived.", f"Quarzsand. {LEAK}")
    mailbox.deliver("INBOX", [letter(text, subject="Zirkon order", **whom) for text in texts])
    mailbox.deliver(
        "INBOX", [b"Subject: Zirkon\n\n\xff quarzsand", b"quarzsand: \xff\nFrom: <@ourco.example\n\n--", b"\n"]
    )
    running = started("run", "--verbose")
    with signed_in(running) as browser:
        running.says("read mailbox to its end")
        _use(browser)
    mailbox.kill()
    running.says("WARNING .* mailbox: trying again")
    assert running.stop() == 0
    logged = [line for line in running.lines if line and not re.search(LINK, line)]
    assert sum(bool(re.match(r"\d{4}-\d\d-\d\d .* (DEBUG|INFO|WARNING) ", line)) for line in logged) >= 5
    assert [line for line in logged if SECRETS.search(line)] == []


def _use(browser):
    [first, *_] = alerts(browser)
    path = f"/api/v1/alerts/{first['id']}"
    browser.get(path)
    browser.get(f"/alerts/{first['id']}")
    browser.get("/api/v1/alerts", params={"text": "quarzsand", "person": "bea@norvik.example"})
    browser.get("/api/v1/alerts", params={"sort": "zirkon"})
    browser.post(f"{path}/reviews", json={"verdict": "true_positive", "note": "quarzsand, says Bea Norberg"})
    browser.post(f"{path}/reviews", content="zirkon", headers={"Content-Type": "application/json"})
    secret = browser.post("/api/v1/tokens", json={"name": "zirkon", "scopes": ["feeds:read"]}).json()["secret"]
    browser.get(f"/feeds/alerts.json?token={secret}", headers={"Authorization": f"Bearer {secret}"})
    browser.get("/sign-in", params={"token": secret})
    browser.get("/nowhere/zirkon@ourco.example")
