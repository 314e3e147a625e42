"""Why, and why not: read by a model made by hand, so that every total is known."""

from dataclasses import replace

import numpy as np
import pytest

from detectors.catalogue import analyze
from detectors.cues import NAMES
from detectors.encoder import Glance, Reading
from detectors.explain import explain
from detectors.explanation import Fate, Treatment, why_not
from detectors.judgement import ANY, COLUMNS, LABELS, Judgement
from detectors.reader import Reader
from detectors.scoring import Policy, Severity, assess, builtin_policies
from detectors.screen import Screen
from detectors.trained import TABLES
from messages import Channel

PLAIN = Policy(
    name="plain",
    title="",
    weights=dict.fromkeys(LABELS, 0.8),
    confidence=dict.fromkeys(LABELS, 0.5),
    threshold=30,
    bands={Severity.LOW: 0},
)
CERTAIN = "Our budget for this is 85,000 euros."
ORDINARY = "The pallets arrived this morning and the warehouse has booked them in without any remarks at all."
LIMIT, LIMIT_SHORT = -4.0, -6.0
# What the hand-made screen knows: a word, its label, and what it adds to the label's total.
WORTH = {
    "pot": ("budget", 3.0),
    "tom": ("decision", 3.0),
    "pallets": ("budget", -2.0),
    "the pot": ("budget", 1.0),
    "S outbound": ("budget", 0.5),
    "C money": ("budget", 0.25),
}


class WordReader:
    """Stands for the encoder: how sure it is of a label hangs on one word, and "hopeless" makes it give up."""

    def __init__(self, **sure):
        self.sure = sure

    def glance(self, text):
        promise = np.full(ANY + 1, -9.0 if "hopeless" in text else 0.0, np.float32)
        places = tuple((at, at + len(word)) for word in text.split() if (at := text.index(word)) >= 0)
        return Glance(promise=promise, states=np.array([text]), places=places)

    def read_on(self, glance):
        text, pieces = str(glance.states[0]), glance.places
        whole, totals = np.full(ANY + 1, -9.0, np.float32), np.full((len(pieces), ANY + 1), -9.0, np.float32)
        for word, (label, share) in self.sure.items():
            if word in text:
                whole[LABELS.index(label)] = np.log(share / (1 - share))
                at = next(place for place, (start, end) in enumerate(pieces) if word in text[start:end])
                totals[at, LABELS.index(label)] = 5.0
        return Reading(whole=whole, pieces=totals, places=pieces)


def made(**sure):
    worth = np.zeros((len(WORTH), ANY + 1), np.float32)
    for place, (label, points) in enumerate(WORTH.values()):
        worth[place, [LABELS.index(label), ANY]] = points
    screen = Screen(tuple(WORTH), np.ones(len(WORTH), np.float32), worth, np.full(ANY + 1, -4.0, np.float32))
    slopes = np.eye(COLUMNS)[0]
    judgement = Judgement(slopes=slopes, bases=np.zeros(ANY), least=LIMIT, least_short=LIMIT_SHORT, least_promise=-6.0)
    return Reader(screen=screen, encoder=WordReader(**sure), judgement=judgement)


@pytest.fixture
def explained(written):
    """Explain a text; keywords say how it is written, `sure` what the encoder makes of which word."""

    def run(text, *, sure=None, policy=PLAIN, **how):
        return explain(*written(text, **how), policy, model=made(**(sure or {"pot": ("budget", 0.9)})))

    return run


def signs(explanation, fate):
    return [one.finding for told in explanation.sentences for one in told.signs if one.fate is fate]


def test_a_sentence_that_the_screen_gives_no_chance_is_passed_over(explained):
    explanation = explained(ORDINARY)
    [told] = explanation.sentences
    assert told.treatment is Treatment.PASSED_OVER
    assert told.hope < explanation.limit == LIMIT_SHORT
    assert why_not(explanation).startswith("The screen passed over every sentence: the most promising, at -")
    assert why_not(explanation).endswith("is below the limit of -6.00.")


def test_a_sentence_is_read_for_its_own_sake_or_for_a_neighbours(explained):
    long = " ".join(f"{ORDINARY[:-1]} {number}." for number in range(6))
    explanation = explained(f"We have some in the pot. We are glad. {long}")
    told = explanation.sentences
    assert explanation.limit == LIMIT
    assert [one.treatment for one in told[:2]] == [Treatment.READ, Treatment.READ_ALONG]
    assert {one.treatment for one in told[-3:]} == {Treatment.PASSED_OVER}


def test_a_window_that_the_encoder_gives_up_half_way_is_said(explained):
    explanation = explained("There is something hopeless in the pot.")
    [told] = explanation.sentences
    assert told.treatment is Treatment.GIVEN_UP
    assert not told.signs
    assert why_not(explanation) == "The encoder began to read 1 of 1 sentences and gave them up half-way."


