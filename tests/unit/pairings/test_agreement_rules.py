"""Of two people's terms the more protective apply, and nothing before both have chosen."""

from itertools import product

import pytest

from handrail.capabilities.pairings.agreement import presenters, rules
from handrail.foundation.access.refusal import Refused

OPEN = {question: answers[0] for question, answers in rules.TERMS.items()}
CAREFUL = {question: answers[-1] for question, answers in rules.TERMS.items()}


@pytest.mark.parametrize("question", rules.TERMS)
def test_the_more_protective_of_any_two_answers_applies_whoever_gave_it(question: str) -> None:
    answers = rules.TERMS[question]
    for (place, one), (other_place, other) in product(enumerate(answers), repeat=2):
        for mine, theirs in ((one, other), (other, one)):
            applies = rules.what_applies({**OPEN, question: mine}, {**OPEN, question: theirs})
            assert applies[question] == answers[max(place, other_place)]


def test_nothing_applies_before_both_have_answered_everything() -> None:
    for question in rules.TERMS:
        part = {name: answer for name, answer in CAREFUL.items() if name != question}
        assert rules.what_applies(part, OPEN) == rules.what_applies(OPEN, part) == {}
        assert rules.next_question(part) == question
    assert rules.next_question({}) == next(iter(rules.TERMS))
    assert rules.what_applies(OPEN, CAREFUL) == CAREFUL


def test_only_known_answers_are_chosen() -> None:
    for question, answers in rules.TERMS.items():
        for answer in answers:
            assert rules.can_choose(question, answer)
            rules.check_can_choose(question, answer)
    for question, answer in (("told", "everything"), ("none-such", "week")):
        assert not rules.can_choose(question, answer)
        with pytest.raises(Refused):
            rules.check_can_choose(question, answer)


@pytest.mark.parametrize(("kind", "most"), rules.MOST.items())
def test_lines_are_few(kind: str, most: int) -> None:
    assert rules.can_add_line(kind, most - 1)
    rules.check_can_add_line(kind, most - 1)
    assert not rules.can_add_line(kind, most)
    with pytest.raises(Refused, match="plenty"):
        rules.check_can_add_line(kind, most)


def test_every_answer_has_words() -> None:
    assert {question: tuple(words) for question, words in presenters.ANSWERS.items()} == rules.TERMS
    assert list(presenters.QUESTIONS) == list(presenters.SHORT) == list(rules.TERMS)
