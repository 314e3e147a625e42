import pytest

from connectors.parse.charsets import decode_text, find_codec


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        (b"plain", "", "plain"),
        ("Gehäuse".encode(), "utf-8", "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "iso-8859-1", "Gehäuse"),
        ("“7 €”".encode("cp1252"), "iso-8859-1", "“7 €”"),  # declared Latin-1, written by Windows
        ("Gehäuse".encode(), "iso-8859-1", "Gehäuse"),  # declared Latin-1, written as UTF-8
        ("Gehäuse".encode(), "us-ascii", "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "us-ascii", "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "utf-8", "Gehäuse"),
        ("цена".encode("koi8-r"), "koi8-r", "цена"),
        ("цена".encode("cp1251"), "windows-1251", "цена"),
        ("価格".encode("iso-2022-jp"), "iso-2022-jp", "価格"),
        ("価格".encode("shift_jis"), "Shift_JIS", "価格"),
        ("价格".encode("gbk"), "gb2312", "价格"),
        ("歹".encode("gbk"), "gb2312", "歹"),  # two bytes that are well-formed UTF-8 by chance
        ("가격".encode("cp949"), "ks_c_5601-1987", "가격"),
        ("價格".encode("big5"), "big5", "價格"),
        ("Gehäuse".encode("utf-7"), "utf-7", "Gehäuse"),
        ("Gehäuse".encode("utf-16"), "utf-16", "Gehäuse"),
        ("Gehäuse".encode("utf-16-be"), "utf-16", "Gehäuse"),
        (b"plain", "utf-16", "plain"),  # an XML file's declaration that outlived its conversion
        ("Gehäuse".encode("utf-8-sig"), "utf-8", "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "unknown-8bit", "Gehäuse"),
        ("Gehäuse".encode("latin-1"), "no-such-charset", "Gehäuse"),
        (b"aGk=", "base64", "aGk="),  # a codec, but no charset
        (b"xn--a", "idna", "xn--a"),
        ("Gehäuse".encode(), "unicode_escape", "Gehäuse"),
        ("Gehäuse und Rahmen für Größe".encode()[:-2], "utf-8", "Gehäuse und Rahmen für Grö�"),  # cut in a letter
        (b"\x81\x8d\xff", "", "\x81\x8dÿ"),
    ],
)
def test_bytes_are_read_as_what_they_are(data, declared, text):
    assert decode_text(data, declared) == text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("UTF8", "utf-8"),
        (' "utf-8" ', "utf-8"),
        ("iso-8859-1http-equivcontent-type", "cp1252"),
        ("iso_8859-15", "iso8859-15"),
        ("x-windows-1250", "cp1250"),
        ("win1251", "cp1251"),
        ("cp-850", "cp850"),
        ("X-GBK", "gb18030"),
        ("us-ascii", ""),
        ("", ""),
        ("\0utf-8", ""),
        ("../../etc/passwd", ""),
        ("rot13", ""),
        ("undefined", ""),
        ("x" * 10_000, ""),
    ],
)
def test_a_label_names_a_charset_or_none(label, codec):
    assert find_codec(label) == codec
