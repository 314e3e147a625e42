"""Exchange rates over the API."""

import pytest
from sqlalchemy import select

from service.directory.version import context_version
from service.models import AuditEntry

ALL = "/api/v1/rates"


def test_a_rate_is_set_changed_and_forgotten(house):
    lead = house.browser("lead", name="Lea")
    assert lead.get(ALL).json() == []
    assert lead.put(f"{ALL}/usd", json={"per_euro": 1.08}).json()["currency"] == "USD"
    lead.put(f"{ALL}/USD", json={"per_euro": 1.1})
    lead.put(f"{ALL}/CHF", json={"per_euro": 0.95})
    assert [(one["currency"], one["per_euro"]) for one in lead.get(ALL).json()] == [("CHF", 0.95), ("USD", 1.1)]
    assert lead.delete(f"{ALL}/USD").status_code == 204
    assert lead.delete(f"{ALL}/USD").status_code == 404
    with house.database.transaction() as session:
        assert context_version(session) == 4
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "rate.set")).all()
    assert [(one.object, one.detail["per_euro"]) for one in entries] == [
        ("USD", 1.08),
        ("USD", 1.1),
        ("CHF", 0.95),
        ("USD", None),
    ]


@pytest.mark.parametrize(
    ("currency", "per_euro", "status"),
    [("EUR", 1, 400), ("dollar", 1, 400), ("U5D", 1, 400), ("USD", 0, 422), ("USD", -1, 422), ("USD", 1e12, 422)],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_rate_is_refused(house, currency, per_euro, status):
    assert house.browser("lead").put(f"{ALL}/{currency}", json={"per_euro": per_euro}).status_code == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_readers_set_no_rates(house):
    reader = house.browser("reviewer")
    assert reader.get(ALL).status_code == 200
    assert reader.put(f"{ALL}/USD", json={"per_euro": 1.08}).status_code == 403
    assert reader.delete(f"{ALL}/USD").status_code == 403
