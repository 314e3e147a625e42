"""A label that a person called not a problem stays silent for them, longer each time."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from detectors.warning_rules import WarningRules
from service.warnings.models import WarningMute, WarningRow


def mute(
    session: Session, *, team: str, recipient: str, labels: Iterable[str], rules: WarningRules, now: datetime
) -> None:
    """Warn this person no more of these labels for as long as the rules say; twice as long as the last time."""
    for label in labels:
        row = session.get(WarningMute, (team, recipient, label))
        if row is None:
            row = WarningMute(team=team, recipient=recipient, label=label, times=0, until=now)
            session.add(row)
        row.times += 1
        row.until = max(row.until, now + rules.back_off(row.times))
    session.flush()


def mute_after(session: Session, warning: WarningRow, *, rules: WarningRules, now: datetime) -> None:
    """Take "not a problem" for an answer: all labels of this warning stay silent for its recipient for a while."""
    mute(session, team=warning.team, recipient=warning.recipient, labels=warning.labels, rules=rules, now=now)
