"""Clients by a single token and by installations, in one workspace, in many, and in an Enterprise Grid."""

import logging
from datetime import UTC, datetime
from http.client import RemoteDisconnected

import pytest
from slack_sdk.errors import SlackApiError

from service.errors import ConfigurationError
from service.slack import workspaces as module
from service.slack.consents import withdraw
from service.slack.installs import (
    Installation,
    forget_consent,
    forget_token,
    list_installations,
    load_installation,
    save_consent,
    save_installation,
)
from service.slack.models import SlackConsent, SlackWorkspace, WorkspaceState
from service.slack.watch import check_workspaces
from service.slack.web import code_of, web_client
from service.slack.workspaces import NotInstalledError, UnreachableError, Workspaces
from tests.fakes.office import TOKEN, make_office

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
INSTALLS = {"client_id": "1000.2000", "client_secret": {"env": "FRONTDOOR_TEST_CLIENT"}}


@pytest.fixture
def many(office, slack):
    """An office whose workspaces install the app themselves."""
    return make_office(office.database, slack, keys=office.keys, installs=INSTALLS)


def install(office, where, token, **more):
    with office.database.transaction() as session:
        made = Installation(id=where, token=token, bot_user_id="UBOT", **more)
        save_installation(session, office.keys, made, by="U1", now=NOW)


def row_of(office, where):
    with office.database.transaction(write=False) as session:
        return session.get(SlackWorkspace, where)


def grid(slack, *teams):
    """Make an organisation E1 of these workspaces, with a token for all of it."""
    for team in teams:
        slack.world.team(team, f"Grid {team}", enterprise="E1")
    slack.world.user("UGRID", teams[0], "frontdoor", bot=True)
    slack.world.grant("xoxb-grid", "UGRID", enterprise="E1")


def spoil(office, table):
    """Turn the sealed token of every row into one that no key opens."""
    with office.database.transaction() as session:
        for row in session.query(table):
            row.sealed = b"\0" * 40


def test_a_token_that_cannot_be_read_takes_no_other_workspace_with_it(many):
    install(many, "T1", TOKEN)
    spoil(many, SlackWorkspace)
    install(many, "T2", "xoxb-other")
    assert many.workspaces.teams() == ("T2",)
    assert many.workspaces.client("T2").token == "xoxb-other"


def test_consent_is_withdrawn_though_its_token_cannot_be_read(many):
    install(many, "T1", TOKEN)
    with many.database.transaction() as session:
        save_consent(session, many.keys, "T1", "U1", token="xoxp-1", scopes=(), now=NOW)
    spoil(many, SlackConsent)
    assert many.workspaces.own_client("T1", "U1") is None
    assert withdraw(many, "T1", "U1")
    with many.database.transaction(write=False) as session:
        assert session.query(SlackConsent).count() == 0


def test_a_single_token_tells_once_whose_it_is(office, slack):
    for _ in range(3):
        assert office.workspaces.client("T1").auth_test()["team_id"] == "T1"
        assert office.workspaces.teams() == ("T1",)
    assert len(slack.called("auth.test")) == 1 + 3
    assert office.workspaces.token("T1") == TOKEN


def test_bolt_is_told_whose_bot_answers(office):
    told = office.workspaces.authorize(None, "T1", "U1")
    assert (told.bot_token, told.bot_user_id, told.bot_id, told.team_id) == (TOKEN, "UBOT", "BBOT", "T1")
    assert "chat:write" in told.bot_scopes


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
def test_a_token_that_is_refused_is_not_installed(office, slack, error):
    slack.fault("auth.test", error=error, times=5)
    with pytest.raises(NotInstalledError, match=error):
        office.workspaces.client("T1")
    assert office.workspaces.authorize(None, "T1") is None


@pytest.mark.parametrize("fault", [{"status": 500, "error": "fatal_error"}, {"hang_up": True}, {"body": b"<html>"}])
def test_slack_out_of_reach_is_not_taken_for_a_refusal(office, slack, fault):
    slack.fault("auth.test", times=1, **fault)
    with pytest.raises(UnreachableError):
        office.workspaces.authorize(None, "T1")


