"""Block Kit's limits: what is just allowed, and what is just not."""

import pytest

from tests.fakes.slack.blockkit import problems


def plain(length=1):
    return {"type": "plain_text", "text": "x" * length}


def words(length=1):
    return {"type": "mrkdwn", "text": "x" * length}


def choice(number=0, **more):
    return {"text": plain(), "value": f"v{number}", **more}


def button(**more):
    return {"type": "button", "text": plain(), "action_id": "a", **more}


def section(**more):
    return {"type": "section", "text": words(), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def confirm(**more):
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **more}


def entry(element=None, **more):
    return {"type": "input", "label": plain(), "element": element or {"type": "plain_text_input"}, **more}


def select(**more):
    return {"type": "static_select", "options": [choice()], **more}


def message(*blocks, text="said aloud"):
    return {"text": text, "blocks": list(blocks)}


def modal(*blocks, **more):
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}


def home(*blocks, **more):
    return {"type": "home", "blocks": list(blocks), **more}


FINE = [
    {"text": "x" * 40_000},
    message(),
    message(*[{"type": "divider"}] * 50),
    message(section(text=words(3000))),
    message(section(text=plain(3000))),
    message({"type": "section", "fields": [words(2000)] * 10}),
    message(section(accessory=button(value="v" * 2000, style="danger", url="https://x.example/" + "y" * 2900))),
    message(section(block_id="b" * 255)),
    message(section(block_id="one"), section(block_id="two")),
    message({"type": "header", "text": plain(150)}),
    message({"type": "context", "elements": [words(), plain()] * 5}),
    message(actions(*[button(action_id=f"a{number}") for number in range(25)])),
    message(actions(button(text=plain(75), action_id="a" * 255))),
    message(actions(button(confirm=confirm(title=plain(100), text=words(300), confirm=plain(30), deny=plain(30))))),
    message(actions(select(options=[choice(number) for number in range(100)], placeholder=plain(150)))),
    message(actions(select(initial_option=choice()))),
    message(actions({"type": "overflow", "options": [choice(number) for number in range(5)]})),
    message({"type": "image", "image_url": "https://x.example/i.png", "alt_text": "x" * 2000}),
    modal(title=plain(24), close=plain(24), submit=plain(24)),
    modal(entry(label=plain(2000), hint=plain(2000))),
    modal(entry({"type": "plain_text_input", "max_length": 3000, "min_length": 3000, "placeholder": plain(150)})),
    modal(entry({"type": "radio_buttons", "options": [choice(0, text=words(75), description=words(75))]})),
    modal(*[{"type": "divider"}] * 100, private_metadata="x" * 3000, callback_id="x" * 255, external_id="x" * 255),
    modal(section(), submit=None),
    home(*[{"type": "divider"}] * 100),
    home(section(accessory=select())),
    home(actions({"type": "checkboxes", "options": [choice(number) for number in range(10)]})),
]

