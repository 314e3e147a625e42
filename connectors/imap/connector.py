"""The mailbox as a source of batches: folders in turn, reconnecting in between, waiting for more."""

import logging
import random
import time
from collections.abc import Iterator, Mapping
from threading import Event

from connectors import Batch, ConnectorError
from connectors.imap.errors import ConnectionLostError, DeclinedError, SignInRefusedError
from connectors.imap.fetch import Strikes, drain
from connectors.imap.folders import Folder, folders_wanted
from connectors.imap.session import Session, View
from connectors.imap.settings import ImapSettings

_log = logging.getLogger(__name__)

_LONGEST_PAUSE = 30.0
# Servers lock an account after a handful of refusals within some minutes.
_REFUSED_SECONDS = 10 * 60.0


class Imap:
    """One mailbox. A stream is a folder by its readable name; for its cursor see connectors.imap.fetch.

    `stop` ends the pauses between attempts to reach a server that is away, in place of `close`.
    """

    def __init__(self, settings: ImapSettings, *, stop: Event | None = None) -> None:
        self.source = settings.name
        self._settings = settings
        self._session: Session | None = None
        self._folders: tuple[Folder, ...] = ()
        self._seen: dict[str, View] = {}
        self._strikes = Strikes()
        self._refused: tuple[float, str] | None = None
        self._closing = Event()
        self._stop = stop or self._closing
        self._jitter = random.SystemRandom()

    def batches(self, cursors: Mapping[str, str]) -> Iterator[Batch]:
        """Yield what is new in each folder, behind its cursor.

        A lost connection is made anew, with growing pauses, and reading goes on behind the last batch. Raises
        ConnectorError when that fails too often in a row, when sign-in is refused (tried again only after ten
        minutes, whoever asks, so that no account is locked) and when a folder is missing or can't be opened; the
        folders that can be opened are read first.
        """
        self._closing.clear()
        places = dict(cursors)
        failures = 0
        while True:
            try:
                for batch in self._once(places):
                    failures = 0
                    places[batch.stream] = batch.cursor
                    yield batch
                    # One batch in memory at a time: this one is let go of before the next is fetched.
                    del batch
            except ConnectionLostError as error:
                self._drop()
                failures += 1
                if failures >= self._settings.tries or self._stop.wait(self._pause(failures)):
                    raise
                _log.warning("mailbox %s: trying again, after %d failures in a row: %s", self.source, failures, error)
            else:
                return

    def wait(self, seconds: float, stop: Event) -> None:
        """Return when there is new mail in the inbox (with a server that offers IDLE), after `seconds`, or on `stop`.

        The other folders are not watched, and what the server says in the very breath in which it starts to watch may
        be overheard: both are found when the caller asks for batches after `seconds`.
        """
        started = time.monotonic()
        try:
            if self._woken(seconds, stop):
                return
        except ConnectorError:
            # What is wrong will be said, or will be over, when the next batch is asked for.
            self._drop()
            seconds = min(seconds, time.monotonic() - started + self._pause(4))
        stop.wait(max(0.0, seconds - (time.monotonic() - started)))

    def check(self) -> str:
        """Sign in, open every folder that would be read, and say how many messages there are. Tried once, now."""
        self._drop()
        self._refused = None
        counts = {folder.name: view.exists for folder, view in self._opened(self._connected())}
        some = ", ".join(f"{name} {count:,}" for name, count in list(counts.items())[:20])
        more = f" and {len(counts) - 20} more" if len(counts) > 20 else ""
        settings = self._settings
        return (
            f"signed in to {settings.where} as {settings.user}; messages: {sum(counts.values()):,}, "
            f"by folder: {some}{more}"
        )

    def close(self) -> None:
        """Leave the server, and end a pause before a reconnect; calling it twice is harmless."""
        self._closing.set()
        self._drop()

    def _once(self, places: Mapping[str, str]) -> Iterator[Batch]:
        session = self._connected()
        for folder, view in self._opened(session):
            yield from drain(
                session, folder, view, places.get(folder.name), settings=self._settings, strikes=self._strikes
            )

    def _opened(self, session: Session) -> Iterator[tuple[Folder, View]]:
        """Open one folder after the other; those that can't be opened are an error, but at the end."""
        self._folders = folders_wanted(session.folders(), self._settings.folders)
        closed: list[str] = []
        for folder in self._folders:
            try:
                view = session.examine(folder)
            except DeclinedError as error:
                closed.append(f"{folder.name!r} {error.code}".rstrip())
                continue
            self._seen[folder.wire] = view
            yield folder, view
        if closed:
            raise ConnectorError(
                f"{self._settings.where} does not open {', '.join(closed)}; check the account's rights, or leave it out"
            )

    def _woken(self, seconds: float, stop: Event) -> bool:
        session = self._session
        if session is None or not self._folders or stop.is_set() or not session.can_idle():
            return False
        folder = next((one for one in self._folders if one.is_inbox), self._folders[0])
        # What came between the last look and this one is in the view; only what comes from now on is told by IDLE.
        before, now = self._seen.get(folder.wire), session.examine(folder)
        self._seen[folder.wire] = now
        if now != before or session.idle(seconds, stop):
            return True
        if stop.is_set():
            self._session = None
        return False

    def _connected(self) -> Session:
        if self._refused and time.monotonic() < self._refused[0]:
            raise SignInRefusedError(self._refused[1])
        if self._session is None:
            try:
                self._session = Session(self._settings)
            except SignInRefusedError as error:
                self._refused = (time.monotonic() + _REFUSED_SECONDS, str(error))
                raise
        return self._session

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def _pause(self, failures: int) -> float:
        longest = min(_LONGEST_PAUSE, self._settings.pause * 2 ** (failures - 1))
        return self._jitter.uniform(longest / 2, longest)
