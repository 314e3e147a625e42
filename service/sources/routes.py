"""What ingestion is doing, over the API."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import TheSettings, Transaction
from service.failures import problems
from service.models import SourceState
from service.settings import SourceSettings
from service.sources import store

router = APIRouter(prefix="/api/v1/sources", tags=["sources"], responses=problems(401, 403))


class SourceView(BaseModel):
    """A source and what it was last heard to do. A source that is followed should be read every `poll_seconds`."""

    name: str
    kind: str
    messages: int = Field(description="brought so far")
    refusals: int = Field(description="what could not be read so far")
    read_at: datetime | None
    failed_at: datetime | None = Field(description="when the last try failed; None when it succeeded")
    failure: str
    poll_seconds: float | None = Field(description="None for a source that the configuration does not name")


class RefusalView(BaseModel):
    """Something a source held that could not be read: where and why, without its content."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    source: str
    stream: str
    location: str
    why: str
    refused_at: datetime


class RefusalPage(BaseModel):
    """A page of refusals, latest first. `next` is the `after` of the following page, None at the end."""

    refusals: list[RefusalView]
    next: uuid.UUID | None


@router.get("")
@needs(Permission.SOURCES_READ)
def list_sources(session: Transaction, settings: TheSettings) -> list[SourceView]:
    """List all sources that were read or should be."""
    configured = {one.name: one for one in settings.source}
    views = [_view(state, configured.pop(state.source, None)) for state in store.list_states(session)]
    return views + [_unread(one) for one in configured.values()]


@router.get("/refusals")
@needs(Permission.SOURCES_READ)
def list_refusals(
    session: Transaction,
    source: Annotated[str, Query(max_length=200, pattern="^[^\\x00]*$")] = "",
    after: uuid.UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RefusalPage:
    """List what could not be read."""
    rows = store.list_refusals(session, source=source, after=after, limit=limit + 1)
    shown = [RefusalView.model_validate(row) for row in rows[:limit]]
    return RefusalPage(refusals=shown, next=shown[-1].id if len(rows) > limit else None)


def _view(state: SourceState, settings: SourceSettings | None) -> SourceView:
    return SourceView(
        name=state.source,
        kind=state.kind,
        messages=state.messages,
        refusals=state.refusals,
        read_at=state.read_at,
        failed_at=state.failed_at,
        failure=state.failure if state.failed_at else "",
        poll_seconds=settings.poll_seconds if settings else None,
    )


def _unread(settings: SourceSettings) -> SourceView:
    return SourceView(
        name=settings.name,
        kind=settings.kind,
        messages=0,
        refusals=0,
        read_at=None,
        failed_at=None,
        failure="",
        poll_seconds=settings.poll_seconds,
    )
