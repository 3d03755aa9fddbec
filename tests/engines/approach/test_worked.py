"""The cases of docs/methods/approach.md, worked there by hand."""

import pytest

from handrail.engines.approach import Answers, Observation, Progress, Suggestion, suggest
from tests.engines.approach.cases import ALOUD, CONTROL, GUARDED, PACK, SENDING, STARTING, STARTS, answers

SURE = answers(
    role_goal="change_how_we_work",
    audience="staff",
    online_now="announce",
    last_answer="this_week",
    what_next="we_kept_talking",
    good_at="connecting_people being_visible",
    how_it_lands="useful",
    in_a_meeting="ask_openly",
    worries="none",
    hard_to_admit="nothing_comes_to_mind",
)
TWO = answers(
    online_now="announce",
    last_answer="never",
    what_next="it_turned_unpleasant",
    how_it_lands="gives_energy worrying",
    worries="abuse security",
)
AGAINST = answers(in_a_meeting="ask_openly", worries="none", hard_to_admit="what_is_safe asking_for_basics")
FOUR = answers(
    role_goal="improve_a_service", audience="people_we_serve", audience_places="dont_know", online_now="read_only"
)


@pytest.mark.parametrize(
    ("given", "weights", "leading", "knowledge", "missed"),
    [
        (STARTING, (68, 11, 21), (STARTS,), "some", (CONTROL,)),
        (SENDING, (17, 67, 16), (ALOUD,), "some", (CONTROL,)),
        (GUARDED, (30, 23, 47), (CONTROL,), "some", ()),
        (TWO, (15, 44, 41), (ALOUD, CONTROL), "a_little", ()),
        (AGAINST, (23, 23, 54), (CONTROL,), "a_little", ()),
        (Answers(), (34, 33, 33), (STARTS, ALOUD, CONTROL), "nothing_yet", ()),
        (answers(how_it_lands="vague"), (43, 29, 28), (STARTS,), "a_little", (CONTROL,)),
        (FOUR, (56, 22, 22), (STARTS,), "some", (CONTROL,)),
        (SURE, (23, 59, 18), (ALOUD,), "some", (CONTROL,)),
    ],
    ids=["role", "aloud", "control", "two", "contradictory", "none", "one", "four", "sure"],
)
def test_a_worked_case(
    given: Answers, weights: tuple[int, ...], leading: tuple[str, ...], knowledge: str, missed: tuple[str, ...]
) -> None:
    result = suggest(given, steps=PACK)
    assert tuple(result.weights.values()) == weights
    assert result.leading == leading
    assert result.knowledge == knowledge
    assert result.may_be_missed == missed


def test_what_was_not_for_them_weighs_a_little_and_is_not_offered_again() -> None:
    result = suggest(FOUR, steps=PACK, progress=Progress(skipped=frozenset({"find-where-one-audience-talks"})))
    assert tuple(result.weights.values()) == (53, 24, 23)
    assert result.first[0].id == "ask-the-team"
    assert "find-where-one-audience-talks" not in {one.id for one in (*result.first, *result.further)}


def first(result: Suggestion) -> list[str]:
    return [offer.id for offer in result.first]


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (STARTING, ["who-saw-your-last-photo", "find-where-one-audience-talks", "ask-the-team"]),
        (SENDING, ["ask-a-question-and-wait", "begin-from-what-works", "write-three-lines"]),
        (GUARDED, ["two-steps-for-your-email", "write-what-you-never-post", "pass-on-one-thing"]),
        (TWO, ["two-steps-for-your-email", "begin-from-what-works", "ask-a-question-and-wait"]),
        (Answers(), ["find-where-one-audience-talks", "begin-from-what-works", "one-setting-on-one-account"]),
        (FOUR, ["find-where-one-audience-talks", "ask-the-team", "have-one-sentence-ready"]),
    ],
    ids=["role", "aloud", "control", "two", "none", "four"],
)
def test_the_first_three_steps_of_a_worked_case(given: Answers, steps: list[str]) -> None:
    assert first(suggest(given, steps=PACK)) == steps


