"""The private phrase: five words that we draw, or one's own that is as strong.

Whoever holds both stores can guess offline, so a phrase is stretched with Argon2id (RFC 9106; one pass, 46 MiB) and has
to be worth at least `ENOUGH_BITS`. The estimate for a typed phrase is deliberately low: a word counts as one drawn from
a list of our size, whatever its length, and what people tend to do (years, runs, names) counts next to nothing. What
belongs together (a count, the days of the week, a known saying) counts as one word: `series.txt` and `sayings.txt`, one
of them a line.
"""

import math
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from nacl.pwhash import argon2id

from handrail.foundation.vault.faults import Busy, KnownPhrase, WeakPhrase

WORDS_DRAWN = 5
ENOUGH_BITS = 55.0
SALT_BYTES = argon2id.SALTBYTES
PASSES = 1
MEMORY = 46 * 1024 * 1024
AT_ONCE = 2  # concurrent hashings in one process: at most 92 MiB, and never all the processors of a busy machine
PATIENCE = 8.0  # seconds somebody waits for their turn
PART = 3  # so many words in a row are known again as part of a saying
LONGEST = 300  # characters; more is not read

_turns = threading.BoundedSemaphore(AT_ONCE)
_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]+|_+")
_SEPARATORS = re.compile(r"[\s\-–—.,;/_+·]+")


@cache
def words() -> tuple[str, ...]:
    """Our own list: short, plain, calm, no two alike."""
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="ascii").split())


@cache
def _known() -> frozenset[str]:
    return frozenset(words())


def new_phrase(*, known: Iterable[str] = ()) -> str:
    """Five words, none of which others know of the person: such a phrase would be refused when it is set."""
    given_away = _given_away(known)
    to_draw_from = [one for one in words() if one not in given_away]
    while True:
        phrase = " ".join(secrets.SystemRandom().sample(to_draw_from, WORDS_DRAWN))
        if not _belonging(phrase.split()):
            return phrase


def tidy(phrase: str) -> str:
    """The phrase as it is hashed: case, spacing and the marks between words make no difference."""
    folded = unicodedata.normalize("NFKC", phrase[:LONGEST]).casefold()
    return _SEPARATORS.sub(" ", folded.encode("utf-8", "replace").decode()).strip()


def check_phrase(phrase: str, *, known: Iterable[str] = ()) -> None:
    """Raise WeakPhrase when the phrase is not worth `ENOUGH_BITS`. `known`: what others know, such as the name."""
    if bits_of(phrase, known=known) < ENOUGH_BITS:
        raise KnownPhrase if _belonging(_WORD.findall(tidy(phrase))) else WeakPhrase


def bits_of(phrase: str, *, known: Iterable[str] = ()) -> float:
    """A low estimate of how many bits somebody must guess who knows how people choose."""
    given_away = _given_away(known)
    seen: set[str] = set()
    total = 0.0
    tokens = _WORD.findall(tidy(phrase))
    belonging = _belonging(tokens)
    for place, token in enumerate(tokens):
        if token in seen or token in given_away or place in belonging:
            continue
        seen.add(token)
        total += _bits_of_token(token)
    return total


def _given_away(known: Iterable[str]) -> set[str]:
    return {token for text in known for token in _WORD.findall(tidy(text))}


@cache
def _series() -> dict[str, frozenset[int]]:
    """Which series each word stands in."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("series.txt")):
        for token in line:
            found.setdefault(token, set()).add(number)
    return {token: frozenset(numbers) for token, numbers in found.items()}


@cache
def _parts_of_sayings() -> frozenset[tuple[str, ...]]:
    return frozenset(part for line in _lines("sayings.txt") for part in _parts(line))


def _lines(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return [_WORD.findall(tidy(line)) for line in text.splitlines()]


def _parts(tokens: list[str]) -> list[tuple[str, ...]]:
    return list(zip(*(tokens[start:] for start in range(PART)), strict=False))


def _belonging(tokens: list[str]) -> set[int]:
    """The places of words that follow from one before them: a further one of a series, the rest of a saying."""
    begun: set[int] = set()
    follow: set[int] = set()
    for place, token in enumerate(tokens):
        series = _series().get(token, frozenset())
        if series & begun:
            follow.add(place)
        begun |= series
    for place, part in enumerate(_parts(tokens)):
        if part in _parts_of_sayings():
            follow |= {place + 1, place + 2}
    return follow


def _bits_of_token(token: str) -> float:
    per_word = math.log2(len(words()))
    distinct = len(set(token))
    if token in _known():
        return per_word
    if token.isdigit():
        return 6.0 if len(token) == 4 else min(2.0 * distinct, 12.0)
    if not token.isalpha():
        return min(3.0 * distinct, 6.0)
    if len(token) < 3 or distinct < 3 or _is_run(token):
        return 2.0
    return min(2.0 * distinct, 1.2 * per_word)


def _is_run(token: str) -> bool:
    """abcd, 4321, qwerty: neighbours in the alphabet or on the keyboard."""
    rows = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    return any(token in row or token[::-1] in row for row in rows)


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def stretch(phrase: str, salt: bytes) -> bytes:
    """32 bytes from the phrase, about 60 ms and 46 MiB. Raises Busy when others have been before for too long."""
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return argon2id.kdf(32, tidy(phrase).encode(), bytes(salt), opslimit=PASSES, memlimit=MEMORY)
    finally:
        _turns.release()
