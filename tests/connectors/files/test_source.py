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

MAIL = "From: {0}@x.example\nMessage-ID: <{0}@x>\nSubject: s\n\nhello {0}\n"


def mail(name):
    return MAIL.format(name).encode()


def mbox(*names):
    return b"".join(b"From a@x.example Tue Mar  3 10:00:00 2026\n" + mail(name) + b"\n" for name in names)


def records(*names):
    return b"".join(json.dumps({"id": name, "from": "a@x.example", "text": name}).encode() + b"\n" for name in names)


def read(*paths, cursors=None, stdin=None):
    """Read to the end; return the ids, the refusals and the cursors behind them."""
    ids, refusals, behind = [], [], dict(cursors or {})
    for batch in Files(paths, stdin=stdin).batches(behind.copy()):
        ids += [message.id for message in batch.messages]
        refusals += [(refusal.where, refusal.why) for refusal in batch.refusals]
        behind[batch.stream] = batch.cursor
    return ids, refusals, behind


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# What a file is


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


# Refusals


@pytest.mark.parametrize(
    ("name", "data", "place", "why"),
    [
        ("a.eml", b"", "", "it is empty"),
        ("a.jsonl", b"", "", "it is empty"),
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
    ids=range(21),
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


# Going on


def test_reading_again_yields_nothing_new(tmp_path):
    write(tmp_path / "a.eml", mail("a"))
    write(tmp_path / "b.mbox", mbox("b"))
    write(tmp_path / "c.jsonl", records("c") + b"junk\n")
    write(tmp_path / "d.jsonl.gz", gzip.compress(records("d")))
    ids, refusals, cursors = read(tmp_path)
    assert ids == ["a@x", "b@x", "c", "d"]
    assert len(refusals) == 1
    assert read(tmp_path, cursors=cursors)[:2] == ([], [])


@pytest.mark.parametrize("name", ["a.mbox", "a.jsonl", "a.mbox.gz", "a.jsonl.gz"])
def test_reading_goes_on_behind_any_batch(tmp_path, name):
    names = [f"m{number}" for number in range(350)]
    data = mbox(*names) if "mbox" in name else records(*names)
    path = write(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)
    expected = [f"{one}@x" for one in names] if "mbox" in name else names
    batches = list(Files([path]).batches({}))
    assert [len(batch.messages) for batch in batches] == [100, 100, 100, 50]
    assert batches[-1].done == batches[-1].total == path.stat().st_size
    for number, batch in enumerate(batches, 1):
        ids, _, _ = read(path, cursors={str(path): batch.cursor})
        assert ids == expected[number * 100 :]


def test_the_numbers_of_places_go_on_too(tmp_path):
    path = write(tmp_path / "a.jsonl", records(*"ab"))
    cursors = read(path)[2]
    path.write_bytes(records(*"ab") + b"junk\n")
    assert read(path, cursors=cursors)[1] == [(f"{path}#3", "it is no JSON")]


@pytest.mark.parametrize(
    ("name", "before", "after", "ids"),
    [
        ("a.mbox", mbox("a"), mbox("a", "b"), ["b@x"]),
        ("a.mbox", mbox("a")[:-1], mbox("a")[:-1] + b"\n" + mbox("b"), ["b@x"]),
        ("a.mbox", mbox("a", "b")[:-8], mbox("a", "b", "c"), ["b@x", "c@x"]),  # it was being written
        ("a.jsonl", records("a"), records("a", "b"), ["b"]),
        ("a.jsonl", records("a")[:-1], records("a", "b"), ["a", "b"]),
        ("a.jsonl", records("a", "b")[:-9], records("a", "b", "c"), ["b", "c"]),  # it was being written
        ("a.jsonl.gz", gzip.compress(records("a")), gzip.compress(records("a")) + gzip.compress(records("b")), ["b"]),
        ("a.mbox", mbox("a", "b"), mbox("b"), ["b@x"]),  # replaced by a shorter one
        ("a.jsonl", records("a"), records("x", "y"), ["x", "y"]),  # replaced by a longer one
        (
            "a.mbox",
            mbox(*"abcdefghijklmnop"),
            mbox(*"abcdefghjklmnopqrst"),
            [f"{one}@x" for one in "abcdefghjklmnopqrst"],
        ),
        ("a.eml", mail("a"), mail("b"), ["b@x"]),
        ("a.eml", mail("a"), mail("a") + b"more\n", ["a@x"]),
    ],
)
def test_a_file_that_grew_is_read_on_and_one_that_was_replaced_is_read_again(tmp_path, name, before, after, ids):
    path = write(tmp_path / name, before)
    cursors = read(path)[2]
    path.write_bytes(after)
    assert read(path, cursors=cursors)[0] == ids


@pytest.mark.parametrize("cursor", ["junk", "[]", '{"at":"x"}', '{"at":-5}', '{"who":1}', '{"at":true}', "5"])
def test_a_cursor_that_is_none_means_the_beginning(tmp_path, cursor):
    one = write(tmp_path / "a.jsonl", records("a"))
    write(tmp_path / "b" / "b.eml", mail("b"))
    assert read(one, cursors={str(one): cursor})[0] == ["a"]
    assert read(tmp_path / "b", cursors={str(tmp_path / "b"): cursor})[0] == ["b@x"]


def test_a_file_that_cannot_be_read_for_a_while_keeps_its_cursor(tmp_path):
    path = write(tmp_path / "a.jsonl", records("a"))
    cursors = read(path)[2]
    path.unlink()
    _, refusals, behind = read(path, cursors=cursors)
    assert refusals == [(str(path), "there is no such file")]
    assert behind == cursors


def test_batches_are_bounded_in_bytes_too(tmp_path):
    big = [json.dumps({"id": str(number), "from": "a@x.example", "text": "x" * 3_000_000}) for number in range(6)]
    path = write(tmp_path / "a.jsonl", "\n".join(big).encode())
    assert [len(batch.messages) for batch in Files([path]).batches({})] == [3, 3]


# Folders


def test_a_folder_is_read_by_name_and_to_its_depth(tmp_path):
    write(tmp_path / "b.eml", mail("b"))
    write(tmp_path / "a.eml", mail("a"))
    write(tmp_path / "x.mbox", mbox("x"))
    write(tmp_path / "deep" / "er" / "c.eml", mail("c"))
    write(tmp_path / "deep" / "d.jsonl", records("d"))
    write(tmp_path / ".hidden" / "e.eml", mail("e"))
    write(tmp_path / ".DS_Store", b"\0\0")
    assert read(tmp_path)[:2] == (["a@x", "b@x", "x@x", "d", "c@x"], [])


def test_a_mail_that_comes_later_is_read_whatever_its_name(tmp_path):
    write(tmp_path / "m.eml", mail("m"))
    cursors = read(tmp_path)[2]
    write(tmp_path / "a.eml", mail("a"))
    write(tmp_path / "z.eml", mail("z"))
    ids, _, cursors = read(tmp_path, cursors=cursors)
    assert ids == ["a@x", "z@x"]
    assert read(tmp_path, cursors=cursors)[0] == []


def test_a_folder_is_read_on_behind_any_batch_also_when_mails_came_meanwhile(tmp_path):
    for number in range(250):
        write(tmp_path / f"{number:03}.eml", mail(f"m{number}"))
    first = next(Files([tmp_path]).batches({}))
    write(tmp_path / "000a.eml", mail("late"))
    ids, _, _ = read(tmp_path, cursors={str(tmp_path): first.cursor})
    assert ids == [*(f"m{number}@x" for number in range(100, 250)), "late@x"]


def test_links_to_folders_are_not_followed(tmp_path):
    write(tmp_path / "a.eml", mail("a"))
    (tmp_path / "loop").symlink_to(tmp_path)
    assert read(tmp_path)[:2] == (["a@x"], [(str(tmp_path / "loop"), "links to folders are not followed")])


@pytest.fixture
def maildir(tmp_path):
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    write(tmp_path / "box" / "dovecot-uidlist", b"3 V1\n")
    write(tmp_path / "box" / "tmp" / "0.x", b"From: unfinished")
    write(tmp_path / "box" / "cur" / "2.x:2,S", mail("two"))
    write(tmp_path / "box" / "new" / "1.x", mail("one"))
    write(tmp_path / "box" / ".Sent" / "cur" / "3.x:2,S", mail("sent"))
    return tmp_path / "box"


def test_a_maildir_is_read_by_name_with_its_folders(maildir):
    assert read(maildir)[:2] == (["one@x", "two@x", "sent@x"], [])


def test_an_empty_maildir_is_no_mistake(tmp_path):
    (tmp_path / "cur").mkdir()
    (tmp_path / "new").mkdir()
    assert read(tmp_path)[:2] == ([], [])


def test_a_mail_that_arrives_in_a_maildir_is_read(maildir):
    cursors = read(maildir)[2]
    write(maildir / "new" / "0.x", mail("zero"))
    assert read(maildir, cursors=cursors)[0] == ["zero@x"]


def test_a_mail_that_someone_reads_meanwhile_is_not_lost(maildir):
    for number in range(150):
        write(maildir / "new" / f"5.{number:03}", mail(f"m{number}"))
    batches = Files([maildir]).batches({})
    ids = [message.id for message in next(batches).messages]
    (maildir / "new" / "5.149").rename(maildir / "cur" / "5.149:2,S")
    (maildir / "new" / "5.148").unlink()
    refusals = []
    for batch in batches:
        ids += [message.id for message in batch.messages]
        refusals += batch.refusals
    assert ids == ["one@x", "two@x", *(f"m{number}@x" for number in range(150) if number != 148), "sent@x"]
    assert refusals == []


# Slack, standard input, and the rest of the protocol


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
