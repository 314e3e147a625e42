import json
import os
import struct
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors import ConnectorError
from connectors.files import slack_archive
from connectors.files.slack_export import SlackExport, is_slack_export
from messages import Direction, Directory, direction_of

USERS = [
    {"id": "USLACKBOT", "team_id": "T1", "name": "slackbot"},
    {"id": "U1", "team_id": "T1", "profile": {"real_name": "Anna Alt", "email": "anna@ourco.example"}},
    {"id": "U2", "team_id": "T2", "profile": {"real_name": "Nils Norvik"}},
    {"id": "U3", "team_id": "T1", "is_restricted": True, "profile": {"real_name": "Gus Guest"}},
]
CHANNELS = [
    {"id": "C1", "name": "ext-norvik", "members": ["U1", "U2"]},
    {"id": "C2", "name": "engineering", "members": ["U1"]},
]
DAY = "2024-05-01"
EPOCH = 1_714_521_600  # the first second of that day


def said(text, user="U1", *, at=0, **more):
    return {"type": "message", "user": user, "text": text, "ts": f"{EPOCH + at}.000000", **more}


def files(**days):
    """The files of an export; a keyword names a channel, its value is a day's messages, or days with theirs."""
    made = {"users.json": USERS, "channels.json": CHANNELS, "groups.json": [], "dms.json": [], "mpims.json": []}
    for channel, talk in days.items():
        for day, messages in (talk if isinstance(talk, dict) else {DAY: talk}).items():
            made[f"{channel.replace('_', '-')}/{day}.json"] = messages
    return made


def content(value):
    return value if isinstance(value, bytes) else json.dumps(value).encode()


def as_folder(path, made):
    for name, value in made.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content(value))
    return path


def as_zip(path, made, *, inside=""):
    path.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in made.items():
            archive.writestr(inside + name, content(value))
    return path / "export.zip"


def as_wrapped_zip(path, made):
    return as_zip(path, made, inside="Ourco export May 2024/")


def as_windows_zip(path, made):
    return as_zip(path, {name.replace("/", "\\"): value for name, value in made.items()})


every_kind = pytest.mark.parametrize("pack", [as_folder, as_zip, as_wrapped_zip, as_windows_zip])


def drain(path, cursors=None):
    export = SlackExport(path)
    batches = list(export.batches(cursors or {}))
    export.close()
    return batches


def texts(batches):
    return [message.text for batch in batches for message in batch.messages]


def refusals(batches):
    return [(Path(one.where).name, one.why) for batch in batches for one in batch.refusals]


@every_kind
def test_an_export_is_known_and_read(tmp_path, pack):
    path = pack(tmp_path / "x", files(ext_norvik=[said("hello"), said("hi", "U2", at=1)]))
    assert is_slack_export(path)
    (batch,) = drain(path)
    assert (batch.stream, batch.done, batch.total) == (str(path), 1, 1)
    first, second = batch.messages
    assert (first.id, first.text, first.subject) == (f"T1:C1:{EPOCH}.000000", "hello", "#ext-norvik")
    assert first.sender.address == "anna@ourco.example"
    assert [one.address for one in first.to] == ["u2@t2.slack"]
    assert second.sender.address == "u2@t2.slack"


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


@pytest.mark.parametrize("missing", ["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"])
def test_an_export_may_lack_files(tmp_path, missing):
    made = files(ext_norvik=[said("hello")])
    del made[missing]
    path = as_folder(tmp_path, made)
    assert is_slack_export(path)
    assert texts(drain(path)) == ["hello"]


def test_an_export_of_an_organisation_has_its_people_elsewhere(tmp_path):
    made = files(ext_norvik=[said("hello")])
    made["org_users.json"] = made.pop("users.json")
    path = as_folder(tmp_path, made)
    assert is_slack_export(path)
    assert drain(path)[0].messages[0].sender.address == "anna@ourco.example"


