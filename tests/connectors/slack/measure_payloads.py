"""Hold the parser and the fake against recorded Slack payloads, which are not part of this repository.

    FRONTDOOR_DATA=… python -m tests.connectors.slack.measure_payloads

Feeds every message found anywhere in them to the parser, which must not crash, and compares the keys of the fake's
answers with those recorded.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from connectors.parse.slack import SlackParseError, parse_slack
from connectors.parse.slack_people import SlackChannel, SlackUser, parse_channel, parse_user
from tests.fakes.slack.methods import answer
from tests.fakes.slack.world import World

OURS = "T1"
CHANNEL = SlackChannel(id="C1", name="ext-norvik", members=("U1", "U2"), shared=True, teams=("T2",))
USERS = {"U1": SlackUser(id="U1", team=OURS, name="Anna Alt", email="anna@ourco.example")}
# What a recorded answer is called, the fake's method, and where in its answer the object stands.
SHAPES = (
    ("conversations.info", "conversations.info", ("channel",)),
    ("conversations.list", "conversations.list", ("channels", 0)),
    ("conversations.list", "users.conversations", ("channels", 0)),
    ("conversations.members", "conversations.members", ()),
    ("users.info", "users.info", ("user",)),
    ("users.info", "users.info", ("user", "profile")),
    ("users.list", "users.list", ("members", 0)),
    ("team.info", "team.info", ("team",)),
)
ARGUMENTS = {"channel": "C1", "user": "U1", "types": "public_channel,private_channel"}


def main() -> int:
    """Print both measurements; fails when the parser crashed."""
    folder = os.environ.get("FRONTDOOR_DATA")
    if not folder:
        print("not measured: FRONTDOOR_DATA names no folder")
        return 1
    recorded = {path.name: load(path) for path in sorted(Path(folder, "slack_payloads").glob("*.json"))}
    crashes = measure_parser(recorded)
    measure_fake(recorded)
    return 1 if crashes else 0


def load(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except ValueError:
        return None


def measure_parser(recorded: Mapping[str, Any]) -> int:
    outcomes: Counter[str] = Counter()
    for name, payload in recorded.items():
        for raw in objects(payload):
            outcomes[read_people(raw, name)] += 1
            if looks_like_a_message(raw):
                outcomes[read_message(raw, name)] += 1
    for outcome, number in sorted(outcomes.items()):
        print(f"{outcome:45} {number:6}")
    return sum(number for outcome, number in outcomes.items() if outcome.startswith("crash"))


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every JSON object anywhere in a payload."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from objects(one)


def looks_like_a_message(raw: Mapping[str, Any]) -> bool:
    return raw.get("type") == "message" or ("text" in raw and ("user" in raw or "ts" in raw))


def read_message(raw: Mapping[str, Any], name: str) -> str:
    """Read it as recorded and, where it is a schema with empty values, with a time and an author."""
    outcome = ""
    for one in (raw, {**raw, "ts": "1750000000.000100", "user": "U1", "thread_ts": None, "edited": None}):
        try:
            message = parse_slack(one, team=OURS, channel=CHANNEL, users=USERS)
        except SlackParseError as error:
            outcome = outcome or f"refused: {error}"
        except Exception as error:  # noqa: BLE001 - a crash is what is measured
            print(f"{name}: {type(error).__name__}")
            return "crash of the message parser"
        else:
            outcome = outcome or ("nobody said it" if message is None else "a message")
    return outcome


def read_people(raw: Mapping[str, Any], name: str) -> str:
    try:
        parse_user(raw, team=OURS)
        parse_channel(raw, team=OURS)
    except Exception as error:  # noqa: BLE001 - a crash is what is measured
        print(f"{name}: {type(error).__name__}")
        return "crash of the user or channel parser"
    return "objects read as users and channels"


def measure_fake(recorded: Mapping[str, Any]) -> None:
    world = small_world()
    for record, method, where in SHAPES:
        theirs = recorded.get(f"slackapi__java-slack-sdk__api_{record}.json")
        ours = answer(world, "xoxb-1", method, ARGUMENTS)
        for place in where:
            theirs, ours = theirs[place], ours[place]
        label = ".".join([method, *map(str, where)])
        print(f"{label}: {len(ours.keys() & theirs.keys())} keys agree")
        print(f"  only in the fake: {', '.join(sorted(ours.keys() - theirs.keys())) or '-'}")
        print(f"  only recorded:    {', '.join(sorted(theirs.keys() - ours.keys())) or '-'}")
    messages(recorded, world)


def messages(recorded: Mapping[str, Any], world: World) -> None:
    """Compare the fake's messages with all the keys of any recorded plain message."""
    known = {
        key
        for payload in recorded.values()
        for raw in objects(payload)
        if raw.get("type") == "message" and raw.get("subtype") in (None, "", "thread_broadcast")
        for key in raw
    }
    for method, more in (("conversations.history", {}), ("conversations.replies", {"ts": "1750000001.000000"})):
        found = answer(world, "xoxb-1", method, {**ARGUMENTS, **more})["messages"]
        ours = {key for one in found for key in one}
        print(f"{method}.messages: {len(ours & known)} keys agree")
        print(f"  only in the fake: {', '.join(sorted(ours - known)) or '-'}")


def small_world() -> World:
    world = World()
    world.team(OURS, "Ourco", enterprise="E1")
    world.user("UBOT", OURS, "frontdoor", bot=True)
    world.user("U1", OURS, "Anna Alt", email="anna@ourco.example")
    world.channel("C1", "ext-norvik", OURS, ["UBOT", "U1"], teams=["T2"])
    world.grant("xoxb-1", "UBOT")
    root = world.post("C1", "U1", "hello")
    world.edit("C1", root, "hello, edited")
    world.post("C1", "U1", "reply", thread=root)
    return world


if __name__ == "__main__":
    sys.exit(main())
