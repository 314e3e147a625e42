import uuid
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from service.alerts.schemas import AlertFilter, Sort
from service.console.query import ListQuery, Tab, parse_query
from service.models import AlertStatus


def parse(address: str) -> ListQuery:
    return parse_query(QueryParams(address))


def test_a_bare_address_shows_open_alerts_latest_first():
    query = parse("")
    assert query.filter == AlertFilter(status=[AlertStatus.NEW, AlertStatus.IN_PROGRESS])
    assert query.sort is Sort.SAID
    assert not query.narrowed
    assert query.href == "/alerts"


def test_all_statuses_do_not_narrow():
    assert parse("status=all").filter.status == []


@pytest.mark.parametrize(
    "address",
    [
        "status=resolved",
        "severity=critical&severity=high",
        "label=budget&label=over_the_head",
        "counterparty=Norvik+%26+Sons",
        "person=ana%40ourco.example&since=2026-01-02&until=2026-02-03&text=target+price&sort=risk&cursor=abc",
    ],
)
def test_an_address_comes_back_as_it_was(address):
    assert parse(address).query == address


@pytest.mark.parametrize(
    "address",
    [
        "status=gone",
        "severity=apocalyptic",
        "since=yesterday",
        "until=9999-12-31",
        "since=0001-01-01",
        "sort=length",
        "label=",
        "label=%00",
        "text=%00%0a",
        "counterparty=++",
        "unknown=1",
    ],
)
def test_what_cannot_be_meant_is_left_out(address):
    assert parse(address) == ListQuery()


def test_days_are_whole_days_in_utc_with_the_last_included():
    asked = parse("since=2026-03-01&until=2026-03-01").filter
    assert asked.since == datetime(2026, 3, 1, tzinfo=UTC)
    assert asked.until == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_chip_takes_away_its_own_filter_alone():
    query = parse("status=all&severity=high&severity=low&person=a%40x.example&since=2026-01-02&cursor=c")
    assert [(chip.name, chip.value, chip.href) for chip in query.chips] == [
        ("Severity", "High", "/alerts?status=all&severity=low&person=a%40x.example&since=2026-01-02"),
        ("Severity", "Low", "/alerts?status=all&severity=high&person=a%40x.example&since=2026-01-02"),
        ("Person", "a@x.example", "/alerts?status=all&severity=high&severity=low&since=2026-01-02"),
        ("From", "2026-01-02", "/alerts?status=all&severity=high&severity=low&person=a%40x.example"),
    ]


def test_another_tab_keeps_the_filters_and_starts_at_the_newest():
    assert parse("severity=high&cursor=c").under(Tab.RESOLVED).href == "/alerts?status=resolved&severity=high"


def test_an_alert_remembers_the_list_it_was_opened_from_but_not_the_page():
    alert = uuid.uuid4()
    assert parse("severity=high&cursor=c").alert(alert) == f"/alerts/{alert}?severity=high"
    assert parse("severity=high&cursor=c").place(alert) == f"/alerts/{alert}?severity=high&cursor=c"


def test_an_export_is_of_the_whole_list():
    assert parse("status=new&label=budget&until=2026-03-01&cursor=c").export("csv") == (
        "/api/v1/alerts/export?status=new&label=budget&until=2026-03-02T00%3A00%3A00Z&sort=said&format=csv"
    )


def test_a_tab_counts_its_statuses():
    counts = {AlertStatus.NEW: 3, AlertStatus.IN_PROGRESS: 2, AlertStatus.RESOLVED: 7}
    assert {tab.value: tab.total(counts) for tab in Tab} == {
        "open": 5,
        "new": 3,
        "in_progress": 2,
        "resolved": 7,
        "suppressed": 0,
        "all": 12,
    }


@given(st.lists(st.tuples(st.sampled_from([*ListQuery.__slots__, "status"]), st.text(max_size=300)), max_size=8))
def test_any_address_gives_a_filter_and_its_own_address_means_the_same(pairs):
    query = parse_query(QueryParams(pairs))
    assert isinstance(query.filter, AlertFilter)
    assert parse(query.query) == query


def test_dates_are_kept_as_days():
    assert parse("since=2026-01-02").since == date(2026, 1, 2)
