"""Examples for the API's description, by the name of the schema or parameter."""

from typing import Any

from service.directory import examples as directory
from service.exposure import examples as ledger
from service.negotiations import plan_examples as plans

_ALERT = "7d0f4c7e-5a58-4a53-9c1e-0c9b8a0f6d11"
_MESSAGE = "b7a9a7a2-3df1-4d0c-8a43-5a1d7f0b2c22"
_REVIEW = "1f6b2e0c-8f0d-4a34-9f0e-2f6d3b7c4d33"
_USER = "0b1c2d3e-4f50-4617-8899-aabbccddee44"
_TOKEN = "5e6f7081-92a3-4b4c-8d5e-6f708192a355"  # noqa: S105 - an id
_NEGOTIATION = "2c3d4e5f-6071-4829-8a9b-bccddeeff066"
_TEXT = "Hi Pia,\n\nbetween us: we have 480k left for this.\n\nJonas"

_SUMMARY: dict[str, Any] = {
    "id": _ALERT,
    "policy": "balanced",
    "status": "new",
    "severity": "high",
    "risk": 81.0,
    "labels": ["budget"],
    "channel": "email",
    "counterparty": "Norvik Metall",
    "people": ["jonas.weber@ourco.example"],
    "subject": "Forecast for the housing",
    "quote": "we have 480k left for this",
    "withheld": [],
    "verdict": None,
    "said_at": "2026-03-14T09:10:02Z",
    "opened_at": "2026-03-14T09:12:44Z",
    "updated_at": "2026-03-14T09:12:44Z",
    "reopened": 0,
}
_PERSON = {"role": "from", "address": "jonas.weber@ourco.example", "name": "Jonas Weber", "ours": True}
_PART = {"kind": "new", "start": 0, "end": len(_TEXT)}
_ATTACHMENT = {"name": "drawing.pdf", "media_type": "application/pdf", "size": 48213}
_FINDING = {
    "label": "budget",
    "part": "",
    "start": 21,
    "end": 47,
    "quote": "we have 480k left for this",
    "confidence": 0.9,
    "points": 81.0,
    "explanation": "budget: confidence 0.90 x weight 0.90",
    "reason": "Our person names what we can spend.",
    "detector": "budget",
    "rule": "money we have",
}
_MESSAGE_VIEW = {
    "id": _MESSAGE,
    "external_id": "<8d1f@ourco.example>",
    "channel": "email",
    "direction": "outbound",
    "sent_at": "2026-03-14T09:12:00Z",
    "participants": [_PERSON],
    "subject": "Forecast for the housing",
    "text": _TEXT,
    "text_note": "",
    "withheld": [],
    "parts": [_PART],
    "attachments": [_ATTACHMENT],
    "findings": [_FINDING],
}
_REVIEW_VIEW = {
    "id": _REVIEW,
    "reviewer": "Ann Buyer",
    "verdict": "true_positive",
    "status": "resolved",
    "note": "Spoke with Jonas.",
    "reviewed_at": "2026-03-14T10:00:00Z",
    "undoes": None,
    "undone": False,
}
_WARNING_VIEW = {
    "people": 1,
    "kind": "author",
    "labels": ["budget"],
    "state": "sent",
    "at": "2026-03-14T09:12:45Z",
    "answer": "authorised",
    "answered_at": "2026-03-14T09:14:02Z",
}
_REVIEW_IN = {"verdict": "true_positive", "note": "Spoke with Jonas."}
_USER_VIEW = {
    "id": _USER,
    "name": "Ann Buyer",
    "roles": ["reviewer"],
    "disabled": False,
    "slack": "T024BE7LD:U0G9QF9C6",
    "address": "ann.buyer@ourco.example",
    "created_at": "2026-03-01T08:00:00Z",
}
_TOKEN_VIEW = {
    "id": _TOKEN,
    "name": "SIEM export",
    "owner": "Ann Buyer",
    "scopes": ["alerts:read", "feeds:read"],
    "created_at": "2026-03-01T08:00:00Z",
    "expires_at": "2027-03-01T00:00:00Z",
    "used_at": None,
    "revoked_at": None,
}
_EXTENSION = {
    key: _SUMMARY[key]
    for key in ("status", "severity", "risk", "policy", "channel", "counterparty", "verdict", "reopened")
}
_ITEM = {
    "id": f"urn:uuid:{_ALERT}",
    "url": f"https://frontdoor.example/alerts/{_ALERT}",
    "title": "High: budget · Norvik Metall",
    "content_text": "new, risk 81 of 100, email",
    "date_published": "2026-03-14T09:12:44Z",
    "date_modified": "2026-03-14T09:12:44Z",
    "tags": ["budget"],
    "authors": [{"name": "jonas.weber@ourco.example"}],
    "_frontdoor": _EXTENSION,
}
_ENTRY = {
    "seq": 41,
    "at": "2026-03-14T10:00:00Z",
    "actor": "Ann Buyer",
    "action": "alert.viewed",
    "object": _ALERT,
    "detail": {},
}
_REFUSAL = {
    "id": "6a7b8c9d-0e1f-4a2b-8c3d-4e5f6a7b8c66",
    "source": "purchasing journal",
    "stream": "INBOX",
    "location": "INBOX/17",
    "why": "no sender",
    "refused_at": "2026-03-14T09:12:44Z",
}
_SHARE = {"low": 25, "high": 50}
_TEAM = {
    "name": "Engineering",
    "people": 14,
    "lessons": _SHARE,
    "finished": {"low": 0, "high": 20},
    "warnings_per_1000": [12, 9, None, 7],
}
_FLAW = {"where": "query.limit", "why": "Input should be less than or equal to 200"}

