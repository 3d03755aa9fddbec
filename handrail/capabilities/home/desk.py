"""Decisions on home: by their day, or by what their owner calls them; never by what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.home.next_thing import NextThing
from handrail.capabilities.starting_point.decisions.rules import is_asked_afterwards, is_before, is_soon
from handrail.foundation import clock

if TYPE_CHECKING:
    from datetime import date

    from handrail.capabilities.starting_point.decisions.queries import Ahead


WEEKS = timedelta(weeks=3)  # in which a decision comes before what waits for somebody else


@dataclass(frozen=True)
class Desk:
    """`near`: what may be the one next thing. `in_weeks`: with a day to prepare for. `in_passing`: among the others."""

    near: list[NextThing] = field(default_factory=list)
    in_weeks: list[NextThing] = field(default_factory=list)
    in_passing: list[NextThing] = field(default_factory=list)


def desk_of(ahead: Sequence[Ahead], *, no_time: bool) -> Desk:
    """Whoever has no time now begins with a decision: one whose day is near, or else any that waits for them."""
    today = clock.today()
    before = [one for one in ahead if is_before(one.day, today)]
    near = [one for one in before if is_soon(one.day, today)] or (before[:1] if no_time else [])
    asked = [of_questions(one, today) for one in near]
    later = [one for one in before if one not in near]
    in_weeks = [of_questions(one, today) for one in later if one.day - today <= WEEKS]
    later_still = [of_questions(one, today) for one in later if one.day - today > WEEKS]
    over = [of_looking_back(one) for one in ahead if is_asked_afterwards(one.day, today)]
    return Desk(asked or ([of_desk()] if no_time else []), in_weeks, [*later_still, *over])


def of_questions(one: Ahead, today: date) -> NextThing:
    day = _("today") if one.day == today else date_format(one.day, "l j F")
    words = _("%(day)s. Two minutes to read them again; only you can.") % {"day": day[:1].upper() + day[1:]}
    return NextThing(
        _("Your three questions for %(what)s") % {"what": one.called or day},
        words if one.called else _("Two minutes to read them again; only you can."),
        _("See the three"),
        reverse("decision", args=[one.id]),
    )


def of_looking_back(one: Ahead) -> NextThing:
    return NextThing(
        _("Was anything decided differently?"),
        _("%(what)s. One line for yourself, or one tap.") % {"what": one.called or date_format(one.day, "l j F")},
        _("Say it"),
        reverse("decision_outcome", args=[one.id]),
    )


def of_desk() -> NextThing:
    return NextThing(
        _("Bring one paper or decision"),
        _("You leave with three questions to ask. Two minutes, and nobody else reads it."),
        _("Bring it"),
        reverse("decisions"),
    )
