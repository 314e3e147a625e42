"""Signing in and out, and who one is."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.audit.store import Action, record
from service.auth.access import public, signed_in
from service.auth.links import redeem
from service.auth.schemas import Me
from service.auth.sessions import clear_cookie, close_session, set_cookie
from service.depends import Asking, Now, TheSettings, Transaction
from service.failures import answer, problems
from service.pages import pages_of, wants_page
from service.settings import Settings

router = APIRouter()

_Token = Annotated[str, Query(max_length=200)]
_USED = "This sign-in link was used, has expired, or was never made. `frontdoor user link NAME` prints a new one."


def _brings_token(request: Request) -> bool:
    return bool(request.query_params.get("token"))


@router.get("/sign-in", include_in_schema=False)
@public(audits=_brings_token)
def open_link(request: Request, session: Transaction, settings: TheSettings, now: Now, token: _Token = "") -> Response:
    """Sign in by a link; without one, say where to get it."""
    if not token:
        return pages_of(request).sign_in(request)
    return _sign_in(request, settings, redeem(session, token, now=now))


@router.post("/sign-in", include_in_schema=False)
@public()
def send_link(
    request: Request,
    session: Transaction,
    settings: TheSettings,
    now: Now,
    token: Annotated[str, Form(max_length=200)],
) -> Response:
    """Sign in by a link's token from a form."""
    return _sign_in(request, settings, redeem(session, token, now=now))


@router.post("/sign-out", include_in_schema=False)
@signed_in()
def sign_out(session: Transaction, settings: TheSettings, asking: Asking, now: Now) -> Response:
    """Forget the browser."""
    if asking.session is not None:
        close_session(session, asking.session)
        record(session, actor=asking.actor, action=Action.SIGNED_OUT, object=str(asking.user_id), detail={}, now=now)
    response = RedirectResponse("/signed-out", status_code=HTTPStatus.SEE_OTHER)
    clear_cookie(response, settings)
    return response


@router.get("/signed-out", include_in_schema=False)
@public()
def signed_out(request: Request) -> Response:
    """Say that one is signed out."""
    return pages_of(request).signed_out(request)


@router.get("/api/v1/me", tags=["users"], responses=problems(401))
@signed_in()
def get_me(asking: Asking) -> Me:
    """Tell who is asking, and what they may do."""
    return Me(
        id=asking.user_id,
        name=asking.name,
        roles=list(asking.roles),
        permissions=sorted(asking.permissions),
        token=asking.token_id,
    )


def _sign_in(request: Request, settings: Settings, cookie: str | None) -> Response:
    if cookie is not None:
        response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
        set_cookie(response, settings, cookie)
        return response
    return pages_of(request).link_used(request) if wants_page(request) else answer(request, HTTPStatus.GONE, _USED)
