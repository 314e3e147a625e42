"""Installing by OAuth, and consenting to one's own token: the round trip, and everything that can go wrong with it."""

import re
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import func, select

from service.audit.store import list_entries
from service.database import connect
from service.slack.asker import asker_of
from service.slack.consent_command import answer_consent
from service.slack.consents import CONSENT_PATH, consent_url, has_consented, withdraw
from service.slack.installs import Installation, load_consent, load_installation, save_installation
from service.slack.models import SlackConsent, SlackTicket, SlackWorkspace, WorkspaceState
from service.slack.scopes import BOT_SCOPES, USER_SCOPES
from tests.fakes.alerts import NOW
from tests.fakes.console import make_house, text_of
from tests.fakes.office import make_office

SECRET = "made-up-client-secret"
BOT = [one.name for one in BOT_SCOPES]
USER = [one.name for one in USER_SCOPES]
BACK = "http://127.0.0.1/slack/oauth_redirect"


@pytest.fixture
def source(slack, monkeypatch):
    monkeypatch.setenv("FRONTDOOR_TEST_CLIENT", SECRET)
    monkeypatch.setenv("FRONTDOOR_TEST_SIGNING", "x")
    return {
        "kind": "slack",
        "name": "chat",
        "installs": {"client_id": "1000.2000", "client_secret": {"env": "FRONTDOOR_TEST_CLIENT"}},
        "signing_secret": {"env": "FRONTDOOR_TEST_SIGNING"},
        "base_url": slack.url,
    }


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(sqlite_url, source, clock):
    with closing(connect(sqlite_url)) as database:
        yield make_house(database, clock, source=[source])


@pytest.fixture
def invite(house):
    page = house.signed_in().post("/slack/invites")
    return re.search(r"/slack/install\?invite=([\w-]+)", page.text)[1]


def to_slack(answer):
    """Return what the browser is sent to Slack with."""
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert where.path == "/oauth/v2/authorize"
    return {name: values[0] for name, values in parse_qs(where.query).items()}


def begin(house, invite, browser=None):
    browser = browser or house.visitor()
    return browser, to_slack(browser.post("/slack/install", data={"invite": invite}, follow_redirects=False))


def come_back(browser, **query):
    return browser.get("/slack/oauth_redirect", params=query)


def count(house, table):
    with house.database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(table))


def kept(house, where):
    with house.database.transaction(write=False) as session:
        return load_installation(session, house.keys, where)


def test_an_install_link_leads_through_slack_to_an_installation(house, slack, invite):
    browser = house.visitor()
    page = browser.get("/slack/install", params={"invite": invite})
    assert all(one.why.replace("`", "") in text_of(page).replace("`", "") for one in BOT_SCOPES)
    browser, asked = begin(house, invite, browser)
    assert asked["client_id"] == "1000.2000"
    assert asked["scope"].split(",") == BOT
    assert "user_scope" not in asked
    assert asked["redirect_uri"] == BACK
    page = come_back(browser, code=slack.approve("U1", BOT, redirect=BACK), state=asked["state"])
    assert page.status_code == 200
    assert "The app is installed in Ourco" in text_of(page)
    made = kept(house, "T1")
    assert (made.name, made.bot_user_id, sorted(made.scopes)) == ("Ourco", "UBOT", sorted(BOT))
    assert made.token.startswith("xoxb-")
    assert count(house, SlackTicket) == 0
    with house.database.transaction(write=False) as session:
        done = next(one for one in list_entries(session) if one.action == "slack.installed")
        row = session.get(SlackWorkspace, "T1")
    assert (done.actor, done.object, done.detail["by"], row.installed_by) == ("Ana Ferreira", "T1", "U1", "U1")
    assert made.token not in str(done.detail)
    assert made.token.encode() not in row.sealed


def test_slack_gets_the_secret_and_nobody_else(house, slack, invite):
    browser, asked = begin(house, invite)
    page = come_back(browser, code=slack.approve("U1", BOT), state=asked["state"])
    assert SECRET not in page.text + str(asked)
    assert "xoxb-" not in page.text


