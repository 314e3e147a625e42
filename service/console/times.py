"""Times for readers: how long ago, and when exactly, in UTC until the browser knows better."""

from datetime import UTC, date, datetime, timedelta

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ago(then: datetime, *, now: datetime) -> str:
    """Say how long ago something was, or the day when that is long: `3 min ago`, `2 d ago`, `4 Mar`, `4 Mar 2025`."""
    passed = now - then
    if passed < timedelta(minutes=1):
        return "just now" if passed > timedelta(minutes=-5) else day(then)
    if passed < timedelta(hours=1):
        return f"{int(passed.total_seconds() // 60)} min ago"
    if passed < timedelta(days=1):
        return f"{int(passed.total_seconds() // 3600)} h ago"
    if passed < timedelta(days=7):
        return f"{passed.days} d ago"
    then, now = then.astimezone(UTC), now.astimezone(UTC)
    return day(then) if then.year != now.year else f"{then.day} {_MONTHS[then.month - 1]}"


def day_of(on: date) -> str:
    """Give a day: `4 Mar 2026`."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def day(moment: datetime) -> str:
    """Give the day: `4 Mar 2026`."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def exact(moment: datetime) -> str:
    """Give day and minute with the zone: `4 Mar 2026, 09:05 UTC`."""
    moment = moment.astimezone(UTC)
    return f"{day(moment)}, {moment:%H:%M} UTC"
