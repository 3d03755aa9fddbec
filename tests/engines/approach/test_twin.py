"""The engine and its slow twin say the same; and what holds for every leader."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.engines.approach import KNOWLEDGE, OPENINGS, QUESTIONS, Answers, Observation, Progress, Step, suggest
from handrail.engines.approach.reference import references, suggest_slowly
from handrail.engines.approach.rules import KEEPS_TO_ONESELF
from tests.engines.approach.cases import (
    GUARDED,
    PACK,
    SENDING,
    STARTING,
    some_answers,
    some_observations,
    some_progress,
    some_steps,
)

Given = dict[str, frozenset[str]]
NO_TIME = Answers.of({"time": ["none_now"], "place": ["travelling"]})
few = settings(max_examples=25)


@pytest.mark.slow
@given(some_answers, some_observations, some_steps, some_progress)
@settings(max_examples=60)
def test_engine_and_twin_agree(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress
) -> None:
    answers = Answers.of(chosen)
    assert suggest(answers, observations, steps, progress) == suggest_slowly(answers, observations, steps, progress)


@pytest.mark.long
@given(some_answers, some_observations, some_steps, some_progress)
@settings(max_examples=1000)
def test_engine_and_twin_agree_over_many(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress
) -> None:
    answers = Answers.of(chosen)
    assert suggest(answers, observations, steps, progress) == suggest_slowly(answers, observations, steps, progress)


@pytest.mark.parametrize("answers", [STARTING, SENDING, GUARDED, Answers(), NO_TIME])
def test_engine_and_twin_agree_on_the_worked_cases(answers: Answers) -> None:
    seen = [Observation("mentor", "was_less_sure_than_said", 1), Observation("leader", "asked_the_team", 2)]
    progress = Progress(frozenset({"ask-the-team"}), frozenset({"write-three-lines"}))
    assert suggest(answers, seen, PACK, progress) == suggest_slowly(answers, seen, PACK, progress)


@pytest.mark.slow
@given(some_answers, some_observations, some_steps, some_progress)
@few
def test_weights_add_up_and_each_is_what_its_reasons_make(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress
) -> None:
    result = suggest(Answers.of(chosen), observations, steps, progress)
    assert sum(result.weights.values()) == 100
    points = {approach: 4 + sum(r.points for r in result.reasons if r.approach == approach) for approach in OPENINGS}
    total = sum(points.values())
    for approach, weight in result.weights.items():
        assert points[approach] >= 4
        assert abs(weight - 100 * points[approach] / total) < 1


@pytest.mark.slow
@given(some_answers, some_observations, some_steps, some_progress, st.integers(0, 6))
@few
def test_fewer_further_steps_are_the_beginning_of_all(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress, wanted: int
) -> None:
    given_all = (Answers.of(chosen), observations, steps, progress)
    whole = suggest(*given_all)
    assert suggest(*given_all, further=wanted) == replace(whole, further=whole.further[:wanted])


@pytest.mark.slow
@given(some_answers, some_observations, some_steps, some_progress, st.randoms(use_true_random=False))
@few
def test_the_order_in_which_things_are_given_does_not_matter(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress, dice: random.Random
) -> None:
    as_given = suggest(Answers.of(chosen), observations, steps, progress)
    questions = list(chosen)
    for items in (questions, observations, steps):
        dice.shuffle(items)
    other = {question: sorted(chosen[question], key=lambda _: dice.random()) for question in questions}
    assert suggest(Answers.of(other), observations, steps, progress) == as_given


@pytest.mark.slow
@given(some_answers, some_observations, st.data())
@few
def test_one_more_answer_lowers_knowledge_by_one_level_at_most_and_never_to_nothing(
    chosen: Given, observations: list[Observation], data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(QUESTIONS))
    without: Given = {id: options for id, options in chosen.items() if id != question.id}
    more = without | {question.id: frozenset({data.draw(st.sampled_from(question.options))})}
    before = KNOWLEDGE.index(suggest(Answers.of(without), observations).knowledge)
    after = KNOWLEDGE.index(suggest(Answers.of(more), observations).knowledge)
    assert after >= before - 1
    assert after >= 1 or before == 0


@pytest.mark.slow
@given(some_answers, some_observations, some_steps, some_progress)
@few
def test_a_plan_offers_every_step_once_and_none_before_what_it_comes_after(
    chosen: Given, observations: list[Observation], steps: list[Step], progress: Progress
) -> None:
    # Without rings: a step may only come after those of a smaller id.
    steps = [
        Step(s.id, s.approaches, s.needs, s.minutes, s.places, frozenset(i for i in s.after if i < s.id), s.passes_on)
        for s in steps
    ]
    result = suggest(Answers.of(chosen), observations, steps, progress)
    plan = [offer.id for offer in (*result.first, *result.further, *([result.last] if result.last else []))]
    assert len(plan) == len(set(plan))
    settled = progress.done | progress.skipped
    assert not settled & set(plan)
    by_id = {step.id: step for step in steps}
    for place, id in enumerate(plan):
        assert not by_id[id].after & by_id.keys() - settled - set(plan[:place])
    still_open = by_id.keys() - settled
    if not result.last:
        assert set(plan) == still_open
    if KEEPS_TO_ONESELF.intersection(references(Answers.of(chosen), observations)):
        alone = [id for id in still_open if by_id[id].private and not by_id[id].after & still_open]
        assert not alone or any(by_id[offer.id].private for offer in result.first)
    first = {offer.id for offer in result.first}
    planned = first if progress.planned is None else progress.planned
    there = progress.done | planned
    able = [id for id in still_open - first - planned if by_id[id].passes_on]
    if any(by_id[id].after & by_id.keys() <= there for id in able):
        assert result.last
        assert by_id[result.last.id].passes_on
    if result.last:
        assert plan[-1] == result.last.id
        assert by_id[result.last.id].after & by_id.keys() <= there
    for offer in (*result.first, *result.further):
        assert offer.points == sum(reason.points for reason in offer.why)
