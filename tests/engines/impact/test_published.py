"""The comparison methods: by hand on small tables, and the printed digits of the papers where their data are there."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from handrail.engines.impact.published import METHODS, compare, group_time, interval, on_simplex, two_groups

DATA = Path(os.environ.get("HANDRAIL_SHARED_DATA", "../shared/data")) / "impact"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not here")


def test_did_by_hand() -> None:
    controls = np.array([[10.0, 20.0], [12.0, 22.0], [16.0, 26.0]])
    treated = np.array([[5.0], [7.0], [15.0]])
    found = compare("did", controls, treated, 2)
    assert found.estimate == pytest.approx((15 - 6) - (21 - 16))
    assert found.expected == pytest.approx(11)
    difference, error = two_groups(np.array([1.0, 3.0]), np.array([0.0, 0.0, 3.0]))
    assert (difference, error) == (1.0, pytest.approx(np.sqrt(2 / 2 + 3 / 3)))


@pytest.mark.parametrize("method", ["sc", "sdid", "difp"])
def test_weights_find_the_mixture_that_made_the_unit(method: str) -> None:
    rng = np.random.default_rng(1)
    controls = rng.normal(50, 8, (40, 5))
    treated = controls @ np.array([[0.5], [0.0], [0.5], [0.0], [0.0]])
    treated[30:] += 4
    weights = METHODS[method](controls, treated, 30, 10_000)
    assert weights.units.sum() == pytest.approx(1)
    assert (weights.units >= 0).all()
    if method != "sdid":
        np.testing.assert_allclose(weights.units, [0.5, 0, 0.5, 0, 0], atol=0.02)
    assert compare(method, controls, treated, 30).estimate == pytest.approx(4, abs=1.5)


def test_simplex_weights_are_near_the_minimum_over_a_grid() -> None:
    rng = np.random.default_rng(2)
    columns, target = rng.normal(0, 1, (12, 3)), rng.normal(0, 1, 12)

    def value(weights: np.ndarray) -> float:
        return float(((columns @ weights - target) ** 2).mean() + 0.09 * weights @ weights)

    found = on_simplex(columns, target, 0.3, 1e-3, 10_000)
    grid = [np.array([a, b, 1 - a - b]) for a in np.linspace(0, 1, 41) for b in np.linspace(0, 1 - a, 41)]
    assert value(found) <= min(value(weights) for weights in grid) + 1e-3


def test_of_one_unit_alone_the_weight_is_one() -> None:
    assert on_simplex(np.arange(12.0)[:, None], np.ones(12), 0.3, 1e-3, 10_000).tolist() == [1.0]


def test_an_interval_needs_placebos_and_a_level() -> None:
    controls, treated = np.array([[1.0], [2.0]]), np.array([[1.0], [3.0]])
    assert interval(compare("did", controls, treated, 1), 0.95) is None


def test_group_time_by_hand() -> None:
    values = np.array([[0.0, 0, 0, 0], [1, 1, 3, 4], [2, 2, 7, 4]])
    first = np.array([np.inf, np.inf, 2.0, 3.0])
    found = group_time(values, np.array([1.0, 2.0, 3.0]), first)
    assert found.effects == ((2, 2, 2.0), (2, 3, 5.0), (3, 3, -1.0))
    assert found.simple == pytest.approx(2)
    assert found.group == pytest.approx((3.5 - 1) / 2)
    assert found.dynamic == pytest.approx(((2 - 1) / 2 + 5) / 2)


def _rows(name: str, mark: str = ",") -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source, delimiter=mark))


@needs_data
@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize(("method", "printed"), [("sdid", -15.6), ("sc", -19.6), ("did", -27.3), ("difp", -11.1)])
def test_proposition_99(method: str, printed: float) -> None:
    """Arkhangelsky and others 2021, Table 1."""
    rows = _rows("california_prop99.csv", ";")
    states, years = sorted({row["State"] for row in rows}), sorted({int(row["Year"]) for row in rows})
    values = np.zeros((len(years), len(states)))
    for row in rows:
        values[years.index(int(row["Year"])), states.index(row["State"])] = float(row["PacksPerCapita"])
    california = states.index("California")
    controls, treated = np.delete(values, california, axis=1), values[:, [california]]
    weights = METHODS[method](controls, treated, years.index(1989), 10_000)
    gap = treated[:, 0] - controls @ weights.units
    estimate = gap[years.index(1989) :].mean() - weights.periods @ gap[: years.index(1989)]
    assert round(estimate, 1) == printed


@needs_data
@pytest.mark.shared
def test_minimum_wages_and_teen_employment() -> None:
    """The figures of the R package did on its own data (Callaway and Sant'Anna 2021)."""
    rows = _rows("mpdta.csv")
    counties = {county: i for i, county in enumerate(sorted({row["countyreal"] for row in rows}))}
    values, first = np.zeros((5, len(counties))), np.full(len(counties), np.inf)
    for row in rows:
        values[int(row["year"]) - 2003, counties[row["countyreal"]]] = float(row["lemp"])
        first[counties[row["countyreal"]]] = float(row["first.treat"]) or np.inf
    found = group_time(values, np.arange(2003.0, 2008.0), first)
    assert [round(x, 4) for x in (found.simple, found.dynamic, found.group)] == [-0.0400, -0.0772, -0.0310]
    assert [(g, round(x, 4)) for g, x in found.by_group] == [(2004, -0.0797), (2006, -0.0229), (2007, -0.0261)]
    assert found.group_error == pytest.approx(0.0126, abs=0.0005)


@needs_data
@pytest.mark.shared
def test_fast_food_in_new_jersey_and_pennsylvania() -> None:
    """Card and Krueger 1994, Table 3: all available stores 2.76; balanced 2.75 (1.34)."""
    rows = [row for row in _rows("card_krueger.csv") if row["fte"] not in ("", "NA")]
    cells = {(row["nj"], row["d"], row["id"]): float(row["fte"]) for row in rows}
    means = {(a, b): np.mean([v for (nj, d, _), v in cells.items() if (nj, d) == (a, b)]) for a in "01" for b in "01"}
    unbalanced = (means["1", "1"] - means["1", "0"]) - (means["0", "1"] - means["0", "0"])
    assert unbalanced == pytest.approx(2.76, abs=0.01)
    changes = {}
    for state in "01":
        before = {i: v for (nj, d, i), v in cells.items() if (nj, d) == (state, "0")}
        after = {i: v for (nj, d, i), v in cells.items() if (nj, d) == (state, "1")}
        changes[state] = np.array([after[i] - before[i] for i in before if i in after])
    estimate, error = two_groups(changes["1"], changes["0"])
    assert (round(estimate, 2), round(error, 2)) == (2.75, 1.34)
