import pytest

from messages import PartKind, Span, clean
from tests.messages.dividing import author_of, kind_of, kinds

_BLOCK = "From: Ann <ann@norvik.example>\nSent: Monday\nTo: Bo\nSubject: x\n\nsecret\n"
_MARKS = [
    "---------- Forwarded message ---------",
    "---------- Forwarded message ----------",
    "-------- Forwarded Message --------",
    "Begin forwarded message:",
    "-----Weitergeleitete Nachricht-----",
    "-------- Weitergeleitete Nachricht --------",
    "Anfang der weitergeleiteten Nachricht:",
    "---------- Message transféré ----------",
    "Début du message réexpédié :",
    "---------- Mensaje reenviado ----------",
    "Inicio del mensaje reenviado:",
    "---------- Messaggio inoltrato ----------",
    "Inizio messaggio inoltrato:",
    "---------- Mensagem encaminhada ----------",
    "Início da mensagem encaminhada:",
    "---------- Doorgestuurd bericht ----------",
    "Begin doorgestuurd bericht:",
    "---------------------- Forwarded by Bo Dahl/HQ/OURCO on 03/23/2000 05:11 PM ---------------------------",
    "----- Weitergeleitet von Bo Dahl/HQ/OURCO am 23.03.2000 17:11 -----",
]
_NO_MARKS = [
    "I have forwarded message 12 to you:",
    "The forwarded message is below.",
    "----------",
    "-- Forwarding is done --",
    "Begin with the forwarded part:",
    "---- Timeline ----",
]


@pytest.mark.parametrize("mark", _MARKS)
def test_an_explicit_mark_makes_a_forward(mark):
    divided = clean(f"FYI\n\n{mark}\n{_BLOCK}", subject="offer")
    assert kind_of(divided, "secret") == "forward"
    assert author_of(divided, "secret") == "ann@norvik.example"
    assert divided.joined(PartKind.NEW).strip() == "FYI"


@pytest.mark.parametrize("mark", _NO_MARKS)
def test_words_about_forwarding_make_no_forward(mark):
    assert kinds(f"Hello,\n\n{mark}\n\nThe limit is 4.20.\n") == ["new"]


@pytest.mark.parametrize(
    "subject", ["Fw: x", "FWD: x", "WG: x", "TR : x", "RV: x", "ENC: x", "I: x", "Doorst: x", "[EXT] Fw: Re: x"]
)
def test_a_header_block_under_a_forwards_subject_is_forwarded(subject):
    assert kind_of(clean(f"See below.\n\n{_BLOCK}", subject=subject), "secret") == "forward"


@pytest.mark.parametrize(
    "subject", ["", "Re: x", "RE: Fw: x", "AW: WG: x", "Forward planning: x", "Trinity: x", "i: x"]
)
def test_a_header_block_under_another_subject_is_quoted(subject):
    assert kind_of(clean(f"See below.\n\n{_BLOCK}", subject=subject), "secret") == "quote"


def test_a_mail_of_its_own_subject_without_a_word_of_its_own_passes_on_what_it_holds():
    assert kind_of(clean(_BLOCK, subject="minutes"), "secret") == "forward"
    assert kind_of(clean(_BLOCK, subject="Re: minutes"), "secret") == "quote"


def test_each_message_inside_a_forward_has_its_own_author():
    text = (
        "FYI\n\n---------- Forwarded message ---------\n"
        "From: Bo <Bo@OURCO.example>\nDate: x\nSubject: s\nTo: Ann\n\nno\n\n"
        "On Mon, 1 Jan 2024 at 10:00, Ann <ann@norvik.example> wrote:\n> price?\n>\n"
        "> On Sun, 31 Dec 2023 at 10:00, Bo <bo@ourco.example> wrote:\n>> hello\n"
    )
    divided = clean(text)
    assert {kind_of(divided, words) for words in ("no\n", "price?", ">> hello")} == {"forward"}
    assert author_of(divided, "no\n") == "bo@ourco.example"
    assert author_of(divided, "> price?") == "ann@norvik.example"
    assert author_of(divided, ">> hello") == "bo@ourco.example"


