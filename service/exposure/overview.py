"""Counterparties by how much they have heard of us lately."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from service.directory.models import Counterparty
from service.exposure.brief import place_of
from service.exposure.models import EntryKind, EntryState, ExposureEntry, ExposureLink

DAYS = 90
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmExposure:
    """What a counterparty has heard: valid entries by kind, and by label what they know, the most telling first.

    `id` is None for a firm that is not in the directory any more. `lately` counts what they heard or were promised in
    the last `DAYS` days.
    """

    name: str
    id: uuid.UUID | None
    lately: int
    known: int
    open: int
    promised: int
    labels: tuple[tuple[str, int], ...]
    last_at: datetime

    @property
    def href(self) -> str:
        """The address of its ledger."""
        if self.id is not None:
            return f"/counterparties/{self.id}/ledger"
        return f"/exposure/ledger?{urlencode({'counterparty': self.name})}"


def firms_by_exposure(session: Session, *, now: datetime) -> tuple[list[FirmExposure], int]:
    """Return the counterparties that heard most lately, and how many more there are."""
    row = ExposureEntry
    lately = func.sum(case((row.last_at > now - timedelta(days=DAYS), 1), else_=0))
    query = (
        select(row.counterparty, row.kind, row.label, func.count(), lately, func.max(row.last_at))
        .where(row.state == EntryState.VALID.value)
        .group_by(row.counterparty, row.kind, row.label)
    )
    firms: dict[str, list[tuple[str, str, int, int, datetime]]] = defaultdict(list)
    for name, kind, label, count, recent, last_at in session.execute(query):
        firms[name].append((kind, label, count, recent, last_at))
    ids = {name: party_id for party_id, name in session.execute(select(Counterparty.id, Counterparty.name))}
    unanswered = _open(session)
    found = [_firm(name, some, ids.get(name), unanswered.get(name, 0)) for name, some in firms.items()]
    found.sort(key=lambda one: (-one.lately, -one.known, one.name))
    return found[:_SHOWN], max(0, len(found) - _SHOWN)


def _firm(
    name: str, counted: list[tuple[str, str, int, int, datetime]], party_id: uuid.UUID | None, unanswered: int
) -> FirmExposure:
    kinds: Counter[str] = Counter()
    labels: Counter[str] = Counter()
    lately = 0
    for kind, label, count, recent, _ in counted:
        kinds[kind] += count
        if kind == EntryKind.KNOWN:
            labels[label] += count
        lately += recent if kind != EntryKind.ASKED else 0
    return FirmExposure(
        name=name,
        id=party_id,
        lately=lately,
        known=kinds[EntryKind.KNOWN],
        open=unanswered,
        promised=kinds[EntryKind.PROMISED],
        labels=tuple(sorted(labels.items(), key=lambda one: (place_of(one[0]), -one[1]))),
        last_at=max(last_at for *_, last_at in counted),
    )


def _open(session: Session) -> dict[str, int]:
    """Count by counterparty the questions without an answer that still counts."""
    row = ExposureEntry
    told = row.__table__.alias("told")
    answered = (
        select(ExposureLink.asked_id)
        .join(told, told.c.id == ExposureLink.told_id)
        .where(ExposureLink.asked_id == row.id, told.c.state == EntryState.VALID.value)
        .exists()
    )
    query = (
        select(row.counterparty, func.count())
        .where(row.kind == EntryKind.ASKED.value, row.state == EntryState.VALID.value, ~answered)
        .group_by(row.counterparty)
    )
    return {name: count for name, count in session.execute(query)}  # noqa: C416 - rows are no pairs
