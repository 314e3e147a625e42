"""Warnings on their way: each sent at most once, by the way that works, with every attempt on record."""

import contextlib
import logging
import threading
import time
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.errors import ConfigurationError
from service.slack.models import SlackWorkspace
from service.warnings.delivery import ABANDONED, deliver, forget_claims, lapse
from service.warnings.models import STALE, WarningAttempt, WarningRow
from service.warnings.plan import plan_warnings
from service.warnings.send import Sender
from tests.fakes.office import fill, make_office
from tests.fakes.slack import blockkit
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World
from tests.service.warnings.speaking import ANNA, BERND, KEYS, WEDNESDAY, add_warning, found, said

WORDS = "85,000 euros <!here> & not a cent more"


@pytest.fixture
def now(office):
    return office.clock()


def planned(office, *, person=ANNA, ts="", listeners=(), words=WORDS, **how):
    """Let somebody say something that they are warned of; returns the ids."""
    now = office.clock()
    label = "elicitation" if listeners else "budget"
    author = None if listeners else person
    ts = ts or f"{uuid.uuid4().int % 10**9}.000100"
    spoken = said(found(label, words), author=author, listeners=listeners, ts=ts, at=now, **how)
    with office.database.transaction() as session:
        return plan_warnings(session, office.keys, spoken, source=office.source, now=now)


def row_of(office, warning):
    with office.database.transaction(write=False) as session:
        return session.get_one(WarningRow, warning)


def tried(office, warning):
    """List what was tried: by which way, and what came of it."""
    with office.database.transaction(write=False) as session:
        query = select(WarningAttempt).where(WarningAttempt.warning_id == warning).order_by(WarningAttempt.tried_at)
        return [(one.via, one.outcome) for one in session.scalars(query)]


@contextlib.contextmanager
def sending(office, **how):
    sender = Sender(office, **how)
    sender.start()
    try:
        yield sender
    finally:
        sender.stop()


def wait_for(condition, seconds=10.0):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.005)


def direct_messages(slack):
    return [post for channel in slack.world.channels.values() if channel.kind == "im" for post in channel.posts]


def test_an_author_sees_the_warning_next_to_the_message_and_nobody_else_does(office, slack):
    [warning] = planned(office)
    assert deliver(office, warning) is None
    [shown] = slack.ephemerals
    assert (shown.user, shown.channel, shown.thread_ts) == ("U1", "C1", "")
    assert "85,000 euros &lt;!here&gt; &amp; not a cent more" in shown.text
    assert blockkit.problems({"text": shown.text, "blocks": shown.blocks}) == []
    row = row_of(office, warning)
    assert (row.state, row.via, row.sent_at) == ("sent", "ephemeral", office.clock())
    assert tried(office, warning) == [("ephemeral", "accepted")]


def test_a_warning_about_a_threads_message_is_shown_in_the_thread(office, slack):
    ts = slack.world.post("C1", "U2", "A question?")
    deliver(office, *planned(office, thread=ts))
    assert slack.ephemerals[0].thread_ts == ts


def test_each_button_carries_the_warnings_id(office, slack):
    [warning] = planned(office)
    deliver(office, warning)
    buttons = slack.ephemerals[0].blocks[-1]["elements"]
    assert {uuid.UUID(one["value"]) for one in buttons} == {warning}
    assert [one["action_id"] for one in buttons] == [
        *("warning.delete", "warning.authorised", "warning.ask", "warning.not_a_problem", "warning.why")
    ]


def test_a_reader_gets_only_the_buttons_that_make_sense_to_a_reader(office, slack):
    deliver(office, *planned(office, listeners=(ANNA,)))
    buttons = slack.ephemerals[0].blocks[-1]["elements"]
    assert [one["action_id"] for one in buttons] == ["warning.ask", "warning.not_a_problem", "warning.why"]


