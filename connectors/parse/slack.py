"""From the JSON of a Slack message to a Message: the same for history, threads, events and export files.

Only what a person said becomes a message. Joins, topics, reminders, bots, workflows and tombstones give None, and so
does a subtype that Slack invents tomorrow, until somebody has looked at it.

The title that somebody gives a file is said, too, and follows their text. A message that somebody *forwards* (Slack
calls it a share) is told anew by whoever forwards it, so its text follows theirs under a forward line, as mail has it.
What Slack shows below a pasted link is Slack's doing and is left out.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from connectors.parse.slack_people import (
    SLACKBOT,
    SlackChannel,
    SlackUser,
    SlackUsers,
    author_of,
    identifier,
    mapping,
    one_line,
    sound,
    unknown_user,
)
from connectors.parse.slack_text import NameOf, blocks_text, plain_text
from messages import Attachment, Channel, Message, Participant

__all__ = [
    "SAID",
    "SlackChannel",
    "SlackParseError",
    "SlackUser",
    "SlackUsers",
    "author_id",
    "microseconds",
    "parse_slack",
]

FORWARD_LINE = "---------- Forwarded message ---------"

# The subtypes of what a person says.
SAID = frozenset({None, "", "me_message", "file_share", "file_comment", "thread_broadcast", "reply_broadcast"})
_TS = re.compile(r"([0-9]{1,12})\.([0-9]{6})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
# A forward of a forward of a forward: Slack itself stops before.
_DEPTH = 4


class SlackParseError(Exception):
    """The JSON is no Slack message. The text names the field that is wrong and nothing of its content."""


def parse_slack(
    raw: object, *, team: str, channel: SlackChannel, users: SlackUsers, bots: bool = False
) -> Message | None:
    """Read one message; None when nobody said it.

    `team` is our own workspace. `Message.id` is `TEAM:CHANNEL:TS`, and `TEAM:CHANNEL:TS:EDITED_TS` for an edited
    message, so that an edit is a new thing to look at. `to` holds the people of the channel except the author; in a
    channel connected to another firm of whom nobody is known yet, it holds `CHANNEL@THEIRTEAM.slack` for that firm.
    With `bots`, apps and workflows say something, too.

    Raises SlackParseError.
    """
    said = _said(raw, bots=bots)
    if said is None:
        return None
    ts = _timestamp(said, "ts")
    author = _author(said, team=team, channel=channel, users=users)
    if author.bot and not bots:
        return None
    text = sound(_text(said, users))
    attachments = tuple(_attachments(said))
    if not text.strip() and not attachments:
        return None
    edited = mapping(said.get("edited"))
    thread = _timestamp(said, "thread_ts") if said.get("thread_ts") else ts
    return Message(
        id=":".join([team, channel.id, ts, *([_timestamp(edited, "ts")] if edited else [])]),
        channel=Channel.SLACK,
        sender=author.participant,
        to=_audience(author, team=team, channel=channel, users=users),
        subject=f"#{channel.name}" if channel.name else "",
        text=text,
        sent_at=_sent_at(ts),
        thread=f"{channel.id}:{thread}",
        attachments=attachments,
    )


def microseconds(ts: object) -> int | None:
    """Return a Slack timestamp ("1700000000.000100") in microseconds since 1970; None when it is none."""
    match = _TS.fullmatch(ts) if isinstance(ts, str) else None
    return int(match[1]) * 1_000_000 + int(match[2]) if match else None


def author_id(raw: Mapping[str, Any]) -> str:
    """Name the user who said a message, without reading the rest of it; empty when there is none."""
    if raw.get("subtype") == "file_comment":
        return identifier(mapping(raw.get("comment")).get("user"))
    return identifier(raw.get("user"))


def _said(raw: object, *, bots: bool) -> Mapping[str, Any] | None:
    if not isinstance(raw, Mapping):
        raise SlackParseError("not a JSON object")
    if raw.get("type", "message") != "message":
        return None
    if raw.get("subtype") == "message_changed":
        # The event around an edit; some of them leave the time of the message to the version before.
        before = mapping(raw.get("previous_message"))
        raw = {"ts": before.get("ts"), **mapping(raw.get("message"))}
    subtype = raw.get("subtype")
    if not (subtype is None or isinstance(subtype, str)):
        raise SlackParseError("subtype is no text")
    if bots:
        return raw if subtype in SAID or subtype == "bot_message" else None
    return raw if subtype in SAID and not _by_app(raw) else None


def _by_app(raw: Mapping[str, Any]) -> bool:
    return bool(raw.get("bot_id")) and not raw.get("user")


def _timestamp(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    moment = microseconds(value)
    if moment is None or not isinstance(value, str) or moment > (_LAST - _EPOCH) // timedelta(microseconds=1):
        raise SlackParseError(f"{key} is missing or malformed")
    return value


def _sent_at(ts: str) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds(ts) or 0)


def _author(raw: Mapping[str, Any], *, team: str, channel: SlackChannel, users: SlackUsers) -> SlackUser:
    user_id = author_id(raw)
    if not user_id and _by_app(raw):
        return _app_of(raw, team)
    if not user_id:
        raise SlackParseError("user is missing or malformed")
    known = users.get(user_id)
    if known:
        return known
    if raw.get("bot_id") or user_id == SLACKBOT:
        # An app may speak as a person, but then the person is known.
        return SlackUser(id=user_id, bot=True)
    return author_of(raw, user_id) or unknown_user(user_id, channel, team)


def _app_of(raw: Mapping[str, Any], team: str) -> SlackUser:
    profile = mapping(raw.get("bot_profile"))
    app_id = identifier(raw.get("bot_id"))
    if not app_id:
        raise SlackParseError("bot_id is malformed")
    name = one_line(raw.get("username")) or one_line(profile.get("name"))
    return SlackUser(id=app_id, team=identifier(profile.get("team_id")) or team, name=name, bot=True)


def _audience(author: SlackUser, *, team: str, channel: SlackChannel, users: SlackUsers) -> tuple[Participant, ...]:
    members = [users.get(member) or unknown_user(member, channel, team) for member in dict.fromkeys(channel.members)]
    people = [member for member in members if member.id != author.id and not member.bot]
    audience = [person.participant for person in people]
    if channel.shared and not any(person.is_outsider(team) for person in (author, *people)):
        audience += [SlackUser(id=channel.id, team=other).participant for other in channel.teams or ("",)]
    return tuple(audience)


def _text(raw: Mapping[str, Any], users: SlackUsers) -> str:
    def name_of(user_id: str) -> str:
        user = users.get(user_id)
        return user.name if user else ""

    if raw.get("subtype") == "file_comment":
        return plain_text(_string(mapping(raw.get("comment")), "comment"), name_of)
    own = plain_text(_string(raw, "text"), name_of)
    # What an app posts in a person's name shows its blocks; `text` is then only what a notification says.
    if raw.get("bot_id") or not own.strip():
        own = blocks_text(raw.get("blocks"), name_of) or own
    parts = (own, *_titles(raw), *_forwards(raw, users, name_of, _DEPTH))
    return "\n\n".join(part for part in parts if part.strip())


def _titles(raw: Mapping[str, Any]) -> Iterator[str]:
    """Yield the titles that somebody wrote above their files: what is only the file's name again is none."""
    files = raw.get("files")
    for file in map(mapping, files if isinstance(files, list) else []):
        title, name = one_line(file.get("title")), one_line(file.get("name"))
        if title and name and file.get("mode") != "tombstone" and title.casefold() not in _names(name):
            yield title


