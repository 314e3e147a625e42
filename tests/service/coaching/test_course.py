"""The course: whole, in both languages, in small pieces; and a flawed lesson is refused with what to mend."""

import re
from importlib import resources

import pytest

from detectors.finding import Label
from service.coaching.course import (
    ROWS,
    WORDS_A_MINUTE,
    CourseError,
    Language,
    check_course,
    course,
    find_lesson,
    lesson_for,
    load_lesson,
    minutes_left,
    teaser,
)

LESSON = (resources.files("service.coaching") / "lessons" / "02-numbers.toml").read_text("utf-8")
TOLD = [
    pytest.param(lesson.tell(language), language, id=f"{lesson.id}-{language}")
    for lesson in course()
    for language in Language
]


def test_every_row_of_the_mission_is_taught():
    assert {row for lesson in course() for row in lesson.rows} == set(ROWS)
    assert len(ROWS) == 21


def test_every_label_is_taught_by_one_lesson():
    assert sorted(label for lesson in course() for label in lesson.labels) == sorted(Label)


@pytest.mark.parametrize("language", Language)
def test_the_whole_course_takes_about_twenty_minutes(language):
    assert 15 <= sum(lesson.tell(language).words for lesson in course()) / WORDS_A_MINUTE <= 25
    assert minutes_left([], language) <= 25
    assert minutes_left([lesson.id for lesson in course()], language) == 0


@pytest.mark.parametrize(("told", "language"), TOLD)
def test_a_lesson_is_read_in_a_few_minutes(told, language):
    assert 1.5 <= told.words / WORDS_A_MINUTE <= 3
    assert 200 <= len(f"{told.story} {told.instead} {told.remember}".split()) <= 350


@pytest.mark.parametrize(("told", "language"), TOLD)
def test_a_lesson_tells_of_an_invented_firm(told, language):
    assert re.search(r"\([a-z]+\.example\)", told.story)


@pytest.mark.parametrize(("told", "language"), TOLD)
def test_texts_need_no_escaping_and_no_markup(told, language):
    asked = [text for one in told.questions for text in (one.ask, *(f"{a.text} {a.why}" for a in one.answers))]
    whole = " ".join((told.title, told.teaser, told.story, told.instead, told.remember, *asked))
    assert not re.search(r"[<>&*_~`]|\s-\s|--", whole)
    assert ("„" in whole or '"' not in whole) if language == Language.GERMAN else not re.search("[„“”]", whole)


def test_the_right_answer_has_no_place_of_its_own():
    places = [question.right for lesson in course() for question in lesson.tell("en").questions]
    assert max(places.count(place) for place in set(places)) <= len(places) * 0.6


def test_the_right_answer_is_not_given_away_by_its_length():
    longest = 0
    questions = [question for lesson in course() for question in lesson.tell("en").questions]
    for one in questions:
        lengths = [len(answer.text) for answer in one.answers]
        longest += lengths[one.right] == max(lengths)
    assert longest <= len(questions) * 0.7


@pytest.mark.parametrize(
    ("label", "kind", "lesson"),
    [
        ("budget", "author", "numbers"),
        ("timeline", "author", "dates"),
        ("specification", "author", "specs"),
        ("innovation", "author", "ideas"),
        ("leverage", "author", "need"),
        ("competitor", "author", "rivals"),
        ("decision", "author", "rivals"),
        ("commitment", "author", "early"),
        ("sidestep", "author", "top"),
        ("elicitation", "author", "questions"),
        ("elicitation", "reader", "questions"),
        ("budget", "reader", "questions"),
        ("sidestep", "reader", "top"),
        ("lone_negotiator", "author", "door"),
        ("", "", "door"),
    ],
)
def test_a_warning_teaches_what_it_is_about(label, kind, lesson):
    assert lesson_for(label, kind) == lesson
    assert find_lesson(lesson).id == lesson


def test_a_teaser_is_a_line_in_the_persons_language():
    assert teaser("numbers", "en").startswith("Whoever knows what we could pay")
    assert teaser("numbers", "de").startswith("Wer weiß, was wir zahlen könnten")
    assert teaser("numbers", "fr") == teaser("numbers", "en")
    assert teaser("no such lesson", "en") == ""
    assert all("\n" not in teaser(lesson.id, language) for lesson in course() for language in Language)


def test_a_lesson_that_is_gone_is_not_found():
    assert find_lesson("gone") is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "numbers"', 'id = "Numbers!"', "id must be"),
        ('id = "numbers"', 'id = "numbers"\nnew = 1', "exactly"),
        ('rows = ["A2", "C1"]', 'rows = ["A9"]', "rows"),
        ('labels = ["budget"]', 'labels = ["money"]', "labels"),
        ('labels = ["budget"]', 'labels = "budget"', "labels"),
        ("right = true", "right = 1", "right must be true or false"),
        (", right = true", "", "exactly one answer is right"),
        ('title = "The number in your head"', 'title = ""', "title must be a text"),
        ('title = "The number in your head"', f'title = "{"x" * 61}"', "longer than 60"),
        ('title = "The number in your head"', 'title = "one\\n\\ntwo"', "one paragraph"),
        ('title = "The number in your head"', "title = 7", "title must be a text"),
        ('remember = "Whoever knows', 'forget = "Whoever knows', "exactly"),
        ("[de]", "[fr]", "exactly"),
        ('"It is told early, so the talks are short."', f'"{"x" * 76}"', "longer than 75"),
        ('"It can move whenever a deal is close."', '"It is told early, so the talks are short."', "no two"),
    ],
)
def test_a_flawed_lesson_is_refused_with_what_to_mend(old, new, told):
    assert old in LESSON
    with pytest.raises(CourseError, match=told):
        load_lesson(LESSON.replace(old, new), name="02-numbers.toml")


def test_a_question_that_one_language_lacks_is_noticed():
    before, _, after = LESSON.rpartition("[[de.questions]]")
    assert after
    with pytest.raises(CourseError, match="two or three questions"):
        load_lesson(before, name="02-numbers.toml")


def test_an_answer_that_is_right_in_one_language_alone_is_noticed():
    moved = LESSON.replace("bleibt das Rechnen", "x")
    head, middle, tail = moved.partition("[de]")
    german = tail.replace(", right = true", "", 1).replace('was wir wissen." }', 'was wir wissen.", right = true }', 1)
    with pytest.raises(CourseError, match="do not match"):
        load_lesson(head + middle + german, name="02-numbers.toml")


def test_no_toml_is_told_as_such():
    with pytest.raises(CourseError, match=r"02-numbers\.toml"):
        load_lesson("id = ", name="02-numbers.toml")


def test_a_course_that_leaves_something_out_is_refused():
    with pytest.raises(CourseError, match="C3, D1, D2"):
        check_course(tuple(one for one in course() if one.id != "top"))
    with pytest.raises(CourseError, match="first is door"):
        check_course(course()[1:])
    with pytest.raises(CourseError, match="different ids"):
        check_course((*course(), course()[0]))
