"""App Home: a page for each person, of what was said to them and of the course, made anew whenever it is opened."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App

from service.coaching.course import Language
from service.coaching.history import history_of, read_offset
from service.coaching.home_view import (
    LANGUAGE,
    NEWER,
    OFF,
    OLDER,
    ON,
    REMINDERS,
    REPORT,
    WHY,
    guest_view,
    home_view,
    why_view,
)
from service.coaching.learners import departments_of, note_learner, progress_of, set_language, set_reminders
from service.errors import FrontdoorError
from service.reports.own import own_reports
from service.reports.reporting import open_report
from service.slack.asker import Asker, account_of, asker_of, is_outside, language_of, open_form
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, NOT_SHOWN, code_of
from service.warnings.spoken import Addressee

log = logging.getLogger("frontdoor.coaching")

Body = Mapping[str, Any]
Act = Callable[[Office, Asker, Body], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever opened the page. `language` is their Slack's, empty if we don't speak it."""

    language: str
    address: str
    is_ours: bool


def listen(app: App, office: Office) -> None:
    """Show App Home to whoever opens it, and answer its buttons."""

    def opened(ack: Ack, body: Body, event: Body) -> None:
        ack()
        if event.get("tab", "home") == "home":
            welcome(office, _opener(body, event))

    app.event("app_home_opened")(opened)
    acts: dict[str, Act] = {
        LANGUAGE: _switch_language,
        REMINDERS: _switch_reminders,
        NEWER: _turn_page,
        OLDER: _turn_page,
        WHY: _why,
        REPORT: _report,
    }
    for action_id, act in acts.items():
        app.action(action_id)(_pressed(office, act))


def welcome(office: Office, asker: Asker) -> None:
    """Take note of who opened the page, and show it."""
    visitor = _visitor(office, asker)
    if visitor is not None and not visitor.is_ours:
        _publish(office, asker, guest_view(visitor.language or office.source.language))
        return
    if visitor is not None:
        language = visitor.language or office.source.language
        person = Addressee(user=asker.user, team=asker.team, address=visitor.address, language=language)
        with office.database.transaction() as session:
            department = departments_of(session, [person])[asker.team, asker.user]
            note_learner(session, asker.team, asker.user, department, language, office.clock())
    publish_home(office, asker)


def publish_home(office: Office, asker: Asker, *, offset: int = 0) -> None:
    """Show a person their page; `offset` is how many of their latest warnings to skip."""
    with office.database.transaction(write=False) as session:
        progress = progress_of(session, asker.team, asker.user, language=office.source.language)
        history = history_of(
            session,
            office.keys,
            asker.team,
            asker.user,
            enterprise=asker.enterprise,
            offset=offset,
            language=progress.language,
        )
        reports = own_reports(session, office.keys, asker.team, asker.user, now=office.clock())
    _publish(office, asker, home_view(progress, history, reports, office.source))


def known_language(office: Office, asker: Asker) -> str:
    """Return the language a person picked, else that of their Slack."""
    with office.database.transaction(write=False) as session:
        known = progress_of(session, asker.team, asker.user, language="").language
    return known or language_of(office, asker)


def _pressed(office: Office, act: Act) -> Callable[..., None]:
    def pressed(ack: Ack, body: Body, action: Body) -> None:
        ack()
        act(office, asker_of(body), action)

    return pressed


def _switch_language(office: Office, asker: Asker, action: Body) -> None:
    wanted = action.get("value")
    if wanted in set(Language):
        with office.database.transaction() as session:
            set_language(session, asker.team, asker.user, str(wanted))
    publish_home(office, asker)


def _switch_reminders(office: Office, asker: Asker, action: Body) -> None:
    wanted = action.get("value")
    if wanted in {ON, OFF}:
        with office.database.transaction() as session:
            set_reminders(session, asker.team, asker.user, wanted=wanted == ON)
    publish_home(office, asker)


def _turn_page(office: Office, asker: Asker, action: Body) -> None:
    publish_home(office, asker, offset=read_offset(action))


def _why(office: Office, asker: Asker, action: Body) -> None:
    del action
    open_form(office, asker, why_view(known_language(office, asker), office.source, office.settings))


def _report(office: Office, asker: Asker, action: Body) -> None:
    del action
    open_report(office, asker, known_language(office, asker))


def _opener(body: Body, event: Body) -> Asker:
    """Read who opened the page: in an event the person stands inside, the workspace outside."""
    return asker_of({**body, "user_id": event.get("user")})


def _visitor(office: Office, asker: Asker) -> Visitor | None:
    """Ask Slack who somebody is; None when it does not say just now."""
    try:
        user = account_of(office, asker)
        language = str(user.get("locale") or "")[:2].lower()
        return Visitor(
            language=language if language in set(Language) else "",
            address=str((user.get("profile") or {}).get("email") or "").lower(),
            is_ours=not is_outside(office, asker, user),
        )
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("who opened App Home can't be looked up: %s", code_of(error))
        return Visitor(language="", address="", is_ours=False) if code_of(error) in NOT_SHOWN else None


def _publish(office: Office, asker: Asker, view: Mapping[str, Any]) -> None:
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        client.views_publish(user_id=asker.user, view=dict(view))
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("App Home can't be shown: %s", code_of(error))
