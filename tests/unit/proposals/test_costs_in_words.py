"""What a pair would cost everyone, in words; also where that was not worked out to the end."""

from types import SimpleNamespace
from typing import Any

import pytest

from handrail.capabilities.pairings.proposals.presenters.leader import cost_in_words
from handrail.capabilities.pairings.proposals.presenters.why import verdict
from handrail.capabilities.schemes.matching_runs.answers import AT_LEAST, CANNOT, UNKNOWN, Answers
from handrail.capabilities.schemes.matching_runs.queries import LeaderInRun


def asked(cost: int) -> tuple[Any, Any]:
    entrant = SimpleNamespace(person=SimpleNamespace(name="Ann"), person_id=1)
    run = SimpleNamespace(figures={"rulings": []})
    leader = LeaderInRun(entrant, Answers([[5]], [0], [cost]), [], run)  # type: ignore[arg-type]
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