def test_after_a_failure_slack_is_asked_again_but_not_at_once(office, slack, monkeypatch):
    slack.fault("auth.test", error="fatal_error")
    for _ in range(3):
        with pytest.raises(UnreachableError):
            office.workspaces.client("T1")
    assert len(slack.called("auth.test")) == 1
    monkeypatch.setattr(module.time, "monotonic", lambda: 10**9)
    assert office.workspaces.client("T1").token == TOKEN


def test_a_client_never_repeats_a_call(office, slack):
    client = office.workspaces.client("T1")
    slack.fault("chat.postMessage", hang_up=True)
    with pytest.raises(RemoteDisconnected):
        client.chat_postMessage(channel="C1", text="once")
    assert len(slack.called("chat.postMessage")) == 1


def test_nothing_that_a_client_carries_is_logged(office, caplog):
    caplog.set_level(logging.DEBUG)
    client = office.workspaces.client("T1")
    client.chat_postMessage(channel="C1", text="our budget is 85,000")
    assert "85,000" not in caplog.text
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(office.workspaces.installation("T1"))


@pytest.mark.parametrize("url", ["http://slack.example/api/", "ftp://127.0.0.1/", "http://127.0.0.1@evil.example/"])
def test_a_token_is_never_sent_in_the_open(url):
    with pytest.raises(ConfigurationError, match="https"):
        web_client("xoxb-1", base_url=url)


def test_an_error_is_named_without_a_word_of_the_answer(slack):
    with pytest.raises(SlackApiError) as caught:
        web_client("xoxb-nobody", base_url=slack.url).auth_test()
    assert code_of(caught.value) == "invalid_auth"
    caught.value.response.data = {"error": "Dear Anna, our budget <b>"}
    assert code_of(caught.value) == "SlackApiError"
    assert code_of(OSError("secret")) == "OSError"


def test_each_workspace_has_its_own_client(many, slack):
    slack.world.user("UBOT2", "T2", "frontdoor", bot=True)
    slack.world.grant("xoxb-2", "UBOT2")
    install(many, "T1", TOKEN)
    install(many, "T2", "xoxb-2")
    assert many.workspaces.client("T1").auth_test()["team_id"] == "T1"
    assert many.workspaces.client("T2").auth_test()["team_id"] == "T2"
    assert many.workspaces.teams() == ("T1", "T2")


def test_where_nobody_installed_there_is_no_client(many):
    install(many, "T1", TOKEN)
    for team, enterprise in (("T9", ""), ("", ""), ("T9", "E9")):
        with pytest.raises(NotInstalledError):
            many.workspaces.client(team, enterprise)
    assert many.workspaces.authorize(None, "T9") is None


def test_tokens_are_sealed_at_rest_and_bound_to_their_row(many, office):
    install(many, "T1", TOKEN)
    install(many, "T2", "xoxb-2")
    with office.database.transaction() as session:
        one, two = session.get(SlackWorkspace, "T1"), session.get(SlackWorkspace, "T2")
        assert TOKEN.encode() not in one.sealed
        two.key_id, two.sealed = one.key_id, one.sealed
    with pytest.raises(Exception, match="can't be read"):
        many.workspaces.token("T2")


def test_another_process_that_installs_or_revokes_is_heeded_within_seconds(many, office, monkeypatch):
    here = many.workspaces
    install(many, "T1", TOKEN)
    assert here.token("T1") == TOKEN
    install(many, "T1", "xoxb-new")
    assert here.token("T1") == TOKEN
    clock = iter(range(10**6, 10**9, 100))
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    assert here.token("T1") == "xoxb-new"
    with office.database.transaction() as session:
        forget_token(session, office.keys, "T1", why="gone", now=NOW)
    with pytest.raises(NotInstalledError):
        here.token("T1")
    assert here.teams() == ()


