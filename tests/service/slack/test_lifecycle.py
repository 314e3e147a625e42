"""What becomes of installations and channels, as Slack tells of it."""

from datetime import UTC, datetime, timedelta

import pytest

from service.audit.store import list_entries
from service.models import Tally
from service.slack.installs import Installation, save_consent, save_installation
from service.slack.lifecycle import HELD_BACK, note_rate_limited
from service.slack.listeners import PARTS
from service.slack.models import ChannelState, SlackConsent, SlackRoom, SlackWorkspace
from service.slack.rooms import note_room, rooms_to_look_at
from service.slack.workspaces import NotInstalledError
from tests.fakes.office import LEAK, ORDINARY, TOKEN, Live, make_office

INSTALLS = {"client_id": "1000.2000", "client_secret": {"env": "FRONTDOOR_TEST_CLIENT"}}


@pytest.fixture
def many(office, slack):
    """An office whose workspaces install the app themselves, with T1 and the organisation E1 installed."""
    made = make_office(office.database, slack, keys=office.keys, installs=INSTALLS)
    slack.world.team("T5", "North", enterprise="E1")
    slack.world.team("T6", "South", enterprise="E1")
    slack.world.user("UGRID", "T5", "frontdoor", bot=True)
    slack.world.grant("xoxb-grid", "UGRID", enterprise="E1")
    whole = Installation(id="E1", token="xoxb-grid", is_enterprise=True, enterprise_id="E1", bot_user_id="UGRID")
    with made.database.transaction() as session:
        for one in (Installation(id="T1", token=TOKEN, bot_user_id="UBOT"), whole):
            save_installation(session, made.keys, one, by="U1", now=made.clock() - timedelta(hours=1))
    return Live(office=made, slack=slack)


def workspace(live, where):
    with live.office.database.transaction(write=False) as session:
        return session.get(SlackWorkspace, where)


def room(live, channel="C1", team="T1"):
    with live.office.database.transaction(write=False) as session:
        return session.get(SlackRoom, (team, channel))


def know(live, *channels, state=ChannelState.READ):
    with live.office.database.transaction() as session:
        for one in channels:
            note_room(
                session, "T1", one, name=one.lower(), state=state, shared=True, outsiders=["t2.slack"],
                now=live.office.clock(),
            )  # fmt: skip


def told(live, event, **body):
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event, **body}
    return live.send(payload)


def test_an_app_that_is_removed_leaves_no_token_behind(many, slack):
    slack.world.grant("xoxp-anna", "U1")
    with many.office.database.transaction() as session:
        save_consent(session, many.office.keys, "T1", "U1", token="xoxp-anna", scopes=[], now=many.office.clock())
    slack.world.uninstall("T1")
    many.deliver()
    row = workspace(many, "T1")
    assert row.state == "revoked"
    assert "install it again" in row.failure
    assert many.office.keys.open(row.key_id, row.sealed, place="slack_workspace:T1") == ""
    assert many.rows(SlackConsent) == []
    with pytest.raises(NotInstalledError):
        many.office.workspaces.token("T1")
    with many.office.database.transaction(write=False) as session:
        assert [(one.actor, one.object) for one in list_entries(session) if one.action == "slack.removed"] == [
            ("frontdoor", "T1")
        ]
    assert many.office.workspaces.token("T5", "E1") == "xoxb-grid"


def test_an_organisation_that_removes_the_app_ends_all_of_its_workspaces(many, slack):
    assert many.office.workspaces.token("T6", "E1")
    slack.world.uninstall("E1")
    many.deliver()
    assert workspace(many, "E1").state == "revoked"
    for team in ("T5", "T6"):
        with pytest.raises(NotInstalledError):
            many.office.workspaces.token(team, "E1")
    assert workspace(many, "T1").state == "connected"


def test_a_late_word_of_a_removal_does_not_end_a_new_installation(many):
    now = many.office.clock()
    with many.office.database.transaction() as session:
        save_installation(session, many.office.keys, Installation(id="T1", token="xoxb-new"), by="U1", now=now)
    long_ago = int((now - timedelta(minutes=5)).timestamp())
    assert told(many, {"type": "app_uninstalled"}, event_time=long_ago) == 200
    assert many.office.workspaces.token("T1") == "xoxb-new"
    assert told(many, {"type": "app_uninstalled"}, event_time=int(now.timestamp()) + 1) == 200
    assert workspace(many, "T1").state == "revoked"


