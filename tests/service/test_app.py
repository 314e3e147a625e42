"""What surrounds every request."""

import logging
import subprocess
import sys

import pytest
from sqlalchemy.exc import OperationalError

from service.app import create_app
from service.auth.access import public
from service.errors import UndecryptableError
from service.settings import Server, parse_settings
from service.shield import hosts_of


@pytest.fixture
def database_url(sqlite_url):
    """What is tested here does not reach the database."""
    return sqlite_url


PATHS = ["/health", "/sign-in", "/api/v1/alerts", "/nothing", "/api/v1/nothing", "/feeds/alerts.json", "/static/x/y"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers_that_keep_browsers_safe(house, path):
    headers = house.browser("administrator").get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("localhost", True),
        ("LOCALHOST:8400", True),
        ("localhost.", True),
        ("127.0.0.1:8400", True),
        ("[::1]:8400", True),
        ("[0:0:0:0:0:0:0:1]", True),
        ("frontdoor.example", True),
        ("frontdoor.example:443", True),
        ("10.1.2.3", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("evil.example#localhost", False),
        ("evil.example@localhost:80:80", False),
        ("[::1", False),
        ("[]", False),
        ("::1", False),
        ("", False),
    ],
)
def test_it_answers_to_its_own_names_alone(house, database, keys, host, known):
    server = {"host": "10.1.2.3", "public_url": "https://frontdoor.example"}
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}, "server": server}, where="the test")
    app = create_app(database, keys, settings)
    browser = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock).anonymous()
    assert browser.get("/health", headers={"Host": host}).status_code == (200 if known else 421)


def test_without_a_public_address_only_this_machine_is_known():
    assert hosts_of(Server()) == {"localhost", "127.0.0.1", "::1"}


def test_a_large_body_is_refused_before_it_is_read_whole(house):
    browser = house.browser("administrator")
    sent = 0

    def endless():
        nonlocal sent
        for _ in range(100):
            sent += 100_000
            yield b"x" * 100_000

    answer = browser.post("/api/v1/users", content=endless(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert "megabyte" in answer.json()["detail"]
    form = browser.post("/sign-in", data={"token": "x" * 1_100_000})
    assert form.status_code == 413


@pytest.mark.parametrize(
    "body", [b"{", b"[" * 100_000, b'{"a":' * 50_000, b"\xff", b"", b"null", b"NaN", b'{"name": Infinity}']
)
def test_a_body_that_is_no_json_is_refused(house, body):
    answer = house.browser("administrator").post(
        "/api/v1/users", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}


def test_a_refused_request_says_what_to_mend_and_does_not_repeat_what_was_sent(house):
    answer = house.browser("administrator").post("/api/v1/tokens", json={"name": "geheim" * 40, "scopes": ["geheim"]})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {flaw["where"] for flaw in answer.json()["flaws"]} == {"body.name", "body.scopes.0"}
    assert "geheim" not in answer.text


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/api/v1/nothing", "text/html", "application/problem+json"),
        ("/nothing", "text/html", "text/html; charset=utf-8"),
        ("/nothing", "*/*", "text/html; charset=utf-8"),
        ("/nothing", "application/json", "application/problem+json"),
    ],
)
def test_people_get_pages_and_programs_problem_details(house, path, accept, kind):
    answer = house.anonymous().get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (404, kind)


def test_a_method_that_is_not_taken_is_told_which_are(house):
    answer = house.browser("administrator").put("/api/v1/alerts")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


@pytest.mark.parametrize(
    ("error", "status", "logged"),
    [
        (ValueError("geheim"), 500, "unexpected ValueError at "),
        (UndecryptableError("geheim"), 500, "unexpected UndecryptableError at "),
        (
            OperationalError("SELECT 'geheim'", {"a": "geheim"}, Exception("geheim")),
            503,
            "unexpected OperationalError at ",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/broken", "/api/v1/broken"])
def test_an_error_nobody_foresaw_tells_nothing_of_what_it_was_about(house, caplog, error, status, logged, path):
    @public()
    def broken():
        raise error

    house.app.router.routes.clear()
    house.app.add_api_route(path, broken)
    with caplog.at_level(logging.DEBUG):
        answer = house.anonymous().get(path)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "geheim" not in answer.text + caplog.text
    assert "Traceback" not in answer.text + caplog.text
    assert logged in caplog.text


def test_the_web_process_loads_neither_connectors_nor_detectors(house):
    check = (
        "import sys, service.app\n"
        "heavy = [name for name in sys.modules if name.startswith('connectors') or name == 'detectors.catalogue']\n"
        "print(heavy)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
