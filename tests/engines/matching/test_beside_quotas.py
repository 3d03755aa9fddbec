"""What a pair costs beside minimums and quotas, against forcing it and solving everything again by the slow twin."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from handrail.engines.matching import Impossible, Problem, Result, SideConstraint, solve
from handrail.engines.matching.beside_quotas import costs_beside_quotas
from handrail.engines.matching.flow import FAR
from handrail.engines.matching.linear import Level, Program
from handrail.engines.matching.reference import best_choice, limits
from tests.engines.matching.instances import problems, table_problem
from tests.engines.matching.test_side_constraints import small_problems


def forced(problem: Problem, result: Result, pair: int) -> int:
    """The points that everybody loses by the best pairing that has the pair; FAR where there is none."""
    keeps = problem.points >= (result.worst if result.worst is not None else 0)
    scale = result.certificate.scale
    worth = problem.points * scale + problem.existing
    answer = milp(
        -worth.astype(float),
        integrality=np.ones(worth.size),
        bounds=Bounds((np.arange(worth.size) == pair).astype(float), keeps.astype(float)),
        constraints=[limits(problem), LinearConstraint(np.ones((1, worth.size)), result.paired, result.paired)],
        options={"mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return FAR
    return -(-(result.total * scale + result.kept - int(worth[answer.x > 0.5].sum())) // scale)


@st.composite
def quotas_of_sides(draw: st.DrawFn) -> Problem:
    """Numbers for one side, for both, for everybody, beside minimums."""
    problem = draw(problems(minimums=True))
    if not problem.points.size:
        return problem
    quotas = []
    for k in range(draw(st.integers(0, 3))):
        who = [
            np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size))) | draw(st.booleans())
            for size in (len(problem.leaders), len(problem.mentors))
        ]
        edges = np.flatnonzero(who[0][problem.leader] & who[1][problem.mentor])
        low = draw(st.integers(0, 2))
        quotas.append(SideConstraint(f"quota {k}", edges, np.ones_like(edges), low, low + draw(st.integers(0, 3))))
    return replace(problem, side_constraints=tuple(quotas))


def check_costs(problem: Problem) -> None:
    try:
        result = solve(problem)
    except Impossible:
        return
    if not problem.points.size:
        return
    costs = costs_beside_quotas(problem, result, 60)
    given_one = np.bincount(problem.leader[result.chosen], minlength=len(problem.leaders))
    assert not costs.points[result.chosen].any()
    for pair in range(problem.points.size):
        leader = int(problem.leader[pair])
        # A leader with a place to spare gives nothing up, which is another question than this one.
        if pair in result.chosen or 0 < given_one[leader] < problem.leader_places[leader]:
            continue
        if problem.leader_places[leader] == 0 or problem.mentor_places[problem.mentor[pair]] == 0:
            continue
        assert costs.is_exact[pair]
        assert costs.points[pair] == forced(problem, result, pair)


@pytest.mark.slow
@given(problem=quotas_of_sides())
@settings(max_examples=60)
def test_the_cost_beside_numbers_between_sides_is_what_forcing_the_pair_costs(problem: Problem) -> None:
    check_costs(problem)


@pytest.mark.slow
@given(problem=small_problems())
@settings(max_examples=40)
def test_the_cost_beside_workloads_is_what_forcing_the_pair_costs(problem: Problem) -> None:
    check_costs(problem)


@pytest.mark.slow
@given(problem=small_problems(), must=st.integers(0, 8), number=st.integers(0, 3))
@settings(max_examples=60)
def test_a_level_of_few_pairs_is_what_the_slow_twin_finds_over_all(problem: Problem, must: int, number: int) -> None:
    every = np.ones(problem.points.size, dtype=np.bool_)
    found = Program(problem).best(Level(problem.points, every, number))
    slow, _bound = best_choice(problem, problem.points, every, number)
    assert (found.chosen is None) == (slow is None)
    if found.chosen is not None and slow is not None:
        assert problem.points[found.chosen].sum() == problem.points[slow].sum()
        assert found.bound >= problem.points[slow].sum() - 0.001


def test_when_no_time_is_left_a_cost_is_the_least_it_can_be() -> None:
    problem = table_problem([[9, 5, 1], [8, 1, 2], [4, 4, 3]])
    between = SideConstraint("no first two", np.array([0, 4]), np.array([1, 1]), 0, 1)
    problem = replace(problem, side_constraints=(between,))
    result = solve(problem, "total")
    quick, slow = costs_beside_quotas(problem, result, -1), costs_beside_quotas(problem, result, 60)
    assert slow.is_exact.all()
    assert (quick.points <= slow.points).all()
    assert (quick.points[quick.is_exact] == slow.points[quick.is_exact]).all()


def test_whoever_stops_it_is_heard_before_each_pair() -> None:
    problem = table_problem([[5, 4], [4, 5]])
    apart = SideConstraint("one of the four", np.array([1, 2]), np.array([1, 1]), 0, 0)
    problem = replace(problem, side_constraints=(apart,))

    def stop() -> None:
        raise Impossible

    result = solve(problem, "total")
    assert costs_beside_quotas(problem, result, 60).points.tolist() == [0, FAR, FAR, 0]
    with pytest.raises(Impossible):
        costs_beside_quotas(problem, result, 60, stop)
