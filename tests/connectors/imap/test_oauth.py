"""Tokens: how they are come by, kept and renewed, and real sign-ins with them."""

import base64
import json
import logging
import socket

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from connectors import ConnectorError
from connectors.imap import ClientCredentials, OAuthTokens, RefreshToken, ServiceAccount, service_account
from tests.fakes.letters import letters

SECRET = "s3cret-of-the-app"


def pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def app(tokens):
    return OAuthTokens(ClientCredentials(token_url=tokens.token_url, client_id="app", client_secret=SECRET))


@pytest.fixture
def oauth_server(run_dovecot, tokens):
    return run_dovecot(introspection_url=tokens.introspection_url)


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_mail_comes_with_a_token(oauth_server, connect, app, tokens, mechanism):
    oauth_server.deliver("INBOX", letters(2))
    (batch,) = connect(oauth_server, mechanism=mechanism, tokens=app).batches({})
    assert len(batch.messages) == 2
    assert tokens.issued == ["token-1"]


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_refused_token_is_renewed_once(oauth_server, connect, app, tokens, mechanism):
    tokens.revoked = {"token-1"}
    assert "signed in" in connect(oauth_server, mechanism=mechanism, tokens=app).check()
    assert len(tokens.issued) == 2


@pytest.mark.parametrize("mechanism", ["xoauth2", "oauthbearer"])
def test_a_token_for_another_mailbox_is_an_error_after_two_tries(oauth_server, connect, app, tokens, mechanism):
    tokens.mailbox = "somebody@firm.example"
    mailbox = connect(oauth_server, mechanism=mechanism, tokens=app)
    for _ in range(2):
        with pytest.raises(ConnectorError, match="not for this mailbox") as caught:
            list(mailbox.batches({}))
        assert "token-" not in str(caught.value)
    assert len(tokens.issued) == 2


def test_a_server_without_the_mechanism_says_what_it_offers(server, connect, app):
    with pytest.raises(ConnectorError, match="no sign-in by XOAUTH2, but AUTH=LOGIN, AUTH=PLAIN"):
        connect(server, mechanism="xoauth2", tokens=app).check()


def test_client_credentials_are_sent_as_microsoft_wants_them(app, tokens):
    assert app.token() == "token-1"
    assert tokens.requests == [
        {
            "grant_type": "client_credentials",
            "client_id": "app",
            "client_secret": SECRET,
            "scope": "https://outlook.office365.com/.default",
        }
    ]


def test_a_refresh_token_is_sent_and_its_successor_used(tokens):
    tokens.extra = {"expires_in": 3600, "refresh_token": "second"}
    source = OAuthTokens(RefreshToken(token_url=tokens.token_url, client_id="app", refresh_token="first"))
    source.token()
    source.token(fresh=True)
    assert tokens.requests == [
        {"grant_type": "refresh_token", "client_id": "app", "refresh_token": "first"},
        {"grant_type": "refresh_token", "client_id": "app", "refresh_token": "second"},
    ]


