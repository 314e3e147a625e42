"""What an operator says about a Slack workspace."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from connectors import ConnectorError

# What the app needs to be granted; SlackHistory.check compares.
SCOPES = ("channels:history", "channels:read", "groups:history", "groups:read", "users:read")
# Without it people are known by their Slack ids alone.
MAIL_SCOPE = "users:read.email"

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """One workspace, read with the token of an app that was invited to some channels.

    `channels` narrows what is read to these names (with or without #) or ids. With `only_shared` a channel is read
    only while an outsider is in it: another firm, a guest, anyone of another workspace. Of the last `window_days`
    every pass looks for edits and new replies; of the last `deep_days`, one pass in `deep_hours`. `page_size` is
    what is asked for at once, at most 200. What is younger than `grace_seconds` is left to a later pass, for somebody
    who hears of it sooner. With `bots`, what apps and workflows post counts as said. A token of a whole Enterprise Grid
    needs the `team` that is meant; any other knows its own.

    Raises ConnectorError, saying what to mend, when a value is out of range.
    """

    name: str
    token: str = field(repr=False)
    channels: tuple[str, ...] = ()
    only_shared: bool = True
    window_days: float = 3.0
    deep_days: float = 30.0
    deep_hours: float = 1.0
    grace_seconds: float = 0.0
    bots: bool = False
    team: str = ""
    base_url: str = "https://slack.com/api/"
    page_size: int = 200
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if not self.token.strip() or not self.token.isascii() or any(map(str.isspace, self.token.strip())):
            raise ConnectorError("the Slack token is empty or holds characters that no token has")
        if not 1 <= self.page_size <= 200:
            raise ConnectorError("page_size must be between 1 and 200")
        if self.window_days < 0 or self.deep_days < self.window_days or self.deep_hours < 0:
            raise ConnectorError("window_days must be at least 0 and at most deep_days")
        if self.grace_seconds < 0:
            raise ConnectorError("grace_seconds must not be negative")
        where = urlsplit(self.base_url)
        if where.scheme != "https" and (where.scheme != "http" or where.hostname not in _LOOPBACK):
            raise ConnectorError("base_url must start with https://: the token would cross the network in the open")

    def names_of(self, channel_id: str, name: str) -> frozenset[str]:
        """Return the entries of `channels` that mean this channel."""
        names = (channel_id, name.lower(), f"#{name.lower()}")
        return frozenset(one for one in self.channels if one in names or one.lower() in names[1:])
