"""A stage: an office over a fake Slack in which everything that is put before people is written down.

What an app sends is taken down as it sends it, before the fake judges it: Web API calls that show something, posts to a
response_url, and what a button, a form or a command is acknowledged with.
"""

import json
import threading
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from service.crypto import new_keys
from service.settings import Server
from service.slack.listeners import make_app
from service.warnings.wording import limit_of, load_wording, placeholders
from tests.fakes.direct import connect_directly
from tests.fakes.office import TOKEN, make_office
from tests.fakes.slack import audience
from tests.fakes.slack.delivery import Parcel
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import World
from tests.service.warnings.speaking import WEDNESDAY, a_policy

CONSOLE = "https://frontdoor.ourco.example"
LOCALES = {"en": "en-GB", "de": "de-DE"}
# The calls that put something before people, and what it is.
SHOWING = {
    "chat.postEphemeral": "ephemeral",
    "chat.postMessage": "message",
    "chat.update": "message",
    "views.open": "modal",
    "views.push": "modal",
    "views.update": "modal",
    "views.publish": "home",
}
# Signs that markup, lines, directions and pictures are made of, for as long as it takes.
NASTY = "&<!channel> <@U1>\n> *R&D* _x_ `y` \u202e\u2066olleh\u2069 😀👩🏽‍🚀 <https://evil.example|here> \x1b &&&&&&&& "
_LONGEST_CHANNEL = ("ext-" + "norvik-und-partner-" * 5)[:80]
# What of a call is JSON.
_PARTS = ("blocks", "attachments", "view")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something that was put before people.

    `kind` is message, ephemeral, answer (to a button or a command), error (beneath a field), modal or home; `payload`
    what Slack is given: a message's {text, blocks}, or a view.
    """

    name: str
    kind: str
    language: str
    payload: Mapping[str, Any]


class WrittenDown(FakeSlack):
    """A fake Slack that tells `keep` of all that an app shows, as (kind, payload). While `deaf`, no hook answers."""

    deaf = False

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.keep = lambda _kind, _payload: None

    def take(self, method, token, arguments):
        if method in SHOWING:
            self.keep(SHOWING[method], _payload(arguments))
        return super().take(method, token, arguments)

    def take_hook(self, key, posted):
        if self.deaf:
            return 500, "internal_error"
        self.keep("answer", _payload(posted))
        return super().take_hook(key, posted)

    def acknowledged(self, answer):
        """Take down what a person's act was acknowledged with."""
        if "view" in answer:
            self.keep("modal", answer["view"])
        if "text" in answer or "blocks" in answer:
            self.keep("answer", _payload(answer))
        for text in answer.get("errors", {}).values():
            self.keep("error", {"text": text})


