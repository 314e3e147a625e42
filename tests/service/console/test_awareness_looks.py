"""Awareness and the course in a real browser: accessible and fitting, light and dark, wide and narrow."""

from datetime import UTC, datetime, timedelta

import pytest

from service.coaching.awareness import note_week
from service.coaching.course import course
from service.coaching.learners import finish_lesson, note_learner
from tests.fakes.browser import ACCESSIBLE, overflow, window


def fill(house):
    now = datetime.now(UTC)
    with house.database.transaction() as session:
        for place, (name, people) in enumerate({"Engineering": 31, "Supply chain": 12, "Quality": 6, "Ops": 3}.items()):
            for number in range(people):
                user = f"U{place}{number}"
                note_learner(session, "T1", user, name, "en", now - timedelta(weeks=14))
                for lesson in course()[: number % 13]:
                    finish_lesson(session, "T1", user, lesson.id, 100, now=now - timedelta(weeks=2))
            for week in range(12, 0, -1):
                at = now - timedelta(weeks=week)
                wrote = 4 if week % 5 == place else people
                note_week(session, name, at, people=wrote, messages=400, warnings=week // 2 + place)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_the_pages_are_accessible_and_fit(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        flaws = []
        for step in (
            lambda: page.goto(f"{live.base}/awareness"),
            lambda: (fill(live), page.goto(f"{live.base}/awareness")),
            lambda: page.goto(f"{live.base}/settings/course?language=de"),
            page.locator("details summary").first.click,
        ):
            step()
            found = axe.run(page, options=ACCESSIBLE).response["violations"]
            flaws += [(page.url, one["id"], node["html"]) for one in found for node in one["nodes"]]
            if overflow(page):
                flaws.append((page.url, "overflow", width))
        assert flaws == []


def test_the_csv_comes_as_a_file(chromium, live):
    fill(live)
    with window(chromium, live) as page:
        page.goto(f"{live.base}/awareness")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download all weeks as CSV").click()
        assert download.value.suggested_filename == "awareness.csv"
