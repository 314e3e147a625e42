"""Whoever pressed a button, sent a form or typed a command, and how to answer them privately."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any

from slack_sdk.webhook import WebhookClient

from service.errors import FrontdoorError
from service.slack.accounts import Account, is_guest
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, NOT_SHOWN, code_of, silent_logger
from service.slack.wording import LANGUAGES, Markup, cut

log = logging.getLogger("frontdoor.slack")

_TIMEOUT_SECONDS = 5
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """A person in Slack who asked for something; `team` is the workspace in which they did.

    `home` is the workspace that they belong to, `answer_url` where Slack takes a private answer from us, if anywhere,
    `trigger` what opens a form, for three seconds.
    """

    user: str
    team: str
    home: str
    enterprise: str
    channel: str
    answer_url: str = field(repr=False)
    trigger: str = field(repr=False)

    @property
    def name(self) -> str:
        """The person in one string, `TEAM:USER`."""
        return f"{self.home or self.team}:{self.user}"


def asker_of(body: Mapping[str, Any]) -> Asker:
    """Read who is behind a request, of whatever kind it is."""
    user, team, enterprise = _part(body, "user"), _part(body, "team"), _part(body, "enterprise")
    channel, container = _part(body, "channel"), _part(body, "container")
    home = _text(user, "team_id")
    return Asker(
        user=_text(user, "id") or _text(body, "user_id"),
        team=_text(team, "id") or _text(body, "team_id") or home,
        home=home,
        enterprise=_text(enterprise, "id") or _text(body, "enterprise_id"),
        channel=_text(channel, "id") or _text(body, "channel_id") or _text(container, "channel_id"),
        answer_url=_text(body, "response_url"),
        trigger=_text(body, "trigger_id"),
    )


def account_of(office: Office, asker: Asker) -> Account:
    """Return a person's account, asked for once a minute at most.

    Raises NotInstalledError, UnreachableError and CALL_ERRORS.
    """
    client = office.workspaces.client(asker.team, asker.enterprise)
    return office.workspaces.accounts.get(client, asker.team, asker.user)


def profile_of(office: Office, asker: Asker) -> tuple[str, str]:
    """Ask Slack for the name and the language of a person; an empty name where it does not say."""
    try:
        user = account_of(office, asker)
        profile = user.get("profile") or {}
        name = str(profile.get("real_name") or user.get("real_name") or user.get("name") or "")
        language = str(user.get("locale") or "")[:2].lower()
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a person's profile can't be read: %s", code_of(error))
        name, language = "", ""
    return cut(name, _LONGEST_NAME), language if language in LANGUAGES else office.source.language


def language_of(office: Office, asker: Asker) -> str:
    """Return the language that a person is spoken to in."""
    return profile_of(office, asker)[1]


def is_outsider(office: Office, asker: Asker) -> bool:
    """Ask Slack whether somebody is a guest or of another firm; while it does not say, they are not taken for one."""
    try:
        return is_outside(office, asker, account_of(office, asker))
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a person's account can't be looked up: %s", code_of(error))
        return code_of(error) in NOT_SHOWN


def is_outside(office: Office, asker: Asker, user: Mapping[str, Any]) -> bool:
    """Tell whether an account is no regular one of a workspace of ours. Raises NotInstalledError, UnreachableError."""
    found = office.workspaces.installation(asker.team, asker.enterprise)
    return bool(user.get("is_bot")) or is_guest(user, found, asker.team)


def tell(office: Office, asker: Asker, text: str) -> bool:
    """Answer privately: where the person is, else by direct message. Tells whether Slack took it."""
    return (bool(asker.answer_url) and _by_url(asker, text)) or _by_message(office, asker, text)


def open_form(office: Office, asker: Asker, view: Mapping[str, Any]) -> bool:
    """Open a modal; tells whether Slack took it."""
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        client.views_open(trigger_id=asker.trigger, view=dict(view))
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.warning("a form can't be opened: %s", code_of(error))
        return False
    return True


def moment(when: datetime) -> Markup:
    """Write a day the way the reader's Slack does."""
    return Markup(f"<!date^{int(when.timestamp())}^{{date_long}}|{when.date().isoformat()}>")


def _by_url(asker: Asker, text: str) -> bool:
    client = WebhookClient(asker.answer_url, timeout=_TIMEOUT_SECONDS, logger=silent_logger, retry_handlers=[])
    try:
        answer = client.send(text=text, response_type="ephemeral", replace_original=False)
    except CALL_ERRORS as error:
        log.info("a private answer was not taken: %s", code_of(error))
        return False
    return answer.status_code == HTTPStatus.OK and '"ok":false' not in answer.body.replace(" ", "")


def _by_message(office: Office, asker: Asker, text: str) -> bool:
    try:
        client = office.workspaces.client(asker.team, asker.enterprise)
        client.chat_postMessage(channel=asker.user, text=text, unfurl_links=False, unfurl_media=False)
    except (FrontdoorError, *CALL_ERRORS) as error:
        log.info("a direct message was not taken: %s", code_of(error))
        return False
    return True


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(part: Mapping[str, Any], name: str) -> str:
    value = part.get(name)
    return value if isinstance(value, str) else ""
