"""The plan goes to the pair by its leader's act, and comes home by their act or when the pairing is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan import queries, rules
from handrail.capabilities.pairings.plan.actions import change_alone
from handrail.capabilities.pairings.plan.models import Plan
from handrail.capabilities.pairings.plan.sheet import DONE, TODO, PlanSheet
from handrail.capabilities.starting_point.actions import SUBJECT
from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import open_conversation, own_conversation, padded, write

if TYPE_CHECKING:
    from handrail.capabilities.accounts.requests import SignedInRequest
    from handrail.capabilities.pairings.plan.queries import OpenPlan
    from handrail.foundation.vault.texts import OpenVault

WITH_DONE, WITH_LINES = "done", "lines"


def as_the_pair_sees(plan: OpenPlan, parts: Sequence[str]) -> PlanSheet:
    """What goes along: the steps to do; those done, and the lines on them, only where the leader says so.

    What is not for the leader stays theirs: it is nobody's business what somebody would rather not do.
    """
    lines = queries.alone_in(plan.vault).lines if WITH_LINES in parts else {}
    kept = [
        replace(one, line=lines.get(one.id, ""))
        for one in plan.sheet.items
        if one.state == TODO or (one.state == DONE and WITH_DONE in parts)
    ]
    return replace(plan.sheet, items=tuple(kept))


@transaction.atomic
def make_it_the_pairs(*, by: OpenPlan, pairing: Pairing, parts: Sequence[str]) -> None:
    """Seal it for the two. What stays behind is kept alone."""
    rules.check_is_leaders(by.side)
    if by.is_the_pairs or by.shut or pairing.conversation_id is None:
        raise Refused(_("This cannot be sealed for the two of you yet. Nothing was shared."))
    shared = as_the_pair_sees(by, parts)
    there = {one.id for one in shared.items}
    behind = tuple(one for one in by.sheet.items if one.id not in there)
    change_alone(by.vault, lambda sheet: replace(sheet, kept=(*sheet.kept, *behind)))
    row = Plan.objects.select_for_update().get(pk=by.row.pk)
    try:
        conversation = open_conversation(by.vault, pairing.conversation_id)
    except NotShared:
        raise Refused(_("This cannot be sealed for the two of you yet. Nothing was shared.")) from None
    row.pairing, row.conversation_id = pairing, conversation.id
    write(conversation, row, sheet=padded(shared.as_text()))
    row.save(update_fields=["pairing", "conversation", "sheet"])


@transaction.atomic
def take_home(*, account_id: int, vault: OpenVault) -> bool:
    """The leader's alone again, with what was kept alone meanwhile. Says whether it could be opened."""
    row = Plan.objects.select_for_update(of=("self",)).get(account=account_id)
    sheet = queries.sheet_in(vault, row)
    if sheet is None:
        return False
    kept = queries.alone_in(vault).kept
    ids = {one.id for one in sheet.items}
    whole = replace(sheet, items=(*(one for one in kept if one.id not in ids), *sheet.items))
    conversation = own_conversation(vault, SUBJECT)
    row.pairing, row.conversation_id = None, conversation.id
    write(conversation, row, sheet=padded(whole.as_text()))
    row.save(update_fields=["pairing", "conversation", "sheet"])
    change_alone(vault, lambda alone: replace(alone, kept=()))
    return True


def take_home_if_over(request: SignedInRequest) -> str:
    """Called by the pages of somebody's own plan: once the pairing is over the plan is theirs alone again.

    Returns what to tell them; empty where nothing happened.
    """
    row = queries.own_row(request)
    if row is None or row.conversation_id is None or not _is_over(row):
        return ""
    if not take_home(account_id=row.account_id, vault=queries.opened(request)):
        return ""
    queries.forget_row(request)
    return _("Your plan is yours alone again.")


def _is_over(row: Plan) -> bool:
    return row.pairing is not None and row.pairing.state not in queries.RUNNING