def test_answers_between_quoted_lines_are_new():
    text = "> what is your budget\n4.2 M\n> and the date\nin June\n"
    assert kinds(text) == ["quote", "new", "quote", "new"]


def test_blank_lines_between_quoted_lines_belong_to_the_quote():
    assert kinds("Yes.\n\n> one\n\n\n> two\n") == ["new", "quote"]


def test_a_forward_of_marked_lines_ends_with_them():
    header = "> From: Ann <ann@norvik.example>\n> Subject: x\n>\n"
    divided = clean(f"FYI\n\nBegin forwarded message:\n\n{header}> secret\n\nOur limit is 4.20.\n")
    assert kind_of(divided, "> secret") == "forward"
    assert kind_of(divided, "Our limit is 4.20.") == "new"


def test_marked_lines_without_a_header_in_a_forward_are_forwarded():
    assert kind_of(clean("See this.\n\n> the ceiling is 4.20\n", subject="Fwd: sheet"), "ceiling") == "forward"
    assert kind_of(clean("See this.\n\n> the ceiling is 4.20\n", subject="Re: sheet"), "ceiling") == "quote"


@pytest.mark.parametrize(
    "line",
    [">500 pieces is the limit", "> 5 % is what we need", ">= 3 bar at the inlet", ">From the plant we hear nothing"],
)
def test_a_single_line_that_begins_with_a_sign_is_no_quote(line):
    assert kinds(f"We need:\n{line}\nThat is all.\n") == ["new"]


@pytest.mark.parametrize("line", ["> what do you need", ">what?", "> > 500 pieces", ">> no"])
def test_a_single_marked_line_is_a_quote(line):
    assert kinds(f"Hello.\n{line}\nThat is all.\n") == ["new", "quote", "new"]


def test_a_declared_quotation_is_quoted_and_an_answer_below_it_new():
    text = "Hello.\nwhat is your limit?\nThe limit is 4.20.\n"
    divided = clean(text, [Span(start=7, end=27)])
    assert [text[part.start : part.end] for part in divided.of(PartKind.QUOTE)] == ["what is your limit?\n"]


def test_a_declared_quotation_takes_its_author_from_the_header_above():
    text = "No.\nOn 4 June 2024 at 10:12, Ann <ann@norvik.example> wrote:\nwhat is your limit?\nStill no.\n"
    start = text.index("what")
    divided = clean(text, [Span(start=start, end=start + 20)])
    assert author_of(divided, "what is") == "ann@norvik.example"
    assert kind_of(divided, "Still no.") == "new"


def test_a_declared_quotation_under_an_explicit_mark_is_forwarded():
    text = f"FYI\n\n---------- Forwarded message ---------\n{_BLOCK}"
    assert kind_of(clean(text, [Span(start=text.index("secret"), end=len(text))]), "secret") == "forward"


@pytest.mark.parametrize(
    "span", [Span(start=-5, end=3), Span(start=4, end=900), Span(start=9, end=2), Span(start=500, end=600)]
)
def test_a_declared_quotation_out_of_range_does_no_harm(span):
    text = "one\ntwo\nthree\n"
    parts = clean(text, [span, span]).parts
    assert "".join(text[part.start : part.end] for part in parts) == text


def test_a_mail_pasted_into_a_chat_is_forwarded():
    assert kind_of(clean(f"look:\n{_BLOCK}", subject="#ext-norvik", chat=True), "secret") == "forward"


def test_windows_line_breaks_change_nothing():
    text = f"Yes.\n\n{_BLOCK}"
    assert kinds(text.replace("\n", "\r\n")) == kinds(text) == ["new", "quote"]
