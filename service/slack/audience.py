"""Who reads a channel: where alerts are posted, nobody but the regular members of our own workspaces may."""

import threading
import time
from collections.abc import Sequence
from itertools import islice

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from service.slack.accounts import Account, is_guest
from service.slack.installs import Installation
from service.slack.web import NOT_SHOWN, code_of, is_shared

# Our own names for what keeps alerts out of a channel: whoever else is in it would read every one.
SHARED = "shared_with_others"
GUESTS = "guests_in_channel"
CROWDED = "too_many_in_channel"

_KEPT_SECONDS = 3600.0
_MOST_MEMBERS = 1000
_MOST_CHANNELS = 1000
_MOST_PEOPLE = 20_000
_PAGE, _PAGES = 200, 50
# Slack counts questions about single people together with those of live intake; beyond so many, everybody is listed.
_MANY, _LISTED, _LISTED_PAGES = 50, 1000, 15


class Audience:
    """What is known of who is in channels, asked for once an hour at most while nobody joins or leaves.

    Good for several threads at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[tuple[str, str], tuple[float, str]] = {}
        self._ours: dict[tuple[str, str], float] = {}

    def trouble(self, client: WebClient, found: Installation, team: str, channel: str) -> str:
        """Name what speaks against alerts in a channel: SHARED, GUESTS or CROWDED; empty when nothing does.

        Raises CALL_ERRORS. What was learned until then is kept.
        """
        if is_shared(client, channel):
            return SHARED
        with self._lock:
            until, why = self._found.get((team, channel), (0.0, ""))
        if until < time.monotonic():
            why = self._look(client, found, team, channel)
            with self._lock:
                if len(self._found) >= _MOST_CHANNELS:
                    self._found.clear()
                self._found[team, channel] = (time.monotonic() + _KEPT_SECONDS, why)
        return why

    def forget(self, channel: str) -> None:
        """Ask again who is in a channel: somebody joined or left."""
        with self._lock:
            for place in [one for one in self._found if one[1] == channel]:
                del self._found[place]

    def _look(self, client: WebClient, found: Installation, team: str, channel: str) -> str:
        members: list[str] = []
        for number, answer in enumerate(client.conversations_members(channel=channel, limit=_PAGE)):
            members += map(str, answer["members"])
            if len(members) > _MOST_MEMBERS or number > _PAGES:
                return CROWDED
        missing = self._missing(team, members)
        if len(missing) > _MANY:
            for answer in islice(client.users_list(limit=_LISTED), _LISTED_PAGES):
                listed = {str(one["id"]): one for one in answer["members"]}
                if any(self._is_outside(found, team, one, listed[one]) for one in missing if one in listed):
                    return GUESTS
                missing = self._missing(team, missing)
                if not missing:
                    break
        return GUESTS if any(self._is_outside(found, team, one, _ask(client, one)) for one in missing) else ""

    def _missing(self, team: str, members: Sequence[str]) -> list[str]:
        now = time.monotonic()
        with self._lock:
            return [one for one in members if self._ours.get((team, one), 0.0) < now]

    def _is_outside(self, found: Installation, team: str, user: str, account: Account | None) -> bool:
        """Tell whether somebody is none of ours, and remember who is; in doubt they are not."""
        if account is None or (is_guest(account, found, team) and not account.get("deleted")):
            return True
        with self._lock:
            if len(self._ours) >= _MOST_PEOPLE:
                self._ours.clear()
            self._ours[team, user] = time.monotonic() + _KEPT_SECONDS
        return False


def _ask(client: WebClient, user: str) -> Account | None:
    """Return somebody's account; None when Slack does not show it to us."""
    try:
        account: Account = client.users_info(user=user)["user"]
    except SlackApiError as error:
        if code_of(error) in NOT_SHOWN:
            return None
        raise
    return account
