"""The state behind the fake Slack: workspaces, people, channels and what was said in them.

Time is the world's own: every message moves it a second on, and the server dates its answers by it. A `live` world
goes by the real clock instead, as a benchmark wants it. Whoever watches the world hears of all that happens in it.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from threading import RLock
from typing import Any

from tests.fakes.slack import events
from tests.fakes.slack.shown import Shown
from tests.fakes.slack.things import EVERY_SCOPE, App, Channel, Grant, Happening, Team, User
from tests.fakes.slack.turns import Turns

__all__ = ["EVERY_SCOPE", "App", "Channel", "Grant", "Happening", "Team", "User", "World"]


class World(Turns):
    """Made by hand in a test: add a team, its users, channels; then let them speak."""

    def __init__(self, *, now: int = 1_750_000_000, live: bool = False) -> None:
        self.live = live
        self.lock = RLock()
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.grants: dict[str, Grant] = {}
        self.app = App()
        self.apps: dict[str, App] = {self.app.id: self.app}
        self.shown = Shown()
        self.watchers: list[Callable[[Happening], None]] = []
        self._now = now
        self._ahead = 0
        self._last_micros = 0

    @property
    def now(self) -> int:
        return int(time.time()) + self._ahead if self.live else self._now

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

    def direct(self, *users: str) -> Channel:
        """The direct messages between two people (or more), made when they first talk."""
        with self.lock:
            for one in self.channels.values():
                if one.kind != "channel" and sorted(one.members) == sorted(users):
                    return one
            kind, letter = ("im", "D") if len(users) < 3 else ("mpim", "G")
            made = f"{letter}{len(self.channels):03d}{''.join(users)}"
            return self.channel(made, "", self.users[users[0]].team, users, kind=kind, private=True)

    def grant(self, token: str, user: str, *, scopes: Iterable[str] = EVERY_SCOPE, **more: Any) -> Grant:
        return self.grants.setdefault(token, Grant(user=user, scopes=frozenset(scopes), **more))

    def later(self, seconds: float) -> None:
        self._now += int(seconds)
        self._ahead += int(seconds)

    def stamp(self) -> str:
        """A new timestamp for what is no message of a channel: an ephemeral one, a view's hash."""
        with self.lock:
            return f"{time.time():.6f}" if self.live else f"{self._now}.{next(self.shown.numbers):06d}"

    def tell(self, happening: Happening) -> None:
        """Let everybody who watches hear of it."""
        for watcher in tuple(self.watchers):
            watcher(happening)

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
        quiet: bool = False,
    ) -> str:
        """Say something; returns its timestamp. `more` are further keys of the message (files, attachments, …).

        Nobody hears of it when it is `quiet`, as if it had been said while nothing was delivered.
        """
        with self.lock:
            ts = self._next_ts(channel, at)
            author = self.users.get(user)
            post: dict[str, Any] = {"type": "message", "user": user, "text": text, "ts": ts}
            if author:
                post |= {"team": author.team, "user_team": author.team, "source_team": author.team}
            if thread:
                post |= {"thread_ts": thread, "parent_user_id": self.find(channel, thread).get("user", "")}
            if broadcast:
                post |= {"subtype": "thread_broadcast"}
            post |= more or {}
            post = {key: value for key, value in post.items() if value is not None}
            posts = self.channels[channel].posts
            posts.append(post)
            if len(posts) > 1 and posts[-2]["ts"] > ts:
                posts.sort(key=lambda one: one["ts"])
            if not quiet:
                self.tell(events.posted(self, channel, post))
            return ts

    def edit(self, channel: str, ts: str, text: str, *, more: Mapping[str, Any] | None = None) -> str:
        """Say it anew; returns the time of the edit."""
        with self.lock:
            self._tick()
            post = self.find(channel, ts)
            before = deepcopy(post)
            post |= {"text": text, **(more or {})}
            post["edited"] = {"user": post.get("user", ""), "ts": f"{self.now}.000000"}
            self.tell(events.changed(self, channel, post, before))
            return post["edited"]["ts"]

    def unfurl(self, channel: str, ts: str, url: str, title: str) -> None:
        """Show what is behind a link: a message_changed that is no edit."""
        with self.lock:
            self._tick()
            post = self.find(channel, ts)
            before = deepcopy(post)
            shown = {
                "from_url": url,
                "original_url": url,
                "title": title,
                "title_link": url,
                "fallback": title,
                "id": 1,
            }
            post["attachments"] = [*post.get("attachments", []), shown]
            self.tell(events.changed(self, channel, post, before))

    def delete(self, channel: str, ts: str) -> None:
        """Take it back; a message with replies leaves a tombstone."""
        with self.lock:
            self._tick()
            post = self.find(channel, ts)
            before = deepcopy(post)
            if not self.replies(channel, ts):
                self.channels[channel].posts.remove(post)
                self.tell(events.deleted(self, channel, before))
                return
            post.clear()
            tombstone = {
                "subtype": "tombstone",
                "user": "USLACKBOT",
                "text": "This message was deleted.",
                "hidden": True,
            }
            post.update({"type": "message", "ts": ts, "thread_ts": ts, **tombstone})
            self.tell(events.changed(self, channel, post, before))

    def find(self, channel: str, ts: str) -> dict[str, Any]:
        return next(post for post in reversed(self.channels[channel].posts) if post["ts"] == ts)

    def replies(self, channel: str, ts: str) -> list[dict[str, Any]]:
        posts = self.channels[channel].posts
        return [post for post in posts if post.get("thread_ts") == ts and post["ts"] != ts]

    def _tick(self) -> None:
        if not self.live:
            self._now += 1

    def _next_ts(self, channel: str, at: str) -> str:
        self._tick()
        if at or not self.live:
            return at or f"{self._now}.{len(self.channels[channel].posts) % 1_000_000:06d}"
        micros = max(int((time.time() + self._ahead) * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"
