"""Figures for Prometheus: of requests, counted as they are answered, and of the store, read when asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.database import Database
from service.models import Alert, SourceState, Tally
from service.slack.intake import backlog, refusals
from service.warnings.models import WarningRow

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
# How long somebody listened says nothing about how fast an answer is.
_STREAMS = frozenset({"/feeds/alerts/events"})
_DIRECTIONS = ("inbound", "outbound", "internal", "out_of_scope")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """An application's figures, and the function that counts a request."""

    registry: CollectorRegistry
    observe: Callable[[str, str, int, float], None]


def make_metrics(database: Database, clock: Callable[[], datetime]) -> Metrics:
    """Begin counting for an application over a database."""
    registry = CollectorRegistry()
    registry.register(_StoreFigures(database, clock))
    requests = Counter(
        "frontdoor_http_requests",
        "Requests answered, by method, route and status.",
        ["method", "route", "status"],
        registry=registry,
    )
    seconds = Histogram(
        "frontdoor_http_request_seconds",
        "How long requests took, by method and route.",
        ["method", "route"],
        buckets=_BUCKETS,
        registry=registry,
    )

    def observe(method: str, route: str, status: int, took: float) -> None:
        # A client may send any word for a method; only the usual ones become series.
        known = method if method in {"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"} else "other"
        requests.labels(known, route, str(status)).inc()
        if route not in _STREAMS:
            seconds.labels(known, route).observe(took)

    return Metrics(registry=registry, observe=observe)


class _StoreFigures(Collector):
    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def collect(self) -> Iterable[Metric]:
        with self._database.transaction(write=False) as session:
            now = self._clock()
            return [_messages(session), _alerts(session), *_sources(session, now), *_slack(session, now)]

    def describe(self) -> Iterable[Metric]:
        return []


def _messages(session: Session) -> Metric:
    family = CounterMetricFamily(
        "frontdoor_messages", "Messages brought, by source and direction.", labels=["source", "direction"]
    )
    query = select(Tally.source, Tally.name, func.sum(Tally.count)).where(Tally.name.in_(_DIRECTIONS))
    for source, direction, count in session.execute(query.group_by(Tally.source, Tally.name)):
        family.add_metric([source, direction], float(count))
    return family


def _alerts(session: Session) -> Metric:
    family = GaugeMetricFamily("frontdoor_alerts", "Alerts, by status and severity.", labels=["status", "severity"])
    query = select(Alert.status, Alert.severity, func.count()).group_by(Alert.status, Alert.severity)
    for status, severity, count in session.execute(query):
        family.add_metric([status, severity], float(count))
    return family


def _slack(session: Session, now: datetime) -> list[Metric]:
    count, oldest = backlog(session)
    waiting = GaugeMetricFamily("frontdoor_slack_events_waiting", "Events of Slack's that wait to be worked on.")
    waiting.add_metric([], float(count))
    age = GaugeMetricFamily("frontdoor_slack_oldest_event_age_seconds", "How long the oldest of them has waited.")
    age.add_metric([], (now - oldest).total_seconds() if oldest is not None else 0.0)
    refused = CounterMetricFamily(
        "frontdoor_slack_requests_refused", "Requests that were not Slack's, or made no sense.", labels=["reason"]
    )
    for reason, number in refusals(session).items():
        refused.add_metric([reason], float(number))
    warnings = GaugeMetricFamily("frontdoor_warnings", "Warnings that are kept, by state.", labels=["state"])
    for state, number in session.execute(select(WarningRow.state, func.count()).group_by(WarningRow.state)):
        warnings.add_metric([state], float(number))
    return [waiting, age, refused, warnings]


def _sources(session: Session, now: datetime) -> list[Metric]:
    refusals = CounterMetricFamily(
        "frontdoor_refusals", "What a source held that could not be read.", labels=["source"]
    )
    age = GaugeMetricFamily(
        "frontdoor_source_read_age_seconds", "Time since a source was last read.", labels=["source"]
    )
    failing = GaugeMetricFamily("frontdoor_source_failing", "Whether the last try to read failed.", labels=["source"])
    for state in session.scalars(select(SourceState).order_by(SourceState.source)):
        refusals.add_metric([state.source], float(state.refusals))
        if state.read_at is not None:
            age.add_metric([state.source], (now - state.read_at).total_seconds())
        failing.add_metric([state.source], float(state.failed_at is not None))
    return [refusals, age, failing]
