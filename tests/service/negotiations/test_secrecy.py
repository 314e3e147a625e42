"""Whoever does not hold a plan gets none of it: by no way, in no role, not by how long anything takes."""

import contextlib
import json
import shutil
import traceback
import uuid
from collections import Counter

import pytest
from sqlalchemy import event, select, update

from detectors.finding import Finding
from detectors.scoring import assess, builtin_policies
from service.alerts.contents import contents_of
from service.alerts.export import ExportQuery
from service.alerts.record import Evidence, record_evidence
from service.alerts.schemas import AlertFilter, Sort
from service.alerts.search import tokens_of
from service.alerts.selection import select_page
from service.alerts.store import summaries
from service.audit.store import Action
from service.auth.links import make_sign_in_link
from service.database import connect
from service.errors import FrontdoorError
from service.models import Alert, AuditEntry, FindingRow, MessageRow, SearchToken
from service.negotiations import access, plan
from service.negotiations.facts import FactError, checked_fact
from service.negotiations.models import SealedMessage
from service.negotiations.sealing import note_sealed
from service.negotiations.secrecy import masked, sealed_among, withheld
from service.threads.keep import keep_context
from tests.fakes import prying
from tests.fakes.alerts import Case, Mail, Words, add_case
from tests.fakes.plans import AMOUNT, ENTRIES, NAME, OTHER_NAME, WORDINGS, plant, planted_in, signed_in, take_in
from tests.fakes.prying import PAGE, Listening, found_by, indexed

OUTSIDERS = (
    "administrator",
    "reviewer",
    "tuner",
    "privacy officer",
    "lead of another negotiation",
    "token with all scopes",
    "holder's token for alerts",
)


@pytest.fixture(scope="module")
def planted(sqlite_template, tmp_path_factory):
    """What was planted, in a SQLite database that the tests of this file read and pry into."""
    path = tmp_path_factory.mktemp("planted") / "frontdoor.db"
    shutil.copy(sqlite_template, path)
    with contextlib.closing(connect(f"sqlite:///{path}")) as database:
        yield plant(database)


@pytest.fixture(scope="module")
def come_in(sqlite_template, tmp_path_factory):
    """The same, and each wording came in as a mail besides: by detectors, store and ledger as they are."""
    path = tmp_path_factory.mktemp("come_in") / "frontdoor.db"
    shutil.copy(sqlite_template, path)
    with contextlib.closing(connect(f"sqlite:///{path}")) as database, Listening() as heard:
        planted = plant(database)
        assert take_in(planted) == len(WORDINGS)
        assert planted_in(heard.text) == []
        yield planted


@pytest.fixture
def fresh(database):
    """The same on each kind of database, for tests that change it."""
    return plant(database)


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("way", prying.BY_SOMEBODY, ids=lambda way: way.__name__)
def test_no_way_shows_a_sealed_value_to_somebody_outside(planted, way, name):
    with Listening() as heard:
        assert found_by(planted, way, planted.outsiders[name]) == []
    assert planted_in(heard.text) == []


@pytest.mark.parametrize("way", prying.WITHOUT_ANYBODY, ids=lambda way: way.__name__)
def test_no_sealed_value_stands_in_the_clear(planted, way):
    assert [one for answer in way(planted) for one in planted_in(answer)] == []


@pytest.mark.parametrize("way", prying.BY_SOMEBODY, ids=lambda way: way.__name__)
def test_what_really_came_in_is_shown_to_nobody_outside(come_in, way):
    found = {name: found_by(come_in, way, client) for name, client in come_in.outsiders.items()}
    assert {name: values for name, values in found.items() if values} == {}


@pytest.mark.parametrize("way", prying.WITHOUT_ANYBODY, ids=lambda way: way.__name__)
def test_what_really_came_in_stands_nowhere_in_the_clear(come_in, way):
    assert [one for answer in way(come_in) for one in planted_in(answer)] == []


def test_what_really_came_in_is_in_no_index_and_its_holder_reads_it(come_in):
    assert indexed(come_in) == 0
    listed = come_in.holder.get("/api/v1/alerts", params={"label": "sealed_fact", "limit": 200}).json()["alerts"]
    quoted = " ".join(one["quote"] + one["subject"] for one in listed)
    assert all(words in quoted for words in WORDINGS)


def test_all_outsiders_are_tried(planted):
    assert set(planted.outsiders) == set(OUTSIDERS)