def test_days_come_in_order_whatever_the_channel(tmp_path):
    path = as_folder(
        tmp_path,
        files(
            ext_norvik={"2024-05-03": [said("third")], "2024-05-01": [said("first")]},
            engineering={"2024-05-02": [said("second")], "2024-05-04": [said("fourth")]},
        ),
    )
    assert texts(drain(path)) == ["first", "second", "third", "fourth"]


def test_whoever_writes_in_a_channel_later_was_in_it_all_along(tmp_path):
    stranger = said("hi", "U9", at=9, user_profile={"real_name": "Sven", "team": "T3"}, user_team="T3")
    path = as_folder(tmp_path, files(engineering={"2024-05-01": [said("we pay 7.50")], "2024-05-02": [stranger]}))
    export = SlackExport(path)
    first, second = export.batches({}).__next__().messages
    assert [(one.address, one.name) for one in first.to] == [("u9@t3.slack", "Sven")]
    assert second.sender.address == "u9@t3.slack"
    directory = Directory(own_domains=("ourco.example", export.own_domain))
    assert direction_of(first, directory) is Direction.OUTBOUND


@pytest.mark.parametrize(
    "passing_by",
    [
        {"subtype": "channel_join"},
        {"subtype": ["x"]},
        {"bot_id": "B1"},
    ],
)
def test_who_said_nothing_is_not_counted_in(tmp_path, passing_by):
    path = as_folder(tmp_path, files(engineering=[said("hello"), said("<@U2> has joined", "U2", at=1, **passing_by)]))
    assert drain(path)[0].messages[0].to == ()


def test_direct_messages_are_read_without_a_name(tmp_path):
    made = {"D1/2024-05-01.json": [said("psst")], "mpdm-anna--nils-1/2024-05-01.json": [said("we three", at=1)]}
    made["dms.json"] = [{"id": "D1", "members": ["U1", "U2"]}]
    made["mpims.json"] = [{"id": "G1", "name": "mpdm-anna--nils-1", "members": ["U1", "U2", "U3"]}]
    one, three = drain(as_folder(tmp_path, files() | made))[0].messages
    assert (one.id, one.subject, len(one.to)) == (f"T1:D1:{EPOCH}.000000", "", 1)
    assert (three.thread, three.subject, len(three.to)) == (f"G1:{EPOCH + 1}.000000", "", 2)


def test_a_channel_nobody_listed_goes_by_its_folder(tmp_path):
    (message,) = drain(as_folder(tmp_path, files(old_times=[said("hello")])))[0].messages
    assert (message.subject, message.thread) == ("#old-times", f"old-times:{EPOCH}.000000")


@pytest.mark.parametrize(
    ("users", "domain"),
    [
        (USERS, "t1.slack"),
        ([{"id": "U1", "team_id": "T2"}, {"id": "U2", "team_id": "T1", "is_primary_owner": True}], "t1.slack"),
        ([{"id": "U1", "team_id": "T1"}, {"id": "U2", "team_id": "T1"}, {"id": "U3", "team_id": "T2"}], "t1.slack"),
        ([{"id": "U1"}, None, 5, {"id": 7}], "export.slack"),
        ([], "export.slack"),
    ],
)
def test_our_own_workspace_is_found(tmp_path, users, domain):
    path = as_folder(tmp_path, files(engineering=[said("hello")]) | {"users.json": users})
    assert SlackExport(path).own_domain == domain


