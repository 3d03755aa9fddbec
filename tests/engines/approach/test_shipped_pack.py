"""The steps that we ship, as the engine offers them."""

from pathlib import Path

import pytest

from handrail.engines.approach import OPENINGS, Answers, Progress, Step, Suggestion, suggest
from handrail.formats.steps import read_steps
from tests.engines.approach.cases import GUARDED, SENDING, STARTING

FOLDER = Path(__file__).resolve().parents[3] / "content" / "steps"


@pytest.fixture(scope="module")
def pack() -> dict[str, Step]:
    return {
        piece.id: Step(
            id=piece.id,
            approaches=frozenset(piece.approaches),
            needs=frozenset(piece.needs),
            minutes=piece.minutes,
            places=frozenset(piece.places),
            after=frozenset(piece.after),
            passes_on=piece.passes_on,
        )
        for piece in read_steps(FOLDER)
    }


@pytest.mark.slow
def test_it_has_enough_steps_and_every_opening(pack: dict[str, Step]) -> None:
    assert len(pack) >= 90
    for approach, ids in OPENINGS.items():
        for id in ids:
            assert approach in pack[id].approaches
    assert pack["pass-on-one-thing"].passes_on


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "opens_with"),
    [
        (STARTING, ["ask-the-team", "find-where-one-audience-talks"]),
        (SENDING, ["begin-from-what-works", "ask-a-question-and-wait"]),
        (GUARDED, ["one-setting-on-one-account", "pass-on-one-thing"]),
        (Answers(), ["ask-the-team", "begin-from-what-works", "one-setting-on-one-account"]),
    ],
    ids=["role", "aloud", "control", "none"],
)
def test_a_leader_can_follow_it_to_its_end(pack: dict[str, Step], answers: Answers, opens_with: list[str]) -> None:
    """Takes the plan's first step each time: every step comes round once, and each plan can end in passing on."""
    result = suggest(answers, steps=pack.values())
    assert [offer.id for offer in result.first][: len(opens_with)] == opens_with
    taken: list[str] = []
    while result.first:
        taken.append(result.first[0].id)
        assert result.last or not _others_that_pass_on(result, pack)
        result = suggest(answers, steps=pack.values(), progress=Progress(done=frozenset(taken)))
    assert sorted(taken) == sorted(pack)


def _others_that_pass_on(result: Suggestion, pack: dict[str, Step]) -> list[str]:
    return [offer.id for offer in result.further if pack[offer.id].passes_on]
