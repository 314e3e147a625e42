"""Slack's Web API as the live parts call it: once, within seconds, and silent about what it carries."""

import logging
from collections.abc import Mapping
from http.client import HTTPException
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from service.errors import ConfigurationError
from service.slack.installs import Installation

# What a call can raise: refusals, a network that fails, and answers that are not Slack's.
CALL_ERRORS = (SlackClientError, OSError, HTTPException, ValueError, LookupError, AttributeError, TypeError)
# Slack's names for a token that does not work any more, or not here.
DEAD_TOKEN = frozenset(
    {
        "account_inactive",
        "app_access_expired",
        "invalid_auth",
        "not_authed",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)

# Slack's names for people whom it does not show us.
NOT_SHOWN = frozenset({"user_not_found", "user_not_visible", "users_not_found"})

# Of these, what says for certain that the token is gone: the others may pass, when Slack itself is in trouble.
GONE_TOKEN = frozenset({"account_inactive", "app_access_expired", "token_expired", "token_revoked"})

# Long enough for a slow answer, short enough that somebody who presses a button hears of it.
_TIMEOUT_SECONDS = 10
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_CODE = 60
_MOST_TEAMS = 10_000

# The client, and Bolt, write whole requests and answers to their logger; they get one that leads nowhere.
silent_logger = logging.getLogger(f"{__name__}.nowhere")
silent_logger.setLevel(logging.CRITICAL + 1)
silent_logger.propagate = False


def web_client(token: str | None, *, base_url: str, team: str | None = None) -> WebClient:
    """Make a client that never repeats a call by itself: what was sent may have arrived.

    `team` goes with every call of a token that is good for a whole organisation.
    Raises ConfigurationError for an address to which the token would travel in the open.
    """
    where = urlsplit(base_url)
    if where.scheme != "https" and (where.scheme != "http" or where.hostname not in _LOOPBACK):
        raise ConfigurationError("base_url must start with https://: the token would cross the network in the open")
    return WebClient(
        token, base_url=base_url, timeout=_TIMEOUT_SECONDS, logger=silent_logger, retry_handlers=[], team_id=team
    )


def code_of(error: BaseException) -> str:
    """Return Slack's name for what went wrong, or the kind of failure; never a word of the answer."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data = error.response.data if hasattr(error.response, "data") else error.response
    code = data.get("error") if isinstance(data, Mapping) else None
    plain = isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum()
    return str(code)[:_LONGEST_CODE] if plain else "SlackApiError"


def is_shared(client: WebClient, channel: str) -> bool:
    """Ask Slack whether another firm's workspace is connected to a channel. Raises CALL_ERRORS."""
    return bool(client.conversations_info(channel=channel)["channel"].get("is_ext_shared"))


def signed_in(client: WebClient) -> Installation:
    """Ask Slack whose a bot token is. Raises CALL_ERRORS."""
    answer = client.auth_test()
    team, enterprise = str(answer["team_id"]), str(answer.get("enterprise_id") or "")
    whole = answer.get("is_enterprise_install") is True
    scopes = {name.lower(): str(value) for name, value in answer.headers.items()}.get("x-oauth-scopes", "")
    return Installation(
        id=(enterprise or team) if whole else team,
        enterprise_id=enterprise,
        is_enterprise=whole,
        name=str(answer.get("team") or ""),
        bot_id=str(answer.get("bot_id") or ""),
        bot_user_id=str(answer.get("user_id") or ""),
        scopes=tuple(one.strip() for one in scopes.split(",") if one.strip()),
        token=client.token or "",
    )


def teams_of(client: WebClient) -> dict[str, str]:
    """Ask for the teams that an organisation's token may act in: their names by id. Raises CALL_ERRORS."""
    found: dict[str, str] = {}
    cursor = ""
    while True:
        answer = client.auth_teams_list(limit=200, cursor=cursor or None)
        found |= {str(one["id"]): str(one.get("name") or "") for one in answer["teams"]}
        following = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not following or following == cursor or len(found) > _MOST_TEAMS:
            return found
        cursor = following
