"""Killed at any moment under load, the program judges each message once, and warns nobody twice."""

from tests.bench.slack_downtime import measure
from tests.service.slack.crash import survive

# Enough for a test; `make prove-slack` kills 50 times, and misses 5,000 messages in 40 channels.
KILLS, MISSED, CHANNELS = 2, 120, 4


def test_kills_under_load_lose_no_message_and_repeat_no_warning(tmp_path):
    found = survive(tmp_path, kills=KILLS)
    assert found.giveaways > 0
    assert (found.missing, found.stored_twice, found.scored) == (0, 0, found.posted)
    assert (found.alerts, found.alerts_twice, found.evidence_twice) == (found.giveaways, 0, 0)
    assert found.warned_twice == 0
    assert found.warned > 0


def test_after_downtime_everything_is_caught_up_in_order_and_nobody_is_warned_of_old_messages():
    found = measure(messages=MISSED, channels=CHANNELS)
    assert (found.stored, found.stored_twice, found.unordered) == (MISSED, 0, 0)
    assert found.alerts == found.threads > 0
    assert found.warnings == 0
