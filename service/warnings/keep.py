"""What goes of warnings when its time is over."""

from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from service.settings import Retention
from service.warnings.models import WarningMute, WarningRow


def expire_warnings(session: Session, retention: Retention, *, now: datetime) -> int:
    """Delete the quotes of warnings after `header_days`, and the warnings after `alert_days`; returns how many quotes.

    Until then a warning without its quotes is a date and a label in its person's own history. What was warned of is
    remembered as long as the warning, so nobody is warned of the same thing again before.
    """
    old = now - timedelta(days=retention.header_days)
    quoted = (WarningRow.created_at <= old, WarningRow.sealed.is_not(None))
    gone = session.execute(update(WarningRow).where(*quoted).values(sealed=None, key_id=None))
    ancient = now - timedelta(days=retention.alert_days)
    session.execute(delete(WarningRow).where(WarningRow.created_at <= ancient))
    session.execute(delete(WarningMute).where(WarningMute.until <= ancient))
    return int(getattr(gone, "rowcount", 0))
