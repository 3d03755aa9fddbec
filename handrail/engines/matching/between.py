"""What every pair would cost everyone, for tables small enough to look at whole: all shortest ways at once.

The graph is the one of `alternatives` with the leaders taken out: from a mentor to the mentors whom those who could
come would leave. All shortest ways together by Floyd (1962) and Warshall (1962): for some hundreds of people far less
work than one search each. Leaders have one place here, so a way through a leader who gives up their mentor is none.
"""

import numpy as np

from handrail.engines.matching.compiled import Compiled, compiled
from handrail.engines.matching.flow import FAR, Array
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Prices

# With more people, or where most pairs are ruled out, searching one by one is quicker.
MOST, SHARE = 1_200, 8
NO_WAY = (1 << 30) - 1


def can_be_looked_at_whole(problem: Problem) -> bool:
    """Whether `costs_at_once` can be asked, and is the quicker way."""
    mentors = len(problem.mentors)
    enough = problem.points.size * SHARE >= mentors * mentors
    return mentors <= MOST and enough and bool((problem.leader_places <= 1).all())


def costs_at_once(problem: Problem, chosen: Integers, prices: Prices, keeps: Flags, scale: int) -> Integers | None:
    """(E,) what giving each pair's leader this mentor instead of their own, or of nobody, would cost in all (scaled
    points), with as many pairs as before; FAR where that cannot be. None if the numbers are too large for it."""
    leader, mentor, mentors, leaders = problem.leader, problem.mentor, len(problem.mentors), len(problem.leaders)
    worth = problem.points * scale + problem.existing
    lacks = prices.leader[leader] + prices.mentor[mentor] + prices.pair - worth
    furthest = sum(int(np.abs(part).max(initial=0)) for part in (lacks, prices.mentor, prices.leader))
    if furthest * (mentors + 2) >= NO_WAY:
        return None
    without = mentors
    left, lacked = np.full(leaders, without), np.zeros(leaders, dtype=np.int64)
    left[leader[chosen]], lacked[leader[chosen]] = mentor[chosen], lacks[chosen]
    can_come = keeps.copy()
    can_come[chosen] = False
    coming = np.flatnonzero(can_come & (problem.leader_places[leader] > 0))
    way = np.full((mentors + 2, mentors + 2), NO_WAY, dtype=np.int32)
    np.minimum.at(way, (mentor[coming], left[leader[coming]]), (lacks - lacked[leader])[coming])
    np.minimum.at(way[without], mentor[chosen], (prices.leader[leader] - lacks)[chosen])
    # Somebody may have one fewer, so that a mentor with a free place has one more.
    spare, load = mentors + 1, np.bincount(mentor[chosen], minlength=mentors)
    way[:mentors, spare] = np.where(load > 0, prices.mentor, NO_WAY)
    way[spare, :mentors] = np.where(load < problem.mentor_places, 0, NO_WAY)
    np.fill_diagonal(way, 0)
    _shorten(way)
    ways = way[left[leader], mentor]
    costs = np.where(keeps & (ways < NO_WAY) & (problem.leader_places[leader] > 0), ways + lacks - lacked[leader], FAR)
    result: Integers = costs.astype(np.int64)
    return result


def _shorten(way: Array) -> None:
    """Through every mentor in turn; a table at a time while the compiler is not loaded."""
    if Compiled.ready:
        _through_all.machine()(way)
        return
    longer = np.empty_like(way)
    for k in range(way.shape[0]):
        np.add(way[:, k, None], way[k], out=longer)
        np.minimum(way, longer, out=way)


@compiled
def _through_all(way: Array) -> None:
    for k in range(way.shape[0]):
        for i in range(way.shape[0]):
            _through(way[i], way[i, k], way[k])


@compiled
def _through(way: Array, first: int, rest: Array) -> None:
    for c in range(way.shape[0]):
        longer = first + rest[c]
        way[c] = longer if longer < way[c] else way[c]
