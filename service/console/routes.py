"""The console: every page, and what is shown to somebody who is not signed in or did not find what they sought."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from service.console import (
    alert_routes,
    awareness_routes,
    brief_routes,
    counterparty_routes,
    house_routes,
    import_routes,
    ledger_routes,
    negotiation_list_routes,
    negotiation_routes,
    people_routes,
    plan_routes,
    settings_routes,
    slack_routes,
    static_files,
    wording_routes,
)
from service.console.render import page
from service.pages import Pages

router = APIRouter(include_in_schema=False)
for part in (
    house_routes,
    alert_routes,
    awareness_routes,
    negotiation_list_routes,
    negotiation_routes,
    ledger_routes,
    brief_routes,
    plan_routes,
    counterparty_routes,
    people_routes,
    import_routes,
    settings_routes,
    slack_routes,
    wording_routes,
    static_files,
):
    router.include_router(part.router)

_HEADINGS = {
    HTTPStatus.FORBIDDEN: "Not for your role",
    HTTPStatus.NOT_FOUND: "Nothing here",
    HTTPStatus.CONFLICT: "That can't be done now",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong",
    HTTPStatus.SERVICE_UNAVAILABLE: "Not available just now",
}


def console_pages() -> Pages:
    """Make the pages that are shown outside the console's own routes."""
    return Pages(error=_error, sign_in=_sign_in, signed_out=_signed_out, link_used=_link_used)


def _error(request: Request, status: int, message: str) -> Response:
    del request
    known = HTTPStatus(status)
    text = f"{message[:1].upper()}{message[1:]}"
    return page(
        "error.html",
        {"heading": _HEADINGS.get(known, known.phrase), "message": text, "status": status},
        status=status,
    )


def _sign_in(request: Request) -> Response:
    del request
    return page("sign_in.html", {"heading": "Sign in", "signed_out": False})


def _signed_out(request: Request) -> Response:
    del request
    return page("sign_in.html", {"heading": "Sign in", "signed_out": True})


def _link_used(request: Request) -> Response:
    del request
    return page("sign_in_used.html", {"heading": "This link can't be used"}, status=HTTPStatus.GONE)
