"""`frontdoor evaluate`: figures on standard output, one clear line for a file that can't be used, words on demand."""

import gzip
import json
import os

import pytest

from tests.service.cli.program import LEAK, ORDINARY

MESSAGE = {"channel": "email", "from": "jo@ourco.example", "to": ["bo@norvik.example"], "subject": "Order"}
SPECIFICATION = "The seal has to hold 9 bar at 18,000 rpm in our new pump."


def row(name, text=LEAK, labels=(), **more):
    return MESSAGE | {"id": name, "text": text, "labels": list(labels)} | more


RIGHT = row("right", LEAK, ["budget"], evidence={"budget": "our budget for this is 85,000 euros"})
MISSED = row("missed", ORDINARY, ["timeline"], evidence={"timeline": "this morning"})
FALSE = row("false", LEAK, near="budget")
SILENT = row("silent", ORDINARY, near="leverage")
LABELLED = (RIGHT, MISSED, FALSE, SILENT)


@pytest.fixture
def write(folder):
    def lines(name, *records):
        (folder / name).write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
        return name

    return lines


@pytest.fixture
def measured(frontdoor):
    """Run it for JSON; returns what it printed."""

    def run(*arguments):
        answer = frontdoor("evaluate", "--format", "json", *arguments)
        assert answer.status == 0, answer.err
        return json.loads(answer.out)

    return run


def test_labelled_messages_are_scored(measured, write):
    labelled = measured(write("a.jsonl", *LABELLED))["labelled"]
    assert (labelled["messages"], labelled["missing"], labelled["negatives"]) == (4, 0, 2)
    whole, budget = labelled["labels"]["any"], labelled["labels"]["budget"]
    assert (whole["precision"]["value"], whole["recall"]["value"], whole["n"]) == (0.5, 0.5, 2)
    assert (budget["precision"]["value"], budget["recall"]["value"], budget["n"]) == (0.5, 1.0, 1)
    assert labelled["hard_negative_alarms"]["value"] == 0.5
    assert labelled["evidence_overlap"]["value"] == 1.0
    assert labelled["evidence_in_range"]["value"] == 1.0


def test_every_figure_has_its_interval(measured, write):
    whole = measured(write("a.jsonl", *LABELLED * 10))["labelled"]["labels"]["any"]
    for name in ("precision", "recall", "f1"):
        assert whole[name]["low"] < whole[name]["value"] < whole[name]["high"]


def test_a_wrong_label_beside_a_right_alarm_is_an_error_of_the_label_alone(measured, write):
    labelled = measured(write("a.jsonl", row("a", LEAK, ["decision"])))["labelled"]
    assert labelled["labels"]["any"]["f1"]["value"] == 1.0
    assert labelled["labels"]["budget"]["precision"]["value"] == 0.0
    assert labelled["labels"]["decision"]["recall"]["value"] == 0.0


def test_optional_labels_count_neither_way(measured, write):
    labelled = measured(write("a.jsonl", row("a", LEAK, optional=["budget"]), RIGHT))["labelled"]
    assert labelled["labels"]["any"]["precision"]["value"] == 1.0
    assert labelled["negatives"] == 0


def test_files_are_scored_together_and_listed_each(measured, write):
    labelled = measured(write("a.jsonl", RIGHT, FALSE), write("b.jsonl", MISSED))["labelled"]
    assert labelled["messages"] == 3
    assert [(one["name"], one["messages"], one["recall"]) for one in labelled["files"]] == [
        ("a.jsonl", 2, 1.0),
        ("b.jsonl", 1, 0.0),
    ]


def test_a_file_given_twice_counts_twice(measured, write):
    assert measured(write("a.jsonl", RIGHT), "a.jsonl")["labelled"]["messages"] == 2


def background(*texts):
    return [{key: value for key, value in row(str(n), text).items() if key != "labels"} for n, text in enumerate(texts)]


def test_on_messages_without_labels_alarms_are_counted(measured, write):
    found = measured(write("a.jsonl", *background(LEAK, *[ORDINARY] * 9)))
    assert found["labelled"] is None
    [row] = found["background"]
    assert (row["name"], row["messages"], row["alarms"], row["per_1000"]["value"]) == ("a.jsonl", 10, 1, 100.0)
    assert row["per_1000"]["low"] < 100.0 < row["per_1000"]["high"]
    assert row["labels"]["budget"] == 1


def test_labelled_and_other_files_go_together(measured, write):
    found = measured(write("a.jsonl", RIGHT), write("b.jsonl", *background(ORDINARY)))
    assert found["labelled"]["messages"] == 1
    assert [one["name"] for one in found["background"]] == ["b.jsonl"]


