"""The words of warnings: complete, short, kind; and a company may put its own in their place."""

import re

import pytest

from detectors.finding import Label
from service.errors import ConfigurationError
from service.warnings.wording import LANGUAGES, cut, escape, limit_of, load_wording, placeholders, text_of
from tests.service.warnings.speaking import source

SHIPPED = load_wording()
NAMES = sorted(SHIPPED.texts["en"])
EACH = [(language, name) for language in LANGUAGES for name in NAMES]
AUTHORS = [f"author.{label}" for label in Label if label is not Label.ELICITATION]


@pytest.fixture
def own(tmp_path):
    """Give a way to write a company's own words."""

    def write(text):
        path = tmp_path / "words.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def test_every_label_has_all_its_texts_in_every_language():
    for language in LANGUAGES:
        texts = SHIPPED.texts[language]
        for head in [*AUTHORS, "reader.elicitation"]:
            assert {f"{head}.{part}" for part in ("headline", "why", "safer", "todo", "lesson")} <= set(texts)
        assert {f"labels.{label}" for label in Label} <= set(texts)


def test_the_languages_have_the_same_texts_with_the_same_placeholders():
    english, german = SHIPPED.texts["en"], SHIPPED.texts["de"]
    assert set(english) == set(german)
    assert {name: placeholders(text) for name, text in english.items()} == {
        name: placeholders(text) for name, text in german.items()
    }
    assert [name for name in english if english[name] == german[name] and not name.startswith("labels.")] == []


@pytest.mark.parametrize(("language", "name"), EACH)
def test_a_text_fits_its_place_and_is_set_properly(language, name):
    text = SHIPPED.texts[language][name]
    assert len(text) <= limit_of(name)
    assert text == text.strip()
    assert "!" not in text
    assert not re.search(r"[\"']|\.\.\.| - |  ", text), "typewriter signs"
    assert text.count("*") % 2 == 0
    if language == "de":
        assert not re.search(r"\b(Sie|Ihnen|Ihr|Ihre[mnrs]?)\b", text), "du, throughout"
        assert "“" not in text or "„" in text
    else:
        assert "„" not in text
        assert text.count("“") == text.count("”")


@pytest.mark.parametrize("head", [*AUTHORS, "reader.elicitation"])
def test_a_headline_is_one_careful_sentence_and_no_accusation(head):
    english, german = (SHIPPED.text(language, f"{head}.headline") for language in ("en", "de"))
    assert " may " in english
    assert "könnte" in german
    for told in (english, german):
        assert told.count(".") == 1
        assert not re.search(r"\b(you|your|du|dein\w*|violat\w+|forbidden|verbot\w*|verstoß\w*)\b", told, re.IGNORECASE)


