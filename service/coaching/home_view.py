"""App Home: what frontdoor does, the course, and what this one person was told."""

from collections.abc import Iterator

from service.coaching.blocks import OPEN, Block, actions, button, context, header, plain_text, section
from service.coaching.course import Language, course, find_lesson, minutes_left
from service.coaching.history import PAGE, History, Told
from service.coaching.learners import Progress
from service.coaching.wording import plain, say
from service.reports.own import OwnReport
from service.settings import Settings, SlackSource
from service.slack.asker import moment
from service.slack.wording import Markup, cut, escape
from service.warnings.blocks import home_entry
from service.warnings.models import WarningKind, WarningState, Way
from service.warnings.wording import Wording, wording_of

REPORT, WHY, LANGUAGE, REMINDERS = "home.report", "home.why", "home.language", "home.reminders"
NEWER, OLDER = "home.newer", "home.older"
ON, OFF = "on", "off"

_LONGEST_QUOTE = 240
_DONE, _NEXT, _OPEN = "✓", "▸", "○"


def home_view(progress: Progress, history: History, reports: tuple[OwnReport, ...], source: SlackSource) -> Block:
    """Return the page of one of our people."""
    language = progress.language
    other = next(one for one in Language if one != language)
    buttons = (
        button(REPORT, plain(language, "home.report")),
        button(WHY, plain(language, "home.why")),
        button(LANGUAGE, plain(language, "home.language"), value=other.value),
    )
    blocks = [
        header(plain(language, "home.title")),
        section(say(language, "home.about")),
        actions(*buttons),
        *_course(progress),
        *_warnings(history, language, wording_of(source)),
        *_reports(reports, language),
    ]
    return {"type": "home", "blocks": blocks}


def guest_view(language: str) -> Block:
    """Return the page of somebody from outside who opens the app."""
    return {"type": "home", "blocks": [section(say(language, "home.guest"))]}


def why_view(language: str, source: SlackSource, settings: Settings) -> Block:
    """Return the modal that tells what is looked at, by whom, for how long, and what one can do about it."""
    wording, retention = wording_of(source), settings.retention
    kept = wording.text(
        language,
        "why.kept",
        text_hours=str(retention.text_hours),
        header_days=str(retention.header_days),
        alert_days=str(retention.alert_days),
    )
    contact = wording.text(language, "why.contact", contact=source.contact) if source.contact else ""
    texts = (
        wording.text(language, "why.what"),
        say(language, "why.who"),
        kept,
        wording.text(language, "why.counted"),
        wording.text(language, "why.rights"),
        contact or wording.text(language, "why.no_contact"),
    )
    return {
        "type": "modal",
        "title": plain_text(plain(language, "why.title")),
        "close": plain_text(plain(language, "why.close")),
        "blocks": [section(text) for text in texts],
    }


def _course(progress: Progress) -> Iterator[Block]:
    language, following = progress.language, find_lesson(progress.next)
    yield {"type": "divider"}
    yield header(plain(language, "home.course_title"))
    yield section(_standing(progress))
    if following is not None:
        title = plain(language, "home.next", title=following.tell(language).title)
        yield actions(button(OPEN, title, value=following.id, primary=True))
    for number, lesson in enumerate(course(), 1):
        told, score = lesson.tell(language), progress.done.get(lesson.id)
        if score is None:
            mark = _NEXT if lesson == following else _OPEN
            minutes = lesson.minutes(language)
            named = {"mark": mark, "number": number, "title": told.title, "minutes": minutes, "teaser": told.teaser}
            text, wish = say(language, "home.lesson", **named), "home.open"
        else:
            text = say(language, "home.lesson_done", mark=_DONE, number=number, title=told.title, score=score)
            wish = "home.again"
        yield section(text, accessory=button(OPEN, plain(language, wish), value=lesson.id))
    if following is not None:
        wish, state = (OFF, "on") if progress.reminders else (ON, "off")
        text = plain(language, "home.reminders_stop" if wish == OFF else "home.reminders_start")
        yield section(say(language, f"home.reminders_{state}"), accessory=button(REMINDERS, text, value=wish))


def _standing(progress: Progress) -> str:
    language, done, lessons = progress.language, progress.done, len(course())
    if not done:
        return say(language, "home.course_start", lessons=lessons)
    score = round(sum(done.values()) / len(done))
    if not progress.next:
        return say(language, "home.course_done", lessons=lessons, score=score)
    minutes = minutes_left(done, language)
    return say(language, "home.course_on", done=len(done), lessons=lessons, minutes=minutes, score=score)


def _warnings(history: History, language: str, wording: Wording) -> Iterator[Block]:
    yield {"type": "divider"}
    yield header(plain(language, "home.warnings_title"))
    if not history.told and not history.offset:
        yield section(say(language, "home.warnings_none"))
        return
    yield context(say(language, "home.warnings_note"))
    for told in history.told:
        yield from _entry(told, language, wording)
    pages = []
    if history.offset:
        pages.append(button(NEWER, plain(language, "home.newer"), value=str(max(history.offset - PAGE, 0))))
    if history.has_older:
        pages.append(button(OLDER, plain(language, "home.older"), value=str(history.offset + PAGE)))
    if pages:
        yield actions(*pages)


def _entry(told: Told, language: str, wording: Wording) -> Iterator[Block]:
    """Tell a warning again; one that may never have arrived with all that it said. What was answered did arrive."""
    lesson = None
    if told.lesson is not None:
        title = plain(language, "home.lesson_of", title=told.lesson.tell(language).title)
        lesson = button(OPEN, title, value=told.lesson.id)
    if told.state is not WarningState.SENT and not told.answer:
        first, *rest = home_entry(told.warning, wording, day=told.told_at)
        if told.state is WarningState.FAILED:
            first = section(f"{_heading(told, language, wording)}\n{say(language, 'home.failed')}")
        yield first | ({"accessory": lesson} if lesson else {})
        yield from rest
        return
    quote = f"\n> {escape(cut(told.warning.quotes[0][1], _LONGEST_QUOTE))}" if told.warning.quotes else ""
    yield section(f"{_heading(told, language, wording)}{quote}", accessory=lesson)
    answered = say(language, f"home.answer_{told.answer}" if told.answer else "home.unanswered")
    way = f"  ·  {say(language, 'home.direct')}" if told.via == Way.DIRECT else ""
    yield context(f"{answered}{way}")


def _heading(told: Told, language: str, wording: Wording) -> str:
    labels = ", ".join(wording.text(language, f"labels.{label}") for label in told.warning.labels)
    name = "home.author" if told.warning.kind is WarningKind.AUTHOR else "home.reader"
    channel = Markup(f"<#{escape(told.warning.channel)}>")
    return say(language, name, labels=labels, channel=channel, date=moment(told.told_at))


def _reports(reports: tuple[OwnReport, ...], language: str) -> Iterator[Block]:
    if not reports:
        return
    yield {"type": "divider"}
    yield header(plain(language, "home.reports_title"))
    for one in reports:
        yield section(say(language, f"home.report_{one.status.value}", date=moment(one.reported_at)))
