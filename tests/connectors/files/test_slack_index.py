import time

import pytest

from connectors.files.slack_export import SlackExport, is_slack_export
from connectors.files.slack_index import Index
from messages import Direction, Directory, direction_of
from tests.connectors.files.slack_exports import EPOCH, USERS, as_folder, drain, files, said


def test_an_export_of_an_organisation_has_its_people_elsewhere(tmp_path):
    made = files(ext_norvik=[said("hello")])
    made["org_users.json"] = made.pop("users.json")
    path = as_folder(tmp_path, made)
    assert is_slack_export(path)
    assert drain(path)[0].messages[0].sender.address == "anna@ourco.example"


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


def test_folders_without_number_are_looked_at_once_each():
    days = tuple(f"c{folder}/2024-05-01.json" for folder in range(20_000))
    index = Index(team="T1", users={}, places={}, days=days, broken={})
    start = time.perf_counter()
    for day in days:
        index.channel(_Empty(), day)
    assert time.perf_counter() - start < 5


class _Empty:
    """An archive whose files hold nothing."""

    def read(self, _name, *, limit):
        return b"[]"[:limit]
