"""The furthest of a few coarse states; two sentences; what roles strain together."""

import pytest

from handrail.capabilities.pairings.standing.rules import Known, Standing, standing_of
from handrail.capabilities.pairings.stories import rules
from handrail.capabilities.people.rules import combinations_to_name
from handrail.foundation.access.refusal import Refused


@pytest.mark.parametrize(
    ("known", "standing"),
    [
        (Known(invited=True), Standing.INVITED),
        (Known(invited=True, started=True), Standing.STARTED),
        (Known(invited=True, started=True, signed_up=True), Standing.SIGNED_UP),
        (Known(signed_up=True, prepared=True), Standing.PREPARED),
        (Known(signed_up=True, prepared=True, sign_up_paused=True), Standing.PAUSED),
        (Known(signed_up=True, sign_up_paused=True, pairings=frozenset({"agreed"})), Standing.PAIRED),
        (Known(pairings=frozenset({"paused"})), Standing.PAUSED),
        (Known(pairings=frozenset({"paused", "changing"})), Standing.PAIRED),
        (Known(invited=True, pairings=frozenset({"not_taken_up", "ended"})), Standing.INVITED),
    ],
)
def test_somebody_stands_where_they_are_furthest(known: Known, standing: Standing) -> None:
    assert standing_of(known) == standing


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I ask more.", 1),
        ("I ask more. They answer!", 2),
        ("Version 2.0 helped me", 1),
        ("They said: “Why not?” We tried. I did not", 3),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_people_read_them(text: str, number: int) -> None:
    assert rules.sentences_in(text) == number
    assert rules.can_be_story(text) is (number <= 2)
    if number > 2:
        with pytest.raises(Refused):
            rules.check_story(text)


def test_twelve_people_are_few() -> None:
    assert rules.is_small(12)
    assert not rules.is_small(13)


def test_combinations_that_strain_a_promise_are_named() -> None:
    def named(*roles: str, **facts: bool) -> set[str]:
        usual = {"is_administrator": False, "has_reports": False, "takes_part": False}
        return set(combinations_to_name(set(roles), **{**usual, **facts}))

    assert named("coordinator", "editor") == set()
    assert named("coordinator", takes_part=True, has_reports=True) == {"coordinator takes part"}
    assert named("coordinator", is_administrator=True) == {"administrator coordinates"}
    assert named("sponsor", takes_part=True, has_reports=True) == {"sponsor has reports", "sponsor takes part"}
    assert named("editor", is_administrator=True, has_reports=True, takes_part=True) == set()
