"""Reads of plans. A plan is opened with the key of its leader, or of the mentor once it is the pair's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.pairings import rules as pairing_rules
from handrail.capabilities.pairings.plan.models import KeptAlone, Plan
from handrail.capabilities.pairings.plan.seen.queries import observations_in, observations_of
from handrail.capabilities.pairings.plan.sheet import AloneSheet, Item, PlanSheet, alone_from, plan_from
from handrail.capabilities.starting_point.queries import (
    GOALS,
    Since,
    opened,
    opened_if_it_is,
    own_sheet,
    sheet_of,
    step_pack,
)
from handrail.capabilities.starting_point.rules import OWN, UNNAMED, in_short
from handrail.engines.approach import Answers, Progress, Suggestion, suggest
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.faults import NotShared
from handrail.foundation.vault.texts import OpenVault, open_ahead, open_conversation, read, to_read

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.pairings.plan.seen.sheet import Sighting
    from handrail.capabilities.pairings.queries import OwnPairing
    from handrail.capabilities.people.models import Person

__all__ = ["opened"]

ON_REQUEST = "_own_plan"
ALONE = ("alone_id", "alone_conversation_id", "alone_sheet")
RUNNING = pairing_rules.RUNNING


@dataclass(frozen=True)
class OpenPlan:
    """A plan while one request lasts. `shut`: this person's present key does not open it."""

    row: Plan
    side: str
    vault: OpenVault = field(repr=False)
    sheet: PlanSheet
    shut: bool = False

    @property
    def is_the_pairs(self) -> bool:
        return self.row.pairing_id is not None

    @property
    def other(self) -> Person | None:
        """The other of the two, once the plan is theirs."""
        pairing = self.row.pairing
        if pairing is None:
            return None
        return pairing.mentor if self.side == "leader" else pairing.leader

    @property
    def address(self) -> str:
        return address_of(self.row, self.side)

    def item(self, item_id: UUID) -> Item:
        found = self.sheet.item(str(item_id))
        if found is None:
            raise Http404
        return found


def address_of(row: Plan, side: str) -> str:
    return reverse("plan") if side == "leader" else reverse("plan_of_the_pair", args=[row.pk])


def own_row(request: HttpRequest) -> Plan | None:
    """The signed-in person's own plan, unopened; read once a request."""
    if not hasattr(request, ON_REQUEST):
        setattr(request, ON_REQUEST, next(iter(_own_rows(int(request.user.pk or 0))), None))
    found: Plan | None = getattr(request, ON_REQUEST)
    return found


def forget_row(request: HttpRequest) -> None:
    """It was changed in this request: read it again when it is next asked for."""
    request.__dict__.pop(ON_REQUEST, None)


@prepared
def _own_rows(account_id: int) -> QuerySet[Plan]:
    """With what the leader keeps alone, as it lies there."""
    rows = Plan.objects.filter(account=account_id).select_related("pairing__leader", "pairing__mentor")
    alone = {name: F(f"account__kept_alone__{name.removeprefix('alone_')}") for name in ALONE}
    return rows.annotate(**alone)


def row_of_pairing(pairing_id: int) -> Plan | None:
    """The plan of this pair, unopened, where the leader made theirs the pair's."""
    return next(iter(_rows_of_pairing(pairing_id)), None)


@prepared
def _rows_of_pairing(pairing_id: int) -> QuerySet[Plan]:
    return Plan.objects.filter(pairing=pairing_id).select_related("pairing__leader", "pairing__mentor")


def address_for_pair(own: OwnPairing) -> str:
    """Where this pair's plan is looked at, while they work together; empty where the leader keeps theirs alone."""
    row = row_of_pairing(own.pairing.pk) if own.pairing.state in RUNNING else None
    return address_of(row, own.side) if row else ""


def own_plan(request: HttpRequest) -> OpenPlan:
    """The signed-in person's own plan, open."""
    row = own_row(request)
    if row is None:
        raise Http404
    return _opened(row, "leader", opened(request))


def plan_of(vault: OpenVault) -> OpenPlan:
    """The same for whoever has no request."""
    (row,) = _own_rows(vault.account_id)
    return _opened(row, "leader", vault)


def plan_of_mentor(vault: OpenVault, plan_id: UUID) -> OpenPlan:
    """One pair's plan for its mentor, without a request."""
    (row,) = _rows_of_mentor(plan_id, vault.account_id)
    return _opened(row, "mentor", vault)


def own_plan_if_open(request: HttpRequest, *, beside: int | None = None) -> OpenPlan | None:
    """The same for a page that asks nobody to open anything. `beside`: a conversation that it opens as well."""
    row, vault = own_row(request), opened_if_it_is(request)
    if row is not None and vault is not None and beside is not None:
        open_ahead(vault, row.conversation_id, beside)
    return _opened(row, "leader", vault) if row is not None and vault is not None else None


def row_called(request: HttpRequest, plan_id: UUID) -> tuple[Plan, str]:
    """One plan, unopened, for its leader, or for the mentor of the pair it belongs to; and which of them this is.

    To everybody else it does not exist.
    """
    row = own_row(request)
    if row is not None and row.pk == plan_id:
        return row, "leader"
    for found in _rows_of_mentor(plan_id, int(request.user.pk or 0)):
        if found.pairing is not None and found.pairing.state in RUNNING:
            return found, "mentor"
    raise Http404


def plan_called(request: HttpRequest, plan_id: UUID) -> OpenPlan:
    """The same, open."""
    row, side = row_called(request, plan_id)
    return _opened(row, side, opened(request))


@prepared
def _rows_of_mentor(plan_id: UUID, account_id: int) -> QuerySet[Plan]:
    found = Plan.objects.filter(pk=plan_id, pairing__mentor__account=account_id, pairing__mentor__left_on__isnull=True)
    return found.select_related("pairing__leader", "pairing__mentor")


