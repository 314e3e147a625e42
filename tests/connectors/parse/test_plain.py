import binascii

import pytest

from connectors.parse.plain import storable, storable_in_place, take_files, unflow


def test_line_ends_become_line_feeds_and_what_no_database_stores_is_left_out():
    assert storable("a\r\nb\rc\r\r\nd\0\ud800e") == "a\nb\nc\nde"


def test_in_place_nothing_moves():
    text = "a\r\nb\0c\ud800d😀"
    assert storable_in_place(text) == "a\r\nb�c�d😀"
    assert len(storable_in_place(text)) == len(text)


@pytest.mark.parametrize(
    ("flowed", "text"),
    [
        ("one \ntwo \nthree", "one two three"),
        ("one\ntwo", "one\ntwo"),
        ("one \n\ntwo", "one \n\ntwo"),  # an empty line is meant, whatever the standard says
        ("> quoted \n> goes on\nanswer", "> quoted goes on\nanswer"),
        (">> deep \n> shallow", ">> deep \n> shallow"),
        (" >no quote", ">no quote"),
        (" From here", "From here"),
        ("bye \n-- \nJane", "bye \n-- \nJane"),
        ("", ""),
        ("\n\n", "\n\n"),
    ],
)
def test_flowed_lines_are_joined(flowed, text):
    assert unflow(flowed) == text


def test_delsp_takes_the_space_with_the_break():
    assert unflow("価格 \nは", delete_space=True) == "価格は"


def test_a_file_pasted_as_letters_is_taken_out_of_the_text():
    lines = b"".join(binascii.b2a_uu(b"x" * 45) for _ in range(3)).decode()
    text = f"Here it is.\nbegin 644 prices.doc\n{lines}`\nend\nJane\n"
    assert take_files(text) == ("Here it is.\nJane\n", [("prices.doc", 135)])


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 prices.doc\nwith lower case\nend",
        "we begin 100 tests\nend",
        "begin\nend",
        "begin 644 a\nM\n",
        "\nend",
    ],
)
def test_a_text_about_beginnings_and_ends_stays_whole(text):
    assert take_files(text) == (text, [])
