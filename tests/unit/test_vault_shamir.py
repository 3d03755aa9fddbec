"""Splitting a secret: any two of three shares give it back, and one says nothing."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.foundation.vault import shamir


def slow_times(one: int, other: int) -> int:
    """Long multiplication of polynomials, then the remainder by x^8 + x^4 + x^3 + x + 1."""
    product = 0
    for place in range(8):
        if other >> place & 1:
            product ^= one << place
    for place in range(15, 7, -1):
        if product >> place & 1:
            product ^= 0b100011011 << place - 8
    return product


def test_products_are_those_of_the_field_of_aes() -> None:
    assert (shamir.times(0x57, 0x83), shamir.times(0x57, 0x13)) == (0xC1, 0xFE)  # FIPS 197, sections 4.2 and 4.2.1
    assert all(shamir.times(x, y) == slow_times(x, y) for x in range(256) for y in range(x, 256))


def test_every_element_has_an_inverse() -> None:
    assert all(shamir.times(x, shamir._inverse(x)) == 1 for x in range(1, 256))


def test_a_share_by_hand() -> None:
    """0x2a at 0 and slope 0x80: at 2 the slope gives 0x80 * x = 0x1b."""
    assert shamir._values_at(2, [b"\x2a", b"\x80"]) == bytes([0x2A ^ 0x1B])
    assert shamir.combine({1: bytes([0x2A ^ 0x80]), 2: bytes([0x2A ^ 0x1B])}) == b"\x2a"


@given(st.binary(min_size=1, max_size=40), st.integers(2, 5), st.integers(0, 3))
def test_as_many_shares_as_needed_give_the_secret_back(secret: bytes, needed: int, more: int) -> None:
    shares = shamir.split(secret, needed=needed, number=needed + more)
    for chosen in combinations(shares, needed):
        assert shamir.combine({x: shares[x] for x in chosen}) == secret


def test_one_share_leaves_every_secret_equally_likely() -> None:
    """Whatever the byte is, its share takes each of the 256 values for exactly one slope."""
    for x in (1, 2, 3):
        for secret in (0, 1, 0x2A, 255):
            seen = Counter(shamir._values_at(x, [bytes([secret]), bytes([slope])]) for slope in range(256))
            assert len(seen) == 256


def test_shares_of_two_splits_do_not_fit() -> None:
    one, other = (shamir.split(b"the same secret", needed=2, number=3) for _ in range(2))
    assert shamir.combine({1: one[1], 2: other[2]}) != b"the same secret"


@pytest.mark.parametrize(("needed", "number"), [(1, 3), (3, 2), (2, 256)])
def test_a_senseless_split_is_refused(needed: int, number: int) -> None:
    with pytest.raises(ValueError):
        shamir.split(b"x", needed=needed, number=number)


@pytest.mark.parametrize("shares", [{}, {1: b"x"}, {1: b"x", 2: b"xy"}, {0: b"x", 1: b"y"}])
def test_senseless_shares_are_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(ValueError):
        shamir.combine(shares)
