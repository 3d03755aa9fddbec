"""What a pair would cost everyone, in words; also where that was not worked out to the end."""

from types import SimpleNamespace
from typing import Any

import pytest

from handrail.capabilities.pairings.proposals.presenters.leader import cost_in_words
from handrail.capabilities.pairings.proposals.presenters.why import verdict
from handrail.capabilities.schemes.matching_runs.answers import AT_LEAST, CANNOT, UNKNOWN, Answers
from handrail.capabilities.schemes.matching_runs.queries import LeaderInRun


def asked(cost: int, worst: int = 3, now: int = 0) -> tuple[Any, Any]:
    entrant = SimpleNamespace(person=SimpleNamespace(name="Ann"), person_id=1)
    run = SimpleNamespace(figures={"rulings": [], "worst": worst})
    pairs: Any = [SimpleNamespace(points=now)] if now else []
    leader = LeaderInRun(entrant, Answers([[5]], [0], [cost]), pairs, run)  # type: ignore[arg-type]
    return leader, SimpleNamespace(position=0, person=SimpleNamespace(name="Max"))


@pytest.mark.parametrize(
    ("cost", "short", "long"),
    [
        (0, "nothing: all fits together stay the same", "no difference to everybody together"),
        (1, "1 point in all", "would lose 1 point."),
        (CANNOT, "somebody would go without", "Somebody else would be left"),
        (UNKNOWN, "not worked out beside a fixed pair", "A pair that you fixed"),
        (AT_LEAST, "not worked out to the end beside your numbers", "was not worked out to the end"),
        (AT_LEAST - 1, "at least 1 point in all", "would lose 1 point at least"),
        (AT_LEAST - 7, "at least 7 points in all", "would lose 7 points at least"),
    ],
)
def test_every_cost_has_words(cost: int, short: str, long: str) -> None:
    leader, mentor = asked(cost)
    assert short in cost_in_words(leader, mentor)
    assert long in verdict(leader, mentor, [], together=False)


def test_a_poorer_fit_is_called_that_with_what_it_would_cost_all() -> None:
    assert cost_in_words(*asked(CANNOT, worst=9)) == "they would fit less than anybody does now"
    leader, mentor = asked(4, now=8)
    words = "Max fits Ann less well than whoever is proposed now."
    assert verdict(leader, mentor, [], together=False) == f"{words} All fits together would lose 4 points."
    leader, mentor = asked(CANNOT, worst=9, now=9)
    assert verdict(leader, mentor, [], together=False) == words
