import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.console import flash, words
from service.console.flash import read_flash, write_flash
from service.crypto import new_keys

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
KEYS = new_keys()


def test_a_step_says_how_many_and_offers_its_undo():
    reviews = [uuid.uuid4() for _ in range(50)]
    value = write_flash(KEYS, "true_positive", now=NOW, count=50, reviews=reviews)
    said = read_flash(KEYS, value, now=NOW)
    assert said is not None
    assert said.text == "50 alerts resolved as true positive."
    assert said.undo == tuple(reviews)
    assert len(value) < 3500


@pytest.mark.parametrize("code", [*flash._GOOD, *flash._BAD, *words.VERDICTS, *words.STATUSES])
def test_every_code_has_its_words(code):
    said = read_flash(KEYS, write_flash(KEYS, code, now=NOW, count=1), now=NOW)
    assert said is not None
    assert said.text.endswith(".")


@pytest.mark.parametrize("later", [timedelta(minutes=2), timedelta(minutes=-2)])
def test_an_old_cookie_or_one_from_the_future_says_nothing(later):
    assert read_flash(KEYS, write_flash(KEYS, "note", now=NOW), now=NOW + later) is None


def test_a_cookie_signed_by_another_house_says_nothing():
    assert read_flash(new_keys(), write_flash(KEYS, "note", now=NOW), now=NOW) is None


@given(st.text(max_size=80))
def test_a_made_up_cookie_says_nothing(value):
    assert read_flash(KEYS, value, now=NOW) is None
    assert read_flash(KEYS, None, now=NOW) is None
