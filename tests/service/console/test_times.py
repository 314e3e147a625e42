from datetime import UTC, datetime, timedelta, timezone

import pytest

from service.console.times import ago, exact

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=-20), "just now"),
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=1), "1 d ago"),
        (timedelta(days=6, hours=23), "6 d ago"),
        (timedelta(days=7), "7 Mar"),
        (timedelta(days=72), "1 Jan"),
        (timedelta(days=73), "31 Dec 2025"),
        (timedelta(hours=-30), "15 Mar 2026"),
    ],
)
def test_how_long_ago_is_said_in_the_coarsest_unit_that_helps(passed, said):
    assert ago(NOW - passed, now=NOW) == said


def test_an_exact_time_is_in_utc_and_says_so():
    berlin = timezone(timedelta(hours=1))
    assert exact(datetime(2026, 3, 5, 0, 5, tzinfo=berlin)) == "4 Mar 2026, 23:05 UTC"
