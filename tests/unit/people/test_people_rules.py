"""Delegates and closeness: each permission's yes and no side by side."""

import pytest

from handrail.capabilities.people import rules
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.rules import Chain, Closeness
from handrail.foundation.access.refusal import Refused

ME = Person(pk=1, organisation_id=7)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (Person(pk=1, organisation_id=7), "your own times already"),
        (Person(pk=2, organisation_id=8), "your own organisation"),
    ],
)
def test_a_delegate_is_somebody_else_of_the_same_organisation(other: Person, words: str) -> None:
    rules.check_can_be_delegate(ME, Person(pk=2, organisation_id=7))
    assert rules.can_be_delegate(ME, Person(pk=2, organisation_id=7))
    assert not rules.can_be_delegate(ME, other)
    with pytest.raises(Refused, match=words):
        rules.check_can_be_delegate(ME, other)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Chain((2, 9), True), Chain((9,), True), Closeness.NEAR),
        (Chain((9,), True), Chain((1, 9), True), Closeness.NEAR),
        (Chain((2,), False), Chain((), False), Closeness.NEAR),
        (Chain((9,), True), Chain((9,), True), Closeness.APART),
        (Chain((), True), Chain((), True), Closeness.APART),
        (Chain((9,), False), Chain((8,), True), Closeness.UNKNOWN),
        (Chain((8,), True), Chain((9,), False), Closeness.UNKNOWN),
        (Chain((9, 7), False), Chain((8,), True), Closeness.APART),  # three levels away, if at all
        (Chain((9,), False), Chain((9,), False), Closeness.APART),  # whatever is above a manager whom both have
        (Chain((9,), False), Chain((8, 7, 9), False), Closeness.APART),
        (Chain((9,), False), Chain((), False), Closeness.UNKNOWN),
        (Chain((7, 8, 2), True), Chain((), True), Closeness.HEAD),
        (Chain((7, 8, 2, 9), True), Chain((9,), True), Closeness.APART),
        (Chain((7, 8, 2), False), Chain((), False), Closeness.APART),
        (Chain((8, 2), True), Chain((), True), Closeness.NEAR),
    ],
)
def test_an_unknown_line_is_never_apart(first: Chain, second: Chain, expected: Closeness) -> None:
    assert rules.closeness(1, first, 2, second, levels=2) is expected
    assert rules.closeness(2, second, 1, first, levels=2) is expected
