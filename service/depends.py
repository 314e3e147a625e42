"""What a route can ask for: the session of its transaction, the keys, the settings, the time, who is asking."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from service.auth.access import access_of
from service.auth.identity import Identity
from service.crypto import Keys
from service.database import Database
from service.settings import Settings

_READING = frozenset({"GET", "HEAD"})


def get_database(request: Request) -> Database:
    """Give the database, for what is longer or shorter than a request."""
    return cast("Database", request.app.state.database)


def get_keys(request: Request) -> Keys:
    """Give the keys of sealed texts."""
    return cast("Keys", request.app.state.keys)


def get_settings(request: Request) -> Settings:
    """Give the configuration."""
    return cast("Settings", request.app.state.settings)


def get_now(request: Request) -> datetime:
    """Give the time of the request; tests set the clock."""
    return cast("Callable[[], datetime]", request.app.state.clock)()


def get_identity(request: Request) -> Identity:
    """Give who is asking, as the guard found out before."""
    return cast("Identity", request.state.identity)


def get_session(request: Request) -> Iterator[Session]:
    """Give the request's one transaction; reading alone unless it changes something or leaves a trace in the log."""
    access = access_of(request)
    write = request.method not in _READING or (access is not None and access.audits(request))
    with get_database(request).transaction(write=write) as session:
        yield session


def base_url(request: Request) -> str:
    """Return the address links begin with: the configured one, else the one the request came to."""
    return (get_settings(request).server.public_url or str(request.base_url)).rstrip("/")


def system_clock() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


TheDatabase = Annotated[Database, Depends(get_database)]
TheKeys = Annotated[Keys, Depends(get_keys)]
TheSettings = Annotated[Settings, Depends(get_settings)]
Now = Annotated[datetime, Depends(get_now)]
Asking = Annotated[Identity, Depends(get_identity)]
# With the scope of a request FastAPI would answer first, and commit afterwards.
Transaction = Annotated[Session, Depends(get_session, scope="function")]
