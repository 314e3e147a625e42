"""The console's words: nothing that a detector finds shows by a raw name."""

from detectors.catalogue import DETECTORS
from service.console import words


def test_every_detector_s_label_has_a_title_and_a_meaning():
    named = {one.__name__ for one in DETECTORS} - {"trained"}
    assert named <= set(words.LABELS)
    assert all(word.title and word.meaning.endswith(".") for word in words.LABELS.values())


def test_what_is_found_of_people_is_conduct_and_what_is_sealed_a_leak():
    assert words.family("over_the_head") is words.Family.CONDUCT
    assert words.family("sealed_fact") is words.Family.LEAK
    assert words.family("of_somebody_s_own") is words.Family.CONDUCT