@pytest.mark.parametrize(
    "refusal", ["user_not_in_channel", "channel_not_found", "not_in_channel", "is_archived", "restricted_action"]
)
def test_where_nothing_can_be_shown_a_direct_message_says_so(office, slack, refusal):
    ts = slack.world.post("C1", "U1", "Something")
    [warning] = planned(office, ts=ts)
    slack.fault("chat.postEphemeral", error=refusal)
    again = deliver(office, warning)
    assert again.at == office.clock()
    assert not again.resting
    assert deliver(office, warning) is None
    [message] = direct_messages(slack)
    assert message["text"].startswith("About your message in <#C1>.")
    assert f"/archives/C1/p{ts.replace('.', '')}" in str(message["blocks"][0])
    assert blockkit.problems(message) == []
    assert tried(office, warning) == [("ephemeral", refusal), ("direct", "accepted")]
    assert (row_of(office, warning).state, row_of(office, warning).via) == ("sent", "direct")


def test_somebody_who_left_the_channel_gets_the_direct_message(office, slack):
    slack.world.channels["C1"].members.remove("U1")
    with sending(office) as sender:
        sender.submit(planned(office))
        wait_for(lambda: direct_messages(slack))
    assert slack.ephemerals == []


def test_a_direct_message_without_a_link_is_sent_all_the_same(office, slack):
    slack.fault("chat.postEphemeral", error="not_in_channel")
    slack.fault("chat.getPermalink", hang_up=True)
    [warning] = planned(office)
    deliver(office, warning)
    deliver(office, warning)
    assert len(direct_messages(slack)) == 1


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
@pytest.mark.parametrize("refusal", ["messages_tab_disabled", "user_disabled", "cannot_dm_bot"])
def test_where_no_way_leads_to_somebody_the_warning_failed(office, slack, method, refusal):
    slack.fault("chat.postEphemeral", error="user_not_in_channel")
    slack.fault(method, error=refusal)
    [warning] = planned(office)
    deliver(office, warning)
    assert deliver(office, warning) is None
    assert row_of(office, warning).state == "failed"
    assert tried(office, warning)[-1] == ("direct", refusal)
    assert direct_messages(slack) == []


def test_opening_a_conversation_may_be_tried_again_since_nothing_was_said(office, slack):
    slack.fault("chat.postEphemeral", error="user_not_in_channel")
    slack.fault("conversations.open", hang_up=True)
    [warning] = planned(office)
    deliver(office, warning)
    again = deliver(office, warning)
    assert again.at > office.clock()
    slack.world.later(3)
    assert deliver(office, warning) is None
    assert len(direct_messages(slack)) == 1


def test_a_direct_message_at_night_waits_for_the_morning(office, slack):
    slack.world.later(9 * 3600)
    now = office.clock()
    assert now.hour == 0
    slack.fault("chat.postEphemeral", error="user_not_in_channel")
    [warning] = planned(office)
    again = deliver(office, warning)
    assert again.at == now.replace(hour=7, minute=0, second=0)
    slack.world.later(6 * 3600)
    assert deliver(office, warning) is None
    assert direct_messages(slack) == []
    slack.world.later(3600)
    assert deliver(office, warning) is None
    assert len(direct_messages(slack)) == 1


def test_a_direct_message_does_not_wait_over_the_weekend(office, slack):
    slack.world.later(2 * 86400 + 9 * 3600)
    assert office.clock().weekday() == 5
    slack.fault("chat.postEphemeral", error="user_not_in_channel")
    [warning] = planned(office)
    assert deliver(office, warning) is None
    assert row_of(office, warning).state == "expired"


def test_a_warning_that_slack_had_no_time_for_is_sent_when_it_has(office, slack):
    slack.limit("chat.postEphemeral", retry_after=7)
    [warning] = planned(office)
    again = deliver(office, warning)
    assert again.resting
    assert again.at == office.clock() + timedelta(seconds=7)
    assert deliver(office, warning) is None
    assert slack.ephemerals == []
    slack.world.later(7)
    assert deliver(office, warning) is None
    assert len(slack.ephemerals) == 1
    assert tried(office, warning) == [("ephemeral", "ratelimited"), ("ephemeral", "accepted")]


