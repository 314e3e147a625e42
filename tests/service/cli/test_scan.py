"""`frontdoor scan`: one row a message on standard output, refusals on standard error, status 3 when there were any."""

import json
import mailbox
import os
import shlex
import subprocess

import pytest

from tests.service.cli.program import LEAK, ORDINARY, PROGRAM

OURS = ("--own-domain", "ourco.example")
RECORD = {"id": "r1", "channel": "email", "from": "jo@ourco.example", "to": ["bo@norvik.example"], "subject": "Order"}


def record(text=LEAK, **changes):
    return json.dumps(RECORD | {"text": text} | changes)


@pytest.fixture
def scan(frontdoor):
    def run(*arguments, **options):
        return frontdoor("scan", *OURS, "--format", "jsonl", *arguments, **options)

    return run


def test_every_message_gets_a_row_in_the_order_of_the_files_also_without_findings(scan, folder, letter):
    (folder / "b.eml").write_bytes(letter())
    (folder / "a.jsonl").write_text(f"{record()}\n{record(ORDINARY, id='r2')}\n", "utf-8")
    answer = scan("b.eml", "a.jsonl", "b.eml")
    assert answer.status == 0
    assert answer.err == ""
    assert [row["id"] for row in answer.rows] == ["1@ourco.example", "r1", "r2", "1@ourco.example"]
    assert [row["alert"] for row in answer.rows] == [False, True, False, False]
    assert answer.rows[0]["findings"] == []


def test_a_finding_shows_words_that_its_offsets_cut_from_the_text(scan, folder):
    text = f"Grüße ☃,\n{LEAK}"
    (folder / "a.jsonl").write_text(record(text), "utf-8")
    [row] = scan("a.jsonl", "--with-text").rows
    [finding] = row["findings"]
    assert finding["label"] == "budget"
    assert finding["quote"] == text[finding["start"] : finding["end"]]
    assert row["text"] == text


def test_offsets_in_a_mail_index_the_text_that_is_printed_with_it(scan, folder, letter):
    (folder / "a.eml").write_bytes(letter(f"Hello,\n\n{LEAK}"))
    [row] = scan("a.eml", "--with-text").rows
    assert row["subject"] == "Order"
    for finding in row["findings"]:
        assert finding["quote"] == row["text"][finding["start"] : finding["end"]]
    assert "text" not in scan("a.eml").rows[0]


def test_a_finding_in_the_subject_names_its_part(scan, folder):
    (folder / "a.jsonl").write_text(record("See above.", subject=LEAK), "utf-8")
    [row] = scan("a.jsonl").rows
    [finding] = row["findings"]
    assert finding["part"] == "subject"
    assert finding["quote"] == LEAK[finding["start"] : finding["end"]]


@pytest.mark.parametrize(
    ("changes", "direction"),
    [
        ({}, "outbound"),
        ({"direction": "inbound"}, "outbound"),
        ({"from": "bo@norvik.example", "to": ["jo@ourco.example"]}, "inbound"),
        ({"from": "jo@eu.ourco.example"}, "outbound"),
        ({"from": "jo@notourco.example", "to": ["jo@ourco.example"]}, "inbound"),
        ({"to": ["ann@ourco.example"]}, "internal"),
    ],
)
def test_the_direction_follows_from_the_addresses_alone(scan, folder, changes, direction):
    (folder / "a.jsonl").write_text(record(**changes), "utf-8")
    assert scan("a.jsonl").rows[0]["direction"] == direction


def test_internal_messages_are_judged_too(scan, folder):
    text = "Don't tell procurement, I'll inform them once it's signed."
    (folder / "a.jsonl").write_text(record(text, to=["ann@ourco.example"]), "utf-8")
    [row] = scan("a.jsonl").rows
    assert row["direction"] == "internal"
    assert row["alert"]


@pytest.mark.parametrize("domain", ["ourco.example", "OURCO.example", "@ourco.example", ".ourco.example"])
def test_an_own_domain_may_be_written_in_many_ways(frontdoor, folder, domain):
    (folder / "a.jsonl").write_text(record(), "utf-8")
    assert "outbound" in frontdoor("scan", "--own-domain", domain, "a.jsonl").out


def test_ids_are_the_records_else_the_message_ids_else_the_place(scan, folder):
    bare = {key: value for key, value in RECORD.items() if key != "id"} | {"text": ORDINARY}
    rows = [RECORD | {"text": ORDINARY}, bare | {"message_id": "<m@x.example>"}, bare]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert [row["id"] for row in scan("a.jsonl").rows] == ["r1", "m@x.example", "a.jsonl#3"]


def test_standard_input_takes_records_a_mail_and_a_mailbox(scan, folder, letter):
    box = mailbox.mbox(folder / "box")
    box.add(letter())
    box.add(letter())
    box.close()
    for stdin, count in (
        (f"{record()}\n{record()}\n".encode(), 2),
        (letter(), 1),
        ((folder / "box").read_bytes(), 2),
    ):
        answer = scan("-", stdin=stdin)
        assert (answer.status, len(answer.rows)) == (0, count)


