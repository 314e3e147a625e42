"""What a question asks for and what a promise is about: hits, several at once, and what stays unclear."""

import pytest

from detectors.topics import topic_promised, topics_asked

ASKED = [
    ("What is your budget for this?", {"budget"}),
    ("how much are you paying Polywrap per kilo right now?", {"budget"}),
    ("which price would make you sign?", {"budget"}),
    ("would 86 be warm or cold for you?", {"budget"}),
    ("Wie hoch ist Ihre Obergrenze?", {"budget"}),
    ("When does your agreement with Fastline run out?", {"timeline"}),
    ("until when are you tied to the yellow vans?", {"timeline"}),
    ("Wann läuft Ihr Vertrag aus?", {"timeline"}),
    ("Who else is in the running?", {"competitor"}),
    ("how far off the cheapest are we?", {"competitor"}),
    ("Wer sind Ihre anderen Anbieter?", {"competitor"}),
    ("what wall thickness and burst pressure stand in the internal drawing?", {"specification"}),
    ("who has the last word on cameras?", {"decision"}),
    ("Wer entscheidet bei Ihnen?", {"decision"}),
    ("is there a plan B at all?", {"leverage"}),
    ("how many weeks would your stock carry you?", {"leverage"}),
    ("anything on the roadmap we should know of?", {"innovation"}),
    ("can you guarantee us the volume?", {"commitment"}),
    ("what is your budget, and who signs it off?", {"budget", "decision"}),
    ("Tell me your deadline, your ceiling and your favourite", {"budget", "timeline", "decision"}),
]
UNCLEAR = [
    "and the other thing we spoke of?",
    "could you tell me, between us?",
    "so, will it rain?",
    "when can we meet for lunch?",
    "",
]


@pytest.mark.parametrize(("words", "topics"), ASKED)
def test_a_question_tells_what_it_asks_for(words, topics):
    assert {str(one) for one in topics_asked(words)} == topics


@pytest.mark.parametrize("words", UNCLEAR)
def test_what_a_question_asks_for_may_stay_unclear(words):
    assert topics_asked(words) == ()


@pytest.mark.parametrize(
    ("rule", "topics"), [("asks for budget", ("budget",)), ("asks about rivals", ("competitor",)), ("plain", ())]
)
def test_the_rule_that_spoke_tells_where_the_words_do_not(rule, topics):
    assert topics_asked("and the other thing?", rule=rule) == topics
    assert topics_asked("who decides?", rule=rule) == ("decision",)


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("if you do it for 84,000 euros, the order is yours", "budget"),
        ("net 30 is fine with us", "budget"),
        ("the order is yours", "decision"),
        ("Sie bekommen den Auftrag", "decision"),
        ("we will not ask anybody else: you are our sole supplier", "competitor"),
        ("we start on 14 May", "timeline"),
        ("we will sort it out", "commitment"),
    ],
)
def test_a_promise_tells_what_it_is_about(words, topic):
    assert topic_promised(words) == topic
