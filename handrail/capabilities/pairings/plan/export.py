"""Private text for its reader's own export, in the words of the pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest

from handrail.capabilities.pairings.plan import queries
from handrail.capabilities.pairings.plan.models import KeptAlone, Plan, SeenTogether
from handrail.capabilities.pairings.plan.presenters import goals_in_words, text_of, title_of
from handrail.capabilities.pairings.plan.seen.queries import sheet_in as seen_in
from handrail.capabilities.pairings.plan.sheet import Item, PlanSheet
from handrail.capabilities.starting_point.queries import SEEN
from handrail.foundation.lifecycle.registry import Read


def plans_to_read(request: HttpRequest) -> Iterator[Read]:
    """The signed-in person's own plan, and those that leaders made theirs and the leader's, while the pairing runs."""
    vault = queries.opened(request)
    pairs = Q(pairing__mentor__account=vault.account_id, pairing__state__in=queries.RUNNING)
    for row in Plan.objects.filter(Q(account=vault.account_id) | pairs).select_related("pairing").order_by("pk"):
        sheet = queries.sheet_in(vault, row)
        yield Read(row, {"sheet": None if sheet is None else plan_in_words(sheet)})


def plan_in_words(sheet: PlanSheet) -> str:
    """Its goals, and every step with what became of it."""
    return "\n".join([goals_in_words(sheet), *(_item_in_words(sheet, one) for one in sheet.items)])


def _item_in_words(sheet: PlanSheet, item: Item) -> str:
    goal = text_of(sheet, item).goal
    parts = (item.state, item.on, title_of(item), item.how, goal, item.not_before, item.line)
    return " · ".join(part for part in parts if part)


def alone_to_read(request: HttpRequest) -> Iterator[Read]:
    """What the signed-in person kept alone of their plan."""
    vault = queries.opened(request)
    for row in KeptAlone.objects.filter(account=vault.account_id):
        sheet = queries.alone_in(vault)
        lines = [*sheet.lines.values(), *(_item_in_words(PlanSheet(), one) for one in sheet.kept)]
        yield Read(row, {"sheet": "\n".join(lines)})


def seen_to_read(request: HttpRequest) -> Iterator[Read]:
    """What was seen together in the signed-in person's pairings, by either of the two."""
    vault = queries.opened(request)
    mine = Q(pairing__leader__account=vault.account_id) | Q(pairing__mentor__account=vault.account_id)
    for row in SeenTogether.objects.filter(mine).order_by("pk"):
        sheet = seen_in(vault, row)
        lines = [f"{one.on} · {one.by} · {SEEN.get(one.what, one.what)}" for one in sheet.sightings] if sheet else None
        yield Read(row, {"sheet": None if lines is None else "\n".join(lines)})
