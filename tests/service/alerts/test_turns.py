"""Evidence and reviews that reach the same alerts at the same time."""

import threading

from detectors.finding import Finding
from detectors.scoring import assess, builtin_policies
from service.alerts.record import Evidence, record_evidence
from service.alerts.reviews import add_reviews
from service.alerts.schemas import ReviewIn
from service.models import Alert, AlertEvent, MessageRow
from tests.fakes.alerts import Case, add_case

POLICY = next(policy for policy in builtin_policies() if policy.name == "balanced")


def evidence_for(session, alert_id, now):
    alert = session.get(Alert, alert_id)
    message = session.query(MessageRow).filter_by(thread_id=alert.thread_id).one()
    finding = Finding(
        label="leverage",
        start=0,
        end=2,
        quote="Hi",
        confidence=0.9,
        reason="It is said outright.",
        detector="leverage",
    )
    return Evidence(
        message_id=message.id,
        thread_id=alert.thread_id,
        channel="email",
        author="bo@ourco.example",
        said_at=now,
        counterparty="Norvik Metall",
        policy=POLICY,
        assessment=assess([finding], POLICY),
    )


def test_a_batch_of_evidence_and_a_bulk_review_the_other_way_round_do_not_block_each_other(house):
    now = house.clock()
    with house.database.transaction() as session:
        ids = [add_case(session, house.keys, Case()) for _ in range(2)]
        found = [evidence_for(session, one, now) for one in ids]
    first_is_in, failures = threading.Event(), []

    def ingest():
        with house.database.transaction() as session:
            record_evidence(session, house.keys, found[0], now=now)
            first_is_in.set()
            threading.Event().wait(0.2)
            record_evidence(session, house.keys, found[1], now=now)

    def review():
        first_is_in.wait()
        with house.database.transaction() as session:
            add_reviews(session, house.keys, ids[::-1], ReviewIn(verdict="benign"), reviewer="Ann", now=now)

    def noting(work):
        try:
            work()
        except Exception as error:  # noqa: BLE001 - whatever went wrong in the thread fails the test
            failures.append(error)

    threads = [threading.Thread(target=noting, args=(work,)) for work in (ingest, review)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with house.database.transaction(write=False) as session:
        assert {session.get(Alert, one).status for one in ids} == {"resolved"}
        kinds = [event.kind for event in session.query(AlertEvent).order_by(AlertEvent.id)]
    assert kinds == ["evidence", "evidence", "reviewed", "reviewed"]
