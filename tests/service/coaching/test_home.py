"""App Home, as the person sees it who opens it, and nobody else's."""

import json
from datetime import timedelta

import pytest

from service.coaching.course import course
from service.coaching.models import Learner
from service.coaching.wording import texts
from service.reports.store import Sent, keep_report
from tests.fakes.slack.delivery import Parcel


def test_home_says_what_is_done_and_offers_the_course(scene):
    page = scene.open_home()
    assert "somebody from outside" in page
    assert "About twenty minutes, in 12 small pieces" in page
    assert "Next: The side door" in page
    assert "Nothing so far." in page
    assert all(lesson.tell("en").title in page for lesson in course())


def test_home_speaks_the_language_of_the_persons_slack(scene):
    assert "Gespräche an, in denen jemand von außen" in scene.open_home("U4")


def test_the_language_can_be_switched_and_stays(scene):
    scene.open_home()
    scene.press("home.language")
    assert "Ein kurzer Kurs" in scene.home()
    assert "Ein kurzer Kurs" in scene.open_home()
    scene.press("home.language")
    assert "A short course" in scene.home()


def test_a_made_up_language_changes_nothing(scene):
    scene.open_home()
    view = scene.slack.world.shown.homes[scene.slack.world.app.id, "U1"]
    view.content = json.loads(json.dumps(view.content).replace('"value": "de"', '"value": "xx"'))
    scene.press("home.language")
    assert "A short course" in scene.home()
    assert scene.learner().picked == ""


def test_whoever_opens_home_is_a_learner_of_their_department(scene):
    scene.open_home("U4")
    learner = scene.learner("U4")
    assert (learner.team, learner.department, learner.language, learner.reminders) == ("T1", "Quality", "de", True)


def test_a_guest_gets_no_course_and_is_no_learner(scene):
    page = scene.open_home("U3")
    assert "nothing to do for you here" in page
    assert "The side door" not in page
    assert scene.learner("U3") is None


def test_somebody_whom_slack_does_not_show_us_gets_no_course(scene):
    scene.slack.world.users["U4"].hidden = True
    page = scene.open_home("U4")
    assert page
    assert "Die Hintertür" not in page
    assert scene.learner("U4") is None


def test_home_opens_though_slack_does_not_say_who_it_is(scene):
    scene.slack.fault("users.info", error="internal_error")
    assert "A short course" in scene.open_home()
    assert scene.learner() is None


def test_the_messages_tab_is_not_a_page(scene):
    scene.visit(tab="messages")
    assert scene.slack.home("U1") is None


def test_home_shows_what_one_was_told_and_what_one_answered(scene):
    scene.warn(answer="authorised")
    scene.warn(via="direct", label="timeline", quote="production starts in March")
    page = scene.open_home()
    assert "*Budget*" in page
    assert "your message in <#C1>" in page
    assert "our budget is 85,000" in page
    assert "You said: this is authorised." in page
    assert "You have not answered it." in page
    assert "This came by direct message." in page
    assert "Lesson: Who has to be ready first" in page


def test_a_question_from_outside_is_told_as_such(scene):
    scene.warn(kind="reader", label="elicitation", quote="what budget do you have?")
    page = scene.open_home()
    assert "a question in <#C1>" in page
    assert "Lesson: Questions that fish" in page


@pytest.mark.parametrize(("user", "said"), [("U1", "can’t tell whether a note"), ("U4", "Wir wissen nicht, ob")])
def test_a_warning_that_may_never_have_arrived_is_marked_and_quoted(scene, user, said):
    scene.warn(user, state="unknown", language="en")
    page = scene.open_home(user)
    assert said in page
    assert "our budget is 85,000" in page


def test_a_warning_that_was_answered_has_arrived(scene):
    scene.warn(state="unknown", answer="authorised")
    page = scene.open_home()
    assert "can’t tell" not in page
    assert "You said: this is authorised." in page


def test_a_warning_that_could_not_be_delivered_is_told_here(scene):
    scene.warn(state="failed")
    page = scene.open_home()
    assert "I could not deliver this one to you." in page
    assert "our budget is 85,000" in page


@pytest.mark.parametrize("state", ["due", "claimed", "expired"])
def test_what_was_never_sent_is_not_shown(scene, state):
    scene.warn(state=state)
    assert "Nothing so far." in scene.open_home()


def test_nobody_sees_what_another_was_told(scene):
    scene.warn("U4", quote="ein Geheimnis von Bernd")
    scene.warn("U1", quote="Anna in another workspace", team="T9")
    page = scene.open_home("U1")
    assert "Geheimnis" not in page
    assert "another workspace" not in page
    assert "Nothing so far." in page