_WORKSPACE = {
    "id": "T024BE7LD",
    "name": "Ourco",
    "enterprise": "",
    "is_enterprise": False,
    "member": False,
    "state": "connected",
    "failure": "",
    "advice": "",
    "lacking": [],
    "installed_at": "2026-03-01T08:00:00Z",
    "noted_at": "2026-03-14T09:10:00Z",
    "read": 14,
    "channels": 61,
}
_INTAKE = {"source": "slack", "way": "Socket Mode", "failed_at": None, "trouble": ""}
_ROOM = {
    "team": "T024BE7LD",
    "channel": "C024BE91L",
    "name": "ext-norvik",
    "state": "read",
    "shared": True,
    "outsiders": "norvik.example",
    "noted_at": "2026-03-14T09:10:00Z",
}
_NEGOTIATION_STATE = {
    "state": "no_plan",
    "title": "No plan",
    "advice": "Write down target, limits and alternatives in the plan; they are sealed, and watched for.",
    "urgent": True,
}
_BLACKOUT = {"from": "2026-04-20", "to": "2026-05-08", "allowed": []}
_AUTHORITY = {"person": "ida.kern@ourco.example", "may": ["price"], "price": 50000.0, "currency": "EUR"}
_DEPARTED = {"person": "pavel.dusek@ourco.example", "until": "2026-02-28"}
_TOLD = {"text": "Payment is 60 days net.", "date": "2026-03-02"}
_NEGOTIATION_TERMS = {
    "team": ["ida.kern@ourco.example"],
    "sponsors": [],
    "superiors": [],
    "former": [_DEPARTED],
    "phase": "bids",
    "from": "2026-02-02",
    "to": "2026-06-30",
    "blackout": [_BLACKOUT],
    "authority": [_AUTHORITY],
    "finance": ["Treasury"],
    "topics": ["castings"],
    "two_needed": True,
}
_NEGOTIATION_SUMMARY = {
    "id": _NEGOTIATION,
    "name": "Castings 2027",
    "phase": "bids",
    "lead": "bo.lind@ourco.example",
    "counterparties": ["Norvik Metall"],
    "team": ["ida.kern@ourco.example"],
    "from": "2026-02-02",
    "to": "2026-06-30",
    "next_day": "2026-04-20",
    "next_event": "blackout begins",
    "states": [_NEGOTIATION_STATE],
    "has_plan": False,
    "held": True,
    "alerts": 2,
    "exposed": 5,
    "is_template": False,
    "archived_at": None,
    "version": 3,
    "updated_at": "2026-03-14T09:12:44Z",
}
_NEGOTIATION_IN = _NEGOTIATION_TERMS | {
    "name": "Castings 2027",
    "counterparties": ["Norvik Metall"],
    "lead": "bo.lind@ourco.example",
    "published": [_TOLD],
}
_RATE = {"currency": "USD", "per_euro": 1.08, "set_by": "Ann Buyer", "set_at": "2026-03-14T09:12:44Z"}

