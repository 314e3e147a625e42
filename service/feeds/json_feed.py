"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from datetime import datetime

from pydantic import BaseModel, Field

from service.alerts.schemas import AlertSummary
from service.feeds.entries import Entry, Feed

MEDIA_TYPE = "application/feed+json"


class Author(BaseModel):
    """Whose words they are."""

    name: str


class Extension(BaseModel):
    """What a program wants to know without reading the text."""

    status: str
    severity: str
    risk: float
    policy: str
    channel: str
    counterparty: str
    verdict: str | None
    reopened: int


class Item(BaseModel):
    """An alert."""

    id: str
    url: str
    title: str
    content_text: str
    date_published: datetime
    date_modified: datetime
    tags: list[str]
    authors: list[Author]
    frontdoor: Extension = Field(serialization_alias="_frontdoor")


class JsonFeed(BaseModel):
    """The alerts that changed last, latest first."""

    version: str = "https://jsonfeed.org/version/1.1"
    title: str = "frontdoor alerts"
    home_page_url: str
    feed_url: str
    items: list[Item]


def json_feed(feed: Feed) -> JsonFeed:
    """Write a feed as JSON Feed."""
    return JsonFeed(
        home_page_url=f"{feed.base}/alerts",
        feed_url=f"{feed.base}/feeds/alerts.json",
        items=[_item(entry) for entry in feed.entries],
    )


def _item(entry: Entry) -> Item:
    alert: AlertSummary = entry.alert
    return Item(
        id=entry.id,
        url=entry.url,
        title=entry.title,
        content_text=entry.text,
        date_published=entry.opened_at,
        date_modified=entry.updated_at,
        tags=alert.labels,
        authors=[Author(name=address) for address in entry.authors],
        frontdoor=Extension(
            status=alert.status,
            severity=alert.severity,
            risk=alert.risk,
            policy=alert.policy,
            channel=alert.channel,
            counterparty=alert.counterparty,
            verdict=alert.verdict,
            reopened=alert.reopened,
        ),
    )
