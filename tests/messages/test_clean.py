import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from messages import PartKind, Span, clean

_PIECES = [
    "hello there", "Our limit is 4.20.", "> quoted", ">> deeper", ">", "", "-- ", "--", "Best regards,", "Bo Dahl",
    "Thanks", "P.S. one more",
    "On Mon, 3 Jun 2024 at 10:12, Ann <ann@norvik.example> wrote:", "On Mon, 3 Jun 2024 at 10:12, Ann <",
    "ann@norvik.example> wrote:",
    "From: Ann <ann@norvik.example>", "Sent: Monday", "To: Bo", "Subject: x", "Von: Ann", "Betreff: x",
    "---------- Forwarded message ---------",
    "Begin forwarded message:", "-----Original Message-----", "________________", "Ann Lee@OURCO",
    "03/23/2000 05:11 PM", "Sent from my iPhone",
    "This e-mail is confidential and intended only for the recipient.", "\x00", "\ud800", "\u2028", "a\rb",
    "\u200b> x", "@", "<@>:", "wrote:",
]  # fmt: skip
_TEXTS = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(st.sampled_from(_PIECES), max_size=25).map("\n".join),
    st.lists(st.sampled_from(_PIECES), max_size=12).map("\r\n".join),
)
_SPANS = st.lists(st.builds(Span, start=st.integers(-5, 200), end=st.integers(-5, 400)), max_size=4)


@given(text=_TEXTS, quoted=_SPANS, subject=st.sampled_from(["", "Fw: x", "Re: x", "x"]), chat=st.booleans())
@example(text="\ud800\x00\n> \ud800", quoted=[], subject="", chat=False)
@settings(max_examples=400, deadline=None)
def test_the_parts_cover_the_text_in_order(text, quoted, subject, chat):
    divided = clean(text, quoted, subject=subject, chat=chat)
    at = 0
    for part in divided.parts:
        assert part.start == at < part.end
        at = part.end
    assert at == len(text)
    assert divided.joined(*PartKind) == text


@given(text=_TEXTS)
@settings(max_examples=100, deadline=None)
def test_dividing_is_the_same_every_time(text):
    assert clean(text) == clean(text)


def test_no_text_has_no_parts():
    assert clean("").parts == ()


def test_a_plain_message_is_new():
    (part,) = clean("Our limit is 4.20.").parts
    assert (part.kind, part.start, part.end, part.author) == (PartKind.NEW, 0, 18, "")


def test_parts_are_chosen_by_kind():
    divided = clean("a\n> b\nc\n")
    assert divided.joined(PartKind.NEW) == "a\nc\n"
    assert [part.kind for part in divided.of(PartKind.QUOTE)] == [PartKind.QUOTE]


@pytest.mark.parametrize(
    "unit",
    [
        "a", "\n", "> ", ">\n", ">a\nb\n", "<", "@", "a@", "-", "_", ".", " ", "\r", "Re: ", "--\n", "-- \nx\n\n",
        "Best regards,\nBo\n",
        "From: a@b.example\n", "From: a\nTo: b\nSubject: c\n", "From: a@b.example\nTo: x@y.example,\n",
        "On Mon 12:30 wrote\n", "<\nwrote:\n",
        "12/12/2000 11:11 PM\n", "Name\n12/12/2000 11:11 PM\nTo: b\n", "---------- Forwarded message ---------\n",
        "Sent from my iPhone\n",
        "This e-mail is confidential and intended only for you. ", "confidential this message intended\n\n", "жш",
        "this ", "On Mon, ",
    ],
)  # fmt: skip
def test_time_grows_no_faster_than_the_text(unit):
    small, large = (unit * (size // len(unit)) for size in (40_000, 320_000))
    # Eight times the text: quadratic work would take 64 times as long.
    most = 24 * min(_seconds(small), _seconds(small)) + 0.1
    assert _seconds(large) < most or _seconds(large) < most


def _seconds(text):
    start = time.process_time()
    clean(text)
    return time.process_time() - start