_BRIEF_LINE = {
    "id": "2c5e8f14-7b1d-4f5a-9b43-2d8e6c0f7a77",
    "label": "budget",
    "words": "an amount of ours that they can price up to",
    "withheld": False,
    "told_by": "Engineering 1",
    "sure": "very sure",
    "confidence": 0.93,
    "since": "2026-03-02T09:12:00Z",
    "last_at": "2026-03-10T15:40:00Z",
    "times": 2,
    "answer": "",
}
_BRIEF_QUESTION = {
    "topic": "timeline",
    "question": "By when must you decide, and what ends if you don't?",
    "why": "They asked on 3 Mar 2026 and have no answer.",
    "say": "The dates that count are those of the request.",
}
_BRIEF_CHANGE = {
    "mark": "new",
    "kind": "known",
    "label": "budget",
    "words": "an amount of ours that they can price up to",
    "how": "Engineering 1, very sure",
}
_BRIEF: dict[str, Any] = {
    "negotiation": "Castings 2027",
    "counterparty": "Norvik Metall",
    "phase": "bids",
    "first_day": "2026-02-02",
    "last_day": "2026-06-30",
    "lead": "Bo Lind",
    "team": ["Ida Kern"],
    "made_at": "2026-03-14T10:00:00Z",
    "made_by": "Ann Buyer",
    "previous_at": "2026-03-02T08:00:00Z",
    "changes": [_BRIEF_CHANGE],
    "changes_more": 0,
    "known": [{"label": "budget", "lines": [_BRIEF_LINE]}],
    "known_more": 0,
    "asked": [],
    "asked_more": 0,
    "asked_open": 0,
    "promised": [],
    "promised_more": 0,
    "questions": [_BRIEF_QUESTION],
    "gaps": ["Nothing is known to have been told about who else bids and how we decide."],
    "careful": ["They have heard of what we can pay: a figure of theirs that fits too well may be ours."],
}
_BRIEF_MADE = {
    "id": "8d9eafb0-c1d2-4e3f-8a4b-5c6d7e8f9088",
    "negotiation_id": _NEGOTIATION,
    "counterparty": "Norvik Metall",
    "made_by": "Ann Buyer",
    "made_at": "2026-03-14T10:00:00Z",
}

