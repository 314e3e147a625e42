"""Getting in, staying in, and being told what to mend."""

import socket
import threading

import pytest

from connectors import ConnectorError
from tests.fakes.certificates import make_certificates
from tests.fakes.letters import letter, letters
from tests.fakes.wire import CUT, wire


def ids(batches):
    return [message.id for batch in batches for message in batch.messages]


def numbered(first, last):
    return [f"{number}@supplier.example" for number in range(first, last + 1)]


def refused(mailbox):
    with pytest.raises(ConnectorError) as caught:
        mailbox.check()
    assert "correct horse" not in str(caught.value)
    return str(caught.value)


@pytest.fixture
def tls_server(run_dovecot, certificates):
    return run_dovecot(certificates=certificates)


def test_check_says_what_would_be_read(server, connect):
    server.deliver("INBOX", letters(3))
    server.deliver("Sent", letters(2, start=4))
    said = connect(server, folders=("INBOX", r"\Sent")).check()
    assert "anna@firm.example" in said
    assert "INBOX 3" in said
    assert "Sent 2" in said
    assert "\n" not in said


@pytest.mark.parametrize("how", ["ssl", "starttls"])
def test_mail_comes_over_tls_when_the_authority_is_given(tls_server, connect, certificates, how):
    tls_server.deliver("INBOX", letters(2))
    port = tls_server.tls_port if how == "ssl" else tls_server.port
    mailbox = connect(tls_server, port=port, tls=how, ca_file=certificates.ca)
    assert ids(mailbox.batches({})) == numbered(1, 2)


@pytest.mark.parametrize("how", ["ssl", "starttls"])
def test_a_certificate_of_an_unknown_authority_is_refused(tls_server, connect, how):
    port = tls_server.tls_port if how == "ssl" else tls_server.port
    assert "ca_file" in refused(connect(tls_server, port=port, tls=how))


def test_a_bad_certificate_is_not_tried_again(tls_server, connect):
    mailbox = connect(tls_server, port=tls_server.tls_port, tls="ssl", pause=30)
    with pytest.raises(ConnectorError, match="ca_file"):
        next(mailbox.batches({}))


def test_a_certificate_for_another_name_is_refused(run_dovecot, tmp_path, connect):
    made = make_certificates(tmp_path, names=("mail.other.example",), addresses=())
    server = run_dovecot(certificates=made)
    mailbox = connect(server, host="localhost", port=server.tls_port, tls="ssl", ca_file=made.ca)
    assert "another host name" in refused(mailbox)


@pytest.mark.parametrize(("content", "advice"), [(None, "can't be read"), ("no certificate", "no certificate in PEM")])
def test_a_bad_ca_file_is_named(tls_server, connect, tmp_path, content, advice):
    path = tmp_path / "authority.pem"
    if content:
        path.write_text(content)
    said = refused(connect(tls_server, port=tls_server.tls_port, tls="ssl", ca_file=path))
    assert "authority.pem" in said
    assert advice in said


def test_tls_on_a_plain_port_says_so(server, connect):
    assert "no TLS spoken there" in refused(connect(server, tls="ssl"))


def test_starttls_where_there_is_none_says_so(server, connect):
    assert "no STARTTLS" in refused(connect(server, tls="starttls"))


def test_a_plain_connection_to_a_tls_port_says_so(tls_server, connect):
    assert "tls" in refused(connect(tls_server, port=tls_server.tls_port, timeout=0.5))


def test_a_port_where_nobody_listens_says_so(server, connect):
    server.kill()
    assert "nobody listens; check port" in refused(connect(server))


def test_a_host_that_does_not_exist_says_so(server, connect, monkeypatch):
    def unknown(*_arguments, **_options):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    # No test asks the real DNS.
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "check host" in refused(connect(server, host="mail.nowhere.example", tls="ssl"))


def test_a_server_that_does_not_speak_imap_says_so(connect, server):
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer():
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"SSH-2.0-something\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        assert "no greeting of an IMAP server" in refused(connect(server, port=other.getsockname()[1]))
        thread.join()


def test_a_server_that_says_nothing_is_given_up_in_time(connect, server):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "no answer in time" in refused(connect(server, port=silent.getsockname()[1], timeout=0.3))


