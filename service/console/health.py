"""What ingestion is doing, in words: a source that fails or falls silent must not go unnoticed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.console.times import ago
from service.models import SourceState
from service.settings import SourceSettings

# A source is silent when it was not read for this many of its polls, and at least for this long.
_POLLS, _LEAST = 5, timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source and how it does. `tint` is a chip's. `warning` is empty while all is well."""

    name: str
    kind: str
    condition: str
    tint: str
    messages: int
    refusals: int
    read_at: datetime | None
    failed_at: datetime | None
    failure: str
    advice: str = ""
    warning: str = ""


def sources_of(
    states: Iterable[SourceState], configured: Sequence[SourceSettings], *, now: datetime
) -> list[SourceView]:
    """Judge all sources, those in trouble first. One that is configured and was never heard of is shown too."""
    settings = {one.name: one for one in configured}
    views = [_view(state, settings, now=now) for state in states]
    known = {view.name for view in views}
    views += [_unheard(one) for one in configured if one.name not in known]
    return sorted(views, key=lambda view: (not view.warning, view.name))


def _view(state: SourceState, settings: Mapping[str, SourceSettings], *, now: datetime) -> SourceView:
    condition, tint, advice, warning = _judge(state, settings.get(state.source), now=now)
    return SourceView(
        name=state.source,
        kind=state.kind,
        condition=condition,
        tint=tint,
        messages=state.messages,
        refusals=state.refusals,
        read_at=state.read_at,
        failed_at=state.failed_at,
        failure=state.failure if state.failed_at else "",
        advice=advice,
        warning=warning,
    )


def _judge(state: SourceState, settings: SourceSettings | None, *, now: datetime) -> tuple[str, str, str, str]:
    last = f"last read {ago(state.read_at, now=now)}" if state.read_at else "never read so far"
    if state.failed_at is not None:
        return "Failing", "critical", "", f"{state.source} can't be read ({last}): {state.failure}"
    if settings is None:
        return "Not followed", "informational", "", ""
    patience = max(_POLLS * timedelta(seconds=settings.poll_seconds), _LEAST)
    if state.read_at is None or now - state.read_at > patience:
        advice = "It should have been read since. Is `frontdoor run` running, and what does its log say last?"
        return "Silent", "critical", advice, f"{state.source} has fallen silent ({last})."
    return "Reading", "good", "", ""


def _unheard(settings: SourceSettings) -> SourceView:
    return SourceView(
        name=settings.name,
        kind=settings.kind,
        condition="Not read yet",
        tint="informational",
        messages=0,
        refusals=0,
        read_at=None,
        failed_at=None,
        failure="",
        advice="It is configured and was never read. `frontdoor run` reads it; `frontdoor doctor` says what is wrong.",
    )
