"""The language of filters and paths."""

import contextlib
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.scim.errors import InvalidFilterError, InvalidPathError
from service.scim.filters import Among, Attribute, Both, Compare, Not, Path, parse_filter, parse_path

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


def name(text, sub="", schema=""):
    return Attribute(schema, text, sub)


def equal(text, value, sub=""):
    return Compare(name(text, sub), "eq", value)


ANY = Both((equal("a", "1"), equal("b", "2")), either=True)
READ = [
    ('userName eq "anna"', equal("username", "anna")),
    ('USERNAME Eq "Anna"', equal("username", "Anna")),
    ('userName eq "say \\"hi\\" \\u00e4"', equal("username", 'say "hi" ä')),
    ("title pr", Compare(name("title"), "pr")),
    ("active eq true", equal("active", value=True)),
    ("active ne False", Compare(name("active"), "ne", value=False)),
    ("title eq null", equal("title", None)),
    ("size gt -1.5e3", Compare(name("size"), "gt", -1500.0)),
    ('name.familyName co "berg"', Compare(name("name", "familyname"), "co", "berg")),
    (f'{ENTERPRISE}:department eq "R"', Compare(name("department", schema=ENTERPRISE.lower()), "eq", "R")),
    (f'{ENTERPRISE}:manager.value eq "R"', Compare(name("manager", "value", ENTERPRISE.lower()), "eq", "R")),
    (
        'a eq "1" or b eq "2" and c eq "3"',
        Both((equal("a", "1"), Both((equal("b", "2"), equal("c", "3")))), either=True),
    ),
    ('(a eq "1" OR b eq "2") AND c eq "3"', Both((ANY, equal("c", "3")))),
    ('not (a eq "1")', Not(equal("a", "1"))),
    ('NOT(a eq "1")', Not(equal("a", "1"))),
    ('not eq "an attribute of this name"', equal("not", "an attribute of this name")),
    ('emails[type eq "work"]', Among(name("emails"), equal("type", "work"))),
    ('emails[type eq "work"].value eq "x"', Among(name("emails"), Both((equal("type", "work"), equal("value", "x"))))),
    ('nevertheless eq "x"', equal("nevertheless", "x")),
]
UNREADABLE = [
    "",
    "userName",
    "userName eq",
    "userName eq anna",
    "userName eq 'anna'",
    'userName eq "anna',
    'userName eq "\\x"',
    'userName is "anna"',
    'eq "anna"',
    '"anna" eq userName',
    'userName eq "a" and',
    'userName eq "a" userName eq "b"',
    '(userName eq "a"',
    'userName eq "a")',
    'not userName eq "a"',
    "emails[]",
    'emails[type eq "work"',
    'emails[type eq "work"].',
    'emails[type eq "work"].value',
    'a.b.c eq "x"',
    'userName eq "a\x00b"',
    'userName eq "\\u0000"',
    'userName eq "\\ud800"',
    "size eq 1e",
    "size eq --1",
    "size eq 1.2.3",
    'ümlaut eq "x"',
    'userName\neq "a"',
    "a pr " + "and a pr " * 1000,
    "(" * 33 + "a pr" + ")" * 33,
    "not (" * 33 + "a pr" + ")" * 33,
    "e[" * 33 + "a pr" + "]" * 33,
    'a eq "' + "x" * 9000 + '"',
]


@pytest.mark.parametrize(("text", "tree"), READ)
def test_a_filter_is_read(text, tree):
    assert parse_filter(text) == tree


@pytest.mark.parametrize("text", UNREADABLE, ids=lambda text: text[:30])
def test_what_is_no_filter_is_refused(text):
    with pytest.raises(InvalidFilterError):
        parse_filter(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("displayName", Path(name("displayname"))),
        ("name.givenName", Path(name("name", "givenname"))),
        ('members[value eq "1"]', Path(name("members"), equal("value", "1"))),
        ('emails[type eq "work"].value', Path(name("emails", "value"), equal("type", "work"))),
        (f"{ENTERPRISE}:manager", Path(name("manager", schema=ENTERPRISE.lower()))),
    ],
)
def test_a_path_is_read(text, path):
    assert parse_path(text) == path


@pytest.mark.parametrize(
    "text", ["", "a b", "a.", ".a", "a[", "a[b]", 'a[b eq "1"] c', 'a eq "1"', "a\x00", "1a", '"a"']
)
def test_what_is_no_path_is_refused(text):
    with pytest.raises(InvalidPathError):
        parse_path(text)


@given(st.text(alphabet='aeq.:[]()" \\\x00ä1-or$tnurnd', max_size=200))
@example('not (a pr) or (b[c eq "d"].e pr)')
def test_every_text_is_a_filter_or_is_not(text):
    for parse, error in ((parse_filter, InvalidFilterError), (parse_path, InvalidPathError)):
        with contextlib.suppress(error):
            parse(text)


@pytest.mark.parametrize(
    "text",
    ["a" * 8000, "urn:" * 2000, '"' * 8000, "\\" * 8000, " " * 8000, "a." * 4000, "urn:a:" + "b." * 3990, "-1" * 4000],
)
def test_no_text_takes_long(text):
    began = time.perf_counter()
    with pytest.raises(InvalidFilterError):
        parse_filter(f'userName eq "x" and {text[:7900]}')
    with pytest.raises(InvalidFilterError):
        parse_filter(text + " eq")
    assert time.perf_counter() - began < 0.5
