"""The page about Slack, and the same over the API."""

import re
from contextlib import closing
from datetime import timedelta
from html import unescape

import pytest

from service.audit.store import list_entries
from service.auth.permissions import Role
from service.database import connect
from service.directory.models import Counterparty, CounterpartyDomain
from service.models import Alert, SourceState, Tally, Thread
from service.slack.installs import Installation, save_installation
from service.slack.intake import note_refused
from service.slack.lifecycle import HELD_BACK
from service.slack.models import ChannelState, SlackEvent, WorkspaceState
from service.slack.rooms import note_room
from service.warnings.models import WarningRow
from tests.fakes.alerts import NOW
from tests.fakes.console import make_house

SINGLE = {"kind": "slack", "name": "chat", "token": {"env": "X"}, "app_token": {"env": "Y"}}
MANY = {
    "kind": "slack",
    "name": "chat",
    "installs": {"client_id": "1.2", "client_secret": {"env": "Z"}},
    "signing_secret": {"env": "S"},
}


@pytest.fixture
def sqlite(sqlite_url):
    with closing(connect(sqlite_url)) as database:
        yield database


@pytest.fixture
def house(sqlite):
    """An installation with a single workspace's token."""
    return make_house(sqlite, lambda: NOW, source=[SINGLE])


@pytest.fixture
def either(database):
    """The same on SQLite and on PostgreSQL, for what depends on the database."""
    return make_house(database, lambda: NOW, source=[SINGLE])


@pytest.fixture
def open_house(sqlite):
    """An installation that workspaces install themselves into."""
    return make_house(sqlite, lambda: NOW, source=[MANY])


def text_of(page):
    """Return what a reader sees, with a space between any two cells."""
    bare = re.sub(r"(?s)<(script|head|dialog).*?</\1>", " ", page.text)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def room(house, channel, *outsiders, team="T1", state=ChannelState.READ, name=None, shared=False):
    with house.database.transaction() as session:
        note_room(
            session,
            team,
            channel,
            name=channel.lower() if name is None else name,
            state=state,
            shared=shared,
            outsiders=outsiders,
            now=NOW,
        )


def workspace(house, team="T1", *, by="source:chat", **more):
    with house.database.transaction() as session:
        save_installation(session, house.keys, Installation(id=team, **more), by=by, now=NOW)


def event(house, name, *, received, done=None):
    with house.database.transaction() as session:
        session.add(
            SlackEvent(event_id=name, about=name, team="T1", kind="message", received_at=received, done_at=done)
        )


def test_without_a_slack_source_the_page_says_how_to_begin(sqlite):
    page = make_house(sqlite, lambda: NOW).signed_in().get("/slack")
    assert "No Slack source is configured" in text_of(page)
    assert "frontdoor slack manifest" in text_of(page)


def test_before_anything_has_happened_the_page_says_what_to_do_next(house):
    text = text_of(house.signed_in().get("/slack"))
    for said in (
        "No workspace is on record yet",
        "No event has come in so far",
        "Every firm in the channels that are read belongs to a counterparty",
        "No channel is known yet",
        "Nobody was warned",
        "No request was refused",
    ):
        assert said in text


def test_a_connected_workspace_is_shown_with_its_channels(house):
    workspace(house, name="Ourco", scopes=())
    room(house, "C1", "norvik.example")
    room(house, "C2", state=ChannelState.INTERNAL)
    text = text_of(house.signed_in().get("/slack"))
    assert "Ourco T1 Connected" in text
    assert "Channels read 1 of 2" in text


@pytest.mark.parametrize(
    ("state", "failure", "said"),
    [
        (
            WorkspaceState.REVOKED,
            "the app was removed",
            "Revoked Installed just now",
        ),
        (WorkspaceState.LIMITED, "Slack does not answer", "Limited"),
    ],
)
def test_a_workspace_in_trouble_says_why(house, state, failure, said):
    workspace(house, name="Ourco", state=state, failure=failure)
    text = text_of(house.signed_in().get("/slack"))
    assert said in text
    assert failure in text


