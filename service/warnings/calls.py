"""What became of a call to Slack: carried out, refused, not carried out yet, or nobody knows.

Only what surely was not carried out may be tried again. Whatever is not certain counts as unknown.
"""

import re
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from service.slack.web import CALL_ERRORS, DEAD_TOKEN, code_of

ACCEPTED = "accepted"


class Fate(StrEnum):
    """What to do next."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNUSABLE = "unusable"
    LATER = "later"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of a call: `code` names what went wrong, `wait` the seconds until it may be tried again."""

    fate: Fate
    code: str = ACCEPTED
    wait: float = 0.0
    data: Mapping[str, Any] = field(default_factory=dict)


# Seconds between tries while nothing can be reached, or while Slack does not say how long to wait.
_PAUSE = 2.0
_SECONDS = re.compile(r"[0-9]{1,6}")
_LIMITED = frozenset({"ratelimited", "rate_limited"})
# Slack says of these that part of the work may have been done.
_UNCLEAR = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
# The app itself lacks something: no other way would help.
_LACKING = DEAD_TOKEN | frozenset(
    {"access_denied", "ekm_access_denied", "missing_scope", "no_permission", "not_allowed_token_type"}
)
# Raised before a byte of the request is on its way.
_NOTHING_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)


def call(method: Callable[..., SlackResponse], **arguments: object) -> Reply:
    """Call a method of the client, which must not repeat calls by itself, and tell what became of it."""
    try:
        answer = method(**arguments)
    except SlackApiError as error:
        return _refused(error)
    except CALL_ERRORS as error:
        reason = error.reason if isinstance(error, URLError) else error
        nothing_sent = isinstance(error, URLError) and isinstance(reason, _NOTHING_SENT)
        code = type(reason if isinstance(reason, BaseException) else error).__name__
        if nothing_sent:
            return Reply(fate=Fate.LATER, code=code, wait=_PAUSE)
        return Reply(fate=Fate.UNKNOWN, code=code)
    if not isinstance(answer.data, Mapping):
        return Reply(fate=Fate.UNKNOWN, code="not_json")
    return Reply(fate=Fate.ACCEPTED, data=answer.data)


def _refused(error: SlackApiError) -> Reply:
    status = getattr(error.response, "status_code", 0)
    code = code_of(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in _LIMITED:
        return Reply(fate=Fate.LATER, code="ratelimited", wait=_retry_after(error))
    is_answer = code.islower() and status < HTTPStatus.INTERNAL_SERVER_ERROR
    if not is_answer or code in _UNCLEAR:
        return Reply(fate=Fate.UNKNOWN, code=code if is_answer else f"status_{status}")
    return Reply(fate=Fate.UNUSABLE if code in _LACKING else Fate.REFUSED, code=code)


def _retry_after(error: SlackApiError) -> float:
    headers = {name.lower(): str(value) for name, value in getattr(error.response, "headers", {}).items()}
    stated = headers.get("retry-after", "")
    return float(stated) if _SECONDS.fullmatch(stated) else _PAUSE