@pytest.mark.parametrize("way", ["every_api_read", "every_page", "the_alert_in_every_list", "exports", "feeds"])
def test_the_same_ways_show_it_to_a_holder(planted, way):
    assert found_by(planted, getattr(prying, way), planted.holder) != []


def test_a_holder_reads_every_wording_and_where_it_stands(planted):
    alert = planted.holder.get(f"/api/v1/alerts/{planted.alert}").json()
    texts = " ".join(one["text"] for one in alert["messages"])
    assert all(words in texts for words in WORDINGS)
    sealed = [one for message in alert["messages"] for one in message["findings"] if one["label"] == "sealed_fact"]
    assert {one["rule"] for one in sealed} == {str(planted.facts[0])}
    assert [one["quote"] for one in sealed] == list(WORDINGS)
    assert alert["messages"][1]["attachments"][0]["name"] == "Kestrelwerk at 7.43.pdf"


def test_a_holder_s_token_with_the_scope_to_manage_reads_it_too(planted):
    assert planted.holder_token.get(planted.plan).status_code == 200
    assert planted_in(planted.holder_token.get(f"/api/v1/alerts/{planted.alert}").content) != []


@pytest.mark.parametrize("name", ["administrator", "reviewer", "token with all scopes"])
def test_others_see_that_a_fact_got_out_but_neither_fact_nor_place(planted, name):
    alert = planted.outsiders[name].get(f"/api/v1/alerts/{planted.alert}").json()
    assert "sealed_fact" in alert["labels"]
    assert alert["risk"] == 96.0
    assert (alert["subject"], alert["quote"], alert["withheld"]) == ("", "", [NAME])
    open_one, *others = alert["messages"]
    assert open_one["text"] == "Thanks for the drawings, they arrived on Monday."
    for message in others:
        assert message["text"] is None
        assert message["text_note"] == (
            f"Withheld: it holds a sealed fact of negotiation “{NAME}”; its holders can read it."
        )
        assert (message["subject"], message["parts"], message["attachments"]) == ("", [], [])
        for finding in message["findings"]:
            places = ("part", "start", "end", "quote", "rule")
            assert [finding[one] for one in places] == ["", None, None, "", ""]
            assert NAME in finding["reason"]


def test_the_alert_s_page_says_that_words_are_withheld_and_shows_no_highlight(planted):
    page = planted.outsiders["reviewer"].get(f"/alerts/{planted.alert}", headers=PAGE).text
    assert f"Withheld: it holds a sealed fact of negotiation “{NAME}”; its holders can read it." in page
    assert "<mark" not in page
    assert "The words are no longer kept" not in page
    listed = planted.outsiders["reviewer"].get("/alerts", headers=PAGE).text
    assert "Withheld: it holds a sealed fact of negotiation" in listed
    assert "<mark" in planted.holder.get(f"/alerts/{planted.alert}", headers=PAGE).text


def test_whoever_holds_another_plan_reads_nothing_of_this_one(planted):
    rival = planted.outsiders["lead of another negotiation"]
    assert rival.get(planted.plan).status_code == 403
    assert rival.get(planted.plan.replace(str(planted.negotiation), str(planted.other))).status_code == 200


def test_others_are_told_no_more_than_that_a_plan_is_there(planted):
    answer = planted.outsiders["administrator"].get(f"/api/v1/negotiations/{planted.negotiation}").json()
    assert answer["has_plan"] is True
    assert str(len(ENTRIES)) not in json.dumps({key: value for key, value in answer.items() if "plan" in key})
    refused = planted.outsiders["administrator"].get(planted.plan)
    assert refused.json()["detail"] == "The plan of this negotiation is open to its holders."


def test_a_message_of_two_plans_is_read_by_whoever_holds_both(fresh):
    house = fresh.house
    both = fresh.closed_users["lead of another negotiation"]
    with house.database.transaction() as session:
        note_sealed(session, house.keys, {fresh.messages[0]: [fresh.other]})
    with house.database.transaction(write=False) as session:
        for viewer in (fresh.holder_id, both, None):
            names = withheld(session, [fresh.messages[0]], viewer)[fresh.messages[0]]
            expected = {fresh.holder_id: (OTHER_NAME,), both: (NAME,), None: (NAME, OTHER_NAME)}[viewer]
            assert names == expected
    with house.database.transaction() as session:
        session.add(
            access.NegotiationAccess(
                negotiation_id=fresh.other, user_id=fresh.holder_id, admitted_by="test", admitted_at=house.now
            )
        )
    with house.database.transaction(write=False) as session:
        assert withheld(session, [fresh.messages[0]], fresh.holder_id) == {}


