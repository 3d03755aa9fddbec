"""Questions, answers and the tables that speak of them."""

import pytest

from handrail.engines.approach import (
    APPROACHES,
    NEEDS,
    OBSERVED,
    OPENINGS,
    PLACES,
    QUESTIONS,
    WORKS,
    Answers,
    Observation,
    UnknownId,
    questions_asked,
)
from handrail.engines.approach.questions import BY_ID
from handrail.engines.approach.rules import CONTRADICTIONS, FITTING, NEEDED, POINTS, SHORT_MINUTES
from handrail.formats import steps as format_of_steps

REFERENCES = {f"{question.id}.{option}" for question in QUESTIONS for option in question.options} | {
    f"seen.{what}" for what in OBSERVED
}


def test_there_are_fourteen_questions_and_no_id_twice() -> None:
    assert len(BY_ID) == len(QUESTIONS) == 14
    for question in QUESTIONS:
        assert len(set(question.options)) == len(question.options)
        assert set(question.alone) < set(question.options)


def test_the_tables_speak_only_of_what_there_is() -> None:
    assert POINTS.keys() <= REFERENCES
    assert NEEDED.keys() <= REFERENCES
    assert set(WORKS) <= REFERENCES
    assert {need for needs in NEEDED.values() for need in needs} == set(NEEDS)
    for rule in CONTRADICTIONS:
        assert rule.one | rule.other <= REFERENCES
        assert not rule.one & rule.other
    assert set(FITTING) < BY_ID.keys()
    assert SHORT_MINUTES.keys() < set(BY_ID["time"].options)
    assert tuple(OPENINGS) == APPROACHES


def test_everything_seen_together_has_points() -> None:
    assert [what for what in OBSERVED if not any(POINTS[f"seen.{what}"])] == []


def test_the_pack_of_steps_uses_the_same_words() -> None:
    assert (format_of_steps.APPROACHES, format_of_steps.NEEDS, format_of_steps.PLACES) == (APPROACHES, NEEDS, PLACES)


@pytest.mark.parametrize(
    ("given", "passed_over"),
    [
        ({}, set()),
        ({"online_now": ["announce"]}, set()),
        ({"online_now": ["nothing_yet"]}, {"last_answer", "what_next"}),
        ({"online_now": ["nothing_by_choice", "read_only"]}, set()),
        ({"last_answer": ["never"]}, {"what_next"}),
        ({"last_answer": ["this_week"]}, set()),
    ],
)
def test_a_question_made_pointless_is_passed_over(given: dict[str, list[str]], passed_over: set[str]) -> None:
    assert BY_ID.keys() - {question.id for question in questions_asked(given)} == passed_over


def test_an_old_answer_to_a_question_passed_over_is_set_aside() -> None:
    given = {"last_answer": ["never"], "what_next": ["i_thanked"]}
    assert Answers.of(given).to("what_next") == ()
    assert Answers.of(given | {"last_answer": ["this_week"]}).to("what_next") == ("i_thanked",)


def test_an_option_that_stands_alone_gives_way_to_others() -> None:
    assert Answers.of({"worries": ["none", "time"]}).to("worries") == ("time",)
    assert Answers.of({"worries": ["none"]}).to("worries") == ("none",)
    both = {"online_now": ["nothing_yet", "nothing_by_choice"]}
    assert Answers.of(both).to("online_now") == ("nothing_by_choice",)


def test_an_empty_answer_is_a_skipped_question() -> None:
    assert Answers.of({"worries": [], "time": ()}) == Answers()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"favourite_colour": ["blue"]}, "no question “favourite_colour”"),
        ({"time": ["later"]}, "no option “later”"),
        ({"time": ["ten_a_day", "ten_a_week"]}, "at most 1, not 2"),
        ({"good_at": ["listening", "explaining", "writing", "deciding"]}, "at most 3, not 4"),
    ],
)
def test_an_unknown_answer_is_refused(given: dict[str, list[str]], said: str) -> None:
    with pytest.raises(UnknownId, match=said):
        Answers.of(given)


def test_an_unknown_observation_is_refused() -> None:
    with pytest.raises(UnknownId, match="not by “coordinator”"):
        Observation("coordinator", "asked_the_team", 1)
    with pytest.raises(UnknownId, match="smiled"):
        Observation("mentor", "smiled", 1)


def test_several_is_said_of_questions_that_take_more_than_one() -> None:
    single = {question.id for question in QUESTIONS if not question.several}
    assert single == {"last_answer", "what_next", "in_a_meeting", "time"}
