"""The guide to SCIM: every attribute, the scope, commands that exist, links that lead somewhere."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from service.auth.permissions import Permission
from service.cli import app
from service.scim.body import LARGEST_BODY, MOST_OPERATIONS
from service.scim.names import PREFIX
from service.scim.paging import MOST, USUAL
from service.scim.schemas import ENTERPRISE_SPECS, GROUP_SPECS, USER_SPECS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scim.md").read_text("utf-8")


def test_every_attribute_is_in_the_table():
    [table] = re.findall(r"\| attribute \| .*\n\|---\|---\|---\|\n((?:\|.*\n)+)", PAGE)
    named = {name for row in table.splitlines() for name in re.findall(r"`([A-Za-z]+)`", row.split("|")[1])}
    assert named == {one.name for one in (*USER_SPECS, *ENTERPRISE_SPECS, *GROUP_SPECS)}


def test_figures_and_names_are_those_of_the_program():
    assert Permission.DIRECTORY_PROVISION in PAGE
    assert f"https://YOUR-FRONTDOOR{PREFIX}" in PAGE
    assert f"({USUAL} at a time unless asked for, {MOST} at\nmost)" in PAGE
    assert f"{MOST_OPERATIONS:,} operations" in PAGE
    assert f"{LARGEST_BODY // 1_000_000} megabytes" in PAGE


def test_commands_are_those_of_the_program():
    commands = re.findall(r"(?:bin/|`)frontdoor ([a-z]+) ([a-z]+)", PAGE)
    assert {("user", "add"), ("token", "create"), ("user", "link")} <= set(commands)
    for group, command in commands:
        found = get_command(app).get_command(None, group)
        assert found is not None
        assert found.get_command(None, command) is not None, f"{group} {command}"


@pytest.mark.parametrize("page", ["README.md", "docs/operations.md"])
def test_the_guide_is_linked(page):
    assert "scim.md" in (ROOT / page).read_text("utf-8")


def test_links_lead_somewhere():
    for file in re.findall(r"\]\(([\w./]+\.md)", PAGE):
        assert (ROOT / "docs" / file).exists()
