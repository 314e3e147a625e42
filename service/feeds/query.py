"""What a feed can be asked for, and what its reader may ask."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from service.alerts.schemas import AlertFilter
from service.auth.permissions import Permission
from service.depends import Asking
from service.errors import ForbiddenError


class FeedQuery(AlertFilter):
    """Which alerts. `token`: for readers that can't send headers, a token whose one scope is `feeds:read`."""

    token: str | None = Field(default=None, max_length=200)


class LimitedFeedQuery(FeedQuery):
    """Which alerts, and how many of them."""

    limit: int = Field(default=50, ge=1, le=200)


def check_reader(asked: FeedQuery, asking: Asking) -> None:
    """Make sure that a reader without words can't find out by asking for them. Raises ForbiddenError."""
    if not asking.may(Permission.ALERTS_READ) and (asked.text is not None or asked.person is not None):
        raise ForbiddenError("asking for words or people needs alerts:read")


def asked_feed(asked: Annotated[LimitedFeedQuery, Query()], asking: Asking) -> LimitedFeedQuery:
    """Read a feed's query, as far as its reader may ask."""
    check_reader(asked, asking)
    return asked


def asked_events(asked: Annotated[FeedQuery, Query()], asking: Asking) -> FeedQuery:
    """Read the query of a stream, as far as its reader may ask."""
    check_reader(asked, asking)
    return asked


AskedFeed = Annotated[LimitedFeedQuery, Depends(asked_feed)]
AskedEvents = Annotated[FeedQuery, Depends(asked_events)]
