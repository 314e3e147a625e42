import uuid
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.alerts.schemas import AlertDetail, FindingView, MessageView, PartView
from service.console.thread import rounded, thread_of
from service.models import AlertStatus

AT = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)


def finding(start, end, *, part="", points=0.0, label="budget", explanation=""):
    return FindingView(
        label=label,
        part=part,
        start=start,
        end=end,
        quote="",
        confidence=0.9,
        points=points,
        explanation=explanation,
        reason="",
        detector="budget",
        rule="",
    )


def message(text, *findings, subject="Offer", parts=()):
    return MessageView(
        id=uuid.uuid4(),
        external_id="m",
        channel="email",
        direction="outbound",
        sent_at=AT,
        participants=[],
        subject=subject,
        text=text,
        text_note="",
        parts=[PartView(kind=kind, start=start, end=end) for kind, start, end in parts],
        attachments=[],
        findings=list(findings),
    )


def alert(*messages, risk=0.0):
    return AlertDetail(
        id=uuid.uuid4(),
        policy="balanced",
        status=AlertStatus.NEW,
        severity="high",
        risk=risk,
        labels=["budget"],
        channel="email",
        counterparty="Norvik",
        people=[],
        subject="Offer",
        quote="",
        verdict=None,
        said_at=AT,
        opened_at=AT,
        updated_at=AT,
        reopened=0,
        messages=list(messages),
        reviews=[],
    )


def test_findings_are_numbered_weightiest_first_across_messages():
    shown = alert(message("one", finding(0, 3, points=5)), message("two", finding(0, 3, points=70)), risk=75)
    points, entries = thread_of(shown)
    assert [(one.number, one.points) for one in points] == [(1, 70.0), (2, 5.0)]
    assert entries[1].blocks[0].segments[0].marks[0].number == 1


def test_a_subject_is_shown_when_it_changes_or_holds_evidence():
    evidence = finding(0, 5, part="subject")
    _, entries = thread_of(alert(message("a"), message("b"), message("c", evidence), message("d", subject="Other")))
    assert [bool(one.subject) for one in entries] == [True, False, True, True]
    assert entries[2].subject[0].marks
    assert not entries[2].blocks[0].segments[0].marks


def test_a_channels_name_is_no_subject():
    chat = message("a", subject="#ext-norvik").model_copy(update={"channel": "slack"})
    _, [entry] = thread_of(alert(chat))
    assert entry.subject == ()


def test_a_long_quote_is_folded_unless_evidence_lies_in_it():
    text = "ok\n" + "> line\n" * 9
    parts = [("new", 0, 3), ("quote", 3, len(text))]
    _, entries = thread_of(alert(message(text, parts=parts), message(text, finding(5, 9), parts=parts)))
    assert [[block.folded for block in one.blocks] for one in entries] == [[False, True], [False, False]]


def test_a_short_quote_a_signature_and_new_text_stay_open():
    text = "> short\n" + "line\n" * 20
    parts = [("quote", 0, 8), ("new", 8, 58), ("signature", 58, len(text))]
    _, entries = thread_of(alert(message(text, parts=parts)))
    assert [(block.kind, block.folded) for block in entries[0].blocks] == [
        ("quote", False),
        ("new", False),
        ("signature", False),
    ]


def test_a_text_no_longer_kept_has_no_blocks():
    _, entries = thread_of(alert(message(None, finding(0, 5))))
    assert entries[0].blocks == ()


@pytest.mark.parametrize(
    ("values", "total", "shown"),
    [
        ([82.8, 11.24, 0.0], 94.04, [82.8, 11.2, 0.0]),
        ([33.333, 33.333, 33.333], 99.999, [33.4, 33.3, 33.3]),
        ([0.1 + 0.2], 0.3, [0.3]),
        ([0.05], 0.05, [0.1]),
        ([40.15, 0.0], 40.15, [40.1, 0.0]),
        ([], 0.0, []),
    ],
)
def test_points_are_rounded_so_that_they_add_up(values, total, shown):
    assert rounded(values, total=total) == shown


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_rounded_points_add_up_and_none_is_off_by_a_tenth(values):
    shown = rounded(values, total=sum(values))
    assert round(sum(shown), 1) == round(sum(values), 1)
    assert all(abs(one - value) < 0.11 for one, value in zip(shown, values, strict=True))


@pytest.mark.parametrize(
    ("label", "explanation", "weight", "remark"),
    [
        ("budget", "budget: confidence 0.90 x weight 0.80", "0.80", ""),
        (
            "budget",
            "budget: confidence 0.90 x weight 0.80; answers their question of 3 March",
            "0.80",
            "Answers their question of 3 March.",
        ),
        ("sealed_fact", "sealed_fact is already counted", "", "Not weighed: sealed fact is already counted."),
        ("drip", "", "", ""),
    ],
)
def test_a_finding_says_in_words_what_it_weighs(label, explanation, weight, remark):
    [point], _ = thread_of(alert(message("one", finding(0, 3, label=label, explanation=explanation))))
    assert (point.weight, point.remark) == (weight, remark)
