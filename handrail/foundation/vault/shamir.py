"""Splitting a secret so that any `needed` of `number` shares give it back, and fewer say nothing about it.

Source: A. Shamir, "How to share a secret", Communications of the ACM 22 (11), 1979. Each byte is the constant term of
a random polynomial of degree needed - 1 over GF(2^8), the field of AES (FIPS 197, section 4), which counts modulo
x^8 + x^4 + x^3 + x + 1; the share with number x holds the polynomials' values at x. Any two different shares of two
determine the line, one leaves every byte equally likely. A share that was changed gives a wrong secret and no error:
callers authenticate shares.
Products take the same steps whatever the values are, without tables.
"""

import secrets
from collections.abc import Mapping

MOST = 255  # shares; 0 would be the secret itself


def split(secret: bytes, *, needed: int, number: int) -> dict[int, bytes]:
    """Shares 1 to `number` of `secret`, each as long as it is."""
    if not 2 <= needed <= number <= MOST:
        raise ValueError("At least two shares are needed, and no more than there are.")
    higher = [secrets.token_bytes(len(secret)) for _ in range(needed - 1)]
    return {x: _values_at(x, [secret, *higher]) for x in range(1, number + 1)}


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret from as many shares as were needed, by Lagrange's interpolation at 0."""
    if len(shares) < 2 or len({len(share) for share in shares.values()}) != 1 or not all(0 < x <= MOST for x in shares):
        raise ValueError("Two shares or more, all of one length.")
    secret = bytes(len(next(iter(shares.values()))))
    for x, share in shares.items():
        weight = 1
        for other in shares:
            if other != x:
                weight = times(weight, times(other, _inverse(other ^ x)))
        secret = bytes(so_far ^ times(weight, value) for so_far, value in zip(secret, share, strict=True))
    return secret


def _values_at(x: int, coefficients: list[bytes]) -> bytes:
    """Horner's rule, byte by byte; the constant term comes first."""
    values = bytes(len(coefficients[0]))
    for row in reversed(coefficients):
        values = bytes(times(value, x) ^ term for value, term in zip(values, row, strict=True))
    return values


def times(one: int, other: int) -> int:
    """The product of two elements of the field."""
    product = 0
    for _ in range(8):
        product ^= one & -(other & 1)
        other >>= 1
        one = (one << 1) ^ (0x11B & -(one >> 7))
    return product


def _inverse(value: int) -> int:
    """value^254: the element whose product with it is 1."""
    power, square = 1, value
    for _ in range(7):
        square = times(square, square)
        power = times(power, square)
    return power
