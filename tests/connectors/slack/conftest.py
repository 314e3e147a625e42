import pytest

from connectors.slack import SlackHistory, SlackSettings
from tests.connectors.slack.keeping import TOKEN, Store
from tests.fakes.slack.server import FakeSlack


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def slack():
    """A workspace with a channel shared with Norvik, one with a guest, one of our own, and one without the app."""
    with FakeSlack() as fake:
        world = fake.world
        world.team("T1", "Ourco")
        world.team("T2", "Norvik")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        world.user("U1", "T1", "Anna Alt", email="anna@ourco.example")
        world.user("U2", "T2", "Nils Norvik", email="nils@norvik.example")
        world.user("U3", "T1", "Gus Guest", guest="multi")
        world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U2"], teams=["T2"])
        world.channel("C2", "engineering", "T1", ["UBOT", "U1"])
        world.channel("C3", "with-a-guest", "T1", ["UBOT", "U1", "U3"], private=True)
        world.channel("C4", "not-invited", "T1", ["U1", "U2"], teams=["T2"])
        world.grant(TOKEN, "UBOT")
        yield fake


@pytest.fixture
def history(slack):
    """Make a connector to the fake; what a test says about settings goes into them."""
    made = []

    def make(*, stop=None, patience=(0.0, 0.0), **settings):
        settings = {"name": "slack", "token": TOKEN, "base_url": slack.url, **settings}
        made.append(SlackHistory(SlackSettings(**settings), stop=stop, patience=patience))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def store():
    return Store()
