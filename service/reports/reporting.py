"""Reporting from Slack: a shortcut or the command opens a form, and what is sent is kept before anybody is thanked."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from service.reports.forms import HIDE, NOTE, SUBMIT, WHAT, report_form
from service.reports.pointing import Target, find_link, load_target, target_of
from service.reports.store import Kept, Sent, keep_report
from service.slack.asker import Asker, asker_of, is_outsider, language_of, open_form, profile_of, tell
from service.slack.modals import reading, ticked, typed
from service.slack.office import Office
from service.slack.wording import plain, say

log = logging.getLogger("frontdoor.reports")

Body = Mapping[str, Any]


def listen(app: App, office: Office) -> None:
    """Answer the shortcut, and take in what is sent."""
    app.shortcut("report")(_pointed(office))
    app.view(SUBMIT)(_sent(office))


def open_report(office: Office, asker: Asker, language: str, *, target: Target | None = None, words: str = "") -> bool:
    """Open the form; tells whether Slack took it. Whoever is from outside would hear what becomes of a report."""
    if is_outsider(office, asker):
        contact = office.source.contact or plain(language, "ask.nobody_named")
        text = say(language, "report.outsider", contact=contact)
        return open_form(
            office,
            asker,
            reading(title=plain(language, "report.title"), text=text, close=plain(language, "report.close")),
        )
    form = report_form(language, target, words=words, can_hide=office.source.pseudonymous_reports)
    return open_form(office, asker, form)


def _pointed(office: Office) -> Callable[..., None]:
    def pointed(ack: Ack, body: Body) -> None:
        ack()
        asker = asker_of(body)
        language = language_of(office, asker)
        if not open_report(office, asker, language, target=target_of(body)):
            tell(office, asker, say(language, "report.no_form"))

    return pointed


def _sent(office: Office) -> Callable[..., None]:
    def sent(ack: Ack, body: Body, view: Body) -> None:
        asker = asker_of(body)
        name, language = profile_of(office, asker)
        target, words = load_target(str(view.get("private_metadata") or "")), typed(view, WHAT)[1]
        if not target.channel:
            if not words:
                ack(response_action="errors", errors={WHAT: plain(language, "report.empty")})
                return
            target = find_link(words) or target
        report = Sent(
            source=office.source.name,
            team=asker.team,
            enterprise=asker.enterprise,
            reporter=asker.user,
            name=name or asker.user,
            hidden=office.source.pseudonymous_reports and ticked(view, HIDE),
            language=language,
            note=typed(view, NOTE)[1],
            words=words,
            channel=target.channel,
            channel_name=target.channel_name,
            ts=target.ts,
            thread_ts=target.thread_ts,
            message=target.message,
        )
        _thank(ack, office, report)

    return sent


def _thank(ack: Ack, office: Office, report: Sent) -> None:
    language = report.language
    try:
        with office.database.transaction() as session:
            kept, pseudonym = keep_report(session, office.keys, report, now=office.clock())
    except IntegrityError:
        kept, pseudonym = Kept.KNOWN, ""  # sent twice at the same moment: the other one is kept
    except SQLAlchemyError as error:
        log.error("a report can't be kept: %s", type(error).__name__)  # noqa: TRY400 - a trace may hold text
        # The form stays open, with all that was typed.
        ack(response_action="errors", errors={NOTE: plain(language, "report.trouble")})
        return
    contact = office.source.contact or plain(language, "ask.nobody_named")
    texts = {
        Kept.NEW: say(language, "report.thanks_hidden" if pseudonym else "report.thanks", pseudonym=pseudonym),
        Kept.KNOWN: say(language, "report.known"),
        Kept.MANY: say(language, "report.many", contact=contact),
    }
    title = "report.title" if kept is Kept.MANY else "report.thanks_title"
    view = reading(title=plain(language, title), text=texts[kept], close=plain(language, "report.close"))
    ack(response_action="update", view=view)
