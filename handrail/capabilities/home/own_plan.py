"""One's plan and meetings on home, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.home.queries import DoneBeside, Together
from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.queries import PlanAtAGlance
from handrail.design.dates import weekday_and_time_in_words
from handrail.design.parts import DONE, NOW, Step, Task
from handrail.foundation import clock

if TYPE_CHECKING:
    from datetime import datetime


def next_in_words(plan: PlanAtAGlance) -> tuple[str, str, str, str] | None:
    """Heading, text, button and address of the next small step; None where there is none today."""
    if plan.shut:
        return (
            _("Your ten minutes"),
            _("Your plan is sealed. Open your private space on this device to see it."),
            _("Open your plan"),
            plan.address,
        )
    if plan.paused or plan.next is None:
        return None
    # not what it is for: others may see this screen, and some steps serve a worry
    return (plan.next.title, plan.next.minutes, _("Open this step"), plan.next.href)


def plan_among_others(plan: PlanAtAGlance) -> Task:
    hint = plan.paused or plan.nothing_today or _("Every step, done and to come")
    return Task(_("Your plan"), plan.address, hint=_("Sealed for you") if plan.shut else hint)


def done_beside(beside: DoneBeside) -> list[Step]:
    """What was done beside the plan: how many, never which."""
    steps = []
    if number := beside.small_things:
        words = ngettext(
            "%(count)d small thing for your own accounts", "%(count)d small things for your own accounts", number
        )
        steps.append(Step(words % {"count": number}, DONE, reverse("walkthroughs")))
    if number := beside.decisions:
        words = ngettext("A decision", "%(count)d decisions", number)
        day = date_format(beside.last_decision, "j F") if beside.last_decision else ""
        steps.append(Step(words % {"count": number}, DONE, reverse("decisions"), note=day, said=_("Brought")))
    return steps


def with_done(plan: PlanAtAGlance, done: list[Step], *, says_next: bool) -> PlanAtAGlance:
    """The plan with these on its rail, behind its own steps that are done; and the next, unless it is said above."""
    behind = [one for one in plan.rail if one.state == DONE]
    to_come = [one for one in plan.rail if one.state != DONE]
    words = next_in_words(plan) if says_next and all(one.state != NOW for one in to_come) else None
    now = [Step(words[0], NOW, words[3], note=words[1])] if words else []
    return replace(plan, rail=[*behind, *done, *now, *to_come])


def meeting_in_words(meets_at: datetime) -> str:
    return weekday_and_time_in_words(timezone.localtime(meets_at))


def meetings_in_words(own_pairings: list[Together]) -> list[Task]:
    """The next session of each pairing, and the times that the other offers besides."""
    said = []
    for one in own_pairings:
        other = {"other": one.own.other.name}
        if one.times.meets_at is None or one.own.pairing.state != rules.State.AGREED:
            continue
        here = reverse("pairing", args=[one.own.pairing.pk])
        said.append(Task(_("You meet %(other)s") % other, here, hint=meeting_in_words(one.times.meets_at)))
        if one.times.by_other(one.own.side):
            times = reverse("session_times", args=[one.own.pairing.pk])
            said.append(Task(_("%(other)s offers another time") % other, times, hint=_("To choose, or leave")))
    return said


def is_today(together: Together) -> bool:
    meets_at = together.times.meets_at
    return meets_at is not None and timezone.localdate(meets_at) == clock.today()
