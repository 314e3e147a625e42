"""Alerts of one negotiation: over the API, in the list, and from an alert back to it."""

import uuid

import pytest

from service.negotiations.models import AlertNegotiation
from tests.fakes.alerts import Case, add_case


@pytest.fixture
def known(house):
    """Give a negotiation's id and the alert that belongs to it; another alert belongs to none."""
    lead = house.browser("lead")
    answer = lead.post("/api/v1/negotiations", json={"name": "Tender <b>", "is_template": True})
    negotiation = uuid.UUID(answer.json()["id"])
    with house.database.transaction() as session:
        alert, _ = (add_case(session, house.keys, Case()), add_case(session, house.keys, Case()))
        session.flush()
        session.add(AlertNegotiation(alert_id=alert, negotiation_id=negotiation))
    return negotiation, alert


def test_only_its_alerts_are_listed(house, known):
    negotiation, alert = known
    reviewer = house.browser("reviewer")
    found = reviewer.get("/api/v1/alerts", params={"negotiation": str(negotiation)}).json()["alerts"]
    assert [one["id"] for one in found] == [str(alert)]
    assert reviewer.get("/api/v1/alerts", params={"negotiation": str(uuid.uuid4())}).json()["alerts"] == []
    assert reviewer.get("/api/v1/alerts", params={"negotiation": "x"}).status_code == 422


def test_the_pages_lead_from_one_to_the_other(house, known):
    negotiation, alert = known
    reviewer = house.browser("reviewer")
    page = reviewer.get("/alerts", params={"negotiation": str(negotiation)}).text
    assert page.count('class="alert"') == 1
    assert (
        f'<a href="/negotiations/{negotiation}"><bdi>Tender &lt;b&gt;</bdi></a>'
        in reviewer.get(f"/alerts/{alert}").text
    )
    assert reviewer.get("/alerts", params={"negotiation": "no id"}).status_code == 200
