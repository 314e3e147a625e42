"""Slack's markup drawn as HTML: what it means, and nothing that somebody wrote."""

import pytest

from service.console.slack_preview import html_of, pieces


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("plain", "plain"),
        ("*bold* and _italic_", "<strong>bold</strong> and <em>italic</em>"),
        ("*What is looked at.* Messages", "<strong>What is looked at.</strong> Messages"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("one\ntwo", "one<br>two"),
        ("above\n> quoted", "above<blockquote>quoted</blockquote>"),
        ("> quoted", "<blockquote>quoted</blockquote>"),
        ("in <#C1>.", 'in <span class="slack-link">#ext-norvik</span>.'),
        ("<https://x.example|Open it>", '<span class="slack-link">Open it</span>'),
        ("&lt;b&gt; &amp; co", "&lt;b&gt; &amp; co"),
        ("&amp;lt;", "&amp;lt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("*<img src=x>*", "<strong>&lt;img src=x&gt;</strong>"),
        ("<https://x.example|<b>x>", None),
        ("", ""),
    ],
)
def test_markup_is_drawn_and_everything_else_escaped(mrkdwn, html):
    drawn = html_of(mrkdwn)
    assert html is None or drawn == html
    assert "<b>" not in drawn
    assert "<script" not in drawn
    assert "<img" not in drawn


def test_buttons_and_fields_are_drawn_by_their_texts():
    text = {"type": "plain_text", "text": "Ask <us>"}
    [actions, asked] = pieces(
        [
            {"type": "actions", "elements": [{"type": "button", "text": text}]},
            {"type": "input", "label": text, "hint": {"type": "plain_text", "text": "So"}, "element": {}},
        ]
    )
    assert actions.buttons == ("Ask <us>",)
    assert (asked.html, asked.hint) == ("Ask &lt;us&gt;", "So")


def test_a_button_beside_a_text_is_drawn_with_it():
    text = {"type": "mrkdwn", "text": "*Read* it"}
    beside = {"type": "button", "text": {"type": "plain_text", "text": "Lesson"}}
    [piece] = pieces([{"type": "section", "text": text, "accessory": beside}])
    assert (piece.html, piece.buttons) == ("<strong>Read</strong> it", ("Lesson",))
