"""Alerts as a file."""

import csv
import io
import json

import pytest

from service.alerts.export import csv_cell
from service.audit.store import list_entries
from tests.fakes.alerts import LEAK, Case, Mail, Words, add_case


def test_a_csv_file_has_every_alert_that_the_filters_select(house):
    with house.database.transaction() as session:
        for number in range(205):
            add_case(session, house.keys, Case(severity="high" if number % 2 else "low"))
    browser = house.browser("reviewer")
    answer = browser.get("/api/v1/alerts/export?severity=high")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="alerts.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len({row["id"] for row in rows}) == len(rows) == 102
    assert rows[0]["quote"] == "we have 480k left for this"
    assert rows[0]["labels"] == "budget"
    everything = browser.get("/api/v1/alerts/export?format=jsonl")
    assert len(everything.text.splitlines()) == 205


def test_json_lines_are_the_rows_of_the_list(house):
    with house.database.transaction() as session:
        add_case(session, house.keys, Case())
    browser = house.browser("reviewer")
    answer = browser.get("/api/v1/alerts/export?format=jsonl")
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert [json.loads(line) for line in answer.text.splitlines()] == browser.get("/api/v1/alerts").json()["alerts"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-5 %", "'-5 %"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("Norvik", "Norvik"),
        (81.0, "81.0"),
        (None, ""),
        ("", ""),
        (["budget", "timeline"], "budget timeline"),
        (["=x"], "'=x"),
    ],
)
def test_no_cell_is_a_formula(value, cell):
    assert csv_cell(value) == cell


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_sender_wrote_does_not_become_a_formula_or_another_cell(house):
    words = '=HYPERLINK("http://evil.example","a")\r\nnext,cell'
    mail = Mail(subject="+cmd", text=words, evidence=(Words(label="budget", words=words),))
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(messages=(LEAK, mail), counterparty="@evil", risk=10.0))
        add_case(session, house.keys, Case(messages=(mail,)))
    answer = house.browser("reviewer").get("/api/v1/alerts/export")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert rows[-1]["quote"] in {f"'{words}", "we have 480k left for this"}
    assert all(len(row) == 17 and None not in row for row in rows)
    for row in rows:
        assert not any(value.startswith(("=", "+", "@")) for value in row.values())


def test_an_export_is_on_record_with_its_filters_but_not_the_words_looked_for(house):
    house.browser("reviewer", name="Ann").get("/api/v1/alerts/export?format=jsonl&text=geheim&label=budget")
    with house.database.transaction(write=False) as session:
        [row] = list_entries(session, action="alerts.exported")
    assert (row.actor, row.detail) == ("Ann", {"format": "jsonl", "label": ["budget"], "words": True})


def test_a_search_is_on_record_without_its_words_and_plain_looking_through_is_not(house):
    browser = house.browser("reviewer", name="Ann")
    browser.get("/api/v1/alerts?status=new")
    browser.get("/api/v1/alerts?text=geheim&status=new")
    with house.database.transaction(write=False) as session:
        [row] = list_entries(session, action="alerts.searched")
    assert row.detail == {"status": ["new"], "words": True}


@pytest.mark.parametrize("query", ["format=xml", "format=", "limit=5", "cursor=x", "sort=age"])
def test_an_export_that_makes_no_sense_is_refused(house, query):
    assert house.browser("reviewer").get(f"/api/v1/alerts/export?{query}").status_code == 422