def test_a_warning_that_slack_has_no_time_for_while_it_matters_lapses(office, slack):
    slack.limit("chat.postEphemeral", retry_after=600)
    [warning] = planned(office)
    assert deliver(office, warning) is None
    assert row_of(office, warning).state == "expired"


def test_while_slack_asks_for_a_pause_nothing_else_of_the_workspace_is_tried_and_the_order_stays(office, slack):
    slack.limit("chat.postEphemeral", retry_after=60)
    with sending(office) as sender:
        first = planned(office, words="1 euro")
        sender.submit(first)
        wait_for(lambda: tried(office, first[0]))
        rest = [one for n in (2, 3) for one in planned(office, words=f"{n} euros")]
        sender.submit(rest)
        sender.submit(planned(office, person=BERND, words="4 euros"))
        time.sleep(0.1)
        assert len(slack.called("chat.postEphemeral")) == 1
        slack.world.later(61)
        sender.submit(())
        wait_for(lambda: len(slack.ephemerals) == 4)
    annas = [one.text for one in slack.ephemerals if one.user == "U1"]
    assert [next(n for n in "123" if f"“{n} euro" in text) for text in annas] == ["1", "2", "3"]


def test_while_slack_is_down_nothing_is_lost(lite):
    with FakeSlack(fill(World(now=WEDNESDAY))) as slack:
        office = make_office(lite, slack, keys=KEYS)
        office.workspaces.client("T1")
    [warning] = planned(office)
    again = deliver(office, warning)
    assert again.resting
    assert tried(office, warning) == [("ephemeral", "ConnectionRefusedError")]
    row = row_of(office, warning)
    assert (row.state, row.not_before) == ("due", again.at)


def test_while_slack_can_not_even_be_asked_whose_token_it_is_nothing_is_lost(lite):
    with FakeSlack(fill(World(now=WEDNESDAY))) as slack:
        office = make_office(lite, slack, keys=KEYS)
    [warning] = planned(office)
    assert deliver(office, warning).resting
    assert tried(office, warning) == [("ephemeral", "unreachable")]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"hang_up": True}, "RemoteDisconnected"),
        ({"hang_up": True, "done": True}, "RemoteDisconnected"),
        ({"status": 500, "error": "internal_error"}, "status_500"),
        ({"status": 503, "body": b"<html>try later</html>"}, "status_503"),
        ({"status": 502, "body": b"bad gateway", "done": True}, "status_502"),
        ({"error": "internal_error"}, "internal_error"),
        ({"error": "fatal_error", "done": True}, "fatal_error"),
        ({"error": "request_timeout"}, "request_timeout"),
        ({"body": b"not json"}, "status_200"),
        ({"body": b"not json", "done": True}, "status_200"),
        ({"body": b"[1, 2]"}, None),
        ({"body": b"\xff\xfe"}, "UnicodeDecodeError"),
        ({"body": b""}, "status_200"),
        ({"delay": 0.6}, "TimeoutError"),
        ({"delay": 0.6, "done": True}, "TimeoutError"),
    ],
)
def test_what_may_have_been_said_is_unknown_and_never_said_again(office, slack, fault, code):
    office.workspaces.client("T1").timeout = 0.3
    slack.fault("chat.postEphemeral", **fault)
    [warning] = planned(office)
    assert deliver(office, warning) is None
    assert row_of(office, warning).state == "unknown"
    [(way, outcome)] = tried(office, warning)
    assert way == "ephemeral"
    assert code is None or outcome == code
    assert "85,000" not in outcome
    slack.world.later(3600)
    assert deliver(office, warning) is None
    with sending(office) as sender:
        sender.recover()
        sender.submit([warning])
        time.sleep(0.05)
    assert len(slack.called("chat.postEphemeral")) == 1
    assert direct_messages(slack) == []


