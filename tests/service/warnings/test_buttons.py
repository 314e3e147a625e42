"""What happens when somebody presses a button of a warning, as that person would see it."""

import json
import re
import threading
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from messages import Period, Phase
from service.alerts.detail import get_alert
from service.audit.store import Action, list_entries
from service.models import Alert, Review
from service.slack.installs import save_consent
from service.slack.listeners import make_app
from service.warnings.blocks import shown, warning_message
from service.warnings.models import WarningMute, WarningRow, WarningState
from service.warnings.wording import load_wording
from tests.fakes.alerts import add_case
from tests.fakes.direct import connect_directly
from tests.fakes.office import make_office
from tests.service.warnings.speaking import know

QUOTE = "our budget is 85,000 euros"
CHANNEL_OF_PROCUREMENT = {"channel": "C9"}


class Scene:
    """An office, a message of Anna's in the channel shared with Norvik, and the warning that she got of it."""

    def __init__(self, database, slack, **source):
        self.slack = slack
        self.office = make_office(database, slack, **source)
        connect_directly(slack, make_app(self.office, threading.Event()))
        slack.world.channel("C9", "procurement", "T1", ["UBOT", "U4"])
        self.ts = slack.world.post("C1", "U1", f"Between us, {QUOTE}.")
        self.warning = None

    def warn(
        self, *, user="U1", alert=True, language="en", state="sent", kind="author", quote=QUOTE, labels=("budget",)
    ):
        """Warn somebody, in the channel and seen by them alone; returns the warning's id."""
        office, now = self.office, self.office.clock()
        with office.database.transaction() as session:
            row = WarningRow(
                id=uuid.uuid4(),
                once=uuid.uuid4().bytes,
                kind=kind,
                team="T1",
                channel="C1",
                ts=self.ts,
                recipient=user,
                language=language,
                counterparty="Norvik Metall",
                labels=list(labels),
                severity="high",
                policy="balanced",
                lesson=labels[0],
                state=state,
                not_before=now,
                created_at=now,
                alert_id=add_case(session, office.keys) if alert else None,
            )
            content = json.dumps({"quotes": [[labels[0], quote]]})
            row.key_id, row.sealed = office.keys.seal(content, place=f"warning:{row.id}")
            session.add(row)
        self.warning = row.id
        client = office.workspaces.client("T1")
        client.chat_postEphemeral(
            channel="C1", user=user, **warning_message(shown(row, office.keys), load_wording(), direct=False)
        )
        return row.id

    def press(self, action, user="U1"):
        """Press a button of the warning; returns what the person was told privately since then."""
        before = len(self.slack.ephemerals)
        where = next(one for one in reversed(self.slack.ephemerals) if one.blocks)
        assert self.slack.press(user, where, f"warning.{action}").acked
        return [one.text for one in self.slack.ephemerals[before:] if one.user == user]

    def row(self):
        with self.office.database.transaction(write=False) as session:
            return session.get_one(WarningRow, self.warning)

    def rows(self, query):
        with self.office.database.transaction(write=False) as session:
            return list(session.scalars(query))

    def notes(self):
        """The notes that reviewers see on the warning's alert, with who left them and the status then."""
        with self.office.database.transaction(write=False) as session:
            alert = get_alert(session, self.office.keys, self.row().alert_id, own_domains=("ourco.example",))
        assert alert.status == "new"
        return [(one.reviewer, one.note) for one in alert.reviews]


@pytest.fixture
def scene(database, slack):
    return Scene(database, slack)


@pytest.fixture
def staffed(database, slack):
    """The same where procurement has a channel."""
    return Scene(database, slack, procurement=CHANNEL_OF_PROCUREMENT)


@pytest.fixture
def consenting(scene):
    """The same where Anna gave the app her own token."""
    scene.slack.world.grant("xoxp-made-up-anna", "U1")
    with scene.office.database.transaction() as session:
        save_consent(
            session,
            scene.office.keys,
            "T1",
            "U1",
            token="xoxp-made-up-anna",
            scopes=["chat:write"],
            now=scene.office.clock(),
        )
    return scene


def modal(slack, user="U1"):
    return slack.modals(user)[-1].content


def text_of(view):
    return "\n".join(block["text"]["text"] for block in view["blocks"] if block["type"] == "section")


def test_delete_tells_the_author_how_and_links_to_the_message(scene):
    scene.warn()
    [told] = scene.press("delete")
    assert "Delete message" in told
    assert f"p{scene.ts.replace('.', '')}" in told
    assert scene.row().answer == "delete"
    assert [post["ts"] for post in scene.slack.messages("C1")] == [scene.ts]