def test_attachments_are_listed(scan, folder, letter):
    mail = letter().replace(
        b"Content-Type: text/plain", b'Content-Disposition: attachment; filename="q.txt"\nContent-Type: text/plain'
    )
    (folder / "a.eml").write_bytes(mail)
    [row] = scan("a.eml").rows
    assert [file["name"] for file in row["attachments"]] == ["q.txt"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("missing.eml", None, "there is no such file"),
        ("empty.mbox", b"", "it is empty"),
        ("noise.bin", bytes(range(256)) * 9, "neither a mail"),
        ("noise.eml", bytes(range(128, 256)) * 9, "no mail header"),
        ("outlook.msg", b"\xd0\xcf\x11\xe0", "Outlook"),
        ("cut.zip", b"PK\x03\x04 cut off", "zip"),
        ("text.jsonl", b'{"id": "a", "from": "x@y.example", "text": 5}', "text is no text"),
        ("list.jsonl", b"[1]", "no JSON object"),
        ("half.jsonl", b'{"id": "a", "fr', "no JSON"),
        ("deep.jsonl", b"[" * 50_000, "no JSON"),
    ],
)
def test_what_is_no_message_is_refused_with_its_reason_and_the_rest_is_judged(scan, folder, name, content, why):
    if content is not None:
        (folder / name).write_bytes(content)
    (folder / "good.jsonl").write_text(record(), "utf-8")
    answer = scan(name, "good.jsonl")
    assert answer.status == 3
    assert [row["id"] for row in answer.rows] == ["r1"]
    [line] = answer.err.splitlines()
    assert line.startswith(f"refused: {name}")
    assert why in line


def test_a_file_that_may_not_be_read_is_refused_and_the_rest_is_judged(scan, folder):
    # Even root can't read this one.
    (folder / "good.jsonl").write_text(record(), "utf-8")
    answer = scan("/proc/self/mem", "good.jsonl")
    assert (answer.status, len(answer.rows)) == (3, 1)
    assert answer.err.startswith("refused: /proc/self/mem")


def test_a_pipe_is_refused_rather_than_waited_for(scan, folder):
    os.mkfifo(folder / "pipe")
    answer = scan("pipe")
    assert answer.status == 3
    assert "standard input" in answer.err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["a.jsonl"], "which domains are yours"),
        (["--own-domain", "", "a.jsonl"], "which domains are yours"),
        ([*OURS], "paths"),
        ([*OURS, "--policy", "nonsense", "a.jsonl"], "quiet, balanced, vigilant"),
        ([*OURS, "--policy", "none.toml", "a.jsonl"], "no policy file"),
        ([*OURS, "--context", "none", "a.jsonl"], "does not exist"),
        ([*OURS, "--format", "xml", "a.jsonl"], "jsonl"),
        ([*OURS, "-x.eml"], "No such option"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_says_what_is_wrong(frontdoor, folder, arguments, why):
    (folder / "a.jsonl").write_text(record(), "utf-8")
    answer = frontdoor("scan", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert why in " ".join(answer.err.replace("│", "").split())


def test_a_policy_file_that_is_broken_is_one_line(frontdoor, folder):
    (folder / "p.toml").write_text("threshold = [", "utf-8")
    answer = frontdoor("scan", *OURS, "--policy", "p.toml", "a.jsonl")
    assert answer.status == 1
    assert answer.err.startswith("frontdoor: policy p:")
    assert len(answer.err.splitlines()) == 1


def test_a_policy_of_ones_own_decides_what_raises_an_alert(scan, folder):
    (folder / "p.toml").write_text("threshold = 100\n[weights]\nbudget = 0.1\n[severity]\ninformational = 0\n", "utf-8")
    (folder / "a.jsonl").write_text(record(), "utf-8")
    [row] = scan("--policy", "./p.toml", "a.jsonl").rows
    assert (row["policy"], row["alert"], row["findings"]) == ("p", False, [])


def test_own_domains_come_from_the_configuration_where_none_is_said(frontdoor, folder, installed):
    (folder / "a.jsonl").write_text(record(), "utf-8")
    assert "outbound" in frontdoor("scan", "a.jsonl").out


def test_the_text_form_shows_severity_direction_and_words(frontdoor, folder):
    (folder / "a.jsonl").write_text(f"{record()}\n{record(ORDINARY, id='r2')}", "utf-8")
    lines = frontdoor("scan", *OURS, "a.jsonl").out.splitlines()
    assert lines[0].split()[-2:] == ["outbound", "r1"]
    assert "“" in lines[1]
    assert "85,000 euros" in lines[1]
    assert lines[-1].split() == ["-", "outbound", "r2"]


def test_words_of_a_mail_never_steer_the_terminal(frontdoor, folder):
    (folder / "a.jsonl").write_text(record(f"\x1b[2J{LEAK}", id="r\x1b[31m\u202e\nmedium"), "utf-8")
    out = frontdoor("scan", *OURS, "--with-text", "a.jsonl").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert len(out.splitlines()) == 3


def test_json_is_utf_8_and_text_is_readable_whatever_the_locale(folder):
    (folder / "a.jsonl").write_text(record(f"Grüße ☃. {LEAK}"), "utf-8")
    for form, shown in (("jsonl", "Grüße ☃"), ("text", r"Gr\xfc\xdfe \u2603")):
        answer = _program(folder, *OURS, "--with-text", "--format", form, "a.jsonl", PYTHONIOENCODING="ascii")
        assert answer.returncode == 0
        assert shown in answer.stdout.decode()


def test_a_reader_that_goes_away_ends_the_scan_without_a_word(folder):
    (folder / "a.jsonl").write_text("\n".join(record() for _ in range(600)), "utf-8")
    script = shlex.join([*PROGRAM, "scan", *OURS, "--format", "jsonl", "a.jsonl"]) + " | head -1"
    ended = subprocess.run(["/bin/sh", "-c", script], cwd=folder, capture_output=True, check=True)
    assert json.loads(ended.stdout)["id"] == "r1"
    assert ended.stderr == b""


def _program(folder, *arguments, **environment):
    return subprocess.run(
        [*PROGRAM, "scan", *arguments], cwd=folder, env=os.environ | environment, capture_output=True, check=False
    )
