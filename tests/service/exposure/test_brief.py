"""What a brief is composed of: likely questions, cautions, gaps, differences, and what a viewer may read."""

import io
import uuid
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest

from service.exposure.brief import MOST_LINES, Veil, compose
from service.exposure.brief_pdf import brief_pdf
from service.exposure.cautions import cautions, gaps
from service.exposure.compare import answer_of, compare
from service.exposure.likely import CUSTOMER_TOPICS, MOST_QUESTIONS, TOPICS, likely_questions
from service.exposure.snapshot import Line, Published, Snapshot, sureness

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


def line(kind="known", label="budget", **changes):
    last = NOW - timedelta(days=changes.pop("ago", 3))
    fields = {
        "id": uuid.uuid4(),
        "kind": kind,
        "label": {"asked": "elicitation", "promised": "commitment"}.get(kind, label),
        "topic": label,
        "words": "neutral words",
        "told_by": "Engineering 1",
        "confidence": 0.9,
        "times": 1,
        "first_at": last,
        "last_at": last,
    }
    return Line(**fields | changes)


def snapshot(*lines, **changes):
    fields = {"negotiation": "Castings 2027", "counterparty": "Norvik", "phase": "bids", "lead": "Bo Lind"}
    return Snapshot(**fields | {"team": ("Ida Kern",), "lines": lines} | changes)


def brief(*lines, veil=None, before=None, **changes):
    previous = NOW - timedelta(days=7) if before is not None else None
    return compose(
        snapshot(*lines, **changes), veil or Veil(), made_at=NOW, made_by="Ana", before=before, previous_at=previous
    )


@pytest.mark.parametrize(
    ("confidence", "said"),
    [(1.0, "very sure"), (0.9, "very sure"), (0.89, "sure"), (0.75, "sure"), (0.6, "likely"), (0.59, "unsure")],
)
def test_how_sure_is_said_in_words(confidence, said):
    assert sureness(confidence) == said


@pytest.mark.parametrize(
    ("days", "by", "said"),
    [
        (None, "", "open"),
        (0.3, "Finance 1", "answered by Finance 1 the same day"),
        (1.2, "Finance 1", "answered by Finance 1 after a day"),
        (3.0, "", "answered after 3 days"),
    ],
)
def test_how_a_question_fares(days, by, said):
    assert answer_of(line("asked", days=days, answered_by=by)) == said


def test_what_weakens_us_most_comes_first_and_is_grouped():
    told = brief(line(label="specification"), line(label="leverage"), line(label="budget"), line(label="leverage"))
    assert [(group.label, len(group.lines)) for group in told.known] == [
        ("budget", 1),
        ("leverage", 2),
        ("specification", 1),
    ]


@pytest.mark.parametrize("state", ["retracted", "known_before", "outdated"])
def test_what_does_not_count_is_no_part_of_a_brief(state):
    told = brief(*(line(kind, state=state) for kind in ("known", "asked", "promised")))
    assert told.is_empty
    assert told.careful == []


def test_each_part_is_cut_and_the_rest_is_counted():
    told = brief(*(line(kind, ago=day) for kind in ("known", "asked", "promised") for day in range(MOST_LINES + 7)))
    assert (told.known_more, told.asked_more, told.promised_more) == (7, 7, 7)
    assert sum(len(group.lines) for group in told.known) == len(told.asked) == MOST_LINES


def test_open_questions_come_before_answered_ones():
    told = brief(line("asked", ago=1, days=2.0), line("asked", ago=9))
    assert [one.answer for one in told.asked] == ["open", "answered after 2 days"]
    assert told.asked_open == 1


def test_an_open_question_is_likelier_than_what_fits_the_phase():
    [first, *rest] = likely_questions(snapshot(line("asked", "timeline")))
    assert (first.topic, first.why) == ("timeline", "They asked on 11 Mar 2026 and have no answer.")
    assert [one.topic for one in rest] == ["competitor", "budget", "decision"]
    assert "It is asked most in this phase (bids)" in rest[0].why


def test_each_topic_is_expected_once_and_few_in_all():
    asked = [line("asked", topic, ago=day) for day, topic in enumerate([*TOPICS, *TOPICS])]
    topics = [one.topic for one in likely_questions(snapshot(*asked))]
    assert len(set(topics)) == len(topics) == MOST_QUESTIONS


