"""Who is behind a request of Slack's, and how they are answered."""

import pytest

from service.slack.asker import asker_of, profile_of, tell

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
