"""The audit log over the API."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from service.audit import store
from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Transaction
from service.failures import problems

router = APIRouter(prefix="/api/v1/audit", tags=["audit"], responses=problems(401, 403))

_Text = Annotated[str | None, Query(max_length=200, pattern="^[^\\x00]*$")]


class EntryView(BaseModel):
    """Who did or looked at what, and when."""

    model_config = ConfigDict(from_attributes=True)

    seq: int
    at: datetime
    actor: str
    action: str
    object: str = Field(description="the id of what it was done to")
    detail: dict[str, Any]


class EntryPage(BaseModel):
    """A page of the log, latest first. `next` is the `before` of the following page, None at the end."""

    entries: list[EntryView]
    next: int | None


class VerificationView(BaseModel):
    """Whether each row fits the one before it. `head` is worth writing down elsewhere: nobody can change it there."""

    model_config = ConfigDict(from_attributes=True)

    whole: bool
    rows: int
    first_broken: int | None
    head: str


@router.get("")
@needs(Permission.AUDIT_READ)
def list_entries(
    session: Transaction,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    actor: _Text = None,
    action: store.Action | None = None,
    object: _Text = None,  # noqa: A002 - the column's name
) -> EntryPage:
    """List what is on record, latest first."""
    rows = store.list_entries(session, before=before, limit=limit + 1, actor=actor, action=action, object=object)
    shown = [EntryView.model_validate(row) for row in rows[:limit]]
    return EntryPage(entries=shown, next=shown[-1].seq if len(rows) > limit else None)


@router.get("/verify")
@needs(Permission.AUDIT_READ)
def verify(session: Transaction) -> VerificationView:
    """Check the whole log."""
    return VerificationView.model_validate(store.verify(session))
