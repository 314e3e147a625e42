"""`--context`: scan and explain with a directory and a register of negotiations."""

import json

import pytest

OURS = ("--own-domain", "ourco.example", "--context", "context")
PEOPLE = "address,name\nbo@ourco.example,Bo Lind\npavel@ourco.example,Pavel Dušek\n"
FIRMS = "name,domains\nNorvik,norvik.example\n"
REGISTER = '[[negotiation]]\nname = "Castings"\ncounterparties = ["Norvik"]\nlead = "bo@ourco.example"\n'
QUESTION = {
    "id": "question",
    "date": "2026-03-03T09:00:00+01:00",
    "message_id": "<1@norvik.example>",
    "from": "lena@norvik.example",
    "to": ["bo@ourco.example", "pavel@ourco.example"],
    "text": "Would 5 mm be acceptable?",
}
ANSWER = {
    "id": "answer",
    "date": "2026-03-05T09:00:00+01:00",
    "in_reply_to": "<1@norvik.example>",
    "from": "pavel@ourco.example",
    "to": ["lena@norvik.example"],
    "text": "Then make it 5 mm, and keep the old price for the rest.",
}


@pytest.fixture
def context(folder):
    """Make the folder of context."""
    where = folder / "context"
    where.mkdir()
    for name, text in (("people.csv", PEOPLE), ("counterparties.csv", FIRMS), ("negotiations.toml", REGISTER)):
        (where / name).write_text(text, "utf-8")
    return where


def lines(*records):
    return "".join(f"{json.dumps(one)}\n" for one in records)


@pytest.mark.parametrize("order", [(QUESTION, ANSWER), (ANSWER, QUESTION)], ids=["in order", "backwards"])
def test_what_went_before_is_known_from_other_files(frontdoor, folder, context, order):
    for number, one in enumerate(order):
        (folder / f"{number}.jsonl").write_text(lines(one), "utf-8")
    answer = frontdoor("scan", *OURS, "--format", "jsonl", "0.jsonl", "1.jsonl")
    assert (answer.status, answer.err) == (0, "")
    rows = {row["id"]: row for row in answer.rows}
    assert list(rows) == [one["id"] for one in order]
    assert rows["question"]["findings"] == []
    [finding] = rows["answer"]["findings"]
    assert (finding["label"], finding["start"], finding["end"], finding["quote"]) == (
        "negotiator_dropped",
        None,
        None,
        "",
    )
    assert "Bo Lind was on this thread until 3 March 2026" in finding["reason"]


def test_the_text_form_shows_the_reason_where_there_are_no_words(frontdoor, folder, context):
    (folder / "a.jsonl").write_text(lines(QUESTION, ANSWER), "utf-8")
    shown = frontdoor("scan", *OURS, "a.jsonl").out
    assert "negotiator_dropped 0.90  Bo Lind leads “Castings” with Norvik." in shown
    assert "“”" not in shown


def test_explain_tells_who_is_missing(frontdoor, folder, context):
    (folder / "a.jsonl").write_text(lines(QUESTION, ANSWER), "utf-8")
    shown = frontdoor("explain", *OURS, "--id", "answer", "a.jsonl").out
    assert "who is there and who is missing" in shown
    assert "negotiator_dropped 0.90 (asked: 0.50), counts: Bo Lind leads" in shown
    [row] = frontdoor("explain", *OURS, "--id", "answer", "--format", "jsonl", "a.jsonl").rows
    assert [(one["label"], one["fate"]) for one in row["people"]] == [("negotiator_dropped", "counts")]


def test_without_context_nobody_is_missed(frontdoor, folder):
    (folder / "a.jsonl").write_text(lines(QUESTION, ANSWER), "utf-8")
    rows = frontdoor("scan", *OURS[:2], "--format", "jsonl", "a.jsonl").rows
    assert not any(one["label"] == "negotiator_dropped" for row in rows for one in row["findings"])


def test_a_flaw_in_the_register_is_said_before_anything_is_judged(frontdoor, folder, context):
    (context / "negotiations.toml").write_text(REGISTER.replace("bo@", "bob@"), "utf-8")
    (folder / "a.jsonl").write_text(lines(QUESTION), "utf-8")
    answer = frontdoor("scan", *OURS, "a.jsonl")
    assert answer.status != 0
    assert answer.out == ""
    assert "negotiations.toml, negotiation 1: lead names 'bob@ourco.example'" in answer.err