WRONG = [
    ({"text": ""}, "must have text or blocks"),
    ({"text": "x" * 40_001}, "40000 characters"),
    (message(section(), text=""), "fallback text"),
    (message(section(), text="  "), "fallback text"),
    ({"blocks": [section()]}, "fallback text"),
    ({"text": "x", "blocks": "section"}, "must be a list"),
    (message(*[{"type": "divider"}] * 51), "has 51"),
    (message("divider"), "no block"),
    (message({"type": "sektion"}), "no block"),
    (message(section(text=words(3001))), "blocks[0].text: must be at most 3000"),
    (message(section(text=words(0))), "at least 1 character"),
    (message(section(text="words")), "must be a text object"),
    (message(section(text={"type": "markdown", "text": "x"})), "plain_text or mrkdwn"),
    (message(section(text={"type": "mrkdwn", "text": "x", "emoji": True})), "emoji is for plain_text"),
    (message({"type": "section"}), "text or fields"),
    (message({"type": "section", "fields": [words()] * 11}), "has 11"),
    (message({"type": "section", "fields": []}), "has 0"),
    (message({"type": "section", "fields": [words(2001)]}), "2000"),
    (message(section(button=button())), "button is not allowed"),
    (message(section(accessory={"type": "plain_text_input"})), "may not stand in section"),
    (message(section(block_id="b" * 256)), "255"),
    (message(section(block_id="one"), section(block_id="one")), "two have the block_id one"),
    (message({"type": "header", "text": plain(151)}), "150"),
    (message({"type": "header", "text": words()}), "must be plain_text"),
    (message({"type": "context", "elements": [words()] * 11}), "has 11"),
    (message({"type": "context", "elements": []}), "has 0"),
    (message({"type": "context", "elements": [button()]}), "plain_text or mrkdwn"),
    (message(actions()), "has 0"),
    (message(actions(*[button(action_id=f"a{number}") for number in range(26)])), "has 26"),
    (message(actions(button(), button())), "two elements have the action_id a"),
    (message(actions(button(text=plain(76)))), "75"),
    (message(actions(button(text=words()))), "must be plain_text"),
    (message(actions(button(value="v" * 2001))), "2000"),
    (message(actions(button(value=7))), "must be a string"),
    (message(actions(button(url="u" * 3001))), "3000"),
    (message(actions(button(style="default"))), "primary or danger"),
    (message(actions(button(action_id="a" * 256))), "255"),
    (message(actions(button(confirm=confirm(title=plain(101))))), "confirm.title: must be at most 100"),
    (message(actions(button(confirm=confirm(text=words(301))))), "300"),
    (message(actions(button(confirm=confirm(deny=plain(31))))), "30"),
    (message(actions(button(confirm={"title": plain()}))), "must be a text object"),
    (message(actions(words())), "no element"),
    (message(actions(select(options=[]))), "has 0"),
    (message(actions(select(options=[choice(number) for number in range(101)]))), "has 101"),
    (message(actions(select(options=[choice(text=plain(76))]))), "75"),
    (message(actions(select(options=[choice(value="v" * 151)]))), "150"),
    (message(actions(select(options=[choice(text=words())]))), "must be plain_text"),
    (message(actions(select(options=[choice(description=plain(76))]))), "75"),
    (message(actions(select(options=[choice(), choice()]))), "same value"),
    (message(actions(select(initial_option=choice(1)))), "one of the options"),
    (message(actions(select(placeholder=plain(151)))), "150"),
    (message(actions({"type": "overflow", "options": [choice(number) for number in range(6)]})), "has 6"),
    (message({"type": "image", "image_url": "https://x.example/i.png"}), "alt_text"),
    (message({"type": "image", "image_url": "u" * 3001, "alt_text": "x"}), "3000"),
    (modal(title=plain(25)), "title: must be at most 24"),
    (modal(title=words()), "must be plain_text"),
    ({"type": "modal", "blocks": []}, "title: must be a text object"),
    (modal(submit=plain(25)), "submit: must be at most 24"),
    (modal(close=plain(25)), "close: must be at most 24"),
    (modal(entry(), submit=None), "submit: must be given"),
    (modal(entry(label=plain(2001))), "2000"),
    (modal(entry(label=words())), "must be plain_text"),
    (modal(entry(hint=plain(2001))), "2000"),
    (modal(entry({"type": "plain_text_input", "max_length": 3001})), "from 1 to 3000"),
    (modal(entry({"type": "plain_text_input", "min_length": 2, "max_length": 1})), "more than max_length"),
    (modal(entry({"type": "plain_text_input", "placeholder": plain(151)})), "150"),
    (modal(entry(button())), "may not stand in input"),
    (modal(entry({"type": "radio_buttons", "options": [choice(number) for number in range(11)]})), "has 11"),
    (modal(entry({"type": "checkboxes", "options": [choice()], "initial_options": []})), "must not be empty"),
    (modal(private_metadata="x" * 3001), "3000"),
    (modal(callback_id="x" * 256), "255"),
    (modal(external_id="x" * 256), "255"),
    (modal({"type": "markdown", "text": "x"}), "may not stand in a modal"),
    (modal(*[{"type": "divider"}] * 101), "has 101"),
    (home(*[{"type": "divider"}] * 101), "has 101"),
    (home(title=plain()), "title is not allowed"),
    ({"type": "home"}, "must be a list"),
]


@pytest.mark.parametrize("payload", FINE, ids=range(len(FINE)))
def test_what_keeps_to_the_limits_has_no_problems(payload):
    assert problems(payload) == []


@pytest.mark.parametrize(("payload", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_does_not_is_told_with_its_reason(payload, reason):
    assert any(reason in one for one in problems(payload))