@dataclass
class Stage:
    """An office whose people speak one language; with `worst` all that people may choose is as bad as it gets."""

    language: str
    worst: bool
    database: object
    folder: Path
    slack: WrittenDown = None
    office: object = None
    app: object = None
    scene: str = ""
    kept: list[Shown] = field(default_factory=list)
    _happened: list = field(default_factory=list)
    _keys: object = field(default_factory=new_keys)

    def __post_init__(self):
        self.slack = WrittenDown(World(now=WEDNESDAY))
        self.slack.keep = self._keep
        self._people()
        self.slack.world.watchers.append(self._happened.append)
        self.staff()

    @property
    def now(self):
        return self.office.clock()

    def begin(self, scene, language=""):
        """Name what is shown from now on."""
        self.scene = f"{language or self.language}/{'worst' if self.worst else 'ordinary'}/{scene}"

    def pick(self, ordinary, worst):
        """Choose what people put in."""
        return worst if self.worst else ordinary

    def words(self, ordinary, most=400):
        """Choose what somebody said: at worst `most` signs of the worst kind."""
        return self.pick(ordinary, (NASTY * (most // len(NASTY) + 1))[:most])

    def staff(self, **source):
        """Let an office answer from now on; `source` changes its settings."""
        given = {
            "language": self.language,
            "contact": self.pick("Petra Vogt", "R&D <privacy@ourco.example> " * 7)[:200],
            "procurement": {"channel": "CPROC", "digest_at": "09:00"},
        }
        if self.worst:
            given["wording"] = self._longest_wording()
        given = {key: value for key, value in (given | source).items() if value is not None}
        office = make_office(self.database, self.slack, keys=self._keys, policies=POLICIES, **given)
        base = self.pick(CONSOLE, f"https://{'frontdoor.' * 24}example/{'path/' * 200}")
        settings = office.settings.model_copy(update={"server": Server(public_url=base)})
        self.office = replace(office, settings=settings)
        self.app = make_app(self.office, threading.Event())
        connect_directly(self.slack, self.app)
        answer = self.slack.send

        def send(parcel: Parcel) -> Parcel:
            answer(parcel)
            self.slack.acknowledged(parcel.answer)
            return parcel

        self.slack.send = send
        return self.office

    @contextmanager
    def staffed(self, **source):
        """Let another office answer inside the block."""
        try:
            yield self.staff(**source)
        finally:
            self.staff()

    def happen(self):
        """Hand the app the events of what happened; it may ask the world meanwhile."""
        while self._happened:
            for app, payload in audience.payloads(self.slack.world, self._happened.pop(0)):
                self.slack.send(Parcel(app=app.id, type="events_api", payload=payload))

    def open_home(self, user="U1"):
        """Let somebody open App Home."""
        self._happened.clear()
        self.slack.open_home(user)
        self.happen()

    def add(self, *rows):
        """Put rows into the store."""
        with self.database.transaction() as session:
            session.add_all(rows)

    def seen(self):
        """Return the last message that one person alone saw and can act on."""
        acted_on = [one for one in self.slack.ephemerals if one.blocks]
        return acted_on[-1]

    def forget(self, kept):
        """Go back to what had been taken down."""
        self.kept = kept

    def put(self, kind, payload):
        """Take down what a part of the house has made without sending it."""
        self._keep(kind, payload)

    def _keep(self, kind, payload):
        number = 1 + sum(one.name.startswith(f"{self.scene}/") for one in self.kept)
        name = f"{self.scene}/{kind}" + (f" {number}" if number > 1 else "")
        self.kept.append(Shown(name=name, kind=kind, language=self.scene[:2], payload=payload))

    def _people(self):
        world, locale = self.slack.world, LOCALES[self.language]
        world.team("T1", "Ourco")
        world.team("T2", "Norvik")
        world.user("UBOT", "T1", "frontdoor", bot=True)
        long = {user: f"{user} {NASTY * 3}"[:_LONGEST_NAME] for user in ("U1", "U2", "U5", "UR", "UT", "US")}
        named = {"U1": "Anna Alt", "U2": "Nils Norvik", "U5": "Bea Bauer", "UR": "Rita", "UT": "Tom", "US": "Sam"}
        for user, name in named.items():
            team = "T2" if user == "U2" else "T1"
            address = f"{user.lower()}@{'norvik' if user == 'U2' else 'ourco'}.example"
            world.user(user, team, self.pick(name, long[user]), email=address, locale=locale)
        world.user("U3", "T1", "Gus Guest", email="gus@hauck.example", guest="multi", locale=locale)
        channel = self.pick("ext-norvik", _LONGEST_CHANNEL)
        world.channel("C1", channel, "T1", ["UBOT", "U1", "U5", "U2"], teams=["T2"])
        world.channel("C2", self.pick("engineering", "e" * 80), "T1", ["UBOT", "U1", "U5"])
        world.channel("C3", "with-a-guest", "T1", ["UBOT", "U1", "U3"], private=True)
        world.channel("CPROC", "procurement", "T1", ["UBOT", "UR", "UT", "US"], private=True)
        world.grant(TOKEN, "UBOT")

    def _longest_wording(self):
        """Write a company's own wording, each text as long as it may be; returns the file."""
        path = self.folder / "wording.toml"
        if not path.exists():
            path.write_text("\n".join(_longest_texts()), "utf-8")
        return path


_ALWAYS = '[warn]\nper_day = 100\nquiet_hours = ""'
POLICIES = (
    a_policy(f"{_ALWAYS}\nremind_days = 7", name="balanced"),
    a_policy(f"{_ALWAYS}\nremind_days = 0\nback_off_days = 0", name="once"),
)


def _longest_texts():
    """Each text of a warning's wording as long as a company may make it, as TOML."""
    for language, texts in load_wording().texts.items():
        yield f"[{language}]"
        for name, text in texts.items():
            given = "".join(f"{{{one}}}" for one in sorted(placeholders(text)))
            yield f'{name} = "{given.ljust(limit_of(name), "&")}"'


def _payload(given):
    """Return what is shown of a call's arguments: a view, or a message's text and blocks."""
    read = {
        key: json.loads(given[key]) if isinstance(given[key], str) else given[key] for key in _PARTS if key in given
    }
    return read["view"] if "view" in read else {"text": given.get("text", ""), **read}
