"""Whatever is sent to the API, it ends in an answer that was foreseen."""

import contextlib

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.python.asgi import HOST

from service.app import create_app
from service.settings import parse_settings
from tests.fakes.alerts import LEAK, Case, Mail, add_case

# A stream has no end to wait for.
STREAMS = {"/feeds/alerts/events"}
LOOK = settings(
    max_examples=max(settings.default.max_examples // 10, 1),
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SCOPES = [
    *("alerts:read", "alerts:review", "feeds:read", "sources:read", "metrics:read", "users:manage", "audit:read"),
    *("negotiations:read", "negotiations:manage", "directory:read", "directory:manage"),
]


@pytest.fixture
def described(house, database, keys):
    """An application under the fuzzer's host name, as the fuzzer knows it, and the way in."""
    own = {"company": {"own_domains": ["ourco.example"]}, "server": {"host": HOST}}
    app = create_app(database, keys, parse_settings(own, where="the test"), clock=house.clock)
    with database.transaction() as session:
        for case in (Case(), Case(messages=(Mail(text=None), LEAK), status="resolved")):
            add_case(session, keys, case)
    headers = {"Authorization": f"Bearer {house.token(*SCOPES)}"}
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=headers), headers


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_no_request_that_the_description_allows_or_just_does_not_fails_unforeseen(described, mode):
    schema, headers = described
    tried = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in STREAMS:
            continue

        @LOOK
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case):
            answer = case.call(headers=headers)
            tried.add((case.method, case.path, answer.status_code))
            assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.status_code}"

        with contextlib.suppress(Unsatisfiable):  # what takes no parameters can't be asked wrongly
            send()
    assert len({path for _, path, _ in tried}) > 12
    assert {status for _, _, status in tried} & {200, 201} or mode.is_negative
