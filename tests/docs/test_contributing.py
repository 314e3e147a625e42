"""CONTRIBUTING's five steps for a new detector, followed to the letter on a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```\w+\n(?:# |<!-- )(\S+?)(?: -->)?\n(.*?)```", re.DOTALL)


@pytest.fixture
def blocks():
    """The fenced blocks of CONTRIBUTING.md by the file that each names in its first line."""
    return dict(BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8")))


@pytest.fixture
def tree(tmp_path):
    """A copy of all that a detector touches."""
    for folder in ("messages", "detectors", "tests/detectors"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "detectors.md", tmp_path / "docs")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def passes(tree):
    tests = ["tests/detectors/test_catalogue.py", "tests/detectors/test_price_surrender.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "pytest_socket", *tests]
    # Without the plugins that nothing here needs it takes half the time.
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def follow(tree, blocks, *, leave_out=""):
    new, old = ("detectors/price_surrender.py", "tests/detectors/test_price_surrender.py"), "detectors/catalogue.py"
    for name in new:
        (tree / name).write_text(blocks[name], "utf-8")
    if leave_out != old:
        text = (tree / old).read_text("utf-8")
        text = text.replace("from messages import", blocks[old] + "from messages import", 1)
        text = re.sub(r"(DETECTORS: .*?)\n\)", r"\1\n    price_surrender,\n)", text, count=1, flags=re.DOTALL)
        (tree / old).write_text(text, "utf-8")
    policy = tree / "detectors/policies/balanced.toml"
    if leave_out != "detectors/policies/balanced.toml":
        line = "[weights]\n" + blocks["detectors/policies/balanced.toml"]
        policy.write_text(policy.read_text("utf-8").replace("[weights]\n", line, 1), "utf-8")
    if leave_out != "docs/detectors.md":
        with (tree / "docs/detectors.md").open("a", encoding="utf-8") as file:
            file.write("\n" + blocks["docs/detectors.md"])


def test_the_five_steps_give_a_detector_that_works(tree, blocks):
    follow(tree, blocks)
    done = passes(tree)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(
    "forgotten", ["detectors/catalogue.py", "detectors/policies/balanced.toml", "docs/detectors.md"]
)
def test_a_forgotten_step_is_noticed(tree, blocks, forgotten):
    follow(tree, blocks, leave_out=forgotten)
    assert passes(tree).returncode == 1
