"""Goals and people said back in a leader's own words, and woven into why each of the first steps serves them."""

import pytest
from django.utils.translation import override

from handrail.capabilities.starting_point.conversation.presenters import own_goals
from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS
from handrail.capabilities.starting_point.conversation.presenters.result import said_by
from handrail.capabilities.starting_point.sheet import Sheet
from handrail.capabilities.starting_point.steps import step_pack
from handrail.engines.approach import NEEDS

TOLD = Sheet(
    chosen={"role_goal": ("improve_a_service", "something_else"), "audience": ("businesses", "press", "families")},
    words={"role_goal": "Open the new day centre\nbefore winter", "audience": "young carers"},
)


def test_what_was_typed_is_said_back_first_and_in_quotes() -> None:
    assert own_goals.goals_in_words(TOLD) == "“Open the new day centre”; make a service better"
    assert own_goals.people_in_words(TOLD) == "“young carers”; businesses; the press; families"
    assert (own_goals.goals_in_words(Sheet()), own_goals.people_in_words(Sheet())) == ("", "")
    unnamed = Sheet(chosen={"role_goal": ("something_else",)})
    assert own_goals.goals_in_words(unnamed) == "what you named as something else"


@pytest.mark.parametrize(
    ("goal", "needs", "said"),
    [
        ("", {"audience"}, ""),
        (
            "improve_a_service",
            {"asking", "listening"},
            "For “Make a service better”: you hear what matters to “young carers” and businesses before you decide.",
        ),
        ("own", {"team"}, "For “Open the new day centre”: your team shows what it can do already."),
    ],
)
def test_a_step_says_which_goal_it_serves_and_how(goal: str, needs: set[str], said: str) -> None:
    assert own_goals.how_it_serves(TOLD, goal, own_goals.need_that_serves(goal, needs)) == said


def test_two_steps_say_the_same_only_where_no_other_need_serves() -> None:
    said = own_goals.HELPS["safety"]
    assert own_goals.need_that_serves("keep_people_safe", {"settings", "passing_on"}, [said]) == "passing_on"
    assert own_goals.need_that_serves("keep_people_safe", {"settings"}, [said]) == "settings"


def test_without_people_somebody_is_meant_all_the_same() -> None:
    said = own_goals.how_it_serves(Sheet(), "win_trust", "answering")
    assert said == "For “Win people’s trust”: somebody answers, and that is noticed by the people you need to reach."


def test_every_need_and_everybody_to_reach_has_words() -> None:
    assert own_goals.HELPS.keys() == set(NEEDS)
    assert own_goals.PEOPLE.keys() == WORDS["audience"].options.keys()
    with override("fr"):
        for need in NEEDS:
            assert own_goals.how_it_serves(TOLD, "own", need).startswith("Pour «")


def test_each_of_the_three_steps_serves_a_goal_and_no_worry_is_named() -> None:
    told = Sheet(chosen={**TOLD.chosen, "worries": ("security",), "hard_to_admit": ("one_password",)}, words=TOLD.words)
    said = said_by(told, step_pack())
    assert len(said.steps) == 3
    assert all(one.serves.startswith("For “") for one in said.steps)
    assert any("Open the new day centre" in one.serves for one in said.steps), "own words are not left out"
    assert not said.no_time
    assert said_by(Sheet(chosen={"time": ("none_now",)}), step_pack()).no_time
    assert all(not one.serves for one in said_by(Sheet(), step_pack()).steps)
