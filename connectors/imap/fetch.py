"""Reading a folder from where we were: the UID state machine.

IMAP names a message by its folder, the folder's UIDVALIDITY and a UID, and promises two things (RFC 3501, 2.3.1.1):
within one UIDVALIDITY a UID is given once and later messages get higher ones; and when a folder is made anew, restored
or renumbered, its UIDVALIDITY changes. So one pair of numbers is all there is to remember of a folder, and the cursor
is just that: `v1 UIDVALIDITY UID`, the UID being that of the last message yielded or refused.

    no cursor ─────────────┐
    not a cursor of ours ──┼──▶ UID = 0 ─┐
    other UIDVALIDITY ─────┘             ├─▶ UIDs above it ──▶ sizes ──▶ bodies, in chunks ──▶ Batch, cursor moves
    same UIDVALIDITY ──────▶ UID stands ─┘        ▲                            │
                                                  └──── connection lost ◀──────┘  (from the last batch that was yielded)

Going back to UID 0 delivers messages again that are known already. That is harmless, since what is stored has a unique
key, and the alternative is to miss some; so a cursor that makes no sense is no error either, only a line in the log.

HIGHESTMODSEQ is not part of the cursor: it moves with every flag somebody sets, while UIDNEXT, which every server
gives, says by itself whether there is anything new.

A message can be refused and the cursor still moves past it: too large, deleted in between, not delivered, not
readable. What is left is the message that breaks the connection each time it is asked for. `Strikes` counts, by
message, how often the connection was lost while it was on its way: after the first loss it is asked for alone, after
the third it is refused.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from connectors import Batch, Refusal
from connectors.imap.errors import BusyError, ConnectionLostError
from connectors.imap.folders import Folder
from connectors.imap.session import Session, Undelivered, View
from connectors.imap.settings import ImapSettings
from connectors.parse.mail import ParseError, parse_mail
from messages import Message

_log = logging.getLogger(__name__)

_CURSOR = re.compile(r"v1 ([0-9]{1,10}) ([0-9]{1,10})")
# Sizes are asked for in one go for several calls' worth of messages: a round trip less for each.
_SIZES_AT_ONCE = 500
_CHUNK_BYTES = 16 * 2**20
_STRIKES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """How far a folder has been read."""

    uidvalidity: int
    uid: int

    def __str__(self) -> str:
        return f"v1 {self.uidvalidity} {self.uid}"


class Strikes:
    """How often each message was on its way when the connection was lost."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, int, int]] = Counter()

    def of(self, folder: Folder, place: Place) -> int:
        """Count those of one message."""
        return self._counts[folder.wire, place.uidvalidity, place.uid]

    def add(self, folder: Folder, places: Iterable[Place]) -> None:
        """Count one more for each."""
        self._counts.update((folder.wire, place.uidvalidity, place.uid) for place in places)

    def forget(self, folder: Folder, places: Iterable[Place]) -> None:
        """Start anew with messages that arrived."""
        for place in places:
            self._counts.pop((folder.wire, place.uidvalidity, place.uid), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """The reading of one folder as EXAMINE found it."""

    session: Session
    folder: Folder
    uidvalidity: int
    settings: ImapSettings
    strikes: Strikes

    def place(self, uid: int) -> Place:
        return Place(uidvalidity=self.uidvalidity, uid=uid)

    def struck(self, uid: int) -> int:
        return self.strikes.of(self.folder, self.place(uid))


def place_in(view: View, cursor: str | None) -> Place:
    """Tell where to go on in a folder: behind the cursor if it is of this UIDVALIDITY, else at the beginning."""
    match = _CURSOR.fullmatch(cursor or "")
    if match and int(match.group(1)) == view.uidvalidity:
        return Place(uidvalidity=view.uidvalidity, uid=int(match.group(2)))
    if cursor is not None and view.exists:
        reason = "is a new one (its UIDVALIDITY changed)" if match else "has a cursor that is none of ours"
        _log.warning("a folder %s: it is read again from its beginning", reason)
    return Place(uidvalidity=view.uidvalidity, uid=0)


def drain(
    session: Session, folder: Folder, view: View, cursor: str | None, *, settings: ImapSettings, strikes: Strikes
) -> Iterator[Batch]:
    """Yield what is in the open folder behind the cursor, one batch for each call to the server.

    Raises ConnectionLostError when the connection is lost, having counted a strike for each message on its way.
    """
    place = place_in(view, cursor)
    if not view.has_new(place.uid):
        return
    errand = _Errand(session=session, folder=folder, uidvalidity=view.uidvalidity, settings=settings, strikes=strikes)
    uids = session.uids(view, after=place.uid)
    done, total = max(0, view.exists - len(uids)), max(view.exists, len(uids))
    for sizes in _with_sizes(session, uids):
        for chunk in _chunks(errand, sizes):
            done += len(chunk)
            yield _batch(errand, chunk, done=done, total=total)


def _with_sizes(session: Session, uids: Sequence[int]) -> Iterator[dict[int, int | Undelivered]]:
    for start in range(0, len(uids), _SIZES_AT_ONCE):
        yield session.sizes(list(uids[start : start + _SIZES_AT_ONCE]))


def _chunks(errand: _Errand, sizes: Mapping[int, int | Undelivered]) -> Iterator[dict[int, str]]:
    """Divide messages into calls, each within the bounds of number and bytes.

    A chunk maps UIDs to the reason for which the message is not to be asked for, empty for those that are.
    """
    chunk: dict[int, str] = {}
    weight = 0
    for uid, size in sizes.items():
        reason = _reason_to_skip(errand, uid, size)
        cost = size if isinstance(size, int) and not reason else 0
        alone = not reason and errand.struck(uid) > 0
        if chunk and (alone or len(chunk) >= errand.settings.batch_size or weight + cost > _CHUNK_BYTES):
            yield chunk
            chunk, weight = {}, 0
        chunk[uid] = reason
        weight += _CHUNK_BYTES if alone else cost
    if chunk:
        yield chunk


def _reason_to_skip(errand: _Errand, uid: int, size: int | Undelivered) -> str:
    if isinstance(size, Undelivered):
        return size.value
    if size > errand.settings.max_message_bytes:
        return _too_large(errand, size)
    if errand.struck(uid) >= _STRIKES:
        return f"the connection broke {_STRIKES} times while it was fetched"
    return ""


def _batch(errand: _Errand, chunk: Mapping[int, str], *, done: int, total: int) -> Batch:
    wanted = [uid for uid, reason in chunk.items() if not reason]
    bodies = _bodies(errand, wanted) if wanted else {}
    messages: list[Message] = []
    refusals: list[Refusal] = []
    for uid, reason in chunk.items():
        outcome = Refusal(where=_where(errand, uid), why=reason) if reason else _read(errand, uid, bodies.pop(uid))
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        else:
            messages.append(outcome)
    return Batch(
        stream=errand.folder.name,
        messages=tuple(messages),
        refusals=tuple(refusals),
        cursor=str(errand.place(max(chunk))),
        done=done,
        total=total,
    )


def _bodies(errand: _Errand, uids: list[int]) -> dict[int, bytes | Undelivered]:
    places = [errand.place(uid) for uid in uids]
    try:
        bodies = errand.session.bodies(uids)
    except BusyError:
        raise
    except ConnectionLostError:
        errand.strikes.add(errand.folder, places)
        raise
    errand.strikes.forget(errand.folder, places)
    return bodies


def _read(errand: _Errand, uid: int, body: bytes | Undelivered) -> Message | Refusal:
    where = _where(errand, uid)
    if isinstance(body, Undelivered):
        return Refusal(where=where, why=body.value)
    # Some servers estimate the size they tell.
    if len(body) > errand.settings.max_message_bytes:
        return Refusal(where=where, why=_too_large(errand, len(body)))
    try:
        return parse_mail(body, fallback_id=f"{errand.settings.name}/{where}")
    except ParseError as error:
        return Refusal(where=where, why=str(error))


def _too_large(errand: _Errand, size: int) -> str:
    return f"its {size:,} bytes are more than the limit of {errand.settings.max_message_bytes:,}"


def _where(errand: _Errand, uid: int) -> str:
    return f"{errand.folder.name};uid={uid}"
