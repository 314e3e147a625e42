"""Putting searches and exports on record: what was narrowed by, never the words that were looked for."""

from datetime import datetime

from fastapi import Request
from sqlalchemy.orm import Session

from service.alerts.schemas import AlertFilter
from service.audit.store import Action, record


def searches(request: Request) -> bool:
    """Tell whether a request looks for words."""
    return bool(request.query_params.get("text"))


def note_search(session: Session, asked: AlertFilter, *, actor: str, now: datetime) -> None:
    """Put on record that somebody looked for words, if they did."""
    if asked.text:
        record(session, actor=actor, action=Action.SEARCHED, object="alerts", detail=_narrowed(asked), now=now)


def note_export(session: Session, asked: AlertFilter, form: str, *, actor: str, now: datetime) -> None:
    """Put an export on record."""
    detail = {"format": form, **_narrowed(asked)}
    record(session, actor=actor, action=Action.EXPORTED, object="alerts", detail=detail, now=now)


def _narrowed(asked: AlertFilter) -> dict[str, object]:
    fields = AlertFilter.model_fields.keys() - {"text"}
    return asked.model_dump(mode="json", include=fields, exclude_defaults=True) | {"words": bool(asked.text)}
