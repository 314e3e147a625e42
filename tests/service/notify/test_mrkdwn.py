"""Other people's words in Slack's markup."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.notify.mrkdwn import ago, escaped, link, moment, plain, utc

AT = datetime(2026, 3, 14, 13, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("we have 480k left", "we have 480k left"),
        ("a < b & b > c", "a &lt; b &amp; b &gt; c"),
        ("<!channel> <@U1> <https://x|y>", "&lt;!channel&gt; &lt;@U1&gt; &lt;https://x|y&gt;"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("one\n> two\r\n\tthree", "one &gt; two three"),
        ("a\x00b\x1b[31mc\u2028d", "ab[31mc d"),
        ("left \u202ethgir\u202c \u2066over\u2069", "left thgir over"),
        ("Åsa 李雷 🙂 é", "Åsa 李雷 🙂 é"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_words_are_shown_on_one_line_and_mean_nothing_to_slack(text, shown):
    assert escaped(text, most=100) == shown


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("ab cdef", 4, "ab…"),
        ("&&&", 15, "&amp;&amp;&amp;"),
        ("&&&", 14, "&amp;&amp;…"),
        ("a&", 2, "a…"),
    ],
)
def test_a_cut_never_goes_through_an_escape(text, most, shown):
    assert escaped(text, most=most) == shown


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_any_words_stay_within_their_length_without_markup(text, most):
    shown = escaped(text, most=most)
    assert len(shown) <= most
    assert not re.search(r"[<>\n\r\x00]", shown)
    assert not re.search(r"&(?!amp;|lt;|gt;)", shown)
    assert len(plain(text, most=most)) <= most


def test_a_link_keeps_to_its_own_address():
    assert link("https://x.example/?a=1&b=<2>|c", "Open") == "<https://x.example/?a=1&amp;b=%3C2%3E%7Cc|Open>"


def test_times_are_told_in_the_readers_zone_and_in_utc_where_slack_can_not():
    assert moment(AT) == "<!date^1773491400^{date_short_pretty}, {time}|2026-03-14 12:30 UTC>"
    assert ago(AT.astimezone(UTC)) == "<!date^1773491400^{ago}|2026-03-14 12:30 UTC>"
    assert utc(AT) == "2026-03-14 12:30 UTC"
