"""Alerts in procurement's channel: posted once, kept up to date, and never a flood."""

import threading
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from sqlalchemy import update

from service.alerts.reviews import undo_review
from service.models import MessageRow, Verdict
from service.notify import posts
from service.notify.channel import Channel
from service.notify.models import ChannelPost, PostState
from service.notify.posts import FLOOD, post_news, run_posts
from service.notify.store import claim, trouble
from service.settings import Retention
from service.threads.keep import expire
from service.warnings.models import WarningRow
from tests.fakes.alerts import LEAK, Case, Mail, Words
from tests.fakes.office import Live
from tests.service.notify.desk import CONSOLE, WHERE, buttons_of, make_desk, text_of


def test_an_alert_is_posted_with_all_that_a_reviewer_needs_to_judge_it(desk):
    alert = desk.opens()
    desk.work()
    [post] = desk.posts()
    shown = text_of(post)
    assert ":large_orange_circle: *High: Budget*\nNorvik Metall · risk 81 of 100" in shown
    assert ">*Budget:* “we have 480k left for this”" in shown
    assert "Jonas Weber · mail: Forecast for the housing · <!date^" in shown
    assert buttons_of(post) == ["true_positive", "false_positive", "benign", "in_progress", "open"]
    [row] = [block["elements"] for block in post["blocks"] if block["type"] == "actions"]
    assert {one["value"] for one in row} == {str(alert)}
    assert row[-1]["url"] == f"{CONSOLE}/alerts/{alert}"
    assert "confirm" in row[2]


def test_no_alert_is_posted_where_another_firm_would_read_it(desk):
    desk.slack.world.channels[WHERE].teams = ["T2"]
    alert = desk.opens()
    desk.work()
    assert desk.posts() == []
    assert [post.state for post in desk.rows(ChannelPost, ChannelPost.alert_id == alert)] == [PostState.DUE]
    with desk.office.database.transaction(write=False) as session:
        assert "another firm is in it" in trouble(session, now=desk.now)
    desk.slack.world.channels[WHERE].teams = []
    desk.work()
    assert len(desk.posts()) == 1


def guest(world):
    world.user("UG", "T1", "Gil Guest", guest="single")


def colleague_elsewhere(world):
    world.user("UG", "T2", "Nora Norvik")


def unseen(world):
    world.user("UG", "T1", "Una Unseen", hidden=True)


def nobody_else(world):
    del world


def another_bot(world):
    world.user("UG", "T1", "Polls", bot=True)


@pytest.mark.parametrize(
    ("who", "is_told"),
    [(guest, False), (colleague_elsewhere, False), (unseen, False), (another_bot, True), (nobody_else, True)],
)
@pytest.mark.parametrize("colleagues", [0, 80])
def test_no_alert_is_posted_where_a_guest_would_read_it(desk, who, is_told, colleagues):
    world, members = desk.slack.world, desk.slack.world.channels[WHERE].members
    who(world)
    members += [one for one in ("UG",) if one in world.users]
    for number in range(colleagues):
        members.append(world.user(f"UC{number}", "T1", "Carl Colleague").id)
    desk.opens()
    desk.work()
    assert len(desk.posts()) == is_told
    reason = trouble_of(desk)
    assert ("nobody but regular members of your own workspace may be in it" in reason) is not is_told
    assert "Gil" not in reason


def test_who_is_in_the_channel_is_asked_once_while_nobody_joins_or_leaves(desk):
    for _ in range(3):
        desk.opens()
        desk.work()
        desk.channel._looked.clear()
    assert len(desk.posts()) == 3
    assert len(desk.slack.called("conversations.members")) == 1
    assert len(desk.slack.called("users.info")) == 4


def told(desk):
    """Return the alerts in the channel, without what Slack says of who comes and goes."""
    return [post for post in desk.posts() if post.get("blocks")]


def test_who_joins_or_leaves_is_noticed_at_once(desk):
    desk.opens()
    desk.work()
    live = Live(office=desk.office, slack=desk.slack)
    guest(desk.slack.world)
    desk.slack.world.join(WHERE, "UG", inviter="UR")
    live.deliver()
    desk.channel._looked.clear()
    desk.opens()
    desk.work()
    assert len(told(desk)) == 1
    desk.slack.world.leave(WHERE, "UG")
    live.deliver()
    desk.work()
    assert len(told(desk)) == 2
    assert trouble_of(desk) == ""


