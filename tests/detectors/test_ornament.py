import pytest

from detectors.ornament import emphasis, pictures
from messages.fold import replaced

EMPHASIS = [
    ("our *budget* is 400k", "our budget is 400k"),
    ("our **budget** is `400k`", "our budget is 400k"),
    ("our ~~budget~~ is", "our budget is"),
    ("_Our budget_", "Our budget"),
    ("`Our budget is 400k`", "Our budget is 400k"),
    ("our _budget_", "our budget"),
    ("is (*not*) so", "is (not) so"),
    ("*Our budget* is *our* thing", "Our budget is our thing"),
    ("we ```pay 40``` now", "we pay 40 now"),
]
PLAIN = [
    "*Done*",
    "**Next week**:",
    "5 * 4 * 3",
    "5*4*3 is 60",
    "*.py and *.txt",
    "a_b and c_d",
    "snake_case_name",
    "a footnote* here",
    "~40k now",
    "|_|_|",
    "the * alone",
]
PICTURES = [
    ("our 💰 budget 💰 is", "our   budget   is"),
    ("our💰budget💰is", "our budget is"),
    ("our budget :money_with_wings: is", "our budget   is"),
    ("first :+1: second :100: third", "first   second   third"),
]
NO_PICTURES = [
    "good work 🎉",
    "good work :tada:",
    "done 🎉 see you",
    "at 12:30:45 and 10:15",
    "🎉🎉🎉",
    "ratio 1:2:3",
    "note: this",
]


@pytest.mark.parametrize(("written", "meant"), EMPHASIS)
def test_marks_around_words_among_others_are_taken_away(written, meant):
    assert replaced(written, emphasis(written)).text == meant


@pytest.mark.parametrize("text", PLAIN)
def test_marks_that_disturb_nothing_stay(text):
    assert replaced(text, emphasis(text)).text == text


@pytest.mark.parametrize(("written", "meant"), PICTURES)
def test_pictures_between_words_become_a_space(written, meant):
    assert replaced(written, pictures(written)).text == meant


@pytest.mark.parametrize("text", NO_PICTURES)
def test_pictures_that_end_a_thought_stay(text):
    assert replaced(text, pictures(text)).text == text
