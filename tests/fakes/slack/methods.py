"""What each Web API method answers, for a caller, from the world.

Paging is as Slack does it: `limit` items, an opaque `response_metadata.next_cursor`, `has_more` for messages; history
newest first, replies oldest first with the thread's root ahead of every page; `oldest` and `latest` exclusive unless
`inclusive`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes.slack import installing, shapes, talking, viewing, writing
from tests.fakes.slack.calls import Answer, Arguments, Call, Declined, encode_cursor
from tests.fakes.slack.things import Channel, User
from tests.fakes.slack.world import World


def auth_test(call: Call) -> Answer:
    team = call.world.teams[call.caller.team]
    answer = {
        "url": f"https://{team.domain}.slack.com/",
        "team": call.grant.enterprise or team.name,
        "user": call.caller.name,
        "team_id": call.grant.enterprise or team.id,
        "user_id": call.caller.id,
        "is_enterprise_install": bool(call.grant.enterprise),
    }
    if call.caller.bot:
        answer["bot_id"] = call.caller.bot_id
    return answer | ({"enterprise_id": team.enterprise} if team.enterprise else {})


def team_info(call: Call) -> Answer:
    call.need("team:read")
    found = call.world.teams.get(call.arguments.get("team", call.caller.team))
    if found is None:
        raise Declined("team_not_found")
    return {"team": shapes.team(found)}


def conversations_list(call: Call) -> Answer:
    return _conversations(call, lambda one: call.caller.id in one.members or not one.private)


def users_conversations(call: Call) -> Answer:
    of, caller = call.arguments.get("user") or call.caller.id, call.caller.id
    return _conversations(call, lambda one: of in one.members and (caller in one.members or not one.private))


def conversations_info(call: Call) -> Answer:
    return {"channel": shapes.full_channel(call.channel("read"), call.caller)}


def conversations_members(call: Call) -> Answer:
    members = sorted(call.channel("read").members)
    page, metadata = _slice(call, members, "user", lambda one: one)
    return {"members": page, **metadata}


def conversations_history(call: Call) -> Answer:
    channel = call.channel("history")
    root = [post for post in channel.posts if _shown_in_channel(post)]
    found = [post for post in reversed(root) if _in_range(call, post)]
    from_ts = call.cursor("next_ts")
    if from_ts:
        found = [post for post in found if _digits(post) <= from_ts]
    page, rest = found[: call.limit()], found[call.limit() :]
    answer = {
        "messages": [shapes.message(call.world, channel, post) for post in page],
        "has_more": bool(rest),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": encode_cursor("next_ts", _digits(rest[0]))}} if rest else {})


def conversations_replies(call: Call) -> Answer:
    channel = call.channel("history")
    thread = call.arguments.get("ts", "")
    root = next((post for post in channel.posts if post["ts"] == thread), None)
    if root is None:
        raise Declined("thread_not_found")
    found = [post for post in call.world.replies(channel.id, thread) if _in_range(call, post)]
    from_ts = call.cursor("next_ts")
    if from_ts:
        found = [post for post in found if _digits(post) >= from_ts]
    page, rest = found[: call.limit()], found[call.limit() :]
    messages = [shapes.message(call.world, channel, post) for post in (root, *page)]
    answer = {"messages": messages, "has_more": bool(rest)}
    return answer | ({"response_metadata": {"next_cursor": encode_cursor("next_ts", _digits(rest[0]))}} if rest else {})


def users_info(call: Call) -> Answer:
    call.need("users:read")
    found = call.world.users.get(call.arguments.get("user", ""))
    if found is None:
        raise Declined("user_not_found")
    if found.hidden:
        raise Declined("user_not_visible")
    return {"user": _person(call, found)}


def users_list(call: Call) -> Answer:
    call.need("users:read")
    users = sorted((one for one in call.world.users.values() if not one.hidden), key=lambda one: one.id)
    page, metadata = _slice(call, users, "user", lambda one: one.id)
    shown = [_person(call, one) for one in page]
    return {"members": shown, "cache_ts": call.world.now, **metadata}


_KINDS = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
METHODS: dict[str, Callable[[Call], Answer]] = {
    **installing.METHODS,
    **talking.METHODS,
    **viewing.METHODS,
    **writing.METHODS,
    "auth.test": auth_test,
    "conversations.history": conversations_history,
    "conversations.info": conversations_info,
    "conversations.list": conversations_list,
    "conversations.members": conversations_members,
    "conversations.replies": conversations_replies,
    "team.info": team_info,
    "users.conversations": users_conversations,
    "users.info": users_info,
    "users.list": users_list,
}


def answer(world: World, token: str, method: str, arguments: Arguments) -> Answer:
    """Answer a call as Slack would, `ok` and all."""
    if method == "oauth.v2.access":
        return installing.access(world, arguments)
    grant = world.grants.get(token)
    handler = METHODS.get(method)
    if handler is None:
        return {"ok": False, "error": "unknown_method", "req_method": method}
    if grant is None:
        return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
    if grant.refusal:
        return {"ok": False, "error": grant.refusal}
    try:
        return {"ok": True, **handler(Call(world, grant, arguments))}
    except Declined as declined:
        return declined.answer


def _conversations(call: Call, listed: Callable[[Channel], bool]) -> Answer:
    types = call.arguments.get("types", "public_channel").split(",")
    for kind in types:
        if kind not in _KINDS:
            raise Declined("invalid_types")
        call.need(_KINDS[kind])
    team = _asked_team(call)
    archived = call.arguments.get("exclude_archived", "0") not in ("1", "true")
    found = [
        one
        for one in sorted(call.world.channels.values(), key=lambda one: one.id)
        if listed(one)
        and not one.deleted
        and (archived or not one.archived)
        and (one.kind if one.kind != "channel" else "private_channel" if one.private else "public_channel") in types
        and team in ("", one.team, *one.teams)
    ]
    page, metadata = _slice(call, found, "team", lambda one: one.id)
    return {"channels": [shapes.channel(one, call.caller) for one in page], **metadata}


def _asked_team(call: Call) -> str:
    """The workspace whose channels are meant: who is installed in a whole organisation has to say it."""
    team = call.arguments.get("team_id", "")
    if call.grant.enterprise and not team:
        raise Declined("missing_argument")
    return team if call.grant.enterprise else ""


def _slice(call: Call, items: list[Any], prefix: str, key: Callable[[Any], str]) -> tuple[list[Any], Answer]:
    start = call.cursor(prefix)
    items = [one for one in items if key(one) >= start]
    page, rest = items[: call.limit()], items[call.limit() :]
    return page, {"response_metadata": {"next_cursor": encode_cursor(prefix, key(rest[0])) if rest else ""}}


def _shown_in_channel(post: Mapping[str, Any]) -> bool:
    return post.get("thread_ts", post["ts"]) == post["ts"] or post.get("subtype") == "thread_broadcast"


def _in_range(call: Call, post: Mapping[str, Any]) -> bool:
    oldest, latest, at = call.moment("oldest", 0.0), call.moment("latest", float("inf")), float(post["ts"])
    if call.arguments.get("inclusive") in ("1", "true"):
        return oldest <= at <= latest
    return oldest < at < latest


def _digits(post: Mapping[str, Any]) -> str:
    return post["ts"].replace(".", "").rjust(20, "0")


def _person(call: Call, one: User) -> Answer:
    shown = shapes.user(call.world, one, with_mail=_sees_mail(call, one))
    return shown | ({"locale": one.locale} if call.arguments.get("include_locale") in ("1", "true") else {})


def _sees_mail(call: Call, user: User) -> bool:
    return "users:read.email" in call.grant.scopes and user.team == call.caller.team
