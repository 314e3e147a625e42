"""Tokens over the API."""

import uuid
from http import HTTPStatus

from fastapi import APIRouter

from service.auth import tokens
from service.auth.access import needs
from service.auth.permissions import Permission
from service.auth.schemas import NewToken, TokenIn, TokenView
from service.auth.users import get_user
from service.depends import Asking, Now, Transaction
from service.errors import ForbiddenError
from service.failures import problems
from service.models import ApiToken, User

router = APIRouter(prefix="/api/v1/tokens", tags=["tokens"], responses=problems(401, 403))


@router.get("")
@needs(Permission.TOKENS_MANAGE)
def list_tokens(session: Transaction) -> list[TokenView]:
    """List all tokens, latest first, those that have ended included."""
    return [_view(token, owner) for token, owner in tokens.list_tokens(session)]


@router.post("", status_code=HTTPStatus.CREATED, responses=problems(400))
@needs(Permission.TOKENS_MANAGE)
def create_token(body: TokenIn, session: Transaction, asking: Asking, now: Now) -> NewToken:
    """Make a token of one's own. Its secret is in this answer, and nowhere else."""
    if not set(body.scopes) <= asking.permissions:
        raise ForbiddenError("you can't give what you don't have")
    owner = get_user(session, asking.user_id)
    token, secret = tokens.create_token(
        session,
        owner=owner,
        name=body.name,
        scopes=body.scopes,
        expires_at=body.expires_at,
        actor=asking.actor,
        now=now,
    )
    return NewToken(**_view(token, owner).model_dump(), secret=secret)


@router.delete("/{token_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(404))
@needs(Permission.TOKENS_MANAGE)
def revoke_token(token_id: uuid.UUID, session: Transaction, asking: Asking, now: Now) -> None:
    """Make a token let nobody in any more."""
    tokens.revoke_token(session, token_id, actor=asking.actor, now=now)


def _view(token: ApiToken, owner: User) -> TokenView:
    return TokenView(
        id=token.id,
        name=token.name,
        owner=owner.name,
        scopes=token.scopes,
        created_at=token.created_at,
        expires_at=token.expires_at,
        used_at=token.used_at,
        revoked_at=token.revoked_at,
    )
