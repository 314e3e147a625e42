import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import detectors
from detectors.spelling import is_plain, respelled
from messages import fold

READ = {
    "letters apart": ("o u r  b u d g e t  i s  4 0 0 k", "our budget is 400k"),
    "one word apart": ("our b u d g e t is 400k", "our budget is 400k"),
    "words apart without wider gaps": ("t h e b u d g e t i s 4 0 0 k", "the budget is 400k"),
    "a name among words": ("w e  p a y  G r u b e r  l e s s", "we pay Gruber less"),
    "dots between": ("o.u.r b.u.d.g.e.t", "our budget"),
    "underscores between": ("b_u_d_g_e_t", "budget"),
    "hyphens between": ("b-u-d-g-e-t", "budget"),
    "slashes between": ("b/u/d/g/e/t", "budget"),
    "bars between": ("b|u|d|g|e|t", "budget"),
    "decimals apart": ("w e  p a y  7 . 5 0  t o d a y", "we pay 7.50 today"),
    "a comma between words": ("s t a r t  n o w ,  o r d e r  l a t e r", "start now, order later"),
    "capitals apart": ("B U D G E T", "BUDGET"),
    "across a line": ("o u r\nb u d g e t", "our budget"),
    "digits for letters": ("budg3t pr1ce d34dline m4rgin", "budget price deadline margin"),
    "zero for o": ("y0ur 0ffer n0w", "your offer now"),
    "l and i": ("app1y 1aunch de1ivery", "apply launch delivery"),
    "signs for letters": ("b@dly $upplier pr!ce supp|ier", "badly supplier price supplier"),
    "a digit at the end": ("pric3 and budge7", "price and budget"),
    "with a full stop": ("our budg3t.", "our budget."),
    "with a mark that is meant": ("our budg3t!", "our budget!"),
    "capitals": ("BUDG3T", "BUDGET"),
    "two accents": ("our bùdgèt", "our budget"),
    "rare accents": ("ọụr bụdget", "our budget"),
    "a word in Cyrillic letters": ("we рау less", "we pay less"),
    "strokes": ("we ƥay", "we pay"),
    "short ones among others": ("y0u c4n g0 up t0 th3 budg3t", "you can go up to the budget"),
    "in single quotes": ("our 'b u d g e t'", "our 'budget'"),
    "o for zero": ("it is 4OOk", "it is 400k"),
    "o for zero in a date": ("by 14/O5", "by 14/05"),
    "emphasis": ("our *budget* is", "our budget is"),
    "emphasis of letters apart": ("*b u d g e t* is", "budget is"),
    "pictures between letters": ("b💰u💰d💰g💰e💰t", "budget"),
    "hidden and apart": ("b\u200b u\u200b d\u200b g\u200b e\u200b t", "budget"),
}
KEPT = [
    "Our budget is 400k, we pay 7.50 EUR.",
    "A B C D E",
    "Plan A - B - C - D",
    "1 2 3 4 5 6",
    "2 : 1, 3 : 0, 1 : 1",
    "1.2.3.4 and 10.0.0.1",
    "U.S.A., e.g. p.a., i.e. a.m. - p.m.",
    "J. R. R. Novak and Q & A",
    "N/A N/A N/A",
    "x y z, f/g, h/j",
    "S, M, L, XL",
    "a 5 % b 6 % c 7 %",
    "4 x 5 m and 3 x 2 m",
    "M8x20 B2B i18n k8s H2O S3 mp3 p99 IP67 3D x86 Q3 FY25 w3c",
    "line4 rev3 gen2 phase2 cat5 tier1 unit1 day2",
    "5pin 10ft 50ns 3days 7hour 40ft 2nd 4th 15in 8bit 5core",
    "log4j utf8 base64 sha256 ipv4 web3",
    "G4S R1T C3D T3N H1B B1G and A4 A1L",
    "P0401 E4711 A320 T1000",
    "ask @part or me@work, see b@c.example",
    "win10 and win11",
    "$400k, 40€ and 5$",
    "well done! really?",
    "a|b|c and item|note",
    "café, crème brûlée, naïve and façade",
    "Inês, Sílvia, Rubén, Göran and Tomáš",
    "le délai prévu, la décision a été prise",
    "Наш бюджет 40 тысяч, как рост и нота",
    "Ο τιμή είναι μικρή",
    "10l of oil, 4of 5, 7o'clock, 20oz, 90o",
    "a_b snake_case *.py 5*4*3",
    "done 🎉 see you",
    "good work :tada:",
    "",
]


