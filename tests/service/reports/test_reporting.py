"""People report what seems wrong to them, and reviewers find it with its thread."""

import threading
import time
import uuid
from contextlib import contextmanager

import pytest

from service.models import Alert, MessageRow, Tally
from service.reports.intake import run_intake
from service.reports.models import Report
from service.reports.outcomes import run_outcomes
from service.reports.pointing import Target, dump_target, find_link, load_target
from service.reports.store import MOST_A_DAY
from tests.fakes.office import FISHING, Live

RUDE = "<!channel> <@U2> *bold* `code` & <https://evil.example|a link> " + "ü" * 2900


def test_a_message_is_reported_with_its_thread(desk, slack):
    root = slack.world.post("C1", "U1", "Could you send the drawing of the housing?")
    odd = slack.world.post("C1", "U2", "Sure. And what did the others quote?", thread=root)
    slack.world.post("C1", "U1", "Let me check.", thread=root)
    slack.world.post("C1", "U4", "Lunch?")
    assert "with procurement" in desk.report("U1", "C1", odd, note="He keeps asking.")
    assert desk.work() == 1
    [alert] = desk.alerts()
    assert (alert.status, alert.severity, alert.labels) == ("new", "medium", ["reported"])
    assert alert.counterparty == "Norvik Metall"
    assert alert.people == ["u2@t2.slack"]
    assert [one.text for one in alert.messages] == [
        "Could you send the drawing of the housing?",
        "Sure. And what did the others quote?",
        "Let me check.",
    ]
    [finding] = [one for message in alert.messages for one in message.findings]
    assert finding.quote == "Sure. And what did the others quote?"
    [review] = alert.reviews
    assert review.reviewer == "Anna Alt via Slack (reporter)"
    assert review.note == "Reported from Slack.\n\nHe keeps asking."


def test_a_guest_can_report_nothing_and_hears_of_no_outcome(desk, slack):
    ts = slack.world.post("C3", "U1", "What did the others quote?")
    assert slack.shortcut("U3", "C3", ts, "report").acked
    assert slack.command("U3", "C3", "/frontdoor", "report something").acked
    assert ["Only the members of this workspace" in str(one.content) for one in slack.modals("U3")] == [True, True]
    assert desk.rows(Report) == []


def test_what_is_reported_is_kept_sealed_before_anybody_is_thanked(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts, note="Odd")
    [row] = desk.rows(Report)
    assert row.alert_id is None
    assert b"quote" not in row.sealed
    assert b"U1" not in row.sealed


def test_once_it_is_stored_only_the_reporter_stays_sealed(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts, note="Odd")
    desk.work()
    [row] = desk.rows(Report)
    assert desk.office.keys.open(row.key_id, row.sealed, place=f"report:{row.id}") == '{"reporter": "U1"}'


def test_the_form_quotes_the_message_and_cannot_be_turned_against_its_reader(desk, slack):
    ts = slack.world.post("C1", "U2", RUDE)
    slack.shortcut("U1", "C1", ts, "report")
    shown = slack.modals("U1")[-1].content["blocks"][0]["text"]["text"]
    assert "&lt;!channel&gt; &lt;@U2&gt;" in shown
    assert "<" not in shown
    desk.send("U1", note=RUDE)
    desk.work()
    [alert] = desk.alerts()
    assert alert.reviews[0].note.endswith("ü" * 100)


