"""Warnings and their modals as Slack shows them: whole, harmless and within Block Kit's limits, whatever was said."""

import json
import uuid
from dataclasses import replace

import pytest

from detectors.finding import Label
from service.settings import Retention
from service.warnings.blocks import Shown, authorised_modal, home_entry, shown, warning_message, why_modal
from service.warnings.models import WarningKind, WarningRow
from service.warnings.wording import LANGUAGES, load_wording
from tests.fakes.slack import blockkit
from tests.service.warnings.speaking import KEYS, NOON, source

WORDS = load_wording()
SHOWN = Shown(
    id=uuid.uuid4(),
    kind=WarningKind.AUTHOR,
    labels=("budget",),
    quotes=(("budget", "85,000 euros"),),
    language="en",
    channel="C1",
)
KINDS = [(WarningKind.AUTHOR, label) for label in Label if label is not Label.ELICITATION]
KINDS.append((WarningKind.READER, Label.ELICITATION))
NASTY = "&<!channel> <@U1> <https://evil.example|here> *bold* _x_ `y` ```z``` :skull: > " * 20


def a_row(**more):
    row = WarningRow(id=uuid.uuid4(), kind="author", labels=["budget"], language="en", channel="C1")
    for name, value in more.items():
        setattr(row, name, value)
    return row


def texts(blocks):
    return "\n".join(one["text"]["text"] for one in blocks if one["type"] == "section")


@pytest.mark.parametrize("direct", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "label"), KINDS)
@pytest.mark.parametrize("words", ["85,000 euros", "&" * 5000, NASTY, "\n\n> x\n" * 300, "😀" * 900, "x"])
def test_every_warning_keeps_to_block_kits_limits(kind, label, language, direct, words):
    labels = (label, *(other for other in Label if other is not label)) if kind is WarningKind.AUTHOR else (label,)
    quotes = tuple((one, words) for one in labels[:3])
    link = "https://ourco.slack.example/archives/C1/p1?thread_ts=1&cid=C1"
    warning = replace(SHOWN, kind=kind, labels=labels, quotes=quotes, language=language, permalink=link)
    message = warning_message(warning, WORDS, direct=direct)
    assert blockkit.problems(message) == []
    assert len(message["text"]) <= 4000
    entry = home_entry(warning, WORDS, day=NOON)
    assert blockkit.problems({"type": "home", "blocks": entry}) == []


def test_a_warning_says_what_why_how_else_and_what_to_do():
    message = warning_message(SHOWN, WORDS)
    said = texts(message["blocks"])
    for name in ("headline", "why", "safer", "todo"):
        assert WORDS.text("en", f"author.budget.{name}") in said
        assert WORDS.text("en", f"author.budget.{name}") in message["text"]
    assert "> 85,000 euros" in said
    assert "“85,000 euros”" in message["text"]
    context = message["blocks"][-2]["elements"][0]["text"]
    assert WORDS.text("en", "author.budget.lesson") in context
    assert "Only you can see this." in context


@pytest.mark.parametrize(
    ("kind", "label", "lesson"),
    [(WarningKind.AUTHOR, "budget", "numbers"), (WarningKind.READER, "elicitation", "questions")],
)
def test_a_warning_opens_the_lesson_about_what_it_says(kind, label, lesson):
    message = warning_message(replace(SHOWN, kind=kind, labels=(label,)), WORDS)
    [button] = [one["accessory"] for one in message["blocks"] if "accessory" in one]
    assert (button["action_id"], button["value"]) == ("course.open", lesson)


def test_a_direct_message_says_which_message_it_is_about_and_not_that_it_is_ephemeral():
    message = warning_message(replace(SHOWN, permalink="https://ourco.slack.example/p1?a=1&b=2"), WORDS, direct=True)
    first = message["blocks"][0]["text"]["text"]
    assert "your message in <#C1>" in first
    assert "<https://ourco.slack.example/p1?a=1&amp;b=2|Open the message>" in first
    assert "Only you" not in json.dumps(message)


def test_what_people_wrote_becomes_no_mention_and_no_link():
    message = warning_message(replace(SHOWN, quotes=(("budget", NASTY),)), WORDS)
    written = json.dumps(message)
    assert "<!channel" not in written
    assert "<@U1" not in written
    assert "<https" not in written
    assert all(one["text"]["verbatim"] for one in message["blocks"] if one["type"] == "section")


