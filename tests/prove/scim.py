"""What provisioning by SCIM promises, measured: over SQLite and over PostgreSQL."""

import contextlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from service.app import create_app
from service.crypto import new_keys
from service.database import connect
from service.migrate import upgrade
from service.settings import parse_settings
from tests.fakes.postgres import postgres
from tests.prove.figures import Figure
from tests.service.conftest import Clock, House
from tests.service.scim.conftest import Client
from tests.service.scim.employees import ADDRESS, WAYS, Employee
from tests.service.scim.exchanges import CLIENTS, hold

FEWEST_REQUESTS = 60
# A browser that is signed in, a token, and a link that was not used yet.
DOORS = 3


def measure_scim() -> Iterator[Figure]:
    """Send what Entra ID and Okta document that they send, and try every way in after each way of leaving."""
    asked, tried, let_in, opened = 0, 0, 0, 0
    wrong: list[str] = []
    for kind, new_database in _databases():
        for client in CLIENTS:
            with _house(new_database()) as house:
                outcomes = list(hold(client, house.machine("directory:provision")))
            asked += len(outcomes)
            wrong += [f"{client} over {kind}: {name}" for name, flaw in outcomes if flaw]
        for way in WAYS.values():
            with _house(new_database()) as house:
                before, after = _let_in(house, way)
            opened, let_in, tried = opened + before, let_in + after, tried + DOORS
    yield Figure(
        name="SCIM requests of Entra ID and Okta answered as documented",
        measured=f"{asked - len(wrong)} of {asked}",
        required=f"all, of {2 * FEWEST_REQUESTS} or more",
        holds=not wrong and asked >= 2 * FEWEST_REQUESTS,
        note="; ".join(wrong) or "each over SQLite and over PostgreSQL",
    )
    yield Figure(
        name="deactivated people let in",
        measured=f"{let_in} of {tried} attempts",
        required="0",
        holds=not let_in and opened == tried,
        note=f"by browser, token and unused link; while they were active, {opened} of {tried}",
    )


def _let_in(house: House, way: Callable[[Client, str], object]) -> tuple[int, int]:
    """Return how many doors were open to a colleague of the same kind, and how many to whoever was deactivated."""
    client = Client(house=house, http=house.machine("directory:provision"))
    house.user("administrator")
    person = client.add(ADDRESS)
    leaving, staying = Employee(client, "reviewer"), Employee(client, "reviewer", address="colleague@ourco.example")
    way(client, person)
    return staying.let_in(), leaving.let_in()


def _databases() -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield each kind of database, and what makes an empty one and returns its URL."""
    with tempfile.TemporaryDirectory() as folder:
        yield "SQLite", lambda: f"sqlite:///{Path(folder) / uuid.uuid4().hex}.db"
    with postgres() as server:
        yield "PostgreSQL", server.new_database


@contextlib.contextmanager
def _house(url: str) -> Iterator[House]:
    settings, keys, clock = (
        parse_settings({"company": {"own_domains": ["ourco.example"]}}, where="the proof"),
        new_keys(),
        Clock(),
    )
    with contextlib.closing(connect(url)) as database:
        upgrade(database)
        app = create_app(database, keys, settings, clock=clock)
        yield House(app=app, database=database, keys=keys, settings=settings, clock=clock)
