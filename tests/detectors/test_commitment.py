import pytest

from messages import Channel

HITS = [
    "Go ahead and cut the tool, the PO follows next week.",
    "You have my word, the order is yours.",
    "I agree to your 6 % increase from July.",
    "Fine by me, you get the 6 % increase from July on.",
    "Consider it ordered, we sort the paperwork later.",
    "I promise you 500 tonnes for next year, nobody else gets any of it.",
    "forget the penalty for the late delivery, I won't claim it",
]

MISSES = [
    pytest.param("Please send your offer to procurement, I can't promise anything.", id="a refusal"),
    pytest.param("PO 90114 for 6,000 cartons is attached.", id="a formal order"),
    pytest.param("I promise to bring cake.", id="a cake"),
    pytest.param("Nothing is agreed until procurement signs.", id="also a refusal"),
    pytest.param("The order is with purchasing, they will answer.", id="refers to procurement"),
    pytest.param("We agree to meet on Tuesday at ten.", id="agrees to meet"),
]


@pytest.mark.parametrize("text", HITS)
def test_commitment_is_seen(alarmed, text):
    assert "commitment" in alarmed(text, way="outbound")


@pytest.mark.parametrize("text", MISSES)
def test_commitment_is_not_seen_where_there_is_none(alarmed, text):
    assert alarmed(text, way="outbound") == set()


PROMISE = "You have my word, the order is yours."


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"sender": "procurement@ourco.example"}, id="a mailbox of procurement"),
        pytest.param({"sender": "einkauf.sued@ourco.example"}, id="a German mailbox of procurement"),
        pytest.param({"sender": "head@ourco.example"}, id="a category manager by the directory"),
        pytest.param({"signature": "\n\nRegards\nPat Lind\nStrategic Sourcing"}, id="a signature of sourcing"),
    ],
)
def test_the_negotiator_commits_nobody_wrongly(alarmed, how):
    signature = how.pop("signature", "")
    assert "commitment" not in alarmed(PROMISE + signature, **how)


def test_an_author_without_a_role_is_not_the_negotiator(alarmed):
    assert "commitment" in alarmed(PROMISE + "\n\nRegards\nPat Lind\nTest Engineering")


def test_a_promise_of_theirs_binds_them(alarmed):
    assert alarmed(PROMISE, way="inbound") == set()


def test_a_chat_message_that_speaks_of_purchasing_is_not_signed_by_it(alarmed):
    text = "go ahead and cut the tool, PO follows\nthe paper comes from purchasing"
    assert "commitment" in alarmed(text, channel=Channel.SLACK)
