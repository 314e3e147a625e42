import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.language import clauses, sentences

TEXT = "Hello Kim,\n\n"


def cut(text):
    return [one.folded for one in sentences(text, 0, len(text))]


SENTENCES = [
    pytest.param(
        "We pay 4.20 today. They ask 4.60.", ["We pay 4.20 today.", "They ask 4.60."], id="decimals are no stops"
    ),
    pytest.param("Ask Dr. Weiss, e.g. on Monday.", ["Ask Dr. Weiss, e.g. on Monday."], id="abbreviations are no stops"),
    pytest.param("Das gilt z.B. für J. Kern.", ["Das gilt z.B. für J. Kern."], id="German abbreviations and initials"),
    pytest.param("In the U.S. it is so. The U.S. It is.", ["In the U.S. it is so.", "The U.S.", "It is."], id="dots"),
    pytest.param("Really?! Yes… fine.", ["Really?!", "Yes...", "fine."], id="runs of marks are one stop"),
    pytest.param("ok\nwe have 40 left\nlast offer", ["ok", "we have 40 left", "last offer"], id="lines of a chat"),
    pytest.param("Open:\n- price\n- date", ["Open:", "- price", "- date"], id="list items stand for themselves"),
    pytest.param("a | 4,000 | KW 14\nb | 1,500 | KW 16", ["a | 4,000 | KW 14", "b | 1,500 | KW 16"], id="table rows"),
    pytest.param("---\n***\n\n \t", [], id="rules and blanks say nothing"),
    pytest.param("", [], id="nothing"),
    ("Mehr als 1,85 Mio. EUR sind es nicht.", ["Mehr als 1,85 Mio. EUR sind es nicht."]),
    ("Es sind 2 Mio. Wir warten.", ["Es sind 2 Mio.", "Wir warten."]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_a_text_is_cut_into_sentences(text, expected):
    assert cut(text) == expected


def test_lines_wrapped_because_the_column_was_full_are_joined():
    wrapped = (
        "Internally we have calculated with a price of 21.50 a metre for the whole\n"
        "run, and management has approved 340 thousand for it last week without a\n"
        "discussion.\n\nRegards"
    )
    assert cut(wrapped) == [wrapped.partition("\n\n")[0].replace("\n", " "), "Regards"]


def test_a_heading_is_not_joined_to_what_follows():
    assert cut("Status of the project\nThe line stands still.") == ["Status of the project", "The line stands still."]


def test_a_stretch_without_any_stop_is_cut_into_portions():
    portions = list(sentences("word " * 1000, 0, 5000))
    assert max(one.end - one.start for one in portions) <= 800


MAPPED = [
    pytest.param("We  have\u00a0approved\t 40 k", "approved 40 k", "approved\t 40 k", id="white space"),
    pytest.param("our bud\u200bget is\u00ad 40 k", "budget is", "bud\u200bget is\u00ad", id="invisible characters"),
    pytest.param("our \uff42udget is 40 k", "budget", "\uff42udget", id="full-width letters"),
    pytest.param("İ told: no plan B", "plan B", "plan B", id="letters whose lower case is longer"),
]


@pytest.mark.parametrize(("text", "words", "original"), MAPPED)
def test_words_are_found_again_in_the_original(text, words, original):
    text = TEXT + text
    one = list(sentences(text, 0, len(text)))[-1]
    start = one.folded.index(words)
    span = one.original(start, start + len(words))
    assert text[span.start : span.end].rstrip("\u00ad") == original.rstrip("\u00ad")


def test_a_sentence_is_cut_into_clauses_without_their_marks():
    folded = "About the price: we can go to 40, but not further (says my boss)."
    assert [folded[start:end] for start, end in clauses(folded)] == [
        "About the price",
        "we can go to 40",
        "but not further",
        "says my boss",
    ]


DISTURBED = [
    pytest.param("our b u d g e t is 40k", "budget", "b u d g e t", id="letters apart"),
    pytest.param(
        "o . u . r   b . u . d . g . e . t   i . s", "budget", "b . u . d . g . e . t", id="full stops between"
    ),
    pytest.param("it is  budg3t\n", "budget", "budg3t", id="digits for letters"),
    pytest.param("it is 4OOk now", "400k", "4OOk", id="letters for digits"),
    pytest.param("it is **our** _budget_", "our budget", "our** _budget", id="emphasis"),
    pytest.param("our bùdg\u200bèt is", "budget", "bùdg\u200bèt", id="accents and invisible characters"),
]


@pytest.mark.parametrize(("text", "words", "original"), DISTURBED)
def test_disturbed_words_are_found_again_in_the_original(text, words, original):
    text = TEXT + text
    one = list(sentences(text, 0, len(text)))[-1]
    start = one.folded.index(words)
    span = one.original(start, start + len(words))
    assert text[span.start : span.end] == original


WRITTEN = ("our ", "budget", " b u d g e t ", "o.u.r.", "budg3t ", "4OOk ", "рау ", "ﬁve ", ":tada: ", "🎉", "é")
BETWEEN = (". ", "! ", " ", "  ", "\n", "\n\n", "\u200b", "\u0336", "\u00a0", "*", "_", "`", "| ", "- ", "'")


@given(text=st.lists(st.sampled_from(WRITTEN + BETWEEN)).map("".join) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_every_character_leads_back_into_its_sentence_in_order(text):
    cuts = list(sentences(text, 0, len(text)))
    assert all(one.end <= following.start for one, following in pairwise(cuts))
    for one in cuts:
        places = [one.original(i, i + 1) for i in range(len(one.folded))]
        assert all(one.start <= place.start < place.end <= one.end for place in places)
        assert all(before.start <= after.start and before.end <= after.end for before, after in pairwise(places))


HOSTILE = {
    "letters apart": "o u r b u d g e t i s f o u r h u n d r e d ",
    "letters apart with stops": "o . u . r . ",
    "single letters": "x q z w 1 2 ",
    "digits for letters": "budg3t pr1ce xx1x1x1x1 ",
    "digits and letters": "4e1",
    "letters for digits": "4O0 0",
    "marks": "*a _b `c ~d* ",
    "marks alone": "*_~`",
    "names of pictures": ":a:bc:d ",
    "pictures": "🎉 a ",
    "ligatures": "ﬁﷺ… ",
    "accents on one letter": "e\u0301\u0323\u0334",
    "accents alone": "\u0336",
    "invisible": "a\u200b\u00ad",
    "mixed alphabets": "аbсd ефgh ",
    "short lines": "ab\n",
    "stops": ". ! ",
    "digits": "1,",
    "zeros": "0 ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_no_more_than_its_length(piece):
    text = piece * (60_000 // len(piece))
    begin = time.process_time()
    assert all(one.start < one.end for one in sentences(text, 0, len(text)))
    assert time.process_time() - begin < 2


def test_behind_very_many_sentences_a_text_is_still_read():
    text = "ab\n" * 60_000 + "our budget is 40k"
    cut = list(sentences(text, 0, len(text)))
    assert len(cut) < 51_000
    assert "our budget is 40k" in cut[-1].folded
