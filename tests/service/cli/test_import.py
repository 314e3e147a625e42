"""`frontdoor import`: files into the database, once, however often and in however many pieces it is run."""

import mailbox
import signal
import sqlite3

import pytest

from tests.service.cli.program import LEAK, ORDINARY


@pytest.fixture
def box(folder, letter):
    """Write a mailbox of these texts; more texts are added behind."""

    def write(*texts):
        file = mailbox.mbox(folder / "mail.mbox")
        for text in texts:
            file.add(letter(text))
        file.close()
        return "mail.mbox"

    return write


def stored(folder, table="message"):
    with sqlite3.connect(folder / "frontdoor-data" / "frontdoor.db") as connection:
        [(count,)] = connection.execute(f"SELECT count(*) FROM {table}")
    connection.close()
    return count


def summary(answer):
    return answer.err.splitlines()[-1]


def test_what_was_read_and_raised_is_summed_up(frontdoor, installed, box):
    answer = frontdoor("import", box(ORDINARY, LEAK, ORDINARY))
    assert (answer.status, answer.out) == (0, "")
    assert summary(answer) == "3 messages read, 3 new in scope, 1 alerts, 0 refused"


def test_a_second_import_changes_nothing(frontdoor, installed, folder, box):
    name = box(ORDINARY, LEAK)
    frontdoor("import", name)
    assert summary(frontdoor("import", name)) == "0 messages read, 0 new in scope, 0 alerts, 0 refused"
    again = frontdoor("import", "--source", "another name", folder / name)
    assert summary(again) == "2 messages read, 0 new in scope, 0 alerts, 0 refused"
    assert (stored(folder), stored(folder, "alert")) == (2, 1)


def test_what_was_added_to_a_file_is_read_and_no_more(frontdoor, installed, box):
    frontdoor("import", box(ORDINARY, ORDINARY))
    assert summary(frontdoor("import", box(LEAK))).startswith("1 messages read, 1 new in scope, 1 alerts")


def test_the_same_file_twice_in_one_call_is_read_once(frontdoor, installed, box):
    name = box(ORDINARY, LEAK)
    assert ", 2 new in scope, 1 alerts" in summary(frontdoor("import", name, name))


def test_messages_between_ourselves_are_read_and_not_kept(frontdoor, installed, folder, letter):
    (folder / "a.eml").write_bytes(letter(LEAK, to="ann@ourco.example"))
    assert summary(frontdoor("import", "a.eml")) == "1 messages read, 0 new in scope, 0 alerts, 0 refused"
    assert stored(folder) == 0


def test_standard_input_is_read(frontdoor, installed, letter):
    assert "1 new in scope, 1 alerts" in summary(frontdoor("import", "-", stdin=letter(LEAK)))


def test_refusals_are_named_and_make_the_status_3(frontdoor, installed, folder, box):
    (folder / "noise.bin").write_bytes(bytes(range(256)))
    answer = frontdoor("import", "none.eml", "noise.bin", box(LEAK))
    assert answer.status == 3
    assert [line.partition(":")[0] for line in answer.err.splitlines()[:2]] == ["refused", "refused"]
    assert summary(answer) == "1 messages read, 1 new in scope, 1 alerts, 2 refused"


def test_an_import_that_is_interrupted_goes_on_where_it_stopped(started, frontdoor, installed, folder, box):
    count = 3000  # so many that the signal comes in time on a busy machine, too
    name = box(*[ORDINARY] * (count - 1), LEAK)
    running = started("import", "--verbose", name)
    running.says("read import: .* new in scope")
    assert running.stop(signal.SIGINT) == 130
    assert not any("Traceback" in line for line in running.lines if line)
    before = stored(folder)
    assert 0 < before < count
    rest = frontdoor("import", name)
    assert summary(rest).startswith(f"{count - before} messages read, {count - before} new in scope, 1 alerts")
    assert stored(folder) == count
