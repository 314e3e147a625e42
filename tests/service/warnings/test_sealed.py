"""Warnings of messages that hold a sealed fact: nobody in Slack is told which of the words is the one."""

import json

import pytest
from sqlalchemy import select

from service.coaching.history import history_of
from service.models import MessageRow
from service.negotiations.sealing import note_sealed
from service.warnings.answers import quotes_of
from service.warnings.models import WarningRow
from service.warnings.plan import Sign, _quotes
from tests.fakes.alerts import Case, add_case
from tests.fakes.office import make_office
from tests.fakes.plans import LEAD, NAME, add_negotiation

SAID = "we would go up to 7.43 EUR a piece"


class Scene:
    """An office, a stored message that holds a sealed fact, and a warning of it."""

    def __init__(self, office):
        self.database, self.keys, self.now = office.database, office.keys, office.clock()
        self.negotiation = add_negotiation(self, NAME, lead=LEAD, team=[])

    def warn(self, kind, *, sealed=True):
        with self.database.transaction() as session:
            add_case(session, self.keys, Case(channel="slack", updated_at=self.now))
            message = session.scalars(select(MessageRow.id)).one()
            row = WarningRow(
                once=b"1" * 16,
                kind=kind,
                team="T1",
                channel="C1",
                ts="1.1",
                recipient="U1",
                labels=["budget"],
                severity="high",
                policy="balanced",
                lesson="budget",
                state="sent",
                not_before=self.now,
                created_at=self.now,
                message_id=message,
            )
            session.add(row)
            session.flush()
            content = json.dumps({"quotes": [["budget", SAID]]})
            row.key_id, row.sealed = self.keys.seal(content, place=f"warning:{row.id}")
            if sealed:
                note_sealed(session, self.keys, {message: [self.negotiation]})
        return row.id

    def quotes(self, warning, **options):
        with self.database.transaction(write=False) as session:
            return quotes_of(session, self.keys, session.get_one(WarningRow, warning), **options)

    def history(self):
        with self.database.transaction(write=False) as session:
            told = history_of(session, self.keys, "T1", "U1", language="en").told
        return [one.warning.quotes for one in told]


@pytest.fixture
def scene(lite, slack):
    return Scene(make_office(lite, slack))


def test_its_author_sees_their_own_words_again(scene):
    warning = scene.warn("author")
    assert scene.quotes(warning, to_recipient=True) == [("budget", SAID)]
    assert scene.history() == [(("budget", SAID),)]


def test_procurement_s_channel_gets_none_of_them(scene):
    assert scene.quotes(scene.warn("author")) == []


def test_whoever_reads_it_is_warned_without_its_words(scene):
    warning = scene.warn("reader")
    assert scene.quotes(warning, to_recipient=True) == []
    assert scene.history() == [()]


@pytest.mark.parametrize("kind", ["author", "reader"])
def test_words_that_are_not_sealed_are_quoted_as_before(scene, kind):
    warning = scene.warn(kind, sealed=False)
    assert scene.quotes(warning) == scene.quotes(warning, to_recipient=True) == [("budget", SAID)]


def test_a_warning_quotes_what_shows_a_budget_but_not_the_sealed_fact():
    signs = [Sign(label="sealed_fact", words="7.43 EUR"), Sign(label="budget", words="we would go up to")]
    assert _quotes(signs, ["sealed_fact", "budget"]) == [["budget", "we would go up to"]]
    assert _quotes(signs[:1], ["sealed_fact"]) == []