def test_after_an_hour_everybody_is_looked_at_again(desk, monkeypatch):
    desk.opens()
    desk.work()
    desk.slack.world.users["US"].guest = "multi"
    later = time.monotonic() + 3601
    monkeypatch.setattr("service.slack.audience.time", SimpleNamespace(monotonic=lambda: later))
    desk.channel._looked.clear()
    desk.opens()
    desk.work()
    assert len(desk.posts()) == 1


@pytest.mark.parametrize(("members", "posts"), [(1000, 1), (1001, 0)])
def test_a_channel_of_very_many_is_too_open_for_alerts(desk, members, posts):
    world = desk.slack.world
    for number in range(members - 4):
        world.channels[WHERE].members.append(world.user(f"UC{number:04}", "T1", "Carl Colleague").id)
    desk.opens()
    desk.work()
    assert len(desk.posts()) == posts
    assert ("more than 1,000 people are in it" in trouble_of(desk)) is not bool(posts)
    assert len(desk.slack.called("users.info")) < 50


def test_while_slack_does_not_say_who_is_in_the_channel_alerts_wait(desk):
    desk.slack.fault("users.info", error="ratelimited")
    alert = desk.opens()
    desk.work()
    assert desk.posts() == []
    assert [post.state for post in desk.rows(ChannelPost, ChannelPost.alert_id == alert)] == [PostState.DUE]
    desk.work()
    assert len(desk.posts()) == 1


def test_whoever_hears_the_message_read_out_hears_the_same(desk):
    desk.opens()
    desk.work()
    said = desk.posts()[0]["text"]
    assert said.startswith("High: Budget. Norvik Metall, risk 81 of 100. Budget: “we have 480k left for this”")
    assert "Jonas Weber" in said
    assert " UTC" in said


def test_a_post_speaks_the_language_of_the_source(lite, slack):
    desk = make_desk(lite, slack, language="de")
    desk.opens()
    desk.work()
    assert "*Hoch: Budget*\nNorvik Metall · Risiko 81 von 100" in text_of(desk.posts()[0])


def test_the_post_leads_to_the_message_in_slack_where_there_is_one(desk):
    ts = desk.slack.world.post("C1", "U1", "between us: we have 480k left")
    desk.in_slack(desk.opens(), ts)
    desk.work()
    assert f"<https://ourco.slack.com/archives/C1/p{ts.replace('.', '')}|Show in Slack>" in text_of(desk.posts()[0])


@pytest.mark.parametrize("ts", ["1600000000.000100", "no"])
def test_a_message_that_slack_does_not_have_is_not_linked(desk, ts):
    desk.in_slack(desk.opens(), ts)
    desk.work()
    assert "Show in Slack" not in text_of(desk.posts()[0])


@pytest.mark.parametrize("public_url", ["", "frontdoor.ourco.example", "https://" + "x" * 4000])
def test_without_a_public_address_nothing_leads_to_the_console(lite, slack, public_url):
    desk = make_desk(lite, slack, public_url=public_url)
    desk.opens()
    desk.work()
    assert "open" not in buttons_of(desk.posts()[0])


def test_alerts_from_before_the_channel_was_known_stay_out_of_it(desk):
    desk.opens()
    fresh = make_other_channel(desk)
    fresh.work()
    assert fresh.slack.messages("CNEW") == []
    fresh.opens()
    fresh.work()
    assert len(fresh.slack.messages("CNEW")) == 1


def make_other_channel(desk):
    desk.slack.world.channel("CNEW", "buyers", "T1", ["UBOT", "UR"])
    procurement = desk.office.source.procurement.model_copy(update={"channel": "CNEW"})
    source = desk.office.source.model_copy(update={"procurement": procurement})
    office = replace(desk.office, source=source)
    return replace(desk, office=office, channel=Channel(office))


