"""The way to take a message back: by its author's own token where they gave one, else in Slack itself."""

import logging
from collections.abc import Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from service.errors import FrontdoorError
from service.slack.modals import LONGEST_TITLE, plain_text, section
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, code_of
from service.slack.wording import link, plain, say
from service.warnings.asking import permalink_of
from service.warnings.blocks import DELETE
from service.warnings.models import WarningRow
from service.warnings.wording import cut, text_of

log = logging.getLogger("frontdoor.warnings")


def has_own_token(office: Office, warning: WarningRow) -> bool:
    """Tell whether the recipient of a warning lets us act as themselves."""
    return office.workspaces.own_client(warning.team, warning.recipient) is not None


def how_to_delete(office: Office, warning: WarningRow, *, text: str = "delete.how") -> str:
    """Say how the author deletes the message in Slack, with a link to it."""
    how = text_of(office.source, warning.language, text)
    url = _permalink(office, warning)
    return f"{how}\n{link(url, text_of(office.source, warning.language, 'frame.link'))}" if url else how


def delete_modal(office: Office, warning: WarningRow) -> Mapping[str, Any]:
    """Return the form that asks once more before a message is deleted."""
    language = warning.language
    message = link(_permalink(office, warning), plain(language, "delete.message"))
    return {
        "type": "modal",
        "callback_id": DELETE,
        "private_metadata": str(warning.id),
        "title": plain_text(cut(text_of(office.source, language, "buttons.delete"), LONGEST_TITLE)),
        "submit": plain_text(plain(language, "delete.confirm")),
        "close": plain_text(plain(language, "delete.cancel")),
        "blocks": [section(say(language, "delete.question", message=message))],
    }


def delete_message(office: Office, warning: WarningRow) -> str:
    """Delete a message by its author's own token, and say what came of it."""
    own = office.workspaces.own_client(warning.team, warning.recipient)
    if own is None:
        return how_to_delete(office, warning)
    try:
        own.chat_delete(channel=warning.channel, ts=warning.ts)
    except CALL_ERRORS as error:
        if isinstance(error, SlackApiError) and code_of(error) == "message_not_found":
            return text_of(office.source, warning.language, "delete.gone")
        log.info("a message of a person's own can't be deleted: %s", code_of(error))
        return how_to_delete(office, warning, text="delete.failed")
    return text_of(office.source, warning.language, "delete.done")


def _permalink(office: Office, warning: WarningRow) -> str:
    try:
        client = office.workspaces.client(warning.team, warning.enterprise)
    except FrontdoorError:
        return ""
    return permalink_of(client, warning.channel, warning.ts)