def test_an_organisation_installs_once_for_all_its_workspaces(house, slack, invite):
    slack.world.teams["T1"].enterprise = "E1"
    browser, asked = begin(house, invite)
    come_back(browser, code=slack.approve("U1", BOT, org=True), state=asked["state"])
    made = kept(house, "E1")
    assert (made.is_enterprise, made.enterprise_id) == (True, "E1")
    assert kept(house, "T1") is None


def test_installing_again_replaces_the_token_and_ends_trouble(house, slack, invite):
    with house.database.transaction() as session:
        old = Installation(id="T1", token="xoxb-old", state=WorkspaceState.REVOKED, failure="gone")
        save_installation(session, house.keys, old, by="U9", now=NOW)
    browser, asked = begin(house, invite)
    come_back(browser, code=slack.approve("U1", BOT), state=asked["state"])
    made = kept(house, "T1")
    assert (made.state, made.failure) == ("connected", "")
    assert made.token != "xoxb-old"
    assert count(house, SlackWorkspace) == 1


def test_fewer_scopes_than_asked_for_are_told_at_once(house, slack, invite):
    browser, asked = begin(house, invite)
    page = come_back(browser, code=slack.approve("U1", ["channels:read"]), state=asked["state"])
    assert "It was granted less than it asked for and lacks channels:history, chat:write" in text_of(page)


@pytest.mark.parametrize("given", ["", "made-up", "%00", "x" * 900])
def test_without_a_good_link_nobody_gets_to_slack(house, given):
    visitor = house.visitor()
    page = visitor.get("/slack/install", params={"invite": given})
    assert page.status_code == 410
    assert "An administrator makes a new one" in text_of(page)
    assert visitor.post("/slack/install", data={"invite": given}, follow_redirects=False).status_code == 410
    assert count(house, SlackTicket) == 0


def test_a_link_is_good_for_a_day(house, invite, clock):
    clock.now += timedelta(hours=23, minutes=59)
    assert house.visitor().get("/slack/install", params={"invite": invite}).status_code == 200
    clock.now += timedelta(minutes=2)
    assert house.visitor().get("/slack/install", params={"invite": invite}).status_code == 410


def test_a_link_is_good_for_one_installation_even_of_two_that_try_at_once(house, slack, invite):
    one, first = begin(house, invite)
    two, second = begin(house, invite)
    assert come_back(one, code=slack.approve("U1", BOT), state=first["state"]).status_code == 200
    page = come_back(two, code=slack.approve("U2", BOT), state=second["state"])
    assert page.status_code == 410
    assert kept(house, "T2") is None
    # Slack is told to forget the token that nobody keeps.
    assert len(slack.called("auth.revoke")) == 1
    assert house.visitor().get("/slack/install", params={"invite": invite}).status_code == 410


@pytest.mark.parametrize("tamper", ["nothing", "forged", "used", "late", "another browser", "no cookie"])
def test_a_way_back_that_is_not_ours_stores_nothing(house, slack, invite, clock, tamper):
    browser, asked = begin(house, invite)
    state, code = asked["state"], slack.approve("U1", BOT)
    if tamper == "nothing":
        state = ""
    elif tamper == "forged":
        state = state[:-1] + ("A" if state[-1] != "A" else "B")
    elif tamper == "used":
        come_back(browser, error="access_denied", state=state)
        browser, _ = begin(house, invite, browser)
    elif tamper == "late":
        clock.now += timedelta(minutes=11)
    elif tamper == "another browser":
        browser, _ = begin(house, invite)
    elif tamper == "no cookie":
        browser = house.visitor()
    page = come_back(browser, code=code, state=state)
    assert page.status_code == 400
    assert "Nothing was stored" in text_of(page)
    assert count(house, SlackWorkspace) == 0
    assert not slack.called("oauth.v2.access")


def test_an_install_link_is_no_state(house, slack, invite):
    browser, _ = begin(house, invite)
    assert come_back(browser, code=slack.approve("U1", BOT), state=invite).status_code == 400
    assert count(house, SlackWorkspace) == 0


