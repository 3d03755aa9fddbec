"""What no browser sends is made plain before anything reads it."""

from typing import Any

import pytest

from handrail.foundation.access.readable import make_plain


@pytest.mark.parametrize(
    ("sent", "read"),
    [("", ""), ("17", "17"), ("\0", "0"), ("-1", "0"), ("1e3", "0"), ("\u0663", "0"), ("9" * 5000, "0")],
)
def test_a_length_is_a_number(sent: str, read: str) -> None:
    environ: dict[str, Any] = {"CONTENT_LENGTH": sent}
    make_plain(environ)
    assert environ["CONTENT_LENGTH"] == read


def test_no_charset_but_ours() -> None:
    environ: dict[str, Any] = {"CONTENT_TYPE": "text/plain; Charset=utf-7; boundary=x"}
    make_plain(environ)
    assert environ == {"CONTENT_TYPE": "text/plain; boundary=x"}
