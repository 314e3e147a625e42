"""Each situation by itself, through the same code as `frontdoor scan --context`."""

import pytest

from tests.detectors.situations.reading import context_of, errors, read_situations, shown

SITUATIONS = read_situations()


@pytest.fixture(scope="module")
def contexts():
    return {company: context_of(company) for company in {one.company for one in SITUATIONS}}


def test_there_are_as_many_situations_as_promised():
    assert sum(one.must_fire for one in SITUATIONS) >= 60
    assert sum(not one.must_fire for one in SITUATIONS) >= 120


def test_every_situation_has_a_name_of_its_own():
    names = [(one.company, one.name) for one in SITUATIONS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one.company}: {one.name}")
def test_a_situation_shows_what_it_must_and_nothing_else(situation, backwards, contexts, tmp_path):
    labels = shown(situation, contexts[situation.company], tmp_path, backwards=backwards)
    assert errors(situation, labels) == [([], [])] * len(situation.records)
