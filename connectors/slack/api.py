"""Calls to Slack's Web API that last: paged, patient, and silent about what they carry."""

import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from connectors import ConnectorError
from connectors.slack.errors import PASSING_CODES, StoppedError, declined, is_code
from connectors.slack.settings import SlackSettings

# Seconds before each further try of a call that failed in passing.
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0)

_log = logging.getLogger(__name__)
# The client writes whole answers, with every message in them, to its logger; it gets one that leads nowhere.
_nowhere = logging.getLogger(f"{__name__}.nowhere")
_nowhere.setLevel(logging.CRITICAL + 1)
_nowhere.propagate = False

# Slack says how long to wait; who is told to wait this often in a row, or this long, is not merely too fast.
_LIMITED_TRIES = 30
_LONGEST_WAIT = 15 * 60.0
_SECONDS = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What came back: `status` 0 when nothing did, `trouble` what was wrong with it, without a word of its content."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""

    @property
    def code(self) -> str:
        code = self.data.get("error")
        return code if isinstance(code, str) and is_code(code) else ""

    @property
    def limited(self) -> bool:
        return self.status == HTTPStatus.TOO_MANY_REQUESTS

    @property
    def passing(self) -> bool:
        return not self.code or self.code in PASSING_CODES or self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


class SlackApi:
    """One token's view of the Web API.

    `pause` waits for some seconds and tells whether reading should stop. `served_at` is Slack's own time, in
    microseconds, of the last answer; `scopes` are those it says the token has, empty while it has not said.
    """

    def __init__(
        self, settings: SlackSettings, *, pause: Callable[[float], bool], patience: Sequence[float] = PATIENCE
    ) -> None:
        self.served_at = 0
        self.scopes: frozenset[str] = frozenset()
        self._pause = pause
        self._patience = tuple(patience)
        self._client = WebClient(
            settings.token,
            base_url=settings.base_url,
            timeout=settings.timeout,  # type: ignore[arg-type] # goes to urllib, which takes fractions
            logger=_nowhere,
            retry_handlers=[],
        )

    def call(self, method: str, **arguments: object) -> Mapping[str, Any]:
        """Call a method and return its answer, waiting where Slack asks to and trying again what failed in passing.

        Raises DeclinedError when Slack refuses, ConnectorError when it stays out of reach, StoppedError.
        """
        delays = iter(self._patience)
        limited = 0
        while True:
            if self._pause(0.0):
                raise StoppedError("told to stop")
            answer = self._ask(method, arguments)
            if not answer.trouble:
                self._take_note(answer)
                return answer.data
            if answer.limited:
                limited += 1
                delay = _retry_after(answer, method, limited)
                _log.info("Slack asks for a pause of %d s before %s", delay, method)
            elif answer.passing:
                delay = next(delays, -1.0)
                if delay < 0:
                    tries = len(self._patience) + 1
                    raise ConnectorError(f"Slack does not answer {method} ({answer.trouble}, {tries} tries)")
            else:
                raise declined(method, answer.code, answer.data.get("needed"))
            self._pause(delay)

    def pages(self, method: str, key: str, **arguments: object) -> Iterator[list[Any]]:
        """Call a method for all its pages, and yield the list that each holds under `key`."""
        cursor = ""
        while True:
            data = self.call(method, **arguments, **({"cursor": cursor} if cursor else {}))
            items = data.get(key)
            yield items if isinstance(items, list) else []
            metadata = data.get("response_metadata")
            following = metadata.get("next_cursor") if isinstance(metadata, Mapping) else None
            if not isinstance(following, str) or not following:
                return
            if following == cursor:
                raise ConnectorError(f"Slack gives the same page of {method} again and again")
            cursor = following

    def _ask(self, method: str, arguments: Mapping[str, object]) -> _Answer:
        try:
            response = self._client.api_call(method, params=dict(arguments))
        except SlackApiError as error:
            # The error holds the whole answer: it must not get into anybody's trace.
            return _failed(error.response)
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            return _Answer(trouble=type(reason if isinstance(reason, BaseException) else error).__name__)
        except (SlackClientError, ValueError, LookupError, AttributeError, TypeError) as error:
            # What the client says to an answer that is not Slack's: another encoding, JSON that is no object.
            return _Answer(trouble=f"an answer that is not Slack's, {type(error).__name__}")
        data = response.data
        if not isinstance(data, Mapping):
            return _Answer(status=response.status_code, trouble="an answer that is not Slack's")
        return _Answer(status=response.status_code, headers=_lower(response.headers), data=data)

    def _take_note(self, answer: _Answer) -> None:
        self.served_at = _served_at(answer.headers.get("date", ""))
        scopes = answer.headers.get("x-oauth-scopes", "")
        if scopes:
            self.scopes = frozenset(one.strip() for one in scopes.split(","))


def _failed(response: SlackResponse) -> _Answer:
    data = response.data if isinstance(response.data, Mapping) else {}
    code = data.get("error")
    trouble = f"status {response.status_code}"
    if isinstance(code, str) and is_code(code):
        trouble = code
    return _Answer(status=response.status_code, headers=_lower(response.headers), data=data, trouble=trouble)


def _lower(headers: Mapping[str, Any]) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in headers.items()}


def _retry_after(answer: _Answer, method: str, limited: int) -> float:
    stated = answer.headers.get("retry-after", "")
    delay = float(stated) if _SECONDS.fullmatch(stated) else 30.0
    if limited > _LIMITED_TRIES or delay > _LONGEST_WAIT:
        raise ConnectorError(f"Slack lets us call {method} too rarely: does something else use the same app?")
    return delay


def _served_at(date: str) -> int:
    try:
        moment = parsedate_to_datetime(date).timestamp()
    except ValueError:
        moment = time.time()
    return int(moment * 1_000_000)
