"""The latest snapshot of directory and register: taken once for all who judge, and again when something changed.

Twenty thousand people are not loaded before each batch: a counter in the database tells whether there is anything new.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from detectors.context import Context
from messages import Directory
from service.crypto import Keys
from service.database import Database
from service.directory.store import load_directory
from service.directory.version import context_version
from service.negotiations.snapshot import load_register

log = logging.getLogger("frontdoor.negotiations")

# What was changed past the program, in the database itself, counts from then on at the latest.
_OLDEST_SECONDS = 900.0
# After a snapshot could not be taken; until then the one before stays.
_AGAIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    version: int
    until: float
    context: Context


@dataclass(slots=True)
class Shelf:
    """Where the snapshot of the moment lies; threads share it. `own_domains` are ours by configuration."""

    own_domains: tuple[str, ...]
    clock: Callable[[], float] = time.monotonic
    _taken: _Taken | None = None
    _lock: Lock = field(default_factory=Lock)

    def context(self, database: Database, keys: Keys) -> Context:
        """Return the snapshot, taken anew where directory or register changed since, or it is old.

        Whatever makes a load fail, except that the database can't be reached, the parts loaded before stay.
        """
        with self._lock:
            now, taken = self.clock(), self._taken
            with database.transaction(write=False) as session:
                version = context_version(session)
                if taken is None or taken.version != version or taken.until <= now:
                    taken = self._taken = self._load(session, keys, version, now)
            return taken.context

    def _load(self, session: Session, keys: Keys, version: int, now: float) -> _Taken:
        before = (
            self._taken.context
            if self._taken is not None
            else Context(directory=Directory(own_domains=self.own_domains))
        )
        directory, register = before.directory, before.negotiations
        until = now + _OLDEST_SECONDS
        try:
            directory = load_directory(session, self.own_domains)
            register = load_register(session, keys, directory)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, what is read must be judged all the same
            name = type(error).__name__  # its text may quote a plan
            log.error("directory or register can't be loaded (%s); what was known before counts until they can", name)  # noqa: TRY400 - a trace may hold text
            until = now + _AGAIN_SECONDS
        started = Context(directory=directory, negotiations=register)
        log.debug("took a snapshot: %d people, %d negotiations", len(directory.people), len(register.negotiations))
        return _Taken(version=version, until=until, context=started)