EXAMPLES: dict[str, Any] = {
    "Brief": _BRIEF,
    "BriefLine": _BRIEF_LINE,
    "BriefGroup": {"label": "budget", "lines": [_BRIEF_LINE]},
    "BriefQuestion": _BRIEF_QUESTION,
    "BriefChange": _BRIEF_CHANGE,
    "BriefIn": {"counterparty": "Norvik Metall"},
    "BriefMade": _BRIEF_MADE,
    "BriefView": _BRIEF_MADE | {"brief": _BRIEF},
    "AlertSummary": _SUMMARY,
    "AlertPage": {"alerts": [_SUMMARY], "next": None},
    "AlertDetail": _SUMMARY | {"messages": [_MESSAGE_VIEW], "reviews": [_REVIEW_VIEW], "warnings": [_WARNING_VIEW]},
    "MessageView": _MESSAGE_VIEW,
    "PersonView": _PERSON,
    "PartView": _PART,
    "AttachmentView": _ATTACHMENT,
    "FindingView": _FINDING,
    "WarningView": _WARNING_VIEW,
    "ReviewView": _REVIEW_VIEW,
    "ReviewIn": _REVIEW_IN,
    "BulkReviewIn": _REVIEW_IN | {"alerts": [_ALERT]},
    "Me": {
        "id": _USER,
        "name": "Ann Buyer",
        "roles": ["reviewer"],
        "permissions": ["alerts:read", "alerts:review", "feeds:read"],
        "token": None,
    },
    "UserView": _USER_VIEW,
    "UserIn": {"name": "Ann Buyer", "roles": ["reviewer"]},
    "UserChange": {"roles": ["reviewer", "lead"]},
    "SignInLinkView": {"url": "https://frontdoor.example/sign-in?token=…", "expires_at": "2026-03-14T10:15:00Z"},
    "TokenView": _TOKEN_VIEW,
    "TokenIn": {"name": "SIEM export", "scopes": ["alerts:read"], "expires_at": "2027-03-01T00:00:00Z"},
    "NewToken": _TOKEN_VIEW | {"secret": "fd_…"},
    "JsonFeed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "frontdoor alerts",
        "home_page_url": "https://frontdoor.example/alerts",
        "feed_url": "https://frontdoor.example/feeds/alerts.json",
        "items": [_ITEM],
    },
    "Item": _ITEM,
    "Author": {"name": "jonas.weber@ourco.example"},
    "Extension": _EXTENSION,
    "EntryView": _ENTRY,
    "EntryPage": {"entries": [_ENTRY], "next": 41},
    "VerificationView": {"whole": True, "rows": 41, "first_broken": None, "head": "9f2c…"},
    "SourceView": {
        "name": "purchasing journal",
        "kind": "imap",
        "messages": 20411,
        "refusals": 2,
        "read_at": "2026-03-14T09:12:44Z",
        "failed_at": None,
        "failure": "",
        "poll_seconds": 60,
    },
    "RefusalView": _REFUSAL,
    "RefusalPage": {"refusals": [_REFUSAL], "next": None},
    "AwarenessView": {
        "weeks": ["2026-W07", "2026-W08", "2026-W09", "2026-W10"],
        "least_people": 5,
        "teams": [_TEAM],
    },
    "TeamView": _TEAM,
    "ShareView": _SHARE,
    "Health": {"status": "ok"},
    "Readiness": {"ready": True, "checks": {"database": "ok", "migrations": "ok"}},
    "Flaw": _FLAW,
    "Problem": {
        "status": 422,
        "title": "Unprocessable Entity",
        "detail": "The request can't be understood.",
        "flaws": [_FLAW],
    },
    "SlackView": {
        "workspaces": [_WORKSPACE],
        "intakes": [_INTAKE],
        "received_at": "2026-03-14T09:10:02Z",
        "waiting": 0,
        "oldest": None,
        "held_back": 0,
        "unknown": ["t09hauck7.slack"],
    },
    "SlackWorkspaceView": _WORKSPACE,
    "SlackIntakeView": _INTAKE,
    "SlackRoomView": _ROOM,
    "SlackRoomPage": {"rooms": [_ROOM], "next": None},
}
EXAMPLES |= {
    "NegotiationSummary": _NEGOTIATION_SUMMARY,
    "NegotiationPage": {"negotiations": [_NEGOTIATION_SUMMARY], "next": None},
    "NegotiationView": _NEGOTIATION_SUMMARY
    | _NEGOTIATION_TERMS
    | {"published": [_TOLD], "copied_from": None, "created_at": "2026-02-01T08:00:00Z", "created_by": "Ann Buyer"},
    "NegotiationIn": _NEGOTIATION_IN,
    "NegotiationChangeIn": {"version": 3, "phase": "best_and_final"},
    "CopyIn": {"name": "Castings 2028", "years": 1},
    "PublishedIn": _TOLD,
    "StateView": _NEGOTIATION_STATE,
    "Departed": _DEPARTED,
    "BlackoutDays": _BLACKOUT,
    "AuthorityOf": _AUTHORITY,
    "PublishedOn": _TOLD,
    "ChangeView": {"at": "2026-03-14T09:12:44Z", "actor": "Ann Buyer", "fields": {"phase": ["rfq", "bids"]}},
    "RateIn": {"per_euro": 1.08},
    "RateView": _RATE,
}

EXAMPLES |= directory.EXAMPLES | plans.EXAMPLES | ledger.EXAMPLES

PARAMETERS: dict[str, Any] = {
    "brief_id": _BRIEF_MADE["id"],
    **directory.PARAMETERS,
    **plans.PARAMETERS,
    **ledger.PARAMETERS,
    "negotiation_id": _NEGOTIATION,
    "negotiation": _NEGOTIATION,
    "phase": ["bids"],
    "states": ["no_plan"],
    "archived": False,
    "template": False,
    "q": "castings",
    "currency": "USD",
    "alert_id": _ALERT,
    "review_id": _REVIEW,
    "user_id": _USER,
    "token_id": _TOKEN,
    "status": ["new", "in_progress"],
    "severity": ["high", "critical"],
    "label": ["budget"],
    "counterparty": "Norvik Metall",
    "person": "jonas.weber@ourco.example",
    "policy": "balanced",
    "since": "2026-03-01T00:00:00Z",
    "until": "2026-04-01T00:00:00Z",
    "text": "480k",
    "sort": "risk",
    "limit": 50,
    "format": "csv",
    "expected_updated_at": "2026-03-14T09:12:44Z",
    "source": "purchasing journal",
    "before": 41,
    "actor": "Ann Buyer",
    "action": "alert.viewed",
    "object": _ALERT,
    "last-event-id": 17,
    "state": "read",
    "team": "T024BE7LD",
    "name": "ext-",
}
