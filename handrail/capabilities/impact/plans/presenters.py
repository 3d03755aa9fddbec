"""Plans in words: what could be seen, who should begin when, and why one could not be made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.capabilities.impact.models import Plan
from handrail.capabilities.impact.presenters import MEASURE_NAMES, MEASURE_TITLES, ORDER, days, percent
from handrail.design.dates import date_in_words
from handrail.design.parts import Row

STATES = {
    Plan.State.WAITING: gettext_lazy("Being worked out"),
    Plan.State.READY: gettext_lazy("Not frozen yet"),
    Plan.State.FAILED: gettext_lazy("Could not be made"),
}


def plan_rows(plans: Sequence[Plan]) -> list[Row]:
    return [Row(title_of(one), state_of(one), _("Look"), reverse("impact_plan", args=[one.pk])) for one in plans]


def title_of(plan: Plan) -> str:
    return _("%(teams)s teams, %(weeks)s weeks") % {"teams": plan.teams, "weeks": plan.weeks}


def state_of(plan: Plan) -> str:
    if plan.frozen_on is not None:
        return _("Frozen on %(day)s") % {"day": date_in_words(plan.frozen_on)}
    return str(STATES[Plan.State(plan.state)])


def sentence(plan: Plan) -> str:
    """The one that counts: what could be seen with so many teams and weeks."""
    chosen = next(one for one in plan.content["sights"] if _is_chosen(one, plan))
    given = {"teams": plan.teams, "weeks": plan.weeks, "what": MEASURE_NAMES[plan.outcome]}
    if chosen["together"] is None:
        return _("With %(teams)s teams beginning, too few would be left to compare with.") % given
    words = _(
        "With these %(teams)s teams and %(weeks)s weeks you could see a change of %(size)s in %(what)s four times in "
        "five. In one team alone it would have to be %(alone)s."
    )
    return words % (given | {"size": percent(chosen["together"]), "alone": percent(chosen["alone"])})


def _is_chosen(sight: dict[str, Any], plan: Plan) -> bool:
    return (sight["outcome"], sight["units"], sight["weeks"]) == (plan.outcome, plan.teams, plan.weeks)


SIGHT_HEADERS = [
    gettext_lazy("Teams"),
    gettext_lazy("Weeks"),
    gettext_lazy("Seen in all together"),
    gettext_lazy("Seen in one team"),
]


def sight_rows(plan: Plan) -> list[list[str]]:
    """Half as many and twice as many teams and weeks as well, by the plan's measure."""
    sights = [one for one in plan.content["sights"] if one["outcome"] == plan.outcome]
    return [[str(one["units"]), str(one["weeks"]), _size(one["together"]), _size(one["alone"])] for one in sights]


def measure_rows(plan: Plan) -> list[Row]:
    """The other measures, with the same teams and weeks."""
    found = {
        one["outcome"]: one
        for one in plan.content["sights"]
        if (one["units"], one["weeks"]) == (plan.teams, plan.weeks)
    }
    return [
        Row(MEASURE_TITLES[name], _size(found[name]["together"]))
        for name in ORDER
        if name in found and name != plan.outcome
    ]


def _size(share: float | None) -> str:
    return _("too few to compare with") if share is None else percent(share)


def turn_rows(plan: Plan) -> list[Row]:
    """Turn after turn: how long after the first, and which teams."""
    turns: dict[tuple[int, int], list[str]] = {}
    for one in plan.content["turns"]:
        turns.setdefault((one["wave"], one["after"]), []).append(one["unit"])
    return [Row(_turn(*turn), ", ".join(units)) for turn, units in sorted(turns.items())]


def who_is_drawn(plan: Plan) -> str:
    """Among whom turns are drawn, and what to do where they are fewer than planned."""
    drawn = len(plan.content["turns"])
    if not drawn:
        return _(
            "Turns are drawn among teams in which a leader has signed up and none has begun. There is none yet, so "
            "nothing is drawn: make the plan anew once leaders have signed up."
        )
    if drawn < plan.teams:
        words = ngettext(
            "Drawn by lot among the %(drawn)s team in which a leader has signed up and none has begun: fewer than the "
            "%(teams)s planned. Make the plan anew once more have signed up.",
            "Drawn by lot among the %(drawn)s teams in which a leader has signed up and none has begun: fewer than the "
            "%(teams)s planned. Make the plan anew once more have signed up.",
            drawn,
        )
        return words % {"drawn": drawn, "teams": plan.teams}
    return _(
        "Drawn by lot among teams of like size in which a leader has signed up and none has begun, so that turns are "
        "alike. Whoever must begin earlier or later may: write down why."
    )


def _turn(number: int, after: int) -> str:
    if not after:
        return _("Turn %(number)s, at once") % {"number": number}
    words = ngettext("Turn %(number)s, after %(after)s week", "Turn %(number)s, after %(after)s weeks", after)
    return words % {"number": number, "after": after}


def why_not(plan: Plan) -> str:
    """What could not be done, and what would do."""
    words = {
        "no_log": _(
            "Nothing is loaded yet. Your administrator can bring an export of your conversations. Then try again."
        ),
        "short": _(
            "There are %(past)s whole weeks so far; at least %(least)s are needed. Load an earlier export as well."
        ),
        "many": _(
            "There are %(units)s teams in all, and the rest are to compare with: at most %(most)s can begin. Plan with "
            "fewer."
        ),
    }
    return str(words[plan.content["why"]] % plan.content)


def events_known(plan: Plan) -> list[Row]:
    """What was stated by then, and so left out."""
    return [Row(one["name"], _when_and_where(one)) for one in plan.content.get("events", ())]


def _when_and_where(event: dict[str, str]) -> str:
    when = days(date.fromisoformat(event["first"]), date.fromisoformat(event["last"]))
    return f"{when}, {event['unit'] or _('everywhere')}"
