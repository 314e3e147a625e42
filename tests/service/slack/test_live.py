"""A message as it is posted: stored before it is acknowledged, judged once, and its author warned."""

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from detectors.scoring import builtin_policies
from detectors.warning_rules import Action
from messages import Blackout, Negotiation, Period, Register
from service.alerts.detail import get_alert
from service.directory.store import save_directory
from service.models import Alert, AlertStatus, MessageRow, Review
from service.negotiations.snapshot import save_register
from service.pipeline.connect import history_for
from service.pipeline.follow import drain
from service.pipeline.recheck import recheck
from service.settings import Retention
from service.slack.intake import backlog, waiting
from service.slack.models import SlackEvent, SlackRoom, SlackWorkspace
from service.threads.keep import expire
from service.warnings.models import WarningRow
from tests.fakes.office import FISHING, LEAK, ORDINARY, TOKEN, Live, directory, make_office


def test_a_leak_in_a_shared_channel_raises_an_alert_and_a_warning_to_its_author(live):
    live.say("C1", "U1", LEAK)
    [alert] = live.rows(Alert)
    assert (alert.counterparty, alert.channel) == ("Norvik Metall", "slack")
    [warning] = live.rows(WarningRow)
    assert (warning.recipient, warning.kind, warning.labels[0]) == ("U1", "author", "budget")
    assert live.due == [warning.id]


def test_an_ordinary_message_raises_nothing(live):
    live.say("C1", "U1", ORDINARY)
    assert live.rows(Alert) == live.rows(WarningRow) == []
    assert len(live.rows(MessageRow)) == 1


def test_a_channel_of_our_own_is_not_kept(live):
    live.say("C2", "U1", LEAK)
    assert live.rows(MessageRow) == live.rows(Alert) == []
    [event] = live.rows(SlackEvent)
    assert event.sealed is None
    assert event.outcome == "nobody outside is in this channel"


def test_a_channel_with_a_guest_is_read(live):
    live.say("C3", "U1", LEAK)
    [alert] = live.rows(Alert)
    assert alert.counterparty == "hauck.example"


def test_a_fishing_question_warns_who_may_answer_it(live):
    live.say("C1", "U4", ORDINARY)
    live.say("C1", "U2", FISHING)
    [warning] = live.rows(WarningRow)
    assert (warning.recipient, warning.kind) == ("U4", "reader")


def test_a_fishing_question_to_somebody_by_name_warns_them(live):
    live.say("C1", "U4", ORDINARY)
    live.say("C1", "U2", f"<@U1> {FISHING}")
    assert [one.recipient for one in live.rows(WarningRow)] == ["U1"]


def test_an_event_is_sealed_before_it_is_acknowledged_and_gone_once_it_was_worked_on(live):
    live.slack.world.post("C1", "U1", LEAK)
    live.deliver()
    [event] = live.rows(SlackEvent)
    assert live.statuses == [200]
    assert event.done_at is None
    assert b"budget" not in event.sealed
    live.work()
    [event] = live.rows(SlackEvent)
    assert (event.outcome, event.sealed, event.key_id) == ("taken", None, None)


def test_the_same_event_again_changes_nothing(live):
    live.slack.world.post("C1", "U1", LEAK)
    [payload] = live.deliver()
    live.work()
    for event_id in (payload["event_id"], "Ev0ANOTHER"):
        live.send(payload | {"event_id": event_id})
    live.work()
    assert len(live.rows(SlackEvent)) == len(live.rows(WarningRow)) == len(live.rows(Alert)) == 1


def test_an_edit_is_judged_anew(live):
    ts = live.say("C1", "U1", ORDINARY)
    live.slack.world.edit("C1", ts, LEAK)
    live.work()
    assert len(live.rows(Alert)) == len(live.rows(WarningRow)) == 1
    first, second = sorted(live.rows(MessageRow), key=lambda row: row.stored_at)
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None


def test_an_edit_that_still_says_it_warns_nobody_twice(live):
    ts = live.say("C1", "U1", LEAK)
    live.slack.world.edit("C1", ts, LEAK + " Best, Anna")
    live.work()
    assert len(live.rows(Alert)) == len(live.rows(WarningRow)) == 1


def test_a_preview_of_a_link_is_no_edit(live):
    ts = live.say("C1", "U1", ORDINARY)
    live.slack.world.unfurl("C1", ts, "https://norvik.example", LEAK)
    live.work()
    [message] = live.rows(MessageRow)
    assert message.withdrawn_at is None
    assert live.rows(Alert) == []


def test_a_deleted_message_closes_its_alert_and_says_how_long_it_stood(live):
    ts = live.say("C1", "U1", LEAK)
    live.slack.world.later(40)
    live.slack.world.delete("C1", ts)
    live.work()
    [alert] = live.rows(Alert)
    assert (alert.status, alert.verdict) == (AlertStatus.RESOLVED, None)
    [review] = live.rows(Review)
    assert review.reviewer == "frontdoor (its author deleted it)"


