"""From a warning to procurement: a question in their channel, with the link, before somebody answers."""

import logging
from dataclasses import dataclass
from enum import StrEnum

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from service.errors import FrontdoorError
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, code_of
from service.slack.wording import Markup, cut, labels_in_words, link, plain, quoted, say
from service.warnings.answers import quotes_of
from service.warnings.models import WarningRow
from service.warnings.team import team_of

log = logging.getLogger("frontdoor.warnings")

# Slack's own trouble: what was sent may have arrived all the same.
_UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_SERVER_ERROR = 500
# Slack takes 3,000 characters, and an ampersand counts as five.
_QUOTES, _LONGEST_QUOTE, _LONGEST_NAME = 2, 200, 80


class Asked(StrEnum):
    """What became of a question. Nothing is known of one that is UNSURE, and it is not repeated."""

    DONE = "done"
    NOBODY = "nobody"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where those who answer for procurement are reached."""

    team: str
    channel: str


def procurement_for(office: Office, warning: WarningRow) -> Desk | None:
    """Return who answers for the counterparty of a warning: procurement's channel, where there is one."""
    told = office.source.procurement
    return Desk(team=told.team or warning.team, channel=told.channel) if told is not None else None


def permalink_of(client: WebClient, channel: str, ts: str) -> str:
    """Return the address of a message; empty where Slack does not give it to us."""
    try:
        return str(client.chat_getPermalink(channel=channel, message_ts=ts)["permalink"])
    except CALL_ERRORS as error:
        log.info("a message has no link: %s", code_of(error))
        return ""


def ask_procurement(office: Office, warning: WarningRow, *, user: str, name: str) -> Asked:
    """Post a person's question to procurement, once, and open its thread."""
    desk = procurement_for(office, warning)
    if desk is None:
        return Asked.NOBODY
    language, asker = office.source.language, Markup(f"<@{user}>")
    try:
        here = office.workspaces.client(warning.team, warning.enterprise)
        there = office.workspaces.client(desk.team)
        found = office.workspaces.installation(desk.team)
        why = office.workspaces.audience.trouble(there, found, desk.team, desk.channel)
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("procurement can't be asked: %s", code_of(error))
        return Asked.FAILED
    if why:
        log.error("procurement can't be asked: others would read it in its channel (%s)", why)
        return Asked.FAILED
    text = _question(office, warning, asker=asker, url=permalink_of(here, warning.channel, warning.ts))
    in_short = say(language, "ask.question_fallback", name=name, counterparty=_counterparty(language, warning))
    section = {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
    try:
        posted = there.chat_postMessage(
            channel=desk.channel, text=in_short, blocks=[section], unfurl_links=False, unfurl_media=False
        )
    except CALL_ERRORS as error:
        log.warning("procurement can't be asked: %s", code_of(error))
        return Asked.UNSURE if _is_unsure(error) else Asked.FAILED
    _open_thread(there, posted.get("channel"), posted.get("ts"), say(language, "ask.answer_here", asker=asker))
    return Asked.DONE


def _question(office: Office, warning: WarningRow, *, asker: Markup, url: str) -> str:
    language = office.source.language
    with office.database.transaction(write=False) as session:
        quotes = quotes_of(session, office.keys, warning)
    head = say(
        language,
        "ask.question",
        asker=asker,
        link=link(url, plain(language, "ask.message")),
        counterparty=_counterparty(language, warning),
        labels=labels_in_words(language, warning.labels),
    )
    said = dict.fromkeys(quoted(words, most=_LONGEST_QUOTE) for _, words in quotes if words.strip())
    team = team_of(office, warning, today=office.clock().date())
    called = [say(language, "ask.team", people=Markup(" ".join(team)))] if team else []
    return "\n".join([head, *list(said)[:_QUOTES], *called])


def _counterparty(language: str, warning: WarningRow) -> str:
    return cut(warning.counterparty, _LONGEST_NAME) or plain(language, "ask.no_counterparty")


def _open_thread(client: WebClient, channel: object, ts: object, text: str) -> None:
    """Begin the thread; the question stands without it, too."""
    try:
        client.chat_postMessage(channel=str(channel), thread_ts=str(ts), text=text, unfurl_links=False)
    except CALL_ERRORS as error:
        log.info("the thread of a question was not begun: %s", code_of(error))


def _is_unsure(error: BaseException) -> bool:
    """Tell whether a call may have done its work although it did not say so."""
    if isinstance(error, SlackApiError):
        status = getattr(error.response, "status_code", 0)
        return status >= _SERVER_ERROR or code_of(error) in _UNSURE
    return not isinstance(error, ConnectionRefusedError)
