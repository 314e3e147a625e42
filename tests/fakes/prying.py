"""Every way in which somebody could try to get at a sealed value, as functions that return all that they were answered.

Each takes what was planted and somebody's browser or program. What comes back is compared with the planted values by
whoever calls.
"""

import io
import json
import logging
import re
import uuid
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Self

from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request

from service.alerts.schemas import AlertFilter
from service.alerts.search import tokens_of
from service.auth.authenticate import authenticate
from service.description import describe
from service.exposure.models import BriefRow, ExposureEntry
from service.feeds.events import read_news
from service.models import FindingRow, SearchToken, User
from service.negotiations import access, plan
from service.negotiations.models import NegotiationRow, SealedFactRow
from service.negotiations.plan_schemas import plan_view
from service.notify.blocks import alert_post
from service.notify.card import read_card
from tests.fakes.plans import AMOUNT, WORDINGS, Planted, planted_in

Way = Callable[[Planted, TestClient], Iterator[str | bytes]]

PAGE = {"accept": "text/html"}
_MOST_PAGES = 150
# Of a log record, what is a figure of the clock or of the machine.
_NUMBERED = frozenset({"created", "msecs", "relativeCreated", "thread", "process", "lineno"})
_LINK = re.compile(r'href="(/[^"#]*)')
# What is sent where it does not belong: nothing of it may come back, nor the value that stands there.
_WRONG = ("x", "", -1, 0, [], {}, None, "9" * 400, "2026-13-45", "\x00")


