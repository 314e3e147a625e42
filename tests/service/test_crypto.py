"""Sealed texts and keyed hashes."""

import pytest

from service.crypto import Keys, dump_keys, load_keys, new_keys, parse_keys
from service.errors import ConfigurationError, UndecryptableError

KEYS = Keys(active="k2", keys={"k1": b"1" * 32, "k2": b"2" * 32}, digest_key="k1")


def test_a_sealed_text_opens_in_its_own_place():
    key_id, sealed = KEYS.seal("ceiling is 40k €", place="message:1")
    assert key_id == "k2"
    assert b"40k" not in sealed
    assert KEYS.open(key_id, sealed, place="message:1") == "ceiling is 40k €"


def test_the_same_text_is_never_sealed_alike():
    assert KEYS.seal("x", place="p")[1] != KEYS.seal("x", place="p")[1]


def test_a_text_moved_to_another_row_does_not_open():
    key_id, sealed = KEYS.seal("text", place="message:1")
    with pytest.raises(UndecryptableError):
        KEYS.open(key_id, sealed, place="message:2")


@pytest.mark.parametrize("place", [0, 12, -1])
def test_a_changed_byte_is_noticed(place):
    key_id, sealed = KEYS.seal("text", place="p")
    broken = bytearray(sealed)
    broken[place] ^= 1
    with pytest.raises(UndecryptableError):
        KEYS.open(key_id, bytes(broken), place="p")


@pytest.mark.parametrize("sealed", [b"", b"short", b"x" * 12])
def test_what_is_no_sealed_text_is_refused(sealed):
    with pytest.raises(UndecryptableError):
        KEYS.open("k1", sealed, place="p")


def test_a_text_under_a_key_that_is_gone_says_which():
    _, sealed = KEYS.seal("text", place="p")
    with pytest.raises(UndecryptableError, match="k9"):
        KEYS.open("k9", sealed, place="p")


def test_texts_under_an_older_key_stay_readable_after_a_new_one():
    old = Keys(active="k1", keys={"k1": b"1" * 32})
    key_id, sealed = old.seal("text", place="p")
    assert KEYS.open(key_id, sealed, place="p") == "text"


def test_hashes_stay_the_same_when_a_key_is_added_and_differ_by_purpose():
    old = Keys(active="k1", keys={"k1": b"1" * 32}, digest_key="k1")
    earlier = Keys(active="a", keys={**KEYS.keys, "a": b"a" * 32}, digest_key="k1")
    assert earlier.digest("search", "word") == KEYS.digest("search", "word")
    assert old.digest("search", "word") == KEYS.digest("search", "word")
    assert KEYS.digest("search", "word") != KEYS.digest("thread", "word")
    assert len(KEYS.digest("search", "word")) == 16


def test_keys_are_not_in_the_repr():
    assert "111" not in repr(KEYS)


def test_keys_survive_writing_and_reading():
    keys = new_keys()
    assert parse_keys(dump_keys(keys)).keys == keys.keys


def test_a_first_key_file_is_made_for_its_owner_alone_and_kept(tmp_path):
    path = tmp_path / "deep" / "keys.toml"
    first = load_keys(path, create=True)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_keys(path, create=True).keys == first.keys


def test_a_key_file_open_to_others_is_refused(tmp_path):
    path = tmp_path / "keys.toml"
    load_keys(path, create=True)
    path.chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        load_keys(path)


def test_a_missing_key_file_is_not_made_unasked(tmp_path):
    with pytest.raises(ConfigurationError):
        load_keys(tmp_path / "keys.toml")
    assert not (tmp_path / "keys.toml").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "active = 1",
        "not toml [",
        'active = "k1"\nkeys = 3',
        'active = "k1"\n[keys]\nk1 = "short"',
        'active = "k1"\n[keys]\nk1 = "YWJj"',
        'active = "k2"\n[keys]\nk1 = "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="',
        'active = "k1"\ndigest = "k1"\n[keys]\nk1 = 7',
        'active = "k1"\n[keys]\nk1 = "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="',
        'active = "k1"\ndigest = "k0"\n[keys]\nk1 = "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="',
    ],
)
def test_a_broken_key_file_is_a_clear_error(text):
    with pytest.raises(ConfigurationError, match="key"):
        parse_keys(text)
