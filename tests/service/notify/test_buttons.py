"""Reviewing from procurement's channel: by users, as far as their roles go, once a press."""

import logging
import threading

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import update

from service.audit.store import list_entries, verify
from service.auth.users import disable_user, find_user, link_slack
from service.models import Review, User
from service.notify.models import ChannelPress
from tests.service.notify.desk import WHERE, buttons_of, make_desk, text_of


def audit(desk, alert):
    with desk.office.database.transaction(write=False) as session:
        assert verify(session).whole
        return [(row.action, row.actor, dict(row.detail)) for row in list_entries(session, object=str(alert))][::-1]


@pytest.mark.parametrize(
    ("action", "status", "verdict", "said"),
    [
        ("alert.true_positive", "resolved", "true_positive", "*True positive*, by Rita Reviewer"),
        ("alert.false_positive", "resolved", "false_positive", "*False positive*, by Rita Reviewer"),
        ("alert.benign", "resolved", "benign", "*Benign*, by Rita Reviewer"),
        ("alert.in_progress", "in_progress", None, "*In progress*, by Rita Reviewer"),
    ],
)
def test_a_reviewers_press_is_a_review_and_shows_at_once(desk, action, status, verdict, said):
    alert = desk.opens()
    desk.work()
    assert desk.press("UR", action).acked
    row = desk.alert(alert)
    assert (row.status, row.verdict) == (status, verdict)
    [post] = desk.posts()
    assert said in text_of(post)
    assert "undo" in buttons_of(post)
    [(what, actor, detail)] = audit(desk, alert)
    assert (what, actor, detail["via"]) == ("alert.reviewed", "Rita Reviewer", "slack")
    assert desk.told("UR") == []
    desk.work()
    assert len(desk.slack.called("chat.update")) == 1


def test_what_was_pressed_is_taken_back_by_undo(desk):
    alert = desk.opens()
    desk.work()
    desk.press("UR", "alert.benign")
    desk.press("UR", "alert.undo")
    assert desk.alert(alert).status == "new"
    [post] = desk.posts()
    assert buttons_of(post) == ["true_positive", "false_positive", "benign", "in_progress", "open"]
    what, actor, detail = audit(desk, alert)[-1]
    assert (what, actor, detail["via"]) == ("alert.review_undone", "Rita Reviewer", "slack")