CHAT = {"id": "c1", "user": "dnel", "channel": "#ubuntu", "text": LEAK, "ts": "2017-03-02T10:19", "thread": None}


def test_chat_without_addresses_is_taken_as_ours_where_that_is_asked_for(frontdoor, measured, write):
    name = write("a.jsonl", CHAT, CHAT | {"text": ORDINARY})
    refused = frontdoor("evaluate", name)
    assert (refused.status, refused.out) == (1, "")
    assert (
        refused.err == "frontdoor: a.jsonl, line 1: from is missing; chat that has user instead needs --as-outbound\n"
    )
    [row] = measured(name, "--as-outbound")["background"]
    assert (row["messages"], row["alarms"]) == (2, 1)


def test_records_with_addresses_are_as_they_are_though_chat_is_taken_as_ours(measured, write):
    sent = background(LEAK)[0]
    received = sent | {"from": "bo@norvik.example", "to": ["jo@ourco.example"]}
    files = write("sent.jsonl", sent), write("received.jsonl", received)
    assert [one["alarms"] for one in measured(*files, "--as-outbound")["background"]] == [1, 0]


def test_the_own_domain_says_who_is_ours(measured, write):
    name = write("a.jsonl", RIGHT | {"from": "jo@enron.example"})
    assert measured(name)["labelled"]["labels"]["any"]["recall"]["value"] == 0.0
    for ours in (["--own-domain", "enron.example"], ["--own-domain", "x.example", "--own-domain", "enron.example"]):
        assert measured(name, *ours)["labelled"]["labels"]["any"]["recall"]["value"] == 1.0


def test_a_policy_decides_what_counts(measured, write, folder):
    (folder / "p.toml").write_text("threshold = 100\n[weights]\nbudget = 0.1\n[severity]\ninformational = 0\n", "utf-8")
    found = measured(write("a.jsonl", *LABELLED), "--policy", "p.toml")
    assert (found["policy"], found["labelled"]["labels"]["any"]["recall"]["value"]) == ("p", 0.0)


def test_compressed_lines_empty_lines_and_a_byte_order_mark_are_read(measured, folder):
    data = "\ufeff" + json.dumps(RIGHT) + "\r\n\n" + json.dumps(SILENT)
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(data.encode()))
    assert measured("a.jsonl.gz")["labelled"]["messages"] == 2


BROKEN = [
    pytest.param(b"", "a.jsonl: it is empty", id="empty"),
    pytest.param(b"\n \n", "a.jsonl: it holds no messages", id="without rows"),
    pytest.param(b"{\n", "a.jsonl, line 1: it is no JSON", id="no JSON"),
    pytest.param(b"\xff\xfe{\x00}\x00", "a.jsonl, line 1: it is no JSON", id="UTF-16"),
    pytest.param(b"[" * 50_000, "a.jsonl, line 1: it is no JSON", id="too deep"),
    pytest.param(b"[]\n", "a.jsonl, line 1: it is no JSON object", id="no object"),
    pytest.param(b'\n{"id": "a", "labels": []}', "a.jsonl, line 2: from is missing", id="no sender"),
    pytest.param(RIGHT | {"text": 7}, "text is no text", id="no text"),
    pytest.param(RIGHT | {"labels": None}, "labels is no list", id="no list of labels"),
    pytest.param(RIGHT | {"labels": ["budgets"]}, "labels: 'budgets' is none of specification", id="no such label"),
    pytest.param(RIGHT | {"evidence": {"budget": "86,000"}}, "evidence for budget does not stand", id="no evidence"),
    pytest.param(RIGHT | {"near": "nothing"}, "near: 'nothing' is none of", id="near none"),
    pytest.param(RIGHT | {"optional": "budget"}, "optional is no list", id="optional"),
]


@pytest.mark.parametrize(("content", "why"), BROKEN)
def test_what_is_wrong_with_a_file_is_one_clear_line(frontdoor, folder, content, why):
    (folder / "a.jsonl").write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    answer = frontdoor("evaluate", "a.jsonl")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("frontdoor: a.jsonl")
    assert why in answer.err
    assert answer.err.count("\n") == 1


def test_what_is_wrong_is_said_before_anything_is_judged_and_without_words_of_a_message(frontdoor, write):
    write("a.jsonl", RIGHT)
    write("b.jsonl", RIGHT, FALSE | {"labels": [LEAK]})
    answer = frontdoor("evaluate", "a.jsonl", "b.jsonl")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("frontdoor: b.jsonl, line 2: labels: a value is none of")
    assert "85,000" not in answer.err


