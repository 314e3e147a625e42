"""A made-up town in Slack to measure with: channels shared with suppliers, people who talk, and some who tell too much.

What gives something away names a figure of its own, so that its warning can be told from every other.
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.traffic import ORDINARY
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.things import XAPP
from tests.fakes.slack.world import World

TEAM, TOKEN, BOT = "T0OURCO", "xoxb-made-up-town", "U0BOT"
ENVIRONMENT = {"TOWN_TOKEN": TOKEN, "TOWN_APP_TOKEN": XAPP, "TOWN_SIGNING": "made-up-signing-secret"}
GIVEAWAYS = (
    "Between us, our budget for this is {} euros and it has already been approved.",
    "If you can do {} euros the order is yours, I give you my word.",
    "The other bidder, Hartwell Pumps, is at {} euros a piece, so you know where you stand.",
    "Just so you know, we have {} euros left for this line and nobody else can supply it.",
)
_FIGURE = re.compile(r"\b\d{2,3},\d{3}\b")
# The most there can be: from 10,000 to 999,999.
_FIRST, _LAST = 10_000, 999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Something to say: where, by whom, and the figure that it gives away, empty for none."""

    channel: str
    user: str
    text: str
    figure: str = ""


def settle(world: World, *, channels: int = 40, people: int = 200) -> None:
    """Found the town: every channel is shared with a supplier of its own, and our people are spread over them."""
    world.team(TEAM, "Ourco")
    world.user(BOT, TEAM, "frontdoor", bot=True)
    world.grant(TOKEN, BOT)
    ours = [world.user(f"U1{n:05d}", TEAM, f"Worker {n}", email=f"worker{n}@ourco.example").id for n in range(people)]
    for number in range(channels):
        team = f"T1{number:03d}"
        world.team(team, f"Supplier {number}")
        seller = world.user(f"U2{number:05d}", team, f"Seller {number}").id
        members = [BOT, seller, *ours[number::channels]]
        world.channel(f"C1{number:05d}", f"ext-supplier{number}", TEAM, members, teams=[team])


def lines(world: World, count: int, *, every: int = 3, seed: int = 7) -> list[Line]:
    """Write what is said: every so often one of our people gives something away, with a figure of its own."""
    chance = random.Random(seed)
    figures = iter(chance.sample(range(_FIRST, _LAST), count // every + 1))
    rooms = [one for one in world.channels.values() if one.kind == "channel"]
    said = []
    for number in range(count):
        room = rooms[number % len(rooms)]
        ours = [user for user in room.members if world.users[user].team == TEAM and user != BOT]
        if number % every == 0:
            figure = f"{next(figures):,}"
            text = chance.choice(GIVEAWAYS).format(figure)
            said.append(Line(channel=room.id, user=chance.choice(ours), text=text, figure=figure))
            continue
        user = chance.choice([one for one in room.members if one != BOT])
        text = " ".join(chance.sample(ORDINARY, 2)) + f" ({number})"
        said.append(Line(channel=room.id, user=user, text=text))
    return said


def loud(said: Sequence[Line]) -> list[Line]:
    """Keep what alarms for certain where it gives something away, its figure among the words that a warning quotes.

    What gives nothing away is kept when it does not alarm.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lines.jsonl"
        rows = [
            {
                "id": str(number),
                "channel": "slack",
                "from": "worker@ourco.example" if line.user.startswith("U1") else "seller@supplier.example",
                "to": ["seller@supplier.example" if line.user.startswith("U1") else "worker@ourco.example"],
                "text": line.text,
            }
            for number, line in enumerate(said)
        ]
        path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        command = [
            sys.executable,
            "-c",
            "from service.cli import main; main()",
            "scan",
            "--own-domain",
            "ourco.example",
        ]
        done = subprocess.run([*command, "--format", "jsonl", path], capture_output=True, text=True, check=True)
    judged = [json.loads(row) for row in done.stdout.splitlines()]
    quoted = [" ".join(one["quote"] for one in row["findings"]) for row in judged]
    alarmed = [bool(row["alert"]) for row in judged]
    return [
        line
        for line, alarm, words in zip(said, alarmed, quoted, strict=True)
        if alarm == bool(line.figure) and line.figure in words
    ]


def write_config(folder: Path, slack: FakeSlack, *, more: str = "", source: str = "", per_day: int = 100) -> Path:
    """Write the configuration of an installation that listens to the town."""
    folder.mkdir(parents=True, exist_ok=True)
    policies = folder / "policies"
    policies.mkdir(exist_ok=True)
    balanced = (Path(__file__).parents[2] / "detectors" / "policies" / "balanced.toml").read_text("utf-8")
    text = re.sub(r"(?m)^per_day = .*$", f"per_day = {per_day}", balanced)
    (policies / "town.toml").write_text(text, "utf-8")
    path = folder / "frontdoor.toml"
    path.write_text(
        f"""
[company]
own_domains = ["ourco.example"]
[database]
url = "sqlite:///{folder}/frontdoor.db"
[keys]
file = "{folder}/keys.toml"
[server]
port = 0
[policies]
active = ["town"]
folder = "{policies}"
{more}
[[source]]
kind = "slack"
name = "slack"
base_url = "{slack.url}"
token = {{ env = "TOWN_TOKEN" }}
app_token = {{ env = "TOWN_APP_TOKEN" }}
{source}
""",
        "utf-8",
    )
    return path


def environment() -> dict[str, str]:
    """Return what the program needs: the secrets, and no proxy in front of the loopback."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return kept | ENVIRONMENT


def figures_of(blocks: object) -> Iterator[str]:
    """Find the figures that a message to somebody names."""
    yield from dict.fromkeys(_FIGURE.findall(json.dumps(blocks, ensure_ascii=False)))
