import time

import pytest

from connectors.parse.slack_text import blocks_text, plain_text

NAMES = {"U1": "Anna Alt"}


def name_of(user_id):
    return NAMES.get(user_id, "")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<@U1> can you?", "@Anna Alt can you?"),
        ("<@U9|tester> can you?", "@tester can you?"),
        ("<@U9> can you?", "@U9 can you?"),
        ("see <#C1|ext-norvik>", "see #ext-norvik"),
        ("see <#C1>", "see #C1"),
        ("see <#C1|>", "see #C1"),
        ("<https://norvik.example/a?b=1&amp;c=2|the offer>", "the offer"),
        ("<https://norvik.example/a?b=1&amp;c=2>", "https://norvik.example/a?b=1&c=2"),
        ("<https://norvik.example|price &lt; 5>", "price < 5"),
        ("<mailto:anna@ourco.example|anna@ourco.example>", "anna@ourco.example"),
        ("<mailto:anna@ourco.example>", "anna@ourco.example"),
        ("<tel:+4989123|+49 89 123>", "+49 89 123"),
        ("<!here> <!channel> <!everyone|everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@buyers> please", "@buyers please"),
        ("<!subteam^S1> please", "@S1 please"),
        ("by <!date^1750000000^{date}|June 15>", "by June 15"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("*_our budget_* is ~39~ *40k*", "our budget is 39 40k"),
        ('(*bold*), "_italic_".', '(bold), "italic".'),
        ("*<https://norvik.example|the offer>*", "the offer"),
        (":wave: hello", ":wave: hello"),
        ("&gt; you said 40k\nyes", "> you said 40k\nyes"),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup, shown):
    assert plain_text(markup, name_of) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 and 5 * 6 * 7",
        "snake_case_name and __init__",
        "~10k, ~20k",
        "* a bullet\n* another",
        "**not Slack's bold**",
        "*never\nclosed*",
        "`*in code*`",
        "a < b",
        "<>",
        "< @U1 >",
        "5 > 4 > 3",
        "&nbsp; &copy; &",
        "mail anna@ourco.example",
        "",
    ],
)
def test_what_only_looks_like_markup_stays(text):
    assert plain_text(text, name_of) == text


@pytest.mark.parametrize(
    ("written", "shown"), [("&amp;lt;b&amp;gt;", "&lt;b&gt;"), ("&lt;@U1&gt;", "<@U1>"), ("&lt;!here&gt;", "<!here>")]
)
def test_what_was_escaped_is_never_taken_for_markup(written, shown):
    assert plain_text(written, name_of) == shown


def test_nobody_can_put_a_line_of_text_into_a_mention():
    assert blocks_text(section({"type": "user", "user_id": "U9\nFrom: x"}), name_of) == "@U9 From: x"


@pytest.mark.parametrize("text", ["_a " * 14_000, "<a" * 20_000, "*a_b~ " * 8_000, "<" + "a" * 40_000, "*" * 40_000])
def test_a_hostile_text_costs_no_more_than_its_length(text):
    began = time.perf_counter()
    plain_text(text, name_of)
    assert time.perf_counter() - began < 1.0


def rich(*elements):
    return [{"type": "rich_text", "elements": list(elements)}]


def section(*words):
    return rich({"type": "rich_text_section", "elements": list(words)})


def text(words):
    return {"type": "text", "text": words}


@pytest.mark.parametrize(
    ("blocks", "shown"),
    [
        (section(text("we pay "), text("7.50 & less")), "we pay 7.50 & less"),
        (section({"type": "user", "user_id": "U1"}, text(", hi")), "@Anna Alt, hi"),
        (section({"type": "link", "url": "https://norvik.example", "text": "offer"}), "offer"),
        (section({"type": "link", "url": "https://norvik.example"}), "https://norvik.example"),
        (section({"type": "link", "url": "mailto:a@ourco.example"}), "a@ourco.example"),
        (section({"type": "channel", "channel_id": "C1"}), "#C1"),
        (section({"type": "usergroup", "usergroup_id": "S1"}), "@S1"),
        (section({"type": "broadcast", "range": "here"}), "@here"),
        (section({"type": "emoji", "name": "wave"}), ":wave:"),
        (section({"type": "date", "timestamp": 1, "fallback": "1 May"}), "1 May"),
        (section({"type": "color", "value": "#fff"}), "#fff"),
        (rich({"type": "rich_text_quote", "elements": [text("you said\n40k")]}), "> you said\n> 40k"),
        (rich({"type": "rich_text_preformatted", "elements": [text("torque 12 Nm")]}), "torque 12 Nm"),
        (
            rich(
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {"type": "rich_text_section", "elements": [text("one")]},
                        {"type": "rich_text_section", "elements": [text("two")]},
                    ],
                }
            ),
            "• one\n• two",
        ),
        ([{"type": "section", "text": {"type": "mrkdwn", "text": "*bold* &amp; <@U1>"}}], "bold & @Anna Alt"),
        ([{"type": "section", "fields": [{"type": "plain_text", "text": "a &amp; b"}]}], "a &amp; b"),
        ([{"type": "header", "text": {"type": "plain_text", "text": "Offer"}}, *section(text("x"))], "Offer\nx"),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}, {"type": "image"}]}], "small"),
    ],
)
def test_blocks_become_what_a_reader_sees(blocks, shown):
    assert blocks_text(blocks, name_of) == shown


@pytest.mark.parametrize(
    "blocks",
    [
        None,
        "text",
        [],
        [None, 1, "x", []],
        [{"type": "divider"}],
        [{"type": ["rich_text"]}],
        [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Approve"}}]}],
        rich({"type": "rich_text_section", "elements": "text"}),
        rich({"type": "rich_text_section", "elements": [{"type": "text", "text": 5}, {"type": []}, None]}),
        section({"type": "unheard of", "text": "x"}),
        [{"type": "section", "text": "not an object"}],
    ],
)
def test_blocks_without_words_show_nothing(blocks):
    assert blocks_text(blocks, name_of) == ""


def test_lists_nested_beyond_reason_are_cut_off():
    inner = {"type": "rich_text_section", "elements": [text("deep")]}
    for _ in range(500):
        inner = {"type": "rich_text_list", "elements": [inner]}
    assert "deep" not in blocks_text(rich(inner), name_of)
