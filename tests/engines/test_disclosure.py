"""The gate: rules by hand, and an attacker with linear programming who gets the published table and all sizes."""

import random
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from handrail.engines import disclosure
from handrail.engines.disclosure import Group, Share, TooFew, mean, merged, share, size, split

Table = list[list[int]]


def test_small_groups_are_put_together_and_go_by_size_only() -> None:
    sizes = {"Place": 14, "Legal": 3, "Members": 8, "Press": 2, "Empty": 0}
    assert merged(sizes) == [Group(("Place",), 14), Group(("Legal", "Members", "Press"), 13)]


def test_what_is_left_over_joins_the_smallest_group_that_is_large_enough() -> None:
    assert merged({"A": 30, "B": 12, "C": 4}) == [Group(("A",), 30), Group(("B", "C"), 16)]


def test_everybody_is_in_exactly_one_group_whatever_the_sizes() -> None:
    rng = random.Random(4)
    for _ in range(300):
        sizes = {f"g{number}": rng.randint(0, 25) for number in range(rng.randint(1, 12))}
        if sum(sizes.values()) < 10:
            with pytest.raises(TooFew):
                merged(sizes)
            continue
        groups = merged(sizes)
        assert all(group.people >= 10 for group in groups)
        named = [name for group in groups for name in group.names]
        assert sorted(named) == sorted(name for name, people in sizes.items() if people)
        assert sum(group.people for group in groups) == sum(sizes.values())


def test_the_threshold_is_only_raisable() -> None:
    assert merged({"A": 12, "B": 18}, threshold=15) == [Group(("A", "B"), 30)]
    for lowered in (lambda: merged({"A": 20}, 9), lambda: share(1, 20, 9), lambda: mean([0.5] * 9, 9)):
        with pytest.raises(ValueError, match="at least 10"):
            lowered()


def test_people_are_told_to_the_nearest_five() -> None:
    assert [size(people) for people in (0, 2, 3, 7, 8, 12, 13)] == [0, 0, 5, 5, 10, 10, 15]


def test_shares_end_at_twenty_and_eighty() -> None:
    assert share(0, 12) == share(2, 12) == Share("at most", 20)
    assert share(10, 12) == share(12, 12) == Share("at least", 80)
    assert share(5, 12) == Share("about", 50)
    assert share(30, 100) == Share("about", 30)
    assert share(4, 9) is None
    with pytest.raises(ValueError, match="between"):
        share(11, 10)


def test_every_share_leaves_at_least_three_counts_possible_to_whoever_knows_the_size() -> None:
    for people in range(10, 260):
        possible: dict[Share | None, int] = {}
        for part in range(people + 1):
            told = share(part, people)
            possible[told] = possible.get(told, 0) + 1
        assert min(possible.values()) >= disclosure.FEWEST_POSSIBLE, people


def test_shares_rise_with_what_they_tell_of() -> None:
    order = {"at most": 0, "about": 1, "at least": 2}
    for people in (10, 37, 120):
        told = [share(part, people) for part in range(people + 1)]
        ranks = [(order[one.bound], one.percent) for one in told if one]
        assert ranks == sorted(ranks)


def test_means_are_of_shares_and_of_enough_people() -> None:
    assert mean([0.5] * 9) is None
    assert mean([0.333] * 10) == 0.33
    assert mean([0.0] * 12) == 0.2
    assert mean([1.0] * 12) == 0.8
    for wrong in ([float("nan")] * 10, [1.5] * 10):
        with pytest.raises(ValueError, match="shares"):
            mean(wrong)


def test_a_split_is_held_back_where_subtracting_would_give_a_part_away() -> None:
    assert split([4, 9, 12]) == (5, 10, 10)
    assert split([2, 2, 7]) is None  # told as 0, 0, 5 of 11 people: only 2, 2, 7 adds up
    assert split([1, 2, 3]) is None


# --- the attacker ----------------------------------------------------------------------------------------------------


def random_table(rng: random.Random) -> Table:
    """A few groups, many of them small, by two to five answers."""
    answers = rng.randint(2, 5)
    table = []
    for _ in range(rng.randint(2, 8)):
        people = rng.choice([rng.randint(1, 9), rng.randint(1, 9), rng.randint(10, 40)])
        weights = [rng.random() ** 2 + 0.01 for _ in range(answers)]
        chosen = rng.choices(range(answers), weights, k=people)
        table.append([chosen.count(answer) for answer in range(answers)])
    return table


