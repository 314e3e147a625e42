"""Who may sign in, and which machines may."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response

from service.auth import tokens, users
from service.auth.access import needs
from service.auth.links import LIFETIME, make_sign_in_link
from service.auth.permissions import Permission, Role
from service.auth.user_routes import grantable
from service.auth.users import LastAdministratorError
from service.console import words
from service.console.desk import Desk, TheDesk
from service.errors import BadRequestError, ConflictError, ForbiddenError, FrontdoorError

router = APIRouter(prefix="/settings", include_in_schema=False)

LIFETIMES = {30: "30 days", 90: "90 days", 365: "1 year", 0: "No end"}

_EMPTY: Mapping[str, object] = {"name": "", "roles": (), "slack": "", "address": ""}

_Name = Annotated[str, Form(max_length=1000)]
_Roles = Annotated[list[Role], Form(max_length=len(Role))]
_Scopes = Annotated[list[Permission], Form(max_length=len(Permission))]


@router.get("/users")
@needs(Permission.USERS_MANAGE)
def get_users(desk: TheDesk) -> Response:
    """Show who may sign in."""
    return _users(desk)


@router.post("/users")
@needs(Permission.USERS_MANAGE)
def add_user(
    desk: TheDesk,
    name: _Name = "",
    role: _Roles = [],  # noqa: B006 - FastAPI copies it
    slack: _Name = "",
    address: _Name = "",
) -> Response:
    """Add a user."""
    try:
        grantable(desk.asking, role)
        users.create_user(
            desk.session,
            name=name,
            roles=role,
            slack=slack,
            address=address,
            actor=desk.asking.actor,
            now=desk.now,
        )
    except (BadRequestError, ConflictError, ForbiddenError) as error:
        form = {"name": name, "roles": role, "slack": slack, "address": address}
        return _users(desk, problem=_sentence(error), form=form)
    return desk.go("/settings/users", "user-added")


@router.post("/users/{user_id}/roles")
@needs(Permission.USERS_MANAGE)
def set_roles(user_id: uuid.UUID, desk: TheDesk, role: _Roles = []) -> Response:  # noqa: B006 - FastAPI copies it
    """Give a user exactly the roles that are ticked."""
    user = users.get_user(desk.session, user_id)
    grantable(desk.asking, role)
    try:
        users.set_roles(desk.session, user, role, actor=desk.asking.actor, now=desk.now)
    except LastAdministratorError:
        return desk.go("/settings/users", "last-administrator")
    return desk.go("/settings/users", "user-changed")


@router.post("/users/{user_id}/slack")
@needs(Permission.USERS_MANAGE)
def link_slack(user_id: uuid.UUID, desk: TheDesk, slack: _Name = "") -> Response:
    """Let a user act as a Slack person, or take that back."""
    user = users.get_user(desk.session, user_id)
    grantable(desk.asking, [Role(role) for role in user.roles])
    try:
        users.link_slack(desk.session, user, slack, actor=desk.asking.actor, now=desk.now)
    except (BadRequestError, ConflictError) as error:
        return _users(desk, refused=(user.id, slack, _sentence(error)))
    return desk.go("/settings/users", "slack-linked" if user.slack else "slack-unlinked")


@router.post("/users/{user_id}/address")
@needs(Permission.USERS_MANAGE)
def link_address(user_id: uuid.UUID, desk: TheDesk, address: _Name = "") -> Response:
    """Say which person of ours a user is, or take that back."""
    user = users.get_user(desk.session, user_id)
    grantable(desk.asking, [Role(role) for role in user.roles])
    try:
        users.link_address(desk.session, user, address, actor=desk.asking.actor, now=desk.now)
    except (BadRequestError, ConflictError) as error:
        return _users(desk, unfit=(user.id, address, _sentence(error)))
    return desk.go("/settings/users", "address-linked" if user.address else "address-unlinked")


@router.post("/users/{user_id}/disable")
@needs(Permission.USERS_MANAGE)
def disable_user(user_id: uuid.UUID, desk: TheDesk) -> Response:
    """Shut a user out."""
    user = users.get_user(desk.session, user_id)
    try:
        users.disable_user(desk.session, user, actor=desk.asking.actor, now=desk.now)
    except LastAdministratorError:
        return desk.go("/settings/users", "last-administrator")
    return desk.go("/settings/users", "user-disabled")


@router.post("/users/{user_id}/enable")
@needs(Permission.USERS_MANAGE)
def enable_user(user_id: uuid.UUID, desk: TheDesk) -> Response:
    """Let a user in again."""
    user = users.get_user(desk.session, user_id)
    grantable(desk.asking, [Role(role) for role in user.roles])
    users.enable_user(desk.session, user, actor=desk.asking.actor, now=desk.now)
    return desk.go("/settings/users", "user-enabled")


@router.post("/users/{user_id}/link")
@needs(Permission.USERS_MANAGE)
def make_link(user_id: uuid.UUID, desk: TheDesk) -> Response:
    """Make a sign-in link, and show it this once."""
    user = users.get_user(desk.session, user_id)
    grantable(desk.asking, [Role(role) for role in user.roles])
    base = desk.settings.server.public_url or str(desk.request.base_url)
    url = make_sign_in_link(desk.session, user=user, base_url=base, actor=desk.asking.actor, now=desk.now)
    return _users(desk, secret=url, secret_name=user.name)


@router.get("/tokens")
@needs(Permission.TOKENS_MANAGE)
def get_tokens(desk: TheDesk) -> Response:
    """Show which machines may sign in."""
    return _tokens(desk)


@router.post("/tokens")
@needs(Permission.TOKENS_MANAGE)
def add_token(desk: TheDesk, name: _Name = "", scope: _Scopes = [], days: Annotated[int, Form()] = 90) -> Response:  # noqa: B006 - FastAPI copies it
    """Make a token of one's own, and show it this once."""
    if days not in LIFETIMES:
        raise BadRequestError("there is no such lifetime")
    if not set(scope) <= desk.asking.permissions:
        raise ForbiddenError("you can't give what you don't have")
    try:
        token, secret = tokens.create_token(
            desk.session,
            owner=users.get_user(desk.session, desk.asking.user_id),
            name=name,
            scopes=scope,
            expires_at=desk.now + timedelta(days=days) if days else None,
            actor=desk.asking.actor,
            now=desk.now,
        )
    except (BadRequestError, ConflictError, ForbiddenError) as error:
        return _tokens(desk, problem=_sentence(error), name=name, scopes=scope, days=days)
    return _tokens(desk, secret=secret, secret_name=token.name)


