"""Requests as Microsoft and Okta document them, with what must be answered: entra.json and okta.json.

Each file is one conversation, in order. `{name}` stands for an id that an earlier answer gave (`keep`). `expect` is
compared part by part: an object may have more, a list has exactly these, `*` is anything; `absent` are dotted names.
"""

import json
from pathlib import Path

CLIENTS = ("entra", "okta")
_FOLDER = Path(__file__).parent
_PREFIX = "/scim/v2"


def exchanges_of(client):
    """Return a client's conversation."""
    return json.loads((_FOLDER / f"{client}.json").read_text("utf-8"))


def hold(client, machine):
    """Hold a conversation; yields each exchange's name, and what was answered otherwise than documented (or None)."""
    kept = {}
    for exchange in exchanges_of(client):
        known = _filled(exchange, kept)
        answer = machine.request(
            known["method"],
            _PREFIX + known["path"],
            params=known.get("query"),
            content=json.dumps(known["body"]) if "body" in known else None,
            headers={"Content-Type": "application/scim+json", "Accept": "application/scim+json"},
        )
        yield known["name"], _wrong(known, answer)
        if answer.status_code == known["status"]:
            kept |= {name: answer.json()[key] for name, key in known.get("keep", {}).items()}


def _wrong(exchange, answer):
    if answer.status_code != exchange["status"]:
        return f"{answer.status_code} instead of {exchange['status']}: {answer.text[:300]}"
    if answer.status_code == 204:
        return f"a body: {answer.text[:300]}" if answer.content else None
    if answer.headers["content-type"] != "application/scim+json":
        return f"the media type {answer.headers['content-type']}"
    found = answer.json()
    missing = _differs(exchange.get("expect", {}), found, "")
    shown = [name for name in exchange.get("absent", ()) if _reaches(found, name)]
    return missing or (f"{shown} in the answer" if shown else None)


def _differs(wanted, found, where):
    if wanted == "*":
        return None if found else f"nothing at {where}"
    if isinstance(wanted, dict) and isinstance(found, dict):
        parts = (_differs(value, found.get(key), f"{where}.{key}") for key, value in wanted.items())
        return next(filter(None, parts), None)
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        parts = (_differs(*pair, f"{where}[{i}]") for i, pair in enumerate(zip(wanted, found, strict=True)))
        return next(filter(None, parts), None)
    return None if wanted == found else f"{found!r} instead of {wanted!r} at {where}"


def _reaches(found, name):
    """Tell whether a dotted name leads somewhere; a URN has dots of its own, so the longest key goes first."""
    if not isinstance(found, dict):
        return False
    for key in sorted(found, key=len, reverse=True):
        if name == key or (name.startswith(f"{key}.") and _reaches(found[key], name[len(key) + 1 :])):
            return True
    return False


def _filled(value, kept):
    if isinstance(value, str):
        for name, one in kept.items():
            value = value.replace(f"{{{name}}}", one)
        return value
    if isinstance(value, list):
        return [_filled(one, kept) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, kept) for key, one in value.items()}
    return value
