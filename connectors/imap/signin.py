"""From settings to a signed-in connection, and from every way in which that fails to a line that says what to mend.

What the server says is never repeated: its prose may name people, and an answer out of step may hold a message. Only
the response code in its brackets is (RFC 5530).
"""

import contextlib
import imaplib
import logging
import re
import socket
import ssl
from collections.abc import Callable, Iterator

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import CapabilityError, ProtocolError

from connectors import ConnectorError
from connectors.imap.errors import BusyError, ConnectionLostError, DeclinedError, SignInRefusedError
from connectors.imap.settings import ImapSettings, Mechanism, Tls

# At DEBUG the library logs the account's name and every line of the protocol, short messages among them.
logging.getLogger("imapclient").setLevel(logging.WARNING)

_CODE = re.compile(r"\[([A-Z][A-Z0-9-]*)")
_PASSING_CODES = frozenset({"UNAVAILABLE", "LIMIT", "INUSE", "THROTTLED"})
# Exchange asks for patience in prose alone.
_PASSING_PROSE = re.compile(r"throttl|backoff", re.IGNORECASE)
_CONNECT_SECONDS = 15.0

_CERTIFICATE_ADVICE = {
    10: "has expired",
    18: "is self-signed: give it, or the certificate of the authority behind it, as ca_file",
    62: "is for another host name: use the name that the certificate was made for as host",
    64: "is for another address: use the name that the certificate was made for as host",
}


def connect(settings: ImapSettings) -> IMAPClient:
    """Open a connection and sign in, asking for a new token once when the one in hand is refused.

    Raises ConnectionLostError when it may work later, SignInRefusedError when the account is refused, and
    ConnectorError for everything else that has to be mended first.
    """
    if settings.tokens is None:
        return _signed_in(settings, settings.password)
    token = settings.tokens.token()
    try:
        return _signed_in(settings, token)
    except SignInRefusedError:
        return _signed_in(settings, settings.tokens.token(fresh=True))


def hang_up(client: IMAPClient) -> None:
    """Close the connection without a farewell, whatever state it is in."""
    with contextlib.suppress(OSError, imaplib.IMAP4.error):
        client.shutdown()


@contextlib.contextmanager
def speaking(settings: ImapSettings, doing: str) -> Iterator[None]:
    """Turn what a command to the server may raise into ConnectionLostError or DeclinedError.

    `doing` completes "the server … while …".
    """
    try:
        yield
    except (imaplib.IMAP4.abort, OSError) as error:
        reason = "did not answer" if isinstance(error, TimeoutError) else "closed the connection"
        raise ConnectionLostError(f"{settings.where} {reason} while {doing}") from None
    except (ProtocolError, ValueError, TypeError, IndexError):
        raise ConnectionLostError(f"{settings.where} gave an answer out of step while {doing}") from None
    except imaplib.IMAP4.error as error:
        # The library wraps whatever ends a sign-in, a lost connection too.
        if isinstance(error.__context__, imaplib.IMAP4.abort):
            raise ConnectionLostError(f"{settings.where} closed the connection while {doing}") from None
        raise _declined(settings, str(error), doing) from None


def _declined(settings: ImapSettings, said: str, doing: str) -> BusyError | DeclinedError:
    """Judge a NO or BAD: is it for now, or for good? Only the response code of what was said is passed on."""
    match = _CODE.search(said)
    code = match.group(1) if match else ""
    text = f"{settings.where} declined" + (f" [{code}]" if code else "") + f" while {doing}"
    if code in _PASSING_CODES or _PASSING_PROSE.search(said):
        return BusyError(text + "; it asks for patience")
    return DeclinedError(text, code=code)


def _signed_in(settings: ImapSettings, secret: str) -> IMAPClient:
    client = _open(settings)
    try:
        with speaking(settings, "listing its capabilities"):
            capabilities = frozenset(client.capabilities())
        _sign_in(client, settings, secret, capabilities)
    except BaseException:
        hang_up(client)
        raise
    return client


def _open(settings: ImapSettings) -> IMAPClient:
    context = None if settings.tls is Tls.NONE else _tls_context(settings)
    with _reaching(settings):
        client = IMAPClient(
            settings.host,
            port=settings.port,
            ssl=settings.tls is Tls.SSL,
            ssl_context=context,
            timeout=SocketTimeout(min(settings.timeout, _CONNECT_SECONDS), settings.timeout),
        )
        # A sign-in is sent in two pieces, and the second would wait for word of the first.
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Names stay as they are on the wire: the session decodes them one by one, so that a bad one costs only itself.
        client.folder_encode = False
        if settings.tls is Tls.STARTTLS:
            try:
                client.starttls(context)
            except BaseException:
                hang_up(client)
                raise
    return client


