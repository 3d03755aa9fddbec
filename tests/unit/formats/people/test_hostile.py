"""Whatever the bytes are: items, or one kind refusal. Never another error, and every number of a line is right."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.formats.people import Fault, PersonRecord, UnreadablePeopleFile, open_people_file

HEADERS = st.sampled_from([b"id,name,email,manager id\n", b"name;email\n", b"name\temail\n", b"Name|Manager\r\n", b""])
PIECES = st.sampled_from(
    [b"1", b"Ann", b'"', b'""', b",", b";", b"\n", b"\r\n", b"\r", b"\x00", b"\xff", b"\xed\xa0\x80", b"\xc3\xab",
     b"a@x.example", b"none", b"XX", b" ", b"\xe2\x80\xae", b"N/D", b"="]
)  # fmt: skip
CONTENTS = st.one_of(
    st.binary(max_size=200), st.builds(lambda head, rest: head + b"".join(rest), HEADERS, st.lists(PIECES, max_size=60))
)


@pytest.mark.slow
@given(content=CONTENTS, encoding=st.sampled_from([None, "utf-8", "utf-16-le", "utf-16-be", "cp1252"]))
@settings(max_examples=60)
def test_any_bytes_give_items_or_one_refusal(content: bytes, encoding: str | None) -> None:
    try:
        items = list(open_people_file(io.BytesIO(content), encoding=encoding).items())
    except UnreadablePeopleFile:
        return
    lines = [item.line for item in items]
    assert lines == sorted(set(lines))
    for item in items:
        if isinstance(item, PersonRecord):
            assert item.name == item.name.strip() != ""
            assert item.name.isprintable()
            assert "\x00" not in item.email + item.unit
            (item.name + item.email + item.source_id).encode()
            assert all(note.text for note in item.notes)
        elif isinstance(item, Fault):
            assert str(item)
