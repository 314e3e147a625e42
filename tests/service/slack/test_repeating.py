"""Work that no failure ends, and that says what failed without a word of its text."""

import logging
import threading

import pytest

from service.errors import NotFoundError
from service.slack.repeating import repeat


@pytest.mark.parametrize(
    ("error", "level", "said"),
    [
        (NotFoundError("no workspace of geheim"), logging.WARNING, "the digest has to wait (NotFoundError)"),
        (RuntimeError("geheim"), logging.ERROR, "unexpected RuntimeError"),
    ],
)
def test_what_fails_is_noted_and_done_again(caplog, error, level, said):
    stop, times = threading.Event(), []

    def work():
        times.append(len(times))
        if len(times) == 1:
            raise error
        stop.set()
        return 60.0

    repeat("the digest", work, stop, failed=0.0)
    assert len(times) == 2
    [record] = [one for one in caplog.records if said in one.getMessage()]
    assert record.levelno == level
    assert "geheim" not in caplog.text


def test_nothing_is_begun_after_the_end():
    stop = threading.Event()
    stop.set()
    repeat("the digest", lambda: pytest.fail("it was begun"), stop, failed=0.0)
