"""The first look at mail to anybody: whatever the search behind it finds has passed."""

import gc
import random
import weakref
from dataclasses import replace

import pytest

from detectors.catalogue import analyze
from detectors.context import Context
from detectors.document import prepare
from detectors.first_look import FirstLook
from detectors.plans import plans_of
from detectors.sealed_fact import sealed_fact
from detectors.searching import hits, search_all
from messages import (
    Channel,
    Counterparty,
    Directory,
    FactKind,
    Message,
    Negotiation,
    Participant,
    Register,
    SealedFact,
)
from tests.detectors.sealed.reading import AUTHOR, WRITTEN, context, samples

_STRANGER = Participant(address="someone@elsewhere.example")


def _context(fact):
    firm = Counterparty(name="Norvik", domains=("norvik.example",))
    one = Negotiation(name="Castings", counterparties=("Norvik",), lead="bo@ourco.example", sealed=(fact,))
    return Context(
        directory=Directory(own_domains=("ourco.example",), counterparties=(firm,)), negotiations=Register((one,))
    )


def _document(known, text, channel=Channel.EMAIL, subject=""):
    message = Message(
        id="m", channel=channel, sender=AUTHOR, to=(_STRANGER,), subject=subject, text=text, sent_at=WRITTEN
    )
    return prepare(message, known)


def _is_found(*args, **options):
    return any(sealed_fact(_document(*args, **options)))


@pytest.fixture
def unlooked(monkeypatch):
    """Give a way to judge without the first look."""

    def judge(*args, **options):
        with monkeypatch.context() as patched:
            patched.setattr(FirstLook, "passing_among", lambda _self, texts, _written: set(range(len(texts))))
            patched.setattr(FirstLook, "passing", lambda _self, lines: list(range(len(lines))))
            return _is_found(*args, **options)

    return judge


def _name(*words):
    return _context(SealedFact(id="f", kind=FactKind.NAME, words=words))


def _amount(value, **more):
    return _context(SealedFact(id="f", kind=FactKind.AMOUNT, value=value, currency="EUR", **more))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bluebird", "Bluebird"),
        ("Bluebird", "BLUEBIRD"),
        ("Bluebird", "Blue Bird"),
        ("Bluebird", "Blue-Bird"),
        ("Bluebird", "Bluebrid"),
        ("Marta Kowalski", "Marta Kovalsky"),
        ("Marta Kowalski", "Kowalski, Marta"),
        ("Jan Żółw", "Jan Żółw"),
        ("Jan Żółw", "JAN ŻÓŁW"),
        ("Müller Gießerei", "Mueller Giesserei"),
        ("Газпром Нефть", "Газпром Нефть"),
        ("Газпром Нефть", "ГАЗПРОМ НЕФТЬ"),
        ("Δέλτα", "Δέλτα"),
    ],
)
def test_a_name_told_to_a_firm_that_is_not_invited_is_found(name, said):
    assert _is_found(_name(name), f"We are also talking with {said} about it.")


@pytest.mark.parametrize("name", ["中国石油", "Ооо", "¬", "(.*)", "a|b", "\\w", "x" * 300])
def test_no_name_breaks_the_judgement_of_mail(name):
    assert not _is_found(_name(name), "Please find the delivery note attached. 价格 и так далее.")


@pytest.mark.parametrize(
    "said",
    [
        "1,284,500 EUR",
        "1.284.500 EUR",
        "1 284 500 EUR",
        "EUR1284500",
        "1'284'500 €",
        "1284.5k EUR",
        "1.2845 million euros",
        "TEUR 1284.5",
        "T€ 1.284,5",
        "1\u202f284\u202f500 EUR",
        "\uff11\uff12\uff18\uff14\uff15\uff10\uff10 EUR",
        "1284500 EUR łącznie",
    ],
)
def test_a_rare_figure_told_to_a_firm_that_is_not_invited_is_found(said):
    assert _is_found(_amount(1_284_500), f"Our budget for the castings is {said}.")


@pytest.mark.parametrize("said", ["1,284,600 EUR", "the meeting", "45 EUR", "order 4500071155", "+49 30 901820"])
def test_other_mail_to_a_firm_that_is_not_invited_tells_nothing(said):
    assert not _is_found(_amount(1_284_500), f"Thank you, we have noted {said}.")


def test_the_first_look_leaves_out_nothing_of_the_wordings(unlooked):
    told = [*samples("wordings"), *samples("unrelated")]
    found = [unlooked(context(), one.text, one.channel, one.subject) for one in told]
    assert [_is_found(context(), one.text, one.channel, one.subject) for one in told] == found
    assert sum(found) >= 40


