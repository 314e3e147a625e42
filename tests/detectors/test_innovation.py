import pytest

HITS = [
    "We are developing a cordless version that nobody outside has seen yet.",
    "the next generation has no pump at all, it is gravity fed",
    "It's for the new inhaler, which isn't announced yet.",
    "Our lab is working on a battery without lithium, the patent isn't filed.",
    "we're building a self-cleaning filter, prototype runs in the lab",
    "we will drop solvents altogether and move to a dry process, not public yet",
]

MISSES = [
    pytest.param("Our new kettle is on our website since Monday.", id="public already"),
    pytest.param("Loved your cordless drill at the fair, when does it hit the shops?", id="their product"),
    pytest.param("The press release about the new range went out this morning.", id="also public already"),
    pytest.param("The new claims page is live since this morning.", id="again public already"),
    pytest.param("I can't say what the lab is doing.", id="a refusal"),
    pytest.param("Is your recycled nylon new?", id="a question about their product"),
]


@pytest.mark.parametrize("text", HITS)
def test_innovation_is_seen(alarmed, text):
    assert "innovation" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_innovation_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_innovation_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "innovation"] == []


def test_innovation_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "innovation")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
