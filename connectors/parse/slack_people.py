"""Who is who in Slack: users, channels, and the address that stands for a person.

Slack has no flag that says "external". What tells is the home team of a user, and for guests, who are members of our
own workspace, their mail domain. So whoever has a visible mail address is known by it, and everyone else by an address
whose domain is made from the team:

========================================  ==========================
a member of team T0123                    `u01@t0123.slack`
a guest in T0123, whose firm nobody knows `u01@t0123-guest.slack`
a user of whom not even the team is known `u01@unknown.slack`
========================================  ==========================

A directory counts our own people as ours when its own domains hold `own_domain(team)`, that is `t0123.slack`. The form
of a guest's domain is neither that domain nor one of its subdomains, so a guest is never taken for one of ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from messages import Participant

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAIL = re.compile(r"[^@\s<>,;\"]{1,64}@[^@\s<>,;\"]{1,190}")
# What no store takes: half a surrogate pair, which JSON can spell, and NUL.
_UNSOUND = re.compile("[\ud800-\udfff\0]")
_LANGUAGE = re.compile(r"[a-z]{2}")
# No clock on earth is farther from UTC, in seconds.
_FARTHEST = 14 * 3600
# Slack's own voice: it speaks as a user, but nobody speaks through it.
SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackUser:
    """A Slack user; `team` is their home team, empty when unknown, and `guest` one of its restricted accounts.

    `language` is that of their client, as two letters, and `offset` their distance from UTC in seconds.
    """

    id: str
    team: str = ""
    name: str = ""
    email: str = ""
    guest: bool = False
    bot: bool = False
    language: str = ""
    offset: int = 0

    @property
    def address(self) -> str:
        """The address that stands for this user, lower case; see the top of this module for its forms."""
        if self.email:
            return self.email
        return f"{self.id}@{self.team or 'unknown'}{'-guest' if self.guest else ''}.slack".lower()

    @property
    def participant(self) -> Participant:
        """This user as one end of a message."""
        return Participant(address=self.address, name=self.name)

    def is_outsider(self, team: str) -> bool:
        """Whether this person is no regular member of `team`: of another team, of none we know of, or a guest."""
        return not self.bot and (self.guest or self.team != team)


class SlackUsers(Protocol):
    """Users by id; a plain dict is one."""

    def get(self, user_id: str, /) -> SlackUser | None:
        """Return the user, or None when nothing is known of them."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChannel:
    """A conversation. `members` are user ids; `name` is empty for direct messages.

    `shared` says that another firm's workspace is connected to it, `teams` which ones, as far as known.
    """

    id: str
    name: str = ""
    members: tuple[str, ...] = ()
    shared: bool = False
    teams: tuple[str, ...] = ()
    archived: bool = False


def own_domain(team: str) -> str:
    """Name the domain of a team's regular members without a known mail address: `t0123.slack`."""
    return f"{team}.slack".lower()


def parse_user(raw: Mapping[str, Any], *, team: str, enterprise: str = "") -> SlackUser | None:
    """Read a user object of users.info, users.list or users.json; None when it has no usable id.

    Everyone of our own `enterprise` (the id of an Enterprise Grid) counts as a member of our own `team`.
    """
    user_id = identifier(raw.get("id"))
    if not user_id:
        return None
    profile = mapping(raw.get("profile"))
    grid = mapping(raw.get("enterprise_user"))
    home = identifier(raw.get("team_id")) or identifier(profile.get("team")) or team
    if enterprise and enterprise in (home, raw.get("enterprise_id"), grid.get("enterprise_id")):
        home = team
    return SlackUser(
        id=user_id,
        team=home,
        name=_name(raw, profile),
        email=_mail(profile.get("email")),
        guest=bool(raw.get("is_restricted")) or bool(raw.get("is_ultra_restricted")),
        bot=bool(raw.get("is_bot")) or bool(raw.get("is_workflow_bot")) or user_id == SLACKBOT,
        language=_language(raw.get("locale")),
        offset=_offset(raw.get("tz_offset")),
    )


def parse_channel(raw: Mapping[str, Any], *, team: str, members: tuple[str, ...] = ()) -> SlackChannel | None:
    """Read a channel object of conversations.list or channels.json; None when it has no usable id.

    `members` replace those of the object itself, which only exports have.
    """
    channel_id = identifier(raw.get("id"))
    if not channel_id:
        return None
    teams: list[str] = []
    for key in ("connected_team_ids", "shared_team_ids", "connected_limited_team_ids"):
        teams += identifiers(raw.get(key))
    inside = {team, *identifiers(raw.get("internal_team_ids"))}
    return SlackChannel(
        id=channel_id,
        name=one_line(raw.get("name")),
        members=members or tuple(identifiers(raw.get("members"))),
        shared=bool(raw.get("is_ext_shared")),
        teams=tuple(dict.fromkeys(one for one in teams if one not in inside)),
        archived=bool(raw.get("is_archived")),
    )


def author_of(raw: Mapping[str, Any], user_id: str) -> SlackUser | None:
    """Tell what a message itself says about its author: home team and, in exports, a short profile; None if nothing."""
    profile = mapping(raw.get("user_profile"))
    for team in (raw.get("user_team"), profile.get("team"), raw.get("source_team"), raw.get("team")):
        if identifier(team):
            home = identifier(team)
            break
    else:
        return None
    return SlackUser(
        id=user_id,
        team=home,
        name=_name(profile, profile),
        guest=bool(profile.get("is_restricted")) or bool(profile.get("is_ultra_restricted")),
    )


def unknown_user(user_id: str, channel: SlackChannel, team: str) -> SlackUser:
    """Stand in for a user nothing is known of: ours in a channel of our own, else of the other firm, if it is one."""
    if not channel.shared:
        return SlackUser(id=user_id, team=team)
    return SlackUser(id=user_id, team=channel.teams[0] if len(channel.teams) == 1 else "")


def identifier(value: object) -> str:
    """Return a Slack id as it is, or nothing when the value is not one."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def identifiers(value: object) -> list[str]:
    """Return the Slack ids of a list, without what is none."""
    return [one for one in map(identifier, value) if one] if isinstance(value, list) else []


def mapping(value: object) -> Mapping[str, Any]:
    """Return a JSON object as it is, and an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def one_line(value: object) -> str:
    """Return a name on one line, so that nobody's name can look like a line of text; empty for what is no string."""
    return " ".join(sound(value).split()) if isinstance(value, str) else ""


def sound(text: str) -> str:
    """Replace what can be spelled in JSON and is no character; the length stays."""
    return _UNSOUND.sub("\N{REPLACEMENT CHARACTER}", text)


def _name(raw: Mapping[str, Any], profile: Mapping[str, Any]) -> str:
    for value in (profile.get("real_name"), raw.get("real_name"), profile.get("display_name"), raw.get("name")):
        if one_line(value):
            return one_line(value)
    return ""


def _language(locale: object) -> str:
    language = locale[:2].lower() if isinstance(locale, str) else ""
    return language if _LANGUAGE.fullmatch(language) else ""


def _offset(seconds: object) -> int:
    is_sound = isinstance(seconds, int) and not isinstance(seconds, bool) and abs(seconds) <= _FARTHEST
    return seconds if is_sound and isinstance(seconds, int) else 0


def _mail(value: object) -> str:
    if not isinstance(value, str) or not _MAIL.fullmatch(value):
        return ""
    address = sound(value).lower()
    # Nobody's mail ends in our own invention, which says who belongs to which team.
    return "" if address.endswith(".slack") else address
