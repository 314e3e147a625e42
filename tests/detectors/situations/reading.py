"""Situations as `frontdoor scan` is given them: a folder of context, and messages as JSON lines."""

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from detectors.catalogue import ABOUT_PEOPLE
from detectors.context import Context
from detectors.scoring import builtin_policies
from service.directory.files import read_directory
from service.negotiations.files import read_negotiations
from service.pipeline.scan import ScanRow, scan

FOLDER = Path(__file__).parent
# By people who have seen no detector; every second one of a file was never looked at when detectors were mended.
UNSEEN = FOLDER / "unseen"
# By two more, later: none of them was looked at.
FRESH = FOLDER / "fresh"
OWN_DOMAINS = {
    "brewhall": "brewhall.example",
    "dairy": "kilbrannan.example",
    "ferryline": "ferryline.example",
    "foundry": "harrowpell.example",
    "harbourco": "harbourco.example",
    "hospital": "aurel.example",
    "meals": "marisol.example",
    "opticlab": "opticlab.example",
    "quarryworks": "quarryworks.example",
    "ropeway": "ropeway.example",
    "scanners": "northquay.example",
    "tools": "ferrana.example",
    "tram": "aarbahn.example",
}
LABELS = frozenset(one.__name__ for one in ABOUT_PEOPLE) | {"price_no_obstacle"}
[BALANCED] = (one for one in builtin_policies() if one.name == "balanced")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What happened in a company: messages, what each must show, and what each may show besides."""

    name: str
    company: str
    is_held: bool
    records: tuple[dict[str, object], ...]
    fires: tuple[frozenset[str], ...]
    may: tuple[frozenset[str], ...]

    @property
    def must_fire(self) -> bool:
        """Whether anything must be noticed."""
        return any(self.fires)


def read_situations(folder=FOLDER):
    """Return all situations, by file and in their order."""
    return [one for path in sorted(folder.glob("*.toml")) for one in _read(path)]


def context_of(company, among=FOLDER):
    """Return a company as `--context` gives it."""
    folder = among / company
    directory = read_directory([OWN_DOMAINS[company]], folder)
    return Context(directory=directory, negotiations=read_negotiations(folder, directory))


def shown(situation, context, folder, *, backwards=False):
    """Scan a situation's messages; returns the labels about people of each, in the situation's order."""
    path = folder / "messages.jsonl"
    records = situation.records[::-1] if backwards else situation.records
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), "utf-8")
    rows = list(scan([path], context, BALANCED))
    assert all(isinstance(row, ScanRow) for row in rows), rows
    found = {row.message.id: frozenset(one.label for one in row.assessment.findings) & LABELS for row in rows}
    return [found[one["id"]] for one in situation.records]


def errors(situation, labels):
    """Return what was missed and what was noticed wrongly, by message."""
    each = zip(labels, situation.fires, situation.may, strict=True)
    return [(sorted(fires - found), sorted(found - fires - may)) for found, fires, may in each]


def _read(path):
    company, _, held = path.stem.partition("_")
    for one in tomllib.loads(path.read_text("utf-8"))["situation"]:
        messages = one["m"]
        yield Situation(
            name=one["name"],
            company=company,
            is_held=bool(held),
            records=tuple(_record(message, number, OWN_DOMAINS[company]) for number, message in enumerate(messages, 1)),
            fires=tuple(frozenset(message.get("fires", ())) for message in messages),
            may=tuple(frozenset(message.get("may", ())) for message in messages),
        )


def _record(message, number, own_domain):
    def address(one):
        return one if "@" in one else f"{one}@{own_domain}"

    record = {
        "id": str(number),
        "channel": "slack" if message.get("slack") else "email",
        "from": address(message["from"]),
        "to": [address(one) for one in message["to"]],
        "cc": [address(one) for one in message.get("cc", ())],
        "date": _instant(str(message["on"])),
        "subject": message.get("subject", ""),
        "text": message["text"],
    }
    if message.get("slack"):
        return record | {"thread": "C1:1"}
    answered = {"in_reply_to": f"<{message['re']}@situation.example>"} if "re" in message else {}
    return record | {"message_id": f"<{number}@situation.example>"} | answered


def _instant(day):
    return day if "T" in day else f"{day}T10:00:00+02:00"
