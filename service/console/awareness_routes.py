"""What teams have learned, never people; and the course as it is taught."""

from fastapi import APIRouter, Response

from service.auth.access import needs, signed_in
from service.auth.permissions import Permission
from service.coaching.awareness import LEAST_MESSAGES, LEAST_PEOPLE, Awareness, Share, TeamAwareness, awareness_of
from service.coaching.course import Language, course, minutes_left
from service.coaching.wording import texts
from service.console import trend
from service.console.desk import TheDesk

router = APIRouter(include_in_schema=False)

_LANGUAGES = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}


@router.get("/awareness")
@needs(Permission.AWARENESS_READ)
def get_awareness(desk: TheDesk) -> Response:
    """Show what each team has learned, and how often it was warned, week by week."""
    found = awareness_of(desk.session, desk.now)
    top = trend.top_of([team.rates for team in found.teams])
    return desk.show(
        "awareness.html",
        teams=[_row(team, found, top=top) for team in found.teams],
        weeks=found.weeks,
        top=top,
        size=(trend.WIDTH, trend.HEIGHT),
        least_people=LEAST_PEOPLE,
        least_messages=LEAST_MESSAGES,
    )


@router.get("/settings/course")
@signed_in()
def get_course(desk: TheDesk, language: Language = Language.ENGLISH) -> Response:
    """Show the whole course in a language, as it is taught in Slack."""
    return desk.show(
        "course.html",
        language=language.value,
        languages={name.value: title for name, title in _LANGUAGES.items()},
        lessons=[(lesson, lesson.tell(language), lesson.minutes(language)) for lesson in course()],
        minutes=minutes_left((), language),
        texts=texts(language),
    )


def share_in_words(share: Share) -> str:
    """Say a band: `under 25 %`, `25 to 50 %`, `75 % or more`."""
    if share.low == 0:
        return f"under {share.high} %"
    return f"{share.low} % or more" if share.high == 100 else f"{share.low} to {share.high} %"


def _row(team: TeamAwareness, found: Awareness, *, top: int) -> dict[str, object]:
    told = (
        f"{week[5:]} {'no figure' if rate is None else rate}"
        for week, rate in zip(found.weeks, team.rates, strict=True)
    )
    return {
        "name": team.name,
        "people": team.people,
        "lessons": share_in_words(team.lessons),
        "finished": share_in_words(team.finished),
        "latest": team.rates[-1],
        "trend": trend.draw(team.rates, top=top),
        "told": ", ".join(told),
    }
