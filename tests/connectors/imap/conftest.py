import contextlib

import pytest

from connectors.imap import Imap, ImapSettings
from tests.fakes.certificates import make_certificates
from tests.fakes.dovecot import DOVECOT, HOW_TO_GET_IT, dovecot
from tests.fakes.tokens import token_service
from tests.fakes.wire import wire

MAILBOX = "anna@firm.example"


@pytest.fixture
def run_dovecot():
    """Start servers by the arguments of `dovecot`; they end with the test."""
    if not DOVECOT.exists():
        pytest.skip(HOW_TO_GET_IT)
    with contextlib.ExitStack() as stack:
        yield lambda **options: stack.enter_context(dovecot(**options))


@pytest.fixture
def server(run_dovecot):
    """A plain server with one account."""
    return run_dovecot(users={MAILBOX: "correct horse"})


@pytest.fixture
def certificates(tmp_path):
    return make_certificates(tmp_path)


@pytest.fixture
def tokens():
    with token_service(MAILBOX) as service:
        yield service


@pytest.fixture
def line(server):
    """A line to the server on which things can go wrong."""
    with wire(server.port) as laid:
        yield laid


@pytest.fixture
def connect():
    """Make a connector for the first account of a server, or over a line to it, that is closed with the test."""
    with contextlib.ExitStack() as stack:

        def make(place, **options):
            defaults = {
                "name": "anna",
                "host": place.host,
                "port": place.port,
                "user": MAILBOX,
                "tls": "none",
                "folders": ("INBOX",),
                "pause": 0.02,
                "timeout": 10,
            }
            if "tokens" not in options:
                defaults["password"] = "correct horse"
            mailbox = Imap(ImapSettings(**(defaults | options)))
            stack.callback(mailbox.close)
            return mailbox

        yield make