def test_a_revoked_workspace_says_how_to_return(sqlite, house):
    workspace(house, state=WorkspaceState.REVOKED, failure="gone")
    assert "put its new token where the configuration says" in text_of(house.signed_in().get("/slack"))
    open_house = make_house(sqlite, lambda: NOW, source=[MANY])
    workspace(open_house, by="U7", state=WorkspaceState.REVOKED, failure="gone")
    assert "Make an install link and install the app again" in text_of(open_house.signed_in(name="Ben").get("/slack"))


def test_scopes_that_are_lacking_are_named(house):
    workspace(house, scopes=("channels:history", "channels:read"))
    text = text_of(house.signed_in().get("/slack"))
    assert "The app lacks chat:write, commands," in text
    assert "frontdoor slack manifest" in text


def test_a_workspace_of_an_organisation_lacks_nothing_by_itself(open_house):
    workspace(open_house, "E1", by="U7", is_enterprise=True, name="Ourco Group")
    workspace(open_house, "T5", by="enterprise", enterprise_id="E1", name="Ourco North")
    text = text_of(open_house.signed_in().get("/slack"))
    assert "Ourco Group E1 · Enterprise Grid" in text
    assert "Ourco North T5 · by its organisation E1" in text
    assert "lacks" not in text


def test_events_that_wait_too_long_are_told(house):
    event(house, "Ev1", received=NOW - timedelta(seconds=30))
    assert "nobody works on them" not in text_of(house.signed_in().get("/slack"))
    event(house, "Ev2", received=NOW - timedelta(minutes=5))
    text = text_of(house.signed_in(name="Ben").get("/slack"))
    assert "Waiting 2, the oldest since 5 min ago" in text
    assert "nobody works on them" in text


@pytest.mark.parametrize(("ago", "told"), [(timedelta(hours=2), False), (timedelta(days=2), True)])
def test_a_long_silence_is_told(house, ago, told):
    event(house, "Ev1", received=NOW - ago, done=NOW)
    assert ("No event has come in for a day" in text_of(house.signed_in().get("/slack"))) is told


def test_a_connection_that_fails_is_told(house):
    with house.database.transaction() as session:
        session.add(
            SourceState(source="chat (live)", kind="slack", failed_at=NOW, failure="Slack can't be reached (x)")
        )
        session.add(Tally(day=NOW.date().isoformat(), source="chat", name=HELD_BACK, count=3))
    text = text_of(house.signed_in().get("/slack"))
    assert "chat Socket Mode" in text
    assert "chat failed just now : Slack can't be reached (x)" in text
    assert "held back by Slack in 14 days 3" in text


def test_refusals_are_shown_by_day_and_old_ones_are_not(either):
    with either.database.transaction() as session:
        for _ in range(3):
            note_refused(session, "forged", now=NOW)
        note_refused(session, "stale", now=NOW)
        note_refused(session, "unsigned", now=NOW - timedelta(days=40))
    text = text_of(either.signed_in().get("/slack"))
    assert f"{NOW.date()} forged 3, stale 1" in text
    assert "unsigned" not in text


def warn(house, state, at):
    with house.database.transaction() as session:
        session.add(
            WarningRow(
                once=f"{state}{at}".encode()[:16].ljust(16, b"-"),
                kind="author",
                team="T1",
                channel="C1",
                ts="1.0",
                recipient="U1",
                labels=["budget"],
                severity="high",
                policy="balanced",
                state=state,
                not_before=at,
                created_at=at,
            )
        )