def test_withholding_asks_of_many_messages_at_once(fresh):
    with fresh.house.database.transaction(write=False) as session:
        strangers = [uuid.uuid4() for _ in range(2500)]
        assert set(withheld(session, [*strangers, *fresh.messages], None)) == set(fresh.messages)
        assert sealed_among(session, [*strangers, *fresh.messages]) == set(fresh.messages)
        assert withheld(session, [], None) == {}


def test_who_is_shut_out_opens_nothing_any_more(fresh):
    house = fresh.house
    with house.database.transaction() as session:
        session.get_one(access.User, fresh.holder_id).disabled = True
    with house.database.transaction(write=False) as session:
        assert access.opened_by(session, fresh.holder_id) == frozenset()
        assert set(withheld(session, fresh.messages, fresh.holder_id)) == set(fresh.messages)


def test_nobody_who_is_not_named_is_taken_for_an_outsider(fresh):
    house = fresh.house
    with house.database.transaction(write=False) as session:
        assert planted_in(repr(contents_of(session, house.keys, fresh.messages))) == []
        assert planted_in(summaries(session, house.keys, [fresh.alert])[0].model_dump_json()) == []
        assert planted_in(repr(contents_of(session, house.keys, fresh.messages, viewer=fresh.holder_id))) != []


# Search


def test_words_of_a_sealed_message_are_in_no_index(fresh):
    assert indexed(fresh) == 0
    with fresh.house.database.transaction(write=False) as session:
        known = set(session.scalars(select(SearchToken.token)))
    assert tokens_of("Thanks for the drawings", fresh.house.keys) <= known


@pytest.mark.parametrize("words", ["Kestrelwerk", "7.43", "forty", WORDINGS[0]])
@pytest.mark.parametrize("name", ["holder", "administrator"])
def test_a_search_for_a_value_finds_what_a_search_for_nonsense_finds(planted, words, name):
    client = planted.holder if name == "holder" else planted.outsiders[name]
    answers = [client.get("/api/v1/alerts", params={"text": one}).json() for one in (words, "xylophone quartz")]
    assert answers[0] == answers[1] == {"alerts": [], "next": None}
    drawings = client.get("/api/v1/alerts", params={"text": "drawings Monday"}).json()
    assert [one["id"] for one in drawings["alerts"]] == [str(planted.alert)]


@pytest.mark.parametrize("words", ["Kestrelwerk", "forty-three cent", WORDINGS[2]])
def test_a_search_for_a_value_does_the_work_of_a_search_for_nonsense(fresh, words):
    nonsense = " ".join(f"xylophone{place}" for place, _ in enumerate(tokens_of(words, fresh.house.keys)))
    assert _work(fresh, words) == _work(fresh, nonsense)


def _work(planted, text):
    """Count each statement that a search sends, and how many rows it gets: all that its time can depend on."""
    house, seen = planted.house, Counter()

    def note(_connection, _cursor, statement, *_):
        seen[statement] += 1

    event.listen(house.database.engine, "before_cursor_execute", note)
    try:
        with house.database.transaction(write=False) as session:
            asked = AlertFilter(text=text)
            found = select_page(session, house.keys, asked, sort=Sort.SAID, cursor=None, limit=50)
            tokens = tokens_of(text, house.keys)
            rows = session.scalars(select(SearchToken.alert_id).where(SearchToken.token.in_(tokens))).all()
    finally:
        event.remove(house.database.engine, "before_cursor_execute", note)
    return seen, len(found), len(rows)


def test_words_go_from_the_index_when_a_message_turns_out_to_be_sealed(database, house):
    mails = [
        Mail(text="The oxide lot arrived.", subject="Lot"),
        Mail(text="we stop at 7.43 at most", subject="Ceiling", evidence=(Words(label="budget", words="7.43"),)),
    ]
    planted = plant(database)
    keys = planted.house.keys
    with database.transaction() as session:
        alert = add_case(session, keys, Case(messages=mails))
        thread = session.get_one(Alert, alert).thread_id
        _, message = session.scalars(
            select(MessageRow.id).where(MessageRow.thread_id == thread).order_by(MessageRow.sent_at)
        )

    def known():
        with database.transaction(write=False) as session:
            return set(session.scalars(select(SearchToken.token).where(SearchToken.alert_id == alert)))

    assert tokens_of("stop ceiling 43 oxide lot", keys) <= known()
    with database.transaction() as session:
        note_sealed(session, keys, {message: [planted.negotiation]})
    assert known() == tokens_of("oxide lot the arrived", keys)
    with database.transaction() as session:
        note_sealed(session, keys, {message: [planted.negotiation]})
        keep_context(session, keys, [thread])
    assert known() == tokens_of("oxide lot the arrived", keys)


