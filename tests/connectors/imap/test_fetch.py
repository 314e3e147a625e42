"""Reading folders: what comes, once, in order, without a trace on the server."""

import logging
import re

import pytest

from connectors.imap import fetch
from connectors.imap.fetch import Place, place_in
from connectors.imap.session import View
from tests.fakes.letters import letter, letters


def ids(batches):
    return [message.id for batch in batches for message in batch.messages]


def numbered(first, last):
    return [f"{number}@supplier.example" for number in range(first, last + 1)]


def cursors(batches):
    return {batch.stream: batch.cursor for batch in batches}


def test_a_folder_is_read_whole_and_in_order(server, connect):
    server.deliver("INBOX", letters(120))
    batches = list(connect(server, batch_size=50).batches({}))
    assert ids(batches) == numbered(1, 120)
    assert [len(batch.messages) for batch in batches] == [50, 50, 20]
    assert {batch.stream for batch in batches} == {"INBOX"}


def test_progress_counts_the_messages_of_the_folder(server, connect):
    server.deliver("INBOX", letters(120))
    batches = list(connect(server, batch_size=50).batches({}))
    assert [(batch.done, batch.total) for batch in batches] == [(50, 120), (100, 120), (120, 120)]
    later = list(connect(server, batch_size=50).batches({"INBOX": batches[1].cursor}))
    assert [(batch.done, batch.total) for batch in later] == [(120, 120)]


def test_an_empty_folder_yields_nothing(server, connect):
    assert list(connect(server).batches({})) == []


def test_reading_goes_on_behind_the_cursor_with_nothing_twice(server, connect):
    server.deliver("INBOX", letters(120))
    first = next(connect(server, batch_size=50).batches({}))
    rest = list(connect(server, batch_size=50).batches({"INBOX": first.cursor}))
    assert ids([first, *rest]) == numbered(1, 120)


def test_nothing_new_yields_nothing_although_a_search_always_names_the_last_message(server, connect):
    server.deliver("INBOX", letters(3))
    mailbox = connect(server)
    known = cursors(mailbox.batches({}))
    assert list(mailbox.batches(known)) == []
    assert list(connect(server).batches(known)) == []
    # The newest message is deleted: UIDNEXT says that there is more than the cursor knows, and there is not.
    server.deliver("INBOX", [letter(4)])
    server.expunge("INBOX", [4])
    assert list(mailbox.batches(known)) == []


def test_new_mail_comes_on_the_same_connection(server, connect):
    server.deliver("INBOX", letters(3))
    mailbox = connect(server)
    known = cursors(mailbox.batches({}))
    server.deliver("INBOX", letters(2, start=4))
    assert ids(mailbox.batches(known)) == numbered(4, 5)


def test_a_folder_made_anew_is_read_from_its_beginning(server, connect, caplog):
    server.deliver("Sent", letters(5))
    mailbox = connect(server, folders=("Sent",))
    known = cursors(mailbox.batches({}))
    with server.client() as owner:
        owner.delete_folder("Sent")
        owner.create_folder("Sent")
        owner.append("Sent", letter(77))
    batches = list(mailbox.batches(known))
    assert ids(batches) == ["77@supplier.example"]
    assert cursors(batches) != known
    assert "UIDVALIDITY changed" in caplog.text


@pytest.mark.parametrize("cursor", ["", "v2 1 1", "v1 1", "v1 x 3", "v1 1 2 3", "v1 99999999999 1", "\N{SNOWMAN}"])
def test_a_cursor_that_is_none_of_ours_starts_from_the_beginning(cursor):
    assert place_in(View(uidvalidity=1, uidnext=9, exists=8), cursor).uid == 0


@pytest.mark.parametrize(
    ("cursor", "uid"), [("v1 7 3", 3), ("v1 7 4294967295", 4294967295), ("v1 8 3", 0), (None, 0), ("v1 7 0", 0)]
)
def test_a_cursor_holds_for_its_uidvalidity_alone(cursor, uid):
    assert place_in(View(uidvalidity=7, uidnext=9, exists=8), cursor) == Place(uidvalidity=7, uid=uid)


def test_a_cursor_reads_back_as_it_was_written():
    place = Place(uidvalidity=1_700_000_000, uid=42)
    assert place_in(View(uidvalidity=1_700_000_000, uidnext=43, exists=1), str(place)) == place


def test_no_flag_is_ever_changed_and_recent_is_left_to_the_owner(server, connect):
    server.deliver("INBOX", letters(4))
    with server.client() as owner:
        owner.select_folder("INBOX")
        owner.set_flags([2], [rb"\Seen", rb"\Flagged", b"ours"])
        before = owner.get_flags([1, 2, 3, 4])
    server.deliver("INBOX", letters(2, start=5))
    mailbox = connect(server)
    assert len(ids(mailbox.batches({}))) == 6
    mailbox.check()
    mailbox.close()
    with server.client() as owner:
        assert owner.select_folder("INBOX")[b"RECENT"] == 2
        flags = owner.get_flags([1, 2, 3, 4, 5, 6])
    assert {uid: set(flags[uid]) - {rb"\Recent"} for uid in before} == {
        uid: set(had) - {rb"\Recent"} for uid, had in before.items()
    }
    assert not any(rb"\Seen" in flags[uid] for uid in (1, 3, 4, 5, 6))


