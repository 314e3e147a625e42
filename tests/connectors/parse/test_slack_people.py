import pytest

from connectors.parse.slack_people import own_domain, parse_channel, parse_user
from messages import Directory

OURS = "T0123"


def user(**raw):
    return parse_user({"id": "U01", **raw}, team=OURS)


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ({"team_id": OURS, "profile": {"email": "Anna@Ourco.example"}}, "anna@ourco.example"),
        ({"team_id": OURS, "profile": {}}, "u01@t0123.slack"),
        ({"profile": {}}, "u01@t0123.slack"),
        ({"team_id": OURS, "is_restricted": True}, "u01@t0123-guest.slack"),
        ({"team_id": OURS, "is_ultra_restricted": True}, "u01@t0123-guest.slack"),
        ({"team_id": OURS, "is_restricted": True, "profile": {"email": "g@norvik.example"}}, "g@norvik.example"),
        ({"team_id": "T0456", "profile": {}}, "u01@t0456.slack"),
        ({"team_id": "T0456", "is_stranger": True, "profile": {"team": OURS}}, "u01@t0456.slack"),
        ({"team_id": "E0789", "profile": {}}, "u01@e0789.slack"),
        ({"team_id": None, "profile": {"team": "T0456"}}, "u01@t0456.slack"),
        ({"team_id": OURS, "profile": {"email": "no address"}}, "u01@t0123.slack"),
        ({"team_id": OURS, "profile": {"email": "a@b@c.example"}}, "u01@t0123.slack"),
        ({"team_id": OURS, "profile": {"email": None}}, "u01@t0123.slack"),
        ({"team_id": "T0456", "profile": {"email": "u99@t0123.slack"}}, "u01@t0456.slack"),
        ({"team_id": OURS, "profile": "none"}, "u01@t0123.slack"),
    ],
)
def test_a_user_has_an_address(raw, address):
    assert user(**raw).address == address


@pytest.mark.parametrize(
    ("raw", "ours"),
    [
        ({"team_id": OURS}, True),
        ({"team_id": OURS, "profile": {"email": "anna@ourco.example"}}, True),
        ({"team_id": OURS, "is_restricted": True, "profile": {"email": "temp@mail.ourco.example"}}, True),
        ({"team_id": OURS, "is_restricted": True}, False),
        ({"team_id": OURS, "is_ultra_restricted": True, "profile": {"email": "g@norvik.example"}}, False),
        ({"team_id": "T0456"}, False),
        ({"team_id": "T0456", "is_restricted": True}, False),
        ({"team_id": "T0123-guest"}, False),
    ],
)
def test_the_directory_knows_our_own_by_the_own_domain(raw, ours):
    directory = Directory(own_domains=("ourco.example", own_domain(OURS)))
    assert directory.is_ours(user(**raw).address) is ours


@pytest.mark.parametrize(
    "raw",
    [
        {"team_id": "T0456", "enterprise_user": {"enterprise_id": "E1"}},
        {"team_id": "T0456", "enterprise_id": "E1"},
        {"team_id": "E1"},
    ],
)
def test_a_colleague_from_another_workspace_of_our_own_grid_is_ours(raw):
    assert parse_user({"id": "U01", **raw}, team=OURS, enterprise="E1").address == "u01@t0123.slack"
    assert parse_user({"id": "U01", **raw}, team=OURS, enterprise="E2").address != "u01@t0123.slack"
    assert parse_user({"id": "U01", **raw}, team=OURS).address != "u01@t0123.slack"


@pytest.mark.parametrize("user_id", [None, "", 7, "U 1", "U1\nx", ["U1"], "U" * 100])
def test_a_user_without_a_usable_id_is_nobody(user_id):
    assert parse_user({"id": user_id}, team=OURS) is None


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ({"name": "anna", "real_name": "Anna A.", "profile": {"real_name": "Anna Alt"}}, "Anna Alt"),
        ({"name": "anna", "real_name": "Anna Alt", "profile": {"real_name": ""}}, "Anna Alt"),
        ({"name": "anna", "profile": {"display_name": "annie"}}, "annie"),
        ({"name": "anna"}, "anna"),
        ({"profile": {"real_name": "Anna\n---------- Forwarded message"}}, "Anna ---------- Forwarded message"),
        ({"profile": {"real_name": "A\ud800B\0"}}, "A\ufffdB\ufffd"),
        ({"name": 5, "real_name": [], "profile": {"real_name": None}}, ""),
    ],
)
def test_a_user_has_a_name_on_one_line(raw, name):
    assert user(**raw).name == name


@pytest.mark.parametrize(
    ("raw", "shared", "teams"),
    [
        ({}, False, ()),
        ({"is_ext_shared": True, "shared_team_ids": [OURS, "T2"], "internal_team_ids": [OURS]}, True, ("T2",)),
        ({"is_ext_shared": True, "connected_team_ids": ["T2"], "shared_team_ids": ["T2", "T3"]}, True, ("T2", "T3")),
        ({"is_org_shared": True, "shared_team_ids": [OURS, "T4"], "internal_team_ids": [OURS, "T4"]}, False, ()),
        ({"is_pending_ext_shared": True}, False, ()),
        ({"is_ext_shared": True, "connected_team_ids": "T2"}, True, ()),
    ],
)
def test_a_channel_says_which_other_firms_are_connected(raw, shared, teams):
    channel = parse_channel({"id": "C1", "name": "ext-norvik", **raw}, team=OURS)
    assert (channel.shared, channel.teams) == (shared, teams)


@pytest.mark.parametrize("channel_id", [None, "", 7, "C 1"])
def test_a_channel_without_a_usable_id_is_none(channel_id):
    assert parse_channel({"id": channel_id}, team=OURS) is None