@pytest.mark.parametrize(
    ("chosen", "policy", "posted"),
    [
        ((), "balanced", True),
        ((), "vigilant", False),  # not active
        (("vigilant",), "vigilant", True),
        (("vigilant",), "balanced", False),
        (("vigilant",), "reported", True),
        ((), "reported", True),
    ],
)
def test_alerts_of_the_chosen_policies_are_posted_and_reports_always(lite, slack, chosen, policy, posted):
    desk = make_desk(lite, slack, policies=list(chosen))
    desk.opens(policy=policy)
    desk.work()
    assert len(desk.posts()) == posted


def test_what_was_closed_before_it_could_be_posted_is_nobodys_work_any_more(desk):
    desk.reviews(desk.opens(), verdict="benign")
    desk.reviews(desk.opens(), status="in_progress")
    desk.work()
    assert len(desk.posts()) == 1


def test_an_alert_is_posted_once_however_often_the_channel_is_looked_at(desk):
    desk.opens()
    for _ in range(3):
        desk.work()
    other = Channel(desk.office)
    post_news(desk.office, other)
    assert len(desk.slack.called("chat.postMessage")) == 1


def test_a_verdict_in_the_console_shows_in_the_post_with_a_way_back(desk):
    alert = desk.opens()
    desk.work()
    step = desk.reviews(alert, verdict="true_positive")
    desk.work()
    [post] = desk.posts()
    assert "*True positive*, by Rita Console, <!date^" in text_of(post)
    assert "^{ago}|" in text_of(post)
    assert buttons_of(post) == ["undo", "open"]
    [row] = [block["elements"] for block in post["blocks"] if block["type"] == "actions"]
    assert row[0]["value"] == f"{alert} {step}"
    assert "True positive, by Rita Console." in post["text"]


@pytest.mark.parametrize(
    ("step", "said", "buttons"),
    [
        ({"status": "in_progress"}, "*In progress*, by", ["true_positive", "false_positive", "benign", "undo", "open"]),
        ({"status": "suppressed"}, "*Suppressed*, by", ["undo", "open"]),
        ({"status": "resolved"}, "*Resolved*, by", ["undo", "open"]),
        ({"verdict": "duplicate"}, "*Duplicate*, by", ["undo", "open"]),
        ({"note": "I called Jonas."}, "", ["true_positive", "false_positive", "benign", "in_progress", "open"]),
    ],
)
def test_each_step_in_the_console_shows_in_the_post(desk, step, said, buttons):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, **step)
    desk.work()
    [post] = desk.posts()
    assert said in text_of(post)
    assert ("Rita Console" in text_of(post)) is bool(said)
    assert buttons_of(post) == buttons
    assert "I called Jonas" not in str(post)