def test_with_a_single_token_a_removal_is_told_too(live, slack):
    slack.world.uninstall("T1")
    live.deliver()
    row = workspace(live, "T1")
    assert (row.state, row.installed_by) == ("revoked", "source:slack")


def test_a_person_who_revokes_their_token_at_slack_is_forgotten(many, slack):
    for token, user in (("xoxp-1", "U1"), ("xoxp-4", "U4")):
        slack.world.grant(token, user)
        with many.office.database.transaction() as session:
            save_consent(session, many.office.keys, "T1", user, token=token, scopes=[], now=many.office.clock())
    slack.world.revoke("xoxp-1")
    many.deliver()
    assert [one.user for one in many.rows(SlackConsent)] == ["U4"]
    assert workspace(many, "T1").state == "connected"


def test_a_bot_token_that_is_revoked_ends_the_installation(many, slack):
    slack.world.revoke(TOKEN)
    many.deliver()
    assert workspace(many, "T1").state == "revoked"


def test_workspaces_that_an_organisation_takes_out_and_adds_are_followed(many, slack):
    slack.world.access("E1", ["T5"], granted=False)
    many.deliver()
    assert workspace(many, "T5") is None
    slack.world.access("E1", ["T5"], granted=True)
    many.deliver()
    row = workspace(many, "T5")
    assert (row.state, row.enterprise_id, row.installed_by) == ("connected", "E1", "enterprise")
    slack.world.access("E1", ["T5"], granted=False)
    many.deliver()
    with pytest.raises(NotInstalledError):
        many.office.workspaces.token("T5", "E1")
    assert "took this workspace out" in workspace(many, "T5").failure
    slack.world.access("E1", ["T5"], granted=True)
    many.deliver()
    assert many.office.workspaces.token("T5", "E1") == "xoxb-grid"


def test_a_workspace_with_an_installation_of_its_own_is_not_touched_by_its_organisation(many):
    with many.office.database.transaction() as session:
        own = Installation(id="T6", token="xoxb-own", enterprise_id="E1")
        save_installation(session, many.office.keys, own, by="U1", now=many.office.clock())
    told(many, {"type": "team_access_revoked", "team_ids": ["T6"]}, enterprise_id="E1")
    assert many.office.workspaces.token("T6", "E1") == "xoxb-own"


def test_events_that_slack_holds_back_are_counted_and_told(live, slack):
    payload = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1_518_467_820, "api_app_id": "A1"}
    for _ in range(2):
        note_rate_limited(live.office, payload)
    note_rate_limited(live.office, {"team_id": None})
    row = workspace(live, "T1")
    assert row.state == "limited"
    assert "history brings them" in row.failure
    [tally] = live.rows(Tally, Tally.name == HELD_BACK)
    assert (tally.source, tally.count) == ("slack", 3)


def test_the_state_of_a_channel_follows_what_happens_to_it(live, slack):
    live.say("C1", "U1", ORDINARY)
    assert (room(live).state, room(live).name) == ("read", "ext-norvik")
    slack.world.rename("C1", "ext-norvik-2027")
    live.deliver()
    assert room(live).name == "ext-norvik-2027"
    slack.world.archive("C1", "U1")
    live.deliver()
    assert room(live).state == "archived"
    slack.world.unarchive("C1", "U1")
    live.deliver()
    assert room(live) is None
    live.say("C1", "U1", ORDINARY)
    assert room(live).state == "read"
    slack.world.leave("C1", "UBOT")
    live.deliver()
    assert room(live).state == "left"
    slack.world.join("C1", "UBOT")
    live.say("C1", "U1", ORDINARY)
    assert room(live).state == "read"


