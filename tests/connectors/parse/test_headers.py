from datetime import UTC, datetime, timedelta, timezone

import pytest

from connectors.parse.headers import decode_header, message_ids, parse_date, parse_parameters


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Price", "Price"),
        (b"  folded\r\n\t over  lines ", "folded over lines"),
        (b"=?utf-8?Q?Geh=C3=A4use?=", "Gehäuse"),
        (b"=?UTF-8?b?R2Vow6R1c2U=?= today", "Gehäuse today"),
        (b"=?utf-8?Q?Geh=C3?=\r\n =?utf-8?Q?=A4use?=", "Gehäuse"),  # a letter cut in two
        (b"=?utf-8?B?R2Vow6R1?= =?utf-8?B?c2U=?=", "Gehäuse"),
        (b"=?iso-8859-1?Q?Geh=E4use?= =?utf-8?Q?=E2=82=AC?=", "Gehäuse€"),
        (b"a =?utf-8?Q?b?= c", "a b c"),
        (b"a=?utf-8?Q?b?=c", "abc"),
        (b"=?utf-8?Q?a_b?=", "a b"),
        (b"=?utf-8?Q?a b?=", "a b"),  # a space, which is not allowed
        (b"=?utf-8?Q?what? now?=", "what? now"),  # a question mark, which is not allowed
        (b"=?utf-8?Q?cut_off", "cut off"),
        (b"=?utf-8?Q?=3D?=", "="),
        (b"=?utf-8*de?Q?Gr=C3=B6=C3=9Fe?=", "Größe"),  # with a language
        (b"=?no-such?Q?Geh=E4use?=", "Gehäuse"),
        (b"=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        (b"=?utf-8?Q?=3D=3Futf-8=3FQ=3Ftwice=3F=3D?=", "twice"),
        (b"=?utf-8?Q??=", ""),
        (b"=??Q?a?=", "=??Q?a?="),
        ("Gehäuse".encode(), "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "Gehäuse"),
        (b"a\0b\x07c\x7f", "abc"),
        (b"=?utf-16be?B?2AA=?=", "�"),
    ],
)
def test_a_value_is_decoded_to_one_line(raw, text):
    assert decode_header(raw) == text


def test_raw_letters_are_in_the_charset_of_the_mail():
    assert decode_header("цена".encode("koi8-r"), "koi8-r") == "цена"


@pytest.mark.parametrize(
    ("raw", "value", "parameters"),
    [
        (b"text/plain; charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (b'TEXT/Plain;\r\n Charset="utf-8"; format=flowed', "text/plain", {"charset": "utf-8", "format": "flowed"}),
        (b"text/plain charset=utf-8", "text/plain", {"charset": "utf-8"}),  # no semicolon
        (b"text/plain (a comment); charset=utf-8", "text/plain", {"charset": "utf-8"}),
        (b"attachment; filename=my file.pdf; size=5", "attachment", {"filename": "my file.pdf", "size": "5"}),
        (b'attachment; filename="a;b.pdf"', "attachment", {"filename": "a;b.pdf"}),
        (b'attachment; filename="say \\"hi\\".txt"', "attachment", {"filename": 'say "hi".txt'}),
        (b'attachment; filename="open.txt', "attachment", {"filename": "open.txt"}),
        (b"attachment; filename*=utf-8''%e2%82%ac.txt", "attachment", {"filename": "€.txt"}),
        (b"attachment; filename*=iso-8859-1'de'Gr%F6%DFe.txt", "attachment", {"filename": "Größe.txt"}),
        (b"attachment; filename*0=long; filename*1=name.txt", "attachment", {"filename": "longname.txt"}),
        (b"attachment; filename*1*=%ac.txt; filename*0*=utf-8''%e2%82", "attachment", {"filename": "€.txt"}),
        (b"attachment; filename=old.txt; filename*=utf-8''n%C3%A9w.txt", "attachment", {"filename": "néw.txt"}),
        (b"text/plain; charset", "text/plain", {}),
        (b"; name=x", "", {"name": "x"}),
        (b"", "", {}),
    ],
)
def test_parameters_are_read_however_they_are_written(raw, value, parameters):
    found, values = parse_parameters(raw)
    assert (found, {name: decode_header(one.encode("latin-1")) for name, one in values.items()}) == (value, parameters)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Tue, 3 Mar 2026 10:00:00 +0100", datetime(2026, 3, 3, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("3 Mar 2026 10:00:00 GMT", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("Tue, 3 Mar 2026 10:00:00", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("Tue, 03 Mar 2026 10:00:00 +0100 (CET)", datetime(2026, 3, 3, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("2026-03-03T10:00:00Z", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("2026-03-03 10:00", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("Tue, 3 Mar 2026 10:00:00 +9999", datetime(2026, 3, 3, 10, tzinfo=UTC)),
        ("Tue, 3 Mar 2026 10:00:00 -2359", datetime(2026, 3, 4, 9, 59, tzinfo=UTC)),
        ("9999-12-31T23:00:00-05:00", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("Tue, 31 Feb 2026 10:00:00 +0100", None),
        ("2026-13-45", None),
        ("yesterday", None),
        ("", None),
        ("0 0 0 0 0 0", None),
        ("Tue, 3 Mar 999999999 10:00:00 +0100", None),
    ],
)
def test_a_date_is_aware_or_none(text, date):
    found = parse_date(text)
    assert found == date
    assert found is None or abs(found.utcoffset()) <= timedelta(hours=14)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("<a@b>", ("a@b",)),
        ("<a@b> <c@d><a@b>", ("a@b", "c@d")),
        ("< a@b >", ("a@b",)),
        ("a@b", ("a@b",)),
        ("Message from Jane of Tuesday <a@b>", ("a@b",)),
        ("12223", ("12223",)),
        ("", ()),
        ("<>", ("<>",)),
        ("<" + "x" * 2000 + "@b>", ()),
    ],
)
def test_message_ids_lose_their_brackets(text, ids):
    assert message_ids(text) == ids


def test_of_a_long_list_the_root_and_the_latest_are_kept():
    ids = message_ids(" ".join(f"<{number}@x>" for number in range(5000)))
    assert len(ids) == 100
    assert (ids[0], ids[1], ids[-1]) == ("0@x", "4901@x", "4999@x")
