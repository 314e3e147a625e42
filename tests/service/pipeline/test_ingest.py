"""Batches into the store: what is kept, what joins, what opens again, what a redelivery changes."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from connectors import Batch, Refusal
from detectors.context import Context
from detectors.scoring import builtin_policies
from messages import Attachment, Channel, Counterparty, CounterpartyKind, Directory, Message, Participant
from service import models
from service.alerts.contents import open_content
from service.crypto import Keys
from service.pipeline.house import House
from service.pipeline.ingest import ingest
from service.settings import Retention
from service.sources.record import cursors_of
from service.threads.keep import expire

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
KEYS = Keys(active="k1", keys={"k1": b"k" * 32})
LEAK = "Between us, our budget for this is 85,000 euros and it has already been approved."
OTHER_LEAK = "To be honest we have no second source for this part, so we depend on you."
ORDINARY = "The pallets arrived this morning and the warehouse has booked them in without remarks."
HOUSE = House(
    keys=KEYS,
    context=Context(
        directory=Directory(
            own_domains=("ourco.example",),
            counterparties=(Counterparty(name="Norvik", kind=CounterpartyKind.SUPPLIER, domains=("norvik.example",)),),
        )
    ),
    policies=tuple(policy for policy in builtin_policies() if policy.name == "balanced"),
    retention=Retention(),
)


def mail(number, text=ORDINARY, *, to="seller@norvik.example", sender="eng@ourco.example", after=None, **more):
    values = {
        "id": f"m{number}@ourco.example",
        "message_id": f"m{number}@ourco.example",
        "in_reply_to": f"m{after}@ourco.example" if after else "",
        "channel": Channel.EMAIL,
        "sender": Participant(address=sender),
        "to": (Participant(address=to),),
        "subject": f"Delivery {number}",
        "text": text,
        "sent_at": NOW + timedelta(minutes=number),
    }
    return Message(**values | more)


def take(database, *messages, now=NOW, cursor="1", refusals=(), house=HOUSE):
    with database.transaction() as session:
        batch = Batch(stream="INBOX", messages=messages, cursor=cursor, refusals=refusals)
        return ingest(session, "mailbox", "imap", batch, house, now=now)


def rows(database, model, *where):
    with database.transaction(write=False) as session:
        return list(session.scalars(select(model).where(*where)))


def count(database, model):
    with database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(model))


def texts(database):
    """Map each stored message to whether its text is there, and until when."""
    return {
        row.external_id.split("@")[0]: (row.sealed is not None, row.text_until)
        for row in rows(database, models.MessageRow)
    }


def alert_of(database):
    (alert,) = rows(database, models.Alert)
    return alert


def close(database, status=models.AlertStatus.RESOLVED):
    with database.transaction() as session:
        alert = session.scalars(select(models.Alert)).one()
        alert.status, alert.verdict = status.value, models.Verdict.TRUE_POSITIVE.value


def test_a_leak_raises_an_alert_with_its_words_and_the_cursor_moves(database):
    outcome = take(database, mail(1, LEAK), cursor="v1 7 1")
    alert = alert_of(database)
    assert outcome.alerts == {alert.id}
    assert (alert.status, alert.counterparty, alert.policy) == ("new", "Norvik", "balanced")
    assert "budget" in {row.label for row in alert.labels}
    assert [row.address for row in alert.people] == ["eng@ourco.example"]
    (finding,) = rows(database, models.FindingRow, models.FindingRow.label == "budget")
    assert "85,000 euros" in LEAK[finding.start : finding.end]
    with database.transaction(write=False) as session:
        assert cursors_of(session, "mailbox") == {"INBOX": "v1 7 1"}


def test_points_add_up_to_the_risk(database):
    take(database, mail(1, f"{LEAK} {OTHER_LEAK}"))
    alert = alert_of(database)
    assert sum(row.points for row in rows(database, models.FindingRow)) == pytest.approx(alert.risk)
    assert all(row.explanation for row in rows(database, models.FindingRow))


def test_ordinary_mail_raises_nothing_and_its_text_is_sealed_for_72_hours(database):
    take(database, mail(1))
    assert not rows(database, models.Alert)
    (row,) = rows(database, models.MessageRow)
    assert row.text_until == NOW + timedelta(hours=72)
    assert b"pallets" not in row.sealed


def test_a_message_without_a_counterparty_is_counted_and_forgotten(database):
    outcome = take(database, mail(1, LEAK, to="boss@ourco.example"))
    assert (outcome.brought, outcome.stored) == (1, 0)
    assert count(database, models.MessageRow) == count(database, models.Thread) == 0
    counts = {row.name: row.count for row in rows(database, models.Tally)}
    assert (counts["brought"], counts["out_of_scope"]) == (1, 1)


def test_redelivery_changes_nothing_but_the_count_of_what_was_brought(database):
    take(database, mail(1, LEAK), mail(2, after=1))
    before = {model: count(database, model) for model in (models.MessageRow, models.Alert, models.FindingRow)}
    updated = alert_of(database).updated_at
    outcome = take(database, mail(1, LEAK), mail(2, after=1), mail(1, LEAK), now=NOW + timedelta(hours=1))
    assert outcome.stored == 0
    assert {model: count(database, model) for model in before} == before
    assert alert_of(database).updated_at == updated
    assert count(database, models.AlertEvent) == 1


def test_the_same_message_twice_in_one_batch_is_one(database):
    assert take(database, mail(1, LEAK), mail(1, LEAK)).stored == 1


def test_a_forged_message_id_hides_nothing(database):
    take(database, mail(1))
    take(database, mail(1, LEAK))
    assert count(database, models.Alert) == 1


def test_mails_without_message_id_are_told_apart_by_date_and_known_again(database):
    bare = {"message_id": "", "in_reply_to": ""}
    first, second = mail(1, id="folder;uid=1", **bare), mail(2, id="folder;uid=2", **bare)
    assert take(database, first, second).stored == 2
    assert take(database, mail(1, id="folder;uid=801", **bare)).stored == 0


def test_evidence_of_one_thread_joins_one_alert_and_raises_its_risk(database):
    take(database, mail(1, LEAK))
    before = alert_of(database)
    take(database, mail(2, OTHER_LEAK, after=1), now=NOW + timedelta(hours=1))
    after = alert_of(database)
    assert after.risk > before.risk
    assert {"budget", "leverage"} <= {row.label for row in after.labels}
    assert [row.kind for row in rows(database, models.AlertEvent)] == ["opened", "evidence"]


def test_evidence_of_two_threads_makes_two_alerts(database):
    take(database, mail(1, LEAK), mail(2, OTHER_LEAK))
    assert count(database, models.Alert) == 2


def test_new_evidence_opens_a_resolved_alert_again(database):
    take(database, mail(1, LEAK))
    close(database)
    take(database, mail(2, OTHER_LEAK, after=1), now=NOW + timedelta(days=1))
    alert = alert_of(database)
    assert (alert.status, alert.verdict, alert.reopened) == ("new", None, 1)


def test_the_same_words_again_in_the_thread_do_not(database):
    take(database, mail(1, LEAK))
    close(database)
    take(database, mail(2, f"Only as a reminder. {LEAK}", after=1), mail(3, LEAK, after=2))
    assert alert_of(database).status == "resolved"


def test_a_suppressed_alert_stays_so_for_more_of_the_same_gravity(database):
    take(database, mail(1, f"{LEAK} {OTHER_LEAK}"))
    close(database, models.AlertStatus.SUPPRESSED)
    severity = alert_of(database).severity
    take(database, mail(2, "We have 85,000 euros in the budget for this and not a cent more.", after=1))
    alert = alert_of(database)
    assert alert.severity == severity
    assert alert.status == "suppressed"


def test_a_reply_that_arrives_before_its_parent_lands_in_the_same_thread(database):
    take(database, mail(2, LEAK, after=1))
    take(database, mail(1, OTHER_LEAK))
    assert count(database, models.Alert) == count(database, models.Thread) == 1


@pytest.mark.parametrize(
    ("subject", "days", "to", "threads"),
    [
        ("AW: Delivery 1", 1, "seller@norvik.example", 1),
        ("Re: Delivery 1", 1, "other@norvik.example", 1),
        ("Delivery 1", 1, "seller@norvik.example", 2),
        ("Re: Delivery 1", 60, "seller@norvik.example", 2),
        ("Re: Delivery 1", 1, "seller@elsewhere.example", 2),
        ("Re: Delivery 9", 1, "seller@norvik.example", 2),
    ],
)
def test_a_reply_without_references_goes_by_subject_firm_and_time(database, subject, days, to, threads):
    take(database, mail(1))
    take(database, mail(2, subject=subject, to=to, sent_at=NOW + timedelta(days=days)))
    assert count(database, models.Thread) == threads


def test_slack_messages_join_by_their_thread_and_an_edit_is_looked_at_anew(database):
    def post(ts, text, *, thread="1.0", edited=""):
        return mail(
            0,
            text,
            id=f"T1:C1:{ts}{edited}",
            message_id="",
            channel=Channel.SLACK,
            thread=f"C1:{thread}",
            subject="#ext",
        )

    take(database, post("1.0", ORDINARY), post("1.1", LEAK), post("2.0", ORDINARY, thread="2.0"))
    assert count(database, models.Thread) == 2
    assert take(database, post("1.1", LEAK)).stored == 0
    assert take(database, post("1.1", OTHER_LEAK, edited=":9.9")).stored == 1
    assert {"budget", "leverage"} <= {row.label for row in alert_of(database).labels}


def test_three_messages_on_either_side_of_evidence_are_kept_and_no_more(database):
    take(database, *(mail(number, f"{ORDINARY} {number}", after=1 if number > 1 else None) for number in range(1, 6)))
    take(database, mail(6, LEAK, after=1))
    later = [mail(number, f"{ORDINARY} {number}", after=1) for number in range(7, 12)]
    take(database, *later, now=NOW + timedelta(hours=1))
    kept = {name for name, (there, until) in texts(database).items() if there and until is None}
    assert kept == {"m3", "m4", "m5", "m6", "m7", "m8", "m9"}


def test_what_raised_no_alert_is_deleted_after_its_time_and_the_rest_stays(database):
    take(database, mail(1, LEAK), mail(50, f"{ORDINARY} elsewhere"))
    with database.transaction() as session:
        gone = expire(session, Retention(), now=NOW + timedelta(hours=73))
    assert gone["texts"] == 1
    assert texts(database) == {"m1": (True, None), "m50": (False, None)}
    with database.transaction() as session:
        expire(session, Retention(), now=NOW + timedelta(days=181))
    assert set(texts(database)) == {"m1"}


def test_a_closed_alert_goes_with_its_texts_when_its_time_is_over_and_an_open_one_stays(database):
    take(database, mail(1, LEAK), mail(50, LEAK.replace("85", "86"), to="x@elsewhere.example"))
    with database.transaction() as session:
        closed = session.scalars(select(models.Alert).where(models.Alert.counterparty == "Norvik")).one()
        closed.status = models.AlertStatus.RESOLVED.value
    with database.transaction() as session:
        gone = expire(session, Retention(), now=NOW + timedelta(days=731))
    assert gone["alerts"] == 1
    assert alert_of(database).counterparty == "elsewhere.example"
    assert set(texts(database)) == {"m50"}


def test_a_refusal_is_on_record_once_however_often_it_is_met(database):
    refusal = Refusal(where="INBOX;uid=3", why="it has no header")
    assert take(database, refusals=(refusal,)).refused == 1
    assert take(database, refusals=(refusal,)).refused == 0
    assert [row.why for row in rows(database, models.Refusal)] == ["it has no header"]


def fail_after_ingesting(database):
    with database.transaction() as session:
        ingest(session, "mailbox", "imap", Batch(stream="INBOX", messages=(mail(1, LEAK),), cursor="9"), HOUSE, now=NOW)
        raise RuntimeError


def test_a_batch_that_fails_leaves_nothing_behind(database):
    with pytest.raises(RuntimeError):
        fail_after_ingesting(database)
    left = [count(database, model) for model in (models.Alert, models.MessageRow, models.Thread, models.SourceCursor)]
    assert left == [0, 0, 0, 0]


def test_attachments_are_listed_without_their_content(database):
    take(database, mail(1, attachments=(Attachment(name="drawing.pdf", media_type="application/pdf", size=9),)))
    (row,) = rows(database, models.MessageRow)
    content = open_content(KEYS, row.id, row.key_id, row.sealed)
    assert content.attachments == (("drawing.pdf", "application/pdf", 9),)


def test_nothing_that_was_said_is_readable_in_the_database(database):
    take(database, mail(1, LEAK, subject="Secret pump"))
    with database.engine.connect() as connection:
        for table in models.Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                assert not any(
                    word in repr(value).lower() for value in row for word in ("85,000", "between us", "secret pump")
                ), table.name


def test_two_policies_raise_two_alerts(database):
    both = House(keys=KEYS, context=HOUSE.context, policies=builtin_policies()[1:], retention=Retention())
    take(database, mail(1, LEAK), house=both)
    assert {row.policy for row in rows(database, models.Alert)} == {"balanced", "vigilant"}


def test_ids_are_not_guessable(database):
    take(database, mail(1, LEAK))
    assert alert_of(database).id.version == uuid.uuid4().version


def test_a_firm_that_quotes_anothers_message_ids_does_not_join_its_conversation(database):
    take(database, mail(1, LEAK))
    close(database, models.AlertStatus.SUPPRESSED)
    take(database, mail(2, OTHER_LEAK, after=1, to="seller@evil.example"))
    assert {(row.counterparty, row.status) for row in rows(database, models.Alert)} == {
        ("Norvik", "suppressed"),
        ("evil.example", "new"),
    }


def test_a_colleagues_reply_to_both_firms_joins_each_ones_conversation(database):
    take(database, mail(1, LEAK))
    both = (Participant(address="seller@norvik.example"), Participant(address="x@atlas.example"))
    take(database, mail(2, OTHER_LEAK, after=1, to=both[0].address, cc=(both[1],)))
    take(database, mail(3, ORDINARY, after=2, to="x@atlas.example"))
    assert count(database, models.Alert) == count(database, models.Thread) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": f"Delivery 1, {LEAK}"},
        {"to": "seller@elsewhere.example"},
        {"attachments": (Attachment(name="budget.xlsx", media_type="application/octet-stream", size=1),)},
    ],
    ids=["subject", "firm", "file"],
)
def test_a_mail_that_says_more_under_the_same_id_and_text_is_another(database, changed):
    take(database, mail(1))
    assert take(database, mail(1, **changed)).stored == 1


def test_a_copy_that_a_gateway_tagged_is_the_same(database):
    take(database, mail(1))
    assert take(database, mail(1, subject="[EXTERNAL] Delivery 1")).stored == 0


def test_an_author_who_hides_is_outside(database):
    fishing = "Between us, what is your budget for this and who else is bidding?"
    take(database, mail(1, fishing, sender="", to="eng@ourco.example"))
    assert alert_of(database).counterparty == "unknown"


def test_a_neighbour_that_cant_be_opened_stops_nothing(database):
    take(database, mail(1))
    with database.transaction() as session:
        session.scalars(select(models.MessageRow)).one().sealed = b"x" * 40
    take(database, mail(2, LEAK, after=1))
    assert count(database, models.Alert) == 1


def test_what_could_not_be_read_to_its_end_is_judged_as_far_as_it_goes_and_on_record(database):
    take(database, mail(1, LEAK, truncated=True), mail(2, truncated=True, to="boss@ourco.example"))
    assert count(database, models.Alert) == 1
    assert {row.location for row in rows(database, models.Refusal)} == {"m1@ourco.example", "m2@ourco.example"}