@pytest.mark.parametrize("order", [(RIGHT, *background(LEAK)), (*background(LEAK), RIGHT)])
def test_a_file_has_labels_on_every_line_or_on_none(frontdoor, write, order):
    answer = frontdoor("evaluate", write("a.jsonl", *order))
    assert answer.status == 1
    assert "a.jsonl, line 2: labels are missing here or in the lines before" in answer.err


@pytest.mark.parametrize(
    ("name", "why"),
    [("none.jsonl", "there is no such file"), (".", "no ordinary file"), ("a.eml", "it is no JSON lines file")],
)
def test_what_is_no_file_of_lines_is_said(frontdoor, folder, letter, name, why):
    (folder / "a.eml").write_bytes(letter())
    answer = frontdoor("evaluate", name)
    assert (answer.status, answer.err.count("\n")) == (1, 1)
    assert why in answer.err


def test_a_pipe_is_refused_rather_than_waited_for(frontdoor, folder):
    os.mkfifo(folder / "a.jsonl")
    assert "no ordinary file" in frontdoor("evaluate", "a.jsonl").err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "Missing argument"),
        (["a.jsonl", "--policy", "nonsense"], "quiet, balanced, vigilant"),
        (["a.jsonl", "--errors", "-1"], "greater than or equal to 0"),
        (["a.jsonl", "--format", "xml"], "json"),
    ],
)
def test_wrong_usage_ends_with_status_2(frontdoor, write, arguments, why):
    write("a.jsonl", RIGHT)
    answer = frontdoor("evaluate", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert why in " ".join(answer.err.replace("│", "").split())


def test_the_text_form_shows_rows_for_each_label_and_file(frontdoor, write):
    answer = frontdoor(
        "evaluate", write("a.jsonl", *LABELLED), write("b.jsonl", SILENT), write("c.jsonl", *background(LEAK))
    )
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    starts = {line.split()[0]: line.split() for line in lines if line.strip()}
    assert lines[0].startswith("policy balanced")
    assert "5 labelled messages: 2 with a label, 3 hard negatives, 0 without a prediction" in lines
    assert (starts["any"][1], starts["any"][-1]) == ("0.500", "2")
    assert (starts["elicitation"][1], starts["elicitation"][-1]) == ("0.000", "0")
    assert starts["b.jsonl"] == ["b.jsonl", "1", "0.000", "-", "-", "0.000"]
    assert starts["c.jsonl"][:4] == ["c.jsonl", "1", "1", "1000.0"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_word_of_a_message_is_printed_unless_mistakes_are_asked_for(frontdoor, write, form):
    files = write("a.jsonl", *LABELLED), write("b.jsonl", *background(LEAK))
    quiet = frontdoor("evaluate", "--format", form, "--rules", *files).out
    assert not any(word in quiet for word in ("85,000", "this morning", "pallets"))
    shown = frontdoor("evaluate", "--format", form, "--errors", "9", *files).out
    assert shown.count("85,000 euros") == 2
    assert shown.count("this morning") == 1


def test_mistakes_are_the_worst_so_many_of_each_kind(measured, write):
    errors = measured(write("a.jsonl", *LABELLED, FALSE, MISSED), "--errors", "1")["errors"]
    assert [one["id"] for one in errors["false_alarms"]] == ["false"]
    assert [(one["id"], one["label"], one["confidence"]) for one in errors["missed"]] == [("missed", "timeline", 0.0)]
    assert errors["background"] == []


def test_rules_are_counted_where_that_is_asked_for(measured, frontdoor, write):
    name = write("a.jsonl", RIGHT, FALSE)
    rules = measured(name, "--rules")["rules"]
    of_budget = [one for one in rules if one["label"] == "budget"]
    assert of_budget
    assert all(one["right"] == one["findings"] / 2 for one in of_budget)
    assert all(one["right"] == 0 for one in rules if one["label"] != "budget")
    assert "rules" not in measured(name)
    assert rules[0]["rule"] in frontdoor("evaluate", name, "--rules").out


def test_ids_and_words_never_steer_the_terminal(frontdoor, write):
    hostile = row("a\x1b[31m\nb", f"\x1b[2J{LEAK}", near="budget")
    answer = frontdoor("evaluate", write("a.jsonl", hostile), "--errors", "1")
    assert "\x1b" not in answer.out
    assert "b  budget" in answer.out


def test_a_text_too_long_to_be_judged_whole_is_told_and_the_rest_is_measured(frontdoor, write):
    long = row("long", "All is well. " * 90_000, ["budget"], evidence={"budget": "All is well"})
    answer = frontdoor("evaluate", "--format", "json", write("a.jsonl", long, RIGHT))
    assert answer.status == 3
    assert answer.err.startswith("refused: long: longer")
    assert json.loads(answer.out)["labelled"]["labels"]["budget"]["recall"]["value"] == 0.5
