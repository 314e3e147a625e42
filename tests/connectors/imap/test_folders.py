"""From the operator's words to the server's folders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient import imap_utf7

from connectors import ConnectorError
from connectors.imap.folders import Folder, folders_listed, folders_wanted
from tests.fakes.letters import letter

LINES = (
    rb'(\HasNoChildren) "/" INBOX',
    rb'(\HasNoChildren \Sent) "/" "Sent Items"',
    rb'(\HasNoChildren \Trash) "/" Trash',
    rb'(\HasNoChildren \Junk) "/" Spam',
    rb'(\HasNoChildren \Drafts) "/" Drafts',
    rb'(\HasNoChildren \All) "/" "All Mail"',
    rb'(\Noselect \HasChildren) "/" Kunden',
    rb'(\HasNoChildren \Noinferiors) "/" "Kunden/K&APY-ln"',
    rb'(\HasNoChildren) "/" "Kunden/Nord/Alt"',
    rb'(\HasNoChildren) "/" 2024',
)


def names(folders):
    return [folder.name for folder in folders]


def listed(*lines):
    return folders_listed(lines or LINES)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (rb'() "/" INBOX', "INBOX"),
        (rb'() "/" Inbox', "INBOX"),
        (rb'(\HasNoChildren) "." "INBOX.Sent"', "INBOX.Sent"),
        (rb'() NIL "flat"', "flat"),
        (rb'() "/" "a \"b\" \\c"', r'a "b" \c'),
        (rb'() "\\" "a\\b"', r"a\b"),
        (rb'() "/" [x', "[x"),
        (rb'() "/" "NIL"', "NIL"),
        (rb'() "/" 0012', "0012"),
        (rb'() "/" "Entw&APw-rfe"', "Entwürfe"),
        (rb'() "/" &ZeVnLIqe-', "日本語"),
        (rb'() "/" "&2D3emg-"', "🚚"),
        (rb'() "/" "R&-D"', "R&D"),
        (rb'() "/" "A&B"', "A&B"),
        (rb'() "/" "&AGE-"', "&AGE-"),
        ((rb'() "/" {5}', rb"[a]\b"), r"[a]\b"),
    ],
)
def test_names_are_read_as_servers_write_them(line, name):
    assert names(listed(line)) == [name]


@pytest.mark.parametrize("line", [b"", None, b"rubbish", rb'() "/" ' + "Köln".encode(), rb'() "/" ""'])
def test_lines_that_name_no_folder_are_passed_over(line):
    assert listed(line, rb'() "/" INBOX')[0].name == "INBOX"
    assert len(listed(line, rb'() "/" INBOX')) == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (("INBOX",), ["INBOX"]),
        (("inbox",), ["INBOX"]),
        (("INBOX", r"\Sent"), ["INBOX", "Sent Items"]),
        ((r"\sent", "INBOX"), ["Sent Items", "INBOX"]),
        (("INBOX", r"\Archive"), ["INBOX"]),
        (("*",), ["INBOX", "Sent Items", "Kunden/Köln", "Kunden/Nord/Alt", "2024"]),
        (("%",), ["INBOX", "Sent Items", "2024"]),
        (("Kunden/%",), ["Kunden/Köln"]),
        (("Kunden/*",), ["Kunden/Köln", "Kunden/Nord/Alt"]),
        (("Sent*", "INBOX", "Sen%"), ["Sent Items", "INBOX"]),
        (("*", "Spam"), ["INBOX", "Sent Items", "Kunden/Köln", "Kunden/Nord/Alt", "2024", "Spam"]),
        (("Trash",), ["Trash"]),
        ((r"\Trash",), ["Trash"]),
        (("2024",), ["2024"]),
    ],
)
def test_folders_are_chosen_by_name_pattern_and_use(wanted, found):
    assert names(folders_wanted(listed(), wanted)) == found


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ("Sent", "'Sent' does not exist; there are: '2024', 'All Mail'"),
        ("sent items", "'sent items' does not exist"),
        ("Kunden", "'Kunden' only holds other folders"),
        ("Lieferanten*", "none of the folders asked for is there"),
        (r"\Archive", "none of the folders asked for is there"),
        ("%/%/%/%", "none of the folders asked for is there"),
    ],
)
def test_what_is_not_there_is_an_error_that_lists_what_is(wanted, reason):
    with pytest.raises(ConnectorError) as caught:
        folders_wanted(listed(), (wanted,))
    assert reason in str(caught.value)
    assert "'Kunden/Köln'" in str(caught.value)


def test_a_name_with_a_star_is_a_name_before_it_is_a_pattern():
    folders = listed(rb'() "/" "a*"', rb'() "/" "ab"')
    assert names(folders_wanted(folders, ("a*",))) == ["a*"]


def test_a_slash_stands_for_the_servers_own_delimiter():
    folders = listed(rb'() "." "Kunden.Nord"', rb'() "." "Kunden"')
    assert names(folders_wanted(folders, ("Kunden/Nord",))) == ["Kunden.Nord"]


def test_without_marks_the_usual_names_say_what_a_folder_is_for():
    folders = listed(*(rb'() "." "%b"' % name for name in (b"INBOX", b"INBOX.Sent", b"INBOX.Trash", b"INBOX.x.Sent")))
    assert names(folders_wanted(folders, ("INBOX", r"\Sent"))) == ["INBOX", "INBOX.Sent"]
    assert names(folders_wanted(folders, ("*",))) == ["INBOX", "INBOX.Sent", "INBOX.x.Sent"]


def test_a_folder_named_like_the_trash_is_read_where_the_server_marks_another():
    folders = listed(rb'(\Trash) "/" Papierkorb', rb'() "/" Trash', rb'() "/" INBOX')
    assert names(folders_wanted(folders, ("*",))) == ["Trash", "INBOX"]


def test_a_name_is_sent_back_exactly_as_it_came():
    (folder,) = listed(rb'() "/" "&AGE-b \"q\""')
    assert folder == Folder(name='&AGE-b "q"', wire='&AGE-b "q"', delimiter="/")


ODD = (
    "Angebote & Verträge",
    "Köln/Mülheim",
    "日本語",
    "a[b",
    "[x",
    "NIL",
    "12",
    'say "hi"',
    "a%b*c",
    "INBOX/deep",
    "🚚",
)


def test_folders_of_any_name_are_read(server, connect):
    with server.client() as owner:
        for name in ODD:
            owner.create_folder(name)
    for number, name in enumerate(ODD):
        server.deliver(name, [letter(number)])
    server.deliver("Trash", [letter(99)])
    batches = list(connect(server, folders=("*",)).batches({}))
    assert sorted((batch.stream, batch.messages[0].id) for batch in batches) == sorted(
        (name, f"{number}@supplier.example") for number, name in enumerate(ODD)
    )
    again = connect(server, folders=ODD).batches({batch.stream: batch.cursor for batch in batches})
    assert list(again) == []


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_every_name_survives_the_wire(name):
    quoted = imap_utf7.encode(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    (folder,) = listed(b'() "/" "%b"' % quoted)
    assert folder.name == ("INBOX" if name.upper() == "INBOX" else name)


@given(st.lists(st.one_of(st.none(), st.binary(), st.tuples(st.binary(), st.binary()))), st.text(max_size=8))
def test_no_answer_of_a_server_is_too_odd_to_read(lines, wanted):
    folders = folders_listed([*lines, rb'() "/" "&&&"', rb'(\\x) "/" "&AAA-"', b'() "\xff" a', rb'() "/" "&2AA-"'])
    try:
        found = folders_wanted(folders, (wanted,))
    except ConnectorError:
        return
    assert found
