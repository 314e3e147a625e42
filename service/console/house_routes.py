"""The pages about the house itself: where to begin, sources, the audit log, help."""

import json
import uuid
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from service.audit.store import list_entries, verify
from service.auth.access import needs, signed_in
from service.auth.permissions import Permission
from service.console.desk import MENU, TheDesk
from service.console.health import sources_of
from service.models import AuditEntry
from service.negotiations.states import TITLES
from service.sources.store import list_refusals, list_states

router = APIRouter(include_in_schema=False)

_PAGE = 50
_MOST_DETAIL = 300


@router.get("/")
@signed_in()
def begin(desk: TheDesk) -> Response:
    """Go to the first page of the menu that is open to who asks."""
    return desk.go(next(one.href for one in MENU if one.permission is None or desk.asking.may(one.permission)))


@router.get("/help")
@signed_in()
def get_help(desk: TheDesk) -> Response:
    """Show the guide."""
    return desk.show("help.html", states=TITLES)


@router.get("/sources")
@needs(Permission.SOURCES_READ)
def get_sources(
    desk: TheDesk, source: Annotated[str, Query(max_length=200)] = "", after: uuid.UUID | None = None
) -> Response:
    """Show what ingestion is doing, and what it refused."""
    source = source.replace("\0", "")
    refusals = list_refusals(desk.session, source=source, after=after, limit=_PAGE + 1)
    return desk.show(
        "sources.html",
        sources=sources_of(list_states(desk.session), desk.settings.source, now=desk.now),
        source_name=source,
        refusals=refusals[:_PAGE],
        newest=_refusals(source) if after else None,
        older=_refusals(source, after=refusals[_PAGE - 1].id) if len(refusals) > _PAGE else None,
    )


@router.get("/audit")
@needs(Permission.AUDIT_READ)
def get_audit(
    desk: TheDesk, before: Annotated[int | None, Query(ge=1, le=2**62)] = None, *, check: bool = False
) -> Response:
    """Show who did or looked at what; with `check`, whether the log is whole."""
    entries = list_entries(desk.session, before=before, limit=_PAGE + 1)
    return desk.show(
        "audit.html",
        entries=[_row(one) for one in entries[:_PAGE]],
        verified=verify(desk.session) if check else None,
        newest="/audit" if before else None,
        older=f"/audit?before={entries[_PAGE - 1].seq}" if len(entries) > _PAGE else None,
    )


def _refusals(source: str, *, after: uuid.UUID | None = None) -> str:
    asked = {"source": source, "after": str(after or "")}
    return f"/sources?{urlencode({name: value for name, value in asked.items() if value})}#refusals"


def _row(entry: AuditEntry) -> dict[str, object]:
    """Show a row of the log; what is about an alert links to it."""
    detail = json.dumps(entry.detail, ensure_ascii=False) if entry.detail else ""
    return {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "object": entry.object,
        "alert": entry.object if entry.action.startswith("alert.") else "",
        "detail": detail if len(detail) <= _MOST_DETAIL else detail[:_MOST_DETAIL] + "…",
    }
