import pytest

HITS = [
    "Finance has approved 240k for the line.",
    "we pay 7.80 a unit today with the other supplier",
    "There is about 35,000 left in the pot for this year.",
    "Our target price for the bracket is 2.15 EUR per piece.",
    "We can't go above 1.2 million, that's the ceiling the board gave us.",
    "The capex budget for the hall is 3.4M and half of it is already spent.",
]

MISSES = [
    pytest.param("Your invoice 4471 says 3,980 but the PO is 3,890.", id="invoice against order"),
    pytest.param("I can't tell you our budget, please go through procurement.", id="a refusal"),
    pytest.param("We flew a budget airline to Porto.", id="general talk"),
    pytest.param("In your quote the unit price is 12.40, valid 30 days.", id="the counterparty's own quote"),
    pytest.param("The ceiling of 3.10 is stated in the published tender notice.", id="a published ceiling"),
    pytest.param("The order 7781 over 14,205.50 was paid on Tuesday.", id="a paid order"),
]


@pytest.mark.parametrize("text", HITS)
def test_budget_is_seen(alarmed, text):
    assert "budget" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_budget_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_budget_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "budget"] == []


def test_budget_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "budget")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
