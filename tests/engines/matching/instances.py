"""Small generated problems: few people, many draws, missing pairs, several places."""

import numpy as np
from hypothesis import strategies as st

from handrail.engines.matching import Problem, problem_of


@st.composite
def problems(draw: st.DrawFn, *, existing: bool = True, minimums: bool = False) -> Problem:
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    top = draw(st.sampled_from([1, 3, 50]))
    cells = st.one_of(st.none(), st.integers(-2, top)) if draw(st.booleans()) else st.integers(-2, top)
    table = draw(st.lists(cells, min_size=n * m, max_size=n * m))
    pairs = [(k // m, k % m, points) for k, points in enumerate(table) if points is not None]
    row, col, points = (np.array(part, dtype=np.int64) for part in (zip(*pairs, strict=True) if pairs else ([],) * 3))
    places = [draw(st.lists(st.integers(0, 3), min_size=size, max_size=size)) for size in (n, m)]
    kept = draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))) if existing else [False] * len(pairs)
    least = [[min(1, p) * draw(st.integers(0, 1)) if minimums else 0 for p in side] for side in places]
    return problem_of(
        [f"leader {i}" for i in range(n)],
        [f"mentor {j}" for j in range(m)],
        row,
        col,
        points,
        leader_places=np.array(places[0]),
        mentor_places=np.array(places[1]),
        leader_minimum=np.array(least[0]),
        mentor_minimum=np.array(least[1]),
        existing=np.array(kept, dtype=bool),
    )


def table_problem(table: list[list[int | None]], mentor_places: list[int] | None = None) -> Problem:
    """A problem from a table with a row a leader and a column a mentor; None may not be paired."""
    pairs = [(i, j, p) for i, line in enumerate(table) for j, p in enumerate(line) if p is not None]
    row, col, points = (np.array(part, dtype=np.int64) for part in zip(*pairs, strict=True))
    places = None if mentor_places is None else np.array(mentor_places)
    names = "ABCDEFGH", "abcdefgh"
    return problem_of(names[0][: len(table)], names[1][: len(table[0])], row, col, points, mentor_places=places)
