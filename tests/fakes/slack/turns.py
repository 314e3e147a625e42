"""What happens in Slack besides talk: people come and go, channels are shared, apps are removed; and special posts."""

from collections.abc import Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import events
from tests.fakes.slack.things import App, Channel, Grant, Happening, User

if TYPE_CHECKING:
    from tests.fakes.slack.world import World

_SIZE = 2048


class Turns:
    """The turns that a world can take; part of World."""

    lock: RLock
    app: App
    apps: dict[str, App]
    users: dict[str, User]
    channels: dict[str, Channel]
    grants: dict[str, Grant]

    def join(self: "World", channel: str, user: str, *, inviter: str = "") -> None:
        """Somebody, or a bot, becomes a member."""
        with self.lock:
            where = self.channels[channel]
            where.members.append(user)
            self.post(channel, user, f"<@{user}> has joined the channel", more={"subtype": "channel_join"})
            self.tell(events.member(self, "member_joined_channel", where, self.users[user], inviter=inviter))

    def leave(self: "World", channel: str, user: str) -> None:
        """Somebody, or a bot, is no longer a member."""
        with self.lock:
            where, person = self.channels[channel], self.users[user]
            where.members.remove(user)
            self.post(channel, user, f"<@{user}> has left the channel", more={"subtype": "channel_leave"})
            self.tell(events.member(self, "member_left_channel", where, person))
            if person.bot:
                self.tell(events.left(self, where, person))

    def archive(self: "World", channel: str, user: str) -> None:
        with self.lock:
            self.channels[channel].archived = True
            self.tell(events.channel_event(self, "archive", self.channels[channel], user=user, is_moved=0))

    def unarchive(self: "World", channel: str, user: str) -> None:
        with self.lock:
            self.channels[channel].archived = False
            where = self.channels[channel]
            more = {} if where.private else {"user": user}
            self.tell(events.channel_event(self, "unarchive", where, **more))

    def rename(self: "World", channel: str, name: str) -> None:
        with self.lock:
            where = self.channels[channel]
            where.name = name
            told = {"id": channel, "is_channel": not where.private, "is_mpim": False, "name": name}
            told |= {"name_normalized": name, "created": 1_700_000_000}
            happening = events.channel_event(self, "rename", where)
            self.tell(events.with_channel(happening, told))

    def connect(self: "World", channel: str, team: str) -> None:
        """Share a channel with another firm's workspace (Slack Connect)."""
        with self.lock:
            where = self.channels[channel]
            where.teams.append(team)
            self.tell(events.channel_event(self, "shared", where, connected_team_id=team))

    def disconnect(self: "World", channel: str, team: str) -> None:
        """End it: their people are no longer members."""
        with self.lock:
            where = self.channels[channel]
            where.teams.remove(team)
            where.members[:] = [one for one in where.members if self.users[one].team != team]
            more = {"previously_connected_team_id": team, "is_ext_shared": bool(where.teams)}
            self.tell(events.channel_event(self, "unshared", where, **more))

    def invite_accepted(self: "World", channel: str, user: str) -> None:
        """Somebody of another firm accepts an invitation to a channel."""
        with self.lock:
            self.tell(events.invite_accepted(self, self.channels[channel], self.users[user]))

    def uninstall(self: "World", team: str, *, app: App | None = None) -> None:
        """Remove the app from a workspace: all its tokens there die, and it hears of both."""
        app = app or self.app
        with self.lock:
            grants = [one for one in self.grants.values() if one.app == app.id and self._belongs(one, team)]
            told = self._revoked(team, app, grants)
            self.tell(events.installation(self, "app_uninstalled", team, app))
            self.tell(told)
            for one in grants:
                one.refusal = "account_inactive"

    def access(self: "World", enterprise: str, teams: list[str], *, granted: bool) -> None:
        """An organisation's administrators add workspaces to its installation, or take them out."""
        what = "team_access_granted" if granted else "team_access_revoked"
        happening = events.installation(self, what, enterprise, self.app, team_ids=teams, event_ts=self.stamp())
        self.tell(happening)

    def revoke(self: "World", token: str) -> None:
        """Make a token invalid; its app hears of it."""
        with self.lock:
            grant = self.grants[token]
            told = self._revoked(self.users[grant.user].team, self.apps[grant.app], [grant])
            self.tell(told)
            grant.refusal = "token_revoked"

    def post_file(self: "World", channel: str, user: str, title: str, text: str = "", **more: Any) -> str:
        """Share a file, whose `title` (and name) may say more than the text."""
        with self.lock:
            made = file_object(self.shown.next_id("F"), title, user, self.users[user].team)
            post = {"subtype": "file_share", "files": [made], "upload": False, "display_as_bot": False}
            return self.post(channel, user, text, more=post, **more)

    def forward(self: "World", channel: str, user: str, origin: str, ts: str, text: str = "", **more: Any) -> str:
        """Share a message of the channel `origin`."""
        with self.lock:
            told = self.find(origin, ts)
            author = self.users[told["user"]]
            shared = {
                "ts": ts,
                "author_id": author.id,
                "author_name": author.name,
                "author_subname": author.name,
                "author_link": f"https://ourco.slack.com/team/{author.id}",
                "author_icon": "",
                "channel_id": origin,
                "channel_team": self.channels[origin].team,
                "channel_name": self.channels[origin].name,
                "is_msg_unfurl": True,
                "is_share": True,
                "text": told["text"],
                "fallback": f"[{ts}] {author.name}: {told['text']}",
                "from_url": f"https://ourco.slack.com/archives/{origin}/p{ts.replace('.', '')}",
                "mrkdwn_in": ["text"],
                "color": "D0D0D0",
                "footer": "Posted in Slack",
            }
            return self.post(channel, user, text, more={"attachments": [shared]}, **more)

    def post_by_app(self: "World", channel: str, bot: str, text: str, **more: Any) -> str:
        """An app posts with its bot user, as chat.postMessage has it."""
        with self.lock:
            return self.post(channel, bot, text, more={"bot_id": self.users[bot].bot_id}, **more)

    def post_by_integration(self: "World", channel: str, name: str, text: str, *, workflow: bool = False) -> str:
        """An integration without a user, or a workflow, posts."""
        more = {"subtype": "bot_message", "bot_id": "B0" + name.upper().replace(" ", "")[:8], "username": name}
        if workflow:
            more |= {"bot_profile": {"id": more["bot_id"], "name": name, "app_id": "A00", "deleted": False}}
        return self.post(channel, "", text, more={**more, "user": None})

    def _belongs(self, grant: Grant, team: str) -> bool:
        return team in (grant.enterprise, self.users[grant.user].team)

    def _revoked(self: "World", team: str, app: App, grants: list[Grant]) -> Happening:
        people = [one.user for one in grants if not self.users[one.user].bot]
        bots = [one.user for one in grants if self.users[one.user].bot]
        return events.installation(self, "tokens_revoked", team, app, tokens={"oauth": people, "bot": bots})


def file_object(made: str, title: str, user: str, team: str) -> Mapping[str, Any]:
    """A file as a message carries it."""
    name = title if "." in title else f"{title}.pdf"
    kind = name.rpartition(".")[2]
    return {
        "id": made,
        "created": 1_700_000_000,
        "timestamp": 1_700_000_000,
        "name": name,
        "title": title,
        "mimetype": "application/pdf" if kind == "pdf" else "application/octet-stream",
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": user,
        "user_team": team,
        "editable": False,
        "size": _SIZE,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": True,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"https://files.slack.com/files-pri/{team}-{made}/{name}",
        "url_private_download": f"https://files.slack.com/files-pri/{team}-{made}/download/{name}",
        "permalink": f"https://ourco.slack.com/files/{user}/{made}/{name}",
        "permalink_public": f"https://slack-files.com/{team}-{made}-0000000000",
        "has_rich_preview": False,
        "media_display_type": "unknown",
        "file_access": "visible",
    }
