"""What every page of somebody signed in has around it, and how a form sends its sender on."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from service.auth.identity import Identity
from service.auth.permissions import Permission
from service.console import flash, render, words
from service.console.health import sources_of
from service.crypto import Keys
from service.depends import Asking, Now, TheKeys, TheSettings, Transaction
from service.settings import Settings
from service.sources.store import list_states


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the menu. `group` is a heading above it."""

    title: str
    href: str
    permission: Permission | None = None
    group: str = ""


MENU = (
    Entry(title="Alerts", href="/alerts", permission=Permission.ALERTS_READ),
    Entry(title="Negotiations", href="/negotiations", permission=Permission.NEGOTIATIONS_READ),
    Entry(title="Exposure", href="/exposure", permission=Permission.EXPOSURE_READ),
    Entry(title="Counterparties", href="/counterparties", permission=Permission.DIRECTORY_READ),
    Entry(title="People", href="/people", permission=Permission.DIRECTORY_READ),
    Entry(title="Sources", href="/sources", permission=Permission.SOURCES_READ),
    Entry(title="Slack", href="/slack", permission=Permission.SOURCES_READ),
    Entry(title="Awareness", href="/awareness", permission=Permission.AWARENESS_READ),
    Entry(title="Audit", href="/audit", permission=Permission.AUDIT_READ),
    Entry(title="Wording", href="/settings/wording", permission=Permission.SOURCES_READ, group="Settings"),
    Entry(title="Users", href="/settings/users", permission=Permission.USERS_MANAGE),
    Entry(title="Tokens", href="/settings/tokens", permission=Permission.TOKENS_MANAGE),
    Entry(title="Help", href="/help", group="Guide"),
    Entry(title="Course", href="/settings/course"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the template around each page shows. `here` is the address a form on the page comes back to."""

    viewer: Identity
    roles: str
    menu: tuple[Entry, ...]
    section: str
    here: str
    warnings: tuple[str, ...]
    flash: flash.Flash | None
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A request of somebody signed in, and what answering it takes."""

    request: Request
    session: Session
    keys: Keys
    settings: Settings
    asking: Identity
    now: datetime

    def show(self, template: str, *, here: str = "", status: int = HTTPStatus.OK, **context: object) -> Response:
        """Render a page in its frame. `here` is its address where that is not the request's."""
        said = self.request.cookies.get(flash.COOKIE)
        response = render.page(template, {**context, "page": self._frame(here, said)}, status=status)
        if said is not None:
            response.delete_cookie(flash.COOKIE, path="/")
        return response

    def go(self, href: str, code: str = "", *, count: int = 0, reviews: Sequence[uuid.UUID] = ()) -> Response:
        """Send the browser on after a form, with something to say there."""
        response = RedirectResponse(href, status_code=HTTPStatus.SEE_OTHER)
        if code:
            said = flash.write_flash(self.keys, code, now=self.now, count=count, reviews=reviews)
            response.set_cookie(
                flash.COOKIE,
                said,
                max_age=int(flash.LIFETIME.total_seconds()),
                path="/",
                secure=self.settings.server.public_url.lower().startswith("https://"),
                httponly=True,
                samesite="lax",
            )
        return response

    def _frame(self, here: str, said: str | None) -> Frame:
        url = self.request.url
        allowed = tuple(one for one in MENU if one.permission is None or self.asking.may(one.permission))
        return Frame(
            viewer=self.asking,
            roles=", ".join(words.title(words.ROLES, role) for role in self.asking.roles) or "No role",
            menu=allowed,
            section=next((one.href for one in MENU if url.path.startswith(one.href)), ""),
            here=here or (f"{url.path}?{url.query}" if url.query else url.path),
            warnings=self._warnings(),
            flash=flash.read_flash(self.keys, said, now=self.now),
            now=self.now,
        )

    def _warnings(self) -> tuple[str, ...]:
        if not self.asking.may(Permission.SOURCES_READ):
            return ()
        sources = sources_of(list_states(self.session), self.settings.source, now=self.now)
        return tuple(one.warning for one in sources if one.warning)


def get_desk(
    request: Request, session: Transaction, keys: TheKeys, settings: TheSettings, asking: Asking, now: Now
) -> Desk:
    """Put together what a page needs."""
    return Desk(request=request, session=session, keys=keys, settings=settings, asking=asking, now=now)


def local(address: str, otherwise: str) -> str:
    """Return an address if it leads to a page of ours, and another one if it leads anywhere else."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside and len(address) <= 2000 else otherwise


TheDesk = Annotated[Desk, Depends(get_desk)]
