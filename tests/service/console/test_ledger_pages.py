"""The ledger's pages: what stands there, for whom, in which order, and what the team does to it."""

import re
from datetime import timedelta

import pytest

from service.auth.permissions import Role
from service.models import AuditEntry, FindingRow, MessageRow
from tests.fakes.alerts import Case, Mail, Words
from tests.fakes.console import text_of
from tests.fakes.told import SECRET, Told, add_negotiation, add_secret, add_told, firm_id, holder, link, seal_message


def ledger(client, negotiation, **query):
    return client.get(f"/negotiations/{negotiation}/ledger", params=query)


def test_an_empty_ledger_says_how_it_fills(house, client):
    page = ledger(client, add_negotiation(house))
    assert page.status_code == 200
    assert "Nothing on record yet" in text_of(page)