def test_warnings_are_counted_by_the_day_in_utc(either):
    midnight = NOW.replace(hour=0, minute=0)
    warn(either, "sent", midnight + timedelta(minutes=1))
    warn(either, "unknown", midnight + timedelta(minutes=2))
    warn(either, "failed", midnight - timedelta(minutes=1))
    rows = re.findall(
        r'<tr><th scope="row" class="number">(.*?)</th>(.*?)</tr>', either.signed_in().get("/slack").text, re.DOTALL
    )
    counts = {day: [int(one) for one in re.findall(r">(\d+)</td>", rest)] for day, rest in rows}
    assert counts == {
        str(midnight.date()): [1, 0, 1, 0, 0],
        str(midnight.date() - timedelta(days=1)): [0, 1, 0, 0, 0],
    }


def test_channels_can_be_narrowed_by_state_and_name(either):
    room(either, "C1", "norvik.example", name="ext-norvik")
    room(either, "C2", name="all_hands", state=ChannelState.INTERNAL)
    room(either, "C3", name="alleyway", state=ChannelState.LEFT)
    client = either.signed_in()

    def shown(query):
        return re.findall(r"<bdi>#(.*?)</bdi></th>", client.get(f"/slack?{query}").text)

    assert shown("") == ["ext-norvik", "all_hands", "alleyway"]
    assert shown("state=read") == ["ext-norvik"]
    assert shown("name=%23ALL") == ["all_hands", "alleyway"]
    assert shown("name=all_") == ["all_hands"]  # an underscore is a letter, not a wildcard
    assert shown("state=left&name=all") == ["alleyway"]
    assert shown("state=nonsense&name=") == ["ext-norvik", "all_hands", "alleyway"]
    assert "No channel is like that" in text_of(client.get("/slack?name=zzz"))


def test_many_channels_come_in_pages(either):
    for number in range(60):
        room(either, f"C{number:03}")
    client = either.signed_in()
    first = client.get("/slack")
    older = re.search(r'href="([^"]+)" rel="next"', first.text)[1]
    second = client.get(older.replace("&amp;", "&"))
    assert len(re.findall(r"<bdi>#c\d+", first.text)) == 50
    assert re.findall(r"<bdi>#(c\d+)", second.text) == [f"c{number:03}" for number in range(50, 60)]
    assert "← Newest" in text_of(second)


@pytest.mark.parametrize("after", ["nonsense", "%00", "T1", ":", "T1:C1:%F0%9F%98%80"])
def test_any_address_of_a_page_is_taken(either, after):
    room(either, "C1")
    assert either.signed_in().get(f"/slack?after={after}").status_code == 200


def party(house, name, *domains, slack_team=""):
    with house.database.transaction() as session:
        session.add(
            Counterparty(
                name=name,
                kind="supplier",
                slack_team=slack_team,
                owner="",
                domains=[CounterpartyDomain(domain=one) for one in domains],
            )
        )


def domains_of(house, name):
    with house.database.transaction(write=False) as session:
        found = session.query(Counterparty).filter_by(name=name).one_or_none()
        return None if found is None else sorted(one.domain for one in found.domains)


def unknown(page):
    return re.findall(r'<bdi class="mono">([^<]+)</bdi></th>', page.text)


def test_firms_that_nobody_claims_are_listed_with_their_channels(house):
    workspace(house, enterprise_id="E1")
    party(house, "Norvik", "norvik.example", slack_team="T2")
    room(house, "C1", "norvik.example", "t2.slack", "mail.norvik.example")
    room(house, "C2", "t3.slack", "ourco.example", "t1.slack", "e1.slack")
    room(house, "C3", "t3.slack", "hauck.example")
    room(house, "C4", "gone.example", state=ChannelState.INTERNAL)
    page = house.signed_in().get("/slack")
    assert unknown(page) == ["t3.slack", "hauck.example"]
    assert "t3.slack 2: #c2, #c3 0" in text_of(page)


