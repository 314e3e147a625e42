"""Small turns of text on its way into a page."""

import pytest

from service.console.render import coded


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("is `frontdoor run` running?", "is <code>frontdoor run</code> running?"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("`<b>` & more", "<code>&lt;b&gt;</code> &amp; more"),
        ("one ` alone", "one ` alone"),
        ("nothing ``", "nothing ``"),
        ("<script>`", "&lt;script&gt;`"),
    ],
)
def test_what_stands_between_backticks_is_shown_as_code_and_all_else_as_it_is(text, shown):
    assert coded(text) == shown