def test_an_alert_that_somebody_took_up_stays_open_when_its_message_is_deleted(live):
    ts = live.say("C1", "U1", LEAK)
    with live.office.database.transaction() as session:
        session.get(Alert, live.rows(Alert)[0].id).status = AlertStatus.IN_PROGRESS.value
    live.slack.world.delete("C1", ts)
    live.work()
    assert live.rows(Alert)[0].status == AlertStatus.IN_PROGRESS


def test_an_alert_with_other_evidence_stays_open_when_one_message_is_deleted(live):
    root = live.say("C1", "U1", LEAK)
    reply = live.say("C1", "U4", "To be honest we have no second source for this part.", thread=root)
    live.slack.world.delete("C1", reply)
    live.work()
    assert live.rows(Alert)[0].status == AlertStatus.NEW


def test_a_message_that_was_said_long_ago_is_stored_and_warns_nobody(live):
    live.slack.world.post("C1", "U1", LEAK)
    live.deliver()
    live.slack.world.later(3600)
    live.work()
    assert len(live.rows(Alert)) == 1
    assert live.rows(WarningRow) == []


def test_what_bots_and_workflows_post_is_left_out(live):
    live.say("C1", "UBOT", LEAK, more={"bot_id": "B1", "subtype": "bot_message"})
    assert live.rows(MessageRow) == []


def test_a_workspace_that_asks_for_patience_keeps_its_events(live):
    live.slack.limit("conversations.info", retry_after=2)
    live.slack.world.post("C1", "U1", LEAK)
    live.work()
    with live.office.database.transaction(write=False) as session:
        waiting, oldest = backlog(session)
    assert waiting == 1
    assert oldest is not None
    live.intake._hearing._held.clear()
    live.intake._hearing._readers.clear()
    live.work()
    assert len(live.rows(Alert)) == 1


def test_a_channel_the_app_may_not_ask_about_is_left_alone(live):
    live.slack.fault("conversations.info", error="channel_not_found")
    live.say("C1", "U1", LEAK)
    [event] = live.rows(SlackEvent)
    assert "channel_not_found" in event.outcome


def test_a_revoked_token_is_on_record_and_loses_nothing(live):
    live.slack.world.post("C1", "U1", LEAK)
    live.deliver()
    live.slack.world.grants[TOKEN].refusal = "token_revoked"
    live.work()
    [workspace] = live.rows(SlackWorkspace)
    assert (workspace.state, "token_revoked" in workspace.failure) == ("revoked", True)
    with live.office.database.transaction(write=False) as session:
        assert backlog(session)[0] == 1


def test_what_nobody_works_on_is_not_kept_for_ever(live):
    live.slack.world.post("C1", "U1", LEAK)
    live.deliver()

    def left(days):
        now = live.office.clock() + timedelta(days=days)
        with live.office.database.transaction() as session:
            expire(session, Retention(text_hours=72), now=now)
        return len(live.rows(SlackEvent))

    assert [left(days) for days in (2, 4)] == [1, 0]


def test_which_channels_are_read_is_on_record(live):
    live.say("C1", "U1", ORDINARY)
    live.say("C2", "U1", ORDINARY)
    rooms = {row.channel: (row.name, row.state, row.outsiders) for row in live.rows(SlackRoom)}
    assert rooms == {"C1": ("ext-norvik", "read", "t2.slack"), "C2": ("engineering", "internal", "")}


def test_a_message_that_was_deleted_while_nobody_listened_closes_its_alert(live):
    kept, gone = live.say("C1", "U1", LEAK), live.say("C1", "U4", LEAK)
    reply = live.say("C3", "U1", LEAK, thread=live.say("C3", "U3", ORDINARY))
    live.slack.world.delete("C1", gone)
    live.slack.world.delete("C3", reply)
    live.mail.clear()
    assert recheck(live.office, Event()) == 2
    standing = [row.external_id for row in live.rows(MessageRow, MessageRow.withdrawn_at.is_(None))]
    assert f"T1:C1:{kept}" in standing
    assert sorted(alert.status for alert in live.rows(Alert)) == ["new", "resolved", "resolved"]


def test_a_message_that_slack_does_not_show_just_now_is_not_taken_for_deleted(live):
    live.say("C1", "U1", LEAK)
    live.slack.fault("conversations.replies", error="channel_not_found")
    assert recheck(live.office, Event()) == 0
    live.slack.limit("conversations.replies", retry_after=30)
    assert recheck(live.office, Event()) == 0
    assert live.rows(Alert)[0].status == AlertStatus.NEW


