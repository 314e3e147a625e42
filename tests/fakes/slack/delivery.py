"""Delivering to apps: what is under way, by when it must be acknowledged, and when it is tried again.

Events are tried again as Slack does it, three times after the first; what a person does (buttons, modals, commands) is
tried once, and they see an error when the app is silent.
"""

import heapq
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Event, Thread
from typing import Any

_order = itertools.count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How patient Slack is, in seconds. Its own are 3.0 and about (0, 60, 300).

    When `eager`, what waits to be tried again goes out as soon as somebody connects.
    """

    ack_seconds: float = 3.0
    retry_seconds: tuple[float, ...] = (0.1, 1.0, 5.0)
    eager: bool = True


@dataclass(slots=True, kw_only=True)
class Parcel:
    """Something on its way to an app, and what came back.

    `type` is events_api, interactive or slash_commands. `tries` counts deliveries begun. `answer` is what the app
    acknowledged it with, empty for most; `seconds` how long the last delivery took.
    """

    app: str
    type: str
    payload: dict[str, Any]
    tries: int = 0
    retry_reason: str = ""
    envelope: str = ""
    sent_at: float = 0.0
    seconds: float = 0.0
    acked: bool = False
    dropped: bool = False
    answer: dict[str, Any] = field(default_factory=dict)
    done: Event = field(default_factory=Event)

    def wait(self, timeout: float = 10.0) -> bool:
        """Wait until it was acknowledged or given up; tells whether it was acknowledged."""
        self.done.wait(timeout)
        return self.acked


class Dispatch:
    """One thread that hands parcels to `carry` when they are due, and minds the deadlines.

    `carry` sends a parcel and later calls settled or failed; it must not take long.
    """

    def __init__(self, pace: Pace, carry: Callable[[Parcel], None], *, late: str = "timeout") -> None:
        self.pace = pace
        self._late = late
        self._open = 0
        self._carry = carry
        self._due: list[tuple[float, int, Parcel, int]] = []
        self._news = Condition()
        self._stopped = False
        self._thread = Thread(target=self._run, name="fake-slack-dispatch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._news:
            self._stopped = True
            self._news.notify()
        self._thread.join()

    def add(self, parcel: Parcel) -> Parcel:
        """Send something, now."""
        with self._news:
            self._open += 1
            self._push(parcel, 0.0)
        return parcel

    def settled(self, parcel: Parcel, tries: int, answer: dict[str, Any] | None = None) -> None:
        """It was acknowledged, on its `tries`th delivery."""
        with self._news:
            if parcel.done.is_set() or parcel.tries != tries:
                return
            parcel.seconds = time.monotonic() - parcel.sent_at
            parcel.acked, parcel.answer = True, answer or {}
            self._close(parcel)

    def failed(self, parcel: Parcel, tries: int, reason: str, *, final: bool = False) -> None:
        """It was not: try again later, or give up, at once when it is `final`."""
        with self._news:
            if parcel.done.is_set() or parcel.tries != tries:
                return
            retries = self.pace.retry_seconds if parcel.type == "events_api" else ()
            if final or parcel.tries > len(retries):
                parcel.dropped = True
                self._close(parcel)
                return
            parcel.retry_reason = reason
            parcel.envelope = ""
            self._push(parcel, retries[parcel.tries - 1])

    def hurry(self) -> None:
        """Let what waits for another try go out now."""
        if not self.pace.eager:
            return
        with self._news:
            now = time.monotonic()
            waits = (not parcel.envelope for _, _, parcel, _ in self._due)
            self._due = [
                (now if idle else due, order, parcel, tries)
                for idle, (due, order, parcel, tries) in zip(waits, self._due, strict=True)
            ]
            heapq.heapify(self._due)
            self._news.notify_all()

    def idle(self, timeout: float = 10.0) -> bool:
        """Wait until nothing is under way; tells whether that came to be."""
        with self._news:
            return self._news.wait_for(lambda: not self._open, timeout)

    def _close(self, parcel: Parcel) -> None:
        self._open -= 1
        parcel.done.set()
        self._news.notify_all()

    def _push(self, parcel: Parcel, delay: float) -> None:
        heapq.heappush(self._due, (time.monotonic() + delay, next(_order), parcel, parcel.tries))
        self._news.notify_all()

    def _run(self) -> None:
        while (due := self._next()) is not None:
            parcel, tries = due
            if parcel.done.is_set() or parcel.tries != tries:
                continue
            if parcel.envelope:
                self.failed(parcel, tries, self._late)
            else:
                self._begin(parcel)

    def _begin(self, parcel: Parcel) -> None:
        with self._news:
            parcel.tries += 1
            parcel.envelope = f"{parcel.app}-{next(_order):08d}"
            parcel.sent_at = time.monotonic()
            self._push(parcel, self.pace.ack_seconds)
        self._carry(parcel)

    def _next(self) -> tuple[Parcel, int] | None:
        with self._news:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    _, _, parcel, tries = heapq.heappop(self._due)
                    return parcel, tries
                self._news.wait(wait)
        return None
