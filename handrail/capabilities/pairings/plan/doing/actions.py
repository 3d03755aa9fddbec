"""What becomes of one step. Nothing here leaves a trace outside the sealed sheet but a note put off by a week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.pairings.plan import rules
from handrail.capabilities.pairings.plan.actions import change_alone, change_plan, with_end
from handrail.capabilities.pairings.plan.sheet import DONE, SKIPPED, TODO, Item, PlanSheet
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.pairings.plan.queries import OpenPlan


@transaction.atomic
def do_step(*, by: OpenPlan, item_id: str, on: date | None = None) -> None:
    """Done, today unless another day is said. While others are to do, one that ended the plan gets a successor."""
    rules.check_is_leaders(by.side)

    def done(sheet: PlanSheet) -> PlanSheet:
        item = rules.check_still(sheet.item(item_id), TODO)
        changed = sheet.with_item(replace(item, state=DONE, on=(on or clock.today()).isoformat(), not_before=""))
        return with_end(by.vault, changed) if changed.todo else changed

    change_plan(by, done)


@transaction.atomic
def keep_line(*, by: OpenPlan, item_id: str, line: str, for_both: bool) -> None:
    """One line on what happened: the leader's alone, or for the pair where the leader says so."""
    rules.check_is_leaders(by.side)
    shared = line if for_both and by.is_the_pairs else ""
    alone = "" if shared else line

    def keep(sheet: PlanSheet) -> PlanSheet:
        return sheet.with_item(replace(rules.check_still(sheet.item(item_id), DONE), line=shared))

    change_plan(by, keep)
    change_alone(by.vault, lambda sheet: sheet.with_line(item_id, alone))


@transaction.atomic
def skip_step(*, by: OpenPlan, item_id: str) -> None:
    """Not for me: it is not offered again, and counts a little against what it belongs to."""
    rules.check_is_leaders(by.side)

    def skip(sheet: PlanSheet) -> PlanSheet:
        item = rules.check_still(sheet.item(item_id), TODO)
        changed = replace(item, state=SKIPPED, on=clock.today().isoformat(), not_before="", ends=False)
        return with_end(by.vault, sheet.with_item(changed))

    change_plan(by, skip)


@transaction.atomic
def look_later(*, by: OpenPlan, item_id: str, days: int) -> None:
    """Look for answers in so many days; none: not at all. Home says it on the day, and nothing else does."""
    on = (clock.today() + timedelta(days=days)).isoformat() if days else ""
    _answered(by, item_id, lambda item: replace(item, look_on=on))


@transaction.atomic
def note_answer(*, by: OpenPlan, item_id: str, answer: str) -> None:
    """Answers came, or there are none so far: home stops asking."""
    _answered(by, item_id, lambda item: replace(item, look_on="", answer=answer))


@transaction.atomic
def leave_it(*, by: OpenPlan, item_id: str) -> None:
    """Asking was not for them after all: as with any step that was not."""
    _answered(by, item_id, lambda item: replace(item, state=SKIPPED, on=clock.today().isoformat(), look_on=""))


def _answered(by: OpenPlan, item_id: str, change: Callable[[Item], Item]) -> None:
    rules.check_is_leaders(by.side)
    change_plan(by, lambda sheet: sheet.with_item(change(rules.check_still(sheet.item(item_id), DONE))))


@transaction.atomic
def put_back(*, by: OpenPlan, item_id: str) -> None:
    """Not done after all, or for me after all: to do again."""
    rules.check_is_leaders(by.side)

    def back(sheet: PlanSheet) -> PlanSheet:
        item = sheet.item(item_id)
        item = rules.check_still(item, item.state if item and item.state != TODO else DONE)
        changed = replace(item, state=TODO, on="", line="", look_on="", answer="", ends=item.ends and sheet.end is None)
        return with_end(by.vault, sheet.with_item(changed))

    change_plan(by, back)


@transaction.atomic
def move_step(*, by: OpenPlan, item_id: str, to: date | None) -> None:
    """To a day, or simply behind the others."""

    def move(sheet: PlanSheet) -> PlanSheet:
        item = rules.check_still(sheet.item(item_id), TODO)
        if to is not None:
            return sheet.with_item(replace(item, not_before=to.isoformat()))
        rules.check_can_move(item)
        return sheet.put_last(replace(item, not_before=""))

    change_plan(by, move)


@transaction.atomic
def change_step(*, by: OpenPlan, item_id: str, title: str, how: str, goal: str) -> None:
    """Own words instead of the pack's, and the goal it serves. Emptied words bring the pack's back."""

    def change(sheet: PlanSheet) -> PlanSheet:
        item = rules.check_still(sheet.item(item_id), TODO)
        if not item.step:
            rules.check_has_words(title)
        served = goal if goal in sheet.goals_chosen else item.goal
        return sheet.with_item(replace(item, title=title.strip(), how=how.strip(), goal=served))

    change_plan(by, change)


@transaction.atomic
def take_out(*, by: OpenPlan, item_id: str) -> None:
    """Out of the plan; it may be offered again. The plan still has an end, which speaks of what is in it."""

    def out(sheet: PlanSheet) -> PlanSheet:
        rules.check_can_move(rules.check_still(sheet.item(item_id), TODO))
        return with_end(by.vault if rules.is_leaders(by.side) else None, sheet.without(item_id))

    change_plan(by, out)
