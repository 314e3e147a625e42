"""What is posted, within Block Kit's limits whatever is in it."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.finding import Label
from detectors.scoring import Severity
from service.models import AlertStatus, Verdict
from service.notify.blocks import alert_post, flood_post
from service.notify.card import Card, Quote, Step
from service.notify.digest_post import digest_post
from service.notify.figures import Figures, Oldest
from service.notify.wording import LANGUAGES
from tests.fakes.slack.blockkit import problems

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
WORST = "&<>" * 5000
BASE = "https://frontdoor.example/" + "x" * 1400


def card(**changes):
    made = {
        "id": uuid.uuid4(),
        "event": 1,
        "policy": "balanced",
        "status": AlertStatus.NEW,
        "severity": "high",
        "risk": 81.4,
        "labels": ("budget",),
        "counterparty": "Norvik",
        "channel": "email",
        "subject": "",
        "quotes": (Quote(label="budget", words="480k"),),
        "authors": ("Jonas Weber",),
        "others": 0,
        "withdrawn": False,
        "said_at": NOW,
        "place": None,
        "step": None,
        "reopened": 0,
        "warnings": 0,
        "reports": 0,
    }
    return Card(**made | changes)


def step(**changes):
    made = {"name": "Ann", "verdict": "benign", "status": "resolved", "at": NOW, "review": uuid.uuid4()}
    return Step(**made | changes)


def arguments(post):
    return {"text": post.text, "blocks": list(post.blocks)}


HEAVY = {
    "labels": tuple(Label) + tuple(f"{WORST}{number}" for number in range(50)),
    "counterparty": WORST,
    "subject": WORST,
    "quotes": tuple(Quote(label=WORST, words=WORST) for _ in range(3)),
    "authors": (WORST,) * 3,
    "others": 10**9,
    "withdrawn": True,
    "warnings": 10**9,
    "reports": 10**9,
    "reopened": 10**9,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"severity": "unheard-of", "channel": "fax", "labels": ()},
        {"quotes": (), "authors": ()},
        {"quotes": (Quote(label="over_the_head", reason=WORST),)},
        HEAVY,
        HEAVY | {"status": AlertStatus.IN_PROGRESS, "step": step(name=WORST, status="in_progress", verdict="")},
        HEAVY | {"status": AlertStatus.RESOLVED, "step": step(name=WORST)},
        {"status": AlertStatus.RESOLVED},
        {"status": AlertStatus.SUPPRESSED, "step": step(status="suppressed", review=None)},
    ],
)
def test_an_alert_fits_whatever_is_in_it(language, changes):
    post = alert_post(card(**changes), language=language, base=BASE, permalink="https://x.slack.com/" + "&" * 200)
    assert problems(arguments(post)) == []
    assert len(post.text) <= 4000
    assert len(json.dumps(post.blocks)) < 20_000


@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(list(AlertStatus)), st.sampled_from(LANGUAGES))
def test_an_alert_fits_with_any_words(words, name, status, language):
    quotes = (Quote(label=name, words=words, reason=name),)
    shown = card(quotes=quotes, counterparty=name, subject=words, authors=(name,), status=status, step=step(name=name))
    assert problems(arguments(alert_post(shown, language=language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Norvik", WORST])
def test_many_alerts_in_one_message_fit(language, name):
    severities = {one.value: 10**6 for one in Severity}
    post = flood_post(10**6, severities, [(name, 10**6)] * 5, language=language, base=BASE)
    assert problems(arguments(post)) == []


def figures(**changes):
    made = {
        "since": NOW - timedelta(days=1),
        "until": NOW,
        "new": 0,
        "severities": {},
        "counterparties": (),
        "open": 0,
        "taken": 0,
        "oldest": None,
        "resolved": 0,
        "verdicts": (),
        "reports": 0,
        "warned": 0,
        "unsure": 0,
        "unposted": 0,
        "failing": (),
    }
    return Figures(**made | changes)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 10**9])
@pytest.mark.parametrize("name", ["Norvik", WORST])
def test_a_digest_fits_whatever_is_in_it(language, count, name):
    whole = figures(
        new=count,
        severities={one.value: count for one in Severity},
        counterparties=[(name, count)] * 5,
        open=count,
        taken=count,
        oldest=Oldest(id=uuid.uuid4(), counterparty=name, opened_at=NOW) if count else None,
        resolved=count,
        verdicts=[(one.value, count) for one in Verdict] + [("", count)],
        reports=count,
        warned=count,
        unsure=count,
        unposted=count,
        failing=(name,) * 100 if count else (),
    )
    post = digest_post(whole, language=language, base=BASE)
    assert problems(arguments(post)) == []
    assert len(post.text) < 10_000


@pytest.mark.parametrize(("days", "heading"), [(1, "24 hours"), (3, "3 days"), (7, "7 days")])
def test_a_digest_says_how_long_it_looks_back(days, heading):
    post = digest_post(figures(since=NOW - timedelta(days=days), open=1), language="en")
    assert heading in post.text


@pytest.mark.parametrize("status", [AlertStatus.RESOLVED, AlertStatus.SUPPRESSED])
def test_a_closed_alert_without_a_step_to_take_back_or_a_page_to_open_has_no_buttons(status):
    post = alert_post(card(status=status), language="en")
    assert "actions" not in {block["type"] for block in post.blocks}


def test_more_labels_and_authors_than_fit_are_counted():
    post = alert_post(card(labels=tuple(Label), authors=("A", "B", "C"), others=4), language="en")
    assert "Specification, Budget, Timeline, Innovation, Leverage and 5 more" in post.text
    assert "A, B, C and 4 more" in post.text


@pytest.mark.parametrize(("language", "says"), [("en", "Counterparty unknown"), ("de", "Firma unbekannt")])
@pytest.mark.parametrize("name", ["unknown", ""])
def test_a_counterparty_that_nobody_knows_is_called_so(language, says, name):
    post = alert_post(card(counterparty=name), language=language)
    assert f"{says} · " in post.blocks[0]["text"]["text"]
    assert f" {says}, " in post.text


def test_what_is_read_out_has_sentences():
    quotes = (Quote(label="budget", words="480k"), Quote(label="timeline", reason="It is said outright."))
    said = alert_post(card(quotes=quotes), language="en").text
    assert "Budget: “480k”. Timeline: It is said outright. Jonas Weber, " in said