def test_what_already_works_comes_from_the_answers() -> None:
    assert suggest(STARTING).works == ("good_at.listening", "good_at.deciding", "online_now.nothing_by_choice")
    assert suggest(Answers()).works == ()


def test_contradictions_name_both_sides() -> None:
    found = {one.id: one.between for one in suggest(AGAINST).contradictions}
    assert found == {
        "at_ease_and_unsure_of_basics": ("in_a_meeting.ask_openly", "hard_to_admit.asking_for_basics"),
        "no_worry_and_unsure_what_is_safe": ("worries.none", "hard_to_admit.what_is_safe"),
    }


def test_what_is_seen_together_revises_the_mixture_and_the_history_says_how() -> None:
    seen = [
        Observation("mentor", "was_less_sure_than_said", 1),
        Observation("leader", "worried_about_safety", 2),
        Observation("mentor", "changed_a_setting", 3),
    ]
    result = suggest(SURE, seen, PACK)
    assert tuple(result.weights.values()) == (14, 37, 49)
    assert (result.leading, result.may_be_missed, result.knowledge) == ((CONTROL,), (), "some")
    assert "seen.changed_a_setting" in result.works
    assert [tuple(one.after.values()) for one in result.history] == [(18, 46, 36), (15, 38, 47), (14, 37, 49)]
    assert result.history[0].before == suggest(SURE).weights
    assert tuple(result.history[0].change.values()) == (-5, -13, 18)
    assert [one.knowledge for one in result.history] == ["a_little", "some", "some"]


def test_a_fair_amount_takes_two_different_things_seen_and_the_mentor() -> None:
    two = ("asked_the_team", "asked_for_help")
    by_both = [Observation("leader", two[0], 1), Observation("mentor", two[1], 2)]
    by_the_leader = [Observation("leader", what, 1) for what in two]
    the_same = [Observation("mentor", two[0], 1), Observation("leader", two[0], 2)]
    assert suggest(STARTING, by_both).knowledge == "a_fair_amount"
    assert suggest(STARTING, by_the_leader).knowledge == "some"
    assert suggest(STARTING, the_same).knowledge == "some"
    assert suggest(STARTING, by_the_leader).may_be_missed == (CONTROL,)
    assert suggest(STARTING, by_both).may_be_missed == ()


def test_the_same_thing_seen_a_third_time_changes_nothing() -> None:
    seen = [Observation("mentor", "broadcast_only", order) for order in (1, 2, 3)]
    result = suggest(STARTING, seen)
    assert any(result.history[1].change.values())
    assert not any(result.history[2].change.values())


def test_a_reason_names_question_option_and_points_heaviest_first() -> None:
    reasons = suggest(GUARDED).reasons
    points = [reason.points for reason in reasons]
    assert points == sorted(points, reverse=True)
    hard = {(one.option, one.approach): one.points for one in reasons if one.source == "hard_to_admit"}
    assert hard == {
        ("my_own_devices", CONTROL): 3,
        ("judging_what_i_am_told", CONTROL): 1,  # two points, of which the question has one left
        ("judging_what_i_am_told", STARTS): 1,
    }


def test_not_for_me_teaches_and_is_not_offered_again() -> None:
    progress = Progress(skipped=frozenset({"ask-a-question-and-wait"}))
    before, after = suggest(SENDING, steps=PACK), suggest(SENDING, steps=PACK, progress=progress)
    assert after.weights[ALOUD] < before.weights[ALOUD]
    assert "ask-a-question-and-wait" not in [one.id for one in (*after.first, *after.further)]
    lesson = next(one for one in after.reasons if one.kind == "skipped_step")
    assert (lesson.source, lesson.approach, lesson.points) == ("ask-a-question-and-wait", ALOUD, -1)


def test_not_for_me_takes_no_more_than_was_earned() -> None:
    progress = Progress(skipped=frozenset({"one-setting-on-one-account", "say-a-worry-aloud"}))
    result = suggest(answers(place="with_mentor"), steps=PACK, progress=progress)
    assert [one.points for one in result.reasons if one.approach == CONTROL] == [1, -1]
