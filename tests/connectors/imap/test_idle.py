"""Waiting for mail: woken by it, ended by the clock or by us."""

import threading
import time

import pytest

from connectors import ConnectorError
from tests.fakes.letters import letter, letters


@pytest.fixture
def stop():
    return threading.Event()


def waited(mailbox, seconds, stop, *, meanwhile=None):
    """Wait, with a timer running meanwhile; returns the seconds it took."""
    started = time.monotonic()
    if meanwhile:
        meanwhile.start()
    mailbox.wait(seconds, stop)
    taken = time.monotonic() - started
    if meanwhile:
        meanwhile.join()
    return taken


def stop_at_idle(line, number, stop):
    """Tell to stop when the server is asked to idle for the so manieth time."""

    def overhear(command):
        if command.endswith(b"IDLE") and sum(one.endswith(b"IDLE") for one in line.commands) == number:
            stop.set()

    line.on_command = overhear


def read(mailbox, known):
    batches = list(mailbox.batches(known))
    known.update((batch.stream, batch.cursor) for batch in batches)
    return [message.id for batch in batches for message in batch.messages]


def test_new_mail_wakes_us(server, connect, stop):
    server.deliver("INBOX", letters(2))
    mailbox, known = connect(server, folders=("INBOX", r"\Sent")), {}
    read(mailbox, known)
    arrival = threading.Timer(0.3, server.deliver, ("INBOX", [letter(3)]))
    assert 0.3 <= waited(mailbox, 30, stop, meanwhile=arrival) < 10
    assert read(mailbox, known) == ["3@supplier.example"]


def test_mail_that_came_before_the_wait_ends_it_at_once(server, connect, stop):
    server.deliver("INBOX", letters(2))
    mailbox, known = connect(server), {}
    read(mailbox, known)
    server.deliver("INBOX", [letter(3)])
    assert waited(mailbox, 30, stop) < 5
    assert read(mailbox, known) == ["3@supplier.example"]


def test_a_wait_without_mail_ends_on_time(server, connect, stop):
    mailbox = connect(server)
    read(mailbox, {})
    assert 0.7 <= waited(mailbox, 0.7, stop) < 3
    assert read(mailbox, {}) == []


def test_flags_that_somebody_sets_do_not_wake_us(server, connect, stop, line):
    server.deliver("INBOX", letters(2))
    mailbox, known = connect(line), {}
    read(mailbox, known)

    def flag():
        with server.client() as owner:
            owner.select_folder("INBOX")
            while not (stop.wait(0.1) or over.is_set()):
                owner.add_flags([1], [rb"\Seen"])
                owner.remove_flags([1], [rb"\Seen"])

    # It is told of the flags and goes on waiting.
    stop_at_idle(line, 2, stop)
    over, flagging = threading.Event(), threading.Thread(target=flag)
    flagging.start()
    mailbox.wait(30, stop)
    over.set()
    flagging.join()
    assert stop.is_set()


def test_idle_is_renewed_before_a_firewall_forgets_us(server, connect, stop, line, monkeypatch):
    monkeypatch.setattr("connectors.imap.session._IDLE_SECONDS", 0.2)
    mailbox = connect(line)
    read(mailbox, {})
    stop_at_idle(line, 3, stop)
    assert waited(mailbox, 30, stop) >= 0.4
    assert stop.is_set()


@pytest.mark.parametrize("offers_idle", [True, False])
def test_stop_ends_the_wait_soon(server, connect, stop, line, offers_idle):
    if not offers_idle:
        line.on_answer = lambda answer: answer.replace(b" IDLE", b"")
    mailbox = connect(line)
    read(mailbox, {})
    assert 0.5 <= waited(mailbox, 60, stop, meanwhile=threading.Timer(0.5, stop.set)) < 5
    assert any(command.endswith(b"IDLE") for command in line.commands) is offers_idle
    assert waited(mailbox, 60, stop) < 1
    assert read(mailbox, {}) == []


def test_servers_without_idle_are_polled(server, connect, stop, line):
    line.on_answer = lambda answer: answer.replace(b" IDLE", b"")
    mailbox, known = connect(line), {}
    read(mailbox, known)
    server.deliver("INBOX", [letter(1)])
    assert 0.4 <= waited(mailbox, 0.4, stop) < 3
    assert read(mailbox, known) == ["1@supplier.example"]


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_server_that_goes_away_while_we_wait_is_found_again(server, connect, stop, end):
    mailbox, known = connect(server), {}
    read(mailbox, known)
    assert waited(mailbox, 30, stop, meanwhile=threading.Timer(0.1, getattr(server, end))) < 10
    server.start()
    server.deliver("INBOX", [letter(1)])
    assert read(mailbox, known) == ["1@supplier.example"]


def test_a_server_that_refuses_to_idle_is_not_asked_without_end(server, connect, stop, line):
    line.on_command = lambda command: b"{tag} NO Not now" if command.endswith(b"IDLE") else None
    mailbox = connect(line, pause=0.1)
    read(mailbox, {})
    assert waited(mailbox, 30, stop) >= 0.3
    assert read(mailbox, {}) == []


def test_mail_that_can_not_be_read_yet_does_not_keep_us_busy(server, connect, stop):
    server.deliver("Offers", [letter(1)])
    mailbox = connect(server, folders=("INBOX", "Offers"))
    read(mailbox, {})
    with server.client() as owner:
        owner.delete_folder("Offers")
    server.deliver("INBOX", [letter(2)])
    with pytest.raises(ConnectorError, match="'Offers' does not exist"):
        read(mailbox, {})
    assert waited(mailbox, 30, stop) < 5
    assert waited(mailbox, 0.5, stop) >= 0.5


def test_waiting_before_the_first_read_is_a_plain_pause(server, connect, stop):
    assert 0.2 <= waited(connect(server), 0.2, stop) < 2
