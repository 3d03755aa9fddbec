"""The smallest of several demands that cannot all be met.

Whatever set of demands contradicts itself has one of every set that would have to be given up (a hitting set). So the
smallest set that hits all those known is asked about: if it cannot be met, it is the answer; if it can, it is made as
large as can be, and what is left over is one more set to hit (Ignatiev, Previti, Liffiton and Marques-Silva 2015).
"""

from collections.abc import Callable, Iterable

import numpy as np

Possible = Callable[[frozenset[int]], bool]


def smallest_contradicting(number: int, possible: Possible, most: int = 300) -> tuple[list[int], bool]:
    """(which of the demands 0 … number-1 contradict each other, none of them too many; whether no fewer do).

    Empty if all can be met. possible: whether a set can be; asked some `most` times at most, then what is found stands.
    """
    asked: dict[frozenset[int], bool] = {}

    def can(demands: Iterable[int]) -> bool:
        those = frozenset(demands)
        if those not in asked:
            asked[those] = possible(those)
        return asked[those]

    if can(range(number)):
        return [], True
    found = _none_too_many(number, can)
    to_hit: list[frozenset[int]] = []
    while len(asked) < most:
        least = _smallest_hitting(number, to_hit)
        if len(least) >= len(found):
            return found, True
        if not can(least):
            return sorted(least), True
        kept = set(least)
        for one in range(number):
            if one not in kept and can(kept | {one}):
                kept.add(one)
        to_hit.append(frozenset(range(number)) - kept)
    return found, False


def _none_too_many(number: int, can: Callable[[Iterable[int]], bool]) -> list[int]:
    needed = list(range(number))
    for one in range(number):
        rest = [other for other in needed if other != one]
        if not can(rest):
            needed = rest
    return needed


def _smallest_hitting(number: int, sets: list[frozenset[int]]) -> frozenset[int]:
    """As few as can be of 0 … number-1, at least one of each set."""
    # Loaded here for the reason given in `reference`.
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not sets:
        return frozenset()
    rows = np.array([[one in each for one in range(number)] for each in sets], dtype=np.float64)
    answer = milp(
        np.ones(number), integrality=np.ones(number), bounds=Bounds(0, 1), constraints=LinearConstraint(rows, 1)
    )
    return frozenset(np.flatnonzero(answer.x > 0.5).tolist())
