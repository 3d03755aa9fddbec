"""The sheet: what was answered, what comes next, and a length that tells nothing."""

from handrail.capabilities.starting_point.sheet import BY_ID, Sheet, sheet_from
from handrail.engines.approach import QUESTIONS
from handrail.foundation.vault.texts import SHEET_BYTES

GOAL, ONLINE, TIME = BY_ID["role_goal"], BY_ID["online_now"], BY_ID["time"]


def test_it_is_sealed_whole_and_read_back() -> None:
    sheet = (
        Sheet()
        .with_answer(GOAL, ["save_money"], "Née “x” 😀")
        .without(TIME)
        .with_answer(ONLINE, ["announce", "reply"], "")
        .with_wishes(["role", "steps"])
    )
    assert sheet_from(sheet.as_text()) == sheet
    assert sheet_from(Sheet().as_text()) == Sheet()


def test_its_length_tells_neither_how_many_nor_which() -> None:
    empty = Sheet()
    full = empty
    for question in QUESTIONS:
        full = full.with_answer(question, question.options[: question.most], "é" * 60 if question.own_words else "")
    assert {len(one.as_text().encode()) for one in (empty, empty.without(TIME), full)} == {SHEET_BYTES}


def test_a_question_that_is_asked_no_more_is_left_out() -> None:
    text = Sheet(chosen={"role_goal": ("save_money",)}).as_text()
    old = text.replace('"save_money"', '"save_money", "an_old_option"').replace('"words": {}', '"words": {"old": "x"}')
    assert sheet_from(old) == Sheet(chosen={"role_goal": ("save_money",)})


def test_one_goes_on_at_the_first_that_is_neither_answered_nor_passed_over() -> None:
    sheet = Sheet()
    assert sheet.next_question == GOAL
    sheet = sheet.without(GOAL).with_answer(QUESTIONS[1], [], "Only words")
    assert sheet.next_question == QUESTIONS[2]
    assert [one.id for one in sheet.answered] == [QUESTIONS[1].id]
    for question in QUESTIONS:
        sheet = sheet.without(question)
    assert sheet.next_question is None


def test_an_answer_takes_the_place_of_passing_over_and_the_other_way_round() -> None:
    sheet = Sheet().without(GOAL).with_answer(GOAL, ["save_money"], "")
    assert sheet.passed == frozenset()
    assert sheet.without(GOAL) == Sheet(passed=frozenset({"role_goal"}))


def test_questions_that_make_no_sense_are_not_asked() -> None:
    sheet = Sheet().with_answer(ONLINE, ["nothing_yet"], "")
    assert {"last_answer", "what_next"} & {one.id for one in sheet.asked} == set()


def test_the_engine_is_never_given_own_words() -> None:
    sheet = Sheet().with_answer(GOAL, ["save_money"], "a secret")
    assert "secret" not in repr(sheet.answers)
