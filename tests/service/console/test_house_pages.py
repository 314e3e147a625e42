"""Signing in and out, sources, users, tokens, the audit log, help, and pages for what goes wrong."""

import re
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text as sql

from service.auth.permissions import Role
from service.models import ApiToken, Refusal, SourceState, User
from tests.fakes.alerts import NOW, Case
from tests.fakes.console import make_house, text_of

PAGES = (
    *(
        "/alerts",
        "/negotiations",
        "/exposure",
        "/counterparties",
        "/people",
        "/sources",
        "/slack",
        "/awareness",
        "/audit",
    ),
    *("/settings/wording", "/settings/users", "/settings/tokens", "/settings/course", "/help"),
)


@pytest.mark.parametrize("address", ["/", *PAGES, "/alerts/00000000-0000-0000-0000-000000000000"])
def test_nothing_is_shown_without_signing_in(house, address):
    page = house.visitor().get(address)
    assert page.url.path == "/sign-in"
    assert "frontdoor user link NAME" in text_of(page)


def test_a_link_signs_in_once(house):
    link = house.link()
    assert house.visitor().get(link).url.path == "/alerts"
    page = house.visitor().get(link)
    assert page.status_code == 410
    assert "This one was used, has expired, or was never made" in text_of(page)


def test_signing_out_says_so_and_shuts_the_pages(house, client):
    page = client.post("/sign-out")
    assert "You are signed out." in text_of(page)
    assert client.get("/alerts").url.path == "/sign-in"


@pytest.mark.parametrize(
    ("role", "menu", "first"),
    [
        (
            Role.REVIEWER,
            [
                "Alerts",
                "Negotiations",
                "Exposure",
                "Counterparties",
                "People",
                "Sources",
                "Slack",
                "Wording",
                "Help",
                "Course",
            ],
            "/alerts",
        ),
        (Role.TUNER, ["Sources", "Slack", "Awareness", "Wording", "Help", "Course"], "/sources"),
        (Role.PRIVACY_OFFICER, ["Sources", "Slack", "Awareness", "Audit", "Wording", "Help", "Course"], "/sources"),
        (
            Role.ADMINISTRATOR,
            [
                *(
                    "Alerts",
                    "Negotiations",
                    "Exposure",
                    "Counterparties",
                    "People",
                    "Sources",
                    "Slack",
                    "Awareness",
                    "Audit",
                ),
                *("Wording", "Users", "Tokens", "Help", "Course"),
            ],
            "/alerts",
        ),
    ],
)
def test_the_menu_has_what_a_role_may_see_and_no_other_page_opens(house, role, menu, first):
    client = house.signed_in(role)
    page = client.get("/")
    assert page.url.path == first
    assert re.findall(r'<a href="[^"]+"(?: aria-current="page")?>\s*<span>(\w+)</span>', page.text) == menu
    opened = [address for address in PAGES if client.get(address).status_code == 200]
    assert len(opened) == len(menu)


def test_a_form_of_another_site_is_refused(client):
    page = client.post("/settings/users", data={"name": "Eve"}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403


def test_pages_are_not_kept_and_allow_no_script_but_our_own(client):
    headers = client.get("/alerts").headers
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", [*PAGES, "/sign-in"])
def test_no_page_has_script_or_style_inline(house, client, address):
    house.add(Case())
    page = client.get(address).text
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?! type=\"module\" src=\"/static/)", page)


def test_files_are_kept_for_ever_under_an_address_that_changes_with_them(client):
    page = client.get("/help").text
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/0/console.css").headers["cache-control"] == "no-store"
    assert client.get("/static/0/..%2frender.py").status_code == 404
    assert client.get("/static/0/nothing.js").status_code == 404


def add_source(house, name, **state):
    with house.database.transaction() as session:
        known = {"kind": "imap", "messages": 10, "refusals": 0, "read_at": NOW, "failure": ""}
        session.add(SourceState(source=name, **known | state))