def test_the_intake_s_own_order_indexes_nothing_of_a_sealed_message(fresh):
    house = fresh.house
    mails = [Mail(text="we stop at 7.43 at most", subject="Ceiling", evidence=(Words(label="budget", words="7.43"),))]
    with house.database.transaction() as session:
        alert = add_case(session, house.keys, Case(messages=mails))
        thread = session.get_one(Alert, alert).thread_id
        session.execute(SearchToken.__table__.delete().where(SearchToken.alert_id == alert))
        session.execute(update(MessageRow).where(MessageRow.thread_id == thread).values(text_until=house.now))
        message = session.scalars(select(MessageRow.id).where(MessageRow.thread_id == thread)).one()
        session.add(SealedMessage(message_id=message, negotiation_id=fresh.negotiation))
        session.flush()
        assert keep_context(session, house.keys, [thread]) == 1
        assert session.scalars(select(SearchToken).where(SearchToken.alert_id == alert)).all() == []


# Reasons


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("Ida Kern may agree on prices up to EUR 50,000, and agrees to 68,500.", "EUR …, and agrees to …."),
        ("Ida agrees to 7.43", "Ida agrees to …"),
        ("agrees to 1 250 000", "agrees to …"),
        ("agrees to 1'250'000.50 now", "agrees to … now"),
        ("Bo Lind has led “Castings 2027” since 2 February 2026", "“Castings 2027” since 2 February 2026"),
        ("19 Mayonnaise jars", "… Mayonnaise jars"),
        ("It is said outright.", "It is said outright."),
    ],
)
def test_a_stored_reason_repeats_no_figure_of_the_message(reason, kept):
    assert masked(reason).endswith(kept)


def test_evidence_of_a_sealed_message_is_stored_without_the_figures_of_its_reasons(fresh):
    house = fresh.house
    policy = next(iter(builtin_policies()))
    findings = [
        Finding(
            label="authority_exceeded",
            start=None,
            end=None,
            quote="",
            confidence=0.9,
            reason="Ida agrees to 7.43.",
            detector="authority_exceeded",
        )
    ]
    with house.database.transaction() as session:
        row = session.get_one(MessageRow, fresh.messages[0])
        open_one = session.scalars(
            select(MessageRow).where(MessageRow.thread_id == row.thread_id, MessageRow.id.not_in(fresh.messages))
        ).one()
        for message in (row, open_one):
            record_evidence(
                session,
                house.keys,
                Evidence(
                    message_id=message.id,
                    thread_id=row.thread_id,
                    channel="email",
                    author="jonas.weber@ourco.example",
                    said_at=house.now,
                    counterparty="Norvik Metall",
                    policy=policy,
                    assessment=assess(findings, policy),
                ),
                now=house.now,
            )
        reasons = {
            one.message_id: one.reason
            for one in session.scalars(select(FindingRow).where(FindingRow.reason.startswith("Ida agrees")))
        }
    assert reasons == {row.id: "Ida agrees to ….", open_one.id: "Ida agrees to 7.43."}


# Errors


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (AMOUNT | {"value": "7.43"}, "value"),
        (AMOUNT | {"value": -7.43}, "value"),
        (AMOUNT | {"currency": "Kestrelwerk"}, "currency"),
        (AMOUNT | {"first": "2026-05-19"}, "first"),
        (AMOUNT | {"words": "Kestrelwerk"}, "words"),
        (AMOUNT | {"kestrelwerk": 7.43}, "the fact"),
        ({"kind": "kestrelwerk"}, "kind"),
        ({"kind": "date", "first": "19 May 2026"}, "first"),
        ({"kind": "date", "first": "2026-05-21", "last": "2026-05-19"}, "last"),
    ],
)
def test_an_error_names_the_field_and_neither_says_nor_carries_the_value(data, field):
    with pytest.raises(FactError) as caught:
        checked_fact(data)
    assert caught.value.field == field
    said = "".join(traceback.format_exception(caught.value))
    assert planted_in(str(caught.value)) == []
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert planted_in(said.replace("Kestrelwerk", "")) == []


