"""One step in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan import rules
from handrail.capabilities.pairings.plan.presenters import (
    SHOWN_DONE,
    Offer,
    StepText,
    address_of_step,
    answers_to_tap,
    day_in_words,
    offers_of,
    title_of,
)
from handrail.capabilities.pairings.plan.sheet import CAME, DONE, NONE_YET, SKIPPED, Item
from handrail.capabilities.starting_point.queries import step_pack
from handrail.design.parts import Choice
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.pairings.plan.queries import OpenPlan

SOON, WEEK = 2, 7  # days until one looks for answers
DAYS = {"week": 7, "fortnight": 14, "month": 28}


def state_in_words(item: Item) -> str:
    if rules.asks_somebody(item) and item.day:
        return _("Asked on %(day)s.") % {"day": day_in_words(item.day)}
    if item.state == DONE and item.day:
        return _("Done on %(day)s.") % {"day": day_in_words(item.day)}
    if item.state == SKIPPED:
        return _("Not for you. It is not offered again.")
    if item.waits_until is not None and item.waits(clock.today()):
        return _("Moved to %(day)s.") % {"day": day_in_words(item.waits_until)}
    return ""


def comes_after(plan: OpenPlan, item: Item) -> list[str]:
    """Titles of the steps of this plan, still to do, that this one speaks of."""
    texts = step_pack().texts
    earlier = texts[item.step].after if item.step in texts else ()
    return [title_of(one) for one in plan.sheet.todo if one.step in earlier]


def follows_from(plan: OpenPlan, item: Item) -> tuple[str, list[str]]:
    """For what the plan ends in, what there is to pass on: the steps it speaks of, or else those done last."""
    if not item.ends:
        return "", []
    texts = step_pack().texts
    earlier = texts[item.step].after if item.step in texts else ()
    done = [one for one in plan.sheet.done if not one.ends]
    if earlier:
        return _("It follows from what you did:"), [title_of(one) for one in done if one.step in earlier]
    return _("What you did last. Pass on what you like of it:"), [title_of(one) for one in reversed(done[-SHOWN_DONE:])]


def opens_from(plan: OpenPlan, item: Item, text: StepText) -> str:
    """The part of a walk-through that helps with it, which leads back to this step; or where else its page leads."""
    texts = step_pack().texts
    if item.step in texts and texts[item.step].part:
        return f"{text.opens}?{urlencode({'step': address_of_step(plan, item)})}"
    return text.opens


@dataclass(frozen=True)
class Waiting:
    """Where a step that asked somebody stands: whether to look for answers, and what helps next. `offer`: its step."""

    heading: str
    text: str
    label: str = ""
    taps: list[Choice] = field(default_factory=list)
    offer: Offer | None = None


def waiting_of(plan: OpenPlan, item: Item) -> Waiting | None:
    """None for a step that asks nobody, and for the mentor: looking for answers is the leader's."""
    if not rules.is_leaders(plan.side) or not rules.asks_somebody(item):
        return None
    if item.looks_on is not None and item.looks_on <= clock.today():
        return Waiting(_("Did anybody answer?"), "", _("Did anybody answer?"), answers_to_tap())
    if item.looks_on is not None:
        day = {"day": day_in_words(item.looks_on)}
        words = _("Home asks on %(day)s. Tap before then if you know already.") % day
        return Waiting(_("Whether anybody answers"), words, _("Did anybody answer?"), answers_to_tap())
    if item.answer == CAME:
        words = _("Thank each one, and say what you will do with it. That is what makes people answer again.")
        return Waiting(_("Somebody answered"), words, offer=_offered_after(plan, item))
    if item.answer == NONE_YET:
        words = _(
            "It says little about you: people pass over what is asked of all. One person, by name, often answers."
        )
        again = [Choice("look_in_a_week", _("Look again in a week"))]
        return Waiting(_("Nobody yet"), words, _("Look again"), again, _offered_after(plan, item))
    soon = [
        Choice("look_soon", _("In two days")),
        Choice("look_in_a_week", _("In a week")),
        Choice("no_look", _("No need")),
    ]
    words = _("Home asks you then, once. No message is sent.")
    return Waiting(_("When will you look for answers?"), words, _("When will you look for answers?"), soon)


def _offered_after(plan: OpenPlan, item: Item) -> Offer | None:
    offers = offers_of([rules.next_after(item, plan.sheet)]) if rules.can_add(plan.sheet) else []
    return offers[0] if offers else None


def moves(item: Item) -> list[Choice]:
    """Behind the others, or to a day; what the plan ends in is last already."""
    behind = [] if item.ends else [Choice("behind", _("After the other steps"))]
    return [
        *behind,
        Choice("week", _("Next week")),
        Choice("fortnight", _("In two weeks")),
        Choice("month", _("In four weeks")),
    ]


def day_of_move(chosen: str) -> date | None:
    """None: behind the others."""
    return clock.today() + timedelta(days=DAYS[chosen]) if chosen in DAYS else None


def moved_in_words(to: date | None) -> str:
    return _("Moved to %(day)s.") % {"day": day_in_words(to)} if to else _("Moved behind the other steps.")


def line_in_words(plan: OpenPlan, item: Item, alone: str) -> str:
    """Who reads the line that is there."""
    if item.line and plan.other is not None:
        return _("Readable by you and %(name)s.") % {"name": plan.other.name}
    return _("Readable by you only.") if alone else ""
