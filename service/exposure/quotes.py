"""Where an entry's words stand: the source's own words for those who may read them, and the alert they belong to."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.alerts.contents import Content, contents_of
from service.crypto import Keys
from service.exposure.models import ExposureEntry, ExposureSource
from service.exposure.pseudonyms import pseudonyms_of
from service.models import FindingRow, Verdict
from service.negotiations.secrecy import note_of, withheld

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A source of an entry. `words` is empty where they can't be shown, and `note` says why.

    `alert_id` is None where no alert rests on the message. `remark` says what has become of the source since.
    """

    said_at: datetime
    told_by: str
    words: str = field(repr=False)
    note: str = ""
    remark: str = ""
    alert_id: uuid.UUID | None = None


def quotes_of(
    session: Session, keys: Keys, entries: Sequence[ExposureEntry], viewer: uuid.UUID | None, *, latest: bool = False
) -> dict[uuid.UUID, list[Quote]]:
    """Return the sources of entries by entry, latest first; with `latest`, the latest of each alone."""
    by_entry: dict[uuid.UUID, list[ExposureSource]] = defaultdict(list)
    ids = [row.id for row in entries]
    for start in range(0, len(ids), _AT_ONCE):
        query = select(ExposureSource).where(ExposureSource.entry_id.in_(ids[start : start + _AT_ONCE]))
        for source in session.scalars(query.order_by(ExposureSource.said_at.desc(), ExposureSource.id)):
            if not latest or not by_entry[source.entry_id]:
                by_entry[source.entry_id].append(source)
    sources = [source for some in by_entry.values() for source in some]
    messages = {source.message_id for source in sources if source.message_id is not None}
    hidden = withheld(session, messages, viewer)
    contents = contents_of(session, keys, messages - hidden.keys(), viewer=viewer)
    alerts = _alerts(session, messages)
    names = pseudonyms_of(session, {row.counterparty for row in entries})
    told = {row.id: row for row in entries}
    return {
        entry: [_quote(source, told[entry], hidden, contents, alerts, names) for source in some]
        for entry, some in by_entry.items()
    }


def _quote(
    source: ExposureSource,
    entry: ExposureEntry,
    hidden: Mapping[uuid.UUID, Sequence[str]],
    contents: Mapping[uuid.UUID, Content],
    alerts: Mapping[uuid.UUID, Mapping[str, uuid.UUID]],
    names: Mapping[tuple[str, str], str],
) -> Quote:
    words, note, alert = "", "", None
    if source.message_id is None:
        note = f"Written down by {entry.added_by}." if entry.added_by else "No longer kept: its time passed."
    else:
        of_message = alerts.get(source.message_id, {})
        alert = of_message.get(entry.label) or next(iter(of_message.values()), None)
        content = contents.get(source.message_id)
        if source.message_id in hidden:
            note = note_of(hidden[source.message_id])
        elif content is not None:
            words = content.words(source.part, source.start, source.end)
            note = "" if words else content.note or "It shows in who is on the message, not in its words."
    return Quote(
        said_at=source.said_at,
        told_by=names.get((entry.counterparty, source.author), entry.role),
        words=words,
        note=note,
        remark=_remark(source),
        alert_id=alert,
    )


def _remark(source: ExposureSource) -> str:
    if source.verdict == Verdict.FALSE_POSITIVE:
        return "A reviewer found it misread: it does not count."
    if source.taken_back_at is not None:
        return "Its author deleted or changed it since; it may have been read before."
    return "A reviewer found it authorised." if source.verdict == Verdict.BENIGN else ""


def _alerts(session: Session, messages: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[str, uuid.UUID]]:
    """Return by message and label an alert that rests on it."""
    found: dict[uuid.UUID, dict[str, uuid.UUID]] = defaultdict(dict)
    for some in _batches(messages):
        query = select(FindingRow.message_id, FindingRow.label, FindingRow.alert_id).where(
            FindingRow.message_id.in_(some)
        )
        for message_id, label, alert_id in session.execute(query.order_by(FindingRow.alert_id)):
            found[message_id].setdefault(label, alert_id)
    return found


def _batches(ids: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    some = list(ids)
    return (some[start : start + _AT_ONCE] for start in range(0, len(some), _AT_ONCE))
