"""Beginning a plan, choosing steps, saying what they are for, going on, deleting. The audit trail is told nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan import queries, rules
from handrail.capabilities.pairings.plan.models import KeptAlone, Plan, WeeklyNote
from handrail.capabilities.pairings.plan.sheet import AloneSheet, Item, PlanSheet, plan_from
from handrail.capabilities.pairings.plan.weekly.actions import put_off_note
from handrail.capabilities.starting_point.actions import SUBJECT, let_rest
from handrail.capabilities.starting_point.queries import step_pack
from handrail.capabilities.starting_point.rules import UNNAMED, goal_of_step, goals_of_steps
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_conversation, own_conversation, padded, read, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.pairings.plan.queries import OpenPlan


@transaction.atomic
def begin_plan(*, by: Account, vault: OpenVault) -> Plan:
    """The first three steps and what the plan ends in, from what the leader told; an earlier plan is kept as it is."""
    row = Plan.objects.select_for_update().filter(account=by).first()
    if row is not None and queries.sheet_in(vault, row) is not None:
        return row
    conversation = own_conversation(vault, SUBJECT)
    row = row or Plan(account=by, begun_on=clock.today())
    row.conversation_id, row.pairing = conversation.id, None
    sheet = with_stretch(vault, PlanSheet().with_goals(*queries.goals_told(vault)))
    write(conversation, row, sheet=padded(sheet.as_text()))
    row.save()
    let_rest(by=by)
    return row


def with_stretch(vault: OpenVault, sheet: PlanSheet) -> PlanSheet:
    """The next three steps and a new end; where one of the three passes something on, it is the end."""
    texts = step_pack().texts
    ids = [one.id for one in queries.suggestion_of(vault, sheet).first if one.id not in sheet.steps]
    goals = goals_of_steps([(one, texts[one].needs) for one in ids], sheet.goals_chosen)
    for step_id, goal in zip(ids, goals, strict=True):
        ends = texts[step_id].passes_on and sheet.end is None
        sheet = sheet.with_item(Item(step=step_id, goal=goal, ends=ends))
    return with_end(vault, sheet)


def with_end(vault: OpenVault | None, sheet: PlanSheet) -> PlanSheet:
    """A plan ends in something passed on that follows from its steps: another, where the one it had does not any more.

    Where the pack has none left, it is said in words that are true of any plan. `vault`: the leader's, or none.
    """
    if sheet.end is not None:
        if not rules.is_of_something_never_done(sheet.end, sheet, step_pack().texts):
            return sheet
        sheet = sheet.without(sheet.end.id)
    last = queries.suggestion_of(vault, sheet).last
    chosen = last.id if last is not None and last.id not in sheet.steps else ""
    title = "" if chosen else _("Pass on one thing you learned")
    return sheet.with_item(Item(step=chosen, title=title, goal=_goal_of(chosen, sheet), ends=True))


def _goal_of(step_id: str, sheet: PlanSheet) -> str:
    texts = step_pack().texts
    return goal_of_step(step_id, texts[step_id].needs if step_id in texts else (), sheet.goals_chosen)


def change_plan(by: OpenPlan, change: Callable[[PlanSheet], PlanSheet]) -> PlanSheet:
    """Seal the changed sheet. Whatever the leader changes puts this week's note off. In the caller's transaction."""
    row = Plan.objects.select_for_update().get(pk=by.row.pk)
    try:
        conversation = open_conversation(by.vault, row.conversation_id)
        sheet = change(plan_from(read(conversation, row, "sheet")))
    except NotShared:
        raise Refused(_("Your key does not open this plan any more. Nothing was changed.")) from None
    write(conversation, row, sheet=padded(sheet.as_text()))
    row.save(update_fields=["sheet"])
    if rules.is_leaders(by.side):
        put_off_note(account_id=row.account_id)
    return sheet


def change_alone(vault: OpenVault, change: Callable[[AloneSheet], AloneSheet]) -> None:
    """Seal what the leader keeps alone. In the caller's transaction."""
    row = KeptAlone.objects.select_for_update().filter(account=vault.account_id).first()
    sheet = queries.alone_in(vault)
    row = row or KeptAlone(account_id=vault.account_id)
    conversation = own_conversation(vault, SUBJECT)
    row.conversation_id = conversation.id
    write(conversation, row, sheet=padded(change(sheet).as_text()))
    row.save()


@transaction.atomic
def choose_step(*, by: OpenPlan, step_id: str) -> Item:
    """One step of the pack into the plan, before its end."""
    return _added(by, Item(step=step_id, goal=_goal_of(step_id, by.sheet), by=by.side))


@transaction.atomic
def write_step(*, by: OpenPlan, title: str, how: str, goal: str) -> Item:
    """One step in own words."""
    rules.check_has_words(title)
    return _added(by, Item(title=title.strip(), how=how.strip(), goal=goal, by=by.side))


def _added(by: OpenPlan, item: Item) -> Item:
    def add(sheet: PlanSheet) -> PlanSheet:
        rules.check_can_add(sheet)
        if item.step and item.step in sheet.steps:
            raise Refused(_("This step is in the plan already."))
        return sheet.with_item(item)

    change_plan(by, add)
    return item


@transaction.atomic
def choose_goals(*, by: OpenPlan, goals: Sequence[str], own: str) -> None:
    """What the plan is for. Every step serves one of these: those of a goal that is gone, the one that is closest."""
    rules.check_is_leaders(by.side)
    rules.check_goals(goals, own)
    goals = [one for one in goals if one != UNNAMED or not own]  # once it is said, it is named

    def change(sheet: PlanSheet) -> PlanSheet:
        changed = sheet.with_goals(goals, own)
        for item in changed.items:
            if sheet.item(item.id) != item:
                changed = changed.with_item(replace(item, goal=_goal_of(item.step, changed)))
        return changed

    change_plan(by, change)


@transaction.atomic
def go_on(*, by: OpenPlan) -> None:
    """The end is done: three more steps, and a new end."""
    rules.check_is_leaders(by.side)

    def add(sheet: PlanSheet) -> PlanSheet:
        if sheet.todo:
            raise Refused(_("There are steps to do in your plan already."))
        return with_stretch(by.vault, sheet)

    change_plan(by, add)


@transaction.atomic
def delete_plan(*, by: Account) -> None:
    """Gone with what was kept alone and the weekly note. Whoever read it has read it; older backups expire."""
    WeeklyNote.objects.filter(account=by).delete()
    KeptAlone.objects.filter(account=by).delete()
    Plan.objects.filter(account=by).delete()
