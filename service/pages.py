"""The few pages that exist without the console, and the seat the console's own take."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

_MACHINES = ("/api/", "/feeds/", "/health", "/ready", "/metrics", "/openapi.json", "/scim/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What is rendered outside the console's own routes.

    `error` gets a status and a sentence; `sign_in` is for somebody who comes without a link, `sign_out` for somebody
    who just left, `link_used` for somebody whose link does not work (any more).
    """

    error: Callable[[Request, int, str], Response]
    sign_in: Callable[[Request], Response]
    signed_out: Callable[[Request], Response]
    link_used: Callable[[Request], Response]


def pages_of(request: Request) -> Pages:
    """Return the pages in use."""
    pages = request.app.state.pages
    assert isinstance(pages, Pages)
    return pages


def use_pages(app: FastAPI, pages: Pages) -> None:
    """Let these pages be shown from now on."""
    app.state.pages = pages


def wants_page(request: Request) -> bool:
    """Tell whether a person's browser is asking, rather than a program."""
    if request.url.path.startswith(_MACHINES):
        return False
    return "application/json" not in request.headers.get("accept", "")


def plain_pages() -> Pages:
    """Make pages without style, for an application without a console."""
    return Pages(
        error=lambda _, status, message: _page(HTTPStatus(status).phrase, message, status=status),
        sign_in=lambda _: _page("Sign in", "Sign in with a link: `frontdoor user link NAME` prints one."),
        signed_out=lambda _: _page("Sign in", "You are signed out."),
        link_used=lambda _: _page(
            "This link can't be used",
            "It was used, has expired, or was never made. `frontdoor user link NAME` prints a new one.",
            status=HTTPStatus.GONE,
        ),
    )


def _page(heading: str, message: str, *, status: int = HTTPStatus.OK) -> Response:
    title = escape(heading)
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title} · frontdoor</title>'
        f"<h1>{title}</h1><p>{escape(message)}</p></html>",
        status_code=status,
    )
