"""Awareness by team over the API."""

import csv
import io
from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from service.auth.access import needs
from service.auth.permissions import Permission
from service.coaching.awareness import LEAST_PEOPLE, Awareness, Share, TeamAwareness, awareness_of
from service.depends import Now, Transaction
from service.failures import problems

router = APIRouter(prefix="/api/v1/awareness", tags=["awareness"], responses=problems(401, 403))

# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class ShareView(BaseModel):
    """A share in whole percent, as the band that it lies in; the fewer people, the wider the band."""

    low: int
    high: int


class TeamView(BaseModel):
    """A team of five people or more. What there is too little of to tell is None."""

    name: str
    people: int = Field(description="who may take the course")
    lessons: ShareView = Field(description="of all lessons of all these people, how many are done")
    finished: ShareView = Field(description="of these people, how many have done the whole course")
    warnings_per_1000: list[int | None] = Field(description="by week: warnings per 1,000 messages to counterparties")


class AwarenessView(BaseModel):
    """What teams have learned and how often they were warned, as of last Monday (UTC)."""

    weeks: list[str] = Field(description="ISO weeks, the oldest first")
    least_people: int = Field(description="fewer people than these are never shown by themselves")
    teams: list[TeamView]


@router.get("")
@needs(Permission.AWARENESS_READ)
def read_awareness(session: Transaction, now: Now) -> AwarenessView:
    """Show what each team has learned and how often it was warned over the last weeks; nothing of any person."""
    found = awareness_of(session, now)
    teams = [_team(one) for one in found.teams]
    return AwarenessView(weeks=list(found.weeks), least_people=LEAST_PEOPLE, teams=teams)


@router.get("/export", response_class=Response)
@needs(Permission.AWARENESS_READ)
def export_awareness(session: Transaction, now: Now) -> Response:
    """Export the same as CSV: a row for each team, a column for each week."""
    text = io.StringIO()
    csv.writer(text).writerows(_rows(awareness_of(session, now)))
    headers = {"Content-Disposition": 'attachment; filename="awareness.csv"'}
    return Response(text.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


def _rows(found: Awareness) -> Iterator[Sequence[object]]:
    yield (
        "team",
        "people",
        "lessons_done_from_percent",
        "lessons_done_to_percent",
        "finished_from_percent",
        "finished_to_percent",
        *(f"warnings_per_1000_{week}" for week in found.weeks),
    )
    for one in found.teams:
        name = f"'{one.name}" if one.name.lstrip(" ").startswith(_FORMULA) else one.name
        shares = (one.lessons.low, one.lessons.high, one.finished.low, one.finished.high)
        yield (name, one.people, *shares, *("" if rate is None else rate for rate in one.rates))


def _team(one: TeamAwareness) -> TeamView:
    return TeamView(
        name=one.name,
        people=one.people,
        lessons=_share(one.lessons),
        finished=_share(one.finished),
        warnings_per_1000=list(one.rates),
    )


def _share(share: Share) -> ShareView:
    return ShareView(low=share.low, high=share.high)
