import json
import threading
import time

import pytest

from connectors import ConnectorError
from connectors.slack.errors import DeclinedError


def test_being_too_fast_is_waited_out_as_long_as_slack_says(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    slack.limit("conversations.history", retry_after=1)
    began = time.monotonic()
    assert store.drain(history()) == ["hello"]
    assert 1.0 <= time.monotonic() - began < 10.0


def test_being_too_fast_again_and_again_is_no_failure(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    for method in ("auth.test", "users.conversations", "conversations.history", "conversations.members", "users.info"):
        slack.limit(method, retry_after=0, times=10)
    assert store.drain(history()) == ["hello"]


def test_being_too_fast_for_ever_is_a_failure(slack, history):
    slack.limit("auth.test", retry_after=0, times=100)
    with pytest.raises(ConnectorError, match="too rarely"):
        list(history().batches({}))
    assert len(slack.calls) == 31


def test_a_pause_of_hours_is_a_failure(slack, history):
    slack.limit("auth.test", retry_after=7200)
    with pytest.raises(ConnectorError, match="too rarely"):
        list(history().batches({}))


@pytest.mark.parametrize("how", ["stop", "close", "wait"])
def test_a_pause_ends_when_told_to_stop(slack, history, store, how):
    slack.world.post("C1", "U1", "hello")
    stop = threading.Event()
    connector = history(stop=stop if how == "stop" else None)
    if how == "wait":
        connector.wait(0, stop)
    slack.limit("conversations.history", retry_after=600)
    end = connector.close if how == "close" else stop.set
    timer = threading.Timer(0.2, end)
    timer.start()
    began = time.monotonic()
    assert store.drain(connector) == []
    assert time.monotonic() - began < 20.0
    timer.join()
    assert store.cursors == {}


def test_a_pass_ends_before_its_next_call_when_told_to_stop(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    slack.world.post("C3", "U3", "elsewhere")
    stop = threading.Event()
    reading = history(stop=stop).batches({})
    store.take(next(reading))
    calls = len(slack.calls)
    stop.set()
    assert list(reading) == []
    assert len(slack.calls) == calls
    assert store.texts == ["hello"]


def test_after_a_close_it_can_be_read_again(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    connector = history()
    connector.close()
    connector.close()
    assert store.drain(connector) == ["hello"]


def test_waiting_ends_in_time_or_on_stop(history):
    connector, stop = history(), threading.Event()
    began = time.monotonic()
    connector.wait(0.15, stop)
    assert 0.15 <= time.monotonic() - began < 10.0
    stop.set()
    connector.wait(600, stop)
    assert time.monotonic() - began < 20.0


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "body": b""},
        {"status": 502, "body": b"<html>our budget is 40k</html>"},
        {"status": 503, "error": "service_unavailable"},
        {"error": "internal_error"},
        {"error": "fatal_error"},
        {"error": "ratelimited"},
        {"hang_up": True},
        {"body": b"<html>our budget is 40k</html>"},
        {"body": b""},
        {"body": b"[1, 2]"},
        {"body": b"null"},
        {"body": b"\xff\xfe"},
        {"body": b"{}"},
        {"body": b'{"ok": true', "headers": {"Content-Type": "text/plain; charset=klingon"}},
        {"error": "Our budget is 40k"},
    ],
)
def test_what_fails_in_passing_is_tried_again(slack, history, store, fault):
    slack.world.post("C1", "U1", "hello")
    slack.fault("conversations.history", times=2, **fault)
    assert store.drain(history()) == ["hello"]
    slack.fault("conversations.history", times=3, **fault)
    with pytest.raises(ConnectorError, match=r"does not answer conversations.history \(.*3 tries\)") as failed:
        store.drain(history())
    assert "budget" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None


def test_nobody_at_the_other_end_is_a_failure(history):
    with pytest.raises(ConnectorError, match="ConnectionRefusedError"):
        history(base_url="http://127.0.0.1:9/api/").check()


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "token_expired", "not_authed"])
def test_a_token_that_is_not_accepted_is_named_as_such(slack, history, code):
    slack.world.grants["xoxb-made-up-1"].refusal = code
    with pytest.raises(ConnectorError, match=rf"does not accept the token \({code}\)"):
        list(history().batches({}))
    assert len(slack.calls) == 1


def test_a_token_revoked_in_the_middle_keeps_what_was_read(slack, history, store):
    slack.world.post("C1", "U1", "hello")
    slack.world.post("C3", "U3", "elsewhere")
    connector = history()
    reading = connector.batches({})
    store.take(next(reading))
    slack.world.grants["xoxb-made-up-1"].refusal = "token_revoked"
    with pytest.raises(ConnectorError, match="token_revoked"):
        next(reading)
    assert store.texts == ["hello"]
    slack.world.grants["xoxb-made-up-1"].refusal = ""
    assert store.drain(connector) == ["elsewhere"]


@pytest.mark.parametrize("scope", ["channels:read", "groups:read", "channels:history", "groups:history", "users:read"])
def test_a_missing_scope_is_named(slack, history, scope):
    slack.world.post("C1", "U1", "hello")
    slack.world.post("C3", "U1", "hello")
    slack.world.grants["xoxb-made-up-1"].scopes -= {scope}
    with pytest.raises(ConnectorError, match=f"lacks the scope {scope}: add it"):
        list(history().batches({}))


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        ({"error": "missing_scope"}, "lacks the scope that auth.test needs"),
        ({"error": "missing_scope", "needed": "x\ny secret"}, "lacks the scope that auth.test needs"),
        ({"error": "not_allowed_token_type"}, "xoxb-"),
        ({"error": "something_new"}, r"refuses auth.test \(something_new\)"),
    ],
)
def test_what_slack_refuses_is_said(slack, history, answer, advice):
    slack.fault("auth.test", body=json.dumps({"ok": False, **answer}).encode())
    with pytest.raises(DeclinedError, match=advice):
        history().check()


def test_a_token_of_no_workspace_is_refused(slack, history):
    slack.fault("auth.test", body=b'{"ok": true}')
    with pytest.raises(ConnectorError, match="which workspace"):
        history().check()


def test_pages_that_never_end_are_a_failure(slack, history):
    page = {"ok": True, "channels": [], "response_metadata": {"next_cursor": "again"}}
    slack.fault("users.conversations", times=5, body=json.dumps(page).encode())
    with pytest.raises(ConnectorError, match=r"same page of users\.conversations"):
        list(history().batches({}))


@pytest.mark.parametrize("channels", [None, "C1", [None, 5, "C1", {}, {"id": 5}]])
def test_channels_that_are_none_are_passed_over(slack, history, channels):
    slack.fault("users.conversations", body=json.dumps({"ok": True, "channels": channels}).encode())
    assert list(history().batches({})) == []


@pytest.mark.parametrize("date", ["", "yesterday", "Sun, 99 Jun 2025 15:06:40 GMT"])
def test_an_answer_without_a_date_is_dated_by_our_clock(slack, history, store, date):
    slack.world.post("C1", "U1", "hello")
    body = json.dumps({"ok": True, "team_id": "T1", "team": "Ourco", "user": "frontdoor"}).encode()
    slack.fault("auth.test", body=body, headers={"Date": date})
    assert store.drain(history()) == ["hello"]
