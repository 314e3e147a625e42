"""All of our detectors over a message, as the pipeline runs them before any policy."""

from importlib.metadata import version

from turns import take_turns, texts

from detectors.catalogue import analyze
from detectors.context import Context
from messages import Channel, Directory, Message, Participant

given = texts()
messages = [
    Message(
        id=one["id"],
        channel=Channel.EMAIL,
        sender=Participant(address=one["from"]),
        to=tuple(Participant(address=address) for address in one["to"]),
        cc=tuple(Participant(address=address) for address in one["cc"]),
        subject=one["subject"] or "",
        text=one["text"],
    )
    for one in given["records"]
]
context = Context(directory=Directory(own_domains=(given["own_domain"],)))
take_turns(messages, lambda message: analyze(message, context), version=version("frontdoor"))
