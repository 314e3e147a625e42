r"""One signed-in connection: the few commands we use, in our own words. Nothing here changes anything on the server.

Folders are opened with EXAMINE and bodies read with BODY.PEEK[], so no flag is ever set and \Recent is left to the
owner's own programs. After ConnectionLostError the session is of no more use; after DeclinedError it is.
"""

import contextlib
import imaplib
import selectors
import time
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from threading import Event

from imapclient import IMAPClient

from connectors import ConnectorError
from connectors.imap.errors import ConnectionLostError, DeclinedError
from connectors.imap.folders import Folder, folders_listed
from connectors.imap.settings import ImapSettings
from connectors.imap.signin import connect, hang_up, speaking

# The answer to a SEARCH is one line, and imaplib gives up beyond a million characters: 50,000 ids are half of that.
_SEARCH_WINDOW = 50_000
_HIGHEST_UID = 2**32 - 1
# RFC 2177 wants IDLE renewed before 29 minutes; many a firewall forgets a silent connection after ten.
_IDLE_SECONDS = 9 * 60.0
_SLICE_SECONDS = 0.5
_FAREWELL_SECONDS = 2.0


class Undelivered(StrEnum):
    """Why a message that was asked for did not come."""

    GONE = "it was deleted before it could be fetched"
    EMPTY = "the server delivered nothing for it, as if it had just been deleted"
    DECLINED = "the server declined to deliver it"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What EXAMINE says of a folder. `uidnext` is None on servers that do not tell it."""

    uidvalidity: int
    uidnext: int | None
    exists: int

    def has_new(self, after: int) -> bool:
        """Whether there may be a message with a UID above `after`."""
        return self.exists > 0 and (self.uidnext is None or self.uidnext > after + 1)


class Session:
    """A connection that is signed in from the start."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._client: IMAPClient = connect(settings)

    def folders(self) -> tuple[Folder, ...]:
        """List every folder of the account."""
        with speaking(self._settings, "listing folders"):
            # The library's own reading of the list fails altogether over one folder named like "[x".
            answer = self._client._imap.list('""', '"*"')  # noqa: SLF001 - imaplib's public list, see above
        return folders_listed(answer[1])

    def examine(self, folder: Folder) -> View:
        """Open a folder for reading only. Raises ConnectorError when its UIDs can't be relied on."""
        with speaking(self._settings, "opening a folder"):
            answer = self._client.select_folder(folder.wire, readonly=True)
            view = View(
                uidvalidity=int(answer.get(b"UIDVALIDITY", 0)),
                uidnext=answer.get(b"UIDNEXT"),
                exists=int(answer.get(b"EXISTS", 0)),
            )
        if not view.uidvalidity:
            raise ConnectorError(
                f"{self._settings.where} gives no UIDVALIDITY for {folder.name!r}: there is no way to tell its messages"
                " apart; leave the folder out"
            )
        return view

    def uids(self, view: View, *, after: int) -> "array[int]":
        """Return the UIDs above `after` in the open folder, ascending."""
        spans = [f"{after + 1}:*"]
        if view.uidnext is not None and view.exists > _SEARCH_WINDOW:
            starts = range(after + 1, view.uidnext, _SEARCH_WINDOW)
            spans = [f"{start}:{min(start + _SEARCH_WINDOW, view.uidnext) - 1}" for start in starts]
        found = array("Q")
        for span in spans:
            with speaking(self._settings, "searching for new messages"):
                answer = self._client.search(f"UID {span}")
            # `n:*` always names the last message, however low its UID.
            found.extend(sorted({uid for uid in answer if after < uid <= _HIGHEST_UID}))
        return found

    def sizes(self, uids: Sequence[int]) -> dict[int, int | Undelivered]:
        """Return the size of each message in bytes."""
        found = self._fetch(uids, "RFC822.SIZE", b"RFC822.SIZE")
        return {uid: size if isinstance(size, int | Undelivered) else Undelivered.EMPTY for uid, size in found.items()}

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes | Undelivered]:
        """Fetch messages whole."""
        found = self._fetch(uids, "BODY.PEEK[]", b"BODY[]")
        return {
            uid: body if isinstance(body, bytes | Undelivered) else Undelivered.EMPTY for uid, body in found.items()
        }

    def idle(self, seconds: float, stop: Event) -> bool:
        """Wait in the open folder for a new message, `seconds` at most or until `stop` is set; True when there is one.

        When `stop` is set the session is closed: leaving IDLE in good order can take as long as the server likes.
        """
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            with speaking(self._settings, "waiting for new messages"):
                self._client.idle()
                self._sleep(min(left, _IDLE_SECONDS), stop)
                if stop.is_set():
                    hang_up(self._client)
                    return False
                _, responses = self._client.idle_done()
            if any(b"EXISTS" in response[1:] for response in responses):
                return True
        return False

    def can_idle(self) -> bool:
        """Whether the server offers IDLE."""
        with speaking(self._settings, "listing its capabilities"):
            return bool(self._client.has_capability("IDLE"))

    def close(self) -> None:
        """Say goodbye, briefly, and close the connection."""
        with contextlib.suppress(OSError, ValueError, imaplib.IMAP4.error):
            self._client.socket().settimeout(_FAREWELL_SECONDS)
            self._client.logout()
        hang_up(self._client)

    def _fetch(self, uids: Sequence[int], item: str, key: bytes) -> dict[int, object]:
        found = self._halved(uids, item, key)
        if len(found) > 1 and all(value is Undelivered.DECLINED for value in found.values()):
            raise ConnectionLostError(f"{self._settings.where} declined every message while fetching")
        return found

    def _halved(self, uids: Sequence[int], item: str, key: bytes) -> dict[int, object]:
        # Servers decline a whole FETCH over one bad message: it is halved until the bad one is alone.
        try:
            with speaking(self._settings, "fetching messages"):
                answer = self._client.fetch(uids, [item])
        except DeclinedError as error:
            if len(uids) > 1:
                middle = len(uids) // 2
                return self._halved(uids[:middle], item, key) | self._halved(uids[middle:], item, key)
            return {uids[0]: Undelivered.GONE if error.code == "EXPUNGEISSUED" else Undelivered.DECLINED}
        return {uid: answer.get(uid, {}).get(key, Undelivered.GONE) for uid in uids}

    def _sleep(self, seconds: float, stop: Event) -> None:
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._client.socket(), selectors.EVENT_READ)
            while not stop.is_set() and (left := deadline - time.monotonic()) > 0:
                if selector.select(min(left, _SLICE_SECONDS)):
                    return
