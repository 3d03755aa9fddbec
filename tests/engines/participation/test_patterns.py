"""Patterns: the definitions of docs/methods/participation.md, and never more than the numbers allow."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.participation import flattery, patterns
from handrail.engines.participation.log import FORTNIGHT

YEAR = (0, 26 * FORTNIGHT)
COLUMNS = ("posts", "replies_given", "reactions_given", "replies_received", "reactions_received", "mentions_given")


def weigh(*people: tuple[int, ...], **options: object) -> "np.typing.NDArray[np.float64]":
    table = pa.table({name: pa.array([row[at] for row in people], pa.int64()) for at, name in enumerate(COLUMNS)})
    span = options.pop("span", YEAR)
    return patterns.weights(table, span, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "pattern"),
    [
        ((1, 2, 1, 0, 0, 0), "observer"),
        ((0, 0, 0, 50, 60, 0), "observer"),
        ((150, 5, 5, 10, 20, 0), "broadcaster"),
        ((5, 150, 5, 10, 20, 0), "responder"),
        ((40, 30, 30, 200, 300, 0), "catalyst"),
        ((40, 60, 50, 60, 90, 0), "engager"),
    ],
)
def test_clear_cases(person: tuple[int, ...], pattern: str) -> None:
    row = weigh(person)[0]
    assert patterns.NAMES[int(row.argmax())] == pattern
    assert row.max() > 0.8
    assert patterns.named(row).startswith(f"{pattern}:0.") or patterns.named(row) == f"{pattern}:1.00"


@given(st.lists(st.tuples(*[st.integers(0, 2_000)] * 5, st.just(0)), min_size=1, max_size=20))
def test_weights_are_a_mixture(people: list[tuple[int, ...]]) -> None:
    found = weigh(*people)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (found >= 0).all()
    for row in found:
        parts = [part.split(":") for part in patterns.named(row).split(";")]
        assert sum(round(float(weight) * 100) for _, weight in parts) == 100
        assert [float(weight) for _, weight in parts] == sorted((float(weight) for _, weight in parts), reverse=True)


def test_at_a_cut_off_both_sides_weigh_the_same() -> None:
    observer = weigh((26, 0, 0, 26, 0, 0))[0][0]
    assert observer == pytest.approx(0.5)


def test_mentions_alone_give_no_pattern() -> None:
    assert patterns.named(weigh((0, 0, 0, 0, 0, 4))[0]) == ""


def test_without_times_only_giving_nothing_is_observing() -> None:
    silent, active = weigh((0, 0, 0, 3, 0, 0), (3, 0, 0, 3, 0, 0), span=None)
    assert silent[0] == 1
    assert active[0] == 0


def test_reactions_known_on_one_side_only_are_left_out_of_both() -> None:
    one_sided = weigh((0, 60, 0, 60, 900, 0), with_reactions=False)[0]
    assert patterns.NAMES[int(one_sided.argmax())] == "engager"


def test_cut_offs_are_settings() -> None:
    person = (0, 60, 0, 30, 0, 0)
    assert weigh(person)[0].argmax() != weigh(person, cuts=patterns.Cuts(much_more=1.2))[0].argmax()


def test_reasons_state_the_numbers() -> None:
    person = {"contribution": 52.0, "receipt": 10.0, "posts": 40.0, "replies_given": 2.0}
    found = patterns.reasons(person, YEAR)
    assert [reason.code for reason in found] == ["rate", "balance", "own_or_others"]
    assert found[0].values["rate"] == pytest.approx(2)
    assert "52" in found[1].sentence
    assert [reason.code for reason in patterns.reasons({"contribution": 0.0, "receipt": 1.0}, None)] == ["balance"]


def test_every_pattern_says_what_would_change_it() -> None:
    assert set(patterns.WHAT_WOULD_CHANGE) == set(patterns.NAMES)


def test_numbers_that_flatter_name_the_one_that_tells() -> None:
    posts = flattery.beside("posts")
    assert posts is not None
    assert posts.instead == "threads_answered_share"
    assert flattery.beside("two_way_share") is None
    assert {"posts", "reactions_received", "followers", "hits"} <= {warning.number for warning in flattery.WARNINGS}
    assert all(
        flattery.beside(warning.instead) is None or warning.instead != warning.number for warning in flattery.WARNINGS
    )
