"""What goes wrong while messages are worked on: nothing is lost by it, and nobody is held up who need not be."""

import contextlib
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.alerts.record import alerts_on
from service.models import Alert, AlertStatus, FindingRow, MessageRow
from service.pipeline.connect import history_for, slack_source_name
from service.pipeline.ingest import ingest
from service.slack.consents import withdraw
from service.slack.installs import save_consent
from service.slack.intake import store_event
from service.slack.models import SlackEvent, SlackRoom, SlackWorkspace
from service.warnings.models import WarningRow, WarningState
from tests.fakes.office import FISHING, LEAK, ORDINARY, TOKEN, Live


def outcomes(live):
    """What became of each event, in order; empty for what still waits."""
    return [row.outcome for row in sorted(live.rows(SlackEvent), key=lambda row: row.id)]


def wait_no_longer(live):
    """Let everything that was put off be tried again at once."""
    live.intake._hearing._held.clear()
    live.intake._hearing._resting.clear()


def sweep(live):
    """Let history take what was said, as if live intake were late."""
    source = live.office.source.model_copy(update={"grace_seconds": 0})
    for batch in history_for(source, TOKEN).batches({}):
        with live.office.database.transaction() as session:
            name = slack_source_name(source, "T1")
            ingest(session, name, "slack", batch, live.intake._house, now=live.office.clock())


def consent(live, user, token):
    live.slack.world.grant(token, user)
    with live.office.database.transaction() as session:
        scopes, now = ["im:history"], live.office.clock()
        save_consent(session, live.office.keys, "T1", user, token=token, scopes=scopes, now=now)


def through(team, payload):
    """Let an event come through another of our workspaces."""
    [told] = payload["authorizations"]
    return payload | {"team_id": team, "context_team_id": team, "authorizations": [told | {"team_id": team}]}


def test_a_message_that_was_deleted_before_it_was_worked_on_warns_nobody_and_leaves_no_alert_open(live):
    ts = live.slack.world.post("C1", "U1", LEAK)
    live.slack.world.delete("C1", ts)
    live.work()
    assert live.rows(WarningRow) == []
    assert [alert.status for alert in live.rows(Alert)] == [AlertStatus.RESOLVED]


def test_a_deletion_that_comes_in_before_its_message_counts_all_the_same(live):
    ts = live.slack.world.post("C1", "U1", LEAK)
    live.slack.world.delete("C1", ts)
    said, deleted = live.mail
    live.mail = [deleted]
    live.work()
    live.mail = [said]
    live.work()
    assert live.rows(WarningRow) == []
    [message] = live.rows(MessageRow)
    assert message.withdrawn_at is not None
    assert [alert.status for alert in live.rows(Alert)] == [AlertStatus.RESOLVED]


def test_a_leak_that_was_edited_away_before_it_was_worked_on_raises_an_alert_and_warns_nobody(live):
    ts = live.slack.world.post("C1", "U1", LEAK)
    live.slack.world.edit("C1", ts, ORDINARY)
    live.work()
    assert len(live.rows(Alert)) == 1
    assert live.rows(WarningRow) == []


def test_a_leak_that_was_edited_and_still_says_it_warns_once_when_both_are_worked_on_together(live):
    ts = live.slack.world.post("C1", "U1", LEAK)
    live.slack.world.edit("C1", ts, LEAK + " Best, Anna")
    live.work()
    assert len(live.rows(WarningRow)) == 1


@pytest.mark.parametrize("unfurled", [False, True])
def test_the_first_message_of_a_thread_is_deleted_though_slack_leaves_a_tombstone(live, unfurled):
    root = live.say("C1", "U1", LEAK)
    live.say("C1", "U4", ORDINARY, thread=root)
    if unfurled:
        live.slack.world.unfurl("C1", root, "https://norvik.example", "Norvik")
    live.slack.world.delete("C1", root)
    live.work()
    assert [alert.status for alert in live.rows(Alert)] == [AlertStatus.RESOLVED]
    assert [warning.state for warning in live.rows(WarningRow)] == [WarningState.EXPIRED]


