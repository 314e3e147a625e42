"""An installation whose model is damaged: it says so, and reads nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MAIL = b"From: jo@ourco.example\nTo: bo@norvik.example\nSubject: Order\n\nOur budget for this is 85,000 euros.\n"


def linked(whole, copy, *, but):
    """Make a folder that is like another, except for one file, which is gone or cut off."""
    copy.mkdir()
    for child in whole.iterdir():
        if child not in but:
            (copy / child.name).symlink_to(child)


@pytest.fixture(params=["screen/worth.npz", "encoder/late.onnx", "judgement.json", "screen/vocabulary.json.gz"])
def frontdoor(request, tmp_path):
    """Run the program from a damaged installation."""
    broken = ROOT / "detectors" / "model" / "signals" / request.param
    (tmp_path / "service").symlink_to(ROOT / "service")
    for name in ("connectors", "messages", "migrations"):
        (tmp_path / name).symlink_to(ROOT / name)
    path = [broken, *broken.parents]
    for whole in reversed(path[1 : path.index(ROOT)]):
        linked(whole, tmp_path / whole.relative_to(ROOT), but=path)
    shutil.copyfile(broken, tmp_path / broken.relative_to(ROOT))
    os.truncate(tmp_path / broken.relative_to(ROOT), broken.stat().st_size // 2)
    command = [sys.executable, "-P", "-c", "from service.cli import main; main()"]

    def run(*arguments):
        environment = os.environ | {"PYTHONPATH": str(tmp_path)}
        return subprocess.run([*command, *arguments], env=environment, capture_output=True, text=True, check=False)

    return run


def test_a_damaged_model_is_told_before_anything_is_read(frontdoor, tmp_path):
    (tmp_path / "a.eml").write_bytes(MAIL)
    done = frontdoor("scan", str(tmp_path / "a.eml"), "--own-domain", "ourco.example")
    assert done.returncode not in {0, 3}
    assert "the trained model can't be loaded" in done.stderr
    assert "install frontdoor again" in done.stderr
    assert "refused" not in done.stderr
    assert "85,000" not in done.stdout + done.stderr


CONFIGURATION = """
[company]
own_domains = ["ourco.example"]

[keys]
file = "{folder}/frontdoor.keys"

[database]
url = "sqlite:///{folder}/frontdoor.db"
"""


@pytest.mark.parametrize("frontdoor", ["encoder/early.onnx"], indirect=True)
def test_every_command_that_judges_tells_it(frontdoor, tmp_path):
    mail, records, configuration = tmp_path / "a.eml", tmp_path / "a.jsonl", tmp_path / "frontdoor.toml"
    mail.write_bytes(MAIL)
    records.write_text("", "utf-8")
    configuration.write_text(CONFIGURATION.format(folder=tmp_path), "utf-8")
    house = ["--config", str(configuration)]
    for command in (
        ["explain", str(mail), "--own-domain", "ourco.example"],
        ["evaluate", str(records)],
        ["import", str(mail), *house],
        ["run", *house],
        ["doctor", *house],
    ):
        done = frontdoor(*command)
        assert done.returncode == 1, command
        assert "the trained model can't be loaded" in done.stderr + done.stdout, command
    assert "FAIL  model" in done.stderr + done.stdout
