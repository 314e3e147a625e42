import pytest

HITS = [
    "Nobody else can supply this part and we have three days of stock left.",
    "Our line stands still since this morning and we have no spare motor.",
    "You're our only source, the other supplier went bankrupt.",
    "switching away from you would take us two years",
    "The second supplier failed every test, so we have no plan B.",
]

MISSES = [
    pytest.param("No hurry, the spares can wait until summer.", id="no need at all"),
    pytest.param("No hurry, we have plenty of spares on the shelf.", id="enough of them"),
    pytest.param("The other option is fine as well, take your time.", id="another option"),
    pytest.param("I'm desperate for coffee, see you at the stand.", id="a figure of speech"),
    pytest.param("Nobody answered at your gate.", id="about their gate"),
    pytest.param(
        "We lost two hours on 4 March, please send the 8D report for order 3017.", id="a past stoppage in a claim"
    ),
    pytest.param("There is nobody at reception after five.", id="about a reception"),
    pytest.param("Both dates are fine, take your time.", id="no pressure"),
]


@pytest.mark.parametrize("text", HITS)
def test_leverage_is_seen(alarmed, text):
    assert "leverage" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_leverage_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


@pytest.mark.parametrize("way", ["inbound", "internal"])
def test_leverage_leaks_only_to_a_counterparty(findings, way):
    assert [one for text in HITS for one in findings(text, way=way) if one.label == "leverage"] == []


def test_leverage_shows_its_words_and_its_reason(findings):
    found = next(one for one in findings(f"Hello all,\n\n{HITS[0]}\n") if one.label == "leverage")
    assert found.quote in HITS[0]
    assert found.reason.endswith(".")