def test_an_alert_on_a_version_that_was_edited_away_closes_when_the_message_is_deleted(live):
    ts = live.say("C1", "U1", LEAK)
    live.slack.world.edit("C1", ts, ORDINARY)
    live.work()
    assert live.rows(Alert)[0].status == AlertStatus.NEW
    live.slack.world.delete("C1", ts)
    live.work()
    assert live.rows(Alert)[0].status == AlertStatus.RESOLVED


def test_what_the_sweep_took_first_warns_its_author_once_and_their_answer_reaches_its_alert(live):
    live.slack.world.post("C1", "U1", LEAK)
    sweep(live)
    live.work()
    [warning], [alert], [message] = live.rows(WarningRow), live.rows(Alert), live.rows(MessageRow)
    assert warning.alert_id == alert.id
    with live.office.database.transaction(write=False) as session:
        assert alerts_on(session, message.id) == {"balanced": alert.id}


@pytest.mark.parametrize(
    "fault",
    [
        {"error": "fetch_members_failed"},
        {"status": 500, "times": 2},
        {"body": b"[]", "times": 2},
        {"hang_up": True, "times": 2},
    ],
)
def test_a_channel_that_always_fails_holds_up_no_other(live, fault):
    live.slack.world.post("C3", "U1", LEAK)
    live.slack.world.post("C1", "U1", LEAK)
    live.slack.fault("conversations.members", **fault)
    live.work()
    # The workspace rests for seconds where Slack gave no answer; the channel rests for longer.
    live.intake._hearing._held.clear()
    live.work()
    assert outcomes(live) == ["", "taken"]
    wait_no_longer(live)
    live.work()
    assert outcomes(live) == ["taken", "taken"]


def test_a_token_that_is_refused_after_a_restart_keeps_what_waits(live):
    live.slack.world.post("C1", "U1", LEAK)
    live.deliver()
    live.slack.world.grants[TOKEN].refusal = "token_revoked"
    live.office.workspaces.forget()
    live.work()
    assert outcomes(live) == [""]
    live.slack.world.grants[TOKEN].refusal = ""
    live.office.workspaces.forget()
    wait_no_longer(live)
    live.work()
    assert len(live.rows(WarningRow)) == 1


def test_a_persons_own_token_that_is_refused_says_nothing_of_their_workspace(live):
    consent(live, "U1", "xoxp-anna")
    direct = live.slack.world.direct("U1", "U2")
    live.slack.world.post(direct.id, "U1", LEAK)
    live.slack.world.post("C1", "U4", LEAK)
    live.deliver()
    live.slack.world.grants["xoxp-anna"].refusal = "account_inactive"
    live.work()
    assert outcomes(live)[1] == "taken"
    assert "account_inactive" in outcomes(live)[0]
    assert [workspace.state for workspace in live.rows(SlackWorkspace)] == ["connected"]


def test_a_token_that_was_withdrawn_is_not_kept_in_memory(live):
    consent(live, "U1", "xoxp-anna")
    direct = live.slack.world.direct("U1", "U2")
    live.say(direct.id, "U1", ORDINARY)
    assert "xoxp-anna" in {token for token, _ in live.intake._hearing._readers.values()}
    withdraw(live.office, "T1", "U1")
    live.slack.world.grants["xoxp-anna"].refusal = ""
    live.say(direct.id, "U1", LEAK)
    assert outcomes(live)[-1] == "a direct message without consent"
    assert "xoxp-anna" not in {token for token, _ in live.intake._hearing._readers.values()}


def test_an_event_that_can_not_be_taken_in_is_given_up_and_the_others_go_on(live):
    _, bad, _ = (live.slack.world.post("C1", "U1", words) for words in (LEAK, ORDINARY, LEAK.replace("85", "86")))
    live.deliver()
    with live.office.database.transaction() as session:
        session.execute(
            text(
                f"CREATE TRIGGER poison BEFORE INSERT ON message WHEN NEW.external_id = 'T1:C1:{bad}' "
                "BEGIN SELECT RAISE(ABORT, 'poison'); END"
            )
        )
    for _ in range(20):
        with contextlib.suppress(IntegrityError):
            live.intake.work()
    assert outcomes(live) == ["taken", "refused", "taken"]


