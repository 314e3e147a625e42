"""Alerts as JSON Feed and Atom."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from service.app import create_app
from service.audit.store import list_entries
from service.settings import parse_settings
from tests.fakes.alerts import LEAK, NOW, Case, Mail, Words, add_case

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["/feeds/alerts.json", "/feeds/alerts.atom"]


@pytest.fixture
def alert_id(house):
    with house.database.transaction() as session:
        return add_case(session, house.keys, Case())


def entries(answer):
    return ET.fromstring(answer.content).findall("a:entry", ATOM)


def test_the_json_feed_has_an_item_for_each_alert_the_latest_first(house, alert_id):
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(updated_at=NOW - timedelta(days=1), counterparty="Kestrel"))
    answer = house.machine("feeds:read", "alerts:read").get("/feeds/alerts.json")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://localhost/feeds/alerts.json"
    first, second = feed["items"]
    assert first["id"] == f"urn:uuid:{alert_id}"
    assert first["url"] == f"http://localhost/alerts/{alert_id}"
    assert first["title"] == "High: budget · Norvik Metall"
    assert "“we have 480k left for this”" in first["content_text"]
    assert "Forecast for the housing" in first["content_text"]
    assert first["date_modified"] == "2026-03-14T12:00:00Z"
    assert first["tags"] == ["budget"]
    assert first["authors"] == [{"name": "jonas.weber@ourco.example"}]
    assert first["_frontdoor"]["risk"] == 81.0
    assert second["title"] == "High: budget · Kestrel"


def test_the_atom_feed_is_what_the_standard_asks_for(house, alert_id):
    answer = house.machine("feeds:read", "alerts:read").get("/feeds/alerts.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    for needed in ("id", "title", "updated", "author/a:name"):
        assert feed.findtext(f"a:{needed}", namespaces=ATOM)
    assert {link.get("rel") for link in feed.findall("a:link", ATOM)} == {"self", "alternate"}
    [entry] = entries(answer)
    assert entry.findtext("a:id", namespaces=ATOM) == f"urn:uuid:{alert_id}"
    assert entry.find("a:link", ATOM).get("href") == f"http://localhost/alerts/{alert_id}"
    assert "480k" in entry.findtext("a:content", namespaces=ATOM)
    for time in ("updated", "published"):
        text = entry.findtext(f"a:{time}", namespaces=ATOM)
        assert text.endswith("Z")
        assert datetime.fromisoformat(text) <= NOW


def test_an_empty_feed_is_still_a_feed(house):
    machine = house.machine("feeds:read")
    assert machine.get("/feeds/alerts.json").json()["items"] == []
    answer = machine.get("/feeds/alerts.atom")
    assert entries(answer) == []
    assert ET.fromstring(answer.content).findtext("a:updated", namespaces=ATOM)


@pytest.mark.parametrize("path", FEEDS)
def test_an_entry_keeps_its_id_when_the_alert_changes(house, alert_id, path):
    browser, before = house.browser("reviewer"), None
    before = browser.get(path)
    browser.post(f"/api/v1/alerts/{alert_id}/reviews", json={"verdict": "benign"})
    after = browser.get(path)
    assert str(alert_id) in before.text
    assert str(alert_id) in after.text
    assert "resolved" in after.text
    assert before.text != after.text


@pytest.mark.parametrize("path", FEEDS)
def test_without_the_right_to_read_alerts_there_is_no_word_and_no_author(house, alert_id, path):
    answer = house.machine("feeds:read").get(path)
    assert str(alert_id) in answer.text
    assert "Norvik Metall" in answer.text
    for word in ("480k", "Forecast", "jonas", "weber"):
        assert word not in answer.text


@pytest.mark.parametrize("path", [*FEEDS, "/feeds/alerts/events"])
@pytest.mark.parametrize("query", ["text=480k", "person=jonas.weber@ourco.example", "text="])
def test_nor_can_words_and_authors_be_found_out_by_asking_for_them(house, alert_id, path, query):
    assert house.machine("feeds:read").get(f"{path}?{query}").status_code == 403


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_takes_the_same_filters_as_the_list(house, alert_id, path):
    machine = house.machine("feeds:read", "alerts:read")
    assert str(alert_id) in machine.get(f"{path}?severity=high&status=new&label=budget&text=480k").text
    assert str(alert_id) not in machine.get(f"{path}?severity=low").text
    assert machine.get(f"{path}?limit=0").status_code == 422
    assert machine.get(f"{path}?colour=red").status_code == 422


@pytest.mark.parametrize("path", FEEDS)
def test_a_reader_that_can_not_send_headers_may_put_a_feeds_token_into_the_address(house, alert_id, path):
    reader = house.anonymous()
    assert reader.get(f"{path}?token={house.token('feeds:read')}").status_code == 200
    assert reader.get(f"{path}?token={house.token('feeds:read', 'alerts:read')}").status_code == 401
    assert reader.get(f"{path}?token={house.token('alerts:read')}").status_code == 401
    assert reader.get(f"{path}?token=fd_wrong").status_code == 401
    assert reader.get(f"{path}?token=").status_code == 401


def test_no_other_address_takes_a_token(house):
    token = house.token("feeds:read")
    assert house.anonymous().get(f"/api/v1/me?token={token}").status_code == 401
    assert house.anonymous().get(f"/openapi.json?token={token}").status_code == 401


def test_the_token_in_the_address_is_not_repeated_in_the_feed(house, alert_id):
    token = house.token("feeds:read")
    for path in FEEDS:
        assert token not in house.anonymous().get(f"{path}?token={token}").text


@pytest.mark.parametrize(
    "nasty", ["<b>&amp;]]></content>", "a\x00b\x0b\x1f", "\ufffe\uffff", "\u202e", "😀", "]]>", "<!DOCTYPE x>", "&x;"]
)
def test_whatever_stands_in_a_message_the_feeds_stay_readable(house, nasty):
    mail = Mail(subject=nasty, text=f"{nasty} 12 EUR", evidence=(Words(label="budget", words=f"{nasty} 12 EUR"),))
    name = nasty.replace("\x00", "") or "x"
    with house.database.transaction() as session:
        add_case(session, house.keys, Case(messages=(mail, LEAK), counterparty=name, risk=50.0))
        add_case(session, house.keys, Case(messages=(mail,), counterparty=name, risk=50.0))
    machine = house.machine("feeds:read", "alerts:read")
    contents = [entry.findtext("a:content", namespaces=ATOM) for entry in entries(machine.get("/feeds/alerts.atom"))]
    assert len(contents) == 2
    assert any("12 EUR" in content for content in contents)
    assert any(nasty in item["content_text"] for item in machine.get("/feeds/alerts.json").json()["items"])


def test_links_lead_to_the_public_address(house, database, keys, alert_id):
    server = {"public_url": "https://frontdoor.example/"}
    settings = parse_settings({"company": {"own_domains": ["ourco.example"]}, "server": server}, where="the test")
    app = create_app(database, keys, settings, clock=house.clock)
    there = type(house)(app=app, database=database, keys=keys, settings=settings, clock=house.clock)
    feed = there.machine("feeds:read").get("/feeds/alerts.json").json()
    assert feed["items"][0]["url"] == f"https://frontdoor.example/alerts/{alert_id}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", FEEDS)
def test_looking_for_words_by_a_feed_is_on_record_and_reading_it_is_not(house, path):
    machine = house.machine("feeds:read", "alerts:read")
    machine.get(path)
    machine.get(f"{path}?text=geheim")
    with house.database.transaction(write=False) as session:
        [row] = list_entries(session, action="alerts.searched")
    assert row.detail == {"words": True}
