import pytest

HITS = [
    "Please leave procurement out of this for now.",
    "Text me the price on WhatsApp, not here, our buyers read this channel.",
    "Make it three orders under 10k each so that purchasing never sees it.",
    "I'd rather take our offer straight to your CEO, your buyer doesn't need to know.",
    "Don't tell Ingrid from sourcing that we met.",
    "Let's settle the price between the two of us before your purchasing people hear about it.",
]

MISSES = [
    pytest.param("Please copy procurement on everything.", id="the opposite"),
    pytest.param("Text the driver when you are at the gate.", id="a driver at the gate"),
    pytest.param("Don't tell Karel about the cake, it's a surprise.", id="a surprise"),
    pytest.param("Leave Kuba off the mails, he is on paternity leave.", id="an absence"),
    pytest.param("Their rep asked me to keep sourcing out of it, I told him no.", id="reports an approach"),
    pytest.param("Call me on my mobile if the truck is stuck.", id="a driver in need"),
]


@pytest.mark.parametrize("text", HITS)
def test_sidestep_is_seen(alarmed, text):
    assert "sidestep" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_sidestep_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["outbound", "inbound", "internal"])
def test_going_round_the_negotiator_counts_in_every_direction(alarmed, way):
    assert "sidestep" in alarmed("Please leave procurement out of this for now.", way=way)
