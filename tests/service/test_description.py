"""The API's description: complete, with examples that are true to it."""

import pytest
from jsonschema_rs import validator_for

from service.app import create_app
from service.crypto import new_keys
from service.database import connect
from service.description import describe
from service.examples import EXAMPLES, PARAMETERS
from service.settings import parse_settings


@pytest.fixture(scope="module")
def described():
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}}, where="the test")
    return describe(create_app(connect("sqlite://"), new_keys(), settings))


def operations(described):
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_model_has_an_example_that_fits_it(described):
    schemas = described["components"]["schemas"]
    models = {name for name, schema in schemas.items() if schema["type"] == "object"}
    assert models == set(EXAMPLES)
    for name in models:
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        assert validator_for(schema).is_valid(EXAMPLES[name]), name


def test_every_parameter_has_an_example_or_a_description(described):
    seen = set()
    for name, operation in operations(described):
        for parameter in operation.get("parameters", ()):
            seen.add(parameter["name"])
            assert "example" in parameter or parameter["name"] in {"cursor", "token", "after"}, (
                f"{name}: {parameter['name']}"
            )
    assert set(PARAMETERS) <= seen


def test_every_route_says_what_it_does_and_how_it_fails(described):
    for name, operation in operations(described):
        assert operation["description"], name
        assert operation["tags"], name
        failures = {status: text for status, text in operation["responses"].items() if status >= "400"}
        for status, text in failures.items():
            if status != "503":
                assert list(text["content"]) == ["application/problem+json"], f"{name} {status}"
        if "security" in operation:
            assert {"401"} <= set(failures), name


def test_every_route_but_the_open_ones_says_which_scope_it_asks_for(described):
    scopes = {name: operation.get("security") for name, operation in operations(described)}
    assert scopes["GET /health"] is None
    assert scopes["GET /api/v1/alerts"] == [{"token": ["alerts:read"]}, {"session": ["alerts:read"]}]
    assert scopes["GET /api/v1/me"] == [{"token": []}, {"session": []}]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_is_for_whoever_is_signed_in(house):
    assert house.anonymous().get("/openapi.json").status_code == 401
    assert house.browser("privacy_officer").get("/openapi.json").json()["openapi"].startswith("3.")
    for path in ("/docs", "/redoc"):
        assert house.browser("administrator").get(path).status_code == 404
