"""What holds for whatever lies in a file."""

import io
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connectors.files.samples import mail, mbox, read, records

BLOCKS = [
    mbox("a"),
    records("b"),
    mail("c"),
    b"From ",
    b"\nFrom x 10:00 2026\nA: b\n",
    b"{",
    b"}\n",
    b"\0",
    b"\x1f\x8b",
    b"\n",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.binary(max_size=300) | st.lists(st.sampled_from(BLOCKS), max_size=10).map(b"".join))
def test_any_bytes_are_messages_or_refusals(data):
    ids, refusals, _ = read(Path("-"), stdin=io.BytesIO(data))
    assert ids or refusals
    assert all(where and why for where, why in refusals)


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_any_json_values_are_messages_or_refusals_line_by_line(values):
    lines = [{"from": "a@x.example", "text": ""}, *values]
    data = "".join(json.dumps(value) + "\n" for value in lines).encode()
    ids, refusals, _ = read(Path("-"), stdin=io.BytesIO(data))
    assert len(ids) + len(refusals) == len(lines)
