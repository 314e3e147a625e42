"""Who is behind a request of Slack's, and how they are answered."""

import pytest

from service.coaching.home import welcome
from service.slack import accounts
from service.slack.asker import asker_of, is_outside, is_outsider, profile_of, tell

BLOCKS = {
    "user": {"id": "U1", "team_id": "T1"},
    "team": {"id": "T9", "domain": "ourco"},
    "enterprise": {"id": "E1"},
    "container": {"type": "message", "channel_id": "C1"},
    "response_url": "https://hooks.slack.com/actions/1",
    "trigger_id": "1.2",
}
COMMAND = {"user_id": "U1", "team_id": "T1", "channel_id": "C1", "enterprise_id": "E1", "trigger_id": "1.2"}


def test_a_press_says_who_and_where():
    asker = asker_of(BLOCKS)
    assert (asker.user, asker.team, asker.home, asker.enterprise, asker.channel) == ("U1", "T9", "T1", "E1", "C1")
    assert asker.name == "T1:U1"
    assert "hooks.slack.com" not in repr(asker)


def test_a_command_says_who_and_where():
    asker = asker_of(COMMAND)
    assert (asker.user, asker.team, asker.enterprise, asker.channel) == ("U1", "T1", "E1", "C1")


def test_in_a_whole_organisation_the_persons_own_workspace_counts():
    assert asker_of(BLOCKS | {"team": None}).team == "T1"


@pytest.mark.parametrize("body", [{}, {"user": "U1"}, {"user": {"id": 7}, "team": [], "channel": None}, {"user": None}])
def test_a_request_of_nobody_is_nobodys(body):
    asker = asker_of(body)
    assert (asker.user, asker.team, asker.channel) == ("", "", "")


@pytest.mark.parametrize(
    ("account", "outside"),
    [
        ({"team_id": "T1"}, False),
        ({"team_id": "T7", "enterprise_user": {"enterprise_id": "E1"}}, False),
        ({"team_id": "E1"}, False),
        ({"team_id": "T2"}, True),
        ({"team_id": "T2", "is_stranger": False, "enterprise_user": {"enterprise_id": "E2"}}, True),
        ({"team_id": "T1", "is_restricted": True}, True),
        ({"team_id": "T1", "is_ultra_restricted": True}, True),
        ({"team_id": "T1", "is_stranger": True}, True),
        ({"team_id": "T1", "is_bot": True}, True),
    ],
)
def test_an_account_is_from_outside_or_one_of_ours(office, slack, account, outside):
    slack.world.teams["T1"].enterprise = "E1"
    for body in (COMMAND, COMMAND | {"team_id": "T2"}):
        assert is_outside(office, asker_of(body), account) is outside


def test_a_name_turns_nothing_around_and_can_be_stored(office, slack):
    slack.world.users["U1"].name = " Anna\0 \u202etlA\ud83d\n" + "x" * 20
    assert profile_of(office, asker_of(COMMAND))[0] == f"Anna tlA {'x' * 20}"


def test_whoever_slack_does_not_show_us_is_from_outside_and_in_doubt_nobody_is(office, slack):
    assert not is_outsider(office, asker_of(COMMAND))
    slack.fault("users.info", error="internal_error")
    assert not is_outsider(office, asker_of(COMMAND | {"user_id": "U3"}))
    assert is_outsider(office, asker_of(COMMAND | {"user_id": "U3"}))
    slack.world.users["U4"].hidden = True
    assert is_outsider(office, asker_of(COMMAND | {"user_id": "U4"}))


def test_who_asks_again_and_again_is_looked_up_once_a_minute(office, slack, monkeypatch):
    slack.world.users["U4"].hidden = True
    for user in ("U1", "U3", "U4"):
        asker = asker_of({"user_id": user, "team_id": "T1"})
        for _ in range(20):
            profile_of(office, asker)
            assert is_outsider(office, asker) is (user != "U1")
            welcome(office, asker)
    assert [call["user"] for call in slack.called("users.info")] == ["U1", "U3", "U4"]
    later = accounts.time.monotonic() + 61
    monkeypatch.setattr(accounts.time, "monotonic", lambda: later)
    slack.world.users["U1"].guest = "multi"
    assert is_outsider(office, asker_of(COMMAND))


def test_accounts_are_seen_from_each_workspace_by_itself(office, slack):
    slack.world.users["U1"].name = "Anna Elsewhere"
    for team in ("T1", "T2", "T1"):
        profile_of(office, asker_of({"user_id": "U1", "team_id": team}))
    assert len(slack.called("users.info")) == 2


def test_what_goes_wrong_in_passing_is_asked_again(office, slack):
    slack.fault("users.info", error="ratelimited")
    asker = asker_of({"user_id": "U4", "team_id": "T1"})
    assert profile_of(office, asker) == ("", "en")
    assert profile_of(office, asker) == ("Bernd Bauer", "de")


def test_no_more_accounts_are_kept_than_fit(office, slack, monkeypatch):
    monkeypatch.setattr(accounts, "_MOST", 2)
    for user in ("U1", "U3", "U4", "U4", "U1"):
        profile_of(office, asker_of({"user_id": user, "team_id": "T1"}))
    assert [call["user"] for call in slack.called("users.info")] == ["U1", "U3", "U4", "U1"]


def test_a_person_is_asked_for_by_name_and_language(office):
    assert profile_of(office, asker_of({"user_id": "U4", "team_id": "T1"})) == ("Bernd Bauer", "de")


@pytest.mark.parametrize("fault", [{"error": "user_not_found"}, {"hang_up": True}, {"body": b"[]"}, {"body": b"{"}])
def test_who_slack_does_not_show_has_no_name_and_the_houses_language(office, slack, fault):
    slack.fault("users.info", **fault)
    assert profile_of(office, asker_of({"user_id": "U4", "team_id": "T1"})) == ("", "en")


def test_who_has_no_place_to_be_answered_gets_a_direct_message(office, slack):
    assert tell(office, asker_of({"user_id": "U1", "team_id": "T1"}), "Hello")
    assert slack.world.direct("UBOT", "U1").posts[-1]["text"] == "Hello"


def test_an_answer_that_nobody_takes_is_no_error(office, slack):
    slack.fault("chat.postMessage", error="user_not_found")
    asker = asker_of({"user_id": "U1", "team_id": "T1", "response_url": slack.hooks_url + "T1/made-up"})
    assert not tell(office, asker, "Hello")