def test_a_failing_source_is_warned_of_on_every_page_in_words(house, client):
    add_source(house, "mailbox", failed_at=NOW, failure="the server refused the password", read_at=None)
    for address in PAGES:
        assert "mailbox can't be read (never read so far): the server refused the password" in text_of(
            client.get(address)
        )


def test_who_may_not_see_sources_is_not_warned(house):
    add_source(house, "mailbox", failed_at=NOW, failure="refused")
    # Every role sees sources today; somebody without a role does not.
    client = house.signed_in(Role.TUNER)
    with house.database.transaction() as session:
        session.execute(User.__table__.update().values(roles=[]))
    assert "Ingestion needs a look" not in text_of(client.get("/help"))


@pytest.mark.parametrize(
    ("minutes", "condition"), [(0, "Reading"), (14, "Reading"), (16, "Silent"), (60 * 24 * 30, "Silent")]
)
def test_a_source_that_was_not_read_for_long_is_silent(sqlite, minutes, condition):
    source = {"kind": "files", "name": "inbox", "paths": ["in"]}
    house = make_house(sqlite, lambda: NOW, source=[source])
    add_source(house, "inbox", kind="files", read_at=NOW - timedelta(minutes=minutes))
    said = text_of(house.signed_in().get("/sources"))
    assert f"inbox files {condition}" in said
    assert ("Ingestion needs a look" in said) is (condition == "Silent")


def test_files_read_once_are_never_called_silent(house, client):
    add_source(house, "import", kind="files", read_at=NOW - timedelta(days=90))
    assert "Ingestion needs a look" not in text_of(client.get("/sources"))


def test_a_configured_source_that_was_never_heard_of_is_shown(sqlite):
    source = {"kind": "files", "name": "inbox", "paths": ["in"]}
    house = make_house(sqlite, lambda: NOW, source=[source])
    assert "inbox files Not read yet" in text_of(house.signed_in().get("/sources"))


def test_refusals_are_listed_with_where_and_why_page_by_page(either):
    client = either.signed_in()
    add_source(either, "mailbox", refusals=60)
    with either.database.transaction() as session:
        session.add_all(
            Refusal(
                source="mailbox",
                stream="INBOX",
                location=f"message {number}",
                why="it has <no> header",
                refused_at=NOW - timedelta(minutes=number),
            )
            for number in range(60)
        )
    page = client.get("/sources")
    assert "INBOX message 0 it has <no> header mailbox just now" in text_of(page)
    older = unescape(re.search(r'href="([^"]+)" rel="next"', page.text)[1])
    said = text_of(client.get(older))
    assert "INBOX message 50 " in said
    assert "INBOX message 49 " not in said
    assert "Nothing was refused" in text_of(client.get("/sources?source=other"))


def test_a_token_is_shown_once_and_lets_in_until_it_is_revoked(house, client):
    page = client.post("/settings/tokens", data={"name": "SIEM", "scope": ["alerts:read"], "days": "30"})
    token = re.search(r'id="secret"[^>]*>(fd_[\w-]+)<', page.text)[1]
    bearer = {"authorization": f"Bearer {token}", "accept": "application/json"}
    assert house.visitor().get("/api/v1/alerts", headers=bearer).status_code == 200
    page = client.get("/settings/tokens")
    assert token not in page.text
    assert "SIEM alerts:read Ana Ferreira just now just now 13 Apr 2026, 12:00 UTC" in text_of(page)
    revoke = re.search(r'action="(/settings/tokens/[^"]+/revoke)"', page.text)[1]
    assert "The token was revoked." in text_of(client.post(revoke))
    assert house.visitor().get("/api/v1/alerts", headers=bearer).status_code == 401


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "SIEM", "days": "30"}, "A token needs at least one scope."),
        ({"name": " ", "scope": "alerts:read", "days": "30"}, "A name has 1 to 100 characters"),
    ],
)
def test_a_token_that_cannot_be_made_says_why_and_keeps_what_was_typed(house, client, fields, said):
    page = client.post("/settings/tokens", data=fields)
    assert page.status_code == 400
    assert said in text_of(page)
    assert f'value="{fields["name"]}"' in page.text
    with house.database.transaction(write=False) as session:
        assert session.query(ApiToken).count() == 0


