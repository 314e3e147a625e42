import pytest

HITS = [
    "What budget do you have for the project?",
    "Who else is in the running?",
    "When does your contract with them run out?",
    "How far off are we against the cheapest?",
    "Who has the last word on your side?",
    "What are you paying the other supplier today per unit?",
    "How many weeks of stock do you still have if they stop?",
    "What will the next model look like, is it wireless?",
]

MISSES = [
    pytest.param("In section 4.2 of the RFQ, is the tolerance h5 or h6?", id="clarifies a document we issued"),
    pytest.param("What time does your gate close on Friday?", id="asks about the gate"),
    pytest.param("Which PO should we put on the credit note?", id="asks for an order number"),
    pytest.param("How was your holiday?", id="small talk"),
    pytest.param("Our quote is attached, is anything missing in it?", id="about their own quote"),
    pytest.param("Would you like to join our open webinar?", id="an open invitation"),
]


@pytest.mark.parametrize("text", HITS)
def test_elicitation_is_seen(alarmed, text):
    assert "elicitation" in alarmed(text, way="inbound")


@pytest.mark.parametrize("text", MISSES)
def test_elicitation_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="inbound") == set()


@pytest.mark.parametrize("way", ["outbound", "internal"])
def test_a_question_of_ours_is_no_fishing(alarmed, way):
    assert "elicitation" not in alarmed("What budget do you have for the project?", way=way)


def test_a_newsletter_fishes_for_nothing(alarmed):
    text = "What budget do you have for the cloud? Click here to read our newsletter or to unsubscribe."
    assert alarmed(text, way="inbound") == set()
