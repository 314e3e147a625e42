import pytest

from connectors.files import Files
from tests.connectors.files.samples import mail, mbox, read, records, write


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
    for number in range(350):
        write(tmp_path / f"{number:03}.eml", mail(f"m{number}"))
    first = next(Files([tmp_path]).batches({}))
    write(tmp_path / "000a.eml", mail("late"))
    ids, _, _ = read(tmp_path, cursors={str(tmp_path): first.cursor})
    assert ids == [*(f"m{number}@x" for number in range(200, 350)), "late@x"]


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
    for number in range(250):
        write(maildir / "new" / f"5.{number:03}", mail(f"m{number}"))
    batches = Files([maildir]).batches({})
    ids = [message.id for message in next(batches).messages]
    (maildir / "new" / "5.249").rename(maildir / "cur" / "5.249:2,S")
    (maildir / "new" / "5.248").unlink()
    refusals = []
    for batch in batches:
        ids += [message.id for message in batch.messages]
        refusals += batch.refusals
    assert ids == ["one@x", "two@x", *(f"m{number}@x" for number in range(250) if number != 248), "sent@x"]
    assert refusals == []