@router.post("/tokens/{token_id}/revoke")
@needs(Permission.TOKENS_MANAGE)
def revoke_token(token_id: uuid.UUID, desk: TheDesk) -> Response:
    """Make a token let nobody in any more."""
    tokens.revoke_token(desk.session, token_id, actor=desk.asking.actor, now=desk.now)
    return desk.go("/settings/tokens", "token-revoked")


def _users(
    desk: Desk,
    *,
    problem: str = "",
    form: Mapping[str, object] = _EMPTY,
    refused: tuple[uuid.UUID, str, str] | None = None,
    unfit: tuple[uuid.UUID, str, str] | None = None,
    secret: str = "",
    secret_name: str = "",
) -> Response:
    """Show the page; `form` is what was typed for a new user.

    `refused` is a user's Slack person, `unfit` a user's address, each with what was typed and why it can't be.
    """
    return desk.show(
        "users.html",
        here="/settings/users",
        status=HTTPStatus.BAD_REQUEST if problem or refused or unfit else HTTPStatus.OK,
        users=users.list_users(desk.session),
        roles=words.ROLES,
        form=form,
        problem=problem,
        refused=refused,
        unfit=unfit,
        secret=secret,
        secret_name=secret_name,
        minutes=int(LIFETIME.total_seconds() // 60),
    )


def _tokens(
    desk: Desk,
    *,
    problem: str = "",
    name: str = "",
    scopes: Sequence[Permission] = (),
    days: int = 90,
    secret: str = "",
    secret_name: str = "",
) -> Response:
    return desk.show(
        "tokens.html",
        here="/settings/tokens",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        tokens=tokens.list_tokens(desk.session),
        scopes={name: word for name, word in words.PERMISSIONS.items() if desk.asking.may(name)},
        form={"name": name, "scopes": scopes, "days": days},
        lifetimes=LIFETIMES,
        problem=problem,
        secret=secret,
        secret_name=secret_name,
    )


def _sentence(error: FrontdoorError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
