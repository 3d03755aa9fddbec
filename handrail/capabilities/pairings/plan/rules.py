"""Who may do what with a plan and its steps."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan.sheet import DONE, SKIPPED, TODO, Item, PlanSheet
from handrail.engines.approach.rules import NEEDED
from handrail.foundation.access.refusal import Refused

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


def goal_served(needs: Collection[str], goals: Sequence[str]) -> str:
    """The goal that a step of these needs serves most directly, else the first; empty where there is none.

    Saving money stands behind the others: a question to the team in its name sounds like a cut.
    """

    def closeness(goal: str) -> tuple[int, bool]:
        shared = set(NEEDED.get(f"role_goal.{goal}", ())) - {"role_goal"}
        return len(shared.intersection(needs)), goal != "save_money"

    return max(goals, key=closeness, default="")


def check_has_words(title: str) -> None:
    if not title.strip():
        raise Refused(_("Say in a few words what the step is. Nothing was saved, and nothing is lost."))


def can_be_called(title: str) -> bool:
    return bool(title.strip())
