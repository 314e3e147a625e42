"""Awareness by team in the console and over the API: figures of five people or more, and the course to look at."""

import csv
import io
from datetime import timedelta

import pytest

from service.auth.permissions import Role
from service.coaching.awareness import Share, note_week
from service.coaching.course import Language, course
from service.coaching.learners import finish_lesson, note_learner
from service.console import trend
from service.console.awareness_routes import share_in_words
from tests.fakes.console import text_of


def fill(house, department="Engineering", people=5, *, warnings=3, ago=7):
    at = house.now - timedelta(days=ago)
    with house.database.transaction() as session:
        for number in range(people):
            user = f"U{department}{number}"
            note_learner(session, "T1", user, department, "en", at)
            for lesson in course()[: number % 3]:
                finish_lesson(session, "T1", user, lesson.id, 100, now=at)
        note_week(session, department, at, people=people, messages=300, warnings=warnings)


def test_teams_are_shown_with_bands_and_the_last_weeks_rate(house, client):
    fill(house)
    page = client.get("/awareness")
    text = text_of(page)
    assert "Engineering 5 under 50 % under 50 % 10" in text
    assert 'aria-label="Warnings per 1,000 messages by week: ' in page.text
    assert "<circle" in page.text
    assert "UEngineering" not in page.text


def test_a_team_of_four_is_not_on_the_page(house, client):
    fill(house)
    fill(house, "Quality", 4)
    page = client.get("/awareness")
    assert "Quality" not in page.text
    assert "Other teams" not in text_of(page).partition("Team People")[2]


def test_the_name_of_a_department_is_no_markup(house, client):
    fill(house, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get("/awareness").text


def test_an_empty_page_says_when_figures_come(client):
    text = text_of(client.get("/awareness"))
    assert "No team of 5 people yet" in text
    assert "on the Monday after" in text


@pytest.mark.parametrize("path", ["/awareness", "/api/v1/awareness", "/api/v1/awareness/export"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.LEAD, 200),
        (Role.TUNER, 200),
        (Role.PRIVACY_OFFICER, 200),
        (Role.REVIEWER, 403),
    ],
)
def test_awareness_is_for_who_acts_on_it_or_answers_for_it(house, path, role, status):
    assert house.signed_in(role).get(path).status_code == status


def test_nobody_sees_it_without_signing_in(house):
    assert house.visitor().get("/api/v1/awareness").status_code == 401
    assert house.visitor().get("/settings/course", follow_redirects=False).status_code == 303


def test_the_api_tells_the_same(house, client):
    fill(house)
    told = client.get("/api/v1/awareness", headers={"accept": "application/json"}).json()
    [team] = told["teams"]
    assert len(told["weeks"]) == len(team["warnings_per_1000"]) == 12
    assert told["least_people"] == 5
    assert (team["name"], team["people"], team["lessons"]) == ("Engineering", 5, {"low": 0, "high": 50})
    assert team["warnings_per_1000"][-1] == 10


def test_the_csv_has_a_row_for_each_team_and_no_formula(house, client):
    fill(house)
    fill(house, "=HYPERLINK(1)")
    answer = client.get("/api/v1/awareness/export")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head[:2] == ["team", "people"]
    assert [row[0] for row in rows] == ["'=HYPERLINK(1)", "Engineering"]
    assert rows[1][1:6] == ["5", "0", "50", "0", "50"]
    assert rows[1][-1] == "10"


@pytest.mark.parametrize("language", Language)
def test_the_course_can_be_read_in_the_console(house, language):
    client = house.signed_in(Role.REVIEWER)
    text = text_of(client.get("/settings/course", params={"language": language.value}))
    for lesson in course():
        told = lesson.tell(language)
        assert told.title in text
        assert told.remember in text
        assert all(answer.why in text for question in told.questions for answer in question.answers)


def test_a_language_that_is_not_spoken_is_refused(client):
    assert client.get("/settings/course", params={"language": "fr"}).status_code == 422


@pytest.mark.parametrize(
    ("share", "words"), [((0, 25), "under 25 %"), ((25, 50), "25 to 50 %"), ((50, 100), "50 % or more")]
)
def test_a_band_is_said_in_words(share, words):
    assert share_in_words(Share(low=share[0], high=share[1])) == words


def test_a_line_runs_from_left_to_right_and_breaks_where_there_is_no_figure():
    drawn = trend.draw([0, 10, None, 5, None, 10, 10], top=10)
    assert drawn.lines == ("4,40 39.3,4", "180.7,4 216,4")
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(110.0, 22.0), (216.0, 4.0)]


@pytest.mark.parametrize("figures", [[], [None], [None, None, None]])
def test_no_figure_is_no_line(figures):
    assert trend.draw(figures, top=trend.top_of([figures])) == trend.Trend(lines=(), dots=())


def test_one_figure_is_a_dot():
    drawn = trend.draw([None, 3], top=trend.top_of([[None, 3]]))
    assert (drawn.lines, [(dot.x, dot.y) for dot in drawn.dots]) == ((), [(216.0, 4.0)])


def test_figures_that_are_all_zero_lie_on_the_ground():
    assert trend.draw([0, 0], top=trend.top_of([[0, 0]])).lines == ("4,40 216,40",)
