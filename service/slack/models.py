"""Tables of Slack as it happens: workspaces, channels, and events until they are worked on."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, Integer, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from service.models import Base


class WorkspaceState(StrEnum):
    """Whether a workspace can be used."""

    CONNECTED = "connected"
    LIMITED = "limited"
    REVOKED = "revoked"


class SlackWorkspace(Base):
    """An installation of the app. `id` is the team's id, or for an installation in a whole Enterprise Grid its id.

    The bot token is sealed for `slack_workspace:ID`. `failure` says in words what is wrong, empty when nothing is.
    """

    __tablename__ = "slack_workspace"

    id: Mapped[str] = mapped_column(primary_key=True)
    enterprise_id: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    is_enterprise: Mapped[bool] = mapped_column(default=False)
    bot_id: Mapped[str] = mapped_column(default="")
    bot_user_id: Mapped[str] = mapped_column(default="")
    scopes: Mapped[str] = mapped_column(default="")
    installed_by: Mapped[str] = mapped_column(default="")
    installed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=WorkspaceState.CONNECTED.value)
    failure: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]
    key_id: Mapped[str]
    sealed: Mapped[bytes]


class SlackConsent(Base):
    """A person's own token, given by their consent; sealed for `slack_consent:TEAM:USER`."""

    __tablename__ = "slack_consent"

    team: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    scopes: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime]
    key_id: Mapped[str]
    sealed: Mapped[bytes]


class SlackTicket(Base):
    """A secret that lets somebody go on with an installation, by its hash, until it is used or expires.

    Of a consent it is one that was used, until it expires.

    `purpose` is of service.slack.tickets. `browser` is the hash of what the cookie holds of the browser that began,
    `invite` that of the install link it began with, `actor` who made that.
    """

    __tablename__ = "slack_ticket"

    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str]
    source: Mapped[str]
    browser: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    invite: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    actor: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime]


class ChannelState(StrEnum):
    """Whether a channel is read, and if not, why."""

    READ = "read"
    INTERNAL = "internal"
    ARCHIVED = "archived"
    LEFT = "left"


class SlackRoom(Base):
    """A channel the app is in: whether it is read, and the domains of the firms in it (`outsiders`, apart by space).

    `stale`: who is in it has changed since it was looked at.
    """

    __tablename__ = "slack_room"

    team: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ChannelState.READ.value)
    shared: Mapped[bool] = mapped_column(default=False)
    outsiders: Mapped[str] = mapped_column(default="")
    stale: Mapped[bool] = mapped_column(default=False)
    noted_at: Mapped[datetime]


class SlackEvent(Base):
    """An event, kept sealed from before it is acknowledged until it is worked on.

    `event_id` is Slack's; `about` is what it says, the same for two events about the same thing (team, channel, kind,
    time stamp, time of the edit); `source` names the Slack source whose app was told. The body is sealed for
    `slack_event:EVENT_ID` and goes when `done_at` is set.
    """

    __tablename__ = "slack_event"
    __table_args__ = (
        Index("ix_slack_event_done_at_id", "done_at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    about: Mapped[str] = mapped_column(unique=True)
    source: Mapped[str] = mapped_column(default="")
    team: Mapped[str]
    enterprise: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(Integer, default=0)
    key_id: Mapped[str | None]
    sealed: Mapped[bytes | None]


class SlackRefusal(Base):
    """Requests that were refused, counted by day and reason; nothing of them is kept."""

    __tablename__ = "slack_refusal"

    day: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