def test_a_note_after_a_verdict_does_not_hide_whose_verdict_it_was(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.slack.world.later(60)
    desk.reviews(alert, name="Bo", note="Agreed with Jonas.")
    desk.work()
    [post] = desk.posts()
    assert "*Benign*, by Rita Console" in text_of(post)
    assert buttons_of(post) == ["open"]


def test_a_step_taken_back_in_the_console_brings_the_buttons_back(desk):
    alert = desk.opens()
    desk.work()
    step = desk.reviews(alert, verdict="benign")
    desk.work()
    with desk.office.database.transaction() as session:
        undo_review(session, desk.office.keys, step, reviewer="Bo", now=desk.now)
    desk.work()
    [post] = desk.posts()
    assert buttons_of(post) == ["true_positive", "false_positive", "benign", "in_progress", "open"]
    assert "Benign" not in text_of(post)


def test_new_evidence_shows_in_the_post(desk):
    alert = desk.opens()
    desk.work()
    desk.evidence(alert)
    desk.work()
    [post] = desk.posts()
    assert "Leverage" in text_of(post)
    assert f"risk {desk.alert(alert).risk:.0f} of 100" in text_of(post)
    assert desk.replies() == []


def test_an_alert_that_opens_again_says_so_in_the_post_and_once_in_its_thread(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.work()
    desk.evidence(alert)
    for _ in range(2):
        desk.work()
    [post] = desk.posts()
    assert "*Opened again* by new evidence" in text_of(post)
    assert "true_positive" in buttons_of(post)
    [reply] = desk.replies()
    assert reply["thread_ts"] == post["ts"]
    assert reply["text"].startswith("New evidence has opened this alert again")


def test_evidence_that_changes_nothing_that_is_shown_calls_nobody(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, note="Nothing to see from outside.")
    desk.work()
    assert desk.slack.called("chat.update") == []


def test_warnings_that_were_sent_after_the_post_are_counted_in_it(desk):
    alert = desk.opens()
    desk.work()
    assert "warning" not in text_of(desk.posts()[0])
    desk.slack.world.later(2)
    add_warning(desk, alert)
    desk.work()
    assert "1 warning sent" in text_of(desk.posts()[0])


def add_warning(desk, alert, **changes):
    row = {
        "once": alert.bytes,
        "kind": "author",
        "team": "T1",
        "channel": "C1",
        "ts": "1.000001",
        "recipient": "U1",
        "labels": ["budget"],
        "severity": "high",
        "policy": "balanced",
        "state": "sent",
        "not_before": desk.now,
        "created_at": desk.now,
        "claimed_at": desk.now,
        "sent_at": desk.now,
        "alert_id": alert,
    }
    with desk.office.database.transaction() as session:
        session.add(WarningRow(**row | changes))


def test_a_message_that_its_author_took_back_is_called_so(desk):
    alert = desk.opens()
    with desk.office.database.transaction() as session:
        session.execute(update(MessageRow).values(withdrawn_at=desk.now))
    desk.work()
    assert "Since edited or deleted by its author" in text_of(desk.posts()[0])
    assert alert


def test_words_that_are_no_longer_kept_leave_the_reason(desk):
    desk.opens(Case(messages=[Mail(text=None, evidence=(Words(label="budget", words=""),))]))
    desk.work()
    assert ">*Budget:* It is said outright." in text_of(desk.posts()[0])


def test_the_three_weightiest_words_are_quoted_none_of_them_twice(desk):
    text = "alpha beta gamma delta epsilon. alpha again."
    words = [
        Words(label="timeline", words="delta", points=5),
        Words(label="budget", words="alpha", points=40),
        Words(label="leverage", words="alpha", points=30),
        Words(label="budget", words="beta", points=20),
        Words(label="decision", words="gamma", points=10),
    ]
    desk.opens(Case(messages=[Mail(text=text, evidence=tuple(words))]))
    desk.work()
    quoted = [line for line in text_of(desk.posts()[0]).splitlines() if line.startswith(">")]
    assert quoted == [">*Budget:* “alpha”", ">*Budget:* “beta”", ">*Decision:* “gamma”"]


def test_nobodys_words_become_a_mention_a_link_or_another_line(desk):
    said = "<!channel> *look* <https://evil.example|here>\n> forged quote \u202egnihton @here & co"
    mail = Mail(
        text=said,
        subject="<!here>",
        sender=("eve@norvik.example", "<@UR> Eve\n*High*"),
        evidence=(Words(label="elicitation", words=said),),
    )
    desk.opens(Case(messages=[mail], counterparty="<!everyone>"))
    desk.work()
    [post] = desk.posts()
    everything = str(post["blocks"]) + post["text"]
    for forged in ("<!channel>", "<!here>", "<!everyone>", "<@UR>", "<https://evil", "\u202e"):
        assert forged not in everything
    assert "&lt;!channel&gt;" in text_of(post)
    assert len([line for line in text_of(post).splitlines() if line.startswith(">")]) == 1
    assert all(block["text"]["verbatim"] for block in post["blocks"] if block["type"] == "section")


def test_a_post_that_was_deleted_in_slack_is_left_alone(desk):
    alert = desk.opens()
    desk.work()
    desk.slack.world.delete(WHERE, desk.posts()[0]["ts"])
    for verdict in ("benign", "true_positive"):
        desk.reviews(alert, verdict=verdict)
        desk.work()
    desk.evidence(alert)
    desk.work()
    assert desk.posts() == []
    assert len(desk.slack.called("chat.update")) == 1
    assert trouble_of(desk) == ""


def test_a_mistyped_channel_that_is_put_right_gets_what_waited(desk):
    desk.slack.world.channels[WHERE].members.remove("UBOT")
    alert = desk.opens()
    desk.work()
    assert "alert waiting" in trouble_of(desk)
    fresh = make_other_channel(desk)
    fresh.work()
    [post] = fresh.slack.messages("CNEW")
    assert "High: Budget" in post["text"]
    assert trouble_of(desk) == ""
    desk.reviews(alert, verdict="benign")
    fresh.work()
    assert "*Benign*" in text_of(fresh.slack.messages("CNEW")[0])


def test_what_was_posted_in_a_former_channel_is_still_kept_up_to_date(desk):
    alert = desk.opens()
    desk.work()
    fresh = make_other_channel(desk)
    fresh.work()
    desk.reviews(alert, verdict="benign")
    fresh.work()
    assert "*Benign*" in text_of(desk.posts()[0])
    assert fresh.slack.messages("CNEW") == []


def trouble_of(desk):
    with desk.office.database.transaction(write=False) as session:
        return trouble(session, now=desk.now)


def test_what_another_sources_app_posted_is_left_to_it(desk):
    alert = desk.opens()
    desk.work()
    other = desk.office.source.model_copy(
        update={"name": "second", "procurement": desk.office.source.procurement.model_copy(update={"channel": "CX"})}
    )
    settings = desk.office.settings.model_copy(update={"source": (desk.office.source, other)})
    second = replace(desk, office=replace(desk.office, source=other, settings=settings))
    second.channel = Channel(second.office)
    desk.reviews(alert, verdict=Verdict.BENIGN)
    second.work()
    assert desk.slack.called("chat.update") == []
    desk.work()
    assert len(desk.slack.called("chat.update")) == 1


@pytest.mark.parametrize("mishap", ["out", "archived"])
def test_a_channel_that_can_not_be_posted_in_is_told_of_and_nothing_is_lost(desk, mishap):
    channel = desk.slack.world.channels[WHERE]
    if mishap == "out":
        channel.members.remove("UBOT")
    channel.archived = mishap == "archived"
    for _ in range(2):
        desk.opens()
    assert desk.work() >= 30
    assert desk.posts() == []
    assert "procurement's channel CPROC can't be posted in" in trouble_of(desk)
    assert "2 alerts waiting" in trouble_of(desk)
    channel.archived = False
    channel.members = list({*channel.members, "UBOT"})
    desk.work()
    assert len(desk.posts()) == 2
    assert trouble_of(desk) == ""


def test_a_revoked_token_loses_nothing_either(desk):
    desk.opens()
    for grant in desk.slack.world.grants.values():
        grant.refusal = "token_revoked"
    assert desk.work() >= 30
    assert "token_revoked" in trouble_of(desk)


def test_slacks_wish_for_a_pause_is_honoured_and_the_post_comes_after_it(desk):
    desk.opens()
    desk.slack.limit("chat.postMessage", retry_after=7)
    assert desk.work() == 7
    assert trouble_of(desk) == ""
    desk.work()
    assert len(desk.posts()) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"hang_up": True},
        {"hang_up": True, "done": True},
        {"status": 503, "error": "service_unavailable"},
        {"status": 500, "body": b"<html>sorry</html>", "done": True},
        {"error": "internal_error"},
    ],
)
def test_a_post_of_which_nobody_knows_whether_it_arrived_is_not_repeated_and_shown(desk, fault):
    desk.opens()
    desk.slack.fault("chat.postMessage", **fault)
    for _ in range(3):
        desk.work()
    assert len(desk.slack.called("chat.postMessage")) == 1
    assert "1 alert of the last 7 days may not have reached" in trouble_of(desk)