@pytest.mark.parametrize("head", [*AUTHORS, "reader.elicitation"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_is_one_sentence_and_so_is_the_lesson(language, head):
    for part in ("why", "lesson"):
        text = SHIPPED.text(language, f"{head}.{part}")
        assert len(re.findall(r"[.?](?= |$)", text)) == 1
        assert len(text) <= 150


def test_names_that_are_filled_in_can_not_become_a_mention_or_a_link():
    told = SHIPPED.text("en", "why.contact", contact="<!channel> & <https://x.example|us>")
    assert "&lt;!channel&gt; &amp; &lt;https://x.example|us&gt;" in told


def test_a_long_name_is_cut():
    assert len(SHIPPED.text("en", "why.contact", contact="x" * 5000)) < 300


def test_a_language_that_is_not_spoken_is_answered_in_english():
    assert SHIPPED.text("fr", "buttons.ask") == "Ask procurement"


def test_a_text_without_its_values_is_an_error_and_not_half_a_sentence():
    with pytest.raises(KeyError):
        SHIPPED.text("en", "why.contact")
    with pytest.raises(KeyError):
        SHIPPED.text("en", "why.nobody_knows")


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("one  two\nthree", 20, "one two three"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("abcdefghijklm", 12, "abcdefghijk…"),
        ("a bcdefghijklm", 12, "a bcdefghij…"),
        ("", 5, ""),
    ],
)
def test_words_are_cut_at_their_ends_where_there_is_one_near(text, longest, short):
    assert cut(text, longest) == short


def test_signs_that_nobody_sees_are_left_out():
    assert cut("\u202eolleh\u2069 \x1b[31mred\x00", 80) == "olleh [31mred"
    assert cut("Ünïcödé 👩🏽‍🚀 שלום", 80) == "Ünïcödé 👩🏽‍🚀 שלום"


def test_escaping_leaves_no_markup_of_slacks():
    assert escape("<@U1> & <!here>") == "&lt;@U1&gt; &amp; &lt;!here&gt;"


def test_a_company_puts_its_own_words_in_place_of_some(own):
    path = own('[en.buttons]\nask = "Ask the buyers"\n[de.author.budget]\nheadline = "Könnte das unser Budget sein?"')
    words = load_wording(path)
    assert words.text("en", "buttons.ask") == "Ask the buyers"
    assert words.text("de", "author.budget.headline") == "Könnte das unser Budget sein?"
    assert words.text("de", "buttons.ask") == "Einkauf fragen"
    assert words.text("en", "buttons.why") == SHIPPED.text("en", "buttons.why")
    assert text_of(source(wording=str(path)), "en", "buttons.ask") == "Ask the buyers"
    assert text_of(source(), "en", "buttons.ask") == "Ask procurement"


@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("[en", "is not TOML"),
        ("[fr.buttons]\nask = 'x'", "'fr' is none of en, de"),
        ("en = 'x'", "'en' is none of"),
        ("[en.buttons]\nasks = 'x'", "en.buttons.asks: there is no such text"),
        ("[en]\nbuttons = 'x'", "en.buttons: there is no such text"),
        ("[en.buttons.ask]\ntext = 'x'", "en.buttons.ask.text: there is no such text"),
        ("[en.buttons]\nask = 3", "en.buttons.ask must be a text"),
        ("[en.buttons]\nask = ' '", "en.buttons.ask must be a text"),
        ("[en.buttons]\nask = ['x']", "en.buttons.ask must be a text"),
        ("[en.why]\ncontact = 'Ask us.'", "see {contact}"),
        ("[en.why]\ncontact = 'Ask {contact} or {boss}.'", "see {boss}"),
        ("[de.buttons]\nask = '{name}'", "see {name}"),
        ("[en.why]\ncontact = 'Ask {contact'", "a brace that is no placeholder is written twice"),
        ("[en.why]\ncontact = 'Ask {contact!r}'", "a brace that is no placeholder is written twice"),
        ("[en.why]\ncontact = 'Ask {contact:>9999}'", "a brace that is no placeholder is written twice"),
        ("[en.why]\ncontact = 'Ask {contact.__class__}'", "a brace that is no placeholder is written twice"),
        ("[en.why]\ncontact = 'Ask {}'", "a brace that is no placeholder is written twice"),
        (f"[en.buttons]\nask = '{'x' * 41}'", "en.buttons.ask is longer than 40 characters"),
        (f"[en.why.modal]\ntitle = '{'x' * 25}'", "en.why.modal.title is longer than 24 characters"),
        (f"[en.author.budget]\nlesson = '{'x' * 201}'", "en.author.budget.lesson is longer than 200 characters"),
        (f"[en.frame]\nlink = '{'x' * 41}'", "en.frame.link is longer than 40 characters"),
        (f"[de.author.budget]\nwhy = '{'x' * 601}'", "de.author.budget.why is longer than 600 characters"),
    ],
)
def test_words_that_can_not_be_used_are_refused_with_the_key_to_mend(own, file, advice):
    with pytest.raises(ConfigurationError) as told:
        load_wording(own(file))
    assert advice in told.value.detail


def test_words_that_are_not_there_are_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="can't be read"):
        load_wording(tmp_path / "nowhere.toml")
