"""Reading the events of many workspaces, each with its own token, none at another's expense."""

import logging
import time

from connectors import ConnectorError
from connectors.parse.slack import SlackParseError
from connectors.slack.errors import CHANNEL_CODES, TOKEN_CODES, DeclinedError
from connectors.slack.live import Heard, PauseError, Place, SlackLive
from service.errors import FrontdoorError
from service.failures import note_unexpected
from service.pipeline.connect import live_for
from service.slack.intake import Waiting
from service.slack.models import WorkspaceState
from service.slack.office import Office
from service.slack.web import DEAD_TOKEN, GONE_TOKEN
from service.slack.workspaces import NotInstalledError

log = logging.getLogger("frontdoor.pipeline")

_TRIES = 5
# Seconds until a workspace is tried again: after a failure in passing, and after its token was refused.
_PASSING, _REFUSED = 5.0, 60.0
# A channel that fails again and again rests ever longer, so that the others of its workspace get their turn.
_LONGEST_REST = 60.0
# Slack refuses the token, or its organisation does, whatever is asked for.
_REFUSING = TOKEN_CODES | DEAD_TOKEN | {"ekm_access_denied", "enterprise_is_restricted", "not_allowed_token_type"}
_NOT_READ = frozenset({*CHANNEL_CODES, "missing_scope"})


class NotNowError(Exception):
    """The event has to wait; `failed` counts a try against it."""

    def __init__(self, *, failed: bool = False) -> None:
        super().__init__()
        self.failed = failed


class Hearing:
    """The readers of all workspaces of a Slack source. One thread's own, `forget` excepted."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._readers: dict[tuple[str, str], tuple[str, SlackLive]] = {}
        self._held: dict[str, float] = {}
        self._resting: dict[tuple[str, str], tuple[float, float]] = {}

    @property
    def held(self) -> list[str]:
        """The workspaces that can't be asked just now."""
        now = time.monotonic()
        return [team for team, until in self._held.items() if until > now]

    @property
    def resting(self) -> list[tuple[str, str]]:
        """The channels (team and id) that can't be asked about just now, while others can."""
        now = time.monotonic()
        return [place for place, (until, _) in self._resting.items() if until > now]

    def hear(self, event: Waiting) -> Heard:
        """Read an event. Raises SlackParseError for what is no message, NotNowError when it must wait."""
        place = (event.team, str(event.event.get("channel")))
        if max(self._held.get(event.team, 0.0), self._resting.get(place, (0.0, 0.0))[0]) > time.monotonic():
            raise NotNowError
        try:
            heard = self._read(event)
        except (SlackParseError, NotNowError):
            raise
        except PauseError as error:
            self._hold(event.team, error.seconds)
            raise NotNowError from error
        except DeclinedError as error:
            return self._declined(event, place, error)
        except (ConnectorError, FrontdoorError) as error:
            log.warning("events of workspace %s have to wait (%s)", event.team, type(error).__name__)
            self._hold(event.team, _PASSING)
            self._rest(place)
            raise NotNowError from error
        except Exception as error:
            note_unexpected(error)
            if event.tries + 1 >= _TRIES:
                raise SlackParseError("it could not be worked on") from error
            raise NotNowError(failed=True) from error
        self._resting.pop(place, None)
        return heard

    def reader(self, event: Waiting) -> SlackLive | None:
        """Return the reader of an event's workspace, made anew when its token has changed.

        None for what came by the token of a person who has withdrawn their consent.
        """
        office = self._office
        if event.user:
            client = office.workspaces.own_client(event.team, event.user)
            token = client.token if client is not None else None
        else:
            token = office.workspaces.token(event.team, event.enterprise)
        if not token:
            self._readers.pop((event.team, event.user), None)
            return None
        known = self._readers.get((event.team, event.user))
        if known is None or known[0] != token:
            known = (token, live_for(office.source, token, team=event.team, direct=bool(event.user)))
            self._readers[event.team, event.user] = known
        return known[1]

    def place(self, event: Waiting, channel: str) -> Place | None:
        """Tell what is known of a channel that the app itself was told of."""
        known = self._readers.get((event.team, ""))
        return known[1].place(channel) if known is not None and not event.user else None

    def forget(self, team: str, channel: str) -> None:
        """Ask again who is in a channel."""
        for (one, _), (_, reader) in list(self._readers.items()):
            if one == team:
                reader.forget(channel)

    def _read(self, event: Waiting) -> Heard:
        try:
            reader = self.reader(event)
        except NotInstalledError as error:
            if self._office.source.token is None:
                return Heard(channel="", why="the app is not installed there any more")
            # A single token that is refused is mended in the configuration, and what waits is read then.
            self._hold(event.team, _REFUSED)
            raise NotNowError from error
        if reader is None:
            return Heard(channel="", why="a direct message without consent")
        return reader.hear(event.event)

    def _declined(self, event: Waiting, place: tuple[str, str], error: DeclinedError) -> Heard:
        if error.code in _NOT_READ:
            return Heard(channel="", why=str(error))
        if error.code not in _REFUSING:
            log.warning("a channel of workspace %s can't be read (%s)", *place[:1], error.code)
            self._rest(place)
            raise NotNowError from error
        self._readers.pop((event.team, event.user), None)
        if event.user:
            return Heard(channel="", why=f"the person's own token is not accepted ({error.code})")
        # The token is refused: nothing of this workspace can be read until somebody mends that.
        state = WorkspaceState.REVOKED if error.code in GONE_TOKEN else WorkspaceState.LIMITED
        self._office.workspaces.note_trouble(event.team, state.value, str(error))
        self._hold(event.team, _REFUSED)
        raise NotNowError from error

    def _rest(self, place: tuple[str, str]) -> None:
        """Leave a channel alone for a while, each time for twice as long."""
        _, seconds = self._resting.get(place, (0.0, _PASSING))
        self._resting[place] = (time.monotonic() + seconds, min(2 * seconds, _LONGEST_REST))

    def _hold(self, team: str, seconds: float) -> None:
        self._held[team] = time.monotonic() + seconds