def test_a_promise_and_an_answer_given_beside_us_are_come_back_to():
    answered = line("asked", "budget", days=3.0, answered_by="Finance 1")
    found = {one.topic: one.why for one in likely_questions(snapshot(line("promised"), answered))}
    assert found["commitment"] == "It was promised on 11 Mar 2026 by Engineering 1; they will come back to it."
    assert found["budget"] == "They asked on 11 Mar 2026 and heard of it from Finance 1; they may check it."


@pytest.mark.parametrize(
    ("topic", "text", "told"),
    [
        ("timeline", "Offers are due by 20 March 2026.", True),
        ("timeline", "Die Frist endet in KW 12.", True),
        ("decision", "Price weighs 60 %, quality 40 %.", True),
        ("specification", "The drawing B12 applies.", True),
        ("budget", "Offers are due by 20 March 2026.", False),
        ("timeline", "The drawing B12 applies.", False),
        ("leverage", "The price, the date, the drawing and the award criteria.", False),
    ],
)
def test_what_all_bidders_were_told_may_be_repeated_where_it_fits(topic, text, told):
    published = (Published(text=text, on=date(2026, 2, 2)),)
    [first, *_] = likely_questions(snapshot(line("asked", topic), published=published))
    assert (text in first.say) is told


def test_of_several_things_published_the_latest_is_repeated():
    published = tuple(Published(text=f"Due by {day} March.", on=date(2026, 2, day)) for day in (9, 3))
    [first, *_] = likely_questions(snapshot(line("asked", "timeline"), published=published))
    assert "Due by 9 March." in first.say
    assert "Due by 3 March." not in first.say


def test_no_suggestion_repeats_an_entrys_words():
    told = [
        line(kind, topic, words="7.57", typed="7.57") for kind in ("known", "asked", "promised") for topic in TOPICS
    ]
    for one in likely_questions(snapshot(*told)):
        assert "7.57" not in one.question + one.why + one.say


@pytest.mark.parametrize("phase", ["scouting", "rfi", "rfq", "bids", "best_and_final", "award", "contract", "renewal"])
def test_every_phase_has_its_questions(phase):
    assert likely_questions(snapshot(phase=phase))


def test_a_customer_asks_other_things():
    [first, *_] = likely_questions(snapshot(line("asked", "budget"), is_customer=True))
    assert first.question == CUSTOMER_TOPICS["budget"].question != TOPICS["budget"].question


def test_who_speaks_for_us_is_named_in_the_answer():
    [first, *_] = likely_questions(snapshot(line("promised")))
    assert first.say == "Nothing is agreed before Bo Lind says so in writing."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lines": (line(label="leverage"),)}, "They have heard of where we depend on them"),
        ({"lines": (line("promised"),)}, "A promise was made beside Bo Lind"),
        ({"lines": (line("promised"), line("promised"))}, "2 promises were made"),
        ({"lines": (line(label="sealed_fact"),)}, "A sealed fact of the plan has reached them"),
        ({"silent": ((date(2026, 3, 10), date(2026, 3, 20)),)}, "The negotiation is silent until 20 Mar 2026"),
        ({"silent": ((date(2026, 4, 1), None),)}, "From 1 Apr 2026 on the negotiation is silent."),
        ({"elsewhere": 1}, "1 more entry on them belongs to other"),
        ({"lines": (line("asked", days=4.0, answered_by="Finance 1"),)}, "Finance 1 answered a question of theirs"),
        ({}, None),
        ({"lines": (line(label="specification"),)}, None),
        ({"lines": (line("asked"),)}, None),
        ({"lines": (line(label="leverage", state="retracted"),)}, None),
        ({"silent": ((date(2026, 3, 1), date(2026, 3, 13)),)}, None),
    ],
)
def test_what_to_be_careful_of(changes, said):
    found = cautions(snapshot(**changes), on=NOW.date())
    assert (found == []) if said is None else any(one.startswith(said) for one in found)


def test_gaps_name_what_has_not_leaked_what_is_amiss_and_what_is_not_read():
    told = snapshot(
        *(line(label=topic) for topic in TOPICS if topic != "competitor"),
        amiss=("No plan: Write down target.",),
        unread=tuple(f"The source {number} was never read." for number in range(5)),
    )
    assert gaps(told) == [
        "Nothing is known to have been told about who else bids.",
        "No plan: Write down target.",
        *(f"The source {number} was never read." for number in range(3)),
        "2 more sources or channels are not read.",
    ]


def test_a_question_alone_is_no_leak():
    assert "what we can pay" in gaps(snapshot(line("asked", "budget")))[0]