@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        ("token_revoked", "revoked"),
        ("invalid_auth", "limited"),
        ("account_inactive", "revoked"),
        ("missing_scope", "limited"),
    ],
)
def test_an_app_that_may_not_speak_is_noted_at_its_workspace(office, slack, refusal, state):
    office.workspaces.register()
    slack.fault("chat.postEphemeral", error=refusal)
    [warning] = planned(office)
    assert deliver(office, warning) is None
    assert row_of(office, warning).state == "failed"
    assert slack.called("conversations.open") == []
    with office.database.transaction(write=False) as session:
        row = session.get_one(SlackWorkspace, "T1")
    assert row.state == state
    assert refusal in row.failure


def test_a_workspace_without_the_app_gets_no_warning(lite, slack):
    installs = {"client_id": "1", "client_secret": {"env": "FRONTDOOR_TEST_SIGNING"}}
    office = make_office(lite, slack, keys=KEYS, installs=installs)
    [warning] = planned(office)
    assert deliver(office, warning) is None
    assert tried(office, warning) == [("ephemeral", "not_installed")]
    assert row_of(office, warning).state == "failed"


def test_what_was_claimed_when_the_program_was_killed_is_unknown_afterwards(office, slack):
    [warning] = planned(office)
    with office.database.transaction() as session:
        session.execute(update(WarningRow).values(state="claimed", claimed_at=office.clock()))
    with sending(office) as sender:
        sender.recover()
        time.sleep(0.05)
    assert row_of(office, warning).state == "unknown"
    assert tried(office, warning) == [("ephemeral", "interrupted")]
    assert slack.ephemerals == []


def test_at_the_start_what_is_fresh_is_sent_and_what_is_old_lapses(office, slack):
    [old] = planned(office, words="1 euro")
    slack.world.later(STALE.total_seconds())
    [fresh] = planned(office, words="2 euros")
    with sending(office) as sender:
        sender.recover()
        wait_for(lambda: slack.ephemerals)
    assert row_of(office, old).state == "expired"
    assert row_of(office, fresh).state == "sent"
    assert "2 euros" in slack.ephemerals[0].text


def test_a_claim_that_nobody_came_back_from_is_unknown_after_a_while(office, slack):
    [warning] = planned(office)
    with office.database.transaction() as session:
        session.execute(update(WarningRow).values(state="claimed", claimed_at=office.clock()))
    assert forget_claims(office, before=office.clock() - ABANDONED) == 0
    slack.world.later(ABANDONED.total_seconds())
    assert forget_claims(office, before=office.clock() - ABANDONED) == 1
    assert row_of(office, warning).state == "unknown"


def test_a_sender_that_was_given_up_puts_right_what_it_knows(office, slack):
    [warning] = planned(office)
    slack.fault("chat.postEphemeral", delay=0.5, done=True, body=b'{"ok": true, "message_ts": "1.1"}')
    sending_it = threading.Thread(target=deliver, args=(office, warning))
    sending_it.start()
    wait_for(lambda: slack.called("chat.postEphemeral"))
    assert forget_claims(office, before=office.clock()) == 1
    sending_it.join()
    assert row_of(office, warning).state == "sent"


def test_what_is_too_old_lapses_and_what_is_not_stays(office, slack):
    [old] = planned(office, words="1 euro")
    slack.world.later(STALE.total_seconds() - 1)
    [fresh] = planned(office, words="2 euros")
    lapse(office)
    assert [row_of(office, one).state for one in (old, fresh)] == ["due", "due"]
    slack.world.later(1)
    assert deliver(office, old) is None
    lapse(office)
    assert [row_of(office, one).state for one in (old, fresh)] == ["expired", "due"]
    assert slack.ephemerals == []


def test_two_senders_racing_for_the_same_warnings_send_each_once(database, slack):
    first, second = (make_office(database, slack, keys=KEYS) for _ in range(2))
    warnings = [add_warning(database, ts=f"{n}.1", user=f"U{1 + 3 * (n % 2)}", now=first.clock()) for n in range(24)]
    with sending(first) as one, sending(second) as two:
        for warning in warnings:
            one.submit([warning])
            two.submit([warning])
        wait_for(lambda: all(row_of(first, warning).state == "sent" for warning in warnings))
    assert len(slack.ephemerals) == 24
    assert [tried(first, warning) for warning in warnings] == [[("ephemeral", "accepted")]] * 24


