"""The threads that send warnings: one that knows what is due when, and a few that each send to people of their own."""

import heapq
import logging
import threading
import time
import uuid
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue

from sqlalchemy import select

from service.slack.office import Office
from service.warnings.delivery import ABANDONED, deliver, forget_claims, lapse, list_due
from service.warnings.models import WarningRow, WarningState
from service.warnings.wording import wording_of

log = logging.getLogger("frontdoor.warnings")

# Who wants to know what is due looks at a clock that may be set; so nobody sleeps longer than this.
_LONGEST_NAP = 1.0
_UPKEEP_SECONDS = 30.0
# What could have been sent this long ago is in nobody's hands.
_OVERDUE = timedelta(seconds=30)
# A call lasts ten seconds at most. One that is cut off after that is one of which nobody knows what became.
_PATIENCE_SECONDS = 12.0
# SQLite takes no more parameters than this, by a wide margin.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, order=True)
class Errand:
    """A warning to send: from when on, and after which others."""

    at: datetime
    turn: int
    warning: uuid.UUID = field(compare=False)
    team: str = field(compare=False)
    lane: int = field(compare=False)


class Sender:
    """Sends warnings, at most once each; those of one person in the order in which they were submitted.

    Several of these, also in other processes, may work on one store: each warning is sent by the one that claims it.
    """

    def __init__(self, office: Office, *, workers: int = 4) -> None:
        # A company's words that can't be used are told at the start, not with the first warning.
        wording_of(office.source)
        self._office = office
        self._inbox = SimpleQueue[tuple[uuid.UUID, ...] | Errand | None]()
        self._lanes = [SimpleQueue[Errand | None]() for _ in range(workers)]
        self._waiting: list[Errand] = []
        self._resting: dict[str, datetime] = {}
        self._turn = 0
        self._stopping = threading.Event()
        runs: list[Callable[[], None]] = [self._dispatch, *(partial(self._work, lane) for lane in self._lanes)]
        self._threads = [threading.Thread(target=run, name=f"warnings-{n}", daemon=True) for n, run in enumerate(runs)]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def submit(self, warnings: Iterable[uuid.UUID]) -> None:
        """Take warnings that are due, once the transaction that planned them is committed. Returns at once."""
        self._inbox.put(tuple(warnings))

    def recover(self) -> None:
        """Take up what an earlier run left: what it had claimed may have been sent, and what is still fresh is sent."""
        lost = forget_claims(self._office, before=self._office.clock())
        if lost:
            log.warning("%d warnings were interrupted; nobody knows whether they were sent", lost)
        lapse(self._office)
        self.submit(list_due(self._office))

    def stop(self) -> None:
        """Finish what is being sent, unless Slack is silent for long; the rest stays due for the next start."""
        self._stopping.set()
        self._inbox.put(None)
        for lane in self._lanes:
            lane.put(None)
        end = time.monotonic() + _PATIENCE_SECONDS
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(timeout=max(0.0, end - time.monotonic()))

    def _dispatch(self) -> None:
        upkeep_at = time.monotonic() + _UPKEEP_SECONDS
        while not self._stopping.is_set():
            try:
                self._take_in(self._wait())
                self._send_off()
                if time.monotonic() >= upkeep_at:
                    upkeep_at = time.monotonic() + _UPKEEP_SECONDS
                    self._upkeep()
            except Exception as error:  # noqa: BLE001 - whatever it is, warnings must not end silently
                log.error("warnings are held up: %s", type(error).__name__)  # noqa: TRY400 - a trace may hold text

    def _wait(self) -> tuple[uuid.UUID, ...] | Errand | None:
        """Wait for something new, or until the next errand is due."""
        nap = _LONGEST_NAP
        if self._waiting:
            until = (self._waiting[0].at - self._office.clock()).total_seconds()
            nap = min(max(until, 0.0), _LONGEST_NAP)
        try:
            return self._inbox.get(timeout=nap)
        except Empty:
            return None

    def _take_in(self, item: tuple[uuid.UUID, ...] | Errand | None) -> None:
        if isinstance(item, Errand):
            heapq.heappush(self._waiting, item)
        elif item:
            for start in range(0, len(item), _AT_ONCE):
                self._look_up(item[start : start + _AT_ONCE])

    def _look_up(self, warnings: tuple[uuid.UUID, ...]) -> None:
        query = select(WarningRow.id, WarningRow.team, WarningRow.recipient, WarningRow.not_before).where(
            WarningRow.id.in_(warnings),
            WarningRow.source == self._office.source.name,
            WarningRow.state == WarningState.DUE.value,
        )
        with self._office.database.transaction(write=False) as session:
            found = {row.id: row for row in session.execute(query)}
        for row in (found[one] for one in warnings if one in found):
            self._turn += 1
            # The same person always has the same lane, and so their order.
            lane = zlib.crc32(f"{row.team}:{row.recipient}".encode()) % len(self._lanes)
            errand = Errand(at=row.not_before, turn=self._turn, warning=row.id, team=row.team, lane=lane)
            heapq.heappush(self._waiting, errand)

    def _send_off(self) -> None:
        now = self._office.clock()
        while self._waiting and self._waiting[0].at <= now:
            errand = heapq.heappop(self._waiting)
            rests = self._resting.get(errand.team, now)
            if rests > now:
                heapq.heappush(self._waiting, _later(errand, rests))
            else:
                self._lanes[errand.lane].put(errand)

    def _upkeep(self) -> None:
        """Look after what nobody looked after: planned by a process that is gone, or claimed by one."""
        now = self._office.clock()
        lapse(self._office)
        forget_claims(self._office, before=now - ABANDONED)
        self._take_in(tuple(list_due(self._office, before=now - _OVERDUE)))
        self._send_off()

    def _work(self, lane: SimpleQueue[Errand | None]) -> None:
        while (errand := lane.get()) is not None and not self._stopping.is_set():
            rests = self._resting.get(errand.team)
            if rests is not None and rests > self._office.clock():
                self._inbox.put(_later(errand, rests))
                continue
            try:
                again = deliver(self._office, errand.warning)
            except Exception as error:  # noqa: BLE001 - one warning must not stop the others
                log.error("warning %s failed: %s", errand.warning, type(error).__name__)  # noqa: TRY400 - as above
                continue
            if again is None:
                continue
            if again.resting:
                self._resting[errand.team] = again.at
            self._inbox.put(_later(errand, again.at))


def _later(errand: Errand, at: datetime) -> Errand:
    return Errand(at=at, turn=errand.turn, warning=errand.warning, team=errand.team, lane=errand.lane)