def _opened(row: Plan, side: str, vault: OpenVault) -> OpenPlan:
    found = sheet_in(vault, row)
    return OpenPlan(row, side, vault, found or PlanSheet(), shut=found is None)


def plans_read_by(request: HttpRequest) -> list[Plan]:
    """The plans of leaders whose mentor the signed-in person is, unopened."""
    rows = _rows_read_by(int(request.user.pk or 0))
    return [one for one in rows if one.pairing is not None and one.pairing.state in RUNNING]


@prepared
def _rows_read_by(account_id: int) -> QuerySet[Plan]:
    found = Plan.objects.filter(pairing__mentor__account=account_id, pairing__mentor__left_on__isnull=True)
    return found.select_related("pairing__leader", "pairing__mentor")


def sheet_in(vault: OpenVault, row: Plan) -> PlanSheet | None:
    """The row's sheet; None where this person began again with a new key, and it was sealed before."""
    try:
        return plan_from(read(open_conversation(vault, row.conversation_id), row, "sheet"))
    except NotShared:
        return None


def alone_in(vault: OpenVault) -> AloneSheet:
    """What the leader keeps alone; empty where there is nothing, or its key is lost for good."""
    return _alone(vault, KeptAlone.objects.filter(account=vault.account_id).first())


def alone_beside(row: Plan, vault: OpenVault) -> AloneSheet:
    """The same, of the leader whose own row this is, without asking for it again."""
    held: Any = row
    if held.alone_id is None:
        return AloneSheet()
    kept = KeptAlone(pk=held.alone_id, conversation_id=held.alone_conversation_id, sheet=held.alone_sheet)
    return _alone(vault, kept)


def _alone(vault: OpenVault, row: KeptAlone | None) -> AloneSheet:
    if row is None:
        return AloneSheet()
    try:
        return alone_from(read(open_conversation(vault, row.conversation_id), row, "sheet"))
    except NotShared:
        return AloneSheet()


def since_then(vault: OpenVault, beside: int | None = None) -> Since:
    """For the starting point: what became of it since. The settings name this function."""
    vault = to_read(vault)
    row = next(iter(_own_rows(vault.account_id)), None)
    if row is not None and beside is not None:
        open_ahead(vault, row.conversation_id, beside)
    sheet = sheet_in(vault, row) if row is not None else None
    # One that nobody can open any more is none; the pair's can still be given back by the other.
    there = row is not None and (sheet is not None or row.pairing_id is not None)
    return Since(observations_of(vault), _progress(vault, row, sheet), reverse("plan") if there else "")


def _progress(vault: OpenVault, row: Plan | None, sheet: PlanSheet | None) -> Progress:
    return progress_of(sheet or PlanSheet(), alone_beside(row, vault)) if row is not None else Progress()


def progress_of(sheet: PlanSheet, alone: AloneSheet) -> Progress:
    kept = PlanSheet(items=alone.kept).progress
    held = sheet.progress
    return Progress(done=held.done | kept.done, skipped=held.skipped | kept.skipped, planned=held.planned)


def suggestion_for(plan: OpenPlan, further: int | None) -> Suggestion:
    """What would help next. The leader's own answers count for the leader only; a mentor has what is in the plan."""
    if plan.side == "leader":
        progress = progress_of(plan.sheet, alone_beside(plan.row, plan.vault))
        return _suggested(plan.vault, progress, further=further)
    return suggest(Answers(), (), step_pack().steps, plan.sheet.progress, further=further)


def suggestion_of(vault: OpenVault | None, sheet: PlanSheet) -> Suggestion:
    """The first steps and the last, for a leader whose plan stands like this; without a key, from the plan alone."""
    if vault is None:
        return suggest(Answers(), (), step_pack().steps, sheet.progress, further=0)
    return _suggested(vault, progress_of(sheet, alone_in(vault)), further=0)


def _suggested(vault: OpenVault, progress: Progress, *, further: int | None) -> Suggestion:
    return suggest(sheet_of(vault).answers, observations_of(vault), step_pack().steps, progress, further=further)


def suggestion_since(request: HttpRequest, sightings: list[Sighting]) -> Suggestion:
    """What would help the signed-in leader, with how each thing seen moved it."""
    vault, row = opened(request), own_row(request)
    progress = _progress(vault, row, sheet_in(vault, row) if row is not None else None)
    answers = own_sheet(request).answers
    return suggest(answers, observations_in(sightings), step_pack().steps, progress, further=0)


def steps_on_offer(plan: OpenPlan, most: int, need: str = "") -> list[str]:
    """Ids of the pack's steps that are not in the plan, best first; of one need where it is named."""
    enough = most + len(plan.sheet.steps)  # laying out all of them takes ten times as long
    suggestion = suggestion_for(plan, further=None if need else enough)
    needs = {one.id: one.needs for one in step_pack().steps}
    offers = [one.id for one in (*suggestion.first, *suggestion.further, *filter(None, [suggestion.last]))]
    return [one for one in offers if one not in plan.sheet.steps and (not need or need in needs[one])][:most]


def goals_told(vault: OpenVault) -> tuple[tuple[str, ...], str]:
    """The goals of the role, from the leader's own starting point: what was tapped, and own words."""
    return sheet_of(vault).goals


def goal_in_words(sheet: PlanSheet, goal: str) -> str:
    """A goal as it was chosen, or in own words; empty where the step serves none yet."""
    if goal == OWN:
        return in_short(sheet.own_goal)
    if goal == UNNAMED:
        return _("What you named as something else")
    return str(GOALS[goal]) if goal in GOALS else ""
