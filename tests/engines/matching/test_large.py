"""The large solver against the table path, with and without machine code."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import handrail.engines.matching.large as large
from handrail.engines.matching import FaultyProblem, problem_of, solve
from handrail.engines.matching.assignment import Prices, settle
from handrail.engines.matching.compiled import Compiled
from handrail.engines.matching.features import FORBIDDEN, MAXIMUM_SCORE, FeatureTable, feature_table
from handrail.engines.matching.flow import FAR, graph_of, nothing_chosen
from handrail.engines.matching.large import LargeResult, solve_large, verify_large
from handrail.engines.matching.phases import solve_in_phases
from handrail.engines.matching.rescan import underrated, where_to_look
from handrail.engines.matching.scan import best_mentors, on_threads


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
    again = solve_large(table, places, result)
    assert (again.total, again.bound) == (result.total, result.bound)
    assert again.rounds <= result.rounds
    places[int(np.argmax(places))] -= 1
    changed = solve_large(table, places, result)
    assert changed.total == changed.bound == best_total(table, places)
    assert verify_large(table, places, changed)


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(("seed", "mentors", "most"), [(4, 36, 1), (5, 40, 1), (6, 15, 4), (7, 48, 2)])
def test_a_sample_gives_first_prices(monkeypatch: pytest.MonkeyPatch, seed: int, mentors: int, most: int) -> None:
    monkeypatch.setattr(large, "SAMPLE_ABOVE", 20)
    monkeypatch.setattr(large, "SAMPLE_SHARE", (3, 3))
    monkeypatch.setattr(large, "FIRST", 3)
    generator = np.random.default_rng(seed)
    table = table_of(generator, 40, mentors, 50)
    places = generator.integers(1, most + 1, mentors)
    result = solve_large(table, places)
    assert result.total == best_total(table, places)
    assert verify_large(table, places, result)


def test_a_table_turned_round_has_the_same_points_and_exclusions() -> None:
    table = table_of(np.random.default_rng(3), 7, 9, 20)
    mentors = np.array([1, 4, 5, 8])
    turned = table.turned(mentors)
    mentor, leader = np.divmod(np.arange(mentors.size * 7), 7)
    assert (turned.points(mentor, leader) == table.points(leader, mentors[mentor])).all()
    owner = np.repeat(np.arange(mentors.size), np.diff(turned.excluded_starts))
    given = np.repeat(np.arange(7), np.diff(table.excluded_starts))
    said = {(i, j) for i, j in zip(given.tolist(), table.excluded.tolist(), strict=True) if j in mentors.tolist()}
    assert set(zip(turned.excluded.tolist(), mentors[owner].tolist(), strict=True)) == said


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
@given(st.integers(0, 10**6), st.sampled_from([1, 3, 12]), st.integers(1, 3))
@settings(max_examples=60)
def test_prices_that_may_not_move_far_still_fit_and_far_ones_prove_the_total(seed: int, near: int, most: int) -> None:
    generator = np.random.default_rng(seed)
    rows, columns = (int(generator.integers(1, 9)) for _ in range(2))
    row, column = np.nonzero(generator.random((rows, columns)) < generator.choice([0.4, 1.0]))
    starts = np.searchsorted(row, np.arange(rows + 1))
    points = generator.integers(0, generator.choice([3, 40]), row.size)
    places = generator.integers(0, most + 1, columns)
    graph = graph_of(starts, column, points, np.ones(rows, dtype=np.int64), places)
    chosen = nothing_chosen(graph)
    prices = Prices(np.zeros(rows, dtype=np.int64), generator.integers(0, 40, columns))
    for furthest in (near, FAR):
        settle(graph, chosen, prices, True)
        solve_in_phases(graph, chosen, prices, furthest)
        rest = points - prices.row[graph.row] - prices.column[graph.column]
        assert (prices.row >= 0).all()
        assert (prices.column >= 0).all()
        assert (rest <= 0).all()
        assert not rest[chosen.used == 1].any()
    total = int(points[chosen.used == 1].sum())
    assert total == int(prices.row.sum() + (prices.column * places).sum())


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
def test_a_pair_ruled_out_since_is_not_made_again() -> None:
    table = table_of(np.random.default_rng(5), 14, 12)
    places = np.ones(12, dtype=np.int64)
    before = solve_large(table, places)
    pair = int(np.flatnonzero(before.mentor >= 0)[0])
    excluded = (np.repeat([0, 1], [pair + 1, 14 - pair]), before.mentor[pair : pair + 1])
    fewer = replace(table, excluded_starts=excluded[0], excluded=excluded[1])
    again, anew = solve_large(fewer, places, before), solve_large(fewer, places)
    assert again.mentor[pair] != before.mentor[pair]
    assert (again.total, again.bound) == (anew.total, anew.bound)
    assert verify_large(fewer, places, again)


falls = st.lists(st.integers(-6, 6), min_size=1, max_size=8).map(np.array)


@pytest.mark.slow
@given(leader_fall=falls, mentor_fall=falls)
def test_every_pair_whose_prices_fell_together_is_looked_at(leader_fall: np.ndarray, mentor_fall: np.ndarray) -> None:
    leaders, mentors = where_to_look(leader_fall, mentor_fall)
    looked_at = np.zeros((leader_fall.size, mentor_fall.size), dtype=bool)
    looked_at[leaders], looked_at[:, mentors] = True, True
    assert looked_at[leader_fall[:, None] + mentor_fall > 0].all()
    if (leader_fall[:, None] + mentor_fall <= 0).all():
        assert not looked_at.any()


@pytest.mark.slow
@pytest.mark.usefixtures("plain")
def test_a_short_pass_finds_what_a_full_one_finds() -> None:
    generator = np.random.default_rng(8)
    for _ in range(6):
        table = table_of(generator, 24, 20, 30)
        column = generator.integers(0, 30, 20)
        gains, _ = best_mentors(table, column, np.full(24, FORBIDDEN), 1)
        proven = Prices(np.maximum(gains[:, 0].astype(np.int64), 0), column)
        now = Prices(proven.row + generator.integers(-2, 3, 24), column + generator.integers(-2, 3, 20))
        (full, _), (short, who) = (underrated(table, known, now, 3, on_threads) for known in (None, proven))
        assert (full == short).all()
        row, k = np.nonzero(short > FORBIDDEN)
        assert (table.points(row, who[row, k]) - now.column[who[row, k]] == short[row, k]).all()


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
    for excluded in ([1, 0], [1, 1]):
        with pytest.raises(FaultyProblem, match="ascending"):
            feature_table(values, own, np.array([0, 1]), nothing, (np.array([0, 0, 2]), np.array(excluded)))


@pytest.mark.long
def test_machine_code_solves_a_thousand() -> None:
    generator = np.random.default_rng(1)
    table = table_of(generator, 1_800, 1_500, 4_000)
    places = generator.integers(0, 3, 1_500)
    result = solve_large(table, places)
    assert result.total == result.bound
    assert verify_large(table, places, result)
