"""One call of the Web API being answered: who asks, what for, and whether they may."""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.fakes.slack.things import App, Channel, Grant, User
from tests.fakes.slack.world import World

Arguments = Mapping[str, Any]
Answer = dict[str, Any]

_TS = re.compile(r"\d{1,12}(\.\d{1,6})?")


class Declined(Exception):  # noqa: N818 - it is an answer, not a failure of the fake
    """What Slack answers with `ok` false."""

    def __init__(self, error: str, **more: Any) -> None:
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}


def invalid(error: str, reasons: Iterable[str]) -> Declined:
    """What Slack answers to arguments that it does not understand, with its reasons."""
    return Declined(error, response_metadata={"messages": [f"[ERROR] {one}" for one in reasons]})


class Call:
    """One call being answered."""

    def __init__(self, world: World, grant: Grant, arguments: Arguments) -> None:
        self.world = world
        self.grant = grant
        self.arguments = arguments
        self.caller: User = world.users[grant.user]
        self.app: App = world.apps[grant.app]

    def need(self, scope: str) -> None:
        if scope not in self.grant.scopes:
            raise Declined("missing_scope", needed=scope, provided=",".join(sorted(self.grant.scopes)))

    def text(self, name: str) -> str:
        """An argument that must be given."""
        value = self.arguments.get(name, "")
        if not isinstance(value, str) or not value:
            raise invalid("invalid_arguments", [f"missing required field: {name}"])
        return value

    def given(self, name: str) -> Any:
        """An argument that is JSON, as it is or as text; None when it is not there."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Declined("invalid_json" if name == "view" else f"invalid_{name}_format") from None

    def channel(self, kind: str) -> Channel:
        """The channel that is asked for, where the caller's scopes and membership allow `kind`."""
        found = self.seen_channel()
        self.need(f"{found.family}:{kind}")
        if kind == "history" and self.caller.id not in found.members:
            raise Declined("not_in_channel")
        return found

    def seen_channel(self, name: str = "channel") -> Channel:
        """The channel that is asked for, where the caller can see it."""
        found = self.world.channels.get(self.arguments.get(name, ""))
        if found is None or found.deleted or (found.private and self.caller.id not in found.members):
            raise Declined("channel_not_found")
        return found

    def limit(self, default: int = 100) -> int:
        text = self.arguments.get("limit", "") or str(default)
        if not text.isdigit() or not 1 <= int(text) <= 1000:
            raise Declined("invalid_limit")
        return int(text)

    def moment(self, name: str, default: float) -> float:
        text = self.arguments.get(name, "")
        if not text or text == "now":
            return default
        if not _TS.fullmatch(text):
            raise Declined(f"invalid_ts_{name}")
        return float(text)

    def cursor(self, prefix: str) -> str:
        """What a cursor that we gave stands for; empty for the first page."""
        text = self.arguments.get("cursor", "")
        if not text:
            return ""
        try:
            name, _, value = base64.b64decode(text, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            raise Declined("invalid_cursor") from None
        if name != prefix:
            raise Declined("invalid_cursor")
        return value


def encode_cursor(prefix: str, value: str) -> str:
    return base64.b64encode(f"{prefix}:{value}".encode()).decode()
