import pytest

HITS = [
    "Our housing must survive a 2 m drop at -30 °C, the drawing you have is older.",
    "The shaft runs at 18,000 rpm in our new pump and the seal has to hold 9 bar.",
    "Our ledger runs on one Postgres node without a replica and stops at 310 requests a second.",
    "The membrane failed at 4.2 bar in our test, the target is 6.",
    "peak temperature in our oven is 312 degrees, so your film must take 320",
    "we only get 61 % yield on station 4 and our internal limit is 75",
]

MISSES = [
    pytest.param(
        "Your datasheet says the bore holds 6 µm, is that still right?", id="the counterparty's own datasheet"
    ),
    pytest.param("Please bring the crane to gate 4, the slab carries 4 t.", id="needed for a delivery"),
    pytest.param(
        "Dear bidders, drawing 88 rev C with wall 2.4 mm is attached to the RFQ.",
        id="the formal process, to all bidders",
    ),
    pytest.param("Your pallets of PO 5127 weigh 480 kg each.", id="weights of an order"),
    pytest.param("The norm asks for 950 N, anybody can buy the booklet.", id="a public norm"),
    pytest.param("I can't share our test results with you.", id="a refusal"),
]


@pytest.mark.parametrize("text", HITS)
def test_specification_is_seen(alarmed, text):
    assert "specification" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_specification_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_specification_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "specification"] == []


def test_specification_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "specification")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
