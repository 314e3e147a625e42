import gzip
import io
import json
import os
import shutil
import threading
import time
import zipfile
from pathlib import Path

import pytest

from connectors import ConnectorError
from connectors.files import Files
from tests.connectors.files.samples import mail, mbox, read, records, write


@pytest.mark.parametrize(
    ("name", "data", "ids"),
    [
        ("a.eml", mail("a"), ["a@x"]),
        ("a.EML", mail("a"), ["a@x"]),
        ("a.eml.gz", gzip.compress(mail("a")), ["a@x"]),
        ("a.mbox", mbox("a", "b"), ["a@x", "b@x"]),
        ("a.mbox.gz", gzip.compress(mbox("a", "b")), ["a@x", "b@x"]),
        ("a.jsonl", records("a", "b"), ["a", "b"]),
        ("a.jsonl.gz", gzip.compress(records("a", "b")), ["a", "b"]),
        ("Inbox", mbox("a"), ["a@x"]),
        ("1.", mail("a"), ["a@x"]),
        ("dump", b" \n" + records("a"), ["a"]),
        ("dump.gz", gzip.compress(records("a")), ["a"]),
        ("bom.jsonl", b"\xef\xbb\xbf" + records("a"), ["a"]),
        ("blank.jsonl", b"\n\n" + records("a") + b"\n\n" + records("b"), ["a", "b"]),
        ("open.jsonl", records("a", "b")[:-1], ["a", "b"]),
    ],
)
def test_a_file_is_what_its_name_or_its_content_says(tmp_path, name, data, ids):
    assert read(write(tmp_path / name, data))[:2] == (ids, [])


def test_a_mail_without_an_id_goes_by_its_place(tmp_path):
    path = write(tmp_path / "a.mbox", mbox("a") + b"From b@x.example 10:00 2026\nFrom: b@x.example\n\nhi\n")
    assert read(path)[0] == ["a@x", f"{path}#2"]


def test_an_escaped_line_is_read_as_it_was_written(tmp_path):
    path = write(tmp_path / "a.mbox", b"From a 10:00 2026\nFrom: a@x.example\n\n>From here\n>>From there\n\n")
    (batch,) = Files([path]).batches({})
    assert batch.messages[0].text == "From here\n>From there\n"


@pytest.fixture
def export(tmp_path):
    users = [{"id": "U1", "team_id": "T1", "name": "jane", "profile": {"email": "jane@ourco.example"}}]
    day = [{"type": "message", "user": "U1", "text": "hello", "ts": "1772532000.000100"}]
    write(tmp_path / "export" / "users.json", json.dumps(users).encode())
    write(tmp_path / "export" / "channels.json", json.dumps([{"id": "C1", "name": "ext", "members": ["U1"]}]).encode())
    write(tmp_path / "export" / "ext" / "2026-03-03.json", json.dumps(day).encode())
    return tmp_path / "export"


def test_a_slack_export_is_read_as_a_folder_and_as_a_zip(tmp_path, export):
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(export.rglob("*.json")):
            archive.write(path, path.relative_to(export))
    for path in (export, packed):
        batches = list(Files([path]).batches({}))
        assert [message.text for batch in batches for message in batch.messages] == ["hello"]
        assert list(Files([path]).batches({batch.stream: batch.cursor for batch in batches})) == []


def test_the_domain_of_our_people_in_an_export_is_known(export, tmp_path):
    assert Files([export]).own_domain
    assert Files([tmp_path / "missing", Path("-"), write(tmp_path / "a.eml", mail("a"))]).own_domain == ""


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (records("a", "b"), ["a", "b"]),
        (b"\n " + records("a"), ["a"]),
        (mbox("a", "b"), ["a@x", "b@x"]),
        (mail("a"), ["a@x"]),
        (gzip.compress(mbox("a")), ["a@x"]),
    ],
)
def test_standard_input_is_told_by_how_it_begins(data, ids):
    assert read(Path("-"), stdin=io.BytesIO(data))[:2] == (ids, [])


@pytest.mark.parametrize(
    ("stdin", "where", "why"),
    [
        (io.BytesIO(b""), "-", "it is empty"),
        (io.BytesIO(b"\0\1\2"), "-#1", "it has no mail header"),
        (None, "-", "there is no standard input here"),
    ],
)
def test_standard_input_that_holds_nothing_is_refused(stdin, where, why):
    assert read(Path("-"), stdin=stdin)[1] == [(where, why)]


def test_a_name_in_no_charset_is_shown_and_read(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.eml")
    write(Path(path), b"From: a@x.example\n\nhello")
    ids, refusals, cursors = read(Path(path))
    assert refusals == []
    assert ids == [f"{tmp_path}/b\\xff.eml#1"]
    assert all(stream.encode() for stream in cursors)


def test_check_says_what_would_be_read(tmp_path, export):
    write(tmp_path / "more" / "a.eml", mail("a"))
    write(tmp_path / "more" / "b.eml", mail("b"))
    write(tmp_path / "more" / "c.mbox", mbox("c"))
    write(tmp_path / "more" / "d.png", b"\x89PNG")
    files = Files([tmp_path / "more", export, Path("-")])
    assert files.check() == "Slack exports: 1, mails: 2, mbox files: 1, standard input: 1, unreadable: 1"


def test_check_fails_with_advice_when_there_is_nothing(tmp_path):
    with pytest.raises(ConnectorError, match="there is no such file"):
        Files([tmp_path / "missing"]).check()
    with pytest.raises(ConnectorError, match="no path is given"):
        Files([]).check()


def test_wait_ends_with_the_time_or_with_the_stop():
    stop = threading.Event()
    files = Files([])
    start = time.monotonic()
    files.wait(0.01, stop)
    stop.set()
    files.wait(60, stop)
    assert time.monotonic() - start < 5
    files.close()
    files.close()


def test_a_file_that_is_deleted_before_it_is_read_is_refused(tmp_path):
    write(tmp_path / "a.mbox", mbox("a"))
    write(tmp_path / "b.mbox", mbox("b"))
    batches = Files([tmp_path]).batches({})
    assert [message.id for message in next(batches).messages] == ["a@x"]
    shutil.rmtree(tmp_path)
    assert [batch.refusals[0].why for batch in batches] == ["there is no such file"]
