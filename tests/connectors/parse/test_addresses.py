import pytest

from connectors.parse.addresses import parse_addresses, parse_author


def read(*values):
    return [(one.name, one.address) for one in parse_addresses(value.encode() for value in values)]


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("jane@ourco.example", [("", "jane@ourco.example")]),
        ("Jane Doe <Jane.Doe@OurCo.Example>", [("Jane Doe", "jane.doe@ourco.example")]),
        ('"Doe, Jane" <j@x.example>, bob@y.example', [("Doe, Jane", "j@x.example"), ("", "bob@y.example")]),
        ("Doe, Jane <j@x.example>, bob@y.example", [("Doe, Jane", "j@x.example"), ("", "bob@y.example")]),
        ("j@x.example (Jane Doe)", [("Jane Doe", "j@x.example")]),
        ("j@x.example (Jane (the boss) Doe)", [("Jane (the boss) Doe", "j@x.example")]),
        ("<j@x.example>", [("", "j@x.example")]),
        ("'j@x.example' <j@x.example>", [("j@x.example", "j@x.example")]),
        ("Jane <<j@x.example>>", [("Jane", "j@x.example")]),
        ("Jane <j@x.example", [("Jane", "j@x.example")]),
        ("Jane <j@x.example, Bob <b@y.example>", [("Jane", "j@x.example"), ("Bob", "b@y.example")]),
        ("Jane j@x.example", [("Jane", "j@x.example")]),
        ("Jane <mailto:j@x.example>", [("Jane", "j@x.example")]),
        ("mailto:j@x.example", [("", "j@x.example")]),
        ("a@x.example; b@x.example;", [("", "a@x.example"), ("", "b@x.example")]),
        ("a@x.example b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        ("a@x.example, A@X.example", [("", "a@x.example")]),
        ("undisclosed-recipients:;", []),
        ("Undisclosed recipients", []),
        (
            "team: a@x.example, Bob <b@x.example>; c@y.example",
            [("", "a@x.example"), ("Bob", "b@x.example"), ("", "c@y.example")],
        ),
        ("=?utf-8?Q?J=C3=B6rg?= <j@x.example>", [("Jörg", "j@x.example")]),
        ('"=?utf-8?Q?J=C3=B6rg=2C_Dr=2E?=" <j@x.example>', [("Jörg, Dr.", "j@x.example")]),
        ("=?utf-8?Q?Doe,_J=C3=B6rg?= <j@x.example>", [("Doe, Jörg", "j@x.example")]),
        ("=?utf-8?Q?J=C3=B6rg?=\r\n =?utf-8?Q?_Doe?= <j@x.example>", [("Jörg Doe", "j@x.example")]),
        ("=?utf-8?B?SsO2cmcgPGpAeC5leGFtcGxlPg==?=", [("Jörg", "j@x.example")]),  # the whole value encoded
        ("Jörg <jörg@x.example>", [("Jörg", "jörg@x.example")]),
        ('"john doe"@x.example', [("", '"john doe"@x.example')]),
        ('"john.doe"@x.example', [("", "john.doe@x.example")]),
        ('Bob <"bob"@x.example>', [("Bob", "bob@x.example")]),
        ("<@relay.example,@b.example:j@x.example>", [("", "j@x.example")]),
        ("jdoe@test   . example", [("", "jdoe@test.example")]),
        ("Jane < j @ x.example >", [("Jane", "j@x.example")]),
        ("j@[192.0.2.1]", [("", "j@[192.0.2.1]")]),
        ("j@x.example.", [("", "j@x.example")]),
        ("a=b@x.example", [("", "a=b@x.example")]),
        ("Jane <j@müller.example>", [("Jane", "j@xn--mller-kva.example")]),
        ("Jane <j@MÜLLER.example>", [("Jane", "j@xn--mller-kva.example")]),
        ("Jane <j@xn--mller-kva.example>", [("Jane", "j@xn--mller-kva.example")]),
        ("j＠x。example", [("", "j@x.example")]),
        ("", []),
        (",,;", []),
        ('"', []),
        ("@", []),
        ("Jane <@>", []),
        ("<>", []),
        ("root", []),
    ],
)
def test_an_address_list_is_read_as_programs_write_it(value, people):
    assert read(value) == people


def test_several_fields_make_one_list():
    assert read("a@x.example", "A <a@x.example>, b@x.example") == [("", "a@x.example"), ("", "b@x.example")]


def test_raw_letters_of_an_old_charset_are_read():
    (person,) = parse_addresses(["Jörg <j@x.example>".encode("latin-1")])
    assert person.name == "Jörg"


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Jane <j@x.example>, Bob <b@x.example>", "Jane", "j@x.example"),
        ("root (Cron Daemon)", "Cron Daemon", "root"),
        ("Cron Daemon <root>", "Cron Daemon", "root"),
        ("MAILER-DAEMON", "", "mailer-daemon"),
        ("Jane Doe", "Jane Doe", ""),
    ],
)
def test_an_author_without_an_address_is_better_than_none(value, name, address):
    author = parse_author([value.encode()])
    assert (author.name, author.address) == (name, address)


@pytest.mark.parametrize("value", ["", " ", "<>", '""'])
def test_no_author_is_none(value):
    assert parse_author([value.encode()]) is None


def test_a_list_of_thousands_is_cut():
    assert len(read(",".join(f"a{number}@x.example" for number in range(6000)))) == 5000


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("x@ourco.example. evil.example", "x@ourco.example.evil.example"),
        ("x@ourco.example .evil.example", "x@ourco.example.evil.example"),
        ("x@ourco.example. Jane", "x@ourco.example"),
        ("x@ourco.example jane.doe", "x@ourco.example"),
    ],
)
def test_a_domain_with_a_space_at_a_dot_is_one_domain(written, address):
    assert [one.address for one in parse_addresses([written.encode()])] == [address]
