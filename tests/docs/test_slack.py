"""The guide to Slack shows the manifest that the program prints, and every scope and event with its reason."""

import json
import re
from pathlib import Path

import pytest

from service.slack.manifest import Transport, make_manifest
from service.slack.scopes import BOT_EVENTS, BOT_SCOPES, USER_EVENTS, USER_SCOPES

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"\| `([^`]+)` \| (.+) \|")


@pytest.fixture(scope="module")
def guide():
    return (ROOT / "docs" / "slack.md").read_text("utf-8")


def test_the_manifest_is_the_one_that_the_program_prints(guide):
    [shown] = re.findall(r"```json\n(.*?)\n```", guide, re.DOTALL)
    assert json.loads(shown) == make_manifest(transport=Transport.SOCKET)


def test_the_tables_are_the_programs_lists(guide):
    tables = re.findall(r"\| (?:scope|event) \| used for \|\n\|---\|---\|\n((?:\|.*\n)+)", guide)
    shown = [ROW.findall(table) for table in tables]
    lists = [BOT_SCOPES, USER_SCOPES, BOT_EVENTS, USER_EVENTS]
    assert shown == [[(one.name, one.why) for one in asked] for asked in lists]


def test_everything_that_is_checked_is_in_the_guide(guide):
    source = (ROOT / "service" / "slack" / "doctor.py").read_text("utf-8")
    for check in re.findall(r'found\.append\(\("([^"]+)"', source):
        assert f"| {check} |" in guide


def test_links_lead_somewhere(guide):
    headings = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", guide, re.MULTILINE)
    }
    for target in re.findall(r"\]\(#([^)]+)\)", guide):
        assert target in headings
    for file in re.findall(r"\]\(([\w./]+\.md)", guide):
        assert (ROOT / "docs" / file).exists()


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_the_guide_is_linked(page):
    assert "slack.md" in (ROOT / page).read_text("utf-8")