def test_who_has_just_joined_a_channel_is_warned_like_everybody(live):
    live.say("C1", "U4", ORDINARY)
    live.slack.world.user("U9", "T1", "Nina Neu", email="nina@ourco.example")
    live.slack.world.channels["C1"].members.append("U9")
    live.say("C1", "U9", LEAK)
    assert [warning.recipient for warning in live.rows(WarningRow)] == ["U9"]


def test_another_firms_person_with_an_account_in_our_workspace_is_not_told_of_a_fishing_question(live):
    live.slack.world.user("U7", "T1", "Sven Norvik", email="sven@norvik.example")
    live.slack.world.channels["C1"].members.append("U7")
    live.say("C1", "U7", ORDINARY)
    live.say("C1", "U2", FISHING)
    assert {warning.recipient for warning in live.rows(WarningRow)} == {"U1", "U4"}


def test_a_fishing_question_by_another_firms_person_in_our_workspace_warns_its_readers(live):
    live.slack.world.user("U7", "T1", "Sven Norvik", email="sven@norvik.example")
    live.slack.world.channels["C1"].members.append("U7")
    live.say("C1", "U4", ORDINARY)
    live.say("C1", "U7", FISHING)
    assert [warning.recipient for warning in live.rows(WarningRow)] == ["U4"]


def test_what_another_sources_app_was_told_is_left_to_it(live):
    body = {"event_id": "Ev0OTHER", "team_id": "T2", "event": {"type": "message", "channel": "C9", "ts": "1.000000"}}
    other = live.office.source.model_copy(update={"name": "second"})
    settings = live.office.settings.model_copy(update={"source": (live.office.source, other)})
    store_event(live.office.database, live.office.keys, body, source="second", now=live.office.clock())
    here = Live(office=replace(live.office, settings=settings), slack=live.slack)
    here.work()
    assert outcomes(here) == [""]
    there = Live(office=replace(live.office, settings=settings, source=other), slack=live.slack)
    there.work()
    assert outcomes(there) != [""]


def test_a_message_that_comes_through_two_of_our_workspaces_is_one(live):
    live.slack.world.post("C1", "U1", LEAK)
    [payload] = live.deliver()
    live.send(through("T3", payload) | {"event_id": "Ev0ELSEWHERE"})
    live.work()
    assert len(live.rows(MessageRow)) == len(live.rows(FindingRow)) == len(live.rows(WarningRow)) == 1
    assert outcomes(live) == ["taken", "taken"]


def test_a_deletion_that_comes_through_another_workspace_than_its_message_counts(live):
    live.office.workspaces.register()
    ts = live.say("C1", "U1", LEAK)
    live.slack.world.delete("C1", ts)
    [payload] = live.mail
    live.mail = []
    live.send(through("T3", payload))
    live.work()
    assert [alert.status for alert in live.rows(Alert)] == [AlertStatus.RESOLVED]


def test_a_channel_that_the_other_firm_began_is_read_with_our_eyes(live):
    live.slack.world.channel("C9", "norvik-ourco", "T2", ["UBOT", "U1", "U2"], teams=["T1"])
    live.slack.world.post("C9", "U1", LEAK)
    [payload] = live.deliver()
    assert (payload["team_id"], payload["authorizations"][0]["team_id"]) == ("T2", "T1")
    live.work()
    [message], [alert], [warning] = live.rows(MessageRow), live.rows(Alert), live.rows(WarningRow)
    assert (message.external_id.split(":")[0], message.direction) == ("T1", "outbound")
    assert (alert.counterparty, warning.team, warning.recipient) == ("Norvik Metall", "T1", "U1")


def test_whoever_joins_a_channel_that_the_other_firm_began_is_noticed(live):
    live.slack.world.channel("C9", "norvik-ourco", "T2", ["UBOT", "U1", "U2"], teams=["T1"])
    live.say("C9", "U1", ORDINARY)
    live.slack.world.join("C9", "U4")
    live.deliver()
    assert [room.stale for room in live.rows(SlackRoom)] == [True]