def test_in_an_organisation_one_sees_what_one_was_told_in_any_of_its_workspaces(scene):
    scene.slack.world.teams["T1"].enterprise = "E1"
    scene.warn("U1", quote="told in the other workspace", team="T9", enterprise="E1")
    scene.warn("U1", quote="told in another house", team="T8", enterprise="E2")
    page = scene.open_home("U1")
    assert "told in the other workspace" in page
    assert "told in another house" not in page


def test_the_words_of_others_become_no_mention_and_no_link(scene):
    scene.warn(quote="<!channel> see <https://evil.example|here> & *bold*")
    page = scene.open_home()
    assert "<!channel>" not in page
    assert "&lt;!channel&gt; see &lt;https://evil.example|here&gt; &amp;" in page


def test_a_long_history_has_pages(scene):
    now = scene.office.clock()
    for number in range(23):
        scene.warn(quote=f"figure {number:02d}", created_at=now - timedelta(hours=number))
    page = scene.open_home()
    assert "figure 09" in page
    assert "figure 10" not in page
    scene.press("home.older")
    assert "figure 10" in scene.home()
    assert "figure 09" not in scene.home()
    scene.press("home.older")
    assert "figure 22" in scene.home()
    assert "Older" not in scene.home()
    scene.press("home.newer")
    assert "figure 10" in scene.home()


def test_the_fullest_page_keeps_to_slacks_limits(scene):
    now = scene.office.clock()
    for number in range(40):
        state = "unknown" if number % 2 else "failed"
        quote = "“" + "<&>" * 300
        scene.warn("U4", quote=quote, state=state, created_at=now - timedelta(hours=number), via="direct")
    scene.open_home("U4")
    scene.press("home.older", "U4")
    assert len(scene.slack.home("U4")["blocks"]) <= 100
    assert "Was ich dir gesagt habe" in scene.home("U4")


@pytest.mark.parametrize("value", ["-10", "999999", "9999999999", "x", "", "１", None])
def test_a_page_that_does_not_exist_shows_nothing_of_anybody(scene, value):
    scene.open_home()
    scene.warn("U4", quote="ein Geheimnis von Bernd")
    payload = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "api_app_id": scene.slack.world.app.id,
        "container": {"type": "view", "view_id": "V1"},
        "view": {"type": "home", "id": "V1"},
        "actions": [{"type": "button", "action_id": "home.older", "block_id": "b", "value": value}],
    }
    assert scene.slack.send(Parcel(app=scene.slack.world.app.id, type="interactive", payload=payload)).acked
    assert "Geheimnis" not in scene.home()


def test_reminders_are_switched_off_and_on(scene):
    assert "Now and then I remind you" in scene.open_home()
    scene.press("home.reminders")
    assert "I don't remind you" in scene.home()
    assert scene.learner().reminders is False
    scene.press("home.reminders")
    assert "Now and then I remind you" in scene.home()
    assert scene.learner().reminders is True


@pytest.mark.parametrize(("user", "said"), [("U1", "What is looked at."), ("U4", "Was angesehen wird.")])
def test_what_is_looked_at_is_told_in_a_modal(scene, user, said):
    scene.open_home(user)
    scene.press("home.why", user)
    blocks = json.dumps(scene.modal(user).content["blocks"], ensure_ascii=False)
    assert said in blocks
    assert "730" in blocks


def test_something_can_be_reported_from_home(scene):
    scene.open_home()
    scene.press("home.report")
    assert scene.modal().content["callback_id"] == "report.submit"


def test_home_shows_how_far_ones_own_reports_are_and_nobody_elses(scene):
    office = scene.office
    with office.database.transaction() as session:
        for user in ("U1", "U4", "U4"):
            sent = Sent(
                source="slack",
                team="T1",
                enterprise="",
                reporter=user,
                name="",
                hidden=True,
                language="en",
                words=f"something about {user} {session.query(Learner).count()} {len(session.new)} {id(user)}",
            )
            keep_report(session, office.keys, sent, now=office.clock() - timedelta(days=3))
    page = scene.open_home("U1")
    assert page.count("nobody has taken it up yet") == 1
    assert "What you reported" not in scene.open_home("U3")


def test_slack_being_down_for_a_moment_is_no_accident(scene):
    scene.slack.fault("views.publish", error="internal_error")
    scene.visit()
    assert scene.slack.home("U1") is None
    assert "A short course" in scene.open_home()


def test_both_languages_have_the_same_texts_with_the_same_gaps():
    english, german = texts("en"), texts("de")
    assert english.keys() == german.keys()
    for name, text in english.items():
        assert gaps(text) == gaps(german[name]), name
    assert texts("fr") is not None
    assert texts("fr") == english


def gaps(text):
    return {part.partition("}")[0] for part in text.split("{")[1:]}
