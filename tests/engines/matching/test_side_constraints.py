"""Minimums, quotas and workloads against trying everything."""

import csv
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.matching import Impossible, Problem, Refused, SideConstraint, problem_of, solve, verify
from tests.engines.matching.instances import problems, table_problem


def best_by_trying(problem: Problem) -> tuple[int, int | None, int, int] | None:
    """The best levels among all sets of pairs that keep every limit."""
    best: tuple[int, int, int, int] | None = None
    size = problem.points.size
    for number in range(size + 1):
        for chosen in combinations(range(size), number):
            pick = np.array(chosen, dtype=np.int64)
            rows = np.bincount(problem.leader[pick], minlength=len(problem.leaders))
            cols = np.bincount(problem.mentor[pick], minlength=len(problem.mentors))
            if (rows > problem.leader_places).any() or (rows < problem.leader_minimum).any():
                continue
            if (cols > problem.mentor_places).any() or (cols < problem.mentor_minimum).any():
                continue
            amounts = [int(c.coefficients[np.isin(c.edges, pick)].sum()) for c in problem.side_constraints]
            if any(not c.low <= a <= c.high for c, a in zip(problem.side_constraints, amounts, strict=True)):
                continue
            points = problem.points[pick]
            worst = int(points.min()) if number else 0
            found = (number, worst, int(points.sum()), int(problem.existing[pick].sum()))
            best = found if best is None or found > best else best
    return best if best is None or best[0] else (0, None, 0, 0)


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    n, m = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    pairs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), unique=True, min_size=1))
    row, col = (np.array(part) for part in zip(*pairs, strict=True))
    size = row.size
    points = np.array(draw(st.lists(st.integers(-2, 9), min_size=size, max_size=size)))
    places = np.array(draw(st.lists(st.integers(1, 2), min_size=n + m, max_size=n + m)))
    least = np.array(draw(st.lists(st.integers(0, 1), min_size=n + m, max_size=n + m)))
    quotas = []
    for k in range(draw(st.integers(0, 2))):
        edges = np.array(draw(st.lists(st.integers(0, size - 1), unique=True, min_size=1)))
        weight = np.array(draw(st.lists(st.integers(1, 3), min_size=edges.size, max_size=edges.size)))
        low = draw(st.integers(0, 2))
        quotas.append(SideConstraint(f"quota {k}", edges, weight, low, low + draw(st.integers(0, 3))))
    return problem_of(
        [f"L{i}" for i in range(n)],
        [f"M{j}" for j in range(m)],
        row,
        col,
        points,
        leader_places=places[:n],
        mentor_places=places[n:],
        leader_minimum=least[:n],
        mentor_minimum=least[n:],
        existing=np.array(draw(st.lists(st.booleans(), min_size=size, max_size=size))),
        side_constraints=quotas,
    )


@pytest.mark.slow
@settings(max_examples=40)
@given(problem=small_problems())
def test_side_constraints_equal_trying_everything(problem: Problem) -> None:
    expected = best_by_trying(problem)
    if expected is None:
        with pytest.raises(Impossible):
            solve(problem)
        return
    result = solve(problem)
    assert (result.paired, result.worst, result.total, result.kept) == expected
    assert result.bound >= result.total
    if result.certified:
        verify(problem, result)
    else:
        assert problem.side_constraints
        assert result.remarks


@pytest.mark.slow
@settings(max_examples=40)
@given(problem=problems(minimums=True))
def test_minimums_alone_are_always_proven(problem: Problem) -> None:
    try:
        result = solve(problem)
    except Impossible:
        return
    verify(problem, result)
    if result.paired:
        broken = replace(problem, leader_minimum=problem.leader_minimum + 9)
        with pytest.raises(Refused, match="fewer pairs"):
            verify(broken, result)


def test_a_quota_that_is_not_kept_is_refused() -> None:
    problem = table_problem([[3, 1], [2, 5]])
    result = solve(problem)
    quota = SideConstraint("at most one", np.array([0, 3]), np.array([1, 1]), 0, 1)
    with pytest.raises(Refused, match="at most one"):
        verify(replace(problem, side_constraints=(quota,)), result)


@pytest.mark.shared
@pytest.mark.long
@pytest.mark.parametrize("kind", "abc")
def test_generalised_assignment_is_exact(kind: str, shared_data: Path) -> None:
    folder = shared_data / "matching" / "gap-chu1997"
    optima = {row["Path"]: row["Optimum"] for row in csv.DictReader((folder / "gap-optima.csv").open())}
    for path in sorted(folder.glob(f"{kind}*")):
        numbers = np.array(path.read_text().split(), dtype=np.int64)
        m, n = int(numbers[0]), int(numbers[1])
        cost, use = numbers[2 : 2 + m * n].reshape(m, n), numbers[2 + m * n : 2 + 2 * m * n].reshape(m, n)
        agent, job = (part.ravel() for part in np.indices((m, n)))
        work = [
            SideConstraint(f"agent {a}", np.flatnonzero(agent == a), use[a], 0, int(numbers[2 + 2 * m * n + a]))
            for a in range(m)
        ]
        problem = problem_of(
            [str(j) for j in range(n)],
            [str(a) for a in range(m)],
            job,
            agent,
            -cost.ravel(),
            mentor_places=np.full(m, n),
            side_constraints=work,
        )
        assert -solve(problem, "total").total == int(optima[f"chu1997/{path.name}"]), path.name
