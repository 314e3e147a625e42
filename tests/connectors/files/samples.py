"""Small files, and how a test reads them."""

import json

from connectors.files import Files

MAIL = "From: {0}@x.example\nMessage-ID: <{0}@x>\nSubject: s\n\nhello {0}\n"


def mail(name):
    return MAIL.format(name).encode()


def mbox(*names):
    return b"".join(b"From a@x.example Tue Mar  3 10:00:00 2026\n" + mail(name) + b"\n" for name in names)


def records(*names):
    return b"".join(json.dumps({"id": name, "from": "a@x.example", "text": name}).encode() + b"\n" for name in names)


def read(*paths, cursors=None, stdin=None):
    """Read to the end; return the ids, the refusals and the cursors behind them."""
    ids, refusals, behind = [], [], dict(cursors or {})
    for batch in Files(paths, stdin=stdin).batches(behind.copy()):
        ids += [message.id for message in batch.messages]
        refusals += [(refusal.where, refusal.why) for refusal in batch.refusals]
        behind[batch.stream] = batch.cursor
    return ids, refusals, behind


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