def test_a_user_is_added_given_a_link_and_roles_shut_out_and_let_in_again(either):
    client = either.signed_in()
    page = client.post("/settings/users", data={"name": "Bo <b>", "role": ["reviewer"]})
    assert "The user was added." in text_of(page)
    assert "Bo &lt;b&gt;" in page.text
    with either.database.transaction(write=False) as session:
        user = session.query(User).filter_by(name="Bo <b>").one().id
    page = client.post(f"/settings/users/{user}/link")
    link = unescape(re.search(r'id="secret"[^>]*>([^<]+)<', page.text)[1])
    their = either.visitor()
    assert their.get(link).url.path == "/alerts"
    client.post(f"/settings/users/{user}/roles", data={"role": ["tuner"]})
    assert their.get("/alerts").status_code == 403
    assert "signed out everywhere" in text_of(client.post(f"/settings/users/{user}/disable"))
    assert their.get("/help").url.path == "/sign-in"
    assert "may sign in again" in text_of(client.post(f"/settings/users/{user}/enable"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "A name has 1 to 100 characters"), ("ANA ferreira", "There is a user of this name already.")],
)
def test_a_user_that_cannot_be_added_says_why(client, name, said):
    page = client.post("/settings/users", data={"name": name})
    assert page.status_code == 400
    assert said in text_of(page)


def test_a_users_slack_person_is_saved_shown_and_taken_away(either):
    client = either.signed_in()
    client.post("/settings/users", data={"name": "Bo", "role": ["reviewer"], "slack": "T1:U1"})
    with either.database.transaction(write=False) as session:
        user = session.query(User).filter_by(name="Bo").one()
    assert user.slack == "T1:U1"
    address = f"/settings/users/{user.id}/slack"
    page = client.post(address, data={"slack": "t1:u2"})
    assert "The Slack person was saved." in text_of(page)
    assert 'value="T1:U2"' in page.text
    assert "The Slack person was taken away." in text_of(client.post(address, data={"slack": ""}))
    assert 'value="T1:U2"' not in client.get("/settings/users").text


@pytest.mark.parametrize(
    ("typed", "said"), [("@bo", "A Slack person is TEAM:USER"), ("T1:U1", "Another user acts as this Slack person")]
)
def test_a_slack_person_that_can_not_be_saved_says_why_beside_the_user(house, client, typed, said):
    client.post("/settings/users", data={"name": "Ann", "slack": "T1:U1"})
    client.post("/settings/users", data={"name": "Bo", "role": ["reviewer"]})
    with house.database.transaction(write=False) as session:
        user = session.query(User).filter_by(name="Bo").one().id
    page = client.post(f"/settings/users/{user}/slack", data={"slack": typed})
    assert page.status_code == 400
    assert said in text_of(page)
    assert f'value="{typed}"' in page.text
    page = client.post("/settings/users", data={"name": "Cy", "role": ["tuner"], "slack": typed})
    assert page.status_code == 400
    assert said in text_of(page)
    with house.database.transaction(write=False) as session:
        assert session.query(User).filter_by(name="Cy").count() == 0


def test_a_users_mail_address_is_saved_shown_and_taken_away(either):
    client = either.signed_in()
    client.post("/settings/users", data={"name": "Bo", "role": ["lead"], "address": "bo@ourco.example"})
    with either.database.transaction(write=False) as session:
        user = session.query(User).filter_by(name="Bo").one()
    assert user.address == "bo@ourco.example"
    there = f"/settings/users/{user.id}/address"
    page = client.post(there, data={"address": "Bo.Lind@ourco.example"})
    assert "The mail address was saved." in text_of(page)
    assert 'value="bo.lind@ourco.example"' in page.text
    page = client.post(there, data={"address": "bo"})
    assert page.status_code == 400
    assert "Address has no @." in text_of(page)
    assert "The mail address was taken away." in text_of(client.post(there, data={"address": ""}))