def test_a_workspace_of_an_organisation_uses_its_token_and_says_which_it_means(many, slack):
    grid(slack, "T5", "T6")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    client = many.workspaces.client("T6", "E1")
    client.auth_test()
    assert slack.called("auth.test")[-1]["team_id"] == "T6"
    assert set(many.workspaces.teams()) == {"T5", "T6"}
    # Who is known by team and user alone is found, too.
    assert many.workspaces.token("T5") == "xoxb-grid"
    told = many.workspaces.authorize("E1", "T6")
    assert (told.team_id, told.enterprise_id, told.bot_token) == ("T6", "E1", "xoxb-grid")


def test_a_workspaces_own_installation_comes_before_that_of_its_organisation(many, slack):
    grid(slack, "T5", "T6")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    install(many, "T5", "xoxb-own", enterprise_id="E1")
    assert many.workspaces.token("T5", "E1") == "xoxb-own"
    assert many.workspaces.token("T6", "E1") == "xoxb-grid"


def test_an_organisation_whose_teams_slack_does_not_list_still_works_where_it_is_named(many, slack):
    grid(slack, "T5")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    slack.fault("auth.teams.list", error="fatal_error", times=9)
    assert many.workspaces.token("T5", "E1") == "xoxb-grid"
    assert many.workspaces.teams() == ()


def test_a_workspace_that_was_taken_out_of_its_organisations_installation_is_not_used(many, slack):
    grid(slack, "T5", "T6")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    install(many, "T5", "", enterprise_id="E1", state=WorkspaceState.REVOKED)
    with pytest.raises(NotInstalledError):
        many.workspaces.token("T5", "E1")
    assert many.workspaces.teams() == ("T6",)


def test_somebodys_own_client_exists_by_consent_alone(many, slack):
    slack.world.grant("xoxp-anna", "U1")
    install(many, "T1", TOKEN)
    assert many.workspaces.own_client("T1", "U1") is None
    with many.database.transaction() as session:
        save_consent(session, many.keys, "T1", "U1", token="xoxp-anna", scopes=["im:history"], now=NOW)
        assert b"xoxp" not in session.get(SlackConsent, ("T1", "U1")).sealed
    assert many.workspaces.own_client("T1", "U1").auth_test()["user_id"] == "U1"
    assert many.workspaces.own_client("T1", "U2") is None
    with many.database.transaction() as session:
        assert forget_consent(session, "T1", "U1")
        assert not forget_consent(session, "T1", "U1")
    assert many.workspaces.own_client("T1", "U1") is None


def test_consent_given_to_a_whole_organisation_holds_in_its_workspaces(many):
    install(many, "T5", "", enterprise_id="E1")
    with many.database.transaction() as session:
        save_consent(session, many.keys, "E1", "U5", token="xoxp-5", scopes=[], now=NOW)
    assert many.workspaces.own_client("T5", "U5").token == "xoxp-5"


def test_trouble_is_put_on_record_and_goes_when_all_is_fine_again(office):
    office.workspaces.register()
    office.workspaces.note_trouble("T1", "limited", "Slack does not answer")
    row = row_of(office, "T1")
    assert (row.state, row.failure) == ("limited", "Slack does not answer")
    assert office.workspaces.teams() == ("T1",)
    office.workspaces.note_fine("T1")
    row = row_of(office, "T1")
    assert (row.state, row.failure) == ("connected", "")


def test_an_ended_installation_does_not_come_back_by_a_late_success(many):
    install(many, "T1", TOKEN)
    many.workspaces.note_trouble("T1", "revoked", "the app was removed")
    many.workspaces.note_fine("T1")
    assert row_of(many, "T1").state == "revoked"


def test_trouble_of_a_workspace_that_only_shares_an_installation_is_the_organisations(many, slack):
    grid(slack, "T5")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    many.workspaces.teams()
    many.workspaces.note_trouble("T5", "limited", "slow")
    assert row_of(many, "E1").failure == "slow"
    many.workspaces.note_trouble("T77", "limited", "nobody knows it")
    assert row_of(many, "T77") is None


