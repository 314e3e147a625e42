"""Who may use a route: declared at the route, enforced in one place, refused where nothing is declared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast

from fastapi import Request

from service.auth.authenticate import authenticate
from service.auth.permissions import Permission
from service.errors import ForbiddenError, NotSignedInError

_Endpoint = TypeVar("_Endpoint", bound=Callable[..., object])
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a route asks of whoever uses it.

    `public`: nothing. `permission`: None asks for no more than being signed in. `audits` tells whether a request that
    only reads leaves a trace in the audit log, and so needs a transaction that writes.
    """

    permission: Permission | None = None
    public: bool = False
    audits: Callable[[Request], bool]


class CrossSiteError(ForbiddenError):
    """The request comes from another site's page, or its browser does not say where it comes from."""


def never(request: Request) -> bool:
    """Leave no trace in the audit log."""
    del request
    return False


def always(request: Request) -> bool:
    """Leave a trace in the audit log, reading or not."""
    del request
    return True


def needs(permission: Permission, *, audits: Callable[[Request], bool] = never) -> Callable[[_Endpoint], _Endpoint]:
    """Declare the permission that a route asks for."""
    return _declare(Access(permission=permission, audits=audits))


def signed_in(*, audits: Callable[[Request], bool] = never) -> Callable[[_Endpoint], _Endpoint]:
    """Declare that a route asks for no more than being signed in."""
    return _declare(Access(audits=audits))


def public(*, audits: Callable[[Request], bool] = never) -> Callable[[_Endpoint], _Endpoint]:
    """Declare that a route is open to everybody: sign-in, health, the console's own files."""
    return _declare(Access(public=True, audits=audits))


def access_of(request: Request) -> Access | None:
    """Return what the request's route declared."""
    return declared(request.scope.get("endpoint"))


def declared(endpoint: object) -> Access | None:
    """Return what an endpoint declared; None for nothing, which is refused to everybody."""
    return cast("Access | None", getattr(endpoint, "access", None))


def guard(request: Request) -> None:
    """Let the request pass, or raise NotSignedInError or ForbiddenError.

    Runs before everything else of every route, and leaves who is asking in `request.state.identity`.
    """
    access = access_of(request)
    if access is None:
        raise ForbiddenError
    state = request.app.state
    identity = None if access.public else authenticate(state.database, request, now=state.clock())
    if request.method not in _SAFE and (access.public or (identity is not None and identity.session is not None)):
        _refuse_other_sites(request, strict=not access.public)
    if access.public:
        return
    if identity is None:
        raise NotSignedInError
    if access.permission is not None and not identity.may(access.permission):
        raise ForbiddenError
    request.state.identity = identity


def _declare(access: Access) -> Callable[[_Endpoint], _Endpoint]:
    def mark(endpoint: _Endpoint) -> _Endpoint:
        endpoint.access = access  # type: ignore[attr-defined] # the mark is read by `declared` alone
        return endpoint

    return mark


def _refuse_other_sites(request: Request, *, strict: bool) -> None:
    """Refuse a request that another site's page made the browser send.

    Browsers say where a request comes from by Sec-Fetch-Site, and where they leave that out (plain HTTP) by Origin. A
    cookie alone says nothing, so with `strict` one of the two must be there.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        allowed = site == "same-origin"
    elif origin is not None:
        public_url = request.app.state.settings.server.public_url
        allowed = _host(origin) in {request.headers.get("host", "").lower(), _host(public_url)} - {""}
    else:
        allowed = not strict
    if not allowed:
        raise CrossSiteError


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].lower()
