"""How fast the pages of a ledger of 2,000 entries answer, measured through the whole application on SQLite.

`tests/prove/negotiations.py` measures it; `python -m tests.prove.ledger_page` prints it alone.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from service.database import Database, connect
from service.migrate import upgrade
from tests.fakes.console import make_house
from tests.fakes.ledger import add_negotiation, fill_ledger
from tests.prove.figures import HEADER, Figure

ENTRIES, MOST_MILLISECONDS = 2000, 200.0
_TURNS = 20
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def ledger_page() -> Iterator[Figure]:
    """Ask for each view of the ledger in turns."""
    with tempfile.TemporaryDirectory() as folder, closing(_database(Path(folder))) as database:
        house = make_house(database, lambda: NOW)
        with database.transaction() as session:
            negotiation = add_negotiation(session)
            ids = fill_ledger(session, house.keys, entries=ENTRIES, negotiation=negotiation, now=NOW)
            session.execute(text("ANALYZE"))
        client = house.signed_in()
        taken: dict[str, list[float]] = {}
        for turn in range(_TURNS + 1):
            for view, address in _views(negotiation, ids[ENTRIES // 2]).items():
                begin = time.perf_counter()
                client.get(address).raise_for_status()
                milliseconds = (time.perf_counter() - begin) * 1000
                if turn:  # the first one fills caches that a running service has full
                    taken.setdefault(view, []).append(milliseconds)
    slowest = max(taken, key=lambda view: _p95(taken[view]))
    p95 = _p95(taken[slowest])
    yield Figure(
        name=f"a ledger page of {ENTRIES:,} entries, p95",
        measured=f"{p95:.0f} ms",
        required=f"< {MOST_MILLISECONDS:.0f} ms",
        holds=p95 < MOST_MILLISECONDS,
        note=f"the slowest view, {slowest}; " + ", ".join(f"{view} {_p95(some):.0f}" for view, some in taken.items()),
    )


def _database(folder: Path) -> Database:
    database = connect(f"sqlite:///{folder / 'ledger.db'}")
    upgrade(database)
    return database


def _views(negotiation: object, entry: object) -> dict[str, str]:
    ledger = f"/negotiations/{negotiation}/ledger"
    return {
        "all": ledger,
        "known": f"{ledger}?kind=known",
        "known, by sureness, page 20": f"{ledger}?kind=known&sort=sure&page=20",
        "asked": f"{ledger}?kind=asked",
        "filtered": f"{ledger}?label=budget&label=timeline&state=valid&since=2026-01-01&sort=often",
        "entry": f"/exposure/{entry}",
        "exposure": "/exposure",
    }


def _p95(values: list[float]) -> float:
    return sorted(values)[round(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    print(HEADER)
    for figure in ledger_page():
        print(figure.row)