def test_delete_says_so_in_german_to_who_reads_german(scene):
    scene.warn(user="U4", language="de")
    [told] = scene.press("delete", user="U4")
    assert "Nachricht löschen" in told
    assert "Delete" not in told


def test_delete_without_a_link_still_says_how(scene):
    scene.warn()
    scene.slack.fault("chat.getPermalink", error="message_not_found")
    [told] = scene.press("delete")
    assert "Delete message" in told
    assert "http" not in told


def test_delete_helps_even_after_another_answer_and_changes_nothing_about_it(scene):
    scene.warn()
    scene.press("not_a_problem")
    [told] = scene.press("delete")
    assert "Delete message" in told
    assert scene.row().answer == "not_a_problem"


def test_who_was_only_asked_a_question_cannot_delete_it(scene):
    scene.warn()
    with scene.office.database.transaction() as session:
        session.get_one(WarningRow, scene.warning).kind = "reader"
    [told] = scene.press("delete")
    assert "only its author" in told
    assert scene.row().answer is None


def test_who_lets_us_act_for_them_deletes_with_one_more_click(consenting):
    consenting.warn()
    assert consenting.press("delete") == []
    assert [post["ts"] for post in consenting.slack.messages("C1")] == [consenting.ts]
    assert consenting.row().answer is None
    assert "can't be undone" in text_of(modal(consenting.slack))
    consenting.slack.submit("U1", "warning.delete")
    assert consenting.slack.messages("C1") == []
    assert consenting.row().answer == "delete"
    assert "is deleted" in text_of(modal(consenting.slack))


def test_who_changes_their_mind_keeps_the_message_and_the_other_answers(consenting):
    consenting.warn()
    consenting.press("delete")
    consenting.slack.close("U1", "warning.delete")
    assert len(consenting.slack.messages("C1")) == 1
    assert "helps" in consenting.press("not_a_problem")[0]


def test_a_message_that_is_gone_already_is_told(consenting):
    consenting.warn()
    consenting.press("delete")
    consenting.slack.world.delete("C1", consenting.ts)
    consenting.slack.submit("U1", "warning.delete")
    assert "deleted already" in text_of(modal(consenting.slack))


def test_a_deletion_that_slack_refuses_ends_with_how_to_do_it(consenting):
    consenting.warn()
    consenting.press("delete")
    consenting.slack.fault("chat.delete", error="cant_delete_message")
    consenting.slack.submit("U1", "warning.delete")
    said = text_of(modal(consenting.slack))
    assert "did not let us" in said
    assert "archives/C1" in said
    assert len(consenting.slack.messages("C1")) == 1


def test_authorised_asks_for_a_reason_that_the_reviewers_read(scene):
    scene.warn()
    assert scene.press("authorised") == []
    done = scene.slack.submit("U1", "warning.authorised", {"reason": "Agreed with Mara <!channel> & the board"})
    assert done.acked
    assert scene.row().answer == "authorised"
    [(reviewer, note)] = scene.notes()
    assert reviewer == "Anna Alt via Slack (author)"
    assert note.endswith("Agreed with Mara <!channel> & the board")
    assert "Thank you" in text_of(modal(scene.slack))


def test_a_reason_of_spaces_is_asked_for_again(scene):
    scene.warn()
    scene.press("authorised")
    answer = scene.slack.submit("U1", "warning.authorised", {"reason": "  \n "}).answer
    assert answer["response_action"] == "errors"
    assert scene.row().answer is None
    assert scene.notes() == []


def test_without_an_alert_the_reason_is_kept_sealed_with_the_warning(scene):
    scene.warn(alert=False)
    scene.press("authorised")
    scene.slack.submit("U1", "warning.authorised", {"reason": "It is on our website"})
    row = scene.row()
    assert b"website" not in row.sealed
    kept = json.loads(scene.office.keys.open(row.key_id, row.sealed, place=f"warning:{row.id}"))
    assert kept["quotes"] == [["budget", QUOTE]]
    assert "It is on our website" in kept["said"]


def test_a_reason_sent_twice_is_one_note(scene):
    scene.warn()
    scene.press("authorised")
    scene.press("authorised")
    first, second = scene.slack.modals("U1")
    scene.slack.submit("U1", first, {"reason": "Agreed"})
    scene.slack.submit("U1", second, {"reason": "Agreed again"})
    assert len(scene.notes()) == 1
    assert "already" in text_of(second.content)


def test_a_form_that_slack_does_not_open_is_told(scene):
    scene.warn()
    scene.slack.fault("views.open", error="expired_trigger_id")
    [told] = scene.press("authorised")
    assert "try again" in told
    assert scene.row().answer is None


