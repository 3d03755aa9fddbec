"""Cleaning of what people typed before it becomes one property of a calendar entry.

icalendar escapes a newline in a text, but lets control characters through and fails on half a surrogate pair; and not
every reader undoes RFC 6868 in a parameter. So nothing but plain, one-line text is handed to it.
"""

import re
import unicodedata
from urllib.parse import urlsplit

LONGEST_LINE = 250
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
NOT_TEXT = {"Cc", "Cs", "Co", "Cn"}  # controls, half surrogates, private use, unassigned
SEPARATORS = {"Zl", "Zp"}
REORDERING = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """`text` on one line: controls and line breaks become single spaces, what is no text at all is dropped."""
    kept = []
    for letter in text[: LONGEST_LINE * 4]:
        category = unicodedata.category(letter)
        if category == "Cc" or category in SEPARATORS:
            kept.append(" ")
        elif category not in NOT_TEXT and letter not in REORDERING:
            kept.append(letter)
    return " ".join("".join(kept).split())[:LONGEST_LINE].rstrip()


def parameter(text: str) -> str:
    """One line that is safe inside a quoted parameter, such as CN, for readers that know no RFC 6868.

    A backslash means nothing there, yet several readers (icalendar among them) take it for an escape.
    """
    return one_line(text.replace('"', "'").replace("^", " ").replace("\\", "/"))


def checked_address(address: str) -> str:
    """The bare e-mail address, or ValueError when it is none."""
    if not ADDRESS.fullmatch(address) or one_line(address) != address:
        raise ValueError(f"{one_line(address)!r} is not an e-mail address. Write it like name@example.org.")
    return address


def is_address(address: str) -> bool:
    try:
        checked_address(address)
    except ValueError:
        return False
    return True


def checked_link(link: str) -> str:
    """A web address as it is, "" for none, or ValueError when it is something else."""
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is none
        whole = False
    plain = all(letter.isprintable() and not letter.isspace() and letter not in '"<>' for letter in link)
    if not (whole and plain):
        raise ValueError(f"{one_line(link)!r} is not a web address. It begins with https://.")
    return link
