"""What every pair would cost, against trying it: the pair is made, and the best of the rest is looked for."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from handrail.engines.matching import Problem, Result, solve
from handrail.engines.matching.alternatives import costs_to_everyone, residual_of
from handrail.engines.matching.between import costs_at_once
from handrail.engines.matching.compiled import Compiled
from handrail.engines.matching.every_pair import cost_of_every_pair
from handrail.engines.matching.flow import FAR
from tests.engines.matching.instances import problems, table_problem


def tried(problem: Problem, result: Result, pair: int) -> int:
    """Make the pair, one fewer place on each side, and solve what is left without falling below the worst."""
    leader = problem.leader
    kept = problem.points >= (result.worst if result.worst is not None else 0)
    if not kept[pair]:
        return FAR
    rest = kept.copy()
    rest[pair] = False
    less = replace(
        problem,
        leader_places=problem.leader_places - (np.arange(len(problem.leaders)) == leader[pair]),
        mentor_places=problem.mentor_places - (np.arange(len(problem.mentors)) == problem.mentor[pair]),
    )
    best = solve(less.restricted(rest), "total")
    if best.paired + 1 < result.paired:
        return FAR
    scale = int(problem.existing.sum()) + 1
    found = (best.total + int(problem.points[pair])) * scale + best.kept + int(problem.existing[pair])
    return -(-(result.total * scale + result.kept - found) // scale)


@pytest.mark.slow
@given(problems())
@settings(max_examples=150)
def test_the_cost_is_what_trying_it_costs(problem: Problem) -> None:
    result = solve(problem)
    costs = cost_of_every_pair(problem, result)
    if costs is None:
        assert not problem.points.size
        return
    given_one = np.bincount(problem.leader[result.chosen], minlength=len(problem.leaders))
    for pair in range(problem.points.size):
        leader = int(problem.leader[pair])
        # A leader with a place to spare gives nothing up, which is another question than this one.
        if pair in result.chosen or 0 < given_one[leader] < problem.leader_places[leader]:
            continue
        if problem.leader_places[leader] == 0 or problem.mentor_places[problem.mentor[pair]] == 0:
            continue
        assert costs[pair] == tried(problem, result, pair)
    assert not costs[result.chosen].any()


@pytest.mark.slow
@given(problems())
@settings(max_examples=150)
def test_it_agrees_with_the_search_of_single_alternatives(problem: Problem) -> None:
    result = solve(problem)
    costs = cost_of_every_pair(problem, result)
    if costs is None or result.certificate.total is None:
        return
    keeps = problem.points >= (result.worst if result.worst is not None else 0)
    residual = residual_of(problem, result.chosen, result.certificate.total, keeps, result.certificate.scale)
    best = np.full(problem.points.size, FAR)
    for chosen in result.chosen.tolist():
        begin, end = problem.starts[problem.leader[chosen]], problem.starts[problem.leader[chosen] + 1]
        wanted = np.array([k for k in range(begin, end) if k not in result.chosen and keeps[k]], dtype=np.int64)
        found = costs_to_everyone(residual, np.array([chosen]), np.array([0, wanted.size]), wanted)
        best[wanted] = np.minimum(best[wanted], found)
    scale = result.certificate.scale
    for pair in np.flatnonzero(best < FAR // 2).tolist():
        assert costs[pair] == -(-best[pair] // scale)


@pytest.mark.slow
@given(problems())
@settings(max_examples=150)
def test_all_at_once_agrees_with_trying_it_whether_by_tables_or_in_machine_code(problem: Problem) -> None:
    problem = replace(problem, leader_places=np.minimum(problem.leader_places, 1))
    result = solve(problem)
    prices = result.certificate.total
    if prices is None or not problem.points.size:
        return
    keeps = problem.points >= (result.worst if result.worst is not None else 0)
    before, found = Compiled.ready, []
    for ready in (False, True):
        Compiled.ready = ready
        found.append(costs_at_once(problem, result.chosen, prices, keeps, result.certificate.scale))
    Compiled.ready = before
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].tolist() == found[1].tolist()
    scale = result.certificate.scale
    for pair in range(problem.points.size):
        here = problem.leader_places[problem.leader[pair]] and problem.mentor_places[problem.mentor[pair]]
        if here and pair not in result.chosen:
            cost = int(found[0][pair])
            assert (FAR if cost >= FAR // 2 else -(-cost // scale)) == tried(problem, result, pair)


def test_numbers_too_large_to_look_at_whole_are_left_to_the_search() -> None:
    problem = table_problem([[900_000_000, 5, 1], [8, 1, 0], [4, 4, 3]])
    result = solve(problem, "total")
    every = np.ones(problem.points.size, dtype=np.bool_)
    assert result.certificate.total is not None
    assert costs_at_once(problem, result.chosen, result.certificate.total, every, 1) is None
    costs = cost_of_every_pair(problem, result)
    assert costs is not None
    assert costs[1] == 899_999_988


def test_a_worked_one() -> None:
    problem = table_problem([[9, 5, 1], [8, 1, 0], [4, 4, 3]])
    costs = cost_of_every_pair(problem, solve(problem, "total"))
    assert costs is not None
    assert costs.reshape(3, 3).tolist() == [[3, 0, 3], [0, 3, 3], [7, 3, 0]]


def test_without_a_proof_there_is_no_cost() -> None:
    problem = table_problem([[9, 5], [8, 1]])
    assert cost_of_every_pair(problem, solve(problem, "stable")) is None
