import os
import struct
import zipfile
from pathlib import Path

import pytest

from connectors import ConnectorError
from connectors.files import slack_archive
from connectors.files.slack_export import is_slack_export
from tests.connectors.files.slack_exports import (
    USERS,
    as_folder,
    as_zip,
    drain,
    files,
    refusals,
    said,
    texts,
)


@pytest.mark.parametrize(
    "made",
    [
        {},
        {"users.json": USERS},
        {"general/2024-05-01.json": []},
        {"users.json": USERS, "general/notes.json": []},
        {"users.json": USERS, "2024-05-01.json": []},
        {"users.json": USERS, "general/2024-05-01.txt": b""},
        {"users.json.bak": USERS, "general/2024-05-01.json": []},
        {"mail/cur/1.eml": b"From: a@ourco.example\n\nhello", "users.json/x": b""},
    ],
)
@pytest.mark.parametrize("pack", [as_folder, as_zip])
def test_what_is_no_export_is_not_taken_for_one(tmp_path, pack, made):
    (tmp_path / "x").mkdir()
    assert not is_slack_export(pack(tmp_path / "x", made))


@pytest.mark.parametrize("data", [b"", b"From a@ourco.example\n", b"PK\x03\x04 no zip", b"PK\x05\x06" + bytes(17)])
def test_a_file_that_is_no_zip_is_no_export(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    assert not is_slack_export(tmp_path / "x.zip")
    with pytest.raises(ConnectorError, match="is no Slack export"):
        drain(tmp_path / "x.zip")


def test_nothing_is_no_export(tmp_path):
    assert not is_slack_export(tmp_path / "missing")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"", "not JSON (line 1, column 1)"),
        (b'[{"text": "our budget is 40k",', "not JSON (line 1, column 31)"),
        (b'{"text": "our budget is 40k"}', "not a list"),
        (b"\xff\xfe\xff", "not JSON (UnicodeDecodeError)"),
        (b"[" * 100_000, "not JSON (RecursionError)"),
        (b"[" + b"9" * 5_000 + b"]", "not JSON (ValueError)"),
    ],
)
@pytest.mark.parametrize("pack", [as_folder, as_zip])
def test_a_broken_day_is_one_refusal_and_the_others_are_read(tmp_path, pack, broken, why):
    days = {"2024-05-01": [said("before")], "2024-05-02": broken, "2024-05-03": [said("after", at=1)]}
    batches = drain(pack(tmp_path / "x", files(ext_norvik=days)))
    assert texts(batches) == ["before", "after"]
    assert refusals(batches) == [("2024-05-02.json", why)]


@pytest.mark.parametrize("name", ["users.json", "channels.json", "dms.json"])
def test_a_broken_index_is_one_refusal_and_the_talk_is_read(tmp_path, name):
    path = as_folder(tmp_path, files(ext_norvik=[said("hello")]) | {name: b"{"})
    batches = drain(path)
    assert texts(batches) == ["hello"]
    assert refusals(batches) == [(name, "not JSON (line 1, column 2)")]


def test_a_broken_message_is_refused_by_its_number(tmp_path):
    talk = [said("before"), said("x", edited={"ts": 5}), None, said("after", at=1), {"type": "message"}]
    batches = drain(as_folder(tmp_path, files(ext_norvik=talk)))
    assert texts(batches) == ["before", "after"]
    assert refusals(batches) == [
        ("2024-05-01.json#2", "ts is missing or malformed"),
        ("2024-05-01.json#3", "not a JSON object"),
        ("2024-05-01.json#5", "ts is missing or malformed"),
    ]


def test_a_day_mended_after_it_was_refused_is_read(tmp_path):
    path = as_folder(tmp_path, files(ext_norvik=b"["))
    (batch,) = drain(path)
    as_folder(tmp_path, files(ext_norvik=[said("hello")]))
    assert texts(drain(path, {batch.stream: batch.cursor})) == ["hello"]


def test_a_bomb_is_refused_unread(tmp_path):
    bomb = b"[" + b" " * 20 * 2**20 + b"]"
    path = as_zip(tmp_path, files(ext_norvik={"2024-05-01": bomb, "2024-05-02": [said("hello")]}))
    batches = drain(path)
    assert texts(batches) == ["hello"]
    assert refusals(batches) == [("2024-05-01.json", "packed so tightly that it must be a trap")]


@pytest.mark.parametrize("pack", [as_folder, as_zip])
def test_a_day_beyond_all_measure_is_refused_unread(tmp_path, pack, monkeypatch):
    monkeypatch.setattr(slack_archive, "_LARGEST_RATIO", 10**9)
    monkeypatch.setattr("connectors.files.slack_export.LARGEST_DAY", 2**20)
    large = b"[" + b" " * 2**20 + b"]"
    batches = drain(pack(tmp_path / "x", files(ext_norvik={"2024-05-01": large, "2024-05-02": [said("hello")]})))
    assert texts(batches) == ["hello"]
    assert refusals(batches) == [("2024-05-01.json", "larger than 1 MB")]


def test_a_zip_that_lies_about_a_size_is_refused(tmp_path):
    path = as_zip(tmp_path, files(ext_norvik=[said("hello " * 100)]))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("ext-norvik/2024-05-01.json").file_size
    data = data.replace(struct.pack("<I", size), struct.pack("<I", 10))
    path.write_bytes(data)
    assert refusals(drain(path)) == [("2024-05-01.json", "can't be unpacked (BadZipFile)")]


def test_an_encrypted_entry_is_refused(tmp_path):
    path = as_zip(tmp_path, files(ext_norvik=[said("hello")]))
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02", data.rindex(b"mpims.json"))
    data[at + 8] |= 1
    path.write_bytes(data)
    assert refusals(drain(path)) == [("2024-05-01.json", "can't be unpacked (RuntimeError)")]


def test_odd_names_break_nothing(tmp_path):
    odd = {
        "../../etc/2024-05-01.json": [said("up")],
        "/root/2024-05-01.json": [said("absolute", at=1)],
        "a\nb/2024-05-01.json": [said("lines", at=2)],
        "FC:F1:notes/2024-05-01.json": [said("canvas", at=3)],
        "kanäle-日本/2024-05-01.json": [said("letters", at=4)],
        "deep/er/2024-05-01.json": [said("deep", at=5)],
        "__MACOSX/ext/._2024-05-01.json": b"\0\5\x16\7",
        "x/2024-13-99.json": [said("no such day", at=6)],
    }
    path = as_zip(tmp_path, files() | odd)
    assert is_slack_export(path)
    batches = drain(path)
    assert sorted(texts(batches)) == ["absolute", "canvas", "deep", "letters", "lines", "no such day", "up"]
    assert all("\n" not in message.subject for batch in batches for message in batch.messages)
    assert list(tmp_path.iterdir()) == [path]


def test_links_in_circles_and_pipes_break_nothing(tmp_path):
    path = as_folder(tmp_path / "x", files(ext_norvik=[said("hello")]))
    (path / "circle").symlink_to(path)
    os.mkfifo(path / "ext-norvik" / "2024-05-02.json")
    (path / "ext-norvik" / "2024-05-03.json").symlink_to(tmp_path / "missing")
    assert texts(drain(path)) == ["hello"]


def test_a_name_that_is_no_text_is_refused_in_readable_words(tmp_path):
    path = as_folder(tmp_path, files(ext_norvik=[said("hello")]))
    folder = os.fsencode(path) + b"/caf\xe9"
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/2024-05-01.json")).write_bytes(b"{")
    ((where, _),) = [(one.where, one.why) for batch in drain(path) for one in batch.refusals]
    where.encode()
