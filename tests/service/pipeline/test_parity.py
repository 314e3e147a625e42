"""The situations of the detectors' tests through the store, in batches: what `frontdoor run` says is what scan says."""

import json
import shutil
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from connectors import Batch
from service.crypto import new_keys
from service.database import connect
from service.models import Alert, FindingRow, MessageRow
from service.pipeline.connect import open_files
from service.pipeline.ingest import ingest
from service.pipeline.judging import judge, went_before
from service.settings import parse_settings
from service.start import open_house
from tests.detectors.situations.reading import FOLDER, LABELS, OWN_DOMAINS, errors, read_situations

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SITUATIONS = read_situations()
SIZES = {"one by one": 1, "in batches of seven": 7, "all at once": 1000}


@contextmanager
def undone(database):
    """Give a session whose work is taken back, so that the next situation finds an empty store."""
    with Session(database.engine) as session:
        yield session
        session.rollback()


@contextmanager
def opened(company, url):
    """Give a company's database, with its files taken over as `frontdoor run` does, and its house."""
    domains = {"own_domains": [OWN_DOMAINS[company]], "context": FOLDER / company}
    with closing(connect(url)) as database:
        yield database, open_house(parse_settings({"company": domains}, where="the test"), database, new_keys())


def messages_of(situation, folder):
    path = folder / "messages.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in situation.records), "utf-8")
    with closing(open_files([path])) as files:
        return [message for batch in files.batches({}) for message in batch.messages]


def taken(session, house, messages):
    """Read a batch; returns the labels about people by message."""
    judged = judge(messages, house, went_before(session, messages, house))
    batch = Batch(stream="s", messages=tuple(messages), cursor="")
    outcome = ingest(session, "source", "files", batch, house, now=NOW, judged=judged)
    assert not outcome.refusals
    return {
        one.message.id: {finding.label for _, said in one.judged for finding in said.findings} & LABELS
        for one in outcome.taken
    }


def counts(session):
    return [session.scalar(select(func.count()).select_from(table)) for table in (MessageRow, Alert, FindingRow)]


def shown(session, house, messages, size):
    """Read messages in batches; returns the labels about people of each, in order."""
    batches = [messages[start : start + size] for start in range(0, len(messages), size)]
    found = {name: labels for batch in batches for name, labels in taken(session, house, batch).items()}
    return [frozenset(found.get(one.id, ())) for one in messages]


def reached(situation, house, messages):
    """Tell which messages are in scope: the others, of which price alone can be said, are dropped unread."""
    in_scope = [house.is_in_scope(one) for one in messages]
    assert all(reach or fires <= {"price_no_obstacle"} for reach, fires in zip(in_scope, situation.fires, strict=True))
    return in_scope


def assert_same_as_scan(database, house, situation, messages, size):
    in_scope = reached(situation, house, messages)
    with undone(database) as session:
        found = errors(situation, shown(session, house, messages, size))
        assert [one for one, reach in zip(found, in_scope, strict=True) if reach] == [([], [])] * sum(in_scope)
        before = counts(session)
        shown(session, house, messages, size)
        assert counts(session) == before


@pytest.fixture(scope="module")
def companies(sqlite_template, tmp_path_factory):
    with ExitStack() as stack:
        found = {}
        for company in sorted({one.company for one in read_situations()}):
            path = tmp_path_factory.mktemp(company) / "frontdoor.db"
            shutil.copy(sqlite_template, path)
            found[company] = stack.enter_context(opened(company, f"sqlite:///{path}"))
        yield found


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one.company}: {one.name}")
def test_a_situation_in_batches_shows_what_it_shows_to_scan_and_again_nothing(situation, size, companies, tmp_path):
    assert_same_as_scan(*companies[situation.company], situation, messages_of(situation, tmp_path), size)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one.company}: {one.name}")
def test_within_a_batch_the_order_of_reading_makes_no_difference(situation, companies, tmp_path):
    messages = messages_of(situation, tmp_path)[::-1]
    turned = replace(situation, fires=situation.fires[::-1], may=situation.may[::-1])
    assert_same_as_scan(*companies[situation.company], turned, messages, SIZES["all at once"])


def test_a_sample_of_them_shows_the_same_on_postgresql(postgres_url, tmp_path):
    with opened("foundry", postgres_url) as (database, house):
        of_foundry = [one for one in SITUATIONS if one.company == "foundry"]
        for number, situation in enumerate(of_foundry):
            if number % 4 == 0:
                assert_same_as_scan(database, house, situation, messages_of(situation, tmp_path), 1 + number % 3)
