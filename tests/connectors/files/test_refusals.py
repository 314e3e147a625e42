import gzip
import os
from pathlib import Path

import pytest

from tests.connectors.files.samples import mail, mbox, read, records, write


@pytest.mark.parametrize(
    ("name", "data", "place", "why"),
    [
        ("a.eml", b"", "", "it is empty"),
        ("a.jsonl", b"", "", "it is empty"),
        ("a.jsonl", b"\n \n", "", "it is empty"),
        ("a.mbox", b"\n\n", "", "it is empty"),
        ("a.mbox.gz", gzip.compress(b""), "", "it is empty"),
        ("a.eml", b"\x89PNG\r\n\0", "#1", "it has no mail header"),
        ("a.eml", b"Subject: x\n\n", "#1", "it has neither an author nor a body"),
        ("a.png", b"\x89PNG\r\n\0", "", "it is neither a mail, nor an mbox, nor JSON lines"),
        ("notes.txt", b"Agenda: prices", "", "it is neither a mail, nor an mbox, nor JSON lines"),
        ("a.msg", b"\xd0\xcf\x11\xe0", "", "it is an Outlook .msg file: save or export it as .eml"),
        ("a.pst", b"!BDN", "", "it is an Outlook data file: export its folders as .eml or .mbox"),
        ("a.zip", b"PK\5\6", "", "it is a zip file, but no Slack export"),
        ("a.jsonl", b"not json\n", "#1", "it is no JSON"),
        ("a.jsonl", b"\xff\xfe{\0", "", "it is UTF-16 text: save it as UTF-8"),
        ("a.jsonl", b"[]\n", "#1", "it is no JSON object"),
        ("a.jsonl", b'{"from": 1, "text": ""}\n', "#1", "from holds something that is no address"),
        ("a.jsonl", b"[" * 100_000 + b"\n", "#1", "it is no JSON"),
        ("a.jsonl", b"9" * 10_000 + b"\n", "#1", "it is no JSON"),
        ("a.jsonl", b'{"from": "\xff"}\n', "#1", "it is no JSON"),
        ("a.eml.gz", gzip.compress(mail("a"))[:-10], "", "its compressed data ends early"),
        ("a.mbox.gz", b"\x1f\x8bjunk", "", "its compressed data is damaged"),
        ("x" * 300, None, "", "file name too long"),
        ("missing.eml", None, "", "there is no such file"),
        ("nul\0.eml", None, "", "it has an impossible name"),
    ],
    ids=range(24),
)
def test_what_cannot_be_read_is_one_refusal_and_the_rest_is_read(tmp_path, name, data, place, why):
    path = tmp_path / name if data is None else write(tmp_path / name, data)
    ids, refusals, _ = read(path, write(tmp_path / "good.eml", mail("good")))
    assert ids == ["good@x"]
    assert refusals == [(f"{path}{place}".replace("\0", "\\x00"), why)]


def test_a_pipe_or_device_is_refused_without_waiting_for_it(tmp_path):
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)
    why = "it is no ordinary file: pass the data of a pipe by standard input, as -"
    assert read(pipe, Path("/dev/zero"))[1] == [(str(pipe), why), ("/dev/zero", why)]
    assert read(tmp_path)[1] == [(str(pipe), why)]


def test_a_folder_without_mails_is_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    assert read(tmp_path)[1] == [(str(tmp_path), "no mails in this folder")]


def test_bad_lines_are_refused_each_and_the_good_ones_read(tmp_path):
    path = write(tmp_path / "a.jsonl", records("a") + b"{\n" + records("b") + b"null\n")
    assert read(path)[:2] == (["a", "b"], [(f"{path}#2", "it is no JSON"), (f"{path}#4", "it is no JSON object")])


def test_a_broken_end_costs_the_end_alone(tmp_path):
    packed = gzip.compress(mbox(*(f"m{number}" for number in range(500))), compresslevel=0)[:-40_000]
    path = write(tmp_path / "a.mbox.gz", packed)
    ids, refusals, _ = read(path)
    assert len(ids) > 50
    assert refusals == [(str(path), "its compressed data ends early")]


def test_a_record_of_200_megabytes_is_refused_and_not_held(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(records("a"))
        for _ in range(200):
            file.write(b" " * 1024 * 1024)
        file.write(b"\n" + records("b"))
    assert read(path)[:2] == (["a", "b"], [(f"{path}#2", "it is larger than 64 MB")])


def test_a_mail_of_more_than_64_megabytes_is_refused_unread(tmp_path):
    path = write(tmp_path / "a.eml", b"")
    os.truncate(path, 65 * 1024 * 1024)
    assert read(tmp_path)[1] == [(str(path), "it is larger than 64 MB")]
    assert read(path)[1] == [(f"{path}#1", "it is larger than 64 MB")]


def test_a_refusal_says_nothing_of_the_content(tmp_path):
    path = write(tmp_path / "a.jsonl", b'{"secret": "twelve euros"\n{"from": ["twelve euros"], "text": 1}\n')
    assert not any("twelve" in where + why for where, why in read(path)[1])
