"""Every kind of payload that the fake sends, and every answer it gives, a few of each: to hold against real ones."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack import audience, events
from tests.fakes.slack.methods import answer
from tests.fakes.slack.payloads import Paper
from tests.fakes.slack.recorded import event_kind
from tests.fakes.slack.shown import Ephemeral, View
from tests.fakes.slack.things import EVERY_SCOPE
from tests.fakes.slack.viewing import numbered
from tests.fakes.slack.world import World

Payload = dict[str, Any]
TOKEN = "xoxb-1"
TEXT = {"type": "plain_text", "text": "Why"}
BUTTON = {"type": "button", "text": TEXT, "action_id": "why", "value": "1", "style": "danger"}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
INPUT = {"type": "input", "label": TEXT, "element": {"type": "plain_text_input", "action_id": "note"}}
ASKED: dict[str, dict[str, str]] = {
    "conversations.info": {"channel": "C1"},
    "conversations.list": {"types": "public_channel,private_channel", "team_id": "T1"},
    "conversations.members": {"channel": "C1"},
    "team.info": {},
    "users.conversations": {"types": "public_channel,private_channel", "team_id": "T1"},
    "users.info": {"user": "U1", "include_locale": "true"},
    "users.list": {},
}


def samples() -> dict[str, list[Payload]]:
    """Return events (whole), interactions and commands by kind, as recorded() names them."""
    found: dict[str, list[Payload]] = defaultdict(list)
    for world in (small_world(), small_world(enterprise="E1")):
        for payload in _events(world):
            found[event_kind(payload["event"])].append(payload)
        for payload in _interactions(world):
            found[payload.get("type", "slash_command")].append(payload)
    return dict(found)


def answers() -> dict[str, Payload]:
    """Return an answer of each method that reads, by its name."""
    world = small_world(enterprise="E1")
    world.post("C1", "U1", "hello")
    return {method: answer(world, TOKEN, method, arguments) for method, arguments in ASKED.items()}


def small_world(*, enterprise: str = "") -> World:
    """A workspace with a channel shared with another firm; with `enterprise` in an organisation that has the app."""
    world = World()
    world.team("T1", "Ourco", enterprise=enterprise)
    world.team("T2", "Norvik")
    world.user("UBOT", "T1", "frontdoor", bot=True)
    world.user("U1", "T1", "Anna Alt", email="anna@ourco.example")
    world.user("U2", "T2", "Nils Norvik")
    world.user("U3", "T1", "Otto Ost")
    world.channel("C1", "ext-norvik", "T1", ["UBOT", "U1", "U2"], teams=["T2"])
    world.channel("C2", "private", "T1", ["UBOT", "U1"], private=True)
    world.grant(TOKEN, "UBOT", enterprise=enterprise, scopes=EVERY_SCOPE | {"conversations.connect:read"})
    return world


def _events(world: World) -> list[Payload]:
    heard: list[Payload] = []
    world.watchers.append(lambda told: heard.extend(payload for _, payload in audience.payloads(world, told)))
    root = world.post("C1", "U1", "hello <@U2>, see <https://ourco.example|here>")
    world.post("C1", "U2", "a reply", thread=root)
    world.post("C1", "U1", "for all", thread=root, broadcast=True)
    world.post_file("C1", "U1", "Offer 7", "as promised")
    world.post_by_app("C1", "UBOT", "an app's")
    world.post_by_integration("C1", "Reports", "numbers")
    world.post_by_integration("C1", "Welcome", "a workflow's", workflow=True)
    world.forward("C2", "U1", "C1", root, "look")
    alone = world.post("C1", "U2", "soon gone")
    world.edit("C1", alone, "soon gone, edited")
    world.unfurl("C1", alone, "https://norvik.example", "Norvik")
    world.delete("C1", alone)
    world.delete("C1", root)
    world.post(world.direct("UBOT", "U1").id, "U1", "to the app itself")
    for channel in ("C1", "C2"):
        world.join(channel, "U3", inviter="U1")
        world.leave(channel, "U3")
        world.rename(channel, "renamed")
        world.archive(channel, "U1")
        world.unarchive(channel, "U1")
        world.leave(channel, "UBOT")
        world.join(channel, "UBOT", inviter="U1")
    world.disconnect("C1", "T2")
    world.connect("C1", "T2")
    world.invite_accepted("C1", "U2")
    direct = world.direct("UBOT", "U1").id
    world.tell(events.home_opened(world, world.users["U1"], direct, "home", None))
    world.tell(events.home_opened(world, world.users["U1"], direct, "home", _paper(world).view(_view("home"))))
    if world.teams["T1"].enterprise:
        world.access("E1", ["T1"], granted=True)
        world.access("E1", ["T1"], granted=False)
    world.watchers.clear()
    world.watchers.append(lambda told: heard.extend(payload for _, payload in audience.payloads(world, told)))
    return heard + _ends(world)


def _ends(world: World) -> list[Payload]:
    heard: list[Payload] = []
    world.watchers[:] = [lambda told: heard.extend(payload for _, payload in audience.payloads(world, told))]
    world.uninstall("T1")
    world.grants[TOKEN].refusal = ""
    return heard


def _interactions(world: World) -> Iterator[Payload]:
    paper, channel = _paper(world), world.channels["C1"]
    ts = world.post("C1", "UBOT", "an alert", more={"bot_id": "BBOT", "blocks": BLOCKS})
    post = world.find("C1", ts)
    shown = Ephemeral(user="U1", channel="C1", text="careful", blocks=BLOCKS, ts=ts, app=world.app.id, thread_ts=ts)
    action = paper.action(numbered(BLOCKS)[0]["elements"][0], "b0", None)
    yield paper.block_actions([action], paper.on_ephemeral(shown, channel))
    yield paper.block_actions([action], paper.on_message(post, channel))
    for kind in ("modal", "home"):
        yield paper.block_actions([action], paper.on_view(_view(kind)))
    yield paper.view_submission(_view("modal"))
    yield paper.view_closed(_view("modal"), cleared=True)
    said = world.post("C1", "U1", "what is your budget?")
    yield paper.shortcut("report", events.dressed(world.find("C1", said)), channel)
    yield paper.global_shortcut("report")
    yield paper.command(channel, "/frontdoor", "about")


def _paper(world: World) -> Paper:
    return Paper(world, world.app, world.users["U1"], "http://127.0.0.1/hooks/")


def _view(kind: str) -> View:
    blocks = numbered([*BLOCKS, INPUT])
    content = {"type": kind, "blocks": blocks, "callback_id": "why"}
    if kind == "modal":
        content |= {"title": TEXT, "submit": TEXT, "close": TEXT}
    state = {"b1": {"note": {"type": "plain_text_input", "value": "fine"}}}
    return View(id="V1", app="A0FRONTDOOR", user="U1", team="T1", content=content, root="V1", hash="1.2", state=state)