def test_who_says_no_at_slack_reads_that_nothing_was_stored_and_may_try_again(house, slack, invite):
    browser, asked = begin(house, invite)
    page = come_back(browser, error="access_denied", state=asked["state"])
    assert "You said no" in text_of(page)
    assert count(house, SlackWorkspace) == 0
    browser, asked = begin(house, invite, browser)
    assert come_back(browser, code=slack.approve("U1", BOT), state=asked["state"]).status_code == 200


@pytest.mark.parametrize("query", [{}, {"error": "server_error"}, {"code": ""}])
def test_slack_may_come_back_without_a_code(house, invite, query):
    browser, asked = begin(house, invite)
    page = come_back(browser, state=asked["state"], **query)
    assert "Slack sent no code" in text_of(page)
    assert count(house, SlackWorkspace) == 0


def test_a_code_that_slack_refuses_says_so(house, slack, invite):
    browser, asked = begin(house, invite)
    page = come_back(browser, code="invented", state=asked["state"])
    assert page.status_code == 502
    assert "Slack refuses the exchange (invalid_code)" in text_of(page)
    code = slack.approve("U1", BOT)
    browser, asked = begin(house, invite, browser)
    come_back(browser, code=code, state=asked["state"])
    assert count(house, SlackWorkspace) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"ok": true}', "holds no bot token"),
        (b'{"ok": true, "access_token": "xoxp-1", "token_type": "user", "team": {"id": "T1"}}', "holds no bot token"),
        (b'{"ok": true, "access_token": "xoxb-1", "token_type": "bot", "team": null}', "holds no bot token"),
        (b'{"ok": true, "access_token": "x", "refresh_token": "y", "expires_in": 43200}', "token rotation"),
        (b"<html>down for maintenance</html>", "Slack refuses the exchange"),
        (b"[]", "Slack refuses the exchange"),
    ],
)
def test_an_answer_that_can_not_be_kept_is_told(house, slack, invite, answer, said):
    browser, asked = begin(house, invite)
    slack.fault("oauth.v2.access", body=answer)
    page = come_back(browser, code="c", state=asked["state"])
    assert page.status_code == 502
    assert said in text_of(page)
    assert "xoxp" not in page.text
    assert count(house, SlackWorkspace) == 0