def test_the_form_speaks_german_to_who_reads_german(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    assert "beim Einkauf" in desk.report("U4", "C1", ts)


def test_the_same_message_reported_by_two_is_one_alert_with_both_notes(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts, note="Odd")
    desk.work()
    desk.report("U4", "C1", ts, note="He asked me, too")
    desk.work()
    [alert] = desk.alerts()
    assert [one.reviewer for one in alert.reviews] == [
        "Anna Alt via Slack (reporter)",
        "Bernd Bauer via Slack (reporter)",
    ]
    assert sum(len(message.findings) for message in alert.messages) == 1


def test_the_same_report_sent_twice_is_one(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts)
    assert "already" in desk.report("U1", "C1", ts)
    desk.work()
    assert "already" in desk.report("U1", "C1", ts)
    assert len(desk.rows(Report)) == 1


def test_two_messages_of_a_thread_are_two_pieces_of_evidence_of_one_alert(desk, slack):
    root = slack.world.post("C1", "U2", "What did the others quote?")
    more = slack.world.post("C1", "U2", "Come on, roughly?", thread=root)
    desk.report("U1", "C1", root)
    desk.report("U1", "C1", more)
    assert desk.work() == 2
    [alert] = desk.alerts()
    assert [len(message.findings) for message in alert.messages] == [1, 1]


def test_another_message_of_the_thread_opens_a_closed_report_again(desk, slack):
    root = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", root)
    desk.work()
    desk.review(desk.alerts()[0].id, verdict="benign")
    more = slack.world.post("C1", "U2", "Come on, roughly?", thread=root)
    desk.report("U1", "C1", more)
    desk.work()
    assert desk.alerts()[0].status == "new"


def test_a_report_with_a_made_up_name_shows_nothing_of_the_reporter(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    thanks = desk.report("U1", "C1", ts, note="Odd", hide=["hide"])
    desk.work()
    [alert] = desk.alerts()
    [review] = alert.reviews
    assert review.reviewer.startswith("Reporter ")
    assert review.reviewer.endswith(" (name withheld)")
    assert review.reviewer.removesuffix(" (name withheld)") in thanks
    assert "Anna" not in review.reviewer + review.note
    with desk.office.database.transaction(write=False) as session:
        log = session.connection().exec_driver_sql("SELECT actor, detail FROM audit_entry").all()
    assert "U1" not in str(log)
    assert "Anna" not in str(log)


def test_two_reports_of_one_person_do_not_share_a_made_up_name(desk, slack):
    first = slack.world.post("C1", "U2", "What did the others quote?")
    second = slack.world.post("C1", "U2", "And your budget?")
    desk.report("U1", "C1", first, hide=["hide"])
    desk.report("U1", "C1", second, hide=["hide"])
    names = {row.pseudonym for row in desk.rows(Report)}
    assert len(names) == 2


def test_a_house_that_wants_names_offers_no_made_up_one(make_desk, slack):
    desk = make_desk(pseudonymous_reports=False)
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    slack.shortcut("U1", "C1", ts, "report")
    blocks = [one.get("block_id") for one in slack.modals("U1")[-1].content["blocks"]]
    assert "hide" not in blocks
    desk.send("U1")
    assert desk.rows(Report)[0].pseudonym == ""


def test_a_message_that_the_app_cannot_read_is_reported_as_slack_brought_it(desk, slack):
    slack.world.channel("C7", "without-the-app", "T1", ["U1", "U2"], private=True, teams=["T2"])
    slack.world.post("C7", "U1", "Something before")
    ts = slack.world.post("C7", "U2", "What did the others quote?")
    desk.report("U1", "C7", ts)
    assert desk.work() == 1
    [alert] = desk.alerts()
    assert [one.text for one in alert.messages] == ["What did the others quote?"]
    assert alert.counterparty == "Norvik Metall"
    assert alert.messages[0].direction == "inbound"


def test_a_long_message_that_the_app_cannot_read_is_cut_to_what_the_form_can_carry(desk, slack):
    slack.world.channel("C7", "without-the-app", "T1", ["U1", "U2"], private=True, teams=["T2"])
    text = "".join(f"{uuid.uuid4().hex} " for _ in range(1000))
    ts = slack.world.post("C7", "U2", text)
    desk.report("U1", "C7", ts)
    desk.work()
    [alert] = desk.alerts()
    assert alert.messages[0].text.endswith("[…]")
    assert text.startswith(alert.messages[0].text.removesuffix(" […]"))
    assert len(alert.messages[0].text) > 1000


def test_what_is_said_among_ourselves_can_be_reported_and_raises_nothing_else(desk, slack):
    ts = slack.world.post("C2", "U4", f"Forwarded to me by their sales: {FISHING}")
    desk.report("U1", "C2", ts)
    assert desk.work() == 1
    [alert] = desk.alerts()
    assert alert.counterparty == "unknown"
    assert len(desk.rows(Alert)) == 1


def test_a_report_is_told_in_own_words_without_any_message(desk):
    assert "with procurement" in desk.tell("U1", "At the fair Norvik's seller asked me for our budget")
    desk.work()
    [alert] = desk.alerts()
    [message] = alert.messages
    assert message.text == "At the fair Norvik's seller asked me for our budget"
    assert message.participants[0].name == "Anna Alt"
    assert alert.quote == message.text


def test_own_words_under_a_made_up_name_show_nothing_of_the_reporter(desk):
    desk.tell("U1", "At the fair Norvik's seller asked me for our budget", hide=["hide"])
    desk.work()
    [alert] = desk.alerts()
    assert "anna" not in alert.model_dump_json().lower()
    assert "u1@" not in alert.model_dump_json()


def test_a_link_is_followed_to_its_message(desk, slack):
    root = slack.world.post("C1", "U1", "Could you send the drawing?")
    odd = slack.world.post("C1", "U2", "And what did the others quote?", thread=root)
    url = f"https://ourco.slack.com/archives/C1/p{odd.replace('.', '')}?thread_ts={root}&cid=C1"
    desk.tell("U1", f"Look at <{url}>")
    desk.work()
    [alert] = desk.alerts()
    assert len(alert.messages) == 2
    assert alert.people == ["u2@t2.slack"]
    assert "Look at" in alert.reviews[0].note


def test_a_link_without_its_thread_is_followed_to_the_whole_thread(desk, slack):
    root = slack.world.post("C1", "U1", "Could you send the drawing?")
    odd = slack.world.post("C1", "U2", "And what did the others quote?", thread=root)
    desk.tell("U1", f"https://ourco.slack.com/archives/C1/p{odd.replace('.', '')}")
    desk.work()
    assert len(desk.alerts()[0].messages) == 2


def test_a_link_into_a_channel_of_others_brings_nothing_of_it_to_light(desk, slack):
    slack.world.channel("C8", "board", "T1", ["UBOT", "U4"], private=True)
    ts = slack.world.post("C8", "U4", "We let 40 people go in May")
    desk.tell("U1", f"https://ourco.slack.com/archives/C8/p{ts.replace('.', '')}")
    desk.work()
    [alert] = desk.alerts()
    assert "40 people" not in alert.model_dump_json()
    assert "archives/C8" in alert.messages[0].text


@pytest.mark.parametrize("code", ["channel_not_found", "not_in_channel", "missing_scope", "token_revoked"])
def test_what_slack_refuses_to_show_does_not_stop_a_report(desk, slack, code):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts)
    for method in ("conversations.info", "conversations.replies", "users.info"):
        slack.fault(method, error=code, times=9)
    assert desk.work() == 1
    assert [one.text for one in desk.alerts()[0].messages] == ["What did the others quote?"]


def test_while_slack_is_out_of_reach_a_report_waits_and_in_the_end_makes_do(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts)
    slack.fault("conversations.info", error="fatal_error", times=99)
    tries = 0
    while not desk.work():
        tries += 1
        slack.world.later(3600)
    assert tries == 5
    assert [one.text for one in desk.alerts()[0].messages] == ["What did the others quote?"]


def test_a_message_that_was_read_before_is_joined_and_not_stored_twice(desk, slack):
    live = Live(office=desk.office, slack=slack)
    ts = live.say("C1", "U2", FISHING)
    before = len(desk.rows(Alert))
    desk.report("U1", "C1", ts)
    desk.work()
    assert len(desk.rows(MessageRow)) == 1
    assert len(desk.rows(Alert)) == before + 1


def test_a_text_whose_time_was_over_is_there_again_once_somebody_reports_it(desk, slack):
    live = Live(office=desk.office, slack=slack)
    ts = live.say("C1", "U2", "How was your holiday?")
    with desk.office.database.transaction() as session:
        session.query(MessageRow).update({"sealed": None, "key_id": None, "text_until": None, "parts": []})
    desk.report("U1", "C1", ts)
    desk.work()
    assert desk.alerts()[0].messages[0].text == "How was your holiday?"


def test_who_deletes_what_was_reported_does_not_close_it(desk, slack):
    live = Live(office=desk.office, slack=slack)
    ts = live.say("C1", "U2", "How about a private word on your budget?")
    desk.report("U1", "C1", ts)
    desk.work()
    slack.world.delete("C1", ts)
    live.work()
    assert desk.alerts()[0].status == "new"
    assert desk.alerts()[0].messages[0].text == "How about a private word on your budget?"


def test_reports_are_counted_by_day(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    desk.report("U1", "C1", ts)
    desk.tell("U4", "Something at the fair")
    desk.work()
    [row] = desk.rows(Tally, Tally.name == "reported")
    assert row.count == 2


def test_nobody_floods_the_reviewers(desk):
    for number in range(MOST_A_DAY):
        desk.tell("U1", f"Something odd, number {number}")
    assert "more reports" in desk.tell("U1", "One more")
    assert desk.slack.modals("U1")[-1].content["title"]["text"] == "Report to procurement"
    assert "with procurement" not in desk.tell("U1", "And another")
    assert len(desk.rows(Report)) == MOST_A_DAY
    assert "beim Einkauf" in desk.tell("U4", "I have one, too")


def test_a_form_without_a_word_asks_for_some(desk, slack):
    slack.command("U1", "C2", "/frontdoor", "report")
    answer = slack.submit("U1", "report.submit", {"what": "   "}).answer
    assert answer["errors"] == {"what": "A link to the message, or a few words about it, are needed."}
    assert desk.rows(Report) == []


def test_a_form_that_slack_does_not_open_is_told(desk, slack):
    ts = slack.world.post("C1", "U2", "What did the others quote?")
    slack.fault("views.open", error="expired_trigger_id")
    slack.shortcut("U1", "C1", ts, "report")
    assert "try again" in slack.ephemerals[-1].text


def test_the_shortcut_that_belongs_to_no_message_asks_for_words(desk, slack):
    slack.global_shortcut("U1", "report")
    assert "with procurement" in desk.send("U1", what="Somebody called me at home")


def test_a_store_that_is_out_of_order_keeps_the_form_open(desk, slack):
    slack.command("U1", "C2", "/frontdoor", "report Something odd")
    with desk.office.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE report RENAME TO gone")
    answer = slack.submit("U1", "report.submit", {}).answer
    assert "could not be kept" in answer["errors"]["note"]


@pytest.mark.parametrize(
    ("text", "channel", "ts", "thread"),
    [
        ("https://ourco.slack.com/archives/C1/p1750000001000200", "C1", "1750000001.000200", ""),
        (
            "see <https://a-b.enterprise.slack.com/archives/G0AB/p1750000001000200?thread_ts=1750000000.000100&cid=G0AB|it>",
            "G0AB",
            "1750000001.000200",
            "1750000000.000100",
        ),
        ("https://ourco.slack-gov.com/archives/D1/p1750000001000200?x=1", "D1", "1750000001.000200", ""),
    ],
)
def test_a_link_says_where_a_message_is(text, channel, ts, thread):
    assert find_link(text) == Target(channel=channel, ts=ts, thread_ts=thread)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what did they quote",
        "https://ourco.slack.com/archives/C1",
        "https://ourco.slack.com.evil.example/archives/C1/p1750000001000200",
        "https://evil.example/archives/C1/p1750000001000200",
        "http://ourco.slack.com/archives/C1/p1750000001000200",
        "https://ourco.slack.com/archives/U1/p1750000001000200",
        "https://ourco.slack.com/archives/C1/p17500",
    ],
)
def test_what_is_no_link_to_a_message_points_at_nothing(text):
    assert find_link(text) is None