def test_a_wrong_password_is_tried_once_and_not_again_soon(server, connect, line):
    mailbox = connect(line, password="wrong horse")
    for _ in range(3):
        with pytest.raises(ConnectorError) as caught:
            list(mailbox.batches({}))
        assert "refused anna@firm.example [AUTHENTICATIONFAILED]: check user and password" in str(caught.value)
        assert "wrong horse" not in str(caught.value)
    assert line.connections == 1


def test_check_tries_a_refused_account_again(server, connect, line):
    mailbox = connect(line, password="wrong horse")
    for _ in range(2):
        refused(mailbox)
    assert line.connections == 2


def test_passwords_beyond_ascii_and_with_quotes_work(run_dovecot, connect):
    password = 'pä"ss \\ wört%'
    server = run_dovecot(users={"anna@firm.example": password})
    assert "signed in" in connect(server, password=password).check()


@pytest.mark.parametrize("password", ['pa"ss \\ word%', "simple"])
def test_servers_without_sasl_get_a_login(run_dovecot, connect, password):
    server = run_dovecot(users={"anna@firm.example": password})
    with wire(server.port) as line:
        line.on_answer = lambda answer: answer.replace(b" AUTH=PLAIN AUTH=LOGIN", b"")
        assert "signed in" in connect(line, password=password).check()
        assert any(b" LOGIN " in command for command in line.commands)


def test_a_server_that_wants_tls_first_says_so(connect, line):
    line.on_answer = lambda answer: answer.replace(b"AUTH=PLAIN AUTH=LOGIN", b"LOGINDISABLED")
    said = refused(connect(line))
    assert "takes no password without TLS" in said
    assert "starttls" in said
    assert not any(b"LOGIN" in command for command in line.commands)


def test_a_missing_folder_is_named_with_those_that_exist(server, connect):
    server.deliver("Angebote", letters(1))
    said = refused(connect(server, folders=("INBOX", "Angebot")))
    assert "'Angebot' does not exist" in said
    assert "'Angebote'" in said
    assert "'INBOX'" in said


def test_a_folder_that_can_not_be_opened_stops_no_other(server, connect, line):
    server.deliver("INBOX", letters(2))
    server.deliver("Locked", letters(1, start=8))
    server.deliver("Open", letters(1, start=9))
    line.on_command = lambda command: b"{tag} NO [NOPERM] Not yours" if b'EXAMINE "Locked"' in command else None
    batches = connect(line, folders=("INBOX", "Locked", "Open")).batches({})
    assert ids([next(batches), next(batches)]) == [*numbered(1, 2), *numbered(9, 9)]
    with pytest.raises(ConnectorError, match=r"'Locked' NOPERM"):
        next(batches)
    assert "'Locked' NOPERM" in refused(connect(line, folders=("INBOX", "Locked", "Open")))


def test_a_server_killed_in_the_middle_and_started_again_loses_nothing(server, connect):
    server.deliver("INBOX", letters(300))
    batches = connect(server, batch_size=50, pause=0.1).batches({})
    got = [next(batches), next(batches)]
    server.kill()
    threading.Timer(0.2, server.start).start()
    got += batches
    assert ids(got) == numbered(1, 300)


def test_a_server_shut_down_in_good_order_and_started_again_loses_nothing(server, connect):
    server.deliver("INBOX", letters(120))
    batches = connect(server, batch_size=50).batches({})
    got = [next(batches)]
    server.stop()
    server.start()
    got += batches
    assert ids(got) == numbered(1, 120)


def test_a_server_that_stays_away_is_given_up_after_some_tries(server, connect):
    server.deliver("INBOX", letters(120))
    batches = connect(server, batch_size=50, tries=3).batches({})
    next(batches)
    server.kill()
    with pytest.raises(ConnectorError, match="nobody listens"):
        list(batches)


def test_closing_ends_the_pause_before_another_try(server, connect):
    server.kill()
    mailbox = connect(server, pause=60)
    threading.Timer(0.2, mailbox.close).start()
    with pytest.raises(ConnectorError):
        next(mailbox.batches({}))