def test_many_messages_are_searched_together_with_what_each_by_itself_is_found_in():
    told = [(_amount(1_284_500), one.text) for one in samples("unrelated")[:60]]
    for known, one in zip((context(), _name("Karlsen Metall")) * 40, samples("wordings"), strict=False):
        told += [(known, one.text), (known, f"{one.text} We also talk with Karlsen Metall.")]
    together = [_document(*one) for one in told]
    search_all(together)
    assert [hits(one) for one in together] == [hits(_document(*one)) for one in told]
    assert sum(bool(hits(one)) for one in together) >= 40


def test_figures_of_two_messages_are_not_one():
    known = _amount(1_284_500)
    texts = ["Our budget for the castings is EUR 1,284", ",500 a year", "Our budget is EUR 1,284,500."]
    documents = [_document(known, one) for one in texts]
    search_all(documents)
    assert [bool(hits(one)) for one in documents] == [False, False, True]


def test_the_first_look_leaves_out_nothing_however_a_figure_is_written(unlooked):
    chance = random.Random(5)
    for _ in range(150):
        value = round(chance.uniform(1000, 9_000_000), chance.choice((0, 0, 2)))
        known = _amount(value, unit=chance.choice(("", "piece")))
        plain, grouped = f"{value:.2f}".rstrip("0").rstrip("."), f"{value:,.2f}".rstrip("0").rstrip(".")
        for said in (
            plain,
            grouped,
            grouped.translate(str.maketrans(",.", ".,")),
            grouped.replace(",", " "),
            f"{value / 1000:g}k",
        ):
            text = f"The price we had in mind for the budget is {said} EUR, nothing more."
            assert _is_found(known, text) == unlooked(known, text), said


def test_the_first_look_leaves_out_nothing_however_a_name_is_mistyped(unlooked):
    chance = random.Random(6)
    for _ in range(150):
        name = " ".join(
            "".join(chance.choice("bdfgklmnprstvwzchyxäöüßéñøł") + chance.choice("aeiouy") for _ in range(3)).title()
            for _ in range(chance.choice((1, 2)))
        )
        place = chance.randrange(1, len(name) - 1)
        swapped = name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]
        for said in (name, name.upper(), name[:place] + name[place + 1 :], swapped, f"{name[:place]} {name[place:]}"):
            text = f"By the way, we also talk to {said} about this."
            assert _is_found(_name(name), text) == unlooked(_name(name), text), (name, said)


def _looks(fact, text):
    return plans_of(_context(fact).negotiations).first_look.passes(text)


_PHRASE = SealedFact(id="f", kind=FactKind.PHRASE, words=("drop the painted brackets",))
_SURNAME = SealedFact(id="f", kind=FactKind.NAME, words=("Danel",))


def test_a_word_of_a_phrase_passes_where_the_others_stand_too():
    assert _looks(_PHRASE, "They want us to drop painting the brackets.")
    assert _looks(_PHRASE, "Painted: brackets. We could DROP them.")
    assert not _looks(_PHRASE, "The brackets have come.")


def test_a_word_that_only_begins_as_a_name_does_not_pass():
    assert _looks(_SURNAME, "We talked to Danel.")
    assert _looks(_SURNAME, "danel and we agree")
    assert not _looks(_SURNAME, "The Danelaw was long ago.")


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("It is 48,317.", True),
        ("48317 it is", True),
        ("Order 4831, then EUR48317", True),
        ("Order 7, for 48 317 euros, 2 of 3.", True),
        ("Ticket 48319 is open.", False),
        ("48,319 and 4831", False),
    ],
)
def test_a_rare_figure_passes_wherever_it_stands_and_its_first_digits_do_not(text, passes):
    rare = SealedFact(id="f", kind=FactKind.AMOUNT, value=48_317.0, currency="EUR")
    assert _looks(rare, text) is passes


@pytest.mark.parametrize("name", ["3Montis", "1984", "24x7 Nordlicht"])
def test_a_name_that_begins_with_a_digit_passes_wherever_it_stands(name):
    named = SealedFact(id="f", kind=FactKind.NAME, words=(name,))
    assert _looks(named, f"{name} is with us.")
    assert _looks(named, f"We ask {name}.")
    assert not _looks(named, "We ask 5 of them, 3 times.")


def test_what_is_made_of_a_register_and_of_a_message_goes_when_nobody_holds_it():
    gc.collect()
    gc.disable()
    try:
        known = _context(_PHRASE)
        text = "They want us to drop painting the 12 brackets. Bitte sagen Sie uns, was Sie davon halten, danke."
        message = Message(id="m", channel=Channel.EMAIL, sender=AUTHOR, to=(_STRANGER,), text=text, sent_at=WRITTEN)
        analyze(message, replace(known, earlier=()))
        held = weakref.ref(plans_of(known.negotiations).glance)
        assert held() is not None
        del known
        assert held() is None
    finally:
        gc.enable()
