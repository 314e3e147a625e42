"""Users over the API."""

import uuid
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session

from service.auth import users
from service.auth.access import needs
from service.auth.identity import Identity
from service.auth.links import LIFETIME, make_sign_in_link
from service.auth.permissions import Permission, Role, permissions_of
from service.auth.schemas import SignInLinkView, UserChange, UserIn, UserView
from service.depends import Asking, Now, Transaction, base_url
from service.errors import ForbiddenError
from service.failures import problems
from service.models import User

router = APIRouter(prefix="/api/v1/users", tags=["users"], responses=problems(401, 403))


@router.get("")
@needs(Permission.USERS_MANAGE)
def list_users(session: Transaction) -> list[UserView]:
    """List everybody who may sign in, and who might once."""
    return [UserView.model_validate(user) for user in users.list_users(session)]


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400, 409))
@needs(Permission.USERS_MANAGE)
def create_user(body: UserIn, session: Transaction, asking: Asking, now: Now) -> UserView:
    """Add a user. They sign in by a link."""
    grantable(asking, body.roles)
    user = users.create_user(
        session,
        name=body.name,
        roles=body.roles,
        slack=body.slack,
        address=body.address,
        actor=asking.actor,
        now=now,
    )
    return UserView.model_validate(user)


@router.patch("/{user_id}", responses=problems(400, 404, 409))
@needs(Permission.USERS_MANAGE)
def change_user(user_id: uuid.UUID, body: UserChange, session: Transaction, asking: Asking, now: Now) -> UserView:
    """Set roles, the Slack person or the mail address, or shut a user out or let them in again."""
    user = users.get_user(session, user_id)
    # Whoever lets a user in again, or says who acts for them in Slack or who they are, gives away what that user has.
    gives = body.disabled is False or body.slack or body.address
    theirs = [Role(role) for role in user.roles] if gives else []
    grantable(asking, [*(body.roles or ()), *theirs])
    _change(session, user, body, asking.actor, now)
    return UserView.model_validate(user)


@router.post("/{user_id}/link", status_code=HTTPStatus.CREATED, responses=problems(404, 409))
@needs(Permission.USERS_MANAGE)
def create_link(user_id: uuid.UUID, request: Request, session: Transaction, asking: Asking, now: Now) -> SignInLinkView:
    """Make a link that signs a user in once."""
    user = users.get_user(session, user_id)
    grantable(asking, [Role(role) for role in user.roles])
    url = make_sign_in_link(session, user=user, base_url=base_url(request), actor=asking.actor, now=now)
    return SignInLinkView(url=url, expires_at=now + LIFETIME)


def grantable(asking: Identity, roles: list[Role]) -> None:
    """Make sure that nobody gives away, or signs in as, more than they have. Raises ForbiddenError."""
    if not permissions_of(roles) <= asking.permissions:
        raise ForbiddenError("you can't give what you don't have")


def _change(session: Session, user: User, body: UserChange, actor: str, now: datetime) -> None:
    if body.roles is not None:
        users.set_roles(session, user, body.roles, actor=actor, now=now)
    if body.slack is not None:
        users.link_slack(session, user, body.slack, actor=actor, now=now)
    if body.address is not None:
        users.link_address(session, user, body.address, actor=actor, now=now)
    if body.disabled is True:
        users.disable_user(session, user, actor=actor, now=now)
    if body.disabled is False:
        users.enable_user(session, user, actor=actor, now=now)
