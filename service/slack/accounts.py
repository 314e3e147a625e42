"""People's accounts as Slack shows them, each asked for once a minute at most.

Slack counts these questions together with those of live intake: whoever presses a button again and again must not use
them up.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from service.slack.installs import Installation
from service.slack.web import NOT_SHOWN, code_of

_KEPT_SECONDS = 60.0
_MOST = 2000

Account = Mapping[str, Any]


# What Slack says of accounts that are no regular members.
_GUEST = ("is_restricted", "is_ultra_restricted", "is_stranger")


def is_guest(account: Account, found: Installation, team: str) -> bool:
    """Tell whether an account, seen from a workspace with an installation, is a guest's or another firm's."""
    if any(account.get(name) for name in _GUEST):
        return True
    ours = {found.enterprise_id, team if found.is_enterprise else found.id}
    grid = account.get("enterprise_user")
    whole = account.get("enterprise_id") or (grid.get("enterprise_id") if isinstance(grid, Mapping) else None)
    return ours.isdisjoint({account.get("team_id") or team, whole} - {None, ""})


class Accounts:
    """The accounts that were asked for lately, and who is not shown to us. Good for several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, str], tuple[float, Account | SlackApiError]] = OrderedDict()

    def get(self, client: WebClient, team: str, user: str) -> Account:
        """Return somebody's account, with their locale, as it is seen from a workspace. Raises CALL_ERRORS."""
        with self._lock:
            until, found = self._known.get((team, user), (0.0, None))
        if found is None or until < time.monotonic():
            found = _ask(client, user)
            with self._lock:
                self._known[team, user] = (time.monotonic() + _KEPT_SECONDS, found)
                self._known.move_to_end((team, user))
                if len(self._known) > _MOST:
                    self._known.popitem(last=False)
        if isinstance(found, SlackApiError):
            # One of its own for each who asks: several threads would share a trace.
            raise SlackApiError("not shown", found.response)  # type: ignore[no-untyped-call] # the library's
        return found


def _ask(client: WebClient, user: str) -> Account | SlackApiError:
    """Ask Slack; that it does not show somebody is an answer, too."""
    try:
        account: Account = client.users_info(user=user, include_locale=True)["user"]
    except SlackApiError as error:
        if code_of(error) in NOT_SHOWN:
            return error
        raise
    if not isinstance(account, Mapping):
        raise TypeError("an answer without an account")
    return account
