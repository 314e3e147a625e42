"""What is said in procurement's channel: the same in each language."""

import re
from string import Formatter

import pytest

from detectors.finding import Label
from detectors.scoring import Severity
from service.console import words
from service.models import AlertStatus, Verdict
from service.notify.wording import LANGUAGES, counted, inline, say, texts, title


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything_with_the_same_values(language):
    english = texts("en")
    spoken = texts(language)
    assert spoken.keys() == english.keys()
    for name, text in spoken.items():
        assert placeholders(text) == placeholders(english[name]), name
        assert text.strip() == text, name
        assert text, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("section", "names"), [("label", Label), ("severity", Severity), ("verdict", Verdict), ("status", AlertStatus)]
)
def test_every_word_of_ours_has_a_title(language, section, names):
    assert all(f"{section}.{one.value}" in texts(language) for one in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_detector_finds_has_a_title(language):
    assert {f"label.{one}" for one in words.LABELS} <= set(texts(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_are_short_enough_for_slack_and_confirmations_too(language):
    for name, text in texts(language).items():
        if name.startswith("button."):
            assert len(text) <= 30, name
    limits = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
    assert all(len(texts(language)[f"benign.{name}"]) <= most for name, most in limits.items())


def test_german_speaks_to_people_as_the_warnings_do():
    assert not re.search(
        r"\b(Sie|Ihnen|Ihr|Ihre|Ihren)\b", " ".join(map(str, texts("de").values())).replace("Sie warten", "")
    )


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 1, "1 warning sent"), ("en", 2, "2 warnings sent"), ("de", 1, "1 Hinweis verschickt")],
)
def test_one_is_not_many(language, count, said):
    assert counted(language, "alert.warned", count) == said


def test_a_label_without_a_title_is_called_by_itself():
    assert title("de", "label", "of_your_own") == "Of your own"


@pytest.mark.parametrize(("language", "word"), [("en", "true positive"), ("de", "Treffer")])
def test_within_a_sentence_english_is_small_and_german_nouns_are_not(language, word):
    assert inline(language, "verdict", "true_positive") == word


def test_a_value_may_be_called_like_the_texts_own_parameters():
    assert say("en", "digest.counterparty", name="Norvik", count=2) == "Norvik (2)"
