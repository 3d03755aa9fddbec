"""The large solver against the table path, with and without machine code."""

from dataclasses import replace

import numpy as np
import pytest

import handrail.engines.matching.large as large
from handrail.engines.matching import FaultyProblem, problem_of, solve
from handrail.engines.matching.compiled import Compiled
from handrail.engines.matching.features import MAXIMUM_SCORE, FeatureTable, feature_table
from handrail.engines.matching.large import LargeResult, solve_large, verify_large


def table_of(generator: np.random.Generator, leaders: int, mentors: int, exclusions: int = 0) -> FeatureTable:
    """Need and skill in six themes, four groups that share a language, some pairs that are not eligible."""
    values = np.concatenate(
        [generator.integers(0, 6, (6, mentors)), generator.integers(0, 4, mentors)[None] == np.arange(4)[:, None]]
    ).astype(np.int16)
    needs = [np.sort(generator.choice(6, generator.integers(0, 4), replace=False)) for _ in range(leaders)]
    starts = np.concatenate([[0], np.cumsum([need.size for need in needs])])
    index = np.concatenate([*needs, []]).astype(np.int64)
    coefficient = generator.integers(1, 4, index.size).astype(np.int16)
    group = np.sort(generator.integers(0, 4, leaders))
    groups = (np.arange(5), np.arange(6, 10), np.full(4, 20, dtype=np.int16))
    pairs = np.unique(generator.integers(0, leaders * mentors, exclusions))
    excluded = (np.searchsorted(pairs // mentors, np.arange(leaders + 1)), pairs % mentors)
    return feature_table(values, (starts, index, coefficient), group, groups, excluded)


def best_total(table: FeatureTable, places: np.ndarray) -> int:
    """The highest total when anybody may stay without: every pair worth nothing is as good as none."""
    row, col = np.divmod(np.arange(table.leaders * table.mentors), table.mentors)
    eligible = np.ones((table.leaders, table.mentors + 1), dtype=bool)
    owner = np.repeat(np.arange(table.leaders), np.diff(table.excluded_starts))
    eligible[owner, table.excluded] = False
    points = np.zeros(eligible.shape, dtype=np.int64)
    points[row, col] = table.points(row, col)
    keep = np.nonzero(eligible)
    free = np.append(places, table.leaders)
    names = [str(i) for i in range(table.leaders)], [str(j) for j in range(table.mentors + 1)]
    return solve(problem_of(*names, *keep, points[keep], mentor_places=free), "total").total


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without machine code, so that a run on a fresh machine does not wait for the compiler."""
    monkeypatch.setattr(Compiled, "machine", lambda self: self.plain)


CASES = [(12, 9, 0, 1), (20, 20, 60, 1), (18, 7, 20, 3), (9, 16, 0, 2), (8, 6, 46, 1)]


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("leaders", "mentors", "exclusions", "most"), CASES)
def test_the_large_solver_equals_the_table_path(leaders: int, mentors: int, exclusions: int, most: int) -> None:
    generator = np.random.default_rng(leaders * 31 + mentors)
    table = table_of(generator, leaders, mentors, exclusions)
    places = generator.integers(0, most + 1, mentors)
    result = solve_large(table, places)
    assert result.total == result.bound == best_total(table, places)
    assert verify_large(table, places, result)
    again = solve_large(table, places, result.mentor_price)
    assert (again.total, again.bound) == (result.total, result.bound)
    assert again.rounds <= result.rounds


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
def test_a_sample_gives_first_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "SAMPLE_ABOVE", 20)
    monkeypatch.setattr(large, "SAMPLE_SHARE", 3)
    table = table_of(np.random.default_rng(4), 40, 36, 50)
    places = np.ones(36, dtype=np.int64)
    assert solve_large(table, places).total == best_total(table, places)


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
def test_a_tampered_large_result_is_refused() -> None:
    table = table_of(np.random.default_rng(2), 10, 8, 12)
    places = np.ones(8, dtype=np.int64)
    result = solve_large(table, places)
    assert verify_large(table, places, result)
    owner = np.repeat(np.arange(10), np.diff(table.excluded_starts))
    changes: list[dict[str, object]] = [
        {"total": result.total + 1},
        {"mentor": np.zeros(10, dtype=np.int64)},
        {"mentor": np.where(np.arange(10) == owner[0], table.excluded[0], -1)},
        {"mentor": np.full(10, -1)},
        {"leader_price": result.leader_price - 1},
        {"mentor_price": result.mentor_price - 1},
        {"leader_price": np.full(10, -1)},
        {"mentor_price": np.full(8, -1)},
    ]
    for change in changes:
        tampered: LargeResult = replace(result, **change)  # type: ignore[arg-type]
        assert not verify_large(table, places, tampered), change


def test_a_faulty_feature_table_is_named() -> None:
    values, none = np.ones((1, 2), dtype=np.int16), np.zeros(0, dtype=np.int16)
    own = (np.array([0, 1, 2]), np.array([0, 0]), np.array([1, MAXIMUM_SCORE], dtype=np.int16))
    nothing = (np.array([0, 0, 0]), np.zeros(0, dtype=np.int64), none)
    with pytest.raises(FaultyProblem, match="sorted"):
        feature_table(values, own, np.array([1, 0]), nothing)
    with pytest.raises(FaultyProblem, match="16,000"):
        feature_table(values * 2, own, np.array([0, 1]), nothing)
    with pytest.raises(FaultyProblem, match="mentor places"):
        solve_large(feature_table(values, own, np.array([0, 1]), nothing), np.array([1, -1]))


@pytest.mark.long
def test_machine_code_solves_a_thousand() -> None:
    generator = np.random.default_rng(1)
    table = table_of(generator, 1_800, 1_500, 4_000)
    places = generator.integers(0, 3, 1_500)
    result = solve_large(table, places)
    assert result.total == result.bound
    assert verify_large(table, places, result)