@pytest.mark.parametrize("step", ["disable", "roles"])
def test_the_last_administrator_stays(house, client, step):
    with house.database.transaction(write=False) as session:
        user = session.query(User).one().id
    assert "Make another administrator first" in text_of(client.post(f"/settings/users/{user}/{step}"))


def test_the_audit_log_is_listed_and_checked(house, client):
    for _ in range(30):
        client.post("/settings/tokens", data={"name": "t", "scope": "alerts:read", "days": "0"})
        client.post("/settings/users", data={"name": f"user {_}"})
    page = client.get("/audit")
    assert "Ana Ferreira user.created" in text_of(page)
    older = re.search(r'href="([^"]+)" rel="next"', page.text)[1]
    assert "test user.link_made" in text_of(client.get(unescape(older)))
    assert "The log is whole. 63 rows checked" in text_of(client.get("/audit?check=true"))


def test_a_tampered_audit_log_is_called_so(either):
    client = either.signed_in()
    with either.database.transaction() as session:
        if either.database.is_sqlite:
            triggers = session.execute(sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in triggers:
                session.execute(sql(f"DROP TRIGGER {name}"))
        else:
            session.execute(sql("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(sql("UPDATE audit_entry SET actor = 'nobody' WHERE seq = 2"))
    assert "The log was tampered with. Row 2 does not fit" in text_of(client.get("/audit?check=true"))


def test_an_audit_row_about_an_alert_leads_to_it(house, client):
    [alert] = house.add(Case())
    client.get(f"/alerts/{alert}")
    assert f'<a class="mono" href="/alerts/{alert}">' in client.get("/audit").text


def test_the_help_explains_every_label_verdict_severity_and_key(client):
    said = text_of(client.get("/help"))
    for word in ("Specification", "Elicitation", "Insufficient data", "Critical", "Suppressed", "Undo the review"):
        assert word in said
    for word in ("No second person", "Its holders alone open it", "The ledger, under Exposure", "A brief"):
        assert word in said


def test_an_unknown_address_is_a_page_in_style(client):
    page = client.get("/nowhere")
    assert page.status_code == 404
    assert "Nothing here" in text_of(page)


def test_a_program_gets_problems_instead_of_pages(client):
    answer = client.get("/alerts/00000000-0000-0000-0000-000000000000", headers={"accept": "application/json"})
    assert answer.json()["status"] == 404


NAMES = ("status", "severity", "label", "counterparty", "person", "policy", "since", "until", "text", "sort", "cursor")
VALUES = st.one_of(st.text(max_size=30), st.dates().map(str), st.sampled_from(["all", "risk", "budget", "WyJyaXNrIl0"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from([*PAGES, "/alerts/00000000-0000-0000-0000-000000000000"]),
    asked=st.lists(st.tuples(st.sampled_from([*NAMES, "source", "after", "before", "check"]), VALUES), max_size=4),
)
def test_no_address_breaks_a_page(either_client, address, asked):
    page = either_client.get(address, params=asked)
    assert page.status_code in {200, 400, 404, 422}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    address=st.sampled_from(
        ["/alerts/review", "/alerts/undo", "/settings/users", "/settings/tokens", "/alerts/no/review", "/sign-in"]
    ),
    sent=st.dictionaries(
        st.sampled_from(["alert", "step", "note", "back", "review", "name", "role", "scope", "days", "token"]),
        st.one_of(VALUES, st.uuids().map(str), st.sampled_from(["benign", "new", "note", "reviewer", "alerts:read"])),
    ),
)
def test_no_form_breaks_a_page(either_client, address, sent):
    page = either_client.post(address, data=sent, follow_redirects=False)
    assert page.status_code in {200, 303, 400, 403, 404, 409, 410, 422}


@pytest.fixture
def either_client(either):
    return either.signed_in()
