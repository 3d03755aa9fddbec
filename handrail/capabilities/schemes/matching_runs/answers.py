"""A leader's answers for every mentor of a run, packed: points by reason, the rules against, the cost to everyone.

Read without numpy, which takes a fifth of a second and 20 MB that no page needs otherwise.
"""

import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

CANNOT = -1  # others would be left without, or fall below whoever has least
UNKNOWN = -2  # nothing is proven to count from, as for a pair that is fixed
AT_LEAST = -3  # from here down: at least AT_LEAST - cost points, which was not worked out to the end
HEAD, POINTS, AGAINST, COST = "I", "h", "H", "i"  # 4, 2, 2 and 4 bytes, the lowest first


@dataclass(frozen=True)
class Answers:
    """points: for each reason, in the order of the run's `reasons`, one number a mentor; against: for each mentor a bit
    for each of the run's `rulings`; cost: what giving the leader this mentor would cost everyone,
    CANNOT, UNKNOWN or from AT_LEAST down."""

    points: Sequence[Sequence[int]]
    against: Sequence[int]
    cost: Sequence[int]

    @cached_property
    def total(self) -> list[int]:
        """The fit of each mentor."""
        return [sum(one) for one in zip(*self.points, strict=True)]

    def rulings(self, position: int, names: list[str]) -> list[str]:
        """Which of the rules `names` are against this mentor."""
        bits = self.against[position]
        return [name for bit, name in enumerate(names) if bits >> bit & 1]

    def possible(self) -> list[int]:
        """The mentors no rule is against, best fit first."""
        free = [position for position, bits in enumerate(self.against) if not bits]
        return sorted(free, key=lambda position: (-self.total[position], position))


def pack(answers: Answers) -> bytes:
    parts = [_bytes(HEAD, [len(answers.points), len(answers.against)])]
    parts += [_bytes(POINTS, row) for row in answers.points]
    return zlib.compress(b"".join([*parts, _bytes(AGAINST, answers.against), _bytes(COST, answers.cost)]), 6)


def unpack(packed: bytes | memoryview) -> Answers:
    data = zlib.decompress(packed)
    kinds, mentors = _numbers(HEAD, data[:8])
    against = 8 + 2 * kinds * mentors
    cost = against + 2 * mentors
    rows = [data[8 + 2 * k * mentors : 8 + 2 * (k + 1) * mentors] for k in range(kinds)]
    points = [_numbers(POINTS, row) for row in rows]
    return Answers(points, _numbers(AGAINST, data[against:cost]), _numbers(COST, data[cost:]))


def _bytes(kind: str, numbers: Iterable[int]) -> bytes:
    return _little(array(kind, numbers)).tobytes()


def _numbers(kind: str, data: bytes) -> "array[int]":
    numbers: array[int] = array(kind)
    numbers.frombytes(data)
    return _little(numbers)


def _little(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
