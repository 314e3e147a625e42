import gzip
import json

import pytest

from connectors.files import Files
from tests.connectors.files.samples import mail, mbox, read, records, write


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
    names = [f"m{number}" for number in range(550)]
    data = mbox(*names) if "mbox" in name else records(*names)
    path = write(tmp_path / name, gzip.compress(data) if name.endswith("gz") else data)
    expected = [f"{one}@x" for one in names] if "mbox" in name else names
    batches = list(Files([path]).batches({}))
    assert [len(batch.messages) for batch in batches] == [200, 200, 150]
    assert batches[-1].done == batches[-1].total == path.stat().st_size
    for number, batch in enumerate(batches, 1):
        ids, _, _ = read(path, cursors={str(path): batch.cursor})
        assert ids == expected[number * 200 :]


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
