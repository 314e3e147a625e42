from collections.abc import Callable

import pytest

from detectors.catalogue import analyze
from detectors.context import Context
from detectors.finding import Finding
from detectors.scoring import assess, builtin_policies
from messages import Channel, Directory, Message, Participant, Person

US = "dana.rowe@ourco.example"
BUYER = "procurement@ourco.example"
THEM = "lee@norvik.example"
ADDRESSES = {"outbound": (US, THEM), "inbound": (THEM, US), "internal": (US, "kim@ourco.example")}


@pytest.fixture
def directory() -> Directory:
    head = Person(address="head@ourco.example", name="Pat Head", role="Category Manager", department="Indirects")
    return Directory(own_domains=("ourco.example",), people={head.address: head})


@pytest.fixture
def written(directory: Directory) -> Callable[..., tuple[Message, Context]]:
    """Make a message of a text; `way` is outbound, inbound or internal."""

    def write(text, *, way="outbound", sender="", channel=Channel.EMAIL, subject=""):
        author, reader = ADDRESSES[way]
        message = Message(
            id="m",
            channel=channel,
            sender=Participant(address=sender or author),
            to=(Participant(address=reader),),
            subject=subject,
            text=text,
        )
        return message, Context(directory=directory)

    return write


@pytest.fixture
def findings(written) -> Callable[..., tuple[Finding, ...]]:
    """Everything that is seen in a text, before any policy."""
    return lambda text, **how: analyze(*written(text, **how)).findings


@pytest.fixture
def alarmed(written) -> Callable[..., set[str]]:
    """The labels that the default policy keeps."""
    balanced = next(one for one in builtin_policies() if one.name == "balanced")
    return lambda text, **how: {one.label for one in assess(analyze(*written(text, **how)).findings, balanced).findings}