def test_a_console_review_is_taken_back_from_slack_only_while_it_is_the_last(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.work()
    desk.slack.world.later(5)
    desk.reviews(alert, name="Bo", verdict="true_positive")
    desk.press("UR", "alert.undo")
    assert desk.alert(alert).verdict == "true_positive"
    assert desk.told("UR") == [
        "Nothing was changed: only the last step can be taken back, and the alert has changed since."
    ]
    assert "*True positive*, by Bo" in text_of(desk.posts()[0])


@pytest.mark.parametrize(
    ("user", "why", "said"),
    [
        ("UT", "role", "your roles do not include reviewing alerts"),
        ("US", "unlinked", "enter `T1:US` as your Slack person on the Users page"),
        ("UX", "unlinked", "enter `T2:UX` as your Slack person"),
    ],
)
@pytest.mark.parametrize("action", ["alert.benign", "alert.in_progress", "alert.undo"])
def test_who_may_not_review_changes_nothing_is_told_why_privately_and_is_on_record(desk, user, why, said, action):
    alert = desk.opens()
    desk.work()
    if action == "alert.undo":
        desk.reviews(alert, verdict="benign")
        desk.work()
    before = desk.alert(alert).updated_at
    shown = text_of(desk.posts()[0])
    desk.slack.world.channels[WHERE].members.append("UX")
    desk.press(user, action)
    assert desk.alert(alert).updated_at == before
    assert text_of(desk.posts()[0]) == shown
    [told] = desk.told(user)
    assert told.startswith("Nothing was changed: ")
    assert said in told
    assert len(desk.slack.messages(WHERE)) == 1
    what, actor, detail = audit(desk, alert)[-1]
    assert what == "alert.slack_review_refused"
    assert actor == ("Tom Tuner" if user == "UT" else f"Slack {'T2' if user == 'UX' else 'T1'}:{user}")
    assert detail == {"why": why, "step": action, "via": "slack"}


def test_a_disabled_reviewer_is_refused(desk):
    alert = desk.opens()
    desk.work()
    with desk.office.database.transaction() as session:
        disable_user(session, find_user(session, "Rita Reviewer"), actor="test", now=desk.now)
    desk.press("UR", "alert.benign")
    assert desk.alert(alert).status == "new"
    assert "your frontdoor user is disabled" in desk.told("UR")[0]
    assert audit(desk, alert)[-1][2]["why"] == "disabled"


def test_a_link_that_was_taken_away_takes_the_right_away(desk):
    alert = desk.opens()
    desk.work()
    with desk.office.database.transaction() as session:
        link_slack(session, find_user(session, "Rita Reviewer"), "", actor="test", now=desk.now)
    desk.press("UR", "alert.benign")
    assert desk.alert(alert).status == "new"


def test_somebody_of_the_same_id_in_another_workspace_is_somebody_else(desk):
    alert = desk.opens()
    desk.work()
    with desk.office.database.transaction() as session:
        session.execute(update(User).where(User.name == "Rita Reviewer").values(slack="T2:UR"))
    desk.press("UR", "alert.benign")
    assert desk.alert(alert).status == "new"


def test_a_person_of_an_enterprise_may_be_known_by_the_enterprise(desk):
    alert = desk.opens()
    desk.work()
    desk.slack.world.teams["T1"].enterprise = "E1"
    with desk.office.database.transaction() as session:
        session.execute(update(User).where(User.name == "Rita Reviewer").values(slack="E1:UR"))
    desk.press("UR", "alert.benign")
    assert desk.alert(alert).verdict == "benign"


def test_the_link_button_changes_nothing_and_is_acknowledged(desk):
    alert = desk.opens()
    desk.work()
    assert desk.press("US", "alert.open").acked
    assert audit(desk, alert) == []
    assert desk.told("US") == []


def payload_of(desk, user, action):
    """Return what Slack would send for a press, without sending it."""
    caught = []
    send = desk.slack.send
    desk.slack.send = lambda parcel: (caught.append(parcel.payload), parcel.done.set(), parcel)[-1]
    desk.press(user, action)
    desk.slack.send = send
    return caught[0]


def dispatch(desk, payload):
    return desk.app.dispatch(BoltRequest(mode="socket_mode", body=payload)).status


@pytest.mark.parametrize("user", ["UR", "UT"])
def test_the_same_press_delivered_again_does_nothing_again(either, user):
    alert = either.opens()
    either.work()
    payload = payload_of(either, user, "alert.in_progress")
    assert [dispatch(either, payload) for _ in range(3)] == [200] * 3
    assert len(either.rows(Review)) == (user == "UR")
    assert len(audit(either, alert)) == 1
    assert len(either.told(user)) == (user == "UT")


def test_the_same_press_delivered_twice_at_once_counts_once(either):
    alert = either.opens()
    either.work()
    payload = payload_of(either, "UR", "alert.benign")
    assert at_once(lambda: dispatch(either, payload), lambda: dispatch(either, payload)) == [200, 200]
    assert len(either.rows(Review)) == 1
    assert len(audit(either, alert)) == 1


def test_two_people_who_press_at_once_are_both_on_record(either):
    with either.office.database.transaction() as session:
        session.execute(update(User).where(User.name == "Tom Tuner").values(roles=["lead"]))
    alert = either.opens()
    either.work()
    presses = [payload_of(either, "UR", "alert.benign"), payload_of(either, "UT", "alert.true_positive")]
    assert at_once(*(lambda one=one: dispatch(either, one) for one in presses)) == [200, 200]
    assert {row.reviewer for row in either.rows(Review)} == {"Rita Reviewer", "Tom Tuner"}
    assert len(audit(either, alert)) == 2
    last = max(either.rows(Review), key=lambda row: row.reviewed_at)
    assert either.alert(alert).verdict == last.verdict
    either.work()
    assert f"by {last.reviewer}" in text_of(either.posts()[0])


def at_once(*calls):
    start, answers = threading.Barrier(len(calls)), []

    def run(call):
        start.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_taking_what_a_colleague_has_just_taken_or_closed_changes_nothing(desk):
    alert = desk.opens()
    desk.work()
    payload = payload_of(desk, "UR", "alert.in_progress")
    desk.reviews(alert, name="Bo", verdict="true_positive")
    dispatch(desk, payload)
    assert desk.alert(alert).verdict == "true_positive"
    assert "the alert has changed since you looked at it" in desk.told("UR")[0]
    assert "*True positive*, by Bo" in text_of(desk.posts()[0])


@pytest.mark.parametrize("closed", [False, True])
def test_evidence_that_the_post_does_not_show_yet_is_not_judged_with_the_rest(desk, closed):
    alert = desk.opens()
    desk.work()
    if closed:
        desk.reviews(alert, verdict="benign")
        desk.reviews(alert, status="in_progress")
        desk.work()
    desk.evidence(alert)
    desk.press("UR", "alert.false_positive")
    assert desk.alert(alert).verdict is None
    assert "has changed since" in desk.told("UR")[0]
    assert "Leverage" in text_of(desk.posts()[0])
    desk.press("UR", "alert.false_positive")
    assert desk.alert(alert).verdict == "false_positive"


def test_an_alert_that_is_no_longer_kept_is_told_of(desk):
    alert = desk.opens()
    desk.work()
    payload = payload_of(desk, "UR", "alert.benign")
    other = str(alert).replace(str(alert)[:8], "00000000")
    payload["actions"][0]["value"] = other
    assert dispatch(desk, payload) == 200
    assert desk.told("UR") == ["Nothing was changed: this alert is no longer kept."]


@pytest.mark.parametrize(
    "broken",
    [
        {"value": "no id"},
        {"value": None},
        {"value": ""},
        {"value": "00000000-0000-0000-0000-000000000000 no id"},
        {"action_ts": None},
    ],
)
def test_a_press_that_makes_no_sense_does_nothing(desk, broken):
    desk.opens()
    desk.work()
    payload = payload_of(desk, "UR", "alert.benign")
    payload["actions"][0] |= broken
    if broken.get("action_ts", "") is None:
        del payload["actions"][0]["action_ts"]
    assert dispatch(desk, payload) == 200
    assert desk.rows(Review) == []
    assert desk.rows(ChannelPress) == []


def test_an_undo_without_a_step_is_not_taken_for_one(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.work()
    payload = payload_of(desk, "UR", "alert.undo")
    payload["actions"][0]["value"] = str(alert)
    assert dispatch(desk, payload) == 200
    assert desk.alert(alert).verdict == "benign"


def test_slack_being_out_of_reach_does_not_undo_a_review(desk):
    alert = desk.opens()
    desk.work()
    desk.slack.fault("chat.update", hang_up=True)
    assert desk.press("UR", "alert.benign").acked
    assert desk.alert(alert).verdict == "benign"
    desk.work()
    assert "*Benign*, by Rita Reviewer" in text_of(desk.posts()[0])


def test_the_private_answer_speaks_the_sources_language(lite, slack):
    desk = make_desk(lite, slack, language="de")
    desk.opens()
    desk.work()
    desk.press("UT", "alert.benign")
    assert desk.told("UT")[0].startswith("Nichts wurde geändert: deine Rollen")


def test_old_presses_are_forgotten(desk):
    desk.opens()
    desk.work()
    desk.press("UR", "alert.in_progress")
    desk.slack.world.later(2 * 24 * 3600)
    desk.press("UR", "alert.benign")
    assert len(desk.rows(ChannelPress)) == 1


def test_a_press_takes_one_call_and_one_more_where_somebody_is_to_be_told(desk):
    desk.opens()
    desk.work()
    # Now and then the first of them also looks whether the channel is ours alone.
    desk.press("UR", "alert.open")
    desk.press("UR", "alert.in_progress")
    desk.press("UR", "alert.undo")
    before = len(desk.slack.calls)
    desk.press("UR", "alert.in_progress")
    assert [call.method for call in desk.slack.calls[before:]] == ["chat.update"]
    desk.press("UT", "alert.benign")
    assert [call.method for call in desk.slack.calls[before + 1 :]] == ["chat.postEphemeral"]


def test_the_apps_buttons_do_not_silence_the_logs_of_the_house(desk):
    assert logging.getLogger("frontdoor").getEffectiveLevel() <= logging.WARNING
