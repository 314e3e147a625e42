import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.catalogue import ABOUT_PEOPLE
from detectors.drip_rules import DRIP
from detectors.finding import Finding, Label
from detectors.price_no_obstacle import price_no_obstacle
from detectors.scoring import PolicyError, Severity, assess, builtin_policies, load_policy, severity_of
from detectors.sealed_fact import sealed_fact

POLICY = load_policy(
    """
    title = "Test"
    threshold = 40
    [weights]
    budget = 0.9
    timeline = 0.5
    [confidence]
    budget = 0.6
    [severity]
    low = 25
    medium = 40
    high = 70
    critical = 90
    """,
    name="test",
)


def finding(label="budget", confidence=0.8, start=0):
    return Finding(
        label=label, start=start, end=start + 4, quote="word", confidence=confidence, reason="So.", detector=label
    )


anything = st.lists(
    st.builds(
        finding,
        label=st.sampled_from([*Label, "over_the_head"]),
        confidence=st.floats(0, 1),
        start=st.integers(0, 99),
    ),
    max_size=8,
)


@given(findings=anything)
def test_the_points_add_up_to_the_risk(findings):
    for policy in (POLICY, *builtin_policies()):
        assessment = assess(findings, policy)
        assert sum(one.points for one in assessment.contributions) == assessment.risk
        assert -1e-9 <= assessment.risk <= 100 + 1e-9


@given(findings=anything, more=st.builds(finding, label=st.sampled_from(Label), confidence=st.floats(0, 1)))
def test_one_more_finding_never_lowers_the_risk(findings, more):
    assert assess([*findings, more], POLICY).risk >= assess(findings, POLICY).risk - 1e-9


@given(findings=anything)
def test_the_order_of_findings_does_not_matter(findings):
    assert assess(findings, POLICY).risk == pytest.approx(assess(reversed(findings), POLICY).risk)


def test_every_point_is_explained():
    assessment = assess([finding(), finding("timeline"), finding(start=50)], POLICY)
    assert [(one.reason, round(one.points, 1)) for one in assessment.contributions] == [
        ("budget: confidence 0.80 x weight 0.90", 72.0),
        ("budget is already counted", 0.0),
        ("timeline: confidence 0.80 x weight 0.50", 11.2),
    ]
    assert (round(assessment.risk, 1), assessment.alert, assessment.severity) == (83.2, True, Severity.HIGH)


ANSWERED = {"budget": "answers their question of 3 March"}


def test_an_answer_to_their_question_weighs_more_and_says_so():
    assessment = assess([finding(), finding("timeline"), finding(start=50)], POLICY, answers=ANSWERED)
    assert [(one.reason, round(one.points, 2), one.answers) for one in assessment.contributions] == [
        ("budget: confidence 0.80 x weight 0.90; answers their question of 3 March", 83.2, ANSWERED["budget"]),
        ("budget is already counted", 0.0, ANSWERED["budget"]),
        ("timeline: confidence 0.80 x weight 0.50", 6.72, ""),
    ]


@given(findings=anything)
def test_an_answer_never_weighs_less_and_never_more_than_all(findings):
    answers = {str(label): "answers their question" for label in Label}
    for policy in (POLICY, *builtin_policies()):
        assessment = assess(findings, policy, answers=answers)
        assert sum(one.points for one in assessment.contributions) == assessment.risk
        assert assess(findings, policy).risk - 1e-9 <= assessment.risk <= 100 + 1e-9


def test_a_policy_says_how_much_an_answer_adds():
    none = dataclasses.replace(POLICY, answer_bonus=0.0)
    assert assess([finding()], none, answers=ANSWERED).risk == assess([finding()], none).risk
    whole = dataclasses.replace(POLICY, answer_bonus=1.0)
    assert assess([finding()], whole, answers=ANSWERED).risk == pytest.approx(100)


NOT_KEPT = [
    pytest.param(finding("unheard of", 1.0), id="a label without weight"),
    pytest.param(finding("budget", 0.59), id="below the least confidence"),
]


@pytest.mark.parametrize("one", NOT_KEPT)
def test_what_a_policy_does_not_look_at_counts_for_nothing(one):
    assessment = assess([one], POLICY)
    assert (assessment.risk, assessment.alert, assessment.findings) == (0, False, ())


def test_a_message_out_of_scope_counts_only_where_the_policy_says_so():
    assert not assess([finding()], POLICY, in_scope=False).alert
    assert assess([finding()], dataclasses.replace(POLICY, internal=True), in_scope=False).alert


def test_a_message_without_findings_raises_no_alert_even_at_threshold_zero():
    assert not assess([], dataclasses.replace(POLICY, threshold=0)).alert


BANDS = [(0, "informational"), (24.9, "informational"), (25, "low"), (69.9, "medium"), (70, "high"), (100, "critical")]


@pytest.mark.parametrize(("risk", "severity"), BANDS)
def test_a_risk_reaches_its_band(risk, severity):
    assert severity_of(risk, POLICY) == severity


MENDABLE = [
    pytest.param("threshold = ", "Invalid value", id="no TOML"),
    pytest.param("threshold = 40\n[weights]\nbudget = 0.9", "severity: a table of numbers is needed", id="no bands"),
    pytest.param(
        "threshold = 140\n[weights]\n[severity]", "threshold must be a number from 0 to 100", id="threshold too high"
    ),
    pytest.param("[weights]\n[severity]", "threshold must be a number", id="no threshold"),
    pytest.param(
        "threshold = 40\n[weights]\nbudget = true\n[severity]", "budget must be a number from 0 to 1", id="no number"
    ),
    pytest.param(
        "threshold = 40\n[weights]\nbudget = nan\n[severity]", "budget must be a number from 0 to 1", id="not a number"
    ),
    pytest.param("threshold = 40\n[weights]\n[severity]\ngrave = 9", "'grave' is none of", id="unknown severity"),
    pytest.param("threshold = 40\ntreshold = 3\n[weights]\n[severity]", "'treshold' is none of", id="unknown key"),
    pytest.param(
        'threshold = 40\ninternal = "no"\n[weights]\n[severity]', "internal must be true or false", id="no boolean"
    ),
    pytest.param("threshold = 40\n[weights]\n[severity]\nlow = 50\nhigh = 30", "must rise", id="bands that fall"),
]


@pytest.mark.parametrize(("text", "told"), MENDABLE)
def test_a_policy_that_cannot_be_used_says_what_to_mend(text, told):
    with pytest.raises(PolicyError, match=told):
        load_policy(text, name="broken")


def test_the_policies_that_ship_know_every_label():
    about_people = {one.__name__ for one in (price_no_obstacle, sealed_fact, *ABOUT_PEOPLE)}
    for policy in builtin_policies():
        assert set(policy.weights) == set(policy.confidence) == set(Label) | about_people | {DRIP}


@pytest.mark.parametrize("label", Label)
def test_whatever_a_policy_that_ships_keeps_raises_an_alert(label):
    for policy in builtin_policies():
        assert assess([finding(label, policy.confidence[label])], policy).alert