def _names(name: str) -> set[str]:
    return {name.casefold(), name.rpartition(".")[0].casefold().strip()}


def _string(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if not (value is None or isinstance(value, str)):
        raise SlackParseError(f"{key} is no text")
    return value or ""


def _shares(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    attachments = raw.get("attachments")
    found = map(mapping, attachments if isinstance(attachments, list) else [])
    return [one for one in found if one.get("is_share") is True]


def _forwards(raw: Mapping[str, Any], users: SlackUsers, name_of: NameOf, depth: int) -> Iterator[str]:
    if depth == 0:
        return
    for share in _shares(raw):
        text = _shared_text(share, name_of)
        if text.strip():
            author = users.get(identifier(share.get("author_id")))
            name = one_line(share.get("author_name")) or (author.name if author else "")
            origin = f"{name} <{author.address}>" if author else name
            yield f"{FORWARD_LINE}\nFrom: {origin or 'unknown'}\n\n{text}"
        yield from _forwards(share, users, name_of, depth - 1)


def _shared_text(share: Mapping[str, Any], name_of: NameOf) -> str:
    text = share.get("text")
    if isinstance(text, str) and text.strip():
        return plain_text(text, name_of)
    blocks = share.get("message_blocks")
    for block in map(mapping, blocks if isinstance(blocks, list) else []):
        found = blocks_text(mapping(block.get("message")).get("blocks"), name_of)
        if found:
            return found
    fallback = share.get("fallback")
    return plain_text(fallback, name_of) if isinstance(fallback, str) else ""


def _attachments(raw: Mapping[str, Any], depth: int = _DEPTH) -> Iterator[Attachment]:
    if depth == 0:
        return
    files = raw.get("files")
    for file in map(mapping, files if isinstance(files, list) else []):
        name = one_line(file.get("name")) or one_line(file.get("title"))
        if file.get("mode") == "tombstone" or not name:
            continue
        size = file.get("size")
        yield Attachment(
            name=name,
            media_type=one_line(file.get("mimetype")) or "application/octet-stream",
            size=size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0,
        )
    for share in _shares(raw):
        yield from _attachments(share, depth - 1)
