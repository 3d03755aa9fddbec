"""The fast path against the slow twin, level by level, on generated and on known cases."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from handrail.engines.matching import Problem, problem_of, solve, verify
from handrail.engines.matching.assignment import bid_for_places, fill_rows, new_tree, settle
from handrail.engines.matching.cardinality import largest_pairing
from handrail.engines.matching.compiled import Compiled
from handrail.engines.matching.flow import graph_of, nothing_chosen
from handrail.engines.matching.levels import fill_all_rows
from handrail.engines.matching.reference import reference_levels
from tests.engines.matching.instances import problems, table_problem


@pytest.mark.slow
@settings(max_examples=40)
@given(problem=problems())
def test_default_levels_equal_the_slow_twin_and_are_proven(problem: Problem) -> None:
    result = solve(problem)
    verify(problem, result)
    assert (result.paired, result.worst, result.total, result.kept) == reference_levels(problem)


@pytest.mark.slow
@settings(max_examples=50)
@given(problem=problems())
def test_total_levels_equal_the_slow_twin_and_are_proven(problem: Problem) -> None:
    result = solve(problem, "total")
    verify(problem, result)
    expected = reference_levels(problem, "total")
    assert expected is not None
    assert (result.paired, result.total, result.kept) == (expected[0], *expected[2:])


@pytest.mark.long
@settings(max_examples=5_000)
@given(problem=problems())
def test_thousands_of_cases_equal_the_slow_twin(problem: Problem) -> None:
    for objective in ("default", "total"):
        result = solve(problem, objective)
        verify(problem, result)
        expected = reference_levels(problem, objective)
        assert expected is not None
        assert (result.paired, result.total, result.kept) == (expected[0], *expected[2:])


def test_most_pairs_come_before_the_worst_off_and_the_worst_off_before_the_total() -> None:
    # A and B both want a; giving B the mentor a leaves A with nothing. C d, D c would lift the total but leaves a 1.
    problem = table_problem([[9, None, None, None], [9, 2, None, None], [None, None, 9, 5], [None, None, 5, 1]])
    assert [(solve(problem).worst, solve(problem).total), solve(problem, "total").total] == [(2, 21), 21]
    problem = table_problem([[10, 4], [4, 1]])
    assert (solve(problem).worst, solve(problem).total) == (4, 8)
    assert (solve(problem, "total").worst, solve(problem, "total").total) == (1, 11)


def test_existing_pairs_are_kept_where_that_costs_nothing() -> None:
    free = problem_of("AB", "ab", [0, 0, 1, 1], [0, 1, 0, 1], [5, 5, 5, 5], existing=np.array([0, 1, 1, 0], dtype=bool))
    assert solve(free).kept == 2
    dear = problem_of("AB", "ab", [0, 0, 1, 1], [0, 1, 0, 1], [5, 4, 5, 5], existing=np.array([0, 1, 1, 0], dtype=bool))
    assert (solve(dear).kept, solve(dear).total) == (0, 10)


def test_nobody_eligible_is_an_answer() -> None:
    problem = problem_of("AB", "a", [0], [0], [3], mentor_places=np.array([0]))
    result = solve(problem)
    verify(problem, result)
    assert (result.paired, result.worst, result.total, result.unpaired.tolist()) == (0, None, 0, [0, 1])
    nobody = problem_of("AB", "a", [], [], [])
    verify(nobody, solve(nobody))


@pytest.mark.lengthy
@pytest.mark.slow
def test_machine_code_and_plain_python_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(7)
    monkeypatch.setattr(Compiled, "ready", False)
    for size, top in ((40, 5), (40, 300), (25, 2)):
        problem = problem_of(
            [str(i) for i in range(size)],
            [str(j) for j in range(30)],
            np.repeat(np.arange(size), 30),
            np.tile(np.arange(30), size),
            generator.integers(0, top, size * 30),
        )
        plain = solve(problem)
        monkeypatch.setattr(Compiled, "ready", True)
        machine = solve(problem)
        verify(problem, machine)
        monkeypatch.setattr(Compiled, "ready", False)
        assert plain.chosen.tolist() == machine.chosen.tolist()


def test_rows_that_cannot_be_filled_are_reported() -> None:
    graph = graph_of(np.array([0, 1, 2]), np.array([0, 0]), np.array([1, 1]), np.ones(2), np.ones(1))
    with pytest.raises(AssertionError, match="promised"):
        fill_all_rows(graph)


def test_a_search_that_cannot_reach_the_wanted_number_stops_early() -> None:
    graph = graph_of(np.array([0, 1, 2, 3]), np.array([0, 0, 0]), np.array([1, 1, 1]), np.ones(3), np.ones(1))
    assert largest_pairing(graph, 0, 3)[2] < 3
    assert largest_pairing(graph, 0, 0)[2] == 1


def test_warm_start_from_a_pairing_that_no_longer_pays() -> None:
    graph = graph_of(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 1, 8, 7]), np.ones(2), np.ones(2))
    chosen, prices = fill_all_rows(graph)
    assert chosen.used.tolist() == [1, 0, 0, 1]
    graph.points[:] = [1, 9, 8, 7]
    prices.column[:] = 0
    settle(graph, chosen, prices, False)
    assert fill_rows(graph, chosen, prices, new_tree(graph), False)
    assert chosen.used.tolist() == [0, 1, 1, 0]


def test_bidding_leaves_draws_to_the_shortest_paths() -> None:
    graph = graph_of(np.array([0, 1, 2]), np.array([0, 0]), np.array([4, 4]), np.ones(2), np.ones(1))
    chosen = nothing_chosen(graph)
    _, prices = fill_all_rows(graph_of(np.array([0, 1]), np.array([0]), np.array([4]), np.ones(1), np.ones(1)))
    bid_for_places(graph, chosen, prices._replace(row=np.zeros(2, dtype=np.int64)), 50, 0, False)
    assert chosen.load.tolist() == [1]


ORLIB = {"assign100": 305, "assign200": 475, "assign300": 626, "assign400": 804}


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("name", [*ORLIB, "assignp800"])
def test_published_assignment_instances(name: str, shared_data: Path) -> None:
    numbers = np.array((shared_data / "matching" / "orlib" / f"{name}.txt").read_text().split(), dtype=np.int64)
    size = int(numbers[0])
    if name == "assignp800":
        row, col, cost = numbers[1:].reshape(-1, 3).T
        row, col = row - 1, col - 1
    else:
        row, col = np.divmod(np.arange(size * size), size)
        cost = numbers[1 : 1 + size * size]
    people = [str(i) for i in range(size)]
    problem = problem_of(people, people, row, col, -cost)
    result = solve(problem, "total")
    verify(problem, result)
    assert (result.paired, -result.total) == (size, ORLIB.get(name, 2239))
