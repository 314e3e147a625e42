"""The users of a workspace, asked for once and kept for a while."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from itertools import islice

from connectors.parse.slack_people import SlackUser, identifier, mapping, parse_user
from connectors.slack.api import SlackApi
from connectors.slack.errors import USER_CODES, DeclinedError

# Names and mail addresses change rarely; guests are invited more often than that.
_KEPT_SECONDS = 3600.0
_KEPT = 50_000
# Slack lets us ask for about so many people a minute, one by one; after that many, everybody is paged through, as far
# as that is not a whole minute's calls itself.
_MANY, _PAGE, _PAGES = 90, 1000, 15


class People:
    """Users by id, as SlackUsers wants them: `get` answers from memory alone, `learn` asks Slack.

    They are apart so that a message full of invented mentions costs no calls. `team_named`: whether the token is one
    of a whole organisation, which must say the team it means.
    """

    def __init__(self, api: SlackApi, *, team: str, enterprise: str, team_named: bool = False) -> None:
        self._api = api
        self._team = team
        self._enterprise = enterprise
        self._meant = {"team_id": team} if team_named else {}
        self._asked = 0
        self._known: OrderedDict[str, tuple[float, SlackUser | None]] = OrderedDict()

    def get(self, user_id: str, /) -> SlackUser | None:
        """Return a user we were told about."""
        entry = self._known.get(user_id)
        return entry[1] if entry else None

    def learn(self, user_ids: Iterable[str]) -> None:
        """Get to know these users; those whom Slack won't show stay unknown."""
        missing = self._missing(user_ids)
        self._asked += len(missing)
        if self._asked > _MANY and missing:
            self._asked = 0
            missing = self._page_through(missing)
        for user_id in missing:
            self._ask(user_id)

    def _page_through(self, missing: list[str]) -> list[str]:
        """Go through everybody until these are found, or a while; returns who was not."""
        pages = self._api.pages("users.list", "members", limit=_PAGE, include_locale=1, **self._meant)
        for page in islice(pages, _PAGES):
            for raw in page:
                self._remember(identifier(mapping(raw).get("id")), raw)
            missing = self._missing(missing)
            if not missing:
                break
        return missing

    def _missing(self, user_ids: Iterable[str]) -> list[str]:
        oldest = time.monotonic() - _KEPT_SECONDS
        wanted = dict.fromkeys(filter(None, map(identifier, user_ids)))
        return [one for one in wanted if one not in self._known or self._known[one][0] < oldest]

    def _ask(self, user_id: str) -> None:
        try:
            raw = self._api.call("users.info", user=user_id, include_locale=1).get("user")
        except DeclinedError as error:
            if error.code not in USER_CODES:
                raise
            raw = None
        self._remember(user_id, raw)

    def _remember(self, user_id: str, raw: object) -> None:
        if not user_id:
            return
        user = parse_user(mapping(raw), team=self._team, enterprise=self._enterprise)
        self._known[user_id] = (time.monotonic(), user)
        self._known.move_to_end(user_id)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
