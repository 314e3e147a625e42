"""What went before each message of a run of files: the earlier messages of its thread, without their words.

Files come in any order, so that everything is read once for its headers before anything is judged. Messages belong to
one thread when they share one of `thread_ids`; a reply that names no other message joins the latest earlier mail of the
same subject and firms within 30 days, as in the store. Earlier is what has an earlier date; where one of two has none,
what was read first.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime

from detectors.context import Context
from messages import Channel, Directory, Envelope, Message, counterparties_of, subject_key, thread_ids
from service.threads.order import envelope_of, goes_before, in_order, is_bare_reply, is_near


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A message that was read: its place in the run, its envelope, and the first name of its thread."""

    place: int
    name: str
    envelope: Envelope
    subject: tuple[str, ...] = ()
    is_bare_reply: bool = False


@dataclass(slots=True)
class History:
    """The envelopes of all messages of a run that touch a counterparty, by thread."""

    directory: Directory
    _known: list[_Known] = field(default_factory=list)
    _parents: dict[str, str] = field(default_factory=dict)
    _threads: dict[str, list[_Known]] = field(default_factory=dict)
    _places: int = 0

    def add(self, message: Message) -> None:
        """Take note of the next message of the run."""
        self._places += 1
        parties = counterparties_of(message, self.directory)
        if not parties:
            return
        names = [f"{message.channel}\n{one}" for one in thread_ids(message)]
        for one in names[1:]:
            self._join(names[0], one)
        self._known.append(
            _Known(
                place=self._places,
                name=names[0],
                envelope=envelope_of(message),
                subject=_subject(message, sorted(one.name for one in parties)),
                is_bare_reply=is_bare_reply(message),
            )
        )

    def close(self) -> None:
        """Put everything into its thread: call it once, when all has been read."""
        self._join_bare_replies()
        threads = defaultdict(list)
        for one in self._known:
            threads[self._root(one.name)].append(one)
        self._threads = dict(threads)

    def before(self, message: Message, place: int) -> tuple[Envelope, ...]:
        """Return what went before the message that was read as number `place`, from 1, the oldest first."""
        name = f"{message.channel}\n{thread_ids(message)[0]}"
        own = next((one for one in self._threads.get(self._root(name), ()) if one.place == place), None)
        if own is None:
            return ()
        earlier = [one for one in self._threads[self._root(name)] if goes_before(_when(one), _when(own))]
        return tuple(one.envelope for one in in_order(earlier, _when))

    def context(self, context: Context, message: Message, place: int) -> Context:
        """Return the context with what went before a message."""
        return replace(context, earlier=self.before(message, place))

    def _join_bare_replies(self) -> None:
        latest: dict[tuple[str, ...], _Known] = {}
        for one in in_order((one for one in self._known if one.subject), _when):
            before = latest.get(one.subject)
            if one.is_bare_reply and before is not None and is_near(before.envelope.sent_at, one.envelope.sent_at):
                self._join(before.name, one.name)
            latest[one.subject] = one

    def _join(self, one: str, other: str) -> None:
        self._parents[self._root(other)] = self._root(one)

    def _root(self, name: str) -> str:
        root = name
        while (parent := self._parents.get(root, root)) != root:
            root = parent
        while name != root:
            self._parents[name], name = root, self._parents.get(name, root)
        return root


def _subject(message: Message, firms: list[str]) -> tuple[str, ...]:
    key = subject_key(message.subject)
    return (key, *firms) if key and message.channel is Channel.EMAIL else ()


def _when(known: _Known) -> tuple[datetime | None, int]:
    return known.envelope.sent_at, known.place