@pytest.mark.parametrize("written", ["", "no", "e30=", "eJyrrgUAAXUA+Q==", "eJyLNlTQUTDSUTCOBQALigH6", "ü" * 100])
def test_a_form_whose_note_to_itself_cannot_be_read_is_about_nothing(written):
    assert load_target(written) == Target()


@pytest.mark.parametrize(
    "message",
    [
        {"user": "U2", "text": "short", "ts": "1.000001"},
        {"user": "U2", "text": "<&>" * 20_000, "ts": "1.000001"},
        {"user": "U2", "text": "x", "files": [{"name": uuid.uuid4().hex * 8} for _ in range(10)], "ts": "1.000001"},
    ],
)
def test_what_a_form_carries_fits_and_comes_back(message):
    written = dump_target(Target(channel="C1", ts="1.000001", message=message))
    assert len(written) <= 3000
    back = load_target(written)
    assert (back.channel, back.ts, back.message["user"]) == ("C1", "1.000001", "U2")


def test_in_the_running_program_a_report_arrives_by_itself_and_its_outcome_comes_back(desk, slack):
    desk.report("U1", "C1", slack.world.post("C1", "U2", "What did the others quote?"))
    with running(run_intake, desk.office):
        assert eventually(desk.alerts)
    desk.review(desk.alerts()[0].id, verdict="true_positive")
    with running(run_outcomes, desk.office):
        assert eventually(lambda: desk.told("U1"))


@contextmanager
def running(run, office):
    stop = threading.Event()
    thread = threading.Thread(target=run, args=(office, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def eventually(look):
    """Look again and again, for some seconds, until there is something to see."""
    end = time.monotonic() + 15
    while not look() and time.monotonic() < end:
        time.sleep(0.05)
    return look()
