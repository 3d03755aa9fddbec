"""What may be answered, shared, made ordinary, and how many may be invited."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.sheet import BY_ID, Sheet
from handrail.engines.approach import QUESTIONS
from handrail.foundation.access.refusal import Refused

FOUR = Sheet(chosen={one.id: one.options[:1] for one in QUESTIONS[:4]})


@pytest.mark.parametrize(
    ("question", "options", "words", "may"),
    [
        ("role_goal", ["save_money"], "", True),
        ("role_goal", [], "my own", True),
        ("role_goal", [], "", False),
        ("role_goal", ["save_money", "win_trust", "grow_support"], "", True),
        ("role_goal", ["save_money", "win_trust", "grow_support", "keep_people_safe"], "", False),
        ("time", ["ten_a_day", "none_now"], "", False),
    ],
)
def test_answering(question: str, options: list[str], words: str, may: bool) -> None:
    assert rules.can_answer(BY_ID[question], options, words) is may


def test_four_answers_say_enough() -> None:
    assert rules.says_enough(FOUR)
    assert not rules.says_enough(FOUR.without(QUESTIONS[0]))


@pytest.mark.parametrize(
    ("sheet", "names", "may"),
    [(FOUR, ["role"], True), (FOUR, [], False), (FOUR, ["everything"], False), (Sheet(), ["role"], False)],
)
def test_sharing(sheet: Sheet, names: list[str], may: bool) -> None:
    assert rules.can_share(sheet, names) is may
    with nullcontext() if names else pytest.raises(Refused, match="at least one line"):
        rules.check_is_something(names)


@pytest.mark.parametrize(
    ("words", "may"), [(["a"], True), (["a", "b", "c"], True), ([], False), (list("abcd"), False), (["x" * 41], False)]
)
def test_words(words: list[str], may: bool) -> None:
    assert rules.can_use_words(words) is may


@pytest.mark.parametrize(("count", "may"), [(0, False), (1, True), (500, True), (501, False)])
def test_inviting(count: int, may: bool) -> None:
    assert rules.can_invite(count) is may


def test_every_question_belongs_to_one_part() -> None:
    grouped = [one for questions in rules.GROUPS.values() for one in questions]
    assert sorted(grouped) == sorted(BY_ID)


def test_two_reminders_at_most_with_two_weeks_between() -> None:
    now = datetime(2026, 11, 27, 9, tzinfo=UTC)
    for reminders, days, may in ((0, 14, True), (1, 14, True), (2, 60, False), (0, 13, False)):
        asked = now - timedelta(days=days)
        assert rules.can_remind(reminders, asked, now) is may
        if may:
            rules.check_can_remind(reminders, asked, now)
        else:
            with pytest.raises(Refused):
                rules.check_can_remind(reminders, asked, now)


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("  \n Book a visit   without a telephone.\nAnd more.", "Book a visit without a telephone"),
        ("Why not?", "Why not?"),
        ("word " * 30, "word " * 14 + "word…"),
        ("", ""),
    ],
)
def test_own_words_stand_within_a_sentence(words: str, short: str) -> None:
    assert rules.in_short(words) == short
