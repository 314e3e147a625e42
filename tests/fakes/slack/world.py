"""The state behind the fake Slack: workspaces, people, channels and what was said in them.

Time is the world's own: every message moves it a second on, and the server dates its answers by it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

EVERY_SCOPE = frozenset(
    {
        "channels:history",
        "channels:read",
        "groups:history",
        "groups:read",
        "team:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(slots=True, kw_only=True)
class Team:
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


@dataclass(slots=True, kw_only=True)
class Channel:
    """`teams` are the other firms' workspaces connected to it (Slack Connect)."""

    id: str
    name: str
    team: str
    private: bool = False
    archived: bool = False
    deleted: bool = False
    teams: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Grant:
    """What a token may do; `refusal` is the error every call with it gets, if any."""

    user: str
    scopes: frozenset[str] = EVERY_SCOPE
    refusal: str = ""


class World:
    """Made by hand in a test: add a team, its users, channels; then let them speak."""

    def __init__(self, *, now: int = 1_750_000_000) -> None:
        self.now = now
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.grants: dict[str, Grant] = {}

    def team(self, team_id: str, name: str, *, enterprise: str = "") -> Team:
        return self.teams.setdefault(team_id, Team(id=team_id, name=name, enterprise=enterprise))

    def user(self, user_id: str, team: str, name: str, **more: Any) -> User:
        return self.users.setdefault(user_id, User(id=user_id, team=team, name=name, **more))

    def channel(
        self,
        channel_id: str,
        name: str,
        team: str,
        members: Iterable[str] = (),
        *,
        teams: Iterable[str] = (),
        **more: Any,
    ) -> Channel:
        made = Channel(id=channel_id, name=name, team=team, members=list(members), teams=list(teams), **more)
        return self.channels.setdefault(channel_id, made)

    def grant(self, token: str, user: str, *, scopes: Iterable[str] = EVERY_SCOPE) -> Grant:
        return self.grants.setdefault(token, Grant(user=user, scopes=frozenset(scopes)))

    def later(self, seconds: float) -> None:
        self.now += int(seconds)

    def post(
        self,
        channel: str,
        user: str,
        text: str,
        *,
        thread: str = "",
        broadcast: bool = False,
        at: str = "",
        more: Mapping[str, Any] | None = None,
    ) -> str:
        """Say something; returns its timestamp. `more` are further keys of the message (files, attachments, …)."""
        self.now += 1
        ts = at or f"{self.now}.{len(self.channels[channel].posts) % 1_000_000:06d}"
        author = self.users.get(user)
        post: dict[str, Any] = {"type": "message", "user": user, "text": text, "ts": ts}
        if author:
            post |= {"team": author.team, "user_team": author.team, "source_team": author.team}
        if thread:
            post |= {"thread_ts": thread, "parent_user_id": self.find(channel, thread).get("user", "")}
        if broadcast:
            post |= {"subtype": "thread_broadcast"}
        post |= more or {}
        self.channels[channel].posts.append(post)
        self.channels[channel].posts.sort(key=lambda one: one["ts"])
        return ts

    def edit(self, channel: str, ts: str, text: str) -> str:
        """Say it anew; returns the time of the edit."""
        self.now += 1
        post = self.find(channel, ts)
        post["text"] = text
        post["edited"] = {"user": post["user"], "ts": f"{self.now}.000000"}
        return post["edited"]["ts"]

    def delete(self, channel: str, ts: str) -> None:
        """Take it back; a message with replies leaves a tombstone."""
        post = self.find(channel, ts)
        if not self.replies(channel, ts):
            self.channels[channel].posts.remove(post)
            return
        post.clear()
        tombstone = {"subtype": "tombstone", "user": "USLACKBOT", "text": "This message was deleted.", "hidden": True}
        post.update({"type": "message", "ts": ts, **tombstone})

    def find(self, channel: str, ts: str) -> dict[str, Any]:
        return next(post for post in self.channels[channel].posts if post["ts"] == ts)

    def replies(self, channel: str, ts: str) -> list[dict[str, Any]]:
        posts = self.channels[channel].posts
        return [post for post in posts if post.get("thread_ts") == ts and post["ts"] != ts]
