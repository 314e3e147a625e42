"""Every failure under /scim/v2 is told as SCIM has it, and tells nothing of what was sent."""

import json
import logging

import pytest
from sqlalchemy.exc import OperationalError

from service.auth.access import public

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
JSON = {"Content-Type": "application/scim+json"}


def check(answer, status, keyword=None):
    body = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/scim+json"), answer.text
    assert body["schemas"] == [ERROR]
    assert (body["status"], body.get("scimType")) == (str(status), keyword)
    assert body["detail"]


@pytest.mark.parametrize(
    "path", ["/Users", "/Groups", "/Users/1", "/Schemas", "/ServiceProviderConfig", "/ResourceTypes"]
)
@pytest.mark.parametrize("accept", ["application/scim+json", "text/html", "*/*"])
def test_who_does_not_sign_in_is_told_so(lone, path, accept):
    answer = lone.house.anonymous().get(f"/scim/v2{path}", headers={"Accept": accept})
    check(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"
    wrong = lone.house.anonymous().get(f"/scim/v2{path}", headers={"Authorization": "Bearer fd_wrong"})
    check(wrong, 401)


@pytest.mark.parametrize("scope", ["users:manage", "directory:manage", "directory:read"])
def test_a_token_of_another_scope_is_refused(lone, scope):
    machine = lone.house.machine(scope)
    for method, path in (("GET", "/Users"), ("POST", "/Users"), ("DELETE", "/Groups/1"), ("GET", "/Schemas")):
        check(machine.request(method, f"/scim/v2{path}", json={} if method == "POST" else None), 403)


def test_who_may_not_write_is_refused_before_the_body_is_looked_at(lone):
    check(lone.house.anonymous().post("/scim/v2/Users", content=b"x" * 9_000_000, headers=JSON), 401)


@pytest.mark.parametrize("path", ["", "/", "/Nothing", "/Bulk", "/Users/1/2", "/Me", "/Users/"])
def test_what_there_is_not_is_not_found(lone, path):
    check(lone.http.get(f"/scim/v2{path}"), 404)


def test_a_method_that_is_not_taken_is_told_which_are(lone):
    answer = lone.http.put("/scim/v2/Users", json={})
    check(answer, 405)
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize("type_", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_a_body_of_another_type_is_refused(lone, type_):
    check(lone.http.post("/scim/v2/Users", content=b"{}", headers={"Content-Type": type_}), 415)


@pytest.mark.parametrize(
    "type_", ["application/json", "application/json; charset=utf-8", "APPLICATION/SCIM+JSON", None]
)
def test_json_goes_by_either_name(lone, type_):
    body = json.dumps({"userName": "ann@ourco.example"}).encode()
    answer = lone.http.post("/scim/v2/Users", content=body, headers={"Content-Type": type_} if type_ else {})
    assert (answer.status_code, answer.headers["content-type"]) == (201, "application/scim+json")


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000),
        *(b'{"userName": NaN}', b'{"userName": Infinity}', b'{"a": 1' + b"0" * 5000 + b"}", b"{'a': 1}"),
    ],
    ids=lambda body: f"{body[:16]!r}",
)
@pytest.mark.parametrize("way", ["POST /Users", "PUT /Users/x", "PATCH /Users/x", "POST /Groups", "PATCH /Groups/x"])
def test_a_body_that_is_no_object_is_refused(lone, body, way):
    method, _, path = way.partition(" ")
    check(lone.http.request(method, f"/scim/v2{path}", content=body, headers=JSON), 400, "invalidSyntax")


def test_a_body_that_is_too_large_is_refused(lone):
    check(lone.http.post("/scim/v2/Users", content=b" " * 8_000_001, headers=JSON), 413)