def test_that_all_is_fine_costs_nothing_while_it_is(office, monkeypatch):
    office.workspaces.register()
    office.workspaces.note_fine("T1")
    monkeypatch.setattr(type(office.database), "transaction", None)
    for _ in range(100):
        office.workspaces.note_fine("T1")


def test_a_single_token_is_put_on_record_without_its_secret(office):
    office.workspaces.register()
    office.workspaces.register()
    with office.database.transaction(write=False) as session:
        [row] = list_installations(session)
        assert load_installation(session, office.keys, "T1").token == ""
    assert (row.id, row.name, row.installed_by, row.bot_user_id) == ("T1", "Ourco", "source:slack", "UBOT")


def test_a_token_that_dies_is_noticed_and_so_is_its_return(office, slack):
    assert check_workspaces(office)
    slack.world.grants[TOKEN].refusal = "token_revoked"
    assert check_workspaces(office)
    row = row_of(office, "T1")
    assert row.state == "revoked"
    assert "token_revoked" in row.failure
    slack.world.grants[TOKEN].refusal = ""
    assert check_workspaces(office)
    assert (row_of(office, "T1").state, row_of(office, "T1").failure) == ("connected", "")


def test_a_token_that_was_dead_at_the_start_is_told_where_the_workspace_is_known(office, slack):
    check_workspaces(office)
    slack.world.grants[TOKEN].refusal = "invalid_auth"
    again = make_office(office.database, slack, keys=office.keys)
    assert check_workspaces(again)
    assert row_of(office, "T1").state == "revoked"


def test_slack_out_of_reach_is_told_and_asked_again_soon(office, slack):
    check_workspaces(office)
    slack.fault("auth.test", error="fatal_error")
    assert not check_workspaces(office)
    assert row_of(office, "T1").state == "limited"
    assert check_workspaces(office)
    assert row_of(office, "T1").state == "connected"


def test_a_check_learns_an_organisations_teams_and_new_scopes(many, slack):
    grid(slack, "T5", "T6")
    install(many, "E1", "xoxb-grid", is_enterprise=True, enterprise_id="E1")
    install(many, "T1", TOKEN)
    assert check_workspaces(many)
    with many.database.transaction(write=False) as session:
        found = [(one.id, one.name, one.enterprise_id) for one in list_installations(session)]
    assert sorted(found) == [("E1", "E1", "E1"), ("T1", "Ourco", ""), ("T5", "Grid T5", "E1"), ("T6", "Grid T6", "E1")]
    assert "chat:write" in row_of(many, "T1").scopes.split()
    assert check_workspaces(many)


@pytest.mark.parametrize(
    ("refusal", "state"), [("token_revoked", "revoked"), ("account_inactive", "revoked"), ("invalid_auth", "limited")]
)
def test_one_dead_installation_does_not_hold_up_the_check_of_others(many, slack, refusal, state):
    """What may pass again ends no installation: what waits for it would be dropped."""
    slack.world.grant("xoxb-dead", "UBOT").refusal = refusal
    install(many, "T1", "xoxb-dead")
    slack.world.user("UBOT2", "T2", "frontdoor", bot=True)
    slack.world.grant("xoxb-2", "UBOT2")
    install(many, "T2", "xoxb-2")
    assert check_workspaces(many)
    assert row_of(many, "T1").state == state
    assert row_of(many, "T2").state == "connected"
    assert row_of(many, "T2").name == "Norvik"


def test_workspaces_without_token_or_installations_are_nobodys(office):
    source = office.source.model_copy(update={"token": None})
    nobody = Workspaces(office.database, office.keys, source, clock=office.clock)
    nobody.register()
    assert nobody.teams() == ()
    with pytest.raises(NotInstalledError):
        nobody.token("T1")
