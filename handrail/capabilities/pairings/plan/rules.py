"""Who may do what with a plan and its steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan.sheet import DONE, SKIPPED, TODO, Item, PlanSheet
from handrail.engines.approach import WORRY_STEPS
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.formats.steps import StepPiece

MOST_TODO = 8  # little and often: more than these is a list of debts
LONGEST_TITLE = 120
LONGEST_HOW = 1000
LONGEST_LINE = 500
LONGEST_GOAL = 200
MOST_GOALS = 3


def is_leaders(side: str) -> bool:
    return side == "leader"


def check_is_leaders(side: str) -> None:
    """What only the one whose plan it is says: done, not for me, what it is for, who sees it."""
    if not is_leaders(side):
        raise Refused(_("Only the one whose plan it is can say that."))


def check_can_add(sheet: PlanSheet) -> None:
    if len(sheet.todo) >= MOST_TODO:
        raise Refused(_("Eight steps are waiting, and that is plenty. Do one, or take one out, and then choose more."))


def can_add(sheet: PlanSheet) -> bool:
    return len(sheet.todo) < MOST_TODO


def check_still(item: Item | None, state: str) -> Item:
    """The step, if it is still in this state: somebody may have changed it in between."""
    if item is None or item.state != state:
        raise Refused(_("This step has changed in the meantime. Here is how it stands now."))
    return item


def can_do(item: Item, side: str) -> bool:
    return item.state == TODO and is_leaders(side)


def can_undo(item: Item, side: str) -> bool:
    return item.state in (DONE, SKIPPED) and is_leaders(side)


def can_move(item: Item) -> bool:
    """What the plan ends in stays its end."""
    return item.state == TODO and not item.ends


def check_can_move(item: Item) -> None:
    if not can_move(item):
        raise Refused(_("A plan ends in something passed on, so this one stays last. You can change it."))


def check_goals(goals: Sequence[str], own: str) -> None:
    if not goals and not own:
        raise Refused(_("Tap what fits, or say it in your own words. Nothing was changed."))
    if len(goals) > MOST_GOALS:
        raise Refused(_("Choose up to three: those that weigh most."))


def can_have_goals(goals: Sequence[str], own: str) -> bool:
    try:
        check_goals(goals, own)
    except Refused:
        return False
    return True


# What a step helps to that serves a goal directly, and what serves it too.
SERVED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "improve_a_service": (frozenset({"audience", "listening"}), frozenset({"data", "asking", "team"})),
    "save_money": (frozenset({"data"}), frozenset()),
    "keep_people_safe": (frozenset({"safety", "settings"}), frozenset({"data"})),
    "change_how_we_work": (frozenset({"team", "asking"}), frozenset({"time", "confidence", "data", "passing_on"})),
    "keep_good_staff": (frozenset({"team", "asking"}), frozenset({"listening", "confidence", "passing_on"})),
    "win_trust": (frozenset({"answering", "listening"}), frozenset({"safety", "writing", "audience", "confidence"})),
    "grow_support": (frozenset({"audience", "answering"}), frozenset({"writing", "listening", "passing_on"})),
    "get_through_hard_times": (frozenset({"team", "time"}), frozenset({"confidence", "safety", "listening"})),
}


def worry_taken_up(step_id: str) -> str:
    """The worry that this step of the pack takes up; empty for most."""
    return next((worry for worry, ids in WORRY_STEPS.items() if step_id in ids), "")


def goal_of_step(step_id: str, needs: Collection[str], goals: Sequence[str]) -> str:
    """As `goal_served`; what takes up a worry serves a goal only where it does so directly, else the worry."""
    goal = goal_served(needs, goals)
    directly, _too = SERVED_BY.get(goal, (frozenset(), frozenset()))
    return goal if directly.intersection(needs) or not worry_taken_up(step_id) else ""


def goal_served(needs: Collection[str], goals: Sequence[str]) -> str:
    """The goal that a step of these needs serves most directly, else the first; empty where there is none.

    Saving money stands behind the others: a question to the team in its name sounds like a cut.
    """

    def closeness(goal: str) -> tuple[int, bool]:
        directly, too = SERVED_BY.get(goal, (frozenset(), frozenset()))
        return 2 * len(directly.intersection(needs)) + len(too.intersection(needs)), goal != "save_money"

    return max(goals, key=closeness, default="")


def is_of_something_never_done(end: Item, sheet: PlanSheet, texts: Mapping[str, StepPiece]) -> bool:
    """Whether what the plan ends in speaks of a step that is neither done nor in the plan. Own words are the pair's."""
    if end.step not in texts or end.title or end.how:
        return False
    there = {one.step for one in (*sheet.done, *sheet.todo)}
    return any(one in texts and one not in there for one in texts[end.step].after)


def check_has_words(title: str) -> None:
    if not title.strip():
        raise Refused(_("Say in a few words what the step is. Nothing was saved, and nothing is lost."))


def can_be_called(title: str) -> bool:
    return bool(title.strip())
