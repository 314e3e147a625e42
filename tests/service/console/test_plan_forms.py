"""Reading a plan's forms: numbers as people write them, and what each kind asks for."""

import pytest

from messages import FactKind
from service.console import plan_forms as forms
from service.negotiations.facts import FactError
from service.negotiations.plan import EntryRole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7.5", 7.5),
        ("7,50", 7.5),
        ("0.125", 0.125),
        ("0,125", 0.125),
        (".5", 0.5),
        ("12", 12.0),
        ("1250000", 1_250_000.0),
        ("1 250 000", 1_250_000.0),
        ("1\u202f250\u00a0000,5", 1_250_000.5),
        ("1'250'000.50", 1_250_000.5),
        ("1.250.000", 1_250_000.0),
        ("1,250,000", 1_250_000.0),
        ("1.250.000,75", 1_250_000.75),
        ("1,250,000.75", 1_250_000.75),
        ("7.5000", 7.5),
    ],
)
def test_a_number_is_read_as_people_write_it(text, value):
    assert forms.read_number("value", text) == value


@pytest.mark.parametrize("text", ["7,500", "7.500", "41,357"])
def test_a_number_that_can_be_read_in_two_ways_is_not_guessed(text):
    with pytest.raises(FactError, match="two ways") as caught:
        forms.read_number("value", text)
    assert text not in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "x", "7.5 EUR", "1,2,3", "12.34.567,8,9", "1.25.000", "-3", "1e5", "٣", "7..5", "."]
)
def test_what_is_no_number_is_refused_without_repeating_it(text):
    with pytest.raises(FactError) as caught:
        forms.read_number("value", text)
    assert str(caught.value) == "value must be a number such as 7.50 or 7,50"


@pytest.mark.parametrize(
    ("kind", "typed", "shown"),
    [
        (
            "amount",
            {"value": "7,43", "currency": "eur", "unit": "piece", "quantity": "41 357"},
            "EUR 7.43 per piece, 41,357 of them",
        ),
        ("amount", {"value": "2000000", "currency": "USD"}, "USD 2,000,000"),
        ("percentage", {"value": "12.5", "tolerance": "2"}, "12.5 %"),
        ("date", {"first": "2026-05-19"}, "19 May 2026"),
        ("date", {"first": "2026-05-19", "last": "2026-05-21"}, "19 May 2026 to 21 May 2026"),
        ("duration", {"value": "6", "unit": "weeks"}, "6 weeks"),
        ("quantity", {"value": "40000", "unit": "pieces"}, "40,000 pieces"),
        ("quantity", {"value": "12"}, "12"),
        ("name", {"words": "Kestrelwerk\r\n\r\n KW "}, "Kestrelwerk · KW"),
        ("phrase", {"words": "no second source"}, "no second source"),
    ],
)
def test_each_kind_s_form_is_read_and_shown_again(kind, typed, shown):
    entry = forms.read_entry(kind, typed | {"role": "target", "title": "T", "note": "N"})
    assert forms.shown(entry.fact) == shown
    again, filled = forms.typed_of(entry)
    assert again == kind
    assert forms.read_entry(kind, filled) == entry


def test_a_value_of_three_decimals_is_read_again_as_it_was():
    typed = {"role": "limit", "value": "7.1250", "currency": "EUR"}
    _, again = forms.typed_of(forms.read_entry("amount", typed))
    assert forms.read_entry("amount", again).fact.value == 7.125


def test_a_strategy_note_is_read_and_shown_again():
    entry = forms.read_entry("strategy", {"role": "strategy", "note": "Hold back.", "value": "7"})
    assert (entry.role, entry.note, entry.fact) == (EntryRole.STRATEGY, "Hold back.", None)
    assert forms.typed_of(entry) == ("strategy", {"role": "strategy", "title": "", "note": "Hold back."})


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("colour", {"role": "target"}, "kind"),
        ("amount", {"role": "strategy", "value": "7", "currency": "EUR"}, "role"),
        ("strategy", {"role": "target", "note": "n"}, "role"),
        ("amount", {"value": "7", "currency": "EUR"}, "role"),
        ("amount", {"role": "target", "currency": "EUR"}, "value"),
        ("percentage", {"role": "target", "value": "7", "tolerance": "60"}, "tolerance"),
        ("duration", {"role": "target", "value": "7", "unit": "hours"}, "unit"),
        ("name", {"role": "target", "words": " \n "}, "words"),
    ],
)
def test_a_form_that_says_too_little_or_too_much_is_refused(kind, typed, field):
    with pytest.raises(FactError) as caught:
        forms.read_entry(kind, typed)
    assert caught.value.field == field


def test_every_kind_has_a_form_and_every_role_a_name():
    assert set(forms.KINDS) == set(forms.FIELDS) == {*FactKind, forms.STRATEGY}
    assert set(forms.ROLES) == set(EntryRole)
