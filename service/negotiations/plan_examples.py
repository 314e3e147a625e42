"""Examples of plans for the API's description, by the name of the schema."""

from typing import Any

_ENTRY_ID = "3c5e7f90-1b2d-4e6f-8a9b-0c1d2e3f4a88"
_USER_ID = "0b1c2d3e-4f50-4617-8899-aabbccddee44"
_AT = "2026-03-14T09:12:44Z"

_FACT = {
    "kind": "amount",
    "value": 7.5,
    "currency": "EUR",
    "unit": "piece",
    "quantity": 40_000,
    "words": ["unit price"],
    "tolerance": 0.05,
}
_ENTRY_IN = {"role": "walk_away", "title": "Unit price", "note": "Agreed with Karin on 2 March.", "fact": _FACT}
_ENTRY = _ENTRY_IN | {
    "id": _ENTRY_ID,
    "readable": True,
    "version": 1,
    "changed_by": "Ida Kern",
    "changed_at": _AT,
}
_HOLDER = {
    "user_id": _USER_ID,
    "name": "Ida Kern",
    "address": "ida@ourco.example",
    "disabled": False,
    "admitted_by": "Bo Lind",
    "admitted_at": _AT,
}
_LOOK = {"actor": "Ida Kern", "at": _AT, "refused": False}
_ENTRANCE = {"way": "link", "holder": "Ida Kern", "made_by": "administrator", "at": _AT}

PARAMETERS: dict[str, Any] = {"entry_id": _ENTRY_ID}
EXAMPLES: dict[str, Any] = {
    "SealedFactBody": _FACT,
    "PlanEntryIn": _ENTRY_IN,
    "PlanEntryChangeIn": _ENTRY_IN | {"version": 1},
    "PlanEntryView": _ENTRY,
    "HolderView": _HOLDER,
    "HolderIn": {"user_id": _USER_ID},
    "PlanLookView": _LOOK,
    "PlanEntranceView": _ENTRANCE,
    "PlanView": {"entries": [_ENTRY], "holders": [_HOLDER], "looks": [_LOOK], "entrances": [_ENTRANCE]},
}
