"""Waiting for mail: woken by it, ended by the clock or by us."""

import threading
import time

import pytest

from connectors import ConnectorError
from tests.fakes.letters import letter, letters


@pytest.fixture
def stop():
    return threading.Event()


def waited(mailbox, seconds, stop):
    started = time.monotonic()
    mailbox.wait(seconds, stop)
    return time.monotonic() - started


def read(mailbox, known):
    batches = list(mailbox.batches(known))
    known.update((batch.stream, batch.cursor) for batch in batches)
    return [message.id for batch in batches for message in batch.messages]


def test_new_mail_wakes_us(server, connect, stop):
    server.deliver("INBOX", letters(2))
    mailbox, known = connect(server, folders=("INBOX", r"\Sent")), {}
    read(mailbox, known)
    threading.Timer(0.3, server.deliver, ("INBOX", [letter(3)])).start()
    assert 0.2 < waited(mailbox, 30, stop) < 5
    assert read(mailbox, known) == ["3@supplier.example"]


def test_mail_that_came_before_the_wait_ends_it_at_once(server, connect, stop):
    server.deliver("INBOX", letters(2))
    mailbox, known = connect(server), {}
    read(mailbox, known)
    server.deliver("INBOX", [letter(3)])
    assert waited(mailbox, 30, stop) < 1
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
            owner.add_flags([1], [rb"\Seen"])

    threading.Timer(0.1, flag).start()
    assert waited(mailbox, 1, stop) >= 1
    # It was told of the flag and went on waiting.
    assert sum(command.endswith(b"IDLE") for command in line.commands) >= 2


def test_idle_is_renewed_before_a_firewall_forgets_us(server, connect, stop, line, monkeypatch):
    monkeypatch.setattr("connectors.imap.session._IDLE_SECONDS", 0.2)
    mailbox = connect(line)
    read(mailbox, {})
    assert waited(mailbox, 0.7, stop) >= 0.7
    assert sum(command.endswith(b"IDLE") for command in line.commands) >= 3


@pytest.mark.parametrize("offers_idle", [True, False])
def test_stop_ends_the_wait_within_a_second(server, connect, stop, line, offers_idle):
    if not offers_idle:
        line.on_answer = lambda answer: answer.replace(b" IDLE", b"")
    mailbox = connect(line)
    read(mailbox, {})
    threading.Timer(0.2, stop.set).start()
    assert 0.1 < waited(mailbox, 60, stop) < 1.5
    assert any(command.endswith(b"IDLE") for command in line.commands) is offers_idle
    assert waited(mailbox, 60, stop) < 0.1
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
    threading.Timer(0.1, getattr(server, end)).start()
    assert waited(mailbox, 30, stop) < 3
    server.kill()
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
    assert waited(mailbox, 30, stop) < 1
    assert waited(mailbox, 0.5, stop) >= 0.5


def test_waiting_before_the_first_read_is_a_plain_pause(server, connect, stop):
    assert 0.2 <= waited(connect(server), 0.2, stop) < 2