def test_an_update_that_failed_in_passing_is_made_again(desk):
    alert = desk.opens()
    desk.work()
    desk.reviews(alert, verdict="benign")
    desk.slack.fault("chat.update", hang_up=True)
    desk.work()
    desk.work()
    assert "*Benign*" in text_of(desk.posts()[0])


def test_a_claim_that_a_crash_left_behind_is_shown_as_failed_and_not_repeated(either):
    alert = either.opens()
    with either.office.database.transaction() as session:
        posts.follow_alerts(session, "slack", WHERE, team="T1", policies=["balanced"], now=either.now)
        assert claim(session, [alert], WHERE, now=either.now) == [alert]
    either.work()
    assert either.posts() == []
    assert trouble_of(either) == ""  # it may be on its way in another process
    either.slack.world.later(180)
    either.work()
    assert either.posts() == []
    [row] = either.rows(ChannelPost)
    assert (row.state, row.failure) == ("failed", "cut_off")
    assert trouble_of(either) == "1 alert of the last 7 days may not have reached procurement's channel"


def test_two_processes_post_an_alert_once(either):
    for _ in range(5):
        either.opens()
    start = threading.Barrier(2)

    def work():
        channel = Channel(either.office)
        start.wait()
        for _ in range(5):
            post_news(either.office, channel)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    either.work()
    assert len(either.slack.called("chat.postMessage")) == 5
    assert len(either.posts()) == 5


