import pytest

HITS = [
    "Kestrel came in at 412,000 for the same scope.",
    "You are second, the other bidder is 6 % cheaper.",
    "Besides you there are two more bidders, one of them from Brno.",
    "Halden dropped out last week, so it's you and Corvida now.",
    "The Turkish offer is 12 cents a piece below yours.",
    "We got three quotes and yours is the most expensive of the three.",
]

MISSES = [
    pytest.param("I can't tell you who else is bidding.", id="a refusal"),
    pytest.param("Congratulations, I read that you took over Sealane.", id="public news of the counterparty"),
    pytest.param("Your first offer was 212, now it is 240, why?", id="the counterparty's own prices"),
    pytest.param("The other pizza place is cheaper.", id="general talk"),
    pytest.param("We went to the other pizza place, it is cheaper.", id="more general talk"),
    pytest.param("The winner and all scores are in the published standstill notice.", id="published to all"),
    pytest.param("Two of our trainees will join the course.", id="about trainees"),
]


@pytest.mark.parametrize("text", HITS)
def test_competitor_is_seen(alarmed, text):
    assert "competitor" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_competitor_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_competitor_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "competitor"] == []


def test_competitor_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "competitor")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