def recovered(table: Table, rows: list[tuple[list[float], float, float]], *, small: int) -> int:
    """How many cells from 1 to `small` the attacker pins to one whole number.

    `rows`: what is known, as (coefficients over all cells, lowest, highest sum).
    """
    cells = [count for row in table for count in row]
    above = np.array([coefficients for coefficients, _, _ in rows])
    limits = np.array([high for _, _, high in rows])
    below = np.array([low for _, low, _ in rows])
    found = 0
    for place, count in enumerate(cells):
        if not 0 < count <= small:
            continue
        aim = np.zeros(len(cells))
        aim[place] = 1
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * aim, A_ub=np.vstack([above, -above]), b_ub=np.concatenate([limits, -below]))
            assert answer.status == 0
            ends.append(sign * answer.fun)
        found += np.ceil(ends[0] - 1e-6) == np.floor(ends[1] + 1e-6)
    return int(found)


def known_through_the_gate(table: Table) -> list[tuple[list[float], float, float]]:
    """What the gate publishes of a table, and beside it the exact size of every group, which insiders know."""
    answers, groups = len(table[0]), len(table)
    names = [f"g{number}" for number in range(groups)]
    rows = [(_sum_of([(group, answer) for answer in range(answers)], table), *(2 * [float(sum(table[group]))]))
            for group in range(groups)]  # fmt: skip
    try:
        released = merged({name: sum(row) for name, row in zip(names, table, strict=True)})
    except TooFew:
        return rows
    for group in released:
        members = [names.index(name) for name in group.names]
        counts = [sum(table[member][answer] for member in members) for answer in range(answers)]
        told = split(counts)
        for answer in range(answers):
            cells = _sum_of([(member, answer) for member in members], table)
            if told is not None:
                rows.append((cells, told[answer] - disclosure.REST, told[answer] + disclosure.REST))
            else:
                possible = _possible(share(counts[answer], group.people), group.people)
                rows.append((cells, min(possible), max(possible)))
    return rows


def _possible(told: Share | None, people: int) -> list[int]:
    return [part for part in range(people + 1) if share(part, people) == told]


def known_through_hiding(table: Table) -> list[tuple[list[float], float, float]]:
    """The usual way: cells under five left out, all totals shown."""
    answers, groups = len(table[0]), len(table)
    rows = []
    for group, answer in product(range(groups), range(answers)):
        if table[group][answer] == 0 or table[group][answer] >= 5:
            rows.append((_sum_of([(group, answer)], table), *(2 * [float(table[group][answer])])))
        else:
            rows.append((_sum_of([(group, answer)], table), 1.0, 4.0))
    rows += [(_sum_of([(group, answer) for answer in range(answers)], table), *(2 * [float(sum(table[group]))]))
             for group in range(groups)]  # fmt: skip
    rows += [(_sum_of([(group, answer) for group in range(groups)], table),
              *(2 * [float(sum(row[answer] for row in table))])) for answer in range(answers)]  # fmt: skip
    return rows


def _sum_of(cells: Sequence[tuple[int, int]], table: Table) -> list[float]:
    answers = len(table[0])
    coefficients = [0.0] * (len(table) * answers)
    for group, answer in cells:
        coefficients[group * answers + answer] = 1.0
    return coefficients


def attack(tables: int, seed: int) -> int:
    rng = random.Random(seed)
    return sum(
        recovered(table, known_through_the_gate(table), small=disclosure.THRESHOLD - 1) > 0
        for table in (random_table(rng) for _ in range(tables))
    )


@pytest.mark.slow
def test_the_attacker_gets_nothing_through_the_gate() -> None:
    assert attack(25, seed=11) == 0


@pytest.mark.slow
def test_the_same_attacker_undoes_hidden_cells_beside_totals() -> None:
    rng = random.Random(12)
    tables = [random_table(rng) for _ in range(25)]
    undone = sum(recovered(table, known_through_hiding(table), small=4) > 0 for table in tables)
    assert undone > 15


@pytest.mark.long
def test_a_thousand_tables() -> None:
    assert attack(1_000, seed=13) == 0