def test_more_than_anybody_reads_one_by_one_become_one_message(either):
    for number in range(FLOOD + 1):
        either.opens(counterparty="Norvik <b>" if number % 3 else "Hauck", severity="high" if number else "critical")
    either.work()
    [post] = either.posts()
    shown = text_of(post)
    assert f"*{FLOOD + 1} alerts at once*\n1 critical, {FLOOD} high" in shown
    assert "Most about Norvik &lt;b&gt; (14), Hauck (7)." in shown
    assert f"<{CONSOLE}/alerts?status=new|Open them in the console>" in shown
    either.opens()
    either.work()
    assert len(either.posts()) == 2


def test_as_many_as_anybody_reads_are_posted_one_by_one(desk):
    for _ in range(FLOOD):
        desk.opens()
    desk.work()
    assert len(desk.posts()) == FLOOD


def test_one_of_many_that_opens_again_gets_a_post_of_its_own(desk):
    alerts = [desk.opens() for _ in range(FLOOD + 1)]
    desk.work()
    desk.reviews(alerts[0], verdict="benign")
    desk.work()
    assert desk.slack.called("chat.update") == []
    desk.evidence(alerts[0])
    desk.work()
    assert len(desk.posts()) == 2
    assert "*Opened again*" in text_of(desk.posts()[1])


def test_an_alert_that_is_no_longer_kept_is_forgotten_here_too(either):
    alert = either.opens()
    either.work()
    either.reviews(alert, verdict="benign")
    with either.office.database.transaction() as session:
        expire(session, Retention(alert_days=1), now=either.now + timedelta(days=2))
    either.work()
    assert either.rows(ChannelPost) == []
    assert either.slack.called("chat.update") == []


def test_the_channel_hears_no_more_than_a_message_in_so_many_seconds(desk):
    for _ in range(3):
        desk.opens()
    stop = threading.Event()
    thread = threading.Thread(target=run_posts, args=(desk.office, stop), kwargs={"pace": 0.2})
    thread.start()
    deadline = time.monotonic() + 10
    while len(desk.posts()) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    at = [call.at for call in desk.slack.calls if call.method == "chat.postMessage"]
    assert len(at) == 3
    assert all(later - earlier > 0.15 for earlier, later in pairwise(at))


def test_without_a_channel_nothing_runs(desk):
    source = desk.office.source.model_copy(update={"procurement": None})
    run_posts(replace(desk.office, source=source), threading.Event())


def test_what_goes_wrong_is_logged_by_its_kind_alone_and_the_channel_lives_on(desk, monkeypatch, caplog):
    desk.opens()
    calls = []

    def trip(*_):
        calls.append(1)
        raise RuntimeError("we have 480k left for this")

    monkeypatch.setattr(posts, "read_card", trip)
    monkeypatch.setattr(posts, "_FAILED_SECONDS", 0.01)
    stop = threading.Event()
    thread = threading.Thread(target=run_posts, args=(desk.office, stop), kwargs={"pace": 0})
    thread.start()
    deadline = time.monotonic() + 10
    while len(calls) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    stop.set()
    thread.join(5)
    assert len(calls) > 1
    assert "RuntimeError" in caplog.text
    assert "480k" not in caplog.text


def test_no_word_of_a_message_is_stored_or_logged_in_the_clear(desk, caplog):
    desk.opens(Case(messages=[LEAK]))
    desk.slack.fault("chat.postMessage", error="msg_too_long")
    desk.work()
    [row] = desk.rows(ChannelPost)
    assert row.state == PostState.FAILED
    assert "480k" not in str([getattr(row, column.name) for column in row.__table__.columns])
    assert "480k" not in caplog.text
    assert timedelta(0) == desk.now - row.changed_at
