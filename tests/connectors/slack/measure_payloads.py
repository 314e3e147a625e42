"""Hold the parser, the handlers and the fake against recorded Slack payloads, which are not part of this repository.

    FRONTDOOR_DATA=… python -m tests.connectors.slack.measure_payloads

1. Every message found anywhere in them is read by the parser, which must not crash.
2. Every recorded event, interaction and command is given to the app, which must answer each and never with an error.
3. Whatever the fake sends or answers has no key and no type that was not recorded for its kind, and every key that all
   recorded ones of its kind have.

Prints a table of each, and fails when one of them does not hold.
"""

import contextlib
import os
import sys
import tempfile
import threading
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest

from connectors.parse.slack import SlackParseError, parse_slack
from connectors.parse.slack_people import SlackChannel, SlackUser, parse_channel, parse_user
from service.database import connect
from service.migrate import upgrade
from service.slack.listeners import make_app
from tests.connectors.slack.shape import Shapes
from tests.fakes.office import fill, make_office
from tests.fakes.slack.recorded import NotRecordedError, everything, read
from tests.fakes.slack.samples import ASKED, answers, samples
from tests.fakes.slack.server import FakeSlack

OURS = "T1"
API = frozenset({*ASKED, "users.lookupByEmail"})
ALIKE = {"users.conversations": "conversations.list"}
CHANNEL = SlackChannel(id="C1", name="ext-norvik", members=("U1", "U2"), shared=True, teams=("T2",))
USERS = {"U1": SlackUser(id="U1", team=OURS, name="Anna Alt", email="anna@ourco.example")}


def main() -> int:
    """Print the measurements; the exit status tells whether all of them hold."""
    try:
        everything()
    except NotRecordedError as error:
        print(f"not measured: {error}")
        return 1
    failures = measure_parser() + measure_app() + measure_fake()
    print(f"{failures} failures")
    return 1 if failures else 0


def measure_parser() -> int:
    outcomes: Counter[str] = Counter()
    for path in sorted(Path(os.environ["FRONTDOOR_DATA"], "slack_payloads").glob("*.json")):
        for raw in objects(read(path)):
            outcomes[read_people(raw, path.name)] += 1
            if looks_like_a_message(raw):
                outcomes[read_message(raw, path.name)] += 1
    return _table("parser", outcomes)


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
            return "failed: crash of the message parser"
        else:
            outcome = outcome or ("nobody said it" if message is None else "a message")
    return outcome


def read_people(raw: Mapping[str, Any], name: str) -> str:
    try:
        parse_user(raw, team=OURS)
        parse_channel(raw, team=OURS)
    except Exception as error:  # noqa: BLE001 - a crash is what is measured
        print(f"{name}: {type(error).__name__}")
        return "failed: crash of the user or channel parser"
    return "objects read as users and channels"


def measure_app() -> int:
    """Give the app everything recorded, twice: as it is, and as if it was of our own workspace."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, FakeSlack() as slack:
        fill(slack.world)
        with contextlib.closing(connect(f"sqlite:///{folder}/frontdoor.db")) as database:
            upgrade(database)
            office = make_office(database, slack)
            office.workspaces.register()
            app = make_app(office, threading.Event())
            sent = [(kind, body) for kind, _, one in everything() if kind not in API for body in (one, _ours(one))]
            for kind, body in sent:
                outcomes[_given(app, kind, body)] += 1
    return _table("app", outcomes)


def _given(app: App, kind: str, body: dict[str, Any]) -> str:
    try:
        answer = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    except Exception as error:  # noqa: BLE001 - a crash is what is measured
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        whose = "Bolt's own" if "slack_bolt" in frame.f_code.co_filename else "failed: our"
        return f"{whose} {type(error).__name__} for {kind}"
    return f"status {answer.status}" if answer.status < 500 else f"failed: {answer.status} for {kind}"


def _ours(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The same payload, through our own installation."""
    ours: dict[str, Any] = {"team_id": OURS, "enterprise_id": None, "event_id": f"Ev{id(payload)}"}
    ours["authorizations"] = [
        {"team_id": OURS, "user_id": "UBOT", "is_bot": True, "enterprise_id": None, "is_enterprise_install": False}
    ]
    if "team" in payload:
        ours["team"] = {"id": OURS, "domain": "ourco"}
    if isinstance(payload.get("view"), dict):
        ours["view"] = {**payload["view"], "app_installed_team_id": OURS}
    return {**payload, "enterprise": None, "is_enterprise_install": False, **ours}


def measure_fake() -> int:
    shapes = Shapes()
    for kind, is_schema, payload in everything():
        shapes.learn(kind, payload, is_schema=is_schema)
    failures = 0
    print(f"{'fake':32} {'recorded':>8} {'ours':>5} {'keys':>5}  what is wrong")
    for kind, payloads in sorted({**samples(), **{name: [one] for name, one in answers().items()}}.items()):
        known = ALIKE.get(kind, kind)
        if not shapes.knows(known):
            print(f"{kind:32} {'-':>8} {len(payloads):5} {'':5}  not recorded")
            continue
        keys, wrong = shapes.compare(known, payloads)
        failures += len(wrong)
        print(f"{kind:32} {shapes.number(known):8} {len(payloads):5} {keys:5}  {'; '.join(wrong) or 'nothing'}")
    return failures


def _table(title: str, outcomes: Mapping[str, int]) -> int:
    for outcome, number in sorted(outcomes.items()):
        print(f"{title:8} {outcome:45} {number:6}")
    return sum(number for outcome, number in outcomes.items() if outcome.startswith("failed"))


if __name__ == "__main__":
    sys.exit(main())
