"""Access tokens for mailboxes whose servers no longer take passwords.

A grant says what to send to the token service; OAuthTokens sends it, keeps the token until shortly before it expires
and asks for a new one when told that the old one was refused. Three grants cover what companies run:

- ClientCredentials: Microsoft 365, an application with IMAP.AccessAsApp that the tenant has consented to;
- RefreshToken: any provider, for one account that has once given its consent in a browser;
- ServiceAccount: Google Workspace, a service account with domain-wide delegation for https://mail.google.com/.
"""

import base64
import json
import time
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import httpx2
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from connectors import ConnectorError
from connectors.imap.errors import ConnectionLostError, SignInRefusedError
from connectors.imap.loopback import is_loopback

MICROSOFT_SCOPE = "https://outlook.office365.com/.default"
GOOGLE_SCOPE = "https://mail.google.com/"
GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address, not a token

# RFC 6749, section 5.2, and what it means to the person who set the mailbox up.
_ADVICE = {
    "invalid_client": "client_id or client_secret is wrong, or the secret has expired",
    "invalid_grant": "the grant is no longer good: consent again for a new refresh token, or check the mailbox, the"
    " service account's key and this machine's clock",
    "unauthorized_client": "the application lacks consent: an administrator has to grant it access to mail over IMAP"
    " (Microsoft: IMAP.AccessAsApp; Google: domain-wide delegation for the scope)",
    "invalid_scope": "the scope is not one the service knows",
    "unsupported_grant_type": "the service does not offer this grant; check token_url",
    "invalid_request": "the service could not make sense of the request; check token_url and scope",
}


def service_account(key_file: Path, *, mailbox: str, scope: str = GOOGLE_SCOPE) -> "ServiceAccount":
    """Read the JSON key file that Google hands out for a service account. Raises ConnectorError when it is not one."""
    try:
        key = json.loads(key_file.read_text(encoding="utf-8"))
        return ServiceAccount(
            client_email=str(key["client_email"]),
            private_key=str(key["private_key"]),
            key_id=str(key.get("private_key_id", "")),
            token_url=str(key.get("token_uri", GOOGLE_TOKEN_URL)),
            mailbox=mailbox,
            scope=scope,
        )
    except OSError as error:
        raise ConnectorError(f"the service account's key file can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        # The parser's own complaint may quote the key.
        raise ConnectorError("the service account's key file is not the JSON that Google hands out") from None


class TokenSource(Protocol):
    """Where access tokens come from."""

    def token(self, *, fresh: bool = False) -> str:
        """Return an access token; with `fresh` one that was not handed out before.

        Raises SignInRefusedError or ConnectionLostError, both of them ConnectorError, when there is none to be had.
        """
        ...


class Grant(Protocol):
    """What is shown to a token service to get an access token."""

    @property
    def token_url(self) -> str:
        """Where to ask."""
        ...

    def form(self) -> dict[str, str]:
        """Return the fields to post."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """An application that acts for itself."""

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = MICROSOFT_SCOPE

    def form(self) -> dict[str, str]:
        """Return the fields to post."""
        return {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "scope": self.scope,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """An account that consented once; services for public clients want no secret."""

    token_url: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)
    scope: str = ""

    def form(self) -> dict[str, str]:
        """Return the fields to post."""
        fields = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "refresh_token": self.refresh_token,
            "client_secret": self.client_secret,
            "scope": self.scope,
        }
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """A service account that signs for a mailbox (RFC 7523). `private_key` is an RSA key in PEM."""

    client_email: str
    private_key: str = field(repr=False)
    mailbox: str
    key_id: str = ""
    token_url: str = GOOGLE_TOKEN_URL
    scope: str = GOOGLE_SCOPE

    def form(self) -> dict[str, str]:
        """Return the fields to post. Raises ConnectorError when the key is no RSA key in PEM."""
        return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self._assertion()}

    def _assertion(self) -> str:
        now = int(time.time())
        header = {"alg": "RS256", "typ": "JWT"} | ({"kid": self.key_id} if self.key_id else {})
        claims = {
            "iss": self.client_email,
            "sub": self.mailbox,
            "scope": self.scope,
            "aud": self.token_url,
            "iat": now,
            "exp": now + 3600,
        }
        signed = _base64(json.dumps(header).encode()) + b"." + _base64(json.dumps(claims).encode())
        signature = _rsa_key(self.private_key).sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return (signed + b"." + _base64(signature)).decode("ascii")


class OAuthTokens:
    """The token source over a grant: asks when it must, keeps what it got. `timeout` in seconds."""

    def __init__(self, grant: Grant, *, timeout: float = 10.0) -> None:
        try:
            url = httpx2.URL(grant.token_url)
        except httpx2.InvalidURL as error:
            raise ConnectorError("token_url is not an address") from error
        if not url.host or (url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host))):
            raise ConnectorError("token_url must start with https://")
        self._grant = grant
        self._timeout = timeout
        self._token = ""
        self._good_until = 0.0

    def token(self, *, fresh: bool = False) -> str:
        """Return the token in hand while it is good for a while longer, else a new one."""
        if fresh or not self._token or time.monotonic() >= self._good_until:
            self._renew()
        return self._token

    def _renew(self) -> None:
        self._token = ""
        answer = _post(self._grant, timeout=self._timeout)
        token, lifetime = answer.get("access_token"), _seconds(answer.get("expires_in"))
        if not isinstance(token, str) or not token or any(not "!" <= sign <= "~" for sign in token):
            raise ConnectorError("the token service answered without an access token; check token_url")
        renewed = answer.get("refresh_token")
        if isinstance(self._grant, RefreshToken) and isinstance(renewed, str) and renewed:
            self._grant = replace(self._grant, refresh_token=renewed)
        # A sign-in takes a moment, and clocks differ: stop using a token a minute early, a short-lived one a tenth.
        self._good_until = time.monotonic() + lifetime - min(60.0, lifetime / 10)
        self._token = token


def _post(grant: Grant, *, timeout: float) -> dict[str, object]:
    host = httpx2.URL(grant.token_url).host
    form = grant.form()
    try:
        response = httpx2.post(grant.token_url, data=form, headers={"Accept": "application/json"}, timeout=timeout)
    except httpx2.TimeoutException as error:
        raise ConnectionLostError(f"the token service {host} did not answer within {timeout:g} s") from error
    except httpx2.HTTPError as error:
        raise ConnectionLostError(
            f"the token service {host} can't be reached; check token_url, DNS and proxy"
        ) from error
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS or response.is_server_error:
        raise ConnectionLostError(f"the token service {host} is out of order (status {response.status_code})")
    answer = _json(response)
    if not response.is_success:
        raise SignInRefusedError(f"the token service {host} gave no token: {_advice(answer, response.status_code)}")
    return answer


def _json(response: httpx2.Response) -> dict[str, object]:
    try:
        answer = response.json()
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _advice(answer: dict[str, object], status: int) -> str:
    # The description is prose that may name the account; the code is one of a handful of words.
    code = answer.get("error")
    if isinstance(code, str) and code in _ADVICE:
        return f"{code} ({_ADVICE[code]})"
    return f"status {status}; check token_url and the application's registration"


def _seconds(value: object) -> float:
    # Some services write the number as text. Five minutes is less than any of them grants.
    try:
        return max(0.0, min(float(str(value)), 86_400.0))
    except ValueError:
        return 300.0


def _rsa_key(pem: str) -> rsa.RSAPrivateKey:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ConnectorError("the service account's private key is not an unencrypted RSA key in PEM") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise ConnectorError("the service account's private key must be an RSA key")
    return key


def _base64(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")