def test_closing_twice_is_harmless_and_reading_again_signs_in_again(server, connect):
    server.deliver("INBOX", letters(1))
    mailbox = connect(server)
    for _ in range(2):
        assert ids(mailbox.batches({})) == numbered(1, 1)
        mailbox.close()
        mailbox.close()


def test_a_message_that_breaks_the_connection_each_time_is_refused_at_last(server, connect, line):
    server.deliver("INBOX", letters(60))
    asked = []

    def cut(command):
        if b"BODY.PEEK" in command and b"7" in command.split()[3].split(b","):
            asked.append(command)
            return CUT
        return None

    line.on_command = cut
    batches = list(connect(line, batch_size=50).batches({}))
    assert ids(batches) == [one for one in numbered(1, 60) if one != "7@supplier.example"]
    (refusal,) = [refusal for batch in batches for refusal in batch.refusals]
    assert refusal.where == "INBOX;uid=7"
    assert len(asked) == 3


def test_a_connection_that_breaks_now_and_then_refuses_nothing(server, connect, line):
    server.deliver("INBOX", letters(100))
    fetches = []

    def cut(command):
        if b"BODY.PEEK" not in command:
            return None
        fetches.append(command)
        return CUT if len(fetches) % 9 == 2 else None

    line.on_command = cut
    batches = list(connect(line, batch_size=20).batches({}))
    assert ids(batches) == numbered(1, 100)
    assert not any(batch.refusals for batch in batches)
    assert line.connections > 3


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"{tag} NO [SERVERBUG] Internal error", "the server declined to deliver it"),
        (b"{tag} NO [EXPUNGEISSUED] Gone", "it was deleted before it could be fetched"),
        (
            b"* 7 FETCH (UID 7 BODY[] NIL)\r\n{tag} OK Fetched",
            "the server delivered nothing for it, as if it had just been deleted",
        ),
        (b"{tag} OK Fetched", "it was deleted before it could be fetched"),
    ],
)
def test_a_message_that_the_server_can_not_deliver_is_one_refusal(server, connect, line, answer, why):
    server.deliver("INBOX", letters(20))
    alone = b"UID FETCH 7 (BODY.PEEK[])"

    def decline(command):
        if b"BODY.PEEK" not in command or b"7" not in command.split()[3].split(b","):
            return None
        return answer if command.endswith(alone) else b"{tag} NO [SERVERBUG] Some messages could not be fetched"

    line.on_command = decline
    (batch,) = connect(line).batches({})
    assert len(batch.messages) == 19
    assert [(refusal.where, refusal.why) for refusal in batch.refusals] == [("INBOX;uid=7", why)]


@pytest.mark.parametrize("prose", [b"[UNAVAILABLE] Later", b"Request is throttled. Suggested Backoff Time: 3"])
def test_a_server_that_asks_for_patience_gets_it_and_no_message_is_given_up(server, connect, line, prose):
    server.deliver("INBOX", letters(60))
    asked = []

    def hesitate(command):
        if b"BODY.PEEK" not in command:
            return None
        asked.append(command)
        return b"{tag} NO " + prose if len(asked) <= 4 else None

    line.on_command = hesitate
    batches = list(connect(line, batch_size=50).batches({}))
    assert ids(batches) == numbered(1, 60)
    assert [len(batch.messages) for batch in batches] == [50, 10]


def test_an_answer_out_of_step_is_read_again_on_a_new_connection(server, connect, line):
    server.deliver("INBOX", letters(3))
    garbage = iter([b"* 1 FETCH (UID 1 BODY[] (\r\n{tag} OK Fetched"])
    line.on_command = lambda command: next(garbage, None) if b"BODY.PEEK" in command else None
    assert ids(connect(line).batches({})) == numbered(1, 3)


def test_mail_goes_on_after_sign_in_was_put_off(server, connect, line):
    server.deliver("INBOX", [letter(1)])
    answers = iter([b"{tag} NO [UNAVAILABLE] Temporary authentication failure."])
    line.on_command = lambda command: next(answers, None) if b"AUTHENTICATE" in command else None
    assert ids(connect(line).batches({})) == numbered(1, 1)
    assert line.connections == 2
