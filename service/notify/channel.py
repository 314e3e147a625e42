"""Speaking in procurement's channel: one message a second, and what became of each call."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from service.errors import FrontdoorError
from service.notify.blocks import Post
from service.notify.card import Place
from service.slack.office import Office
from service.slack.web import CALL_ERRORS, DEAD_TOKEN, code_of
from service.slack.workspaces import UnreachableError

_SHUT = DEAD_TOKEN | frozenset(
    {
        "access_denied",
        "channel_not_found",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "is_archived",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_in_channel",
        "org_login_required",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "team_added_to_org",
        "team_not_found",
    }
)
_LIMITED = frozenset({"rate_limited", "ratelimited", "message_limit_exceeded"})
_UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "SlackApiError"})
_MOST_LINKS = 1000
_LOOK_SECONDS = 30.0
_SHORTEST_WAIT, _LONGEST_WAIT = 5.0, 900.0


class Heard(StrEnum):
    """What became of a call.

    LATER: Slack did not take it now, and may soon. SHUT: nothing can be said there until somebody mends it. REFUSED:
    not this message. UNSURE: it may have been taken.
    """

    TAKEN = "taken"
    LATER = "later"
    SHUT = "shut"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call gave: the message's `ts`, else Slack's name for the trouble and how many seconds to wait."""

    heard: Heard
    ts: str = ""
    code: str = ""
    wait: float = 0.0


class Channel:
    """A way to speak in a channel that keeps to Slack's pace: one message each `pace` seconds."""

    def __init__(self, office: Office, *, stop: threading.Event | None = None, pace: float = 0.0) -> None:
        self._office = office
        self._stop = stop or threading.Event()
        self._pace = pace
        self._next = 0.0
        self._links: dict[Place, str] = {}
        self._looked: dict[str, float] = {}

    def ready(self) -> bool:
        """Wait until the next message may go; False when everything is to stop."""
        self._stop.wait(max(self._next - time.monotonic(), 0.0))
        self._next = time.monotonic() + self._pace
        return not self._stop.is_set()

    def team(self) -> str:
        """Return the workspace that procurement's channel is in. Raises FrontdoorError where that is not clear."""
        procurement = self._office.source.procurement
        assert procurement is not None
        if procurement.team:
            return procurement.team
        teams = self._office.workspaces.teams()
        if len(teams) != 1:
            raise FrontdoorError(f"procurement.team must say in which of {len(teams)} workspaces the channel is")
        return teams[0]

    def post(self, team: str, channel: str, post: Post, *, thread: str = "") -> Answer:
        """Post a message, in a thread or by itself."""
        more = {"thread_ts": thread} if thread else {}
        arguments = {"channel": channel, "unfurl_links": False, "unfurl_media": False, **post.arguments, **more}
        return self._shut(team, channel) or self._call(team, lambda client: client.chat_postMessage(**arguments))

    def update(self, team: str, channel: str, ts: str, post: Post) -> Answer:
        """Put a message in place of one that was posted; harmless when repeated."""
        return self._shut(team, channel) or self._call(
            team, lambda client: client.chat_update(channel=channel, ts=ts, **post.arguments)
        )

    def whisper(self, team: str, channel: str, user: str, text: str) -> Answer:
        """Tell one person of the channel something that nobody else sees."""
        return self._call(team, lambda client: client.chat_postEphemeral(channel=channel, user=user, text=text))

    def link(self, place: Place | None) -> str:
        """Return the address of a message in Slack; empty where there is none, or Slack does not tell."""
        if place is None:
            return ""
        if place not in self._links:
            try:
                client = self._office.workspaces.client(place.team)
                answer = client.chat_getPermalink(channel=place.channel, message_ts=place.ts)
                found = answer.get("permalink")
            except (FrontdoorError, *CALL_ERRORS):
                return ""
            if len(self._links) >= _MOST_LINKS:
                self._links.clear()
            self._links[place] = found if isinstance(found, str) and found.startswith("https://") else ""
        return self._links[place]

    def _shut(self, team: str, channel: str) -> Answer | None:
        """Say why nothing may be said in a channel that others than ours read; looked at now and then."""
        if self._looked.get(channel, 0.0) > time.monotonic():
            return None
        spaces = self._office.workspaces
        try:
            why = spaces.audience.trouble(spaces.client(team), spaces.installation(team), team, channel)
        except FrontdoorError:
            return None
        except CALL_ERRORS as error:
            answer = _trouble(error)
            # Nothing was said yet, so nothing can have been taken.
            return replace(answer, heard=Heard.LATER) if answer.heard is Heard.UNSURE else answer
        if why:
            return Answer(heard=Heard.SHUT, code=why)
        self._looked[channel] = time.monotonic() + _LOOK_SECONDS
        return None

    def _call(self, team: str, call: Callable[[WebClient], SlackResponse]) -> Answer:
        try:
            client = self._office.workspaces.client(team)
        except UnreachableError as error:
            return Answer(heard=Heard.LATER, code=str(error), wait=_SHORTEST_WAIT)
        except FrontdoorError as error:
            return Answer(heard=Heard.SHUT, code=str(error))
        try:
            answer = call(client)
            return Answer(heard=Heard.TAKEN, ts=str(answer.get("ts") or ""))
        except CALL_ERRORS as error:
            return _trouble(error)


def _trouble(error: BaseException) -> Answer:
    code = code_of(error)
    if isinstance(error, SlackApiError):
        status = getattr(error.response, "status_code", HTTPStatus.OK)
        if status == HTTPStatus.TOO_MANY_REQUESTS or code in _LIMITED:
            return Answer(heard=Heard.LATER, code=code, wait=_retry_after(error))
        if code in _UNSURE or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return Answer(heard=Heard.UNSURE, code=code, wait=_SHORTEST_WAIT)
        return Answer(heard=Heard.SHUT if code in _SHUT else Heard.REFUSED, code=code)
    reason = error.reason if isinstance(error, URLError) else error
    code = type(reason if isinstance(reason, BaseException) else error).__name__
    # Where nobody answers, or no such host is known, nothing was taken.
    unheard = isinstance(reason, ConnectionRefusedError | socket.gaierror)
    return Answer(heard=Heard.LATER if unheard else Heard.UNSURE, code=code, wait=_SHORTEST_WAIT)


def _retry_after(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    stated = next((str(value) for name, value in headers.items() if str(name).lower() == "retry-after"), "")
    return min(max(float(stated), 1.0), _LONGEST_WAIT) if stated.isdecimal() else _SHORTEST_WAIT