def every_api_read(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Ask for everything that the API's own description names, for each id there is."""
    for path, methods in describe(planted.house.app)["paths"].items():
        if "get" in methods and path != "/feeds/alerts/events":
            for address in _filled(planted, path):
                yield client.get(address).content


def the_alert_in_every_list(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """List alerts in each order and by each filter that selects the one."""
    for asked in (
        {"sort": "said"},
        {"sort": "risk"},
        {"sort": "updated"},
        {"label": "sealed_fact"},
        {"label": "budget"},
        {"person": "jonas.weber@ourco.example"},
        {"counterparty": "Norvik Metall"},
    ):
        yield client.get("/api/v1/alerts", params=asked).content
    yield client.get(f"/api/v1/alerts/{planted.alert}").content


def the_plan(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Read, add, change, remove, claim, admit and destroy."""
    where, fact = planted.plan, planted.facts[0]
    entry = {"role": "target", "fact": {"kind": "percentage", "value": 3}}
    somebody = {"user_id": str(planted.closed_users["administrator"])}
    yield client.get(where).content
    yield client.get(f"{where}/holders").content
    yield client.get(f"{where}/facts/{fact}").content
    yield client.post(f"{where}/facts", json=entry).content
    yield client.put(f"{where}/facts/{fact}", json=entry | {"version": 1}).content
    yield client.delete(f"{where}/facts/{fact}").content
    yield client.post(f"{where}/claim").content
    yield client.post(f"{where}/holders", json=somebody).content
    yield client.post(f"{where}/hand-over", json=somebody).content
    yield client.delete(f"{where}/holders/{planted.holder_id}").content
    yield client.delete(where).content


def the_plan_pages(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Open the plan's page in each of its states, and send its forms."""
    page, fact = planted.page, planted.facts[0]
    for address in (page, f"{page}?edit={fact}", f"{page}?add=amount"):
        yield client.get(address, headers=PAGE).content
    for form, data in (
        (f"entries/amount/{fact}", {"role": "target", "value": "1", "currency": "EUR", "version": "1"}),
        (f"entries/amount/{fact}", {"role": "target", "value": "x"}),
        ("entries/percentage", {"role": "target", "value": "1"}),
        (f"remove/{fact}", {}),
        ("claim", {}),
        ("holders", {"user": str(planted.closed_users["administrator"])}),
        (f"holders/{planted.holder_id}/remove", {}),
        ("hand-over", {"user": str(planted.closed_users["administrator"])}),
        ("destroy", {"confirmed": "yes"}),
    ):
        answer = client.post(f"{page}/{form}", data=data, headers=PAGE)
        yield answer.content
        yield str(answer.headers)
        yield client.get(page, headers=PAGE).content


def every_page(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Follow every link of the console, from the first page and from those of the alert and the negotiation."""
    where = (f"/alerts/{planted.alert}", f"/negotiations/{planted.negotiation}", planted.page)
    waiting, seen = ["/", "/alerts", *where], set[str]()
    while waiting and len(seen) < _MOST_PAGES:
        address = waiting.pop(0)
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        answer = client.get(address, headers=PAGE)
        yield answer.content
        yield address
        location = answer.headers.get("location", "")
        if location.startswith("/"):
            waiting.append(location)
        waiting.extend(unescape(found) for found in _LINK.findall(answer.text))


def exports(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Export alerts and negotiations as every kind of file."""
    del planted
    for form in ("csv", "jsonl"):
        yield client.get("/api/v1/alerts/export", params={"format": form}).content
    yield client.get("/api/v1/negotiations/export").content


def feeds(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Read the feeds, with and without words."""
    del planted
    for feed in ("alerts.json", "alerts.atom"):
        yield client.get(f"/feeds/{feed}").content


def events(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Read what a listener is sent of all that happened."""
    house = planted.house
    sent = client.build_request("GET", "/feeds/alerts/events")
    headers = [(name.lower().encode(), value.encode()) for name, value in sent.headers.items()]
    scope = {"type": "http", "path": "/feeds/alerts/events", "query_string": b"", "headers": headers, "app": house.app}
    asking = authenticate(house.database, Request(scope), now=house.now)
    assert asking is not None
    with house.database.transaction(write=False) as session:
        news = read_news(session, house.keys, AlertFilter(), asking, after=0, now=house.now)
    for _, one in news.news if news is not None else ():
        yield one.model_dump_json()


def errors(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Send what can't be understood, what conflicts, and what is not there."""
    where, fact = planted.plan, planted.facts[0]
    for wrong in _WRONG:
        for field in ("value", "currency", "first", "words", "kind", "quantity", "tolerance"):
            body = {"role": "walk_away", "fact": AMOUNT | {field: wrong}}
            yield client.post(f"{where}/facts", json=body).content
        yield client.put(f"{where}/facts/{fact}", json={"role": wrong, "version": wrong, "fact": AMOUNT}).content
    yield client.post(f"{where}/facts", content=b'{"role": 7.43').content
    yield client.post(f"{where}/facts", json={"role": "walk_away", "note": "heron " * 9000}).content
    yield client.put(f"{where}/facts/{fact}", json={"role": "walk_away", "version": 9, "fact": AMOUNT}).content
    yield client.put(f"{where}/facts/{uuid.uuid4()}", json={"role": "walk_away", "version": 1, "fact": AMOUNT}).content
    yield client.get(f"/api/v1/negotiations/{uuid.uuid4()}/plan").content
    yield client.get(f"/api/v1/alerts/{planted.alert}/kestrel").content


def breakdowns(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Ask for the plan and the alert while a stored entry is damaged and the database refuses."""
    database = planted.house.database
    with database.transaction() as session:
        row = session.get_one(SealedFactRow, planted.facts[0])
        whole = row.sealed
        row.sealed = b"damaged" + whole[7:]
    try:
        yield client.get(planted.plan).content
        yield client.get(planted.page, headers=PAGE).content
    finally:
        with database.transaction() as session:
            session.get_one(SealedFactRow, planted.facts[0]).sealed = whole


def searches(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Search for every word of what was planted; a match would say that it is there."""
    nothing = client.get("/api/v1/alerts", params={"text": "xylophonequartz"}).json().get("alerts")
    for words in (*WORDINGS, "Kestrelwerk", "7.43", "forty-three", "43", "Castings seven"):
        answer = client.get("/api/v1/alerts", params={"text": words})
        found = answer.json().get("alerts")
        yield "" if found == nothing else f"kestrelwerk: the search for {len(words)} characters tells something"
        for address in ("/feeds/alerts.json", "/feeds/alerts.atom", "/api/v1/alerts/export"):
            # The feed names itself, never what was looked for.
            yield client.get(address, params={"text": "Kestrelwerk"}).content


def the_audit_log(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Read the audit log, as a whole and by what it is about."""
    yield client.get("/api/v1/audit", params={"limit": 200}).content
    yield client.get("/api/v1/audit", params={"object": str(planted.negotiation)}).content
    yield client.get("/audit", headers=PAGE).content
    yield client.get("/audit", params={"check": "true"}, headers=PAGE).content


def metrics(planted: Planted, client: TestClient) -> Iterator[str | bytes]:
    """Read the figures for Prometheus."""
    del planted
    # A histogram's sum may hold any figure; names and labels may not.
    yield re.sub(r" [0-9.e+-]+$", "", client.get("/metrics").text, flags=re.MULTILINE)


BY_SOMEBODY: tuple[Way, ...] = (
    every_api_read,
    the_alert_in_every_list,
    the_plan,
    the_plan_pages,
    every_page,
    exports,
    feeds,
    events,
    errors,
    breakdowns,
    searches,
    the_audit_log,
    metrics,
)


def slack_card(planted: Planted) -> Iterator[str | bytes]:
    """Post the alert to procurement's channel."""
    with planted.house.database.transaction(write=False) as session:
        card = read_card(session, planted.house.keys, planted.alert)
    assert card is not None
    for language in ("en", "de"):
        post = alert_post(card, language=language, base="https://frontdoor.ourco.example", permalink="")
        yield json.dumps([post.text, post.blocks], ensure_ascii=False)
    yield repr(card)


def database_rows(planted: Planted) -> Iterator[str | bytes]:
    """Read every column of every table that is not sealed."""
    with planted.house.database.transaction(write=False) as session:
        for table in NegotiationRow.metadata.sorted_tables:
            for row in session.execute(select(table)):
                yield repr(tuple(row))


def database_file(planted: Planted) -> Iterator[str | bytes]:
    """Read the database's own bytes, its write-ahead log included."""
    name = planted.house.database.engine.url.database
    for end in ("", "-wal", "-shm"):
        path = Path(f"{name}{end}")
        if path.exists():
            yield path.read_bytes()


def records(planted: Planted) -> Iterator[str | bytes]:
    """Print the records that hold a plan, as a debugger or a log line would."""
    with planted.house.database.transaction(write=False) as session:
        entries = plan.read_plan(session, planted.house.keys, planted.negotiation)
        facts = plan.facts_of(session, planted.house.keys, [planted.negotiation])
        shown = plan_view(entries, access.holders(session, planted.negotiation), (), ())
        rows = list(session.scalars(select(SealedFactRow)))
    for one in (entries, facts, shown, rows, shown.entries, [one.fact for one in shown.entries]):
        yield f"{one!r} {one} {one!s}"


WITHOUT_ANYBODY: tuple[Callable[[Planted], Iterator[str | bytes]], ...] = (
    slack_card,
    database_rows,
    database_file,
    records,
)


class Listening(logging.Handler):
    """Everything that the program logs while it listens, at every level, with traces; the test's own client aside."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
        self._said = io.StringIO()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record down, with all that came along."""
        if record.name.startswith(("httpx2", "httpcore2")):
            return
        more = {name: value for name, value in record.__dict__.items() if name not in _NUMBERED}
        self._said.write(f"{self.format(record)} {more}\n")

    def __enter__(self) -> Self:
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self._level)

    @property
    def text(self) -> str:
        """All that was logged."""
        return self._said.getvalue()


def found_by(planted: Planted, way: Way, client: TestClient) -> list[str]:
    """Return which planted values somebody gets to see in a way."""
    return sorted({one for answer in way(planted, client) for one in planted_in(answer)})


def indexed(planted: Planted) -> int:
    """Count the search tokens of words that only withheld messages have."""
    keys = planted.house.keys
    secret = tokens_of(" ".join(WORDINGS), keys) - tokens_of("Thanks for the drawings, they arrived on Monday.", keys)
    with planted.house.database.transaction(write=False) as session:
        return len(set(session.scalars(select(SearchToken.token))) & secret)


def _filled(planted: Planted, path: str) -> Iterator[str]:
    with planted.house.database.transaction(write=False) as session:
        ids = _ids(session, planted)
    names = re.findall(r"{(\w+)}", path)
    if not names:
        yield path
        return
    # A path names one or two things: each combination of what is known of them.
    first, *rest = names
    for value in ids.get(first, ["7.43"]):
        filled = path.replace(f"{{{first}}}", str(value))
        yield from _filled(planted, filled) if rest else [filled]


def _ids(session: Session, planted: Planted) -> dict[str, list[object]]:
    return {
        "negotiation_id": [planted.negotiation, planted.other],
        "alert_id": [planted.alert],
        "fact_id": list(planted.facts),
        "entry_id": [*planted.facts, *session.scalars(select(ExposureEntry.id).limit(5))],
        "finding_id": list(session.scalars(select(FindingRow.id).limit(5))),
        "brief_id": list(session.scalars(select(BriefRow.id).limit(5))) or [uuid.uuid4()],
        "user_id": list(session.scalars(select(User.id))),
        "counterparty": ["Norvik Metall"],
    }