def test_a_message_above_the_limit_is_refused_and_the_others_come(server, connect):
    server.deliver("INBOX", [letter(1), letter(2, words=20_000), letter(3)])
    (batch,) = connect(server, max_message_bytes=10_000).batches({})
    assert ids([batch]) == ["1@supplier.example", "3@supplier.example"]
    (refusal,) = batch.refusals
    assert refusal.where == "INBOX;uid=2"
    assert "more than the limit of 10,000" in refusal.why
    assert batch.done == 3


def test_a_message_larger_than_the_server_said_is_refused_too(server, connect, line):
    server.deliver("INBOX", [letter(1), letter(2, words=20_000)])
    line.on_answer = lambda answer: re.sub(rb"RFC822.SIZE \d+", b"RFC822.SIZE 5", answer)
    (batch,) = connect(line, max_message_bytes=10_000).batches({})
    assert ids([batch]) == ["1@supplier.example"]
    assert [refusal.where for refusal in batch.refusals] == ["INBOX;uid=2"]


def test_a_refused_message_is_not_asked_for_again(server, connect):
    server.deliver("INBOX", [letter(1, words=20_000)])
    mailbox = connect(server, max_message_bytes=10_000)
    known = cursors(mailbox.batches({}))
    assert list(mailbox.batches(known)) == []


def test_a_call_is_bounded_in_bytes_too(server, connect, monkeypatch):
    monkeypatch.setattr(fetch, "_CHUNK_BYTES", 5_000)
    server.deliver("INBOX", [letter(number, words=400) for number in range(1, 6)] + [letter(6, words=2_000)])
    batches = list(connect(server).batches({}))
    assert ids(batches) == numbered(1, 6)
    assert [len(batch.messages) for batch in batches] == [1, 1, 1, 1, 1, 1]


def test_messages_deleted_on_the_way_are_refused_and_the_others_come(server, connect):
    server.deliver("INBOX", letters(150))
    batches = connect(server, batch_size=50).batches({})
    got = [next(batches)]
    server.expunge("INBOX", [60, 61, 140])
    got += batches
    assert ids(got) == [one for one in numbered(1, 150) if one.split("@")[0] not in {"60", "61", "140"}]
    refusals = [refusal for batch in got for refusal in batch.refusals]
    assert [refusal.where for refusal in refusals] == ["INBOX;uid=60", "INBOX;uid=61", "INBOX;uid=140"]
    assert all("deleted" in refusal.why for refusal in refusals)


def test_a_message_without_a_name_is_called_after_its_place(server, connect):
    server.deliver("Kunden/Köln", [letter(1, message_id=False)])
    assert ids(connect(server, folders=("Kunden/Köln",)).batches({})) == ["anna/Kunden/Köln;uid=1"]


def test_what_is_no_mail_is_one_refusal_and_stops_nothing(server, connect):
    server.deliver("INBOX", [letter(1), b"", letter(3)])
    batches = list(connect(server).batches({}))
    assert ids(batches) == ["1@supplier.example", "3@supplier.example"]
    (refusal,) = batches[0].refusals
    assert refusal.where == "INBOX;uid=2"


def test_a_large_folder_is_searched_in_windows(server, connect, line, monkeypatch):
    monkeypatch.setattr("connectors.imap.session._SEARCH_WINDOW", 20)
    server.deliver("INBOX", letters(65))
    server.expunge("INBOX", range(10, 50))
    server.deliver("INBOX", [letter(66)])
    mailbox = connect(line)
    assert ids(mailbox.batches({})) == numbered(1, 9) + numbered(50, 66)
    spans = [match.group(1) for match in map(re.compile(rb"SEARCH .*UID (\S+)").search, line.commands) if match]
    assert spans == [b"1:20", b"21:40", b"41:60", b"61:66"]


def test_one_call_reads_folder_after_folder(server, connect):
    server.deliver("INBOX", letters(2))
    server.deliver("Sent", letters(2, start=3))
    server.deliver("Angebote", letters(2, start=5))
    mailbox = connect(server, folders=("INBOX", r"\Sent", "Ange*"))
    batches = list(mailbox.batches({}))
    assert [(batch.stream, ids([batch])) for batch in batches] == [
        ("INBOX", numbered(1, 2)),
        ("Sent", numbered(3, 4)),
        ("Angebote", numbered(5, 6)),
    ]
    server.deliver("Sent", [letter(7)])
    assert ids(mailbox.batches(cursors(batches))) == numbered(7, 7)


def test_no_log_line_names_a_person_a_secret_or_a_subject(server, connect, caplog):
    with caplog.at_level(logging.DEBUG):
        server.deliver("INBOX", [letter(1, subject="walk-away price")])
        mailbox = connect(server)
        assert len(ids(mailbox.batches({"INBOX": "v1 1 1"}))) == 1
        mailbox.close()
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("connectors"))
    assert ours
    for word in ("anna@", "sam@", "correct horse", "walk-away"):
        assert word not in caplog.text
