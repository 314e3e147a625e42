import pytest

from detectors.document import prepare
from detectors.windows import is_one, setting_of, windows
from messages import Channel

SENTENCE = "The pump on line two has run since Monday without a stop."


def test_a_short_message_is_one_window_that_begins_with_the_setting():
    (window,) = windows("outbound email : ", ["Hello Lee.", SENTENCE])
    assert window.text == f"outbound email : Hello Lee. {SENTENCE}"
    assert [window.text[start:] for start in window.starts] == [f"Hello Lee. {SENTENCE}", SENTENCE]


def test_no_sentence_makes_no_window():
    assert list(windows("outbound email : ", [])) == []


@pytest.mark.parametrize("count", [2, 5, 12, 60])
def test_every_sentence_stands_in_a_window_and_none_in_more_than_two(count):
    read = list(windows("", [SENTENCE] * count))
    times = [sum(one.first <= index < one.last for one in read) for index in range(count)]
    assert set(times) <= {1, 2}
    assert all(is_one([SENTENCE] * (one.last - one.first - 1)) for one in read)


def test_a_window_begins_with_the_last_sentence_of_the_one_before():
    first, second, *_ = windows("", [SENTENCE] * 12)
    assert second.first == first.last - 1


def test_a_sentence_too_long_to_be_carried_over_is_read_once():
    read = list(windows("", ["Short.", "x" * 200, "y" * 200, "z" * 200]))
    assert sorted(index for one in read for index in range(one.first, one.last)) == [0, 1, 2, 3]


SETTINGS = [
    pytest.param({}, "outbound email : ", id="our mail"),
    pytest.param({"way": "inbound"}, "inbound email : ", id="theirs"),
    pytest.param({"channel": Channel.SLACK}, "outbound slack : ", id="chat"),
    pytest.param({"sender": "procurement@ourco.example"}, "outbound email buyer : ", id="a buyer's"),
]


@pytest.mark.parametrize(("how", "told"), SETTINGS)
def test_the_setting_says_direction_channel_and_whether_a_buyer_writes(written, how, told):
    assert setting_of(prepare(*written("Hello.", **how))) == told
