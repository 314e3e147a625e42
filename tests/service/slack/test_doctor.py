"""What `frontdoor doctor` says of a Slack source."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from service.crypto import load_keys
from service.database import connect
from service.errors import FrontdoorError
from service.settings import parse_settings
from service.slack.doctor import slack_checks
from service.slack.installs import Installation, save_installation
from service.slack.models import ChannelState, SlackEvent, SlackWorkspace, WorkspaceState
from service.slack.rooms import note_room
from tests.fakes.office import TOKEN
from tests.fakes.slack.things import EVERY_SCOPE, XAPP

URL = "https://frontdoor.ourco.example"
ALONE = {"token": {"env": "T_TOKEN"}, "app_token": {"env": "T_XAPP"}}
MANY = {
    "installs": {"client_id": "1000.2000", "client_secret": {"env": "T_CLIENT"}},
    "signing_secret": {"env": "T_SIGNING"},
}


@pytest.fixture
def secrets(monkeypatch):
    given = {"T_TOKEN": TOKEN, "T_XAPP": XAPP, "T_CLIENT": "c" * 32, "T_SIGNING": "5" * 32}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def doctor(slack, sqlite_url, tmp_path, secrets):
    """Check a source; returns what each check said, by its name."""
    keys = tmp_path / "keys.toml"
    load_keys(keys, create=True)

    def check(public_url=URL, url=sqlite_url, **source):
        data = {
            "company": {"own_domains": ["ourco.example"]},
            "database": {"url": url},
            "keys": {"file": keys},
            "server": {"public_url": public_url},
            "source": [{"kind": "slack", "name": "chat", "base_url": slack.url} | source],
        }
        settings = parse_settings(data, where="the test")
        return {
            name.removeprefix("source chat: "): said(run) for name, run in slack_checks(settings, settings.source[0])
        }

    return check


@pytest.fixture
def store(sqlite_url, doctor, tmp_path):
    """Write into the database that doctor looks at."""
    keys = load_keys(tmp_path / "keys.toml")
    with closing(connect(sqlite_url)) as database:

        def write(*things):
            with database.transaction() as session:
                for one in things:
                    if isinstance(one, Installation):
                        save_installation(session, keys, one, by="U1", now=datetime.now(UTC))
                    else:
                        one(session)

        yield write


def said(run):
    try:
        return run()
    except FrontdoorError as error:
        return f"FAIL {error}"


def event(received, done=None):
    row = SlackEvent(
        event_id=str(received), about=str(received), team="T1", kind="message", received_at=received, done_at=done
    )
    return lambda session: session.add(row)


def test_a_source_that_only_reads_history_has_no_further_checks(doctor):
    assert doctor(token={"env": "T_TOKEN"}) == {}


def test_all_is_well(doctor, slack):
    assert doctor(**ALONE, procurement={"channel": "C2"}) == {
        "scopes": "all 9 granted",
        "app-level token": "it opens a connection",
        "procurement's channel": "the app is in C2",
        "events": "none so far; 0 of 0 known channels are read",
    }


@pytest.mark.parametrize("scope", ["chat:write", "users:read.email", "commands"])
def test_a_scope_that_is_lacking_is_named(doctor, slack, scope):
    slack.world.grants[TOKEN].scopes = EVERY_SCOPE - {scope}
    found = doctor(**ALONE)["scopes"]
    assert found.startswith(f"FAIL the app lacks {scope}: add them by the manifest")


def test_a_token_that_slack_refuses_is_told_without_it(doctor, slack):
    slack.world.grants[TOKEN].refusal = "account_inactive"
    found = doctor(**ALONE)["scopes"]
    assert found == (
        "FAIL Slack does not accept the token (account_inactive): install the app again and give its new token"
    )


@pytest.mark.parametrize(
    ("token", "said_of_it"),
    [
        (TOKEN, "FAIL app_token is no app-level token"),
        ("xapp-unknown", "FAIL Slack opens no connection for it (invalid_auth): under Basic Information"),
        ("xapp bad", "FAIL app_token holds characters"),
        ("xapp-\u00e4", "FAIL app_token holds characters"),
        ("", "FAIL app_token: the environment variable T_XAPP is empty"),
    ],
)
def test_an_app_level_token_that_does_not_do_is_told(doctor, secrets, token, said_of_it):
    secrets.setenv("T_XAPP", token)
    assert doctor(**ALONE)["app-level token"].startswith(said_of_it)


def test_requests_over_http_need_a_public_address_and_the_right_secret(doctor, secrets):
    http = {"token": {"env": "T_TOKEN"}, "signing_secret": {"env": "T_SIGNING"}}
    assert doctor(**http)["requests over HTTP"] == f"Slack's requests are expected at {URL}/slack/events"
    for url in ("", "http://frontdoor.ourco.example"):
        assert doctor(public_url=url, **http)["requests over HTTP"].startswith("FAIL set server.public_url")
    for wrong in ("short", TOKEN * 3, "xapp-1-" + "a" * 30):
        secrets.setenv("T_SIGNING", wrong)
        assert "not the app's signing secret" in doctor(**http)["requests over HTTP"]


def test_installing_needs_a_public_address_and_the_clients_secret(doctor, secrets):
    assert doctor(**MANY)["installing"] == f"Slack sends those who install back to {URL}/slack/oauth_redirect"
    assert doctor(public_url="", **MANY)["installing"].startswith("FAIL set server.public_url")
    secrets.delenv("T_CLIENT")
    assert "T_CLIENT is empty" in doctor(**MANY)["installing"]


def test_before_anybody_has_installed_doctor_says_how(doctor):
    assert "nobody has installed the app yet" in doctor(**MANY)["workspaces"]


def test_each_installation_is_tried(doctor, slack, store):
    store(Installation(id="T1", name="Ourco", token=TOKEN))
    assert doctor(**MANY)["workspaces"] == "1 connected"
    store(Installation(id="T2", name="Norvik", token="xoxb-dead"))
    found = doctor(**MANY)["workspaces"]
    assert found == "FAIL Norvik: its token is not accepted (invalid_auth): install the app there again"
    slack.world.grants[TOKEN].scopes = EVERY_SCOPE - {"chat:write"}
    assert "; Ourco lacks chat:write: install the app there again" in doctor(**MANY)["workspaces"]


def test_a_workspace_in_trouble_fails_the_check_with_its_reason(doctor, store):
    gone = Installation(id="T1", name="Ourco", token="", state=WorkspaceState.REVOKED, failure="the app was removed")
    store(gone)
    assert doctor(**MANY)["workspaces"] == "FAIL Ourco (revoked): the app was removed"


@pytest.mark.parametrize(
    ("channel", "found"),
    [
        ("C2", "the app is in C2"),
        ("C9", "FAIL C9 can't be seen (channel_not_found): give the channel's id, and invite the app there"),
        ("C1", "FAIL C1 is shared with another firm, which would read every alert: name another channel"),
        (
            "C3",
            (
                "FAIL C3 has guests or people of other workspaces in it, who would read every alert: nobody but "
                "regular members of your own workspace may be in it"
            ),
        ),
        ("C6", "FAIL C6 has more than 1,000 people in it, too many to read every alert: name one of procurement's own"),
        ("C4", "FAIL the app is not in C4: invite it there"),
        ("C5", "FAIL C5 is archived: unarchive it, or name another channel"),
    ],
)
def test_procurements_channel_must_be_ours_and_the_app_in_it(doctor, slack, channel, found):
    slack.world.channel("C4", "elsewhere", "T1", ["U1"])
    slack.world.channel("C5", "old", "T1", ["UBOT"], archived=True)
    slack.world.channel(
        "C6", "all", "T1", ["UBOT", *(slack.world.user(f"UC{n}", "T1", "Carl").id for n in range(1000))]
    )
    assert doctor(**ALONE, procurement={"channel": channel})["procurement's channel"] == found


def test_with_many_workspaces_it_must_be_said_in_which_procurements_channel_is(doctor, slack, store):
    given = {**MANY, "procurement": {"channel": "C2"}}
    assert doctor(**given)["procurement's channel"].startswith("FAIL procurement.team must say in which of 0")
    store(Installation(id="T1", token=TOKEN))
    assert doctor(**given)["procurement's channel"] == "the app is in C2"
    store(Installation(id="T2", token="xoxb-2"))
    assert doctor(**given)["procurement's channel"].startswith("FAIL procurement.team must say in which of 2")
    given["procurement"] = {"channel": "C2", "team": "T1"}
    assert doctor(**given)["procurement's channel"] == "the app is in C2"
    given["procurement"] = {"channel": "C2", "team": "T7"}
    assert "not installed in this workspace" in doctor(**given)["procurement's channel"]


def test_events_that_came_are_counted_with_the_channels_that_are_read(doctor, store):
    now = datetime.now(UTC)
    for channel, state in (("C1", ChannelState.READ), ("C2", ChannelState.INTERNAL)):
        store(
            lambda session, channel=channel, state=state: note_room(
                session, "T1", channel, name="x", state=state, shared=False, outsiders=(), now=now
            )
        )
    store(event(now - timedelta(days=3), done=now))
    assert doctor(**ALONE)["events"] == "the last came 3 days ago; 1 of 2 known channels are read"
    store(event(now - timedelta(hours=5), done=now))
    assert doctor(**ALONE)["events"].startswith("the last came 5 h ago")
    store(event(now - timedelta(seconds=5)))
    assert doctor(**ALONE)["events"].startswith("the last came less than an hour ago")
    store(event(now - timedelta(minutes=5)))
    assert doctor(**ALONE)["events"].startswith("FAIL 2 wait and nobody works on them")


def test_before_the_first_start_there_is_no_store_and_none_is_made(doctor, tmp_path):
    found = doctor(url=f"sqlite:///{tmp_path}/none.db", **MANY, procurement={"channel": "C2"})
    assert found["events"] == "none so far: nothing has been started yet"
    assert found["procurement's channel"] == "nobody has installed the app yet"
    assert "nobody has installed the app yet" in found["workspaces"]
    assert not (tmp_path / "none.db").exists()


def test_doctor_changes_nothing(doctor, store, sqlite_url):
    store(Installation(id="T2", name="Norvik", token="xoxb-dead"))
    doctor(**MANY)
    with closing(connect(sqlite_url)) as database, database.transaction(write=False) as session:
        assert (session.get(SlackWorkspace, "T2").state, session.get(SlackWorkspace, "T2").failure) == ("connected", "")


@pytest.mark.parametrize("policies", [["balanced"], ["reported"], []])
def test_procurements_policies_may_be_those_that_raise_alerts(doctor, policies):
    assert doctor(**ALONE, procurement={"channel": "C2", "policies": policies})["procurement's channel"].startswith(
        "the"
    )


def test_a_policy_of_procurements_that_raises_no_alerts_is_named(doctor):
    found = doctor(**ALONE, procurement={"channel": "C2", "policies": ["vigilant"]})["procurement's channel"]
    assert found.startswith(
        "FAIL procurement.policies names vigilant, which raises no alerts here: active are balanced"
    )


def test_the_companys_own_words_are_counted(doctor, tmp_path):
    words = tmp_path / "words.toml"
    words.write_text('[en.frame]\nonly_you = "For your eyes alone."\n', "utf-8")
    assert doctor(**ALONE, wording=words)["wording"] == "1 text of your own"


@pytest.mark.parametrize("text", [None, "[en.frame]\nnonsense = 'x'\n", "[fr]\n", "="])
def test_words_that_cannot_be_used_fail_the_check(doctor, tmp_path, text):
    words = tmp_path / "words.toml"
    if text is not None:
        words.write_text(text, "utf-8")
    assert doctor(**ALONE, wording=words)["wording"].startswith(f"FAIL the wording {words}")
