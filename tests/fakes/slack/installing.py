"""The methods by which an app comes into a workspace and leaves it: OAuth, and the ends of tokens."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.calls import Answer, Call, Declined
from tests.fakes.slack.things import App, User
from tests.fakes.slack.world import World


@dataclass(slots=True, kw_only=True)
class Approval:
    """What somebody approved, for which an app has a code; `enterprise` when it is for the whole organisation."""

    app: str
    user: str
    scopes: frozenset[str]
    user_scopes: frozenset[str] = frozenset()
    enterprise: str = ""
    redirect: str = ""
    used: bool = False


def access(world: World, arguments: Mapping[str, Any]) -> Answer:
    """oauth.v2.access: exchange a code for tokens. It takes the app's own credentials and no token."""
    app = next((one for one in world.apps.values() if one.client_id == arguments.get("client_id")), None)
    if app is None:
        return _no("invalid_client_id")
    if arguments.get("client_secret") != app.client_secret:
        return _no("bad_client_secret")
    approval = world.shown.codes.get(arguments.get("code", ""))
    if approval is None or approval.app != app.id:
        return _no("invalid_code")
    if approval.used:
        return _no("code_already_used")
    if approval.redirect and arguments.get("redirect_uri", "") != approval.redirect:
        return _no("bad_redirect_uri")
    approval.used = True
    return _installation(world, app, approval)


def auth_revoke(call: Call) -> Answer:
    if call.arguments.get("test") not in ("1", "true"):
        token = next(token for token, grant in call.world.grants.items() if grant is call.grant)
        call.world.revoke(token)
        return {"revoked": True}
    return {"revoked": False}


def auth_teams_list(call: Call) -> Answer:
    """The workspaces that a token is good for."""
    own, whole = call.world.teams[call.caller.team], call.grant.enterprise
    teams = [one for one in call.world.teams.values() if whole and one.enterprise == whole] or [own]
    return {"teams": [{"id": one.id, "name": one.name} for one in teams], "response_metadata": {"next_cursor": ""}}


def apps_uninstall(call: Call) -> Answer:
    if call.arguments.get("client_id") != call.app.client_id:
        raise Declined("invalid_client_id")
    if call.arguments.get("client_secret") != call.app.client_secret:
        raise Declined("bad_client_secret")
    call.world.uninstall(call.grant.enterprise or call.caller.team, app=call.app)
    return {}


METHODS: dict[str, Callable[[Call], Answer]] = {
    "apps.uninstall": apps_uninstall,
    "auth.revoke": auth_revoke,
    "auth.teams.list": auth_teams_list,
}


def _installation(world: World, app: App, approval: Approval) -> Answer:
    person = world.users[approval.user]
    team = world.teams[person.team]
    answer: Answer = {"ok": True, "app_id": app.id, "authed_user": {"id": person.id}}
    if approval.scopes:
        bot = _bot(world, app, person)
        token = f"xoxb-{secrets.token_hex(8)}"
        world.grant(token, bot.id, scopes=approval.scopes, app=app.id, enterprise=approval.enterprise)
        answer |= {
            "scope": ",".join(sorted(approval.scopes)),
            "token_type": "bot",
            "access_token": token,
            "bot_user_id": bot.id,
        }
    if approval.user_scopes:
        token = f"xoxp-{secrets.token_hex(8)}"
        world.grant(token, person.id, scopes=approval.user_scopes, app=app.id)
        scope = ",".join(sorted(approval.user_scopes))
        answer["authed_user"] |= {"scope": scope, "access_token": token, "token_type": "user"}
    return answer | {
        "team": None if approval.enterprise else {"id": team.id, "name": team.name},
        "enterprise": {"id": team.enterprise, "name": team.enterprise} if team.enterprise else None,
        "is_enterprise_install": bool(approval.enterprise),
    }


def _bot(world: World, app: App, person: User) -> User:
    """The app's bot user in a person's workspace, made when it is not there yet."""
    for one in world.users.values():
        if one.bot and one.app == app.id and one.team == person.team:
            return one
    return world.user(f"UBOT{person.team}", person.team, app.name, bot=True, app=app.id)


def _no(error: str) -> Answer:
    return {"ok": False, "error": error}
