"""What holds for every test."""

import gc
import itertools
import os

import pytest
from hypothesis import settings

# No example has to be done in a fifth of a second: on a busy machine any of them may be held up.
settings.register_profile("unhurried", deadline=None)
# `make prove-main-path` asks for more of the fuzzers than a test run does.
settings.register_profile("thorough", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "unhurried"))

_ended = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With CI set nothing may be skipped: a part that is missing there is a failure."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though CI is set: {report.longrepr}"
    return report


def pytest_collection_finish(session):
    _keep()


def pytest_runtest_logfinish(nodeid, location):
    if next(_ended) % 500 == 0:
        _keep()


def _keep():
    """Let what is there stay to the end: looked through for garbage again and again, it would take minutes."""
    gc.collect()
    gc.freeze()
