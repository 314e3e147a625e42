"""What can go wrong with Slack, told apart by what to do next. All of it is a ConnectorError to the outside."""

import re

from connectors import ConnectorError

# The channel can't be read; the others can.
CHANNEL_CODES = frozenset(
    {"channel_not_found", "is_archived", "method_not_supported_for_channel_type", "not_in_channel", "team_not_found"}
)
# The thread was deleted between two calls.
THREAD_CODES = frozenset({"message_not_found", "thread_not_found"})
# Nobody we may know.
USER_CODES = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
# Worth asking again; Slack says so of each.
PASSING_CODES = frozenset(
    {"fatal_error", "internal_error", "ratelimited", "rate_limited", "request_timeout", "service_unavailable"}
)

# Slack's names for a token that does not work any more, or not here.
TOKEN_CODES = frozenset(
    {
        "access_denied",
        "account_inactive",
        "app_access_expired",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)
_CODE = re.compile(r"[a-z][a-z0-9_]{1,60}")
_SCOPES = re.compile(r"[a-z][a-z0-9:._,-]{1,200}")
_ADVICE = {
    "not_in_channel": "the app is not in this channel: invite it there",
    "channel_not_found": "this channel is gone, or the app is no longer in it",
    "is_archived": "this channel is archived",
    "not_allowed_token_type": "Slack wants another kind of token: use the app's bot token, which starts with xoxb-",
    "ekm_access_denied": "the workspace's administrators have suspended access to messages",
    "enterprise_is_restricted": "this token can't be used in the whole organisation: install the app in a workspace",
}


class DeclinedError(ConnectorError):
    """Slack answered a call with an error that asking again won't mend; `code` is Slack's name for it."""

    def __init__(self, text: str, *, code: str) -> None:
        super().__init__(text)
        self.code = code


class StoppedError(ConnectorError):
    """Reading was told to stop."""


def is_code(value: object) -> bool:
    """Whether this is one of Slack's error codes, and no text of somebody in between."""
    return isinstance(value, str) and bool(_CODE.fullmatch(value))


def declined(method: str, code: str, needed: object = None) -> DeclinedError:
    """Say what to do about an error; `needed` is the scope that Slack says is missing."""
    if code in TOKEN_CODES:
        text = f"Slack does not accept the token ({code}): install the app again and give its new token"
    elif code == "missing_scope":
        scope = needed if isinstance(needed, str) and _SCOPES.fullmatch(needed) else f"that {method} needs"
        text = f"the Slack app lacks the scope {scope}: add it to the app and install the app again"
    else:
        text = _ADVICE.get(code, f"Slack refuses {method}")
        text = f"{text} ({code})"
    return DeclinedError(text, code=code)