@pytest.mark.parametrize(("length", "limit"), [(600, LIMIT_SHORT), (601, LIMIT)])
def test_a_short_message_is_read_nearly_whole(explained, length, limit):
    first = "The pallets arrived this morning."
    assert explained(f"{first} {'a' * (length - len(first) - 1)}.").limit == limit


def test_more_promising_windows_than_are_read_are_said_to_be_crowded_out(explained):
    line = f"There is something in the pot{', and then there is some more of it' * 5}.\n\n"
    found = [one.treatment for one in explained(line * 400).sentences]
    assert {Treatment.READ, Treatment.CROWDED_OUT} <= set(found)


def test_a_label_is_shown_with_its_confidence_evidence_and_what_the_policy_asks(explained):
    [told] = explained("Thank you very much, there is something in the pot.").sentences
    [sign] = told.signs
    assert (sign.finding.label, sign.finding.detector, sign.fate) == ("budget", "trained", Fate.COUNTS)
    assert sign.finding.confidence == pytest.approx(0.9, abs=0.001)
    assert sign.least == 0.5
    assert sign.finding.quote == "there is something in the pot"
    assert sign.finding.reason == TABLES["budget"].reason


@pytest.mark.parametrize(
    ("sure", "how", "fate", "why"),
    [
        (("budget", 0.2), {}, Fate.TOO_UNSURE, "The surest sign, budget at 0.20, stays below the 0.50"),
        (("budget", 0.9), {"way": "inbound"}, Fate.OTHER_DIRECTION, "budget at 0.90, is not looked for in messages of"),
    ],
)
def test_a_label_that_does_not_count_says_why(explained, sure, how, fate, why):
    explanation = explained("There is something in the pot.", sure={"pot": sure}, **how)
    assert [one.label for one in signs(explanation, fate)] == ["budget"]
    assert signs(explanation, Fate.COUNTS) == []
    assert why in why_not(explanation)


def test_a_label_below_a_twentieth_is_not_shown(explained):
    explanation = explained("There is something in the pot.", sure={"pot": ("budget", 0.04)})
    assert explanation.sentences[0].signs == ()
    assert why_not(explanation) == "The encoder read 1 of 1 sentences and named no label from 0.05 up."


def test_a_label_without_weight_and_a_risk_below_the_threshold_are_said(explained):
    text = "There is something in the pot."
    without = explained(text, policy=replace(PLAIN, weights={"budget": 0.0}))
    assert [one.label for one in signs(without, Fate.NO_WEIGHT)] == ["budget"]
    assert why_not(without) == "The surest sign, budget at 0.90, has no weight in plain."
    low = explained(text, policy=replace(PLAIN, weights={"budget": 0.1}))
    assert [one.label for one in signs(low, Fate.COUNTS)] == ["budget"]
    assert why_not(low) == "The risk of 9.0 is below the 30 from which plain alerts."


def test_a_certain_rule_counts_and_one_that_only_gives_a_reason_says_so(explained):
    explanation = explained(CERTAIN, sure={"nothing": ("budget", 0.9)})
    [certain] = signs(explanation, Fate.COUNTS)
    assert (certain.detector, certain.rule, certain.confidence) == ("budget", "stated budget", 0.75)
    assert "funds with amount" in {one.rule for one in signs(explanation, Fate.NOT_CERTAIN)}
    assert {one.confidence for one in signs(explanation, Fate.NOT_CERTAIN)} == {0.0}
    assert why_not(explanation) == ""


def test_a_certain_rule_of_another_direction_says_so(explained):
    explanation = explained(CERTAIN, way="inbound")
    assert "stated budget" in {one.rule for one in signs(explanation, Fate.OTHER_DIRECTION)}
    assert "not looked for" in why_not(explanation)


def test_a_certain_rule_that_the_rest_of_the_message_clears_says_so(explained):
    text = f"Dear bidders,\nplease find the tender documents attached.\n\n{CERTAIN}\n"
    explanation = explained(text)
    assert "stated budget" in {one.rule for one in signs(explanation, Fate.CLEARED)}
    assert (
        why_not(explanation)
        == "The surest sign, budget at 0.75, is cleared by what stands around it, or by who wrote it."
    )


def test_a_commitment_of_the_negotiator_is_said_to_be_cleared(explained):
    text, sure = "There is something in the pot.", {"pot": ("commitment", 0.9)}
    assert [one.label for one in signs(explained(text, sure=sure), Fate.COUNTS)] == ["commitment"]
    explanation = explained(text, sure=sure, sender="procurement@ourco.example")
    assert [one.label for one in signs(explanation, Fate.CLEARED)] == ["commitment"]
    assert "or by who wrote it" in why_not(explanation)


