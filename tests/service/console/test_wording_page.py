"""The page that shows what people read in Slack."""

import re

import pytest

from detectors.finding import Label
from service.auth.permissions import Role
from service.slack.wording import texts
from service.warnings.wording import LANGUAGES, load_wording
from tests.fakes.alerts import NOW
from tests.fakes.browser import ACCESSIBLE, overflow, window
from tests.fakes.console import make_house, text_of

ADDRESS = "/settings/wording"
SLACK = {"kind": "slack", "name": "slack", "token": {"env": "NOT_READ"}}


def flat(text):
    """Return a text as `text_of` reads a page: without markup, white space folded."""
    return " ".join(re.sub(r"(?<!\w)[*_]([^*_]+)[*_](?!\w)", r"\1", text).split())


def house_with(sqlite, **source):
    return make_house(sqlite, lambda: NOW, source=[SLACK | source])


def test_every_text_that_ships_is_shown_in_both_languages(client):
    said = text_of(client.get(ADDRESS))
    for language in LANGUAGES:
        for name, text in load_wording().texts[language].items():
            # What stands before and behind a placeholder.
            parts = re.split(r"\{\w+\}", flat(text))
            assert [part for part in parts if part.strip() not in said] == [], name
        for name, text in texts(language).items():
            parts = [part for line in text.splitlines() for part in re.split(r"\{\w+\}", flat(line))]
            assert [part for part in parts if part.strip() not in said] == [], name


def test_a_warning_is_shown_as_slack_shows_it(client):
    page = client.get(ADDRESS)
    said = text_of(page)
    assert "our budget for this is 85,000 euros" in said
    assert "<blockquote>our budget for this is 85,000 euros</blockquote>" in page.text
    assert page.text.count('<span class="slack-button">Delete my message</span>') == 10
    assert 'lang="de"' in page.text
    for label in Label:
        assert f'id="{label.value}"' in page.text


@pytest.mark.parametrize("role", [Role.TUNER, Role.PRIVACY_OFFICER, Role.ADMINISTRATOR])
def test_those_who_look_after_it_find_it_in_the_menu(house, role):
    page = house.signed_in(role).get("/help")
    assert f'href="{ADDRESS}"' in page.text
    assert house.signed_in(role, name="Second").get(ADDRESS).status_code == 200


def test_nobody_else_sees_it(house):
    assert house.visitor().get(ADDRESS).url.path == "/sign-in"


def test_a_companys_own_words_and_contact_are_shown(sqlite, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[en.buttons]\nask = "Ask <b>Petra</b>"', "utf-8")
    house = house_with(sqlite, wording=str(own), contact="Petra & Vogt")
    page = house.signed_in().get(ADDRESS)
    said = text_of(page)
    assert "Turn to Petra & Vogt." in said
    assert "1 text is the company’s own: en.buttons.ask" in said
    assert "Ask &lt;b&gt;Petra&lt;/b&gt;" in page.text


def test_words_that_can_not_be_used_are_told_and_those_that_ship_are_shown(sqlite, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[en.buttons]\nasks = "x"', "utf-8")
    said = text_of(house_with(sqlite, wording=str(own)).signed_in().get(ADDRESS))
    assert "en.buttons.asks: there is no such text" in said
    assert "Ask procurement" in said


def test_each_of_several_sources_has_its_own_words(sqlite, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('[en.buttons]\nask = "Ask the buyers"', "utf-8")
    other = SLACK | {"name": "second & last", "wording": str(own)}
    client = make_house(sqlite, lambda: NOW, source=[SLACK, other]).signed_in()
    first = client.get(ADDRESS)
    assert "Ask the buyers" not in first.text
    assert 'href="/settings/wording?source=second%20%26%20last"' in first.text
    assert "Ask the buyers" in client.get(f"{ADDRESS}?source=second%20%26%20last").text
    assert "Ask the buyers" not in client.get(f"{ADDRESS}?source=unknown").text


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_page_is_accessible_and_fits(chromium, live, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python").Axe()
    with window(chromium, live, width=width, scheme=scheme) as page:
        page.goto(f"{live.base}{ADDRESS}")
        page.locator("details summary").first.click()
        found = axe.run(page, options=ACCESSIBLE)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        assert overflow(page) == 0