FILTERS = [
    "nonsense eq 1",
    "title eq 1",
    "active gt true",
    "active co true",
    "id co 7",
    'userName eq "a',
    "((((",
    "a b c",
    'nonsense[a eq "b"]',
    'emails[nonsense eq "b"]',
    'emails[value eq "b"].nonsense eq "c"',
    'emails.x.y eq "1"',
    'emails[emails[value eq "x"]]',
    "emails.value gt 7",
    'userName.value eq "x"',
    'members[members eq "x"]',
    'displayName[value eq "x"]',
    'meta.created eq "yesterday"',
    "meta.created gt 7",
    'meta.created co "2026"',
    'meta.created gt "9999-12-31T23:59:59-23:59"',
    'userName eq "\x00"',
    'userName eq "\\u0000"',
    'userName eq "\\udc00"',
    'password eq "x"',
    "(" * 500 + "title pr" + ")" * 500,
    "not (" * 500 + "title pr" + ")" * 500,
    "title pr and " * 500 + "title pr",
]


@pytest.mark.parametrize("kind", ["Users", "Groups"])
@pytest.mark.parametrize("text", FILTERS, ids=lambda text: ascii(text[:40]) + str(len(text)))
def test_a_filter_that_can_not_be_is_refused(lone, kind, text):
    check(lone.get(f"/{kind}", filter=text), 400, "invalidFilter")


@pytest.mark.parametrize("query", [{"count": "many"}, {"startIndex": "1.5"}, {"count": "²"}, {"startIndex": "9" * 30}])
def test_a_page_that_is_no_number_is_refused(lone, query):
    check(lone.get("/Users", **query), 400, "invalidValue")


def test_descriptions_can_not_be_filtered(lone):
    for path in ("/Schemas", "/ResourceTypes", "/ServiceProviderConfig"):
        check(lone.get(path, filter='id eq "User"'), 403)


def test_descriptions_are_served_one_by_one(lone):
    for path in ("/Schemas", "/ResourceTypes"):
        listed = lone.get(path).json()["Resources"]
        assert listed == [lone.get(f"{path}/{one['id']}").json() for one in listed]
        assert [one["meta"]["location"] for one in listed] == [
            f"http://localhost/scim/v2{path}/{one['id']}" for one in listed
        ]
        check(lone.get(f"{path}/nonsense"), 404)


def test_every_attribute_that_is_described_can_be_sent_and_comes_back(lone):
    described = {one["id"]: one for one in lone.get("/Schemas").json()["Resources"]}
    user, enterprise = (described[urn] for urn in list(described)[:2])
    texts = {one["name"]: "ann@ourco.example" for one in user["attributes"] if one["type"] == "string"}
    name = {
        one["name"]: "x"
        for attribute in user["attributes"]
        if attribute["name"] == "name"
        for one in attribute["subAttributes"]
    }
    body = {
        **texts,
        "name": name,
        "active": True,
        "emails": [{"value": "ann@ourco.example", "type": "work", "primary": True}],
    }
    body[enterprise["id"]] = {"department": "x", "manager": {"value": "tom@ourco.example"}}
    shown = lone.post("/Users", body).json()
    assert {key: shown[key] for key in body} == body
    known = {one["name"] for one in user["attributes"]} | {"schemas", "id", "meta", enterprise["id"]}
    assert set(shown) <= known


@pytest.mark.parametrize("error", [ValueError("geheim"), OperationalError("SELECT 'geheim'", {}, Exception("geheim"))])
def test_an_error_nobody_foresaw_tells_nothing_of_what_it_was_about(lone, caplog, error):
    @public()
    def broken():
        raise error

    lone.house.app.router.routes.clear()
    lone.house.app.add_api_route("/scim/v2/Users", broken)
    with caplog.at_level(logging.DEBUG):
        answer = lone.house.anonymous().get("/scim/v2/Users")
    check(answer, 503 if isinstance(error, OperationalError) else 500)
    assert "geheim" not in answer.text + caplog.text


def test_what_was_sent_is_neither_repeated_nor_logged(lone, caplog):
    with caplog.at_level(logging.DEBUG, logger="frontdoor"):
        for body in ({"userName": "geheim"}, {"userName": "a@ourco.example", "active": "geheim"}):
            assert "geheim" not in lone.post("/Users", body).text
        assert "geheim" not in lone.get("/Users", filter='userName eq "geheim').text
        user = lone.add("ann@ourco.example")
        assert "geheim" not in lone.patch(f"/Users/{user}", {"op": "replace", "path": "geheim", "value": "x"}).text
    assert "geheim" not in caplog.text
