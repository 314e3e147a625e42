"""Payment terms told by a bill and a length of time."""

from dataclasses import replace

import pytest

from detectors.context import Context
from detectors.document import prepare
from detectors.payment_terms import Spoken, terms_spoken
from messages import Channel, Directory, Message, Participant

_OURS = Context(directory=Directory(own_domains=("ourco.example",)))
_MAIL = Message(
    id="m",
    channel=Channel.EMAIL,
    sender=Participant(address="bo@ourco.example"),
    to=(Participant(address="ann@norvik.example"),),
    subject="",
    text="",
)


def _spoken(text):
    return terms_spoken(prepare(replace(_MAIL, text=text), _OURS))


@pytest.mark.parametrize(
    "text",
    [
        "We clear the invoice, as with everybody else here, after 45 days.",
        "Give us 6 weeks from the day of your invoice.",
        "Die Rechnung gleichen wir in 3 Monaten aus.",
    ],
)
def test_a_bill_beside_a_length_of_time_speaks_of_terms(text):
    assert Spoken.PAID in _spoken(text)


@pytest.mark.parametrize("text", ["Your invoice has come.", "The work takes 8 weeks."])
def test_a_bill_or_a_length_of_time_alone_does_not(text):
    assert not _spoken(text)
