"""What somebody reads who types /frontdoor."""

import pytest

from service.directory.store import save_directory
from service.slack.models import ChannelState
from service.slack.rooms import note_room
from service.slack.wording import LANGUAGES, Markup, link, plain, quoted, say, texts
from service.warnings.wording import placeholders
from tests.fakes.direct import connect_directly
from tests.fakes.office import ORDINARY, Live, directory, make_office


@pytest.fixture
def typed(live, slack):
    """Type a command; returns what the person then reads."""
    connect_directly(slack, live.app)
    with live.office.database.transaction() as session:
        save_directory(session, directory())

    def type_it(text, *, user="U1", channel="C1"):
        before = len(slack.ephemerals)
        assert slack.command(user, channel, "/frontdoor", text).acked
        return "\n".join(one.text for one in slack.ephemerals[before:] if one.user == user)

    return type_it


def test_about_tells_who_is_in_a_channel_that_is_read(live, typed):
    live.say("C1", "U1", ORDINARY)
    text = typed("about")
    assert "*This channel is read*" in text
    assert "Norvik Metall" in text
    assert "Budget" in text
    assert "after 72 hours" in text
    assert "privacy officer" in text
    assert "/frontdoor report" in text
    assert "1: <#C1>" in text


def test_about_tells_a_guest_what_becomes_of_their_words_and_nothing_of_us(live, typed):
    live.say("C3", "U1", ORDINARY)
    text = typed("about", user="U3", channel="C3")
    assert "*This channel is read*, because people of other firms can be in it." in text
    assert "after 72 hours" in text
    assert "privacy officer" in text
    assert not any(word in text for word in ("hauck", "Budget", "<#C", "/frontdoor report"))


def test_about_speaks_german_to_who_reads_german(live, typed):
    live.say("C1", "U1", ORDINARY)
    text = typed("about", user="U4")
    assert "*Dieser Kanal wird mitgelesen*" in text
    assert "This channel" not in text


def test_about_names_whom_to_turn_to_without_calling_anybody(sqlite_url, live, slack, typed):
    office = make_office(live.office.database, slack, keys=live.office.keys, contact="<!here> Mara & Jo")
    connect_directly(slack, Live(office=office, slack=slack).app)
    assert "&lt;!here&gt; Mara &amp; Jo" in typed("about")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ChannelState.INTERNAL, "nobody from outside is in it"),
        (ChannelState.ARCHIVED, "it is archived"),
        (ChannelState.LEFT, "not in it any more"),
    ],
)
def test_about_says_why_a_channel_is_not_read(live, typed, state, words):
    with live.office.database.transaction() as session:
        note_room(
            session, "T1", "C2", name="engineering", state=state, shared=False, outsiders=(), now=live.office.clock()
        )
    assert words in typed("about", channel="C2")


def test_about_works_where_the_app_is_not(slack, typed):
    slack.world.channel("C7", "without-the-app", "T1", ["U1"], private=True)
    assert "*This channel is not read.*" in typed("about", channel="C7")


def test_about_says_what_will_be_read_where_nothing_was_said_yet(typed):
    assert "reads what is said here while people of other firms are in it" in typed("about", channel="C1")


def test_about_says_that_direct_messages_are_nobodys_business(slack, typed):
    assert "never direct messages" in typed("about", channel=slack.world.direct("U1", "U4").id)


def test_about_lists_only_ones_own_channels(live, slack, typed):
    slack.world.channel("C6", "ext-secret", "T1", ["UBOT", "U4", "U2"], private=True, teams=["T2"])
    live.say("C1", "U1", ORDINARY)
    live.say("C6", "U4", ORDINARY)
    assert "<#C6>" not in typed("about")
    assert "2: " in typed("about", user="U4")


def test_about_does_without_what_slack_does_not_say(live, slack, typed):
    live.say("C1", "U1", ORDINARY)
    slack.fault("users.conversations", error="missing_scope")
    text = typed("about")
    assert "Norvik Metall" in text
    assert "Channels of yours" not in text


@pytest.mark.parametrize("text", ["", "help", "HELP", "  help  "])
def test_help_lists_what_there_is(typed, text):
    assert "/frontdoor about" in typed(text)


@pytest.mark.parametrize("text", ["abuot", "<!channel>", "x" * 3000, "ab\nout"])
def test_an_unknown_word_is_answered_with_help(typed, text):
    answer = typed(text)
    assert "I don't know" in answer
    assert "/frontdoor about" in answer
    assert "<!channel>" not in answer
    assert len(answer) < 1000


def test_report_opens_the_form_with_what_was_typed(slack, typed):
    assert typed("report Norvik asked for our budget") == ""
    [view] = slack.modals("U1")
    assert view.content["blocks"][0]["element"]["initial_value"] == "Norvik asked for our budget"


def test_report_alone_opens_an_empty_form(slack, typed):
    assert typed("report") == ""
    assert "initial_value" not in slack.modals("U1")[0].content["blocks"][0]["element"]


def test_a_report_longer_than_a_form_takes_is_cut(slack, typed):
    typed("report " + "<&> " * 1500)
    assert len(slack.modals("U1")[0].content["blocks"][0]["element"]["initial_value"]) <= 3000


def test_a_form_that_does_not_open_is_told(slack, typed):
    slack.fault("views.open", error="expired_trigger_id")
    assert "try again" in typed("report")


def test_both_languages_have_the_same_texts_with_the_same_placeholders():
    english, german = texts("en"), texts("de")
    assert {name: placeholders(text) for name, text in english.items()} == {
        name: placeholders(text) for name, text in german.items()
    }
    assert all(english[name] != text for name, text in german.items())


def test_a_language_that_is_not_spoken_here_is_answered_in_english():
    assert plain("fr", "report.submit") == plain("en", "report.submit")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["report.title", "report.submit", "report.cancel", "report.close", "report.thanks_title"]
)
def test_titles_fit_what_slack_takes(language, name):
    assert 0 < len(plain(language, name)) <= 24


def test_words_of_somebodys_cannot_become_a_mention_and_ours_can():
    assert say("en", "ask.nobody", contact="<!channel>").count("&lt;!channel&gt;") == 1
    assert "<@U1>" in say("en", "ask.answer_here", asker=Markup("<@U1>"))
    assert link("", "<it>") == "&lt;it&gt;"
    assert quoted("<b>\nline two", most=20) == ">&lt;b&gt; line two"
