"""What the directory's pages share: whose change a form makes, its errors in sentences, addresses of lists."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from service.console.desk import Desk
from service.directory.changes import By
from service.directory.models import Origin
from service.errors import FrontdoorError

_Text = Annotated[str | None, Field(max_length=20_000)]


def by_desk(desk: Desk) -> By:
    """Return whose change a form of the console makes."""
    return By(actor=desk.asking.actor, origin=Origin.CONSOLE, now=desk.now)


def sentence(error: FrontdoorError) -> str:
    """Return an error as a sentence; an address or domain that it begins with stays as it is written."""
    text = str(error).rstrip(".")
    first = text.split(" ", 1)[0]
    return f"{text}." if "." in first or "@" in first else f"{text[:1].upper()}{text[1:]}."


def visible(text: str) -> str:
    """Return what can be seen of a text."""
    return "".join(one for one in text if one.isprintable()).strip()


def address_of(path: str, asked: Mapping[str, str], anchor: str = "") -> str:
    """Return the address of a list that is narrowed."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{path}?{query}{anchor}" if query else f"{path}{anchor}"


class PersonForm(BaseModel):
    """What a form says of somebody; what it leaves out stays. `seen` is the version that it showed."""

    seen: _Text = None
    name: _Text = None
    role: _Text = None
    department: _Text = None
    manager: _Text = None
    slack_id: _Text = None
    aliases: _Text = None
    kind: _Text = None
    members: _Text = None
    away: _Text = None
    deputy: _Text = None
    active: _Text = None

    def told(self) -> dict[str, str | bool]:
        """Return the fields as the store takes them."""
        found: dict[str, str | bool] = self.model_dump(exclude_none=True, exclude={"seen", "active"})
        return found | ({"active": self.active == "yes"} if self.active in {"yes", "no"} else {})


class PartyForm(BaseModel):
    """What a form says of a counterparty; what it leaves out stays. `seen` is the version that it showed."""

    seen: _Text = None
    name: _Text = None
    kind: _Text = None
    domains: _Text = None
    slack_team: _Text = None
    owner: _Text = None
    people: _Text = None
    primary_contact: _Text = None
    resellers: _Text = None

    def told(self) -> dict[str, str]:
        """Return the fields as the store takes them."""
        return self.model_dump(exclude_none=True, exclude={"seen"})
