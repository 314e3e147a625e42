"""The workspaces that an app is installed in, and a client for each."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from service.crypto import Keys
from service.database import Database
from service.errors import NotFoundError
from service.settings import SlackSource


class NotInstalledError(NotFoundError):
    """The app is not installed in this workspace, or no longer."""


class Workspaces:
    """The workspaces of a Slack source: the one of its token, or those that installed the app."""

    def __init__(self, database: Database, keys: Keys, source: SlackSource, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._keys = keys
        self._source = source
        self._clock = clock

    def client(self, team: str, enterprise: str = "") -> WebClient:
        """Return the client of a workspace, with its bot token. Raises NotInstalledError."""
        raise NotImplementedError

    def token(self, team: str, enterprise: str = "") -> str:
        """Return the bot token of a workspace. Raises NotInstalledError."""
        raise NotImplementedError

    def own_client(self, team: str, user: str) -> WebClient | None:
        """Return a client with a person's own token, where they consented."""
        raise NotImplementedError

    def teams(self) -> tuple[str, ...]:
        """Return the ids of the workspaces that are connected."""
        raise NotImplementedError

    def authorize(
        self, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> AuthorizeResult | None:
        """Tell Bolt whose bot answers a request; None when the app is not installed there."""
        raise NotImplementedError

    def note_trouble(self, team: str, state: str, why: str) -> None:
        """Put on record that a workspace can't be used, or only slowly, and why, for the console and the doctor."""
        raise NotImplementedError

    def note_fine(self, team: str) -> None:
        """Put on record that a workspace can be used again; cheap when nothing was wrong."""
        raise NotImplementedError
