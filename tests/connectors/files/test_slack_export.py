import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.files.slack_export import SlackExport, is_slack_export
from tests.connectors.files.slack_exports import (
    EPOCH,
    as_folder,
    as_windows_zip,
    as_wrapped_zip,
    as_zip,
    drain,
    files,
    said,
    texts,
)

every_kind = pytest.mark.parametrize("pack", [as_folder, as_zip, as_wrapped_zip, as_windows_zip])


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


@pytest.mark.parametrize("missing", ["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"])
def test_an_export_may_lack_files(tmp_path, missing):
    made = files(ext_norvik=[said("hello")])
    del made[missing]
    path = as_folder(tmp_path, made)
    assert is_slack_export(path)
    assert texts(drain(path)) == ["hello"]


def test_days_come_in_order_whatever_the_channel(tmp_path):
    path = as_folder(
        tmp_path,
        files(
            ext_norvik={"2024-05-03": [said("third")], "2024-05-01": [said("first")]},
            engineering={"2024-05-02": [said("second")], "2024-05-04": [said("fourth")]},
        ),
    )
    assert texts(drain(path)) == ["first", "second", "third", "fourth"]


def test_a_batch_is_two_hundred_messages_at_most_and_progress_counts_files(tmp_path):
    days = {f"2024-05-{day:02}": [said(f"{day}.{n}", at=day * 100 + n) for n in range(90)] for day in range(1, 6)}
    batches = drain(as_folder(tmp_path, files(ext_norvik=days)))
    assert [len(batch.messages) for batch in batches] == [200, 200, 50]
    assert [(batch.done, batch.total) for batch in batches] == [(2, 5), (4, 5), (5, 5)]


@every_kind
def test_a_kill_after_any_batch_loses_nothing_and_repeats_nothing(tmp_path, pack):
    days = {f"2024-05-{day:02}": [said(f"{day}.{n}", at=day * 100 + n) for n in range(95)] for day in range(1, 6)}
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