@pytest.mark.parametrize("kind", ["channel_deleted", "group_deleted", "channel_left", "group_left"])
def test_a_channel_that_is_gone_is_not_read(live, kind):
    know(live, "C1", "C9")
    assert told(live, {"type": kind, "channel": "C9"}) == 200
    assert room(live, "C9").state == "left"
    assert room(live, "C1").state == "read"


def test_a_channel_whose_id_changes_is_looked_at_anew(live):
    know(live, "C9")
    told(live, {"type": "channel_id_changed", "old_channel_id": "C9", "new_channel_id": "C10"})
    assert room(live, "C9") is None


def test_who_comes_or_goes_changes_who_hears_a_message(live, slack):
    live.say("C2", "U1", LEAK)
    assert room(live, "C2").state == "internal"
    slack.world.connect("C2", "T2")
    slack.world.join("C2", "U2")
    live.say("C2", "U1", ORDINARY)
    assert (room(live, "C2").state, room(live, "C2").outsiders) == ("read", "t2.slack")
    slack.world.disconnect("C2", "T2")
    live.say("C2", "U1", LEAK)
    assert (room(live, "C2").state, room(live, "C2").outsiders) == ("internal", "")


def test_who_works_on_events_is_told_whichever_process_heard_of_a_change(live, slack):
    live.say("C2", "U1", ORDINARY)
    places = {("T1", "C2"), ("T1", "C3")}
    with live.office.database.transaction(write=False) as session:
        assert rooms_to_look_at(session, places) == {("T1", "C3")}
        assert rooms_to_look_at(session, []) == set()
    elsewhere = Live(office=live.office, slack=slack)
    slack.world.join("C2", "U3")
    elsewhere.deliver()
    assert room(live, "C2").stale
    with live.office.database.transaction(write=False) as session:
        assert rooms_to_look_at(session, places) == places
    live.say("C2", "U1", ORDINARY)
    assert (room(live, "C2").state, room(live, "C2").outsiders, room(live, "C2").stale) == (
        "read",
        "hauck.example",
        False,
    )


def test_a_colleague_who_leaves_is_not_the_app(live, slack):
    know(live, "C1")
    slack.world.leave("C1", "U4")
    live.deliver()
    assert room(live).state == "read"


@pytest.mark.parametrize(
    "event",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked"},
        {"type": "tokens_revoked", "tokens": "all"},
        {"type": "tokens_revoked", "tokens": {"bot": "UBOT", "oauth": [1, None, "x" * 500]}},
        {"type": "team_access_granted", "team_ids": {"a": 1}},
        {"type": "team_access_revoked", "team_ids": [[], "\ud800"]},
        {"type": "member_left_channel", "user": {"id": 1}, "channel": ["C1"]},
        {"type": "channel_rename", "channel": {"id": "C1", "name": 7}},
        {"type": "channel_rename", "channel": "C1"},
        {"type": "channel_archive"},
        {"type": "channel_id_changed"},
    ],
)
def test_an_event_in_another_form_is_taken_and_harms_nothing(live, event):
    know(live, "C1")
    assert told(live, event, team_id="T404", event_time="soon") == 200
    assert (room(live).state, room(live).name) == ("read", "c1")
    assert workspace(live, "T1").state in ("connected", "revoked")


def test_a_long_name_is_cut_and_put_on_one_line(live):
    know(live, "C1")
    told(live, {"type": "channel_rename", "channel": {"id": "C1", "name": "a\n" * 500}})
    assert room(live).name == " ".join("a" * 50)


def test_every_event_that_is_listened_to_is_asked_for():
    from service.slack import lifecycle  # noqa: PLC0415 - its table is looked at
    from service.slack.scopes import BOT_EVENTS  # noqa: PLC0415

    asked = {one.name for one in BOT_EVENTS}
    assert set(lifecycle._TAKEN) <= asked
    assert lifecycle.listen in PARTS


def test_the_time_of_an_event_is_read_only_where_it_is_one():
    from service.slack.lifecycle import _moment  # noqa: PLC0415

    assert _moment(1_750_000_000) == datetime.fromtimestamp(1_750_000_000, UTC)
    assert [_moment(one) for one in (None, "x", True, -1, 2**40, 1.5)] == [None] * 6
