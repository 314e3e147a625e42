"""Examples for the description of the directory's API."""

from typing import Any

_PARTY = "2c3d4e5f-6071-4829-9aab-bccddeeff077"
_IMPORT = "3d4e5f60-7182-4930-8bbc-cddeeff00188"
_CHANGE = {
    "at": "2026-03-14T09:12:44Z",
    "actor": "Ann Buyer",
    "origin": "console",
    "batch": None,
    "subject": "person",
    "name": "jonas.weber@ourco.example",
    "fields": {"department": ["Engineering", "Procurement"]},
}
_FIELDS = {
    "name": "Jonas Weber",
    "role": "Category Manager",
    "department": "Procurement",
    "manager": "karin.berg@ourco.example",
    "aliases": ["jonas.w@freemail.example"],
    "away": [{"first": "2026-03-01", "last": "2026-03-15"}],
    "deputy": "ida@ourco.example",
}
_PERSON = {
    "address": "jonas.weber@ourco.example",
    **_FIELDS,
    "slack_id": "U0G9QF9C6",
    "kind": "person",
    "members": [],
    "active": True,
    "origin": "console",
    "updated_at": "2026-03-14T09:12:44Z",
    "version": "5f2b8c3d4e5f60718293a4b5",
}
_FIRM = {
    "id": _PARTY,
    "name": "Norvik Metall",
    "kind": "supplier",
    "domains": ["norvik.example"],
    "slack_team": "",
    "owner": "jonas.weber@ourco.example",
    "people": [],
    "primary_contact": "anders@norvik.example",
    "resellers": ["ferromar.example"],
    "version": "60718293a4b55f2b8c3d4e5f",
}
_UNKNOWN = {
    "domain": "hauck.example",
    "messages": 41,
    "first_seen": "2026-03-01T08:00:00Z",
    "last_seen": "2026-03-14T09:12:44Z",
    "alerts": 2,
    "obstacle": "",
}
_IMPORTED = {
    "id": _IMPORT,
    "kind": "people",
    "made_by": "Ann Buyer",
    "done_at": "2026-03-14T09:12:44Z",
    "added": 12,
    "changed": 3,
    "undone_at": None,
    "undone_by": None,
}
_KEPT = {"name": "ida@ourco.example", "why": "keeps what was changed since: role"}

EXAMPLES: dict[str, Any] = {
    "Away": {"first": "2026-03-01", "last": "2026-03-15"},
    "PersonRecord": _PERSON,
    "PersonPage": {"people": [_PERSON], "next": None},
    "PersonDetail": _PERSON | {"groups": ["Buyers"], "history": [_CHANGE]},
    "PersonChange": {"department": "Procurement"},
    "PersonIn": {"address": "jonas.weber@ourco.example", **_FIELDS},
    "DirectoryChangeView": _CHANGE,
    "CounterpartyView": _FIRM,
    "CounterpartyPage": {"counterparties": [_FIRM], "next": None},
    "CounterpartyDetail": _FIRM | {"references": ["3 alerts"], "history": []},
    "CounterpartyChange": {"owner": "jonas.weber@ourco.example"},
    "CounterpartyIn": {"name": "Norvik Metall", "domains": ["norvik.example"]},
    "UnknownDomainView": _UNKNOWN,
    "UnknownDomainPage": {"domains": [_UNKNOWN], "next": None},
    "AssignIn": {"counterparty": "Hauck", "kind": "supplier"},
    "AssignedView": {"counterparty": "Hauck", "person": None},
    "ImportView": {
        "kind": "people",
        "dry_run": True,
        "id": None,
        "digest": "8c3d4e5f60718293a4b55f2b",
        "added": 0,
        "changed": 1,
        "left": 0,
        "unchanged": 210,
        "changes": [_CHANGE | {"at": None, "origin": "import"}],
    },
    "ImportedView": _IMPORTED,
    "KeptView": _KEPT,
    "UndoneView": {"reverted": 14, "kept": [_KEPT]},
}

PARAMETERS: dict[str, Any] = {
    "department": "Procurement",
    "active": True,
    "kind": "people",
    "dry_run": True,
    "leave": False,
    "expected": "8c3d4e5f60718293a4b55f2b",
    "expected_version": "5f2b8c3d4e5f60718293a4b5",
    "address": "jonas.weber@ourco.example",
    "domain": "hauck.example",
    "counterparty_id": _PARTY,
    "import_id": _IMPORT,
}
