"""A Slack workspace as a source of batches: the channels the app is in, one after the other.

Only these are ever listed (users.conversations, not conversations.list: what else the company talks about is none of
our business), and of these, unless told otherwise, only those with an outsider in them are read. For how a channel is
read so that a kill loses nothing, see connectors.slack.channel.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from threading import Event

from connectors import Batch, ConnectorError, Refusal
from connectors.parse.slack_people import identifier, one_line, own_domain, parse_channel
from connectors.slack.api import PATIENCE, SlackApi
from connectors.slack.channel import read_channel
from connectors.slack.cursor import load_cursor
from connectors.slack.errors import CHANNEL_CODES, DeclinedError, StoppedError
from connectors.slack.people import People
from connectors.slack.room import Room
from connectors.slack.settings import MAIL_SCOPE, SCOPES, SlackSettings

_log = logging.getLogger(__name__)

# How often a pause looks whether it should end.
_SLICE = 0.1


class SlackHistory:
    """One workspace. A stream is a channel by its id; for its cursor see connectors.slack.cursor.

    `stop`, when set, ends a pass before its next call, and any pause that Slack asked for; so does `close`. `patience`
    are the seconds before each further try of a call that failed in passing.
    """

    def __init__(
        self, settings: SlackSettings, *, stop: Event | None = None, patience: Sequence[float] = PATIENCE
    ) -> None:
        self.source = settings.name
        self._settings = settings
        self._closing = Event()
        self._stop = stop or Event()
        self._api = SlackApi(settings, pause=self._pause, patience=patience)
        self._people: People | None = None
        self._team = ""
        self._absent: tuple[str, ...] = ()
        self._complained: set[str] = set()

    @property
    def own_domain(self) -> str:
        """The domain of our own people without a known mail address (`t0123.slack`); signs in to learn it.

        It belongs among the directory's own domains. Raises ConnectorError.
        """
        if not self._team:
            self._closing.clear()
            self._sign_in()
        return own_domain(self._team)

    def batches(self, cursors: Mapping[str, str]) -> Iterator[Batch]:
        """Yield what is new in each channel, behind its cursor.

        A channel that can't be read gives a refusal, once, and the others go on. Raises ConnectorError when Slack
        can't be reached, refuses the token or wants a scope that it lacks.
        """
        self._closing.clear()
        try:
            self._sign_in()
            for room in self._rooms():
                yield from self._read(room, cursors.get(room.id, ""))
            for name in self._absent:
                yield from self._complain(name, "", "the app is not in this channel: invite it there")
        except StoppedError:
            return

    def wait(self, seconds: float, stop: Event) -> None:
        """Return after `seconds`, or when `stop` is set: history can only be asked for again."""
        self._stop = stop
        self._pause(seconds)

    def check(self) -> str:
        """Sign in, compare the scopes, and say how many channels would be read.

        Raises ConnectorError when a scope is missing or there would be none.
        """
        self._closing.clear()
        answer = self._sign_in()
        where = f"signed in to {one_line(answer.get('team'))} as {one_line(answer.get('user'))}"
        granted = self._api.scopes
        lacking = [scope for scope in SCOPES if granted and scope not in granted]
        if lacking:
            raise ConnectorError(f"{where}; the app lacks {', '.join(lacking)}: add them and install it again")
        rooms = list(self._rooms())
        read = [room for room in rooms if not self._settings.only_shared or room.has_outsider()]
        if not read:
            some = f"is in {len(rooms)} channels, none with an outsider" if rooms else "is in none of the channels"
            raise ConnectorError(f"{where}; it {some}: invite the app where suppliers are")
        some = ", ".join(f"#{room.name or room.id}" for room in read[:20])
        more = f" and {len(read) - 20} more" if len(read) > 20 else ""
        absent = f"; not in {', '.join(self._absent)}: invite the app there" if self._absent else ""
        mail = "" if not granted or MAIL_SCOPE in granted else f"; without {MAIL_SCOPE}, people are Slack ids only"
        return f"{where}; reads {len(read)} of {len(rooms)} channels: {some}{more}{absent}{mail}"

    def close(self) -> None:
        """End a pass that is under way; there is nothing else to let go of."""
        self._closing.set()

    def _sign_in(self) -> Mapping[str, object]:
        answer = self._api.call("auth.test")
        team = self._settings.team or identifier(answer.get("team_id"))
        if not team:
            raise ConnectorError("Slack does not say which workspace the token is for")
        if team != self._team:
            self._team = team
            self._people = People(
                self._api,
                team=team,
                enterprise=identifier(answer.get("enterprise_id")),
                team_named=bool(self._settings.team),
            )
        return answer

    def _rooms(self) -> Iterator[Room]:
        """Yield the channels to look at; when through, `_absent` are those that were asked for and are not there."""
        assert self._people is not None
        absent = dict.fromkeys(self._settings.channels)
        pages = self._api.pages(
            "users.conversations",
            "channels",
            types="public_channel,private_channel",
            exclude_archived=0,
            limit=200,
            **({"team_id": self._settings.team} if self._settings.team else {}),
        )
        for page in pages:
            for raw in page:
                bare = parse_channel(raw, team=self._team) if isinstance(raw, Mapping) else None
                wanted = self._settings.names_of(bare.id, bare.name) if bare is not None else frozenset()
                if bare is not None and (wanted or not self._settings.channels):
                    yield Room(self._api, self._people, raw, bare, team=self._team, bots=self._settings.bots)
                for one in wanted:
                    absent.pop(one, None)
        self._absent = tuple(absent)

    def _read(self, room: Room, stored: str) -> Iterator[Batch]:
        cursor = load_cursor(stored)
        if room.archived and cursor.closed:
            return
        try:
            if not self._settings.only_shared or room.has_outsider():
                for batch in read_channel(self._api, room, cursor, self._settings):
                    stored = batch.cursor
                    yield batch
        except DeclinedError as error:
            if error.code not in CHANNEL_CODES:
                raise
            _log.warning("channel %s of %s can't be read: %s", room.id, self.source, error.code)
            yield from self._complain(room.id, stored, str(error))

    def _complain(self, stream: str, cursor: str, why: str) -> Iterator[Batch]:
        """Say once, and not at every pass, that a channel can't be read."""
        if stream not in self._complained:
            self._complained.add(stream)
            yield Batch(stream=stream, messages=(), cursor=cursor, refusals=(Refusal(where=stream, why=why),))

    def _pause(self, seconds: float) -> bool:
        """Wait; tells whether to stop instead of going on."""
        end = time.monotonic() + seconds
        while not self._stopped():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._closing.wait(min(left, _SLICE))
        return True

    def _stopped(self) -> bool:
        return self._closing.is_set() or self._stop.is_set()
