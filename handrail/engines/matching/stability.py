"""Pairs who would both rather have one another (blocking pairs), and deferred acceptance, which leaves none.

Gale and Shapley (1962); many-to-many with places: Roth (1984). With ties the outcome is weakly stable: no pair in
which both strictly gain. The largest such pairing is NP-hard to find (Manlove et al. 2002) and is not promised.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.engines.matching.problem import Flags, Integers, Problem


def count_blocking_pairs(problem: Problem, chosen: Integers) -> int:
    """How many pairs are blocking."""
    return int(blocking_pairs(problem, chosen).sum())


def blocking_pairs(
    problem: Problem, chosen: Integers, leader_value: Integers | None = None, mentor_value: Integers | None = None
) -> Flags:
    """(E,) true where a pair is eligible, not together, and each would strictly gain or fill a free place.

    A side's value of each pair (E,) is its points unless given (ranked wishes may come first).
    """
    together = np.zeros(problem.points.size, dtype=np.bool_)
    together[chosen] = True
    leader = problem.leader
    wants = _wants(leader, problem.leader_places, chosen, problem.points if leader_value is None else leader_value)
    wanted = _wants(
        problem.mentor, problem.mentor_places, chosen, problem.points if mentor_value is None else mentor_value
    )
    return wants & wanted & ~together


def _wants(position: NDArray[np.integer[Any]], places: Integers, chosen: Integers, value: Integers) -> Flags:
    """(E,) true where this side would take the pair: a free place, or more than its least valued present pair."""
    load = np.bincount(position[chosen], minlength=places.size)
    least = np.full(places.size, np.iinfo(np.int64).max)
    np.minimum.at(least, position[chosen], value[chosen])
    result: Flags = (load < places)[position] | (value > least[position])
    return result


def deferred_acceptance(
    problem: Problem, leader_value: Integers | None = None, mentor_value: Integers | None = None
) -> Integers:
    """Positions of the pairs of a stable pairing, the best one for leaders: leaders ask, mentors keep the best.

    Draws are broken by the order of the list, so that the same people give the same pairs. Minimums and side
    constraints are not looked at.
    """
    wish = problem.points if leader_value is None else leader_value
    worth = problem.points if mentor_value is None else mentor_value
    # Every pair in the order in which its leader asks.
    order = np.lexsort((np.arange(wish.size), -wish, problem.leader))
    next_ask = problem.starts[:-1].copy()
    open_places = problem.leader_places.copy()
    held: list[list[int]] = [[] for _ in problem.mentors]
    waiting = [i for i in range(len(problem.leaders) - 1, -1, -1) if open_places[i] > 0]
    leader = problem.leader
    while waiting:
        asking = waiting[-1]
        if open_places[asking] == 0 or next_ask[asking] == problem.starts[asking + 1]:
            waiting.pop()
            continue
        pair = int(order[next_ask[asking]])
        next_ask[asking] += 1
        mentor = int(problem.mentor[pair])
        open_places[asking] -= 1
        held[mentor].append(pair)
        if len(held[mentor]) > problem.mentor_places[mentor]:
            refused = min(held[mentor], key=lambda p: (worth[p], -p))
            held[mentor].remove(refused)
            open_places[leader[refused]] += 1
            if int(leader[refused]) != asking:
                waiting.append(int(leader[refused]))
    return np.array(sorted(pair for pairs in held for pair in pairs), dtype=np.int64)