def test_of_two_that_say_the_same_the_surer_counts(explained):
    explanation = explained(CERTAIN.replace("this", "the pot"))
    assert [one.detector for one in signs(explanation, Fate.COUNTS)] == ["trained"]
    assert [one.detector for one in signs(explanation, Fate.SAID_BY_ANOTHER)] == ["budget"]


def test_the_features_worth_most_and_least_are_named_and_make_up_the_total(explained):
    [told] = explained("Put some money in the pot for pallets.").sentences
    overall, best = told.leanings
    assert (overall.label, best.label) == ("", "budget")
    assert [(one.kind, one.name) for one in best.raised] == [
        ("word", "pot"),
        ("pair", "the pot"),
        ("setting", "outbound"),
    ]
    assert [(one.kind, one.name) for one in best.lowered] == [("word", "pallets")]
    worth = sum(one.worth for one in (*best.raised, *best.lowered))
    assert best.base + worth == pytest.approx(best.total, abs=1e-5)
    assert best.base == pytest.approx(-4.0, abs=1e-5)


def test_a_cue_is_named_as_one(explained):
    assert "money" in NAMES
    [told] = explained("There are 40,000 euros in the pot.").sentences
    assert ("cue", "money") in {(one.kind, one.name) for one in told.leanings[1].raised}


def test_without_a_label_the_likeliest_of_the_direction_is_told(explained):
    [told] = explained("Ask Tom about the pallets.", sure={"nothing": ("budget", 0.9)}).sentences
    assert told.leanings[1].label == "decision"
    [told] = explained("Ask Tom about it.", sure={"nothing": ("budget", 0.9)}, way="inbound").sentences
    assert told.leanings[1].label in {"sidestep", "elicitation"}


MAIL = f"""Hello Lee,

{CERTAIN}

Best regards
Dana Rowe
Ourco Ltd
+44 20 5555 1234

On Mon, 2 Nov 2026 Lee <lee@norvik.example> wrote:
> What is left in the pot?
"""


def test_what_was_left_out_is_named_with_its_range(explained):
    explanation = explained(MAIL, subject="Re: pot")
    left = {one.kind: one for one in explanation.left_out}
    assert list(left) == ["subject", "signature", "quote"]
    assert MAIL[left["signature"].start : left["signature"].end].startswith("Best regards")
    assert MAIL[left["quote"].start : left["quote"].end].startswith("On Mon")
    assert left["quote"].about == "lee@norvik.example"
    assert (left["subject"].part, left["subject"].about) == ("subject", "an answer's")
    assert [one.text for one in explanation.sentences] == ["Hello Lee,", CERTAIN]


@pytest.mark.parametrize(
    ("subject", "channel", "about"),
    [("pot", Channel.SLACK, "a channel's name"), ("AW: pot", Channel.EMAIL, "an answer's"), ("pot", Channel.EMAIL, "")],
)
def test_a_subject_is_left_out_unless_the_author_wrote_it(explained, subject, channel, about):
    explanation = explained(ORDINARY, subject=subject, channel=channel)
    assert [one.about for one in explanation.left_out] == ([about] if about else [])
    assert [one.part for one in explanation.sentences] == ([""] if about else ["subject", ""])


def test_a_sentence_of_another_language_is_left_out_with_its_range(explained):
    german = "Wir haben das Angebot bekommen und es ist noch nicht geprüft, die Kollegen sind auf der Messe."
    text = f"{german} {CERTAIN} {german}"
    explanation = explained(text)
    assert [text[one.start : one.end] for one in explanation.left_out] == [german, german]
    assert {(one.kind, one.about) for one in explanation.left_out} == {("language", "de")}
    assert [one.text for one in explanation.sentences] == [CERTAIN]
    assert why_not(explained(german)) == "All that the author wrote is in a language that is not assessed (de)."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "The message has no words."),
        ("> What is left in the pot?\n> Lee\n", "The author wrote nothing that is assessed; left out: quote."),
    ],
)
def test_a_message_without_words_of_the_author_says_so(explained, text, why):
    assert why_not(explained(text)) == why


@pytest.mark.parametrize("policy", builtin_policies(), ids=lambda one: one.name)
@pytest.mark.parametrize("way", ["outbound", "inbound", "internal"])
def test_the_judgement_is_that_of_an_analysis(written, way, policy):
    message, context = written(MAIL, way=way)
    explanation = explain(message, context, policy)
    assert explanation.assessment == assess(analyze(message, context).findings, policy)
    counting = [one.finding for told in explanation.sentences for one in told.signs if one.fate is Fate.COUNTS]
    assert sorted(counting, key=repr) == sorted(explanation.assessment.findings, key=repr)
