"""Socket Mode: events over a connection that the program opens, and opens again."""

import threading
import time
from contextlib import contextmanager

import pytest

from service.models import SourceState
from service.slack import socket
from service.slack.models import SlackEvent
from service.slack.socket import run_socket
from tests.fakes.office import LEAK
from tests.fakes.slack.things import XAPP


@pytest.fixture(autouse=True)
def alert(monkeypatch):
    """Notice soon that a connection broke."""
    monkeypatch.setattr(socket, "_PING_SECONDS", 0.5)
    monkeypatch.setattr(socket, "_LOOK_SECONDS", 0.1)


@contextmanager
def connected(live, token=XAPP):
    """Listen beside the block."""
    stop = threading.Event()
    thread = threading.Thread(target=run_socket, args=(live.office, live.app, token, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def until(is_so, seconds=30.0):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)


def lines(live):
    return live.slack.socket.connections(live.slack.world.app.id)


def test_an_event_comes_in_and_is_acknowledged_once_it_is_stored(live):
    with connected(live):
        until(lambda: lines(live))
        live.slack.world.post("C1", "U1", LEAK)
        assert live.slack.settle()
        assert all(parcel.acked for parcel in live.slack.events)
        assert len(live.rows(SlackEvent)) == 1


def test_an_event_that_can_not_be_stored_comes_again(live, monkeypatch):
    with connected(live):
        until(lambda: lines(live))
        with monkeypatch.context() as broken:
            broken.setattr("service.slack.listeners.store_event", _fail)
            live.slack.world.post("C1", "U1", LEAK)
            until(lambda: live.slack.events and live.slack.events[0].tries)
            time.sleep(0.2)
            assert not live.slack.events[0].acked
        until(lambda: live.rows(SlackEvent))
        assert live.slack.events[0].tries > 1


def test_a_connection_that_breaks_is_opened_again(live):
    with connected(live):
        until(lambda: lines(live))
        for end in (live.slack.socket.cut, live.slack.socket.disconnect):
            opened = live.slack.socket.opened
            end(live.slack.world.app.id)
            until(lambda opened=opened: live.slack.socket.opened > opened and lines(live), seconds=40)
        live.slack.world.post("C1", "U1", LEAK)
        until(lambda: live.rows(SlackEvent))


def test_a_token_that_slack_refuses_is_shown_among_the_sources_with_what_to_do(live):
    with connected(live, token="xapp-wrong"):
        until(lambda: live.rows(SourceState))
    [state] = live.rows(SourceState)
    assert state.source == "slack (live)"
    assert "connections:write" in state.failure
    assert "xapp" not in state.failure


def _fail(*_, **__):
    raise OSError("the disk is full")