def test_a_firm_that_is_in_the_same_channels_alone_is_offered(house):
    party(house, "Norvik", "norvik.example")
    room(house, "C1", "norvik.example", "t2.slack")
    room(house, "C2", "norvik.example", "t2.slack", "t3.slack")
    room(house, "C3", "t3.slack")
    page = house.signed_in().get("/slack")
    assert re.findall(r'id="name-\d" name="name" .*? value="(.*?)"', page.text) == ["Norvik", ""]


def test_alerts_of_an_unknown_firm_are_counted_and_linked(either):
    room(either, "C1", "t3.slack")
    with either.database.transaction() as session:
        thread = Thread(channel="slack", seen_at=NOW)
        session.add(thread)
        session.flush()
        session.add(
            Alert(
                thread_id=thread.id, policy="balanced", severity="high", risk=60, channel="slack",
                counterparty="t3.slack", said_at=NOW, opened_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip
    assert '<a href="/alerts?status=all&amp;counterparty=t3.slack">1</a>' in either.signed_in().get("/slack").text


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("gmail.com", "a mail provider's domain"),
        ("unknown.slack", "give the app the scope users:read.email"),
        ("t1-guest.slack", "give the app the scope users:read.email"),
    ],
)
def test_what_is_no_firm_can_not_be_assigned(house, domain, said):
    room(house, "C1", domain)
    client = house.signed_in()
    assert said in text_of(client.get("/slack"))
    page = client.post("/slack/domains", data={"domain": domain, "name": "Norvik"})
    assert said in text_of(page)
    assert domains_of(house, "Norvik") is None


def test_an_unknown_firm_is_assigned_in_one_step_and_taken_back(either):
    party(either, "Norvik", "norvik.example")
    room(either, "C1", "t2.slack")
    client = either.signed_in(name="Ana Ferreira")
    page = client.post("/slack/domains", data={"domain": "t2.slack", "name": " Norvik "})
    assert "It counts from the next messages on" in text_of(page)
    assert unknown(page) == []
    assert domains_of(either, "Norvik") == ["norvik.example", "t2.slack"]
    assert "t2.slack is Norvik by Ana Ferreira" in text_of(page)
    page = client.post("/slack/domains/undo", data={"domain": "t2.slack"})
    assert "The assignment was taken back" in text_of(page)
    assert unknown(page) == ["t2.slack"]
    assert domains_of(either, "Norvik") == ["norvik.example"]
    with either.database.transaction(write=False) as session:
        done = [(one.action, one.object, one.actor) for one in list_entries(session) if "domain" in one.action]
    assert done == [
        ("counterparty.domain_unassigned", "t2.slack", "Ana Ferreira"),
        ("counterparty.domain_assigned", "t2.slack", "Ana Ferreira"),
    ]


def test_a_new_counterparty_comes_and_goes_with_its_only_domain(house):
    client = house.signed_in()
    client.post("/slack/domains", data={"domain": "T9.Slack", "name": "Hauck & Söhne", "kind": "customer"})
    assert domains_of(house, "Hauck & Söhne") == ["t9.slack"]
    with house.database.transaction(write=False) as session:
        assert session.query(Counterparty).one().kind == "customer"
    client.post("/slack/domains/undo", data={"domain": "t9.slack"})
    assert domains_of(house, "Hauck & Söhne") is None


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"domain": "slack", "name": "Norvik"}, "That is no domain."),
        ({"domain": "", "name": "Norvik"}, "That is no domain."),
        ({"domain": "a b.example!x", "name": "Norvik"}, "That is no domain."),
        ({"domain": "x.example", "name": "  "}, "Say which counterparty it is"),
        ({"domain": "x.example", "name": "x" * 201}, "Say which counterparty it is"),
        ({"domain": "x.example", "name": "a\u202eb"}, "Say which counterparty it is"),
        (
            {"domain": "x.example", "name": "Norvik", "kind": "unassigned"},
            "A counterparty is a supplier or a customer.",
        ),
        ({"domain": "hauck.example", "name": "Norvik"}, "This domain belongs to a counterparty already."),
    ],
)
def test_what_can_not_be_assigned_is_told(house, form, said):
    party(house, "Hauck", "hauck.example")
    assert said in text_of(house.signed_in().post("/slack/domains", data=form))
    assert domains_of(house, "Norvik") is None


