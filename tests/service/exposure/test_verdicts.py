"""What reviewers find, and what authors take back, and what that does to the ledger."""

import dataclasses
import uuid

import pytest
from sqlalchemy import select

from detectors.scoring import assess
from messages import Channel
from service.alerts.record import Evidence, record_evidence
from service.alerts.reviews import add_review, undo_review
from service.alerts.schemas import ReviewIn
from service.alerts.withdrawal import withdraw
from service.exposure.edits import edits_of
from service.exposure.models import ExposureEntry, ExposureSource
from service.exposure.schemas import EntryFilter
from service.exposure.store import list_entries
from service.models import MessageRow, Verdict
from service.threads.store import slack_key
from tests.fakes.ledger import BALANCED, START, add_counterparty, tell, told


@pytest.fixture
def session(database):
    with database.transaction() as session:
        add_counterparty(session)
        yield session


def alarm(session, keys, one, policy=BALANCED):
    """Raise the alert that belongs to what was told."""
    evidence = Evidence(
        message_id=one.message_id,
        thread_id=one.thread_id,
        channel=one.message.channel.value,
        author=one.author,
        said_at=one.said_at,
        counterparty=one.counterparties[0],
        policy=policy,
        assessment=assess(one.findings, policy),
    )
    return record_evidence(session, keys, evidence, now=one.said_at)


def leak(session, keys, **more):
    one = told(session, keys, "budget", "480k left", **more)
    alert = alarm(session, keys, one)
    tell(session, keys, one)
    return alert


def review(session, keys, alert, verdict):
    return add_review(session, keys, alert, ReviewIn(verdict=verdict), reviewer="Ann", now=START)


def entry(session):
    return session.scalars(select(ExposureEntry)).one()


def shown(session, keys):
    [view] = list_entries(session, keys, EntryFilter(), viewer=None).entries
    return view


def test_what_was_misread_is_taken_out_and_comes_back_when_the_reviewer_undoes(session, keys):
    alert = leak(session, keys)
    step = review(session, keys, alert, Verdict.FALSE_POSITIVE)
    assert entry(session).state == "retracted"
    [edit] = edits_of(session, entry(session).id)
    assert edit.actor == "frontdoor (by the alerts' reviews)"
    undo_review(session, keys, step.id, reviewer="Ann", now=START)
    assert entry(session).state == "valid"
    assert [one.undoes for one in edits_of(session, entry(session).id)] == [None, edit.id]


def test_it_stays_while_another_source_stands(session, keys):
    first, second = leak(session, keys), leak(session, keys, day=2)
    review(session, keys, first, Verdict.FALSE_POSITIVE)
    assert entry(session).state == "valid"
    review(session, keys, second, Verdict.FALSE_POSITIVE)
    assert entry(session).state == "retracted"


def test_it_comes_back_when_the_same_is_told_in_another_message(session, keys):
    review(session, keys, leak(session, keys), Verdict.FALSE_POSITIVE)
    leak(session, keys, day=3)
    assert entry(session).state == "valid"


def test_what_was_authorised_stays_and_says_so(session, keys):
    alert = leak(session, keys)
    step = review(session, keys, alert, Verdict.BENIGN)
    assert (entry(session).state, shown(session, keys).authorised) == ("valid", True)
    undo_review(session, keys, step.id, reviewer="Ann", now=START)
    assert not shown(session, keys).authorised


@pytest.mark.parametrize("verdict", [Verdict.TRUE_POSITIVE, Verdict.DUPLICATE, Verdict.INSUFFICIENT_DATA])
def test_other_verdicts_leave_the_ledger_as_it_is(session, keys, verdict):
    review(session, keys, leak(session, keys), verdict)
    assert (entry(session).state, shown(session, keys).authorised) == ("valid", False)


def test_of_two_policies_the_one_that_found_it_true_counts(session, keys):
    one = told(session, keys, "budget", "480k left")
    tell(session, keys, one)
    first = alarm(session, keys, one)
    second = alarm(session, keys, one, dataclasses.replace(BALANCED, name="other"))
    review(session, keys, first, Verdict.FALSE_POSITIVE)
    assert entry(session).state == "retracted"
    review(session, keys, second, Verdict.TRUE_POSITIVE)
    assert entry(session).state == "valid"


def test_a_verdict_on_one_thing_leaves_what_else_the_message_told(session, keys):
    one = told(session, keys, "budget", "480k left", more=[("leverage", "the line is down")])
    tell(session, keys, one)
    only_budget = assess(one.findings[:1], BALANCED)
    evidence = Evidence(
        message_id=one.message_id,
        thread_id=one.thread_id,
        channel="email",
        author=one.author,
        said_at=one.said_at,
        counterparty="Norvik",
        policy=BALANCED,
        assessment=only_budget,
    )
    review(session, keys, record_evidence(session, keys, evidence, now=START), Verdict.FALSE_POSITIVE)
    states = {row.label: row.state for row in session.scalars(select(ExposureEntry))}
    assert states == {"budget": "retracted", "leverage": "valid"}


def test_what_the_team_set_is_restored_when_the_verdict_is_undone(session, keys):
    alert = leak(session, keys)
    entry(session).state = "outdated"
    step = review(session, keys, alert, Verdict.FALSE_POSITIVE)
    undo_review(session, keys, step.id, reviewer="Ann", now=START)
    assert entry(session).state == "outdated"


def test_a_deleted_message_may_have_been_read(session, keys):
    version = "T1:C1:1770000000.1"
    one = told(session, keys, "budget", "480k left", channel=Channel.SLACK, external_id=version)
    session.get(MessageRow, one.message_id).key = slack_key(keys, version)
    session.flush()
    tell(session, keys, one)
    assert not shown(session, keys).taken_back
    withdraw(session, keys, [version], deleted=True, now=START)
    view = shown(session, keys)
    assert (view.state, view.taken_back) == ("valid", True)


def test_sources_of_messages_that_are_gone_still_stand(session, keys):
    tell(session, keys, told(session, keys, "budget", "480k left"))
    source = session.scalars(select(ExposureSource)).one()
    source.message_id = None
    session.flush()
    alert = leak(session, keys, day=2, author=f"{uuid.uuid4()}@ourco.example")
    review(session, keys, alert, Verdict.FALSE_POSITIVE)
    assert entry(session).state == "valid"
