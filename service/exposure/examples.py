"""Examples of the ledger for the API's description."""

from typing import Any

_ENTRY = "2c9a1f04-6b7d-4e1a-9a51-7f3f0f5f8e21"
_QUESTION = "91d7b0ce-2f36-4b55-8a0d-3a6c0a5d4f10"
_EDIT = "c1c0f3a8-7a35-4a1c-b0a6-0f9f4e6b2d77"
_NEGOTIATION = "3f0e9a52-51f3-4a7e-8a57-0f6d8a1b2c99"

_VIEW: dict[str, Any] = {
    "id": _ENTRY,
    "counterparty": "Norvik Metall",
    "negotiation_id": _NEGOTIATION,
    "negotiation": "Castings 2027",
    "kind": "known",
    "label": "budget",
    "topic": "budget",
    "words": "an amount of ours that they can price up to",
    "told_by": "Engineering 1",
    "channel": "slack",
    "confidence": 0.9,
    "times": 2,
    "first_at": "2026-03-06T09:10:02Z",
    "last_at": "2026-03-14T09:10:02Z",
    "state": "valid",
    "authorised": False,
    "taken_back": False,
    "answers": 1,
    "days": 3.0,
    "added_by": "",
    "updated_at": "2026-03-14T09:12:44Z",
}
_SOURCE: dict[str, Any] = {
    "said_at": "2026-03-06T09:10:02Z",
    "told_by": "Engineering 1",
    "words": "we have 480k left for this",
    "note": "",
    "remark": "",
    "alert_id": "7d0f4c7e-5a58-4a53-9c1e-0c9b8a0f6d11",
}
_ASKED: dict[str, Any] = {
    "id": _QUESTION,
    "kind": "asked",
    "label": "elicitation",
    "topic": "budget",
    "words": "what we can spend, or pay now",
    "told_by": "Norvik Metall 1",
    "channel": "email",
    "at": "2026-03-03T09:10:02Z",
    "days": 0.0,
    "same_thread": True,
}
_TOLD = _ASKED | {
    "id": _ENTRY,
    "kind": "known",
    "label": "budget",
    "words": _VIEW["words"],
    "told_by": "Engineering 1",
    "channel": "slack",
    "at": "2026-03-06T09:10:02Z",
    "days": 3.0,
    "same_thread": False,
}
_CHANGED: dict[str, Any] = {
    "id": _EDIT,
    "actor": "Ann Buyer",
    "at": "2026-03-15T08:00:00Z",
    "state_before": "valid",
    "state": "known_before",
    "reason": "It stood in last year's tender.",
    "words": None,
    "undoes": None,
    "undone": False,
}

EXAMPLES: dict[str, Any] = {
    "ExposureView": _VIEW,
    "ExposurePage": {"entries": [_VIEW], "next": None},
    "ExposureDetail": _VIEW | {"sources": [_SOURCE], "chains": [{"links": [_ASKED, _TOLD]}], "edits": [_CHANGED]},
    "ExposureSourceView": _SOURCE,
    "ChainEntry": _ASKED,
    "ChainView": {"links": [_ASKED, _TOLD]},
    "EditView": _CHANGED,
    "EditIn": {"state": "known_before", "reason": "It stood in last year's tender."},
    "ExposureIn": {
        "counterparty": "Norvik Metall",
        "negotiation": _NEGOTIATION,
        "kind": "known",
        "topic": "timeline",
        "words": "They know when the present contract ends.",
        "said_at": "2026-03-12T14:00:00Z",
        "way": "phone",
        "told_by": "Engineering",
        "reason": "Their seller said so on the phone.",
    },
}
PARAMETERS: dict[str, Any] = {"entry_id": _ENTRY, "edit_id": _EDIT}