def test_not_a_problem_is_noted_for_the_reviewers_and_the_label_stays_silent(scene):
    scene.warn()
    [told] = scene.press("not_a_problem")
    assert "14 days" in told
    assert "Budget" in told
    assert scene.row().answer == "not_a_problem"
    assert [who for who, _ in scene.notes()] == ["Anna Alt via Slack (author)"]
    [mute] = scene.rows(select(WarningMute))
    assert (mute.team, mute.recipient, mute.label, mute.times) == ("T1", "U1", "budget", 1)
    assert mute.until == scene.row().answered_at + timedelta(days=14)


def test_each_further_not_a_problem_is_silent_for_twice_as_long(scene):
    scene.warn()
    scene.press("not_a_problem")
    scene.warn(alert=False)
    [told] = scene.press("not_a_problem")
    assert "28 days" in told


def test_pressing_not_a_problem_twice_writes_once(scene):
    scene.warn()
    scene.press("not_a_problem")
    [told] = scene.press("not_a_problem")
    assert "already" in told
    assert len(scene.notes()) == 1
    [mute] = scene.rows(select(WarningMute))
    assert mute.times == 1


@pytest.mark.parametrize("later", ["not_a_problem", "authorised", "ask"])
def test_after_an_answer_any_other_button_says_that_it_was_answered(staffed, later):
    staffed.warn()
    first = "ask" if later != "ask" else "not_a_problem"
    staffed.press(first)
    posts = len(staffed.slack.messages("C9"))
    [told] = staffed.press(later)
    assert "already" in told
    assert len(staffed.slack.messages("C9")) == posts
    assert staffed.slack.modals("U1") == []


def test_why_tells_what_is_looked_at_as_often_as_one_asks(scene):
    scene.warn()
    assert scene.press("why") == []
    assert scene.press("why") == []
    assert len(scene.slack.modals("U1")) == 2
    assert "72 hours" in text_of(modal(scene.slack))
    assert scene.row().answer is None


def test_asking_procurement_opens_a_thread_in_their_channel(staffed):
    staffed.warn()
    [told] = staffed.press("ask")
    assert "Procurement has been asked" in told
    root, reply = staffed.slack.messages("C9")
    said = root["blocks"][0]["text"]["text"]
    assert "<@U1>" in said
    assert f"p{staffed.ts.replace('.', '')}" in said
    assert "Norvik Metall" in said
    assert "Budget" in said
    assert f">{QUOTE}" in said
    assert reply["thread_ts"] == root["ts"]
    assert staffed.row().answer == "asked"


@pytest.mark.parametrize(
    ("slack_ids", "negotiation", "called"),
    [
        ({"mara": "U8", "tom": "U9"}, {}, "<@U8> <@U9>"),
        ({"mara": "", "tom": "u9"}, {}, "<@U9>"),
        ({"mara": "U8", "tom": "U9"}, {"counterparties": ("Norvik Group",)}, "<@U8> <@U9>"),
        ({"mara": "", "tom": ""}, {}, ""),
        ({"mara": "!channel>", "tom": "U9|here"}, {}, ""),
        ({"mara": "U8", "tom": "U9"}, {"phase": Phase.RUNNING}, ""),
        ({"mara": "U8", "tom": "U9"}, {"days": Period(last=date(2020, 1, 1))}, ""),
    ],
    ids=["lead and team", "one is known", "of the firm they act for", "nobody is known", "no ids", "running", "over"],
)
def test_the_question_calls_who_negotiates_with_the_counterparty(staffed, slack_ids, negotiation, called):
    know(staffed.office, slack_ids=slack_ids, **negotiation)
    staffed.warn()
    staffed.press("ask")
    said = staffed.slack.messages("C9")[0]["blocks"][0]["text"]["text"]
    assert re.findall(r"Negotiating with them: (.*)", said) == ([called] if called else [])
    assert "Castings" not in said


def test_procurements_message_cannot_call_everybody_or_grow_without_end(staffed):
    staffed.warn(quote="<!channel> &" * 200)
    staffed.press("ask")
    root = staffed.slack.messages("C9")[0]
    said = root["blocks"][0]["text"]["text"]
    assert "<!channel>" not in said + root["text"]
    assert "&lt;!channel&gt;" in said
    assert len(said) < 3000


def test_procurement_is_not_asked_where_another_firm_would_read_it(staffed):
    staffed.slack.world.channels["C9"].teams = ["T2"]
    staffed.warn()
    [told] = staffed.press("ask")
    assert "have not been asked" in told
    assert staffed.slack.messages("C9") == []
    assert staffed.row().answer is None


def test_procurement_is_not_asked_where_a_guest_would_read_it(staffed):
    staffed.slack.world.channels["C9"].members.append("U3")
    staffed.warn()
    [told] = staffed.press("ask")
    assert "have not been asked" in told
    assert staffed.slack.messages("C9") == []


