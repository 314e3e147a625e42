"""`frontdoor explain`: the files that `scan` takes, judged alike, and everything that led to it."""

import json

import pytest

from tests.service.cli.program import LEAK, ORDINARY

OURS = ("--own-domain", "ourco.example")
RECORD = {"id": "r1", "channel": "email", "from": "jo@ourco.example", "to": ["bo@norvik.example"], "subject": "Re: it"}
# Nothing that any model could take for a signal.
NOTHING = "Thanks, see you then."
SIGNED = f"{LEAK}\n\nBest regards\nJo Smith\nOurco Ltd\n\n"
QUOTED = f"{SIGNED}On Mon, 2 Nov 2026 Bo <bo@norvik.example> wrote:\n> And how much?\n"


def record(text=LEAK, **changes):
    return json.dumps(RECORD | {"text": text} | changes)


@pytest.fixture
def explain(frontdoor, folder):
    """Explain records, one a line of a file."""

    def run(*records, form="text", options=()):
        (folder / "a.jsonl").write_text("\n".join(records), "utf-8")
        return frontdoor("explain", *OURS, "--format", form, *options, "a.jsonl")

    return run


def test_a_sentence_that_is_passed_over_says_so_with_its_promise_and_the_limit(explain):
    answer = explain(record(NOTHING))
    assert (answer.status, answer.err) == (0, "")
    assert "passed over by the screen: promising -" in answer.out
    assert ", limit -" in answer.out
    assert "screen for any signal" in answer.out
    assert "no alert: The screen passed over every sentence" in answer.out


def test_a_leak_shows_its_label_its_words_its_reason_and_every_point(explain):
    answer = explain(record())
    assert f"1. “{LEAK}”" in answer.out
    assert "rule “stated budget”: budget" in answer.out
    assert "Our budget or target price is stated." in answer.out
    assert "budget: confidence" in answer.out
    assert "  alert, severity" in answer.out


def test_what_was_left_out_is_named(explain):
    answer = explain(record(QUOTED))
    assert "left out: subject (an answer's) 0-6 “Re: it”" in answer.out
    assert "left out: signature" in answer.out
    assert "left out: quote (bo@norvik.example)" in answer.out
    assert "“> And" not in answer.out


def test_a_record_tells_all_of_it_and_its_offsets_cut_from_the_text(explain):
    text = f"Grüße an Bo ☃,\n\n{QUOTED}"
    [row] = explain(record(text), form="jsonl").rows
    assert (row["id"], row["direction"], row["counterparties"]) == ("r1", "outbound", ["norvik.example"])
    assert [one["kind"] for one in row["left_out"]] == ["subject", "signature", "quote"]
    assert text[row["left_out"][2]["start"] :].startswith("On Mon")
    for told in row["sentences"]:
        assert told["text"] == text[told["start"] : told["end"]]
        assert len(told["screen"]) == 2
        assert told["screen"][0]["label"] == "any"
        for sign in told["signs"]:
            assert sign["quote"] == text[sign["start"] : sign["end"]]
    fates = {sign["fate"] for told in row["sentences"] for sign in told["signs"]}
    assert "counts" in fates
    assert row["risk"] == pytest.approx(sum(one["points"] for one in row["contributions"]), abs=0.1)
    assert (row["alert"], row["why_not"]) == (True, "")


def test_it_judges_as_scan_does(explain, frontdoor):
    records = [record(), record(ORDINARY, id="r2"), record(to=["ann@ourco.example"], id="r3")]
    explained = explain(*records, form="jsonl").rows
    scanned = frontdoor("scan", *OURS, "--format", "jsonl", "a.jsonl").rows
    for key in ("id", "direction", "policy", "risk", "severity", "alert"):
        assert [one[key] for one in explained] == [one[key] for one in scanned]
    assert [bool(one["why_not"]) for one in explained] == [not one["alert"] for one in scanned]


def test_an_inbound_leak_is_not_looked_for(explain):
    answer = explain(record(LEAK, **{"from": "bo@norvik.example", "to": ["jo@ourco.example"]}))
    assert "not looked for in this direction" in answer.out


def test_a_language_that_is_not_assessed_is_said(explain):
    german = "Wir haben das Angebot bekommen und es ist noch nicht geprüft, die Kollegen sind auf der Messe."
    answer = explain(record(german))
    assert "languages not assessed: de" in answer.out
    assert "left out: language (de) 0-" in answer.out
    assert "no alert: All that the author wrote is in a language that is not assessed (de)." in answer.out


def test_attachments_are_said_to_be_unread(frontdoor, folder, letter):
    mail = letter().replace(
        b"Content-Type: text/plain", b'Content-Disposition: attachment; filename="q.txt"\nContent-Type: text/plain'
    )
    (folder / "a.eml").write_bytes(mail)
    assert "attachments, not read: q.txt" in frontdoor("explain", *OURS, "a.eml").out


@pytest.mark.parametrize("wanted", ["m@x.example", "<m@x.example>"])
def test_one_message_is_picked_by_its_id(explain, wanted):
    answer = explain(record(), record(ORDINARY, id="m@x.example"), form="jsonl", options=("--id", wanted))
    assert answer.status == 0
    assert [row["id"] for row in answer.rows] == ["m@x.example"]


def test_an_unknown_id_is_one_clear_line(explain):
    answer = explain(record(), options=("--id", "r9"))
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "frontdoor: no message here has the id r9; `frontdoor scan` lists the ids\n"


def test_what_is_no_message_is_refused_and_the_rest_is_explained(explain):
    answer = explain("[1]", record(), form="jsonl")
    assert answer.status == 3
    assert answer.err.startswith("refused: a.jsonl")
    assert [row["id"] for row in answer.rows] == ["r1"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["a.jsonl"], "which domains are yours"),
        ([*OURS], "paths"),
        ([*OURS, "--policy", "nonsense", "a.jsonl"], "quiet, balanced, vigilant"),
        ([*OURS, "--context", "none", "a.jsonl"], "does not exist"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_says_what_is_wrong(frontdoor, folder, arguments, why):
    (folder / "a.jsonl").write_text(record(), "utf-8")
    answer = frontdoor("explain", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert why in " ".join(answer.err.replace("│", "").split())


def test_words_of_a_mail_never_steer_the_terminal(explain):
    answer = explain(record(f"\x1b[2J{LEAK}\u202e", id="r\x1b[31m\u202e\nmedium", subject="\x1b[31mRe"))
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert answer.out.splitlines()[0].endswith("medium  outbound")


def test_standard_input_is_explained(frontdoor):
    answer = frontdoor("explain", *OURS, "-", stdin=record(NOTHING).encode())
    assert answer.out.startswith("r1  outbound")
