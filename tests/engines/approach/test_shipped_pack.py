"""The steps that we ship, as the engine offers them."""

from itertools import product
from pathlib import Path

import pytest

from handrail.engines.approach import (
    OPENINGS,
    PLACES,
    WORRIES,
    WORRY_STEPS,
    Answers,
    Progress,
    Step,
    Suggestion,
    suggest,
)
from handrail.formats.steps import read_steps
from tests.engines.approach.cases import GUARDED, SENDING, STARTING, answers

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
            private=piece.private,
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
    ("given", "opens_with"),
    [
        (STARTING, ["who-saw-your-last-photo", "find-where-one-audience-talks", "ask-the-team"]),
        (SENDING, ["ask-a-question-and-wait", "begin-from-what-works"]),
        (GUARDED, ["two-steps-for-your-email", "write-what-you-never-post", "pass-on-one-thing"]),
        (Answers(), ["find-where-one-audience-talks", "begin-from-what-works", "one-setting-on-one-account"]),
    ],
    ids=["role", "aloud", "control", "none"],
)
def test_a_leader_can_follow_it_to_its_end(pack: dict[str, Step], given: Answers, opens_with: list[str]) -> None:
    """Takes the plan's first step each time: every step comes round once, and each plan can end in passing on."""
    result = suggest(given, steps=pack.values())
    assert [offer.id for offer in result.first][: len(opens_with)] == opens_with
    taken: list[str] = []
    while result.first:
        taken.append(result.first[0].id)
        assert result.last or not _others_that_pass_on(result, pack)
        result = suggest(given, steps=pack.values(), progress=Progress(done=frozenset(taken)))
    assert sorted(taken) == sorted(pack)


def _others_that_pass_on(result: Suggestion, pack: dict[str, Step]) -> list[str]:
    """Outside the first three, and after nothing that is still to come."""
    open_ids = {offer.id for offer in result.further}
    return [id for id in open_ids if pack[id].passes_on and not pack[id].after & open_ids]


@pytest.mark.slow
def test_what_takes_up_a_worry_is_in_the_pack_and_begins_alone(pack: dict[str, Step]) -> None:
    for worry, ids in WORRY_STEPS.items():
        assert set(ids) <= pack.keys(), worry
        assert pack[ids[0]].private, worry
        assert not any(pack[id].passes_on for id in ids), worry


@pytest.mark.slow
def test_every_way_opens_with_something_private(pack: dict[str, Step]) -> None:
    for approach, ids in OPENINGS.items():
        assert pack[ids[0]].private, approach


@pytest.mark.slow
def test_for_whoever_nods_the_first_is_private_asking_comes_later_and_the_worry_is_taken_up(
    pack: dict[str, Step],
) -> None:
    """Of every goal, place and time: the first three steps of each plan in a row begin with something private."""
    told = {"audience_places": ["dont_know"], "team": ["dont_know"], "how_it_lands": ["vague", "pressure"]}
    for worry, time, place in product(WORRIES, ("none_now", "ten_a_week"), PLACES):
        said = {**told, "in_a_meeting": ["nod_and_go_on"], "worries": [worry], "time": [time], "place": [place]}
        first = [offer.id for offer in suggest(Answers.of(said), steps=pack.values()).first]
        assert pack[first[0]].private, (worry, time, place)
        assert "ask-the-team" in first[1:], (worry, time, place, first)
        assert "find-where-one-audience-talks" in first, (worry, time, place, first)
        assert set(first) & set(WORRY_STEPS[worry]), (worry, time, place, first)


@pytest.mark.slow
@pytest.mark.parametrize(("time", "third"), [("none_now", "turn-off-one-noise"), ("ten_a_week", "keep-ten-minutes")])
def test_whoever_has_no_time_is_given_no_date_to_keep(pack: dict[str, Step], time: str, third: str) -> None:
    first = suggest(answers(worries="time", time=time), steps=pack.values()).first
    assert first[2].id == third