def test_a_service_account_signs_for_its_mailbox(tokens, rsa_key, tmp_path):
    path = tmp_path / "key.json"
    key = {
        "client_email": "robot@project.example",
        "private_key": pem(rsa_key),
        "private_key_id": "k1",
        "token_uri": tokens.token_url,
    }
    path.write_text(json.dumps(key))
    assert OAuthTokens(service_account(path, mailbox="anna@firm.example")).token() == "token-1"
    (form,) = tokens.requests
    assert form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer"
    header, claims, signature = form["assertion"].split(".")
    rsa_key.public_key().verify(unbase64(signature), f"{header}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
    assert json.loads(unbase64(header)) == {"alg": "RS256", "typ": "JWT", "kid": "k1"}
    said = json.loads(unbase64(claims))
    assert said.pop("exp") - said.pop("iat") == 3600
    assert said == {
        "iss": "robot@project.example",
        "sub": "anna@firm.example",
        "scope": "https://mail.google.com/",
        "aud": tokens.token_url,
    }


def unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_a_token_is_kept_until_shortly_before_it_expires(app, tokens, monkeypatch):
    now = 1000.0
    monkeypatch.setattr("connectors.imap.oauth.time.monotonic", lambda: now)
    assert [app.token(), app.token()] == ["token-1", "token-1"]
    now += 3600 - 61
    assert app.token() == "token-1"
    now += 2
    assert app.token() == "token-2"
    assert app.token(fresh=True) == "token-3"


@pytest.mark.parametrize(("lifetime", "asked"), [("3600", 1), (0, 2), (-5, 2), (None, 1), ("soon", 1), ("nan", 2)])
def test_odd_lifetimes_do_no_harm(app, tokens, lifetime, asked):
    tokens.extra = {"expires_in": lifetime}
    app.token()
    app.token()
    assert len(tokens.requests) == asked


@pytest.mark.parametrize(
    ("status", "answer", "advice"),
    [
        (401, {"error": "invalid_client", "error_description": SECRET}, "client_id or client_secret is wrong"),
        (400, {"error": "invalid_grant"}, "consent again"),
        (400, {"error": "unauthorized_client"}, "IMAP.AccessAsApp"),
        (400, {"error": SECRET}, "status 400; check token_url"),
        (400, ["no", "object"], "status 400"),
        (404, {}, "status 404; check token_url"),
        (302, {}, "status 302"),
        (503, {}, "out of order (status 503)"),
        (429, {}, "out of order (status 429)"),
        (200, {"token": "x"}, "without an access token"),
        (200, {"access_token": "a\x01b"}, "without an access token"),
        (200, {"access_token": 5}, "without an access token"),
        (200, b"<html>", "without an access token"),
    ],
)
def test_a_service_that_gives_no_token_is_explained_without_a_secret(app, tokens, status, answer, advice):
    tokens.failure = (status, answer)
    with pytest.raises(ConnectorError) as caught:
        app.token()
    assert advice in str(caught.value)
    assert SECRET not in str(caught.value)


def test_no_log_line_holds_a_token_or_a_secret(oauth_server, connect, app, tokens, caplog):
    with caplog.at_level(logging.DEBUG):
        tokens.revoked = {"token-1"}
        connect(oauth_server, mechanism="xoauth2", tokens=app).check()
    encoded = base64.b64encode(b"user=anna@firm.example\x01auth=Bearer token-2\x01\x01").decode()
    for word in (SECRET, "token-1", "token-2", "anna@", encoded):
        assert word not in caplog.text


def test_a_service_that_is_out_of_order_is_asked_again(oauth_server, connect, app, tokens):
    oauth_server.deliver("INBOX", letters(1))
    tokens.failure = (503, {})
    mailbox = connect(oauth_server, mechanism="xoauth2", tokens=app, tries=3)
    with pytest.raises(ConnectorError, match="out of order"):
        list(mailbox.batches({}))
    assert len(tokens.requests) == 3
    tokens.failure = None
    assert len(list(mailbox.batches({}))) == 1


def test_a_refused_application_is_not_asked_for_again_soon(oauth_server, connect, app, tokens):
    tokens.failure = (401, {"error": "invalid_client"})
    mailbox = connect(oauth_server, mechanism="xoauth2", tokens=app)
    for _ in range(3):
        with pytest.raises(ConnectorError, match="invalid_client"):
            list(mailbox.batches({}))
    assert len(tokens.requests) == 1


@pytest.mark.parametrize(
    ("listens", "advice"), [(True, "did not answer within 0.2 s"), (False, "can't be reached; check token_url")]
)
def test_a_service_that_is_not_there_is_explained(listens, advice):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/token"
        if not listens:
            silent.close()
        source = OAuthTokens(ClientCredentials(token_url=url, client_id="app", client_secret=SECRET), timeout=0.2)
        with pytest.raises(ConnectorError) as caught:
            source.token()
    assert advice in str(caught.value)


@pytest.mark.parametrize("url", ["http://login.firm.example/token", "login.firm.example", "", "https://", "http://[::"])
def test_a_token_url_in_the_clear_is_refused(url):
    with pytest.raises(ConnectorError, match="token_url"):
        OAuthTokens(ClientCredentials(token_url=url, client_id="app", client_secret=SECRET))


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"client_email": "x"}', "\N{SNOWMAN}", "null"])
def test_a_file_that_is_no_key_is_refused(tmp_path, content):
    path = tmp_path / "key.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConnectorError, match="key file is not the JSON"):
        service_account(path, mailbox="anna@firm.example")


def test_a_key_file_that_is_missing_is_an_error(tmp_path):
    with pytest.raises(ConnectorError, match="key file can't be read"):
        service_account(tmp_path / "none.json", mailbox="anna@firm.example")


@pytest.mark.parametrize(
    ("key", "advice"),
    [("rubbish", "not an unencrypted RSA key"), (pem(ec.generate_private_key(ec.SECP256R1())), "must be an RSA key")],
    ids=["rubbish", "elliptic"],
)
def test_a_key_that_can_not_sign_is_refused(key, advice):
    account = ServiceAccount(client_email="robot@project.example", private_key=key, mailbox="anna@firm.example")
    with pytest.raises(ConnectorError, match=advice):
        account.form()


def test_no_grant_shows_its_secret(rsa_key):
    grants = [
        ClientCredentials(token_url="https://login.example", client_id="app", client_secret=SECRET),
        RefreshToken(token_url="https://login.example", client_id="app", refresh_token=SECRET, client_secret=SECRET),
        ServiceAccount(client_email="robot@project.example", private_key=SECRET, mailbox="anna@firm.example"),
    ]
    assert not any(SECRET in repr(grant) for grant in grants)