def test_another_sites_form_can_not_begin_an_installation(house, invite):
    visitor = house.visitor()
    answer = visitor.post("/slack/install", data={"invite": invite}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_form_may_end_at_slack_and_nowhere_else(house, slack, invite):
    origin = slack.url.removesuffix("/api/")
    visitor = house.visitor()
    page = visitor.get("/slack/install", params={"invite": invite})
    assert f"form-action 'self' {origin};" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert visitor.get("/sign-in").headers["content-security-policy"].count("form-action 'self';") == 1


def test_the_browsers_secret_is_out_of_reach(sqlite_url, source):
    with closing(connect(sqlite_url)) as database:
        house = make_house(
            database, lambda: NOW, source=[source], server={"public_url": "https://frontdoor.ourco.example"}
        )
        visitor = house.visitor()
        answer = visitor.post(CONSENT_PATH, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-frontdoor-slack=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"):
        assert part in cookie
    asked = to_slack(answer)
    assert asked["redirect_uri"] == "https://frontdoor.ourco.example/slack/oauth_redirect"


def test_very_many_that_begin_and_do_not_come_back_are_held_up(house, invite, monkeypatch):
    monkeypatch.setattr("service.slack.tickets._MOST", 3)
    visitor, given = house.visitor(), {"invite": invite}
    answers = [visitor.post("/slack/install", data=given, follow_redirects=False).status_code for _ in range(5)]
    assert answers == [303, 303, 303, 429, 429]


def test_however_many_begin_to_consent_nothing_is_stored_and_nobody_is_held_up(house, slack, monkeypatch):
    monkeypatch.setattr("service.slack.tickets._MOST", 3)
    installed(house)
    visitor = house.visitor()
    assert {visitor.post(CONSENT_PATH, follow_redirects=False).status_code for _ in range(9)} == {303}
    assert count(house, SlackTicket) == 0
    assert consent(house, slack)[1].status_code == 200


def test_what_began_long_ago_is_forgotten(house, invite, clock):
    begin(house, invite)
    clock.now += timedelta(minutes=11)
    begin(house, invite)
    assert count(house, SlackTicket) == 2  # the link itself, and what began last


def test_a_consent_that_was_used_is_remembered_until_it_would_have_expired(house, slack, clock):
    installed(house)
    consent(house, slack)
    assert count(house, SlackTicket) == 1
    clock.now += timedelta(minutes=11)
    consent(house, slack)
    assert count(house, SlackTicket) == 1


@pytest.mark.parametrize("tamper", ["forged", "later", "elsewhere", "cut", "late", "another browser", "no cookie"])
def test_a_way_back_to_consent_that_is_not_ours_stores_nothing(house, slack, clock, tamper):
    installed(house)
    browser = house.visitor()
    state = to_slack(browser.post(CONSENT_PATH, follow_redirects=False))["state"]
    kind, until, source, seal = state.split(".")
    if tamper == "forged":
        state = state[:-1] + ("a" if state[-1] != "a" else "b")
    elif tamper == "later":
        clock.now += timedelta(minutes=11)
        state = f"{kind}.{int(until) + 3600}.{source}.{seal}"
    elif tamper == "elsewhere":
        state = f"{kind}.{until}.{b'other'.hex()}.{seal}"
    elif tamper == "cut":
        state = f"{kind}.{until}"
    elif tamper == "late":
        clock.now += timedelta(minutes=10)
    elif tamper == "another browser":
        browser.post(CONSENT_PATH, follow_redirects=False)
    elif tamper == "no cookie":
        browser = house.visitor()
    page = come_back(browser, code=slack.approve("U1", [], user_scopes=USER, redirect=BACK), state=state)
    assert page.status_code == 400
    assert "Nothing was stored" in text_of(page)
    assert count(house, SlackConsent) == 0
    assert not slack.called("oauth.v2.access")


def test_the_same_consent_comes_back_once_with_its_cookie(house, slack):
    installed(house)
    browser = house.visitor()
    answer = browser.post(CONSENT_PATH, follow_redirects=False)
    cookie, state = browser.cookies["frontdoor-slack"], to_slack(answer)["state"]
    codes = []
    for _ in range(2):
        browser.cookies.set("frontdoor-slack", cookie)
        codes.append(come_back(browser, code=slack.approve("U1", [], user_scopes=USER), state=state).status_code)
    assert codes == [200, 400]
    assert len(slack.called("oauth.v2.access")) == 1


def test_the_pages_are_there_only_where_they_are_configured(sqlite_url, source):
    single = {name: value for name, value in source.items() if name != "installs"}
    single |= {"token": {"env": "FRONTDOOR_TEST_XOXB"}}
    with closing(connect(sqlite_url)) as database:
        visitor = make_house(database, lambda: NOW, source=[single]).visitor()
        for address in ("/slack/install", CONSENT_PATH, "/slack/oauth_redirect"):
            assert visitor.get(address).status_code == 404


def installed(house, where="T1", **more):
    with house.database.transaction() as session:
        save_installation(session, house.keys, Installation(id=where, token="xoxb-1", **more), by="U1", now=NOW)


def consent(house, slack, user="U1", scopes=USER):
    browser = house.visitor()
    asked = to_slack(browser.post(CONSENT_PATH, follow_redirects=False))
    code = slack.approve(user, [], user_scopes=scopes, redirect=BACK)
    return asked, come_back(browser, code=code, state=asked["state"])


def test_somebody_lends_their_own_view_and_takes_it_back(house, slack, source):
    installed(house)
    page = house.visitor().get(CONSENT_PATH)
    assert "Nobody has to" in text_of(page)
    asked, page = consent(house, slack)
    assert asked["user_scope"].split(",") == USER
    assert "scope" not in asked
    assert "Your consent is on record" in text_of(page)
    office = make_office(house.database, slack, keys=house.keys, installs=source["installs"])
    assert office.workspaces.own_client("T1", "U1").auth_test()["user_id"] == "U1"
    with house.database.transaction(write=False) as session:
        token = load_consent(session, house.keys, "T1", "U1")
        assert has_consented(session, "T1", "U1")
        assert not has_consented(session, "T1", "U2")
    assert withdraw(office, "T1", "U1")
    assert slack.world.grants[token].refusal == "token_revoked"
    assert office.workspaces.own_client("T1", "U1") is None
    assert not withdraw(office, "T1", "U1")
    with house.database.transaction(write=False) as session:
        done = [one.action for one in list_entries(session) if one.object == "T1:U1"]
    assert done == ["slack.consent_withdrawn", "slack.consent_given"]


def test_a_withdrawal_holds_even_while_slack_does_not_answer(house, slack, source):
    installed(house)
    consent(house, slack)
    slack.fault("auth.revoke", hang_up=True)
    office = make_office(house.database, slack, keys=house.keys, installs=source["installs"])
    assert withdraw(office, "T1", "U1")
    assert count(house, SlackConsent) == 0


def test_consent_for_a_whole_organisation_is_withdrawn_from_a_workspace_of_it(house, slack, source):
    slack.world.teams["T1"].enterprise = "E1"
    installed(house, "E1", is_enterprise=True, enterprise_id="E1")
    with house.database.transaction() as session:
        save_installation(session, house.keys, Installation(id="T1", enterprise_id="E1"), by="enterprise", now=NOW)
    consent(house, slack)
    office = make_office(house.database, slack, keys=house.keys, installs=source["installs"])
    assert withdraw(office, "T1", "U1")
    assert count(house, SlackConsent) == 0


@pytest.mark.parametrize("state", ["absent", "revoked"])
def test_consent_where_the_app_is_not_installed_is_not_kept(house, slack, state):
    installed(house, "T1")
    if state == "revoked":
        installed(house, "T2", state=WorkspaceState.REVOKED)
    _, page = consent(house, slack, user="U2")
    assert page.status_code == 502
    assert "The app is not installed in your workspace" in text_of(page)
    assert count(house, SlackConsent) == 0
    assert len(slack.called("auth.revoke")) == 1


def test_who_consents_to_nothing_gives_nothing(house, slack):
    installed(house)
    _, page = consent(house, slack, scopes=[])
    assert "holds no token of yours" in text_of(page)
    assert count(house, SlackConsent) == 0


def test_the_address_of_the_consent_page_is_known_where_there_is_one(house, slack):
    settings = house.settings
    [chat] = settings.source
    assert consent_url(settings, chat) == ""
    server = settings.server.model_copy(update={"public_url": "https://frontdoor.ourco.example/"})
    settings = settings.model_copy(update={"server": server})
    assert consent_url(settings, chat) == "https://frontdoor.ourco.example/slack/consent"
    assert consent_url(settings, chat.model_copy(update={"installs": None})) == ""


@pytest.fixture
def answering(house, slack, source):
    """Answer a word of Anna's, typed behind /frontdoor."""
    installed(house)
    office = make_office(house.database, slack, keys=house.keys, installs=source["installs"])
    server = office.settings.server.model_copy(update={"public_url": "https://frontdoor.ourco.example"})
    office = replace(office, settings=office.settings.model_copy(update={"server": server}))
    asker = asker_of({"team_id": "T1", "user_id": "U1", "command": "/frontdoor"})
    return lambda word, language="en": answer_consent(office, asker, language, word)


def test_a_person_agrees_and_withdraws_from_slack(house, slack, answering):
    assert "<https://frontdoor.ourco.example/slack/consent|what is read" in answering("consent")
    assert "nothing to take back" in answering("withdraw")
    consent(house, slack)
    assert "You agreed" in answering("consent")
    assert "Deine Einwilligung ist zurückgenommen" in answering("withdraw", "de")
    assert count(house, SlackConsent) == 0
    assert "Nobody has to" in answering("consent")


def test_where_nobody_can_agree_nobody_is_asked(office):
    asker = asker_of({"team_id": "T1", "user_id": "U1", "command": "/frontdoor"})
    assert "nobody is asked" in answer_consent(office, asker, "en", "consent")


def test_the_words_are_answered_by_the_command(live, slack):
    body = {"command": "/frontdoor", "text": "Withdraw ", "team_id": "T1", "user_id": "U1", "channel_id": "C1"}
    answer = live.app.dispatch(BoltRequest(mode="socket_mode", body=body | {"type": "slash_commands"}))
    assert "nothing to take back" in answer.body
