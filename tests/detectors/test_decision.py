import pytest

HITS = [
    "Between us, you are the front runner and the panel prefers you.",
    "Up to 50k our plant manager signs alone, above that it goes to the board.",
    "Price counts 40 %, service 60 % in our scoring.",
    "Dr Weiss has the last word and he likes your machine.",
    "Two of the three evaluators are on your side, the CFO is against you.",
    "whoever the committee names, in the end our COO decides alone",
]

MISSES = [
    pytest.param("We decided on the teal logo, please send the file.", id="a decision about a logo"),
    pytest.param("Who signs the delivery note on your side?", id="asks about a delivery"),
    pytest.param("The criteria are published in section 6 of the tender.", id="published criteria"),
    pytest.param("I can't say how we decide, please ask procurement.", id="a refusal"),
    pytest.param("Who decides about the menu for Friday?", id="about a menu"),
    pytest.param("The board of the sports club meets on Monday.", id="a club"),
]


@pytest.mark.parametrize("text", HITS)
def test_decision_is_seen(alarmed, text):
    assert "decision" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_decision_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_decision_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "decision"] == []


def test_decision_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "decision")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
