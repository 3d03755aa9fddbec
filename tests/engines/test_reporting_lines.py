"""Reporting lines against their slow twin, and the cases a person can check by eye."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.reporting_lines import UNKNOWN, ChainEnd, Distance, Relation, Unknown, reporting_lines
from tests.engines import reporting_lines_reference as reference

PEOPLE = st.sampled_from("abcdefgh")
WORLDS = st.dictionaries(PEOPLE, st.one_of(PEOPLE, st.none(), st.just(UNKNOWN)), max_size=8)


def test_chain_goes_up_to_the_top() -> None:
    lines = reporting_lines([("ann", "bob"), ("bob", "cara"), ("cara", None)])
    chain = lines.chain_upward("ann")
    assert chain.above == ("bob", "cara")
    assert chain.end is ChainEnd.TOP


def test_unknown_is_not_the_top() -> None:
    lines = reporting_lines([("ann", "bob"), ("bob", UNKNOWN), ("cara", None)])
    assert lines.chain_upward("ann").end is ChainEnd.UNKNOWN
    assert lines.chain_upward("cara").end is ChainEnd.TOP


def test_manager_outside_the_list_is_a_person_with_an_unknown_line() -> None:
    chain = reporting_lines([("ann", "zed")]).chain_upward("ann")
    assert (chain.above, chain.end) == (("zed",), ChainEnd.UNKNOWN)


def test_distance_is_the_same_either_way() -> None:
    lines = reporting_lines([("ann", "bob"), ("bob", "cara"), ("cara", None)])
    assert lines.distance("ann", "cara") == lines.distance("cara", "ann") == Distance(Relation.IN_LINE, 2)


def test_two_branches_are_apart() -> None:
    lines = reporting_lines([("ann", "cara"), ("bob", "cara"), ("cara", None)])
    assert lines.distance("ann", "bob") == Distance(Relation.APART)


def test_branches_under_one_unknown_line_are_still_apart() -> None:
    """Neither can be above Cara, whom both report to."""
    lines = reporting_lines([("ann", "cara"), ("bob", "cara"), ("cara", UNKNOWN)])
    distance = lines.distance("ann", "bob")
    assert distance.relation is Relation.APART
    assert not distance.may_be_nearer_than(9)


def test_unknown_line_is_never_allowed() -> None:
    lines = reporting_lines([("ann", UNKNOWN), ("bob", UNKNOWN)])
    distance = lines.distance("ann", "bob")
    assert distance == Distance(Relation.UNKNOWN, at_least=1)
    assert distance.may_be_nearer_than(2)


def test_a_long_known_stretch_below_the_unknown_is_far_enough() -> None:
    lines = reporting_lines([("ann", "bob"), ("bob", "cara"), ("cara", UNKNOWN), ("dai", None)])
    distance = lines.distance("ann", "dai")
    assert distance == Distance(Relation.UNKNOWN, at_least=3)
    assert not distance.may_be_nearer_than(2)
    assert distance.may_be_nearer_than(4)


@pytest.mark.parametrize(("levels", "near"), [(1, True), (2, False), (3, False)])
def test_nearer_than_two_levels(levels: int, near: bool) -> None:
    lines = reporting_lines([(0, 1), (1, 2), (2, 3), (3, None)])
    assert lines.distance(0, levels).may_be_nearer_than(2) is near


def test_own_manager_and_longer_cycles_are_named() -> None:
    lines = reporting_lines([("ann", "ann"), ("bob", "cara"), ("cara", "dai"), ("dai", "bob"), ("eve", "bob")])
    assert lines.cycles == (("ann",), ("bob", "cara", "dai"))
    assert lines.chain_upward("eve").end is ChainEnd.CYCLE
    assert lines.distance("eve", "ann").relation is Relation.UNKNOWN


@given(world=WORLDS)
@settings(max_examples=80)
def test_cycles_agree_with_the_twin(world: dict[str, str | Unknown | None]) -> None:
    found = reporting_lines(world.items()).cycles
    assert {frozenset(cycle) for cycle in found} == reference.cycles(world)
    assert len(found) == len(reference.cycles(world))


@given(world=WORLDS, one=PEOPLE, other=PEOPLE)
@settings(max_examples=150)
def test_distance_agrees_with_the_twin(world: dict[str, str | Unknown | None], one: str, other: str) -> None:
    found = reporting_lines(world.items()).distance(one, other)
    number = found.levels if found.levels is not None else found.at_least
    assert (found.relation.value, number) == reference.distance(world, one, other)


@pytest.mark.slow
def test_a_hundred_thousand_people_in_one_chain_do_not_exhaust_the_stack() -> None:
    size = 100_000
    lines = reporting_lines([(number, number + 1) for number in range(size)] + [(size, None)])
    assert lines.cycles == ()
    assert lines.distance(0, size).levels == size