def test_a_warning_for_the_morning_is_sent_when_it_comes(office, slack):
    morning = office.clock() + timedelta(hours=7)
    add_warning(office.database, now=office.clock(), not_before=morning)
    with sending(office) as sender:
        sender.recover()
        time.sleep(0.05)
        assert slack.ephemerals == []
        slack.world.later(7 * 3600)
        sender.submit(())
        wait_for(lambda: slack.ephemerals)


def test_people_are_warned_in_the_order_in_which_they_spoke(office, slack):
    warnings = [add_warning(office.database, ts=f"{n}.1", now=office.clock()) for n in range(10)]
    claimed = []
    with sending(office) as sender:
        for warning in warnings:
            sender.submit([warning])
        wait_for(lambda: len(slack.ephemerals) == 10)
    claimed = [uuid.UUID(one.blocks[-1]["elements"][0]["value"]) for one in slack.ephemerals]
    assert claimed == warnings


def test_one_slow_answer_does_not_hold_up_other_people(office, slack):
    slack.fault("chat.postEphemeral", delay=1.0)
    with sending(office) as sender:
        sender.submit(planned(office))
        wait_for(lambda: slack.called("chat.postEphemeral"))
        sender.submit(planned(office, person=BERND))
        wait_for(lambda: slack.ephemerals, seconds=0.8)
        assert slack.ephemerals[0].user == "U4"


def test_each_source_sends_what_is_its_own(lite, slack):
    ours, other = make_office(lite, slack, keys=KEYS), make_office(lite, slack, keys=KEYS, name="other")
    [warning] = planned(ours)
    assert deliver(other, warning) is None
    with sending(other) as sender:
        sender.recover()
        sender.submit([warning])
        time.sleep(0.05)
    assert slack.ephemerals == []
    assert row_of(ours, warning).state == "due"


def test_a_submitted_warning_that_is_not_there_does_no_harm(office, slack):
    with sending(office) as sender:
        sender.submit([uuid.uuid4()])
        sender.submit(planned(office))
        wait_for(lambda: slack.ephemerals)


def test_a_warning_whose_words_are_no_longer_readable_is_shown_without_them(office, slack):
    [warning] = planned(office)
    with office.database.transaction() as session:
        session.execute(update(WarningRow).values(sealed=b"0" * 40))
    deliver(office, warning)
    assert "This may give away what we can pay." in slack.ephemerals[0].text


def test_words_of_a_company_that_can_not_be_used_are_told_before_anybody_is_warned(lite, slack, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[en.buttons]\nasks = "x"', "utf-8")
    with pytest.raises(ConfigurationError, match="asks"):
        Sender(make_office(lite, slack, keys=KEYS, wording=str(own)))


def test_people_read_their_language_in_their_companys_words(lite, slack, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[de.author.budget]\nheadline = "Könnte das unser Budget verraten?"', "utf-8")
    office = make_office(lite, slack, keys=KEYS, wording=str(own))
    deliver(office, *planned(office, person=BERND))
    deliver(office, *planned(office))
    german, english = (one.text for one in slack.ephemerals)
    assert "Könnte das unser Budget verraten? Aus deiner Nachricht: „85,000 euros" in german
    assert "This may give away what we can pay. From your message: “85,000 euros" in english


def test_nothing_that_was_said_gets_into_the_logs(office, slack, caplog):
    caplog.set_level(logging.DEBUG)
    for fault in ({"hang_up": True}, {"error": "not_in_channel"}, {"status": 500}, {"error": "invalid_auth"}, {}):
        slack.fault("chat.postEphemeral", **fault) if fault else None
        [warning] = planned(office, person=replace(ANNA, user=f"U{len(caplog.records)}"))
        deliver(office, warning)
        deliver(office, warning)
    written = "\n".join(f"{one.getMessage()} {one.exc_text or ''}" for one in caplog.records)
    assert "warning" in written
    assert "85,000" not in written
    assert "cent" not in written
