from itertools import pairwise

import pytest

from messages import PartKind, clean
from tests.bench.texts import background_texts, corpus_texts, words_of


@pytest.fixture(scope="module")
def texts():
    return corpus_texts(250)


def test_there_are_as_many_mails_as_asked_for_and_no_text_comes_twice(texts):
    halves = [half for one in texts.mails for half in one["id"].split("+")]
    assert len(texts.mails) == 250
    assert len(set(halves)) == len(halves)


def test_each_mail_has_about_200_words(texts):
    assert all(160 <= words_of(one) <= 240 for one in texts.mails)


def test_one_mail_of_fifty_leaks(texts):
    leaks = [at for at, one in enumerate(texts.mails) if one["labels"]]
    assert len(leaks) == 5
    assert all(after - before == 50 for before, after in pairwise(leaks))


def test_no_signature_in_the_middle_hides_the_second_half(texts):
    for one in (mail for mail in texts.mails if "+" in mail["id"]):
        kept = clean(one["text"], subject=one["subject"]).parts
        new = sum(part.end - part.start for part in kept if part.kind is PartKind.NEW)
        assert new > 0.9 * len(one["text"]), one["id"]


def test_all_are_ours_and_go_outside(texts):
    for one in (*texts.mails, *texts.warming):
        assert one["from"].endswith("@ourco.example")
        assert any(not address.endswith("@ourco.example") for address in (*one["to"], *one["cc"]))


def test_the_same_number_gives_the_same_mails_and_another_seed_others(texts):
    assert corpus_texts(250) == texts
    assert corpus_texts(250, seed=8).mails != texts.mails


def test_what_warms_up_is_not_measured(texts):
    assert not {one["text"] for one in texts.warming} & {one["text"] for one in texts.mails}


def test_a_corpus_that_is_used_up_gives_fewer(texts):
    assert 250 < len(corpus_texts(5000, every=10_000).mails) < 1000


def test_real_mails_of_fitting_length_are_measured_and_the_others_warm_up(tmp_path):
    lines = [f'{{"id": "{words}", "text": "{"word " * words}"}}' for words in (3, 149, 150, 200, 250, 251)]
    (tmp_path / "background_mail.jsonl").write_text("\n".join(lines) + "\n")
    texts = background_texts(tmp_path, 10)
    assert {one["id"] for one in texts.mails} == {"150", "200", "250"}
    assert {one["id"] for one in texts.warming} == {"3", "149", "251"}
    assert len(background_texts(tmp_path, 2).mails) == 2
