"""Who may do what with a plan; and when the weekly note goes out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handrail.capabilities.pairings.plan import rules
from handrail.capabilities.pairings.plan.presenters import WORTH
from handrail.capabilities.pairings.plan.sheet import CAME, DONE, NONE_YET, SKIPPED, TODO, Item, PlanSheet
from handrail.capabilities.pairings.plan.weekly import rules as weekly
from handrail.capabilities.starting_point.queries import mixture_in_lines, step_pack
from handrail.capabilities.starting_point.rules import goal_of_step, goal_served, goals_of_steps, worry_taken_up
from handrail.engines.approach import WORRIES
from handrail.foundation.access.refusal import Refused

LONDON, AUCKLAND = "Europe/London", "Pacific/Auckland"
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)
TODAY = date(2026, 11, 30)


def test_only_the_leader_says_done_and_brings_back() -> None:
    todo, done, skipped = Item(), Item(state=DONE), Item(state=SKIPPED)
    assert rules.can_do(todo, "leader")
    assert not rules.can_do(todo, "mentor")
    assert not rules.can_do(done, "leader")
    assert rules.can_undo(done, "leader")
    assert rules.can_undo(skipped, "leader")
    assert not rules.can_undo(todo, "leader")
    assert not rules.can_undo(done, "mentor")
    rules.check_is_leaders("leader")
    with pytest.raises(Refused, match="whose plan it is"):
        rules.check_is_leaders("mentor")


def test_the_end_stays_the_end() -> None:
    assert rules.can_move(Item())
    rules.check_can_move(Item())
    for stays in (Item(ends=True), Item(state=DONE)):
        assert not rules.can_move(stays)
        with pytest.raises(Refused, match="ends in something passed on"):
            rules.check_can_move(stays)


def test_a_step_that_changed_meanwhile_is_said_to_have() -> None:
    assert rules.check_still(Item(id="x"), TODO).id == "x"
    for gone in (None, Item(state=DONE)):
        with pytest.raises(Refused, match="in the meantime"):
            rules.check_still(gone, TODO)


def test_few_wait() -> None:
    few = PlanSheet(items=tuple(Item() for _number in range(rules.MOST_TODO - 1)))
    full = few.with_item(Item())
    assert rules.can_add(few)
    rules.check_can_add(few)
    assert not rules.can_add(full)
    with pytest.raises(Refused, match="Eight steps"):
        rules.check_can_add(full)


@pytest.mark.parametrize(
    ("goals", "own", "may"), [([], "", False), (["a"], "", True), ([], "own", True), (["a"] * 4, "", False)]
)
def test_goals(goals: list[str], own: str, may: bool) -> None:
    assert rules.can_have_goals(goals, own) is may


@pytest.mark.parametrize(("title", "may"), [("", False), (" \n", False), ("Ring Jo", True)])
def test_a_step_has_words(title: str, may: bool) -> None:
    assert rules.can_be_called(title) is may
    if may:
        rules.check_has_words(title)
    else:
        with pytest.raises(Refused, match="in a few words"):
            rules.check_has_words(title)


@pytest.mark.parametrize(
    ("zone", "weekday", "hour", "not_before", "due"),
    [
        (LONDON, 3, 8, None, datetime(2026, 12, 3, 8, tzinfo=UTC)),
        (LONDON, 0, 9, None, datetime(2026, 12, 7, 9, tzinfo=UTC)),  # not this very moment
        (LONDON, 0, 10, None, datetime(2026, 11, 30, 10, tzinfo=UTC)),
        (LONDON, 0, 8, None, datetime(2026, 12, 7, 8, tzinfo=UTC)),  # over for today
        (LONDON, 3, 8, date(2026, 12, 7), datetime(2026, 12, 10, 8, tzinfo=UTC)),
        (LONDON, 0, 8, date(2026, 11, 1), datetime(2026, 12, 7, 8, tzinfo=UTC)),  # a day behind us holds nobody up
        (LONDON, 0, 8, date(2027, 6, 1), datetime(2027, 6, 7, 7, tzinfo=UTC)),  # eight in summer, too
        (AUCKLAND, 0, 8, None, datetime(2026, 12, 6, 19, tzinfo=UTC)),  # there it is ten at night
        (AUCKLAND, 1, 8, None, datetime(2026, 11, 30, 19, tzinfo=UTC)),
    ],
)
def test_the_next_time(zone: str, weekday: int, hour: int, not_before: date | None, due: datetime) -> None:
    assert weekly.next_time(MONDAY, zone, weekday=weekday, hour=hour, not_before=not_before) == due


def test_weeks_begin_on_monday_by_ones_own_clock() -> None:
    assert weekly.next_week(MONDAY, LONDON) == date(2026, 12, 7)
    sunday_night = datetime(2026, 11, 29, 23, tzinfo=UTC)
    assert weekly.next_week(sunday_night, LONDON) == date(2026, 11, 30)
    assert weekly.next_week(sunday_night, AUCKLAND) == date(2026, 12, 7)
    assert weekly.week_of(sunday_night, LONDON) == "2026-48"
    assert weekly.week_of(sunday_night, AUCKLAND) == "2026-49"
    assert weekly.week_of(datetime(2027, 1, 1, tzinfo=UTC), LONDON) == "2026-53"


def test_late_and_away() -> None:
    assert not weekly.is_late(MONDAY, MONDAY + timedelta(hours=12))
    assert weekly.is_late(MONDAY, MONDAY + timedelta(hours=12, seconds=1))
    assert weekly.is_away(paused=True, until=None, today=TODAY)
    assert weekly.is_away(paused=True, until=TODAY + timedelta(days=1), today=TODAY)
    assert not weekly.is_away(paused=True, until=TODAY, today=TODAY)
    assert not weekly.is_away(paused=False, until=None, today=TODAY)


@pytest.mark.parametrize(("days", "may"), [(None, True), (1, True), (366, True), (0, False), (-3, False), (367, False)])
def test_a_pause_is_open_or_ends_within_a_year(days: int | None, may: bool) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    assert weekly.can_pause(until, TODAY) is may


def test_a_mixture_says_the_heaviest_first() -> None:
    said = mixture_in_lines({"start_from_your_role": 0, "work_out_loud": 30, "take_control": 70})
    assert said == [
        "Take control (your own devices and settings first): most of the mix",
        "Work out loud (say what you learn, ask, and wait for answers): about a third of the mix",
    ]


@pytest.mark.parametrize(
    ("needs", "goals", "served"),
    [
        ({"safety", "settings"}, ("save_money", "keep_people_safe"), "keep_people_safe"),
        ({"data"}, ("improve_a_service", "save_money"), "save_money"),
        ({"team", "asking"}, ("save_money", "win_trust"), "win_trust"),
        ({"team", "asking"}, ("save_money",), "save_money"),
        ({"time"}, ("improve_a_service", "win_trust"), "improve_a_service"),
        ({"time"}, (), ""),
        ({"safety", "settings"}, ("grow_support", "win_trust"), "win_trust"),
        ({"safety", "settings"}, ("improve_a_service", "keep_people_safe"), "keep_people_safe"),
        ({"audience", "listening"}, ("keep_people_safe", "improve_a_service"), "improve_a_service"),
        ({"asking"}, ("own", "change_how_we_work"), "change_how_we_work"),
        ({"writing"}, ("own", "save_money"), "own"),
        ({"data"}, ("improve_a_service", "own"), "own"),
        ({"data"}, ("improve_a_service", "something_else"), "something_else"),
        ({"listening"}, ("improve_a_service", "own"), "improve_a_service"),
    ],
)
def test_a_step_serves_the_goal_it_is_closest_to(needs: set[str], goals: tuple[str, ...], served: str) -> None:
    assert goal_served(needs, goals) == served


def test_an_end_of_something_never_done_is_found_and_own_words_are_left_alone() -> None:
    texts = step_pack().texts
    end = Item(step="say-you-did-it", ends=True)
    secured = Item(step="two-steps-for-your-email")
    for there, gone in ((PlanSheet(items=(end,)), True), (PlanSheet(items=(end, secured)), False)):
        assert rules.is_of_something_never_done(end, there, texts) is gone
    done = PlanSheet(items=(end, replace(secured, state=DONE)))
    skipped = PlanSheet(items=(end, replace(secured, state=SKIPPED)))
    assert not rules.is_of_something_never_done(end, done, texts)
    assert rules.is_of_something_never_done(end, skipped, texts)
    for kept in (replace(end, title="Tell Jo"), replace(end, how="By hand"), Item(step="gone", ends=True)):
        assert not rules.is_of_something_never_done(kept, skipped, texts)


@pytest.mark.parametrize(
    ("goals", "served"),
    [(("win_trust", "save_money"), ""), (("win_trust", "keep_people_safe"), "keep_people_safe"), ((), "")],
)
def test_what_takes_up_a_worry_serves_a_goal_directly_or_the_worry_itself(goals: tuple[str, ...], served: str) -> None:
    needs = step_pack().texts["two-steps-for-your-email"].needs
    assert goal_of_step("two-steps-for-your-email", needs, goals) == served
    assert goal_of_step("another", needs, goals) == goal_served(needs, goals)


def test_what_was_said_in_own_words_is_served_by_one_of_the_steps() -> None:
    steps: list[tuple[str, set[str]]] = [
        ("one", {"audience", "listening"}),
        ("two", {"listening"}),
        ("two-steps-for-your-email", {"safety"}),
    ]
    assert goals_of_steps(steps, ("improve_a_service",)) == ["improve_a_service", "improve_a_service", ""]
    for own in ("own", "something_else"):
        assert goals_of_steps(steps, ("improve_a_service", own)) == ["improve_a_service", own, ""]
        assert goals_of_steps(steps, (own,)) == [own, own, ""]
        assert goals_of_steps(steps[2:], (own,)) == [""], "a worry is not made a goal"
    assert goals_of_steps([], ("own",)) == []


def test_what_may_follow_a_question_is_in_the_pack() -> None:
    texts = step_pack().texts
    for step_id, (came, none_yet) in rules.ASKS.items():
        assert {step_id, *came, *none_yet} <= texts.keys()
        assert step_id not in (*came, *none_yet)


def test_a_step_that_asked_waits_for_an_answer_and_something_follows() -> None:
    asked = Item(step="ask-the-team", state=DONE, answer=CAME)
    assert rules.asks_somebody(asked)
    for other in (replace(asked, state="todo"), replace(asked, title="My own"), replace(asked, step="wait-a-day")):
        assert not rules.asks_somebody(other)
    came, none_yet = rules.ASKS["ask-the-team"]
    assert rules.next_after(asked, PlanSheet()) == came[0]
    assert rules.next_after(asked, PlanSheet(items=(Item(step=came[0]),))) == came[1]
    assert rules.next_after(asked, PlanSheet(items=tuple(Item(step=one) for one in came))) == ""
    assert rules.next_after(replace(asked, answer=NONE_YET), PlanSheet()) == none_yet[0]
    assert rules.next_after(replace(asked, step="gone"), PlanSheet()) == ""


def test_the_oldest_question_whose_day_has_come_is_looked_at() -> None:
    def asked(look_on: str) -> Item:
        return Item(step="ask-the-team", state=DONE, on="2026-11-20", look_on=look_on)

    later, due, older = asked((TODAY + timedelta(days=1)).isoformat()), asked(TODAY.isoformat()), asked("2026-11-21")
    assert PlanSheet(items=(later, asked(""))).to_look_at(TODAY) is None
    assert PlanSheet(items=(later, due, older)).to_look_at(TODAY) == older
    assert PlanSheet(items=(replace(older, state="todo"), due)).to_look_at(TODAY) == due


def test_every_worry_is_worth_something_in_words() -> None:
    assert set(WORTH) == set(WORRIES)
    assert worry_taken_up("check-your-way-back-in") == "security"
    assert worry_taken_up("ask-the-team") == ""