@pytest.mark.parametrize(
    ("before", "now", "mark", "how"),
    [
        (None, {}, "new", ""),
        ({}, None, "gone", "no longer in the ledger"),
        ({}, {"state": "retracted"}, "gone", "retracted"),
        ({"state": "retracted"}, {}, "changed", "counts again"),
        ({}, {"times": 3}, "changed", "told again, 3 times by now"),
        ({}, {"confidence": 0.7}, "changed", "likely, was very sure"),
        ({}, {"typed": "other words"}, "changed", "worded anew"),
        ({"kind": "asked"}, {"kind": "asked", "days": 2.0}, "changed", "answered after 2 days"),
        ({"kind": "asked", "days": 2.0}, {"kind": "asked"}, "changed", "open again"),
    ],
)
def test_what_is_new_gone_or_changed(before, now, mark, how):
    known = uuid.uuid4()
    first, second = (snapshot(*([line(id=known, **one)] if one is not None else [])) for one in (before, now))
    [change] = compare(first, second)
    assert (change.mark, change.how) == (mark, how)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, {}),
        ({"state": "retracted"}, {"state": "retracted"}),
        ({"state": "retracted"}, None),
        (None, {"state": "retracted"}),
        ({"confidence": 0.91}, {"confidence": 0.97}),
        ({"told_by": "Engineering 1"}, {"told_by": "Engineering 2"}),
    ],
)
def test_what_is_as_it_was_is_no_difference(before, now):
    known = uuid.uuid4()
    first, second = (snapshot(*([line(id=known, **one)] if one is not None else [])) for one in (before, now))
    assert compare(first, second) == []


def test_changes_of_the_negotiation_are_told_first():
    before = snapshot(phase="rfq", lead="Karin Berg", team=("Ruth Okafor",))
    told = brief(line(), before=before)
    assert [one.words for one in told.changes] == [
        "The phase went from rfq to bids.",
        "Bo Lind leads now, before it was Karin Berg.",
        "Ida Kern joined our team.",
        "Ruth Okafor left our team.",
        "neutral words",
    ]


def test_a_sealed_fact_is_told_to_whom_the_veil_lets():
    fact = uuid.uuid4()
    sealed = line(label="sealed_fact", topic="budget", sealed_fact=fact, words="a sealed fact")
    [group] = brief(sealed).known
    assert (group.lines[0].words, group.lines[0].withheld) == ("a sealed fact", True)
    [group] = brief(sealed, veil=Veil(facts={fact: "walk-away: EUR 7.57"})).known
    assert (group.lines[0].words, group.lines[0].withheld) == ("walk-away: EUR 7.57", False)


def test_what_a_sealed_fact_is_about_is_inferred_by_holders_alone():
    fact = uuid.uuid4()
    sealed = line(label="sealed_fact", topic="budget", sealed_fact=fact)
    others, holders = brief(sealed), brief(sealed, veil=Veil(facts={fact: "x"}))
    assert any("what we can pay" in one for one in holders.careful)
    assert not any("what we can pay" in one for one in others.careful)
    assert "what we can pay" in others.gaps[0]


def test_typed_words_fall_back_to_neutral_ones_behind_the_veil():
    typed = line(typed="they know the 7.57")
    assert brief(typed).known[0].lines[0].words == "they know the 7.57"
    hidden = brief(typed, veil=Veil(hidden=frozenset({typed.id}))).known[0].lines[0]
    assert (hidden.words, hidden.withheld) == ("neutral words", True)


@pytest.mark.parametrize("count", [0, 1, 12, 60])
def test_a_pdf_has_one_page_however_much_there_is(count):
    told = [line(kind, ago=day, times=3) for kind in ("known", "asked", "promised") for day in range(count)]
    pages = pypdf.PdfReader(io.BytesIO(brief_pdf(brief(*told, before=snapshot())))).pages
    assert len(pages) == 1
    assert "Norvik · Castings 2027" in pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Zając, Dušek, Łódź, €", "Zając, Dušek, Łódź, €"),
        ("Ωμέγα Ключ Ğüş", "Ωμέγα Ключ Ğüş"),
        ("日本", "□□"),
        ("a\u202eb\u200bc", "abc"),
        ("line\n\x00\ttwo", "line □ two"),
        ("\ud83d", "□"),
    ],
)
def test_a_pdf_holds_what_its_fonts_have_and_boxes_for_the_rest(text, drawn, caplog):
    told = brief(line(words=f"<{text}>"))
    page = pypdf.PdfReader(io.BytesIO(brief_pdf(told))).pages[0]
    assert f"<{drawn}>" in " ".join(page.extract_text().split())
    assert not [one for one in caplog.records if one.levelname in {"WARNING", "ERROR"}]