def test_procurement_is_asked_once_however_often_one_presses(staffed):
    staffed.warn()
    staffed.press("ask")
    [told] = staffed.press("ask")
    assert "already" in told
    assert len(staffed.slack.messages("C9")) == 2


def test_procurement_is_asked_once_by_two_presses_at_the_same_moment(staffed):
    staffed.warn()
    where = staffed.slack.ephemerals[-1]
    both = [threading.Thread(target=staffed.slack.press, args=("U1", where, "warning.ask")) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(staffed.slack.messages("C9")) == 2
    told = sorted(one.text for one in staffed.slack.ephemerals[1:])
    assert "Procurement has been asked" in told[0]
    assert "already" in told[1]


def test_without_a_channel_of_procurement_the_person_hears_whom_to_turn_to(database, slack):
    scene = Scene(database, slack, contact="Mara <mara@ourco.example>")
    scene.warn()
    [told] = scene.press("ask")
    assert "Mara &lt;mara@ourco.example&gt;" in told
    assert scene.row().answer is None


def test_a_channel_that_is_gone_is_told_and_can_be_asked_again(staffed):
    staffed.warn()
    staffed.slack.fault("chat.postMessage", error="channel_not_found")
    [told] = staffed.press("ask")
    assert "not been asked" in told
    assert staffed.row().answer is None
    assert "has been asked" in staffed.press("ask")[0]


def test_a_question_of_which_nobody_knows_whether_it_arrived_is_not_repeated(staffed):
    staffed.warn()
    staffed.slack.fault("chat.postMessage", hang_up=True, done=True)
    [told] = staffed.press("ask")
    assert "not sure" in told
    [again] = staffed.press("ask")
    assert "already" in again
    assert len(staffed.slack.messages("C9")) == 1


@pytest.mark.parametrize("action", ["delete", "authorised", "ask", "not_a_problem", "why"])
def test_another_persons_warning_is_refused_privately_and_on_record(staffed, action):
    staffed.warn()
    where = next(one for one in reversed(staffed.slack.ephemerals) if one.blocks)
    where.user = "U4"
    [told] = staffed.press(action, user="U4")
    assert "jemand anderen" in told
    row = staffed.row()
    assert row.answer is None
    assert staffed.slack.modals("U4") == []
    assert staffed.slack.messages("C9") == []
    with staffed.office.database.transaction(write=False) as session:
        [entry] = list_entries(session, action=Action.WARNING_REFUSED.value)
    assert (entry.actor, entry.object, entry.detail) == ("slack:T1:U4", str(row.id), {"action": f"warning.{action}"})


def test_another_persons_form_is_refused_too(scene):
    scene.warn()
    scene.press("authorised")
    view = scene.slack.modals("U1")[0]
    view.user = "U4"
    scene.slack.submit("U4", view, {"reason": "Agreed"})
    assert scene.row().answer is None
    assert scene.notes() == []


@pytest.mark.parametrize("value", ["", "no id", str(uuid.uuid4()), "' OR 1=1 --", "0" * 5000])
def test_an_id_that_is_none_gets_a_kind_answer(scene, value):
    scene.warn()
    where = scene.slack.ephemerals[-1]
    for element in where.blocks[-1]["elements"]:
        element["value"] = value
    for action in ("delete", "authorised", "ask", "not_a_problem", "why"):
        [told] = scene.press(action)
        assert "no longer kept" in told
    assert scene.row().answer is None


@pytest.mark.parametrize("state", [WarningState.DUE, WarningState.EXPIRED])
def test_a_warning_that_was_never_sent_takes_no_answer(scene, state):
    scene.warn(state=state.value)
    [told] = scene.press("not_a_problem")
    assert "no longer kept" in told
    assert scene.row().answer is None


@pytest.mark.parametrize("state", [WarningState.CLAIMED, WarningState.SENT, WarningState.UNKNOWN])
def test_whoever_sees_a_warning_can_answer_it(scene, state):
    scene.warn(state=state.value)
    assert "helps" in scene.press("not_a_problem")[0]


def test_an_answer_that_slack_does_not_take_there_comes_as_a_direct_message(scene, monkeypatch):
    scene.warn()
    monkeypatch.setattr(scene.slack, "take_hook", lambda *_: (404, "expired_url"))
    assert scene.press("not_a_problem") == []
    direct = scene.slack.world.direct("UBOT", "U1")
    assert "helps" in direct.posts[-1]["text"]


def test_an_alert_that_is_gone_by_then_does_not_stop_an_answer(scene):
    scene.warn()
    with scene.office.database.transaction() as session:
        session.delete(session.get_one(Alert, scene.row().alert_id))
    assert "helps" in scene.press("not_a_problem")[0]
    assert scene.rows(select(func.count()).select_from(Review)) == [0]
