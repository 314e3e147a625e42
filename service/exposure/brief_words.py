"""Lines that the printed page and the PDF of a brief have in common."""

from datetime import date

from service.console.times import day, day_of, exact
from service.exposure.brief import Brief, BriefLine


def head_of(brief: Brief) -> list[str]:
    """Say in a few lines what the brief is about, who of ours is there, and who made it when."""
    team = f"; team: {', '.join(brief.team)}" if brief.team else "; nobody beside the lead"
    return [
        f"Phase: {brief.phase.replace('_', ' ')} · {days_of(brief.first_day, brief.last_day)}",
        f"Lead: {brief.lead or 'nobody'}{team}",
        f"Made {exact(brief.made_at)} by {brief.made_by}",
    ]


def days_of(first: date | None, last: date | None) -> str:
    """Say from when to when: `2 Feb 2026 to 30 Jun 2026`, `since …`, `until …`, `no dates set`."""
    if first and last:
        return f"{day_of(first)} to {day_of(last)}"
    if first:
        return f"since {day_of(first)}"
    return f"until {day_of(last)}" if last else "no dates set"


def line_note(line: BriefLine) -> str:
    """Say how sure an entry is, by whom it was told, since when and how often; of a question, how it fares."""
    often = f" to {day(line.last_at)}, {line.times} times" if line.times > 1 else ""
    parts = [line.answer, f"{line.sure} ({line.confidence:.2f})", line.told_by, f"{day(line.since)}{often}"]
    return " · ".join(part for part in parts if part)


def more(count: int) -> str:
    """Say that the page does not hold all: `and 7 more in the ledger`."""
    return f"and {count} more in the ledger"