def test_a_domain_from_the_files_can_not_be_taken_away_here(house):
    party(house, "Hauck", "hauck.example")
    page = house.signed_in().post("/slack/domains/undo", data={"domain": "hauck.example"})
    assert page.status_code == 404
    assert domains_of(house, "Hauck") == ["hauck.example"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.TUNER, Role.PRIVACY_OFFICER])
def test_who_only_reads_sources_changes_nothing(open_house, role):
    room(open_house, "C1", "t2.slack")
    client = open_house.signed_in(role)
    page = client.get("/slack")
    assert "An administrator can assign it" in text_of(page)
    assert "Make an install link" not in text_of(page)
    for address in ("/slack/invites", "/slack/domains", "/slack/domains/undo"):
        assert client.post(address, data={"domain": "t2.slack", "name": "Norvik"}).status_code == 403


def test_an_install_link_is_made_once_and_recorded(open_house):
    client = open_house.signed_in(name="Ana Ferreira")
    page = client.post("/slack/invites")
    link = re.search(r'href="(http[^"]+/slack/install\?invite=[^"]+)"', page.text)[1]
    assert "Add frontdoor to Slack" in text_of(open_house.visitor().get(link))
    assert "invite=" not in client.get("/slack").text
    with open_house.database.transaction(write=False) as session:
        made = next(one for one in list_entries(session) if one.action == "slack.link_made")
    assert (made.actor, made.object) == ("Ana Ferreira", "chat")
    assert link.rpartition("=")[2] not in str(made.detail)


def test_a_single_token_lets_nobody_install(house):
    client = house.signed_in()
    assert "Make an install link" not in text_of(client.get("/slack"))
    assert client.post("/slack/invites").status_code == 409


def test_what_people_name_their_channels_is_only_text(house):
    room(house, "C1", "x.example", name="<script>alert(1)</script>\u202e")
    workspace(house, name="<b>Ourco</b>")
    text = house.signed_in().get("/slack").text
    assert "<script>alert" not in text
    assert "<b>Ourco" not in text


def test_the_api_tells_the_same(either):
    workspace(either, name="Ourco", state=WorkspaceState.LIMITED, failure="Slack does not answer (x)")
    room(either, "C1", "t2.slack")
    room(either, "C2", state=ChannelState.LEFT)
    event(either, "Ev1", received=NOW)
    client = either.signed_in()
    told = client.get("/api/v1/slack").json()
    [one] = told["workspaces"]
    assert (one["id"], one["state"], one["read"], one["channels"]) == ("T1", "limited", 1, 2)
    assert told["intakes"] == [{"source": "chat", "way": "Socket Mode", "failed_at": None, "trouble": ""}]
    assert (told["waiting"], told["unknown"]) == (1, ["t2.slack"])
    page = client.get("/api/v1/slack/rooms?limit=1").json()
    assert [one["channel"] for one in page["rooms"]] == ["C1"]
    page = client.get(f"/api/v1/slack/rooms?limit=1&after={page['next']}").json()
    assert [one["channel"] for one in page["rooms"]] == ["C2"]
    assert page["next"] is None
    assert client.get("/api/v1/slack/rooms?state=left").json()["rooms"][0]["channel"] == "C2"
    assert client.get("/api/v1/slack/rooms?state=nonsense").status_code == 422


def test_nothing_is_told_without_signing_in(house):
    visitor = house.visitor()
    assert visitor.get("/api/v1/slack").status_code == 401
    assert visitor.get("/api/v1/slack/rooms").status_code == 401
    assert visitor.get("/slack").url.path == "/sign-in"
