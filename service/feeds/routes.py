"""Alerts as feeds: JSON Feed, Atom, and as they happen."""

from collections.abc import AsyncIterator
from typing import Annotated, cast

import anyio
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from service.audit.look import note_search, searches
from service.auth.access import needs
from service.auth.permissions import Permission
from service.depends import Asking, Now, TheDatabase, TheKeys, Transaction, base_url
from service.failures import problems
from service.feeds import atom, json_feed
from service.feeds.entries import Feed, read_feed
from service.feeds.events import Batch, Seats, last_event, read_news
from service.feeds.query import AskedEvents, AskedFeed
from service.negotiations.access import viewer_of

router = APIRouter(prefix="/feeds", tags=["feeds"], responses=problems(400, 401, 403))

_EVERY_SECONDS = 1.0
_RETRY_MILLISECONDS = 3000


def get_feed(request: Request, asked: AskedFeed, session: Transaction, keys: TheKeys, asking: Asking, now: Now) -> Feed:
    """Read the alerts of a feed, with their words for those who may read them."""
    words = asking.may(Permission.ALERTS_READ)
    base, viewer = base_url(request), viewer_of(asking)
    feed = read_feed(session, keys, asked, limit=asked.limit, words=words, base=base, now=now, viewer=viewer)
    note_search(session, asked, actor=asking.actor, now=now)
    return feed


TheFeed = Annotated[Feed, Depends(get_feed)]


@router.get("/alerts.json", response_model=json_feed.JsonFeed)
@needs(Permission.FEEDS_READ, audits=searches)
def get_json_feed(feed: TheFeed) -> Response:
    """Give the alerts that changed last as JSON Feed. Words only with alerts:read."""
    text = json_feed.json_feed(feed).model_dump_json(by_alias=True)
    return Response(text, media_type=json_feed.MEDIA_TYPE)


@router.get("/alerts.atom", response_class=Response, responses={200: {"content": {"application/atom+xml": {}}}})
@needs(Permission.FEEDS_READ, audits=searches)
def get_atom_feed(feed: TheFeed) -> Response:
    """Give the alerts that changed last as Atom. Words only with alerts:read."""
    return Response(atom.atom(feed), media_type=atom.MEDIA_TYPE)


async def take_seat(request: Request, asking: Asking) -> AsyncIterator[None]:
    """Hold a listener's seat until the connection ends."""
    seats: Seats = request.app.state.seats
    with seats.seat(asking.user_id):
        yield


def get_start(
    asked: AskedEvents,
    session: Transaction,
    asking: Asking,
    now: Now,
    last_event_id: Annotated[int | None, Header(ge=0, le=2**62)] = None,
) -> int:
    """Tell behind which event to begin: the one the listener names, else the last."""
    start = last_event(session) if last_event_id is None else last_event_id
    note_search(session, asked, actor=asking.actor, now=now)
    return start


@router.get(
    "/alerts/events", response_class=EventSourceResponse, dependencies=[Depends(take_seat)], responses=problems(429)
)
@needs(Permission.FEEDS_READ, audits=searches)
async def listen(
    request: Request,
    asked: AskedEvents,
    asking: Asking,
    database: TheDatabase,
    keys: TheKeys,
    start: Annotated[int, Depends(get_start)],
) -> AsyncIterator[ServerSentEvent]:
    """Send what happens to alerts, as server-sent events: opened, evidence, reopened, reviewed.

    `Last-Event-ID` goes on where a connection broke off. Ends when the reader's right does.
    """
    state = request.app.state

    def read(after: int) -> Batch | None:
        with database.transaction(write=False) as session:
            return read_news(session, keys, asked, asking, after=after, now=state.clock())

    yield ServerSentEvent(comment="listening", retry=_RETRY_MILLISECONDS)
    batch: Batch | None = Batch(news=(), last=start)
    while not state.stopping.is_set():
        assert batch is not None
        batch = await to_thread.run_sync(read, batch.last, limiter=cast("CapacityLimiter", state.listening))
        if batch is None:
            return
        for event_id, news in batch.news:
            yield ServerSentEvent(event=news.kind, id=str(event_id), data=news)
        if not batch.news:
            await anyio.sleep(_EVERY_SECONDS)