def test_a_quote_stays_on_its_line():
    message = warning_message(replace(SHOWN, quotes=(("budget", "one\n*two*\n\nthree"),)), WORDS)
    assert "> one *two* three" in texts(message["blocks"])


def test_several_signs_are_told_apart_by_their_names_and_one_needs_none():
    both = replace(SHOWN, labels=("budget", "timeline"), quotes=(("budget", "85,000"), ("timeline", "3 May")))
    said = texts(warning_message(both, WORDS)["blocks"])
    assert "_Budget_\n> 85,000" in said
    assert "_Dates_\n> 3 May" in said
    assert "_Budget_" not in texts(warning_message(SHOWN, WORDS)["blocks"])


def test_a_sentence_that_shows_several_things_is_quoted_once():
    quotes = (("budget", "85,000 by May"), ("timeline", "85,000  by May"), ("budget", "3 May"))
    message = warning_message(replace(SHOWN, labels=("budget", "timeline"), quotes=quotes), WORDS)
    said = texts(message["blocks"])
    assert "_Budget, Dates_\n> 85,000 by May" in said
    assert "_Budget_\n> 3 May" in said
    assert said.count("85,000 by May") == message["text"].count("85,000 by May") == 1


@pytest.mark.parametrize("words", ["\u202e\u2066", " \x1b \n"])
def test_words_that_nobody_sees_are_not_quoted(words):
    message = warning_message(replace(SHOWN, quotes=(("budget", words),)), WORDS)
    assert "From your message" not in json.dumps(message)


def test_a_warning_without_words_leaves_the_quote_out():
    said = warning_message(replace(SHOWN, quotes=()), WORDS)
    assert "From your message" not in json.dumps(said)
    assert blockkit.problems(said) == []


def test_a_row_is_opened_with_its_quotes_and_shown_without_once_they_are_gone():
    row = a_row()
    row.key_id, row.sealed = KEYS.seal('{"quotes": [["budget", "85,000"]]}', place=f"warning:{row.id}")
    assert shown(row, KEYS).quotes == (("budget", "85,000"),)
    row.key_id, row.sealed = KEYS.seal('{"quotes": [["budget", "85,000"]]}', place="warning:another")
    assert shown(row, KEYS).quotes == ()
    row.key_id, row.sealed = None, None
    assert shown(row, KEYS).quotes == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("alert", [None, uuid.uuid4()])
@pytest.mark.parametrize("contact", ["", "Petra Vogt, <privacy@ourco.example>", "&" * 200])
def test_the_modals_keep_to_block_kits_limits(language, alert, contact):
    row = a_row(language=language, alert_id=alert, labels=list(Label))
    ours = source(contact=contact)
    why = why_modal(ours, row, retention=Retention())
    assert blockkit.problems(why) == []
    assert why["callback_id"] == "warning.why"
    asked = authorised_modal(ours, row)
    assert blockkit.problems(asked) == []
    assert (asked["callback_id"], uuid.UUID(asked["private_metadata"])) == ("warning.authorised", row.id)


def test_the_reason_modal_tells_what_is_kept_and_whom_to_turn_to():
    row = a_row(labels=["budget", "timeline"])
    said = texts(why_modal(source(contact="Petra Vogt"), row, retention=Retention(text_hours=48))["blocks"])
    assert "Budget, Dates" in said
    assert "48 hours" in said
    assert "730 days" in said
    assert "Turn to Petra Vogt." in said
    assert "has raised no alert" in said
    row.alert_id = uuid.uuid4()
    said = texts(why_modal(source(), row, retention=Retention())["blocks"])
    assert "has raised an alert" in said
    assert "works council" in said


def test_home_tells_of_a_warning_that_may_not_have_arrived_without_buttons():
    blocks = home_entry(replace(SHOWN, language="de"), WORDS, day=NOON)
    said = texts(blocks)
    assert "in <#C1> (11.03.2026)" in said
    assert "> 85,000 euros" in said
    assert {one["type"] for one in blocks} == {"section"}
    assert "(2026-03-11)" in texts(home_entry(SHOWN, WORDS, day=NOON))
