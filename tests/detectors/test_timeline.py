import pytest

HITS = [
    "We go live on 3 June and everything has to be tested by 20 May.",
    "Our contract with the present carrier ends on 31 December.",
    "The board signs on the 14th, after that nothing moves before autumn.",
    "The customer audit is on 9 October, the new part must be qualified before.",
    "Design freeze is in KW 32 and the first customers get it in week 40.",
    "whatever isn't spent by 31 March goes back to corporate",
]

MISSES = [
    pytest.param("I am on holiday from the 3rd until the 18th.", id="a holiday"),
    pytest.param("When will PO 3302 be delivered, still on 12 June?", id="delivery of a placed order"),
    pytest.param("Please send your quotation by Friday.", id="a quote asked for by a date"),
    pytest.param("The deadline for the fun run is on Sunday.", id="a social date"),
    pytest.param("Our second shop opened in March, it was in the newspaper.", id="public already"),
    pytest.param("Can we meet on Tuesday 14 May with procurement?", id="a meeting in the open"),
]


@pytest.mark.parametrize("text", HITS)
def test_timeline_is_seen(alarmed, text):
    assert "timeline" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_timeline_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_timeline_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "timeline"] == []


def test_timeline_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "timeline")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
