"""Quotas that ask for a side only (“at most three mentors from one team”) are part of the network: a node between the
team's mentors and everybody's. Quotas between two sides are not, and count by their prices."""

from dataclasses import dataclass

import numpy as np

from handrail.engines.matching.problem import Integers, Problem, SideConstraint
from handrail.engines.matching.result import Prices


@dataclass(frozen=True, eq=False)
class Team:
    """Members (positions on their side) of whom there are between low and high pairs; `load` now; their price."""

    members: Integers
    low: int
    high: int
    load: int
    price: int


@dataclass(frozen=True, eq=False)
class Teams:
    """The teams on each side, which share no member; and whether every quota is one of them."""

    leaders: list[Team]
    mentors: list[Team]
    are_all: bool


def teams_of(problem: Problem, chosen: Integers, prices: Prices) -> Teams:
    """Which quotas ask for a side only. One over everybody, or nobody, is kept as long as the number of pairs stays."""
    sides: tuple[list[Team], list[Team]] = ([], [])
    are_all = True
    for quota, price in zip(problem.side_constraints, prices.constraint, strict=True):
        everybody = (quota.coefficients == 1).all() and np.unique(quota.edges).size == problem.points.size
        if everybody or not quota.edges.size:
            continue
        for side, teams in zip((problem.leader, problem.mentor), sides, strict=True):
            members = _members(quota, side.astype(np.int64))
            if members is not None and _put(teams, _team(quota, members, chosen, price)):
                break
        else:
            are_all = False
    return Teams(*sides, are_all)


def _members(quota: SideConstraint, side: Integers) -> Integers | None:
    """Whose pairs are the quota's, all of them and each once; None if it is not so."""
    members = np.unique(side[quota.edges])
    once = (quota.coefficients == 1).all() and np.unique(quota.edges).size == quota.edges.size
    return members if once and np.isin(side, members).sum() == quota.edges.size else None


def _team(quota: SideConstraint, members: Integers, chosen: Integers, price: int) -> Team:
    return Team(members, quota.low, quota.high, int(np.isin(quota.edges, chosen).sum()), price)


def _put(teams: list[Team], team: Team) -> bool:
    """Whether it has a place beside the others: with the same members, or with none of theirs."""
    for place, other in enumerate(teams):
        if np.array_equal(other.members, team.members):
            low, high = max(other.low, team.low), min(other.high, team.high)
            teams[place] = Team(team.members, low, high, team.load, other.price + team.price)
            return True
        if np.intersect1d(other.members, team.members).size:
            return False
    teams.append(team)
    return True