def test_colleagues_of_our_own_grid_are_ours(tmp_path):
    users = [
        {"id": "USLACKBOT", "team_id": "T1"},
        {"id": "U1", "team_id": "T1", "enterprise_user": {"enterprise_id": "E1"}},
        {"id": "U2", "team_id": "T9", "enterprise_user": {"enterprise_id": "E1"}},
        {"id": "U3", "team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}},
    ]
    talk = [said("a", "U1"), said("b", "U2", at=1), said("c", "U3", at=2)]
    messages = drain(as_folder(tmp_path, files(engineering=talk) | {"users.json": users}))[0].messages
    assert [one.sender.address for one in messages] == ["u1@t1.slack", "u2@t1.slack", "u3@t2.slack"]


def test_a_batch_is_a_hundred_messages_at_most_and_progress_counts_files(tmp_path):
    days = {f"2024-05-{day:02}": [said(f"{day}.{n}", at=day * 100 + n) for n in range(90)] for day in range(1, 6)}
    batches = drain(as_folder(tmp_path, files(ext_norvik=days)))
    assert [len(batch.messages) for batch in batches] == [100, 100, 100, 100, 50]
    assert [(batch.done, batch.total) for batch in batches] == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


@every_kind
def test_a_kill_after_any_batch_loses_nothing_and_repeats_nothing(tmp_path, pack):
    days = {f"2024-05-{day:02}": [said(f"{day}.{n}", at=day * 100 + n) for n in range(70)] for day in range(1, 6)}
    path = pack(tmp_path / "x", files(ext_norvik=days, engineering=[said("x", at=1)]))
    whole = drain(path)
    for killed in range(len(whole) + 1):
        cursors = {str(path): whole[killed - 1].cursor} if killed else {}
        assert texts(whole[:killed]) + texts(drain(path, cursors)) == texts(whole)


def test_an_export_that_has_grown_is_read_on(tmp_path):
    made = files(ext_norvik={"2024-05-01": [said("first")]})
    export = SlackExport(as_folder(tmp_path, made))
    (batch,) = export.batches({})
    cursors = {batch.stream: batch.cursor}
    assert list(export.batches(cursors)) == []
    as_folder(
        tmp_path, files(ext_norvik={"2024-05-01": [said("first"), said("more", at=1)], "2024-05-02": [said("next")]})
    )
    assert texts(export.batches(cursors)) == ["more", "next"]
    export.close()


def test_days_without_talk_still_move_the_cursor(tmp_path):
    joined = said("<@U1> has joined", subtype="channel_join")
    path = as_folder(tmp_path, files(ext_norvik={"2024-05-01": [joined], "2024-05-02": [joined]}))
    (batch,) = drain(path)
    assert batch.messages == ()
    assert drain(path, {batch.stream: batch.cursor}) == []


@pytest.mark.parametrize(
    "cursor",
    ["", "{", "null", "[]", '{"file": 5, "entry": 1}', '{"file": "x", "entry": -1}', '{"file": "x", "entry": true}'],
)
def test_a_cursor_that_can_not_be_read_starts_over(tmp_path, cursor):
    path = as_folder(tmp_path, files(ext_norvik=[said("hello")]))
    assert texts(drain(path, {str(path): cursor})) == ["hello"]


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


def test_check_says_what_the_export_holds(tmp_path):
    path = as_folder(tmp_path, files(ext_norvik={"2024-05-01": [], "2024-05-02": []}, engineering=[]))
    assert SlackExport(path).check() == "a Slack export of 4 users, 2 channels, 3 files"


def test_closing_twice_is_harmless_and_waiting_ends_on_stop(tmp_path):
    export = SlackExport(as_zip(tmp_path, files(ext_norvik=[said("hello")])))
    list(export.batches({}))
    export.close()
    export.close()
    stop = threading.Event()
    stop.set()
    began = time.monotonic()
    export.wait(60, stop)
    assert time.monotonic() - began < 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["U1", "T1", f"{EPOCH}.000000"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "name", "members", "team_id", "profile", "user", "ts", "text", "subtype", "user_profile"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=10,
)


@given(users=json_values, channels=json_values, talk=json_values)
def test_no_json_stops_an_export(tmp_path_factory, users, channels, talk):
    path = tmp_path_factory.mktemp("export")
    day = [said("hello"), *(talk if isinstance(talk, list) else [talk])]
    as_folder(path, files(ext_norvik=day) | {"users.json": users, "channels.json": channels})
    assert "hello" in texts(drain(path))
