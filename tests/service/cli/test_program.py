"""The program as a whole: help, what is loaded for what, and how failures end."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.cli.program import PROGRAM

COMMANDS = ("demo", "init", "doctor", "run", "serve", "scan", "explain", "evaluate", "import", "db", "user", "token")


def test_help_names_every_command_with_a_sentence(frontdoor):
    out = frontdoor("--help").out
    for name in COMMANDS:
        assert f"│ {name} " in out
    assert out.count("│ ") >= len(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(frontdoor, name):
    answer = frontdoor(name, "--help")
    assert answer.status == 0
    assert f"frontdoor {name}" in answer.out


def test_a_command_that_is_not_there_is_wrong_usage(frontdoor):
    assert frontdoor("scna").status == 2
    assert frontdoor().status == 2


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["scan", "--help"], {"sqlalchemy", "alembic", "fastapi", "uvicorn", "imapclient", "slack_sdk", "httpx2"}),
        (["explain", "--help"], {"sqlalchemy", "alembic", "fastapi", "uvicorn", "imapclient", "slack_sdk", "httpx2"}),
        (["evaluate", "--help"], {"sqlalchemy", "alembic", "fastapi", "uvicorn", "imapclient", "slack_sdk", "httpx2"}),
        (["import", "--help"], {"fastapi", "uvicorn", "service.app"}),
        (["init", "--help"], {"fastapi", "uvicorn"}),
    ],
)
def test_a_command_loads_what_it_needs_alone(arguments, unneeded):
    script = (
        "import sys\nfrom service.cli import main\ntry:\n    main()\n"
        "except SystemExit:\n    print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, encoding="utf-8", check=True
    )
    assert unneeded.isdisjoint(ended.stderr.split())


def test_an_error_nobody_foresaw_is_a_line_without_its_words_and_a_trace_on_demand(frontdoor, installed, monkeypatch):
    installed('[database]\nurl = "sqlite:///secret\\u0000.db"')
    answer = frontdoor("user", "list")
    assert (answer.status, answer.err.count("\n")) == (1, 1)
    assert answer.err.startswith("frontdoor: an unexpected ValueError")
    assert "secret" not in answer.err
    monkeypatch.setenv("FRONTDOOR_DEBUG", "1")
    with pytest.raises(ValueError, match="null"):
        frontdoor("user", "list")


def test_a_full_disk_is_told_by_the_system_s_words(folder, letter):
    (folder / "a.eml").write_bytes(letter())
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*PROGRAM, "scan", "--own-domain", "x.example", "a.eml"],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr == b"frontdoor: No space left on device\n"


@pytest.mark.parametrize(("closed", "status"), [("<&-", 2), (">&-", 0), ("2>&-", 0)])
def test_a_closed_standard_stream_makes_no_trace(folder, letter, closed, status):
    (folder / "a.eml").write_bytes(letter())
    name = "-" if closed == "<&-" else "a.eml"
    script = f'exec "$@" scan --own-domain x.example {name} {closed}'
    ended = subprocess.run(["/bin/sh", "-c", script, "sh", *PROGRAM], cwd=folder, capture_output=True, check=False)
    assert ended.returncode == status
    assert b"Traceback" not in ended.stderr
