"""What ingestion is doing, over the API."""

from datetime import timedelta

import pytest

from service.app import create_app
from service.settings import parse_settings
from service.sources.record import Refused, note_failure, note_read, note_refusals


def test_sources_are_listed_whether_or_not_they_were_read(house, database, keys):
    source = {"kind": "files", "paths": ["/nowhere"], "poll_seconds": 30}
    settings = parse_settings(
        {
            "company": {"own_domains": ["ourco.example"]},
            "source": [source | {"name": "journal"}, source | {"name": "unread"}],
        },
        where="the test",
    )
    with database.transaction() as session:
        note_failure(session, "journal", "files", "no route", now=house.clock())
        note_read(session, "journal", "files", messages=3, refusals=1, now=house.clock())
        note_failure(session, "import", "files", "no route", now=house.clock())
    app = create_app(database, keys, settings, clock=house.clock)
    browser = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock).browser("tuner")
    views = {view.pop("name"): view for view in browser.get("/api/v1/sources").json()}
    nothing = {"kind": "files", "messages": 0, "refusals": 0, "read_at": None, "failed_at": None, "failure": ""}
    assert views == {
        "journal": nothing | {"messages": 3, "refusals": 1, "read_at": "2026-03-14T12:00:00Z", "poll_seconds": 30.0},
        "unread": nothing | {"poll_seconds": 30.0},
        "import": nothing | {"failed_at": "2026-03-14T12:00:00Z", "failure": "no route", "poll_seconds": None},
    }


def test_refusals_are_listed_page_by_page_and_by_source(house):
    with house.database.transaction() as session:
        for number in range(5):
            refused = [Refused(location=f"{number}/{place}", why="no sender") for place in range(2)]
            at = house.clock() - timedelta(days=number)
            note_refusals(session, "a" if number % 2 else "b", "INBOX", refused, now=at)
    browser = house.browser("tuner")
    seen, after = [], None
    while True:
        params = {"limit": 3} | ({"after": after} if after else {})
        page = browser.get("/api/v1/sources/refusals", params=params).json()
        seen += [one["location"] for one in page["refusals"]]
        after = page["next"]
        if after is None:
            break
    assert [place[0] for place in seen] == list("0011223344")
    assert len(set(seen)) == 10
    assert len(browser.get("/api/v1/sources/refusals?source=a").json()["refusals"]) == 4


@pytest.mark.parametrize("query", ["limit=0", "after=x", "source=%00"])
def test_what_can_not_be_meant_is_refused(house, query):
    assert house.browser("tuner").get(f"/api/v1/sources/refusals?{query}").status_code == 422
