"""A certificate that was tampered with is refused, whatever was changed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handrail.engines.matching import Prices, Problem, Refused, Result, solve, verify
from handrail.engines.matching.certificate import LARGEST_PRICE, price_bound
from tests.engines.matching.instances import problems, table_problem

PROBLEM = table_problem([[7, 3, 5], [6, 2, None], [4, 4, 1], [2, 8, 6]])


def with_level(result: Result, level: str, prices: Prices | None) -> Result:
    return replace(result, certificate=replace(result.certificate, **{level: prices}))


@pytest.mark.slow
@settings(max_examples=80)
@given(problem=problems(), who=st.integers(0, 20), change=st.integers(-5, 5).filter(bool), data=st.data())
def test_a_changed_price_never_proves_more_than_is_true(
    problem: Problem, who: int, change: int, data: st.DataObject
) -> None:
    result = solve(problem)
    level = data.draw(st.sampled_from(["number", "total"]))
    prices = getattr(result.certificate, level)
    side = prices.leader if data.draw(st.booleans()) else prices.mentor
    side[who % side.size] += change
    try:
        verify(problem, result)
    except Refused:
        return
    # Other prices may prove the same; then the claims themselves are still the true ones.
    truth = solve(problem)
    assert (result.paired, result.worst, result.total) == (truth.paired, truth.worst, truth.total)


@pytest.mark.slow
@settings(max_examples=60)
@given(problem=problems(existing=False), data=st.data())
def test_a_worse_pairing_is_refused_even_with_honest_figures(problem: Problem, data: st.DataObject) -> None:
    result = solve(problem)
    assume(result.paired > 0)
    gone = data.draw(st.integers(0, result.paired - 1))
    chosen = np.delete(result.chosen, gone)
    points = problem.points[chosen]
    has_pair = np.bincount(problem.leader[chosen], minlength=len(problem.leaders)) > 0
    fewer = replace(
        result,
        chosen=chosen,
        unpaired=np.flatnonzero(~has_pair),
        total=int(points.sum()),
        bound=int(points.sum()),
        worst=int(points.min()) if points.size else None,
        blocking=0,
    )
    with pytest.raises(Refused):
        verify(problem, fewer)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"total": 1}, "the total"),
        ({"worst": 1}, "worst-off"),
        ({"bound": 1}, "prices allow"),
        ({"certified": False}, "certified"),
        ({"objective": "stable"}, "stable"),
        ({"blocking": 9}, "blocking"),
        ({"kept": 1}, "existing pairs"),
        ({"unpaired": np.array([], dtype=np.int64)}, "unpaired"),
        ({"chosen": np.array([0, 0])}, "twice"),
        ({"chosen": np.array([0, 99])}, "not eligible"),
        ({"chosen": np.array([0, 3])}, "more pairs than places"),
    ],
)
def test_a_false_claim_is_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        verify(PROBLEM, replace(solve(PROBLEM), **change))


@pytest.mark.parametrize(
    ("level", "prices", "words"),
    [
        ("number", None, "lacks a level"),
        ("total", None, "lacks a level"),
        ("worst", None, "cover the worst-off"),
        ("number", Prices(np.zeros(4, np.int64), np.zeros(3, np.int64)), "cover allows"),
        ("number", Prices(np.ones(4, np.int64), np.ones(3, np.int64), pair=-1), "cover allows"),
        ("worst", Prices(np.ones(4, np.int64), np.ones(3, np.int64)), "rule out"),
        ("total", Prices(np.zeros(4, np.int64), np.zeros(3, np.int64)), "prices allow"),
        ("total", Prices(np.zeros(2, np.int64), np.zeros(3, np.int64)), "one price a person"),
        ("total", Prices(np.full(4, LARGEST_PRICE * 2), np.zeros(3, np.int64)), "too large"),
        ("total", Prices(np.zeros(4, np.int64), np.zeros(3, np.int64), constraint=(1,)), "side constraint"),
    ],
)
def test_a_false_level_is_named(level: str, prices: Prices | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        verify(PROBLEM, with_level(solve(PROBLEM), level, prices))


def test_a_scale_that_hides_points_is_refused() -> None:
    result = solve(PROBLEM)
    certificate = result.certificate
    with pytest.raises(Refused, match="scale"):
        verify(PROBLEM, replace(result, certificate=replace(certificate, scale=0)))


def test_the_bound_of_any_prices_is_at_least_the_best_total() -> None:
    best = solve(PROBLEM, "total")
    generator = np.random.default_rng(3)
    for _ in range(200):
        prices = Prices(generator.integers(-5, 9, 4), generator.integers(-5, 9, 3), int(generator.integers(-4, 5)))
        assert price_bound(PROBLEM, PROBLEM.points, None, prices, best.paired) >= best.total


def test_prices_that_add_up_beyond_64_bits_are_summed_exactly() -> None:
    problem = table_problem([[1] * 8] * 8)
    prices = Prices(np.full(8, -LARGEST_PRICE), np.full(8, -LARGEST_PRICE))
    assert price_bound(problem, problem.points, None, prices, 8) == 64 * (2 * LARGEST_PRICE + 1)


def test_the_worked_example_of_the_method_by_hand() -> None:
    problem = table_problem([[9, 6, None, None], [8, 4, 3, None], [7, None, 5, 2], [None, None, 6, 1]])
    result = solve(problem)
    assert (result.paired, result.worst, result.total) == (4, 2, 22)
    by_hand = Prices(np.array([5, 3, 2, 3]), np.array([5, 1, 3, 0]))
    assert price_bound(problem, problem.points, problem.points >= 2, by_hand, 4) == 22
    verify(problem, with_level(result, "total", by_hand))
    everybody = Prices(np.ones(4, np.int64), np.zeros(4, np.int64))
    but_d = Prices(np.zeros(4, np.int64), np.array([1, 1, 1, 0]))
    verify(problem, with_level(with_level(result, "number", everybody), "worst", but_d))
    assert solve(problem, "total").total == 22
