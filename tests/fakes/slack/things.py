"""What the fake Slack's world is made of: workspaces, people, channels, apps and what tokens may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FRONTDOOR = "A0FRONTDOOR"
XAPP = "xapp-1-made-up"

EVERY_SCOPE = frozenset(
    {
        "canvases:read",
        "canvases:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "team:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(slots=True, kw_only=True)
class Team:
    """A workspace; `enterprise` is the Enterprise Grid organisation it belongs to, if any."""

    id: str
    name: str
    enterprise: str = ""

    @property
    def domain(self) -> str:
        return self.name.lower().replace(" ", "-")


@dataclass(slots=True, kw_only=True)
class User:
    """`guest` is "", "multi" or "single"; a `stranger` shares no channel with whoever asks."""

    id: str
    team: str
    name: str
    email: str = ""
    guest: str = ""
    bot: bool = False
    stranger: bool = False
    deleted: bool = False
    hidden: bool = False  # users.info answers user_not_visible
    locale: str = "en-US"
    tz: str = "Europe/Berlin"
    tz_offset: int = 0
    active: bool = True  # sees an ephemeral message
    app: str = FRONTDOOR  # whose bot it is, if it is one

    @property
    def bot_id(self) -> str:
        return "B" + self.id[1:]


@dataclass(slots=True, kw_only=True)
class Channel:
    """`teams` are the workspaces connected to it besides its own; `kind` is channel, im or mpim.

    They are other firms' (Slack Connect), or with `org_shared` of the same Enterprise Grid organisation.
    """

    id: str
    name: str
    team: str
    kind: str = "channel"
    private: bool = False
    archived: bool = False
    deleted: bool = False
    org_shared: bool = False
    teams: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """The other firms' workspaces connected to it."""
        return [] if self.org_shared else self.teams

    @property
    def type(self) -> str:
        """Its channel_type in events: channel, group, im or mpim."""
        if self.kind != "channel":
            return self.kind
        return "group" if self.private else "channel"

    @property
    def family(self) -> str:
        """The first word of its scopes and event names: channels, groups, im or mpim."""
        return {"channel": "channels", "group": "groups"}.get(self.type, self.type)


@dataclass(slots=True, kw_only=True)
class Grant:
    """What a token may do; `refusal` is the error every call with it gets, if any.

    `enterprise` is the organisation of an org-wide installation, whose token works in each of its workspaces.
    """

    user: str
    scopes: frozenset[str] = EVERY_SCOPE
    refusal: str = ""
    enterprise: str = ""
    app: str = FRONTDOOR


@dataclass(slots=True, kw_only=True)
class App:
    """An app as Slack knows it: its secrets, and its app-level tokens with their scopes."""

    id: str = FRONTDOOR
    name: str = "frontdoor"
    client_id: str = "1000.2000"
    client_secret: str = "made-up-client-secret"
    signing_secret: str = "made-up-signing-secret"
    verification: str = "made-up-verification"
    tokens: dict[str, frozenset[str]] = field(default_factory=lambda: {XAPP: frozenset({"connections:write"})})


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something an app may hear of: the inner event, and where it happened.

    `scope` is what a token needs to hear of it, `team` the workspace when it was in no channel. `only` narrows it to
    an app, `to` to what a user's tokens hear.
    """

    event: Mapping[str, Any]
    channel: Channel | None = None
    team: str = ""
    scope: str = ""
    only: str = ""
    to: str = ""
