"""What the app asks Slack for, each with its reason: the manifest, the installation and the doctor go by this."""

from dataclasses import dataclass

from service.settings import SlackSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A scope, or an event, and what it is used for.

    `live` ones are not needed where only history is read, `many` ones only where workspaces install the app themselves.
    """

    name: str
    why: str
    live: bool = True
    many: bool = False


BOT_SCOPES: tuple[Asked, ...] = (
    Asked(
        name="channels:history",
        why="Reads messages in public channels that the app was invited to and that a counterparty is in.",
        live=False,
    ),
    Asked(
        name="channels:read",
        why="Learns which public channels the app is in, who is in them and whether they are shared.",
        live=False,
    ),
    Asked(
        name="chat:write",
        why="Posts warnings that only their reader sees, direct messages, and alerts in procurement's channel.",
    ),
    Asked(name="commands", why="Answers `/frontdoor` and the message shortcut “Report to procurement”."),
    Asked(name="groups:history", why="The same as channels:history for private channels.", live=False),
    Asked(name="groups:read", why="The same as channels:read for private channels.", live=False),
    Asked(
        name="im:write",
        why="Opens the direct message in which a warning is repeated that could not be shown in its channel.",
    ),
    Asked(
        name="users:read",
        why="Tells our own people, guests and other firms' people apart, and which of them the bot is.",
        live=False,
    ),
    Asked(
        name="users:read.email",
        why="Recognises people and counterparties by their mail domains, as in mail.",
        live=False,
    ),
)

USER_SCOPES: tuple[Asked, ...] = (
    Asked(name="chat:write", why="Deletes a message of the person's own when they press “Delete my message”."),
    Asked(name="im:history", why="Reads the person's direct messages with people outside, and no others."),
    Asked(name="im:read", why="Learns with whom the person has direct messages, to leave out all that are internal."),
    Asked(name="mpim:history", why="The same as im:history for group direct messages."),
    Asked(name="mpim:read", why="The same as im:read for group direct messages."),
)

BOT_EVENTS: tuple[Asked, ...] = (
    Asked(name="app_home_opened", why="Fills App Home: a person's own history and the course."),
    Asked(name="app_uninstalled", why="Forgets the token of a workspace that removed the app."),
    Asked(name="channel_archive", why="Shows that a channel is archived and no longer read."),
    Asked(name="channel_deleted", why="Shows that a channel is gone."),
    Asked(name="channel_id_changed", why="Keeps track of a channel whose id changes when it is shared."),
    Asked(name="channel_left", why="Shows that the app was removed from a public channel."),
    Asked(name="channel_rename", why="Keeps a channel's name right in the console."),
    Asked(name="channel_shared", why="Notices that another firm was connected to a channel."),
    Asked(name="channel_unarchive", why="Reads a channel again."),
    Asked(name="channel_unshared", why="Notices that another firm was disconnected from a channel."),
    Asked(name="group_archive", why="The same as channel_archive for private channels."),
    Asked(name="group_deleted", why="The same as channel_deleted for private channels."),
    Asked(name="group_left", why="The same as channel_left for private channels."),
    Asked(name="group_rename", why="The same as channel_rename for private channels."),
    Asked(name="group_unarchive", why="The same as channel_unarchive for private channels."),
    Asked(name="member_joined_channel", why="Notices a supplier who joins: from then on the channel is read."),
    Asked(name="member_left_channel", why="Notices the last supplier who leaves: from then on it is not read."),
    Asked(name="message.channels", why="Messages, edits and deletions in public channels, as they happen."),
    Asked(name="message.groups", why="The same for private channels."),
    Asked(
        name="team_access_granted",
        why="Notices a workspace that an organisation adds to its installation.",
        many=True,
    ),
    Asked(name="team_access_revoked", why="Notices a workspace that an organisation takes out again.", many=True),
    Asked(name="tokens_revoked", why="Forgets tokens that were revoked, of the bot or of a person."),
)

USER_EVENTS: tuple[Asked, ...] = (
    Asked(name="message.im", why="Direct messages with people outside, of those who consented."),
    Asked(name="message.mpim", why="The same for group direct messages."),
)


def bot_scopes(source: SlackSource) -> tuple[str, ...]:
    """Return the scopes that a source's bot token needs for all that is switched on."""
    return tuple(one.name for one in BOT_SCOPES if source.is_live or not one.live)


def user_scopes(source: SlackSource) -> tuple[str, ...]:
    """Return the scopes that a person is asked to consent to; none where nobody can consent."""
    return tuple(one.name for one in USER_SCOPES) if source.installs is not None else ()


def lacking(source: SlackSource, granted: tuple[str, ...]) -> tuple[str, ...]:
    """Return the scopes that a bot token lacks; none where Slack does not say what it has."""
    return tuple(one for one in bot_scopes(source) if granted and one not in granted)