def test_what_breaks_unforeseen_says_nothing_of_the_plan(fresh):
    with fresh.house.database.transaction() as session:
        row = session.get_one(plan.SealedFactRow, fresh.facts[0])
        content = json.dumps({"role": "Kestrelwerk at 7.43", "title": "", "note": "", "fact": None})
        row.key_id, row.sealed = fresh.house.keys.seal(content, place=plan.entry_place(row.id))
    with Listening() as heard:
        answer = fresh.holder.get(fresh.plan)
        page = fresh.holder.get(fresh.page, headers=PAGE)
    assert (answer.status_code, page.status_code) == (500, 500)
    assert planted_in(answer.content + page.content) == []
    assert planted_in(heard.text) == []


def test_a_holder_s_mistakes_are_answered_without_the_value(planted):
    with Listening() as heard:
        answers = [
            planted.holder.post(
                f"{planted.plan}/facts", json={"role": "limit", "fact": AMOUNT | {"value": "7.43 EUR"}}
            ),
            planted.holder.post(f"{planted.plan}/facts", json={"role": "limit", "fact": AMOUNT | {"currency": "7.43"}}),
            planted.holder.post(f"{planted.plan}/facts", json={"role": "7.43", "fact": AMOUNT}),
            planted.holder.post(f"{planted.plan}/facts", content='{"role": "7.43'),
            planted.holder.put(
                f"{planted.plan}/facts/{planted.facts[0]}", json={"role": "limit", "version": 7, "fact": AMOUNT}
            ),
        ]
    assert [one.status_code for one in answers] == [422, 400, 422, 422, 409]
    assert [planted_in(one.content) for one in answers] == [[]] * 5
    assert planted_in(heard.text) == []


# The audit log


def test_looks_refusals_and_changes_are_on_record_without_values(fresh):
    for _ in range(3):
        fresh.holder.get(fresh.plan)
        fresh.outsiders["reviewer"].get(fresh.plan)
        fresh.outsiders["reviewer"].get(fresh.page, headers=PAGE)
    fresh.holder.delete(f"{fresh.plan}/facts/{fresh.facts[1]}")
    with fresh.house.database.transaction(write=False) as session:
        rows = session.scalars(
            select(AuditEntry).where(AuditEntry.object == str(fresh.negotiation)).order_by(AuditEntry.seq)
        ).all()
    told = Counter((row.actor, row.action) for row in rows)
    assert told["Ida Kern", Action.PLAN_VIEWED] == 1
    assert told["Rex Viewer", Action.PLAN_REFUSED] == 1
    assert told["Ida Kern", Action.PLAN_CHANGED] == len(ENTRIES) + 1
    assert planted_in(repr([row.detail for row in rows])) == []


# What is at rest


def test_the_length_of_what_is_sealed_tells_nothing_of_a_figure(fresh):
    sizes = set()
    for value in (7, 7.43, 123_456_789.12):
        body = {"role": "limit", "fact": {"kind": "quantity", "value": value}}
        assert fresh.holder.post(f"{fresh.plan}/facts", json=body).status_code == 201
    with fresh.house.database.transaction(write=False) as session:
        sizes = {len(row.sealed) for row in session.scalars(select(plan.SealedFactRow))}
    assert len(sizes) == 1


def test_an_export_query_and_every_error_of_ours_have_no_field_for_a_value():
    assert "sealed" not in " ".join(ExportQuery.model_fields)
    assert planted_in(str(FrontdoorError())) == []


def test_a_browser_that_signs_in_as_a_holder_sees_it_which_the_plan_s_page_tells(fresh):
    house = fresh.house
    with house.database.transaction() as session:
        user = session.get_one(access.User, fresh.holder_id)
        make_sign_in_link(session, user=user, base_url="http://127.0.0.1", actor="Ana Ferreira", now=house.now)
        make_sign_in_link(session, user=user, base_url="http://127.0.0.1", actor="Ida Kern", now=house.now)
    page = signed_in(house, fresh.holder_id).get(fresh.page, headers=PAGE).text
    assert "A sign-in link for <bdi>Ida Kern</bdi> was made by <bdi>Ana Ferreira</bdi> on" in page
    assert page.count("A sign-in link for") == 1
    entrances = fresh.holder.get(fresh.plan).json()["entrances"]
    assert [(one["way"], one["holder"], one["made_by"]) for one in entrances] == [("link", "Ida Kern", "Ana Ferreira")]
