"""Killed at any moment, the program loses nothing and stores nothing twice."""

import pytest

from tests.bench.traffic import mails
from tests.fakes.dovecot import DOVECOT, HOW_TO_GET_IT, dovecot
from tests.service.pipeline.crash import drain_mailbox, stored_alerts, stored_messages

# Enough for a test; `make prove-main-path` kills 50 times over 2,000 mails.
MAILS, KILLS = 240, 5


@pytest.mark.skipif(not DOVECOT.exists(), reason=HOW_TO_GET_IT)
def test_a_mailbox_drained_under_kills_gives_each_alert_exactly_once(database_url, tmp_path):
    with dovecot() as server:
        server.deliver("INBOX", mails(MAILS, every=6))
        quiet = f"sqlite:///{tmp_path / 'quiet.db'}"
        drain_mailbox(tmp_path / "quiet", server, url=quiet, kills=0, rate=10_000, batch_size=100)
        killed = drain_mailbox(tmp_path / "killed", server, url=database_url, kills=KILLS, batch_size=5)
    assert killed == KILLS
    expected = stored_alerts(quiet)
    assert sum(expected.values()) == MAILS // 6
    assert stored_alerts(database_url) == expected
    assert stored_messages(database_url) == stored_messages(quiet)
    assert max(stored_messages(database_url).values()) == 1
