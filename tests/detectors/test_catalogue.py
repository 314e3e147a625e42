import inspect
import re
from pathlib import Path

import pytest

import detectors
from detectors import catalogue
from detectors.catalogue import DETECTORS, analyze, analyze_each
from detectors.document import prepare
from detectors.finding import Label
from messages import Channel, Direction

FOLDER = Path(detectors.__file__).parent
DOCUMENTATION = (FOLDER.parent / "docs" / "detectors.md").read_text("utf-8")


def test_folder_tuple_and_documentation_name_the_same_detectors():
    in_folder = {
        path.stem for path in FOLDER.glob("*.py") if f"def {path.stem}(document: Document)" in path.read_text("utf-8")
    }
    in_tuple = [one.__name__ for one in DETECTORS]
    in_documentation = re.findall(r"^## `(\w+)`$", DOCUMENTATION, re.MULTILINE)
    assert sorted(in_folder) == sorted(in_tuple)
    assert in_documentation == in_tuple


def test_every_label_has_a_detector():
    assert {label.value for label in Label} <= {one.__name__ for one in DETECTORS}


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda one: one.__name__)
def test_a_detector_says_what_it_looks_for_and_where_it_errs(detector):
    assert inspect.getdoc(detector).startswith("Find ")
    assert "Known false positives:" in inspect.getdoc(detector)


@pytest.mark.parametrize("part", ["Hits", "Misses", "Known false positives"])
def test_every_section_of_the_documentation_has_its_parts(part):
    assert DOCUMENTATION.count(f"**{part}:**") == len(DETECTORS)


def test_an_analysis_tells_direction_scope_and_language(written):
    outbound = analyze(*written("Finance has approved 240k for the line."))
    assert (outbound.direction, outbound.in_scope, outbound.assessed) == (Direction.OUTBOUND, True, True)
    assert not analyze(*written("Finance has approved 240k for the line.", way="internal")).in_scope


TEXTS = (
    "Finance has approved 240k for the line.",
    "See you on Thursday.",
    "The order is yours, you have my word.",
    "Wir haben das Angebot bekommen und es ist noch nicht geprüft.",
    "",
) * 20


def test_messages_read_together_are_judged_as_each_by_itself(written):
    messages = [written(text) for text in TEXTS]
    together = list(analyze_each(messages))
    assert together == [analyze(message, context) for message, context in messages]
    assert sum(bool(one.findings) for one in together if not isinstance(one, Exception)) == 40


def test_a_message_that_trips_a_detector_takes_no_other_with_it(written, monkeypatch):
    def trip(message, context):
        if message.text == TEXTS[1]:
            raise RecursionError
        return prepare(message, context)

    monkeypatch.setattr(catalogue, "prepare", trip)
    found = list(analyze_each([written(text) for text in TEXTS]))
    tripped = [at for at, one in enumerate(found) if isinstance(one, RecursionError)]
    assert tripped == [at for at, text in enumerate(TEXTS) if text == TEXTS[1]]
    assert sum(bool(one.findings) for one in found if not isinstance(one, Exception)) == 40


@pytest.mark.parametrize(
    ("lengths", "sizes"),
    [
        ([10] * 600, [256, 256, 88]),
        ([400_000] * 5, [2, 2, 1]),
        ([5, 3_000_000, 3_000_000, 5, 5], [1, 1, 1, 2]),
    ],
)
def test_so_many_messages_are_judged_at_once_as_take_little_memory(written, monkeypatch, lengths, sizes):
    taken = []

    def analyze_all(messages):
        taken.append(len(messages))
        return list(messages)

    monkeypatch.setattr(catalogue, "analyze_all", analyze_all)
    messages = [written("x" * length) for length in lengths]
    assert list(analyze_each(messages)) == messages
    assert taken == sizes


def test_nothing_to_read_is_no_error():
    assert list(analyze_each([])) == []


def test_what_is_not_english_is_said_to_be_not_assessed(written):
    analysis = analyze(
        *written("Wir haben für das Werkzeug noch 40.000 Euro übrig und die Linie ist leider nicht fertig.")
    )
    assert analysis.languages_not_assessed == ("de",)
    assert not analysis.assessed
    assert analysis.findings == ()


def test_an_english_sentence_in_a_foreign_mail_is_assessed(written):
    german = "Wir haben das Angebot bekommen und es ist noch nicht geprüft, die Kollegen sind auf der Messe. "
    analysis = analyze(*written(german + "Finance has approved 240k for the line."))
    assert [one.quote for one in analysis.findings if one.label == "budget"] == [
        "Finance has approved 240k for the line"
    ]


def test_the_subject_of_a_mail_is_assessed_as_its_own_part(findings):
    subject = "Finance has approved 240k for the line"
    (one,) = [each for each in findings("See below.", subject=subject) if each.label == "budget"]
    assert (one.part, subject[one.start : one.end]) == ("subject", one.quote)


SUBJECTS_OF_OTHERS = [
    pytest.param({"subject": "Re: our budget is 240k for the line"}, id="a reply repeats another's subject"),
    pytest.param({"subject": "our budget is 240k for the line", "channel": Channel.SLACK}, id="a channel's name"),
]


@pytest.mark.parametrize("how", SUBJECTS_OF_OTHERS)
def test_a_subject_that_the_author_did_not_write_is_not_assessed(findings, how):
    assert findings("See below.", **how) == ()


def test_what_the_counterparty_wrote_is_not_ours(findings):
    text = "Noted, thank you.\n\n> On Monday Lee wrote:\n> I hear your budget is 240k and finance has approved it.\n"
    assert findings(text) == ()


DISGUISES = [
    pytest.param("Finance has app\u200broved 240k for the line.", id="invisible characters"),
    pytest.param("FINANCE HAS APPROVED 240K FOR THE LINE.", id="capitals"),
    pytest.param("Finаnce hаs аpproved 240k for the line.", id="Cyrillic look-alikes"),
    pytest.param("Finance has\napproved 240k\u00a0for the line.", id="odd white space"),
]


@pytest.mark.parametrize("text", DISGUISES)
def test_a_disguise_does_not_help(alarmed, text):
    assert "budget" in alarmed(text)
