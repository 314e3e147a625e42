"""From an error to an answer: problem details (RFC 9457) for programs, a page for people."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from traceback import walk_tb
from types import TracebackType
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

from service.errors import BadRequestError, FrontdoorError, NotFoundError, NotSignedInError
from service.pages import pages_of, wants_page
from service.scim.answers import failure, speaks_scim
from service.scim.errors import ScimError

log = logging.getLogger("frontdoor.requests")

_LONGEST = 200
_OWN = frozenset({"service", "detectors", "messages", "connectors"})
_SENTENCES: dict[int, str | None] = {
    HTTPStatus.BAD_REQUEST: BadRequestError.__doc__,
    HTTPStatus.NOT_FOUND: NotFoundError.__doc__,
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take such a request.",
}


class Flaw(BaseModel):
    """A part of a request that can't be used, and why."""

    where: str
    why: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    status: int
    title: str
    detail: str
    flaws: list[Flaw] = Field(default_factory=list, description="what to mend, where a request can't be understood")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe these failures in the API's description, beside those that every route has."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def handle_failures(app: FastAPI) -> None:
    """Render every error that a route can raise."""
    app.add_exception_handler(FrontdoorError, _on_own)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(DataError, _on_data)
    app.add_exception_handler(OperationalError, _on_database)


def answer(
    request: Request,
    status: int,
    message: str,
    *,
    flaws: list[Flaw] | None = None,
    headers: Mapping[str, str] | None = None,
    keyword: str = "",
) -> Response:
    """Tell a failure in the form that whoever asks can read; `keyword` is what SCIM calls it."""
    if speaks_scim(request):
        return failure(status, message, keyword=keyword, headers=headers)
    if wants_page(request):
        response = pages_of(request).error(request, status, message)
        response.headers.update(headers or {})
        return response
    problem = Problem(status=status, title=HTTPStatus(status).phrase, detail=message, flaws=flaws or [])
    return JSONResponse(
        problem.model_dump(), status_code=status, headers=headers, media_type="application/problem+json"
    )


def note_unexpected(error: BaseException) -> None:
    """Log an error nobody foresaw: its kind and where it arose, since its text may quote a message."""
    log.error("unexpected %s at %s", type(error).__name__, _place(error.__traceback__))


def _on_own(request: Request, error: Exception) -> Response:
    assert isinstance(error, FrontdoorError)
    if isinstance(error, NotSignedInError):
        if wants_page(request) and request.method == "GET":
            return RedirectResponse("/sign-in", status_code=HTTPStatus.SEE_OTHER)
        return answer(request, error.status, str(error), headers={"WWW-Authenticate": "Bearer"})
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        note_unexpected(error)
        return answer(request, error.status, type(error).__doc__ or "")
    return answer(request, error.status, str(error), keyword=error.keyword if isinstance(error, ScimError) else "")


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    is_large = error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    said = error.detail if is_large else _SENTENCES.get(error.status_code)
    message = said or f"{HTTPStatus(error.status_code).phrase}."
    return answer(request, error.status_code, message, headers=error.headers)


def _on_invalid(request: Request, error: Exception) -> Response:
    # What was sent is left out: it may be a secret in the wrong place, and whoever sent it has it.
    assert isinstance(error, RequestValidationError)
    flaws = [
        Flaw(where=".".join(str(key) for key in row["loc"])[:_LONGEST], why=str(row["msg"])[:_LONGEST])
        for row in error.errors()[:20]
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return answer(request, status, "The request can't be understood.", flaws=flaws)


def _on_data(request: Request, error: Exception) -> Response:
    note_unexpected(error)
    message = "The request has a value that can't be stored or looked for."
    return answer(request, HTTPStatus.BAD_REQUEST, message, keyword="invalidValue")


def _on_database(request: Request, error: Exception) -> Response:
    note_unexpected(error)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return answer(request, status, "The database can't answer just now.", headers={"Retry-After": "5"})


def _place(trace: TracebackType | None) -> str:
    """Name the line where an error arose: the last one of our own code, else the last one."""
    frames = [(frame.f_globals.get("__name__", "?"), line) for frame, line in walk_tb(trace)]
    own = [one for one in frames if one[0].partition(".")[0] in _OWN]
    module, line = (own or frames or [("?", 0)])[-1]
    return f"{module}:{line}"