@pytest.mark.parametrize(("written", "meant"), READ.values(), ids=READ)
def test_what_was_written_so_as_not_to_be_found_is_read_as_it_is_meant(written, meant):
    assert " ".join(respelled(fold(written)).text.split()) == meant


@pytest.mark.parametrize("text", KEPT)
def test_what_is_written_as_it_is_meant_is_left_alone(text):
    assert respelled(fold(text)).text == text


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("our b u d g e t is", "budget", "b u d g e t"),
        ("o u r  b u d g e t", "budget", "b u d g e t"),
        ("our b\u200b u\u200b d g e t is", "budget", "b\u200b u\u200b d g e t"),
        ("is budg3t now", "budget", "budg3t"),
        ("is *budget* now", "budget", "budget"),
        ("our *b-u-d-g-e-t* of 4OOk", "400k", "4OOk"),
        ("our *b-u-d-g-e-t* of 4OOk", "budget", "b-u-d-g-e-t"),
        ("a b\u0336u\u0336d\u0336get", "budget", "b\u0336u\u0336d\u0336get"),
    ],
)
def test_a_word_leads_back_to_how_it_was_written(text, word, original):
    read = respelled(fold(text))
    at = read.text.index(word)
    start, end = read.original(at, at + len(word))
    assert text[start:end] == original


WORDS = (
    "budget",
    "our",
    "рау",
    "4OOk",
    "40 0k",
    "b u d g e t",
    "b.u.d",
    "budg3t",
    "é",
    "ﬁ",
    "a ",
    "1",
    "0",
    ":tada:",
    "🎉",
)
MARKS = (" ", "  ", "\u200b", "\u0336", "…", ".", "-", "*", "_", "`", "\n", "'", "|")
disturbed = st.lists(st.sampled_from(WORDS + MARKS)).map("".join)


@given(text=disturbed | st.text(max_size=60))
@example(text="* a*\u0336 b c d")
@settings(max_examples=300, deadline=None)
def test_the_way_back_is_in_range_and_in_order(text):
    read = respelled(fold(text))
    ends = [read.original(i, i + 1) for i in range(len(read.text))]
    assert all(0 <= start < end <= len(text) for start, end in ends)
    assert all(before[0] <= after[0] and before[1] <= after[1] for before, after in pairwise(ends))


@given(
    before=st.sampled_from(["", "Hello. ", "the train "]), words=st.lists(st.sampled_from(["our", "budget", "price"]))
)
@settings(max_examples=60, deadline=None)
def test_letters_apart_are_found_whatever_stands_before(before, words):
    text = before + "  ".join(" ".join(word) for word in ["budget", *words])
    read = respelled(fold(text))
    assert read.text == before + " ".join(["budget", *words])
    start, end = read.original(len(before), len(before) + len("budget"))
    assert text[start:end] == "b u d g e t"


def test_ordinary_messages_are_left_as_they_were_written():
    corpus = Path(detectors.__file__).parent / "training" / "corpus"
    texts = [
        json.loads(line)["text"] for path in corpus.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    changed = [text for text in texts if any(map(is_changed, text.splitlines()))]
    assert len(changed) < 0.005 * len(texts)


def is_changed(line):
    return not is_plain(line) and respelled(folded := fold(line)).text != folded.text


@pytest.mark.parametrize("text", [*KEPT, *(written for written, _ in READ.values())])
def test_what_is_told_to_be_plain_is_neither_folded_nor_respelled(text):
    assert not is_plain(text) or respelled(fold(text)).text == text


@given(text=disturbed)
@settings(max_examples=300, deadline=None)
def test_what_is_told_to_be_plain_stays_as_it_is(text):
    assert not is_plain(text) or respelled(fold(text)).text == text