def _tls_context(settings: ImapSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except ssl.SSLError as error:
        raise ConnectorError(f"ca_file {settings.ca_file} holds no certificate in PEM") from error
    except OSError as error:
        raise ConnectorError(f"ca_file {settings.ca_file} can't be read: {error.strerror}") from error


@contextlib.contextmanager
def _reaching(settings: ImapSettings) -> Iterator[None]:
    where = settings.where
    try:
        yield
    except socket.gaierror as error:
        raise ConnectionLostError(f"{where}: the host is not known to DNS; check host") from error
    except ConnectionRefusedError as error:
        raise ConnectionLostError(f"{where}: nobody listens; check port, and that IMAP is switched on") from error
    except TimeoutError as error:
        raise ConnectionLostError(f"{where}: no answer in time; check host, port, tls and the firewall") from error
    except ssl.SSLCertVerificationError as error:
        advice = _CERTIFICATE_ADVICE.get(
            error.verify_code, "is not from an authority known here: give the authority's certificate as ca_file"
        )
        raise ConnectorError(f"{where}: the server's certificate {advice}") from error
    except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as error:
        raise ConnectionLostError(f"{where}: the connection was closed before TLS was up") from error
    except ssl.SSLError as error:
        raise ConnectorError(f'{where}: no TLS spoken there; check port, or use tls = "starttls"') from error
    except CapabilityError as error:
        raise ConnectorError(f'{where}: the server offers no STARTTLS; use tls = "ssl" and its port') from error
    except (imaplib.IMAP4.error, OSError, ValueError):
        raise ConnectionLostError(f"{where}: no greeting of an IMAP server; check port and tls") from None


def _sign_in(client: IMAPClient, settings: ImapSettings, secret: str, capabilities: frozenset[bytes]) -> None:
    if settings.mechanism is not Mechanism.PASSWORD:
        mechanism = settings.mechanism.upper()
        if b"AUTH=" + mechanism.encode() not in capabilities:
            offered = sorted(one.decode("ascii", "replace") for one in capabilities if one.startswith(b"AUTH="))
            raise ConnectorError(f"{settings.where} offers no sign-in by {mechanism}, but {', '.join(offered)}")
        with _signing_in(settings):
            client.sasl_login(mechanism, _bearer(settings, secret))
    elif b"AUTH=PLAIN" in capabilities:
        with _signing_in(settings):
            client.plain_login(settings.user, secret)
    elif b"LOGINDISABLED" in capabilities:
        raise ConnectorError(f'{settings.where} takes no password without TLS; use tls = "ssl" or "starttls"')
    elif not (settings.user + secret).isascii():
        raise ConnectorError(f"{settings.where} offers no way to send a user or password beyond ASCII")
    else:
        with _signing_in(settings):
            client.login(_quoted(settings.user), secret)


def _bearer(settings: ImapSettings, token: str) -> Callable[[bytes], bytes]:
    if settings.mechanism is Mechanism.XOAUTH2:
        first, farewell = f"user={settings.user}\1auth=Bearer {token}\1\1", b""
    else:
        identity = settings.user.replace("=", "=3D").replace(",", "=2C")
        first, farewell = f"n,a={identity},\1auth=Bearer {token}\1\1", b"\1"
    answers = iter([first.encode()])
    # A second challenge is the server's reason for a refusal; it wants an empty answer before it says NO.
    return lambda _challenge: next(answers, farewell)


@contextlib.contextmanager
def _signing_in(settings: ImapSettings) -> Iterator[None]:
    try:
        with speaking(settings, "signing in"):
            yield
    except DeclinedError as error:
        code = f" [{error.code}]" if error.code else ""
        advice = _token_advice() if settings.tokens else _password_advice(settings)
        raise SignInRefusedError(f"{settings.where} refused {settings.user}{code}: {advice}") from None


def _password_advice(settings: ImapSettings) -> str:
    if settings.host.endswith((".office365.com", ".outlook.com", ".gmail.com", ".googlemail.com")):
        return 'this provider takes no passwords any more; use mechanism = "xoauth2" with a token source'
    return "check user and password, and whether IMAP is allowed for this account"


def _token_advice() -> str:
    return "the token was good but not for this mailbox; check user, scope, and that the application may read it"


def _quoted(user: str) -> str:
    # imaplib quotes the password of a LOGIN, not the user.
    escaped = user.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
