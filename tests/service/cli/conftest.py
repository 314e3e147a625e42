"""The program as a user types it: in this process where that will do, else in one of its own."""

import contextlib
import io
import signal
import sys

import pytest

from service.cli import main
from tests.service.cli.program import Answer, Letters, Running


@pytest.fixture
def letter():
    return Letters()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder, without settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("FRONTDOOR_CONFIG", "FRONTDOOR_DATABASE_URL", "FRONTDOOR_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def frontdoor(folder, monkeypatch):
    """Run a command in this process; returns its answer."""

    def run(*arguments, stdin=b""):
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["frontdoor", *map(str, arguments)])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main()
        for stream in (out, err):
            stream.seek(0)
        return Answer(status=ended.value.code or 0, out=out.read(), err=err.read())

    return run


@pytest.fixture
def started(folder):
    """Start a command in a process of its own, which does not outlive the test."""
    with contextlib.ExitStack() as stack:

        def start(*arguments, **environment):
            running = Running(arguments, folder=folder, environment=environment)
            stack.callback(running.stop, signal.SIGKILL)
            return running

        yield start


@pytest.fixture
def installed(folder):
    """Write a configuration: ours is ourco.example, the database and the keys are in the folder."""

    def write(more=""):
        path = folder / "frontdoor.toml"
        path.write_text(f'[company]\nown_domains = ["ourco.example"]\n[server]\nport = 0\n{more}', "utf-8")
        return path

    write()
    return write
