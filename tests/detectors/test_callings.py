import pytest

from detectors.callings import callings, place, stem, tokens
from detectors.phrase_parts import parts_of
from detectors.plan_phrases import together

NAMED = [
    ("Halden Gießerei GmbH", "we also asked Halden"),
    ("Halden Gießerei GmbH", "HALDEN GIESSEREI is cheaper"),
    ("Halden Gießerei GmbH", "halden's parts"),
    ("Halden Gießerei GmbH", "the Hallden samples"),
    ("Halden Gießerei GmbH", "Halden-Gießerei"),
    ("Marta Kowalczyk", "Ms Kowalczyk advises us"),
    ("Marta Kowalczyk", "marta kowalczyk"),
    ("Marta Kowalczyk", "Kowalczyks Meinung"),
    ("Marta Kowalczyk", "M. Kovalchyk said so"),
    ("Marta Kowalczyk", "MK signs it"),
    ("Marta Kowalczyk", "M.K. signs it"),
    ("Marta Kowalczyk", "Marta K. signs it"),
    ("Jörg Müller-Lüdenscheid", "Herr Mueller-Luedenscheid"),
    ("Jörg Müller-Lüdenscheid", "Müller Lüdenscheid"),
    ("Project Bluebird", "it is for Bluebird"),
    ("Project Bluebird", "Blue Bird starts in May"),
    ("Quentra Systems Ltd", "up against Quentra"),
]
NOT_NAMED = [
    ("Halden Gießerei GmbH", "the Gießerei in your plant"),
    ("Halden Gießerei GmbH", "Holden is a car"),
    ("Halden Gießerei GmbH", "Halde 3"),
    ("Marta Kowalczyk", "Marta from reception"),
    ("Marta Kowalczyk", "Martha Kowalski sent a reminder"),
    ("Marta Kowalczyk", "the mk in the footer"),
    ("Marta Kowalczyk", "see you -MK"),
    ("Jörg Müller-Lüdenscheid", "Mr Müller of your team"),
    ("Jörg Müller-Lüdenscheid", "Jörg from maintenance"),
    ("Project Bluebird", "The project starts"),
    ("Project Bluebird", "The bluebird on the label"),
    ("Quentra Systems Ltd", "The quest for Systems"),
]
PHRASED = [
    ("move production to Brno", "Production is moving to Brno"),
    ("move production to Brno", "the whole production will be moved over to Brno"),
    ("close the Leipzig warehouse", "The warehouse in Leipzig will be closed"),
    ("replace the old ERP", "since we are replacing our old ERP"),
    ("dual sourcing", "the steel will be dual sourced"),
    ("sell the Augsburg plant", "Augsburg soll verkauft werden"),
    ("shut down the second furnace", "dass der zweite Ofen stillgelegt wird"),
    ("no validated alternative", "wir haben keine validierte Alternative"),
    ("in-house printing", "to print the cartons ourselves, in house"),
    ("no second source", "we don't have a second source"),
    ("Werk Leipzig wird geschlossen", "Das Werk in Leipzig wird geschlossen"),
]
NOT_PHRASED = [
    ("move production to Brno", "The production of the sample takes two days"),
    ("move production to Brno", "our colleague from Brno moved"),
    ("close the Leipzig warehouse", "The warehouse in Leipzig is open"),
    ("replace the old ERP", "Please replace the old label"),
    ("dual sourcing", "Dual SIM phones"),
    ("sell the Augsburg plant", "the train to Augsburg is late"),
    ("no validated alternative", "we have a validated alternative"),
    ("no second source", "the canteen has a second source of coffee"),
    ("Werk Leipzig wird geschlossen", "Das Werk in Leipzig wächst"),
]


def _is_named(name, text):
    said = tokens(text)
    return any(place(one, said, at, text) for one in callings(name) for at in range(len(said)))


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_a_name_is_known_however_it_is_written(name, text):
    assert _is_named(name, text)


@pytest.mark.parametrize(("name", "text"), NOT_NAMED)
def test_another_name_is_not_taken_for_it(name, text):
    assert not _is_named(name, text)


@pytest.mark.parametrize(("phrase", "text"), PHRASED)
def test_a_phrase_is_known_in_other_endings_and_another_order(phrase, text):
    said = tokens(text)
    assert any(together(parts_of(phrase), said, at) for at in range(len(said)))


@pytest.mark.parametrize(("phrase", "text"), NOT_PHRASED)
def test_some_words_of_a_phrase_are_not_the_phrase(phrase, text):
    said = tokens(text)
    assert not any(together(parts_of(phrase), said, at) for at in range(len(said)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("replacing", "replacement"),
        ("closed", "closure"),
        ("sourcing", "source"),
        ("Verträge", "Vertrag"),
        ("moved", "moving"),
        ("seat", "seats"),
        ("pallet", "pallets"),
        ("token", "tokens"),
    ],
)
def test_words_of_a_family_share_a_stem(one, other):
    assert stem(one) == stem(other)
