"""What an operator may say about a mailbox, and what not."""

import pytest

from connectors import ConnectorError
from connectors.imap import ImapSettings, Mechanism, Tls
from connectors.imap.loopback import is_loopback

GOOD = {"name": "anna", "host": "imap.firm.example", "user": "anna@firm.example", "password": "correct horse"}


def test_the_defaults_read_inbox_and_sent_mail_over_tls():
    settings = ImapSettings(**GOOD)
    assert settings.folders == ("INBOX", r"\Sent")
    assert settings.tls is Tls.SSL
    assert settings.port == 993
    assert settings.mechanism is Mechanism.PASSWORD


def test_the_password_is_never_shown():
    assert "correct horse" not in repr(ImapSettings(**GOOD))


@pytest.mark.parametrize(
    "change",
    [
        {"tls": "none", "host": "localhost"},
        {"tls": "none", "host": "127.0.0.1"},
        {"tls": "none", "host": "::1"},
        {"tls": "starttls", "port": 143},
        {"batch_size": 200},
        {"password": "", "mechanism": "xoauth2", "tokens": object()},
    ],
)
def test_what_fits_together_is_taken(change):
    assert ImapSettings(**(GOOD | change))


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({"tls": "none"}, "in the clear"),
        ({"tls": "none", "host": "127.0.0.1.firm.example"}, "in the clear"),
        ({"tls": "maybe"}, "tls must be one of: ssl, starttls, none"),
        ({"mechanism": "cram"}, "mechanism must be one of"),
        ({"password": ""}, "a password is needed"),
        ({"mechanism": "xoauth2"}, "needs a token source"),
        ({"folders": ()}, "folders is empty"),
        ({"folders": ("IN\nBOX",)}, "control characters"),
        ({"user": "anna\r\nA1 LOGOUT"}, "control characters"),
        ({"password": "a\0b"}, "control characters"),
        ({"host": ""}, "are needed"),
        ({"port": 0}, "port"),
        ({"port": 70000}, "port"),
        ({"batch_size": 0}, "batch_size"),
        ({"batch_size": 201}, "batch_size"),
        ({"timeout": 0}, "timeout"),
        ({"tries": 0}, "tries"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_advice(change, advice):
    with pytest.raises(ConnectorError) as caught:
        ImapSettings(**(GOOD | change))
    assert advice in str(caught.value)
    assert "correct horse" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost.firm.example", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("", False),
    ],
)
def test_this_machine_is_told_from_others(host, here):
    assert is_loopback(host) is here
