"""Slack exports for tests: made, packed and read."""

import json
import zipfile
from pathlib import Path

from connectors.files.slack_export import SlackExport

USERS = [
    {"id": "USLACKBOT", "team_id": "T1", "name": "slackbot"},
    {"id": "U1", "team_id": "T1", "profile": {"real_name": "Anna Alt", "email": "anna@ourco.example"}},
    {"id": "U2", "team_id": "T2", "profile": {"real_name": "Nils Norvik"}},
    {"id": "U3", "team_id": "T1", "is_restricted": True, "profile": {"real_name": "Gus Guest"}},
]
CHANNELS = [
    {"id": "C1", "name": "ext-norvik", "members": ["U1", "U2"]},
    {"id": "C2", "name": "engineering", "members": ["U1"]},
]
DAY = "2024-05-01"
EPOCH = 1_714_521_600  # the first second of that day


def said(text, user="U1", *, at=0, **more):
    return {"type": "message", "user": user, "text": text, "ts": f"{EPOCH + at}.000000", **more}


def files(**days):
    """The files of an export; a keyword names a channel, its value is a day's messages, or days with theirs."""
    made = {"users.json": USERS, "channels.json": CHANNELS, "groups.json": [], "dms.json": [], "mpims.json": []}
    for channel, talk in days.items():
        for day, messages in (talk if isinstance(talk, dict) else {DAY: talk}).items():
            made[f"{channel.replace('_', '-')}/{day}.json"] = messages
    return made


def content(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def as_folder(path, made):
    for name, value in made.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content(value))
    return path


def as_zip(path, made, *, inside=""):
    path.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in made.items():
            archive.writestr(inside + name, content(value))
    return path / "export.zip"


def as_wrapped_zip(path, made):
    return as_zip(path, made, inside="Ourco export May 2024/")


def as_windows_zip(path, made):
    return as_zip(path, {name.replace("/", "\\"): value for name, value in made.items()})


def drain(path, cursors=None):
    export = SlackExport(path)
    batches = list(export.batches(cursors or {}))
    export.close()
    return batches


def texts(batches):
    return [message.text for batch in batches for message in batch.messages]


def refusals(batches):
    return [(Path(one.where).name, one.why) for batch in batches for one in batch.refusals]
