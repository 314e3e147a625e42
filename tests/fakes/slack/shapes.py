"""The JSON that Slack shows of the world's things."""

from typing import Any

from tests.fakes.slack.events import dressed
from tests.fakes.slack.world import Channel, Team, User, World


def message(world: World, channel: Channel, post: dict[str, Any]) -> dict[str, Any]:
    """A post with what Slack's clients and its replies make of it."""
    post = dressed(post)
    replies = world.replies(channel.id, post["ts"])
    if not replies:
        return post
    people = list(dict.fromkeys(reply["user"] for reply in replies))
    return post | {
        "thread_ts": post["ts"],
        "reply_count": len(replies),
        "reply_users": people[:5],
        "reply_users_count": len(people),
        "latest_reply": replies[-1]["ts"],
        "is_locked": False,
        "subscribed": False,
    }


def full_channel(one: Channel, caller: User) -> dict[str, Any]:
    """A conversation object as conversations.info has it."""
    if one.kind == "im":
        return _direct(one, caller)
    shown = channel(one, caller) | {
        "connected_team_ids": [team for team in _teams(one) if team != caller.team],
        "last_read": "0000000000.000000",
    }
    del shown["priority"]
    return shown


def channel(one: Channel, caller: User) -> dict[str, Any]:
    """A conversation object as conversations.list has it."""
    if one.kind == "im":
        return _direct(one, caller)
    note = {"value": "", "creator": "", "last_set": 0}
    return {
        "id": one.id,
        "name": one.name,
        "is_channel": not one.private,
        "is_group": one.private,
        "is_im": False,
        "is_mpim": one.kind == "mpim",
        "is_private": one.private,
        "created": 1_700_000_000,
        "is_archived": one.archived,
        "is_general": False,
        "unlinked": 0,
        "name_normalized": one.name,
        "is_shared": bool(one.teams),
        "is_org_shared": one.org_shared,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": caller.team,
        "updated": 1_700_000_000_000,
        "creator": one.members[0] if one.members else "",
        "is_ext_shared": bool(one.outside),
        "shared_team_ids": _teams(one),
        "pending_connected_team_ids": [],
        "internal_team_ids": [caller.team] if one.teams else [],
        "is_member": caller.id in one.members,
        "topic": note,
        "purpose": note,
        "previous_names": [],
        "num_members": len(one.members),
        "properties": {},
        "conversation_host_id": one.team,
        "priority": 0,
    }


def user(world: World, one: User, *, with_mail: bool) -> dict[str, Any]:
    """A user object as users.info has it."""
    team = world.teams[one.team]
    shown = {
        "id": one.id,
        "team_id": one.team,
        "name": one.name.partition(" ")[0].lower(),
        "deleted": one.deleted,
        "color": "",
        "real_name": one.name,
        "tz": one.tz,
        "tz_label": "",
        "tz_offset": one.tz_offset,
        "profile": _profile(one, with_mail=with_mail),
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": bool(one.guest),
        "is_ultra_restricted": one.guest == "single",
        "is_bot": one.bot,
        "is_app_user": False,
        "is_email_confirmed": True,
        "updated": 0,
    }
    if one.stranger:
        shown["is_stranger"] = True
    if team.enterprise:
        shown["enterprise_user"] = {"id": one.id, "enterprise_id": team.enterprise, "teams": [one.team]}
    return shown


def team(one: Team) -> dict[str, Any]:
    """A team object as team.info has it."""
    shown = {"id": one.id, "name": one.name, "domain": one.domain, "email_domain": "", "icon": {"image_default": True}}
    return shown | ({"enterprise_id": one.enterprise} if one.enterprise else {})


def _profile(one: User, *, with_mail: bool) -> dict[str, Any]:
    first, _, last = one.name.partition(" ")
    shown = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": one.name,
        "real_name_normalized": one.name,
        "display_name": first.lower(),
        "display_name_normalized": first.lower(),
        "first_name": first,
        "last_name": last,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "team": one.team,
    }
    if with_mail and one.email:
        shown["email"] = one.email
    return shown


def _direct(one: Channel, caller: User) -> dict[str, Any]:
    """A conversation object of direct messages between two."""
    other = next((member for member in one.members if member != caller.id), caller.id)
    return {
        "id": one.id,
        "created": 1_700_000_000,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": caller.team,
        "updated": 1_700_000_000_000,
        "user": other,
        "is_user_deleted": False,
        "is_open": True,
        "priority": 0,
    }


def _teams(one: Channel) -> list[str]:
    return [one.team, *one.teams]