def test_an_alert_shows_its_warnings_their_answers_and_what_was_taken_back(live):
    ts = live.say("C1", "U1", LEAK)
    [alert] = live.rows(Alert)
    with live.office.database.transaction() as session:
        warning = session.get(WarningRow, live.due[0])
        warning.state, warning.answer, warning.answered_at = "sent", "authorised", live.office.clock()
    live.slack.world.delete("C1", ts)
    live.work()
    with live.office.database.transaction(write=False) as session:
        shown = get_alert(session, live.office.keys, alert.id, own_domains=["ourco.example"])
    [one] = shown.warnings
    assert (one.kind, one.labels, one.state, one.answer) == ("author", ["budget"], "sent", "authorised")
    assert shown.messages[0].withdrawn_at is not None
    assert "U1" not in one.model_dump_json()


def test_a_busy_channel_leaves_the_others_their_turn(live):
    for _ in range(30):
        live.slack.world.post("C1", "U1", ORDINARY)
    live.slack.world.post("C3", "U1", LEAK)
    live.deliver()
    with live.office.database.transaction(write=False) as session:
        found = waiting(session, live.office.keys, limit=15)
    assert [one.event["channel"] for one in found] == ["C1"] * 10 + ["C3"]
    live.work()
    assert len(live.rows(MessageRow)) == 31


@pytest.fixture
def warned_only(lite, slack):
    """An office whose policy wants a warning and no alert."""
    balanced = next(one for one in builtin_policies() if one.name == "balanced")
    rules = replace(balanced.warning, actions={("default", "default"): Action.WARN})
    office = make_office(lite, slack, policies=(replace(balanced, warning=rules),))
    office.workspaces.register()
    return Live(office=office, slack=slack)


def test_a_policy_that_wants_a_warning_alone_raises_no_alert(warned_only):
    warned_only.say("C1", "U1", LEAK)
    assert len(warned_only.rows(WarningRow)) == 1
    assert warned_only.rows(Alert) == []


def test_where_nobody_can_be_warned_any_more_such_a_policy_gets_its_alert(warned_only):
    warned_only.slack.world.post("C1", "U1", LEAK)
    warned_only.deliver()
    warned_only.slack.world.later(3600)
    warned_only.work()
    assert warned_only.rows(WarningRow) == []
    assert len(warned_only.rows(Alert)) == 1


def test_an_edit_that_history_brings_takes_the_place_of_what_was_said_before(live):
    ts = live.say("C1", "U1", LEAK)
    live.slack.world.edit("C1", ts, ORDINARY)
    live.mail.clear()
    history = history_for(live.office.source, TOKEN)
    live.slack.world.later(600)
    drain(live.office.database, history, live.intake._house, source="slack", kind="slack")
    versions = {row.external_id.count(":"): row.withdrawn_at for row in live.rows(MessageRow)}
    assert versions[2] is not None
    assert versions[3] is None


def test_warnings_that_fared_alike_are_shown_together(live):
    live.say("C1", "U2", FISHING)
    [alert] = live.rows(Alert)
    with live.office.database.transaction(write=False) as session:
        shown = get_alert(session, live.office.keys, alert.id, own_domains=["ourco.example"])
    [one] = shown.warnings
    assert (one.kind, one.people, one.answer) == ("reader", 2, None)


def negotiate(office, **terms):
    """Enter a negotiation with Norvik that Anna leads."""
    castings = Negotiation(name="Castings", counterparties=("Norvik Metall",), lead="anna@ourco.example", **terms)
    with office.database.transaction() as session:
        save_directory(session, directory())
        save_register(session, office.keys, Register((castings,)), now=office.clock())


def labels(live):
    return set().union(*({row.label for row in alert.labels} for alert in live.rows(Alert)))


def test_the_register_counts_from_the_message_after_its_change_on(office, slack):
    live = Live(office=office, slack=slack, follows=True)
    negotiate(office)
    live.say("C1", "U4", "Level 2 is what we look for in the castings, level 3 on the inner walls.")
    assert "blackout_broken" not in labels(live)
    today = office.clock().date()
    negotiate(office, blackouts=(Blackout(days=Period(first=today, last=today)),))
    live.say("C1", "U4", "Level 4 is what we look for in the cores, level 5 on the outer walls.")
    assert "blackout_broken" in labels(live)


def test_a_negotiator_who_was_on_the_thread_before_is_missed(office, slack):
    live = Live(office=office, slack=slack, follows=True)
    negotiate(office)
    root = live.say("C1", "U2", "Would a wall of 5 mm be acceptable to you?")
    slack.world.channels["C1"].members.remove("U1")
    live.intake._forget("T1", "C1")
    live.say("C1", "U4", "Then make it 5 mm, and keep the old price for the rest.", thread=root)
    assert "negotiator_dropped" in labels(live)
    assert all("negotiator_dropped" not in one.labels for one in live.rows(WarningRow))
