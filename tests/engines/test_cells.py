"""Effects are told of cells: people always told of together, so that no two figures differ by a few."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.disclosure import Cell, cells, two_digits


def test_small_ones_wait_and_then_are_a_cell_of_their_own() -> None:
    first = cells({"spring": range(12), "summer": range(12, 16)})
    assert [(one.names, one.of) for one in first] == [(("spring", "summer"), 16)]
    second = cells({"spring": range(12), "summer": range(12, 16), "autumn": range(16, 24)}, first)
    assert second == first, "eight more are too few to be told of, and never join the others"
    third = cells({"spring": range(12), "summer": range(12, 16), "autumn": range(16, 26)}, second)
    assert [one.of for one in third] == [16, 10]


def test_a_cell_that_lost_somebody_is_told_of_no_more() -> None:
    (before,) = cells({"spring": range(12)})
    assert cells({"spring": range(1, 12)}, [before]) == []
    forgotten = Cell(before.names, before.people - {3}, before.of)
    assert cells({"spring": [one for one in range(12) if one != 3]}, [forgotten]) == []
    assert cells({"spring": range(9)}) == []


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="two groups"):
        cells({"a": range(12), "b": range(11, 30)})
    with pytest.raises(ValueError, match="at least"):
        cells({"a": range(12)}, threshold=9)


SEASONS = st.dictionaries(st.sampled_from("abcd"), st.sets(st.integers(0, 60)), max_size=4)


@given(st.lists(SEASONS, min_size=1, max_size=6))
def test_nobody_can_be_had_by_subtracting(seasons: list[dict[str, set[int]]]) -> None:
    """Of any two cells ever told of: they are the same, or share nobody; each has ten or more."""
    ever: list[Cell] = []
    for season in seasons:
        taken: set[int] = set()
        begun = {}
        for name, people in season.items():
            begun[name] = people - taken
            taken |= people
        told = cells(begun, ever)
        assert all(one.of == len(one.people) >= 10 for one in told)
        assert {person for one in told for person in one.people} <= taken
        ever += [one for one in told if one not in ever]
    assert all(not one.people & other.people for one, other in combinations(ever, 2))


@pytest.mark.parametrize(
    ("value", "told"), [(0, 0), (0.2834, 0.28), (-0.0749, -0.075), (118, 120), (1.496, 1.5), (0.996, 1.0), (999, 1000)]
)
def test_two_digits(value: float, told: float) -> None:
    assert two_digits(value) == pytest.approx(told)
