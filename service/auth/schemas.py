"""What the API shows of users and tokens."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from service.auth.permissions import Permission, Role

_Name = Annotated[str, Field(min_length=1, max_length=100)]
_Address = Annotated[str, Field(max_length=320, description="mail address of the person they are; empty for none")]
_Slack = Annotated[str, Field(max_length=100, description="`TEAM:USER`; empty for none")]


class Me(BaseModel):
    """Who is asking, and what they may do. `token` when a token let them in."""

    id: uuid.UUID
    name: str
    roles: list[Role]
    permissions: list[Permission]
    token: uuid.UUID | None


class UserView(BaseModel):
    """Someone who may sign in."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    name: str
    roles: list[Role]
    disabled: bool
    slack: str | None = Field(description="`TEAM:USER` of the Slack person they act as from Slack")
    address: str | None = Field(description="mail address of the person they are, by which the register knows them")
    created_at: datetime


class UserIn(BaseModel):
    """A new user."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    roles: list[Role] = Field(max_length=len(Role))
    slack: _Slack = ""
    address: _Address = ""


class UserChange(BaseModel):
    """What to change of a user; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    roles: list[Role] | None = Field(default=None, max_length=len(Role))
    disabled: bool | None = None
    slack: _Slack | None = None
    address: _Address | None = None


class SignInLinkView(BaseModel):
    """A link that signs its user in once. It is shown once."""

    url: str
    expires_at: datetime


class TokenView(BaseModel):
    """A machine's key, without the key."""

    id: uuid.UUID
    name: str
    owner: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None = Field(description="to the minute")
    revoked_at: datetime | None


class TokenIn(BaseModel):
    """A new token of one's own. It has no scope that its owner lacks, now or later."""

    model_config = ConfigDict(extra="forbid")

    name: _Name
    scopes: list[Permission] = Field(min_length=1, max_length=len(Permission))
    expires_at: AwareDatetime | None = None


class NewToken(TokenView):
    """A token that was just made. The secret is shown once."""

    secret: str
