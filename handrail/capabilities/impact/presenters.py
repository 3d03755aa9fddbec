"""Measures, verdicts and changes in words: the same for a leader, a coordinator and a sponsor."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from handrail.design.charts import LineChart, Point, Series
from handrail.design.dates import date_in_words
from handrail.design.parts import Text

FIRST = "replies"  # the measure told first: messages rise with every announcement, answers do not
ORDER = ("replies", "messages", "people", "reactions")
MEASURE_NAMES = {
    "messages": gettext_lazy("messages"),
    "replies": gettext_lazy("answers"),
    "reactions": gettext_lazy("reactions"),
    "people": gettext_lazy("people taking part"),
}
MEASURE_TITLES = {
    "messages": gettext_lazy("Messages"),
    "replies": gettext_lazy("Answers"),
    "reactions": gettext_lazy("Reactions"),
    "people": gettext_lazy("People taking part"),
}
VERDICTS = {
    "rise": gettext_lazy("A rise we can stand behind"),
    "fall": gettext_lazy("A fall we can stand behind"),
    "no_sign": gettext_lazy("No sign of change"),
    "not_enough_data": gettext_lazy("Not enough data to say"),
}
MAY_BE_CHANCE = {
    "rise": gettext_lazy("A rise, but it may be chance"),
    "fall": gettext_lazy("A fall, but it may be chance"),
}
BY_CHANCE = 0.15  # of the points before the start, so many may lie apart from no change and nobody wonder
HARDLY = 0.02  # a common change smaller than this is none
ENORMOUS = 10.0


def verdict_of(verdict: str, stands: bool | None) -> str:
    """`stands`: whether it does among everything that was looked at with it."""
    return str(MAY_BE_CHANCE[verdict] if stands is False and verdict in MAY_BE_CHANCE else VERDICTS[verdict])


def percent(share: float) -> str:
    """The size of a change: 0.28 and -0.28 are 28 %."""
    size = abs(share) * 100
    return _("%(number)s\u00a0%%") % {"number": f"{size:.0f}" if size >= 9.95 else f"{size:.1f}".removesuffix(".0")}


def change(share: float) -> str:
    """ "24 % more" or "9 % fewer"."""
    words = _("%(size)s more") if share >= 0 else _("%(size)s fewer")
    return words % {"size": percent(share)}


def between(low: float, high: float) -> str:
    """The range as one reads it."""
    if (low >= 0) == (high >= 0):
        near, far = sorted((low, high), key=abs)
        return _("between %(near)s and %(far)s") % {"near": percent(near), "far": change(far)}
    return _("between %(low)s and %(high)s") % {"low": change(low), "high": change(high)}


def days(first: date, last: date) -> str:
    """One day, or from one to the other."""
    if first == last:
        return date_in_words(first)
    return _("%(first)s to %(last)s") % {"first": date_in_words(first), "last": date_in_words(last)}


def left_out(name: str, first: str, last: str, *, here: bool) -> str:
    """A holiday or another event whose weeks count for nobody, or not in one team. Days as 2026-12-25."""
    told = {"name": name, "days": days(date.fromisoformat(first), date.fromisoformat(last))}
    if here:
        return _("Left out in your team: “%(name)s”, %(days)s.") % told
    return _("Left out everywhere: “%(name)s”, %(days)s.") % told


def seen_from(detectable: float | None) -> str:
    """The smallest change that could have been seen."""
    if detectable is None or detectable >= ENORMOUS:
        return _("many times as much")
    return _("%(size)s or more") % {"size": percent(detectable)}


def why_they_differ(naive: float | None, effect: float | None, whose: str) -> str:
    """One sentence: why before and after is not what changed. `whose`: “the teams compared with”."""
    if naive is None:
        return _("Before and after cannot be compared: nothing was seen before the start.")
    told = {"naive": change(naive), "whose": whose}
    if effect is None:
        return (
            _("Before and after alone would say %(naive)s; that mixes in what changed for everybody and is no answer.")
            % told
        )
    common = (1 + naive) / (1 + effect) - 1
    if abs(common) < HARDLY:
        return _("Before and after alone would say %(naive)s, nearly the same: %(whose)s hardly changed.") % told
    return _(
        "Before and after alone would say %(naive)s. But in the same time there were %(common)s in %(whose)s, although "
        "no leader began there."
    ) % (told | {"common": change(common)})


class Moment(NamedTuple):
    """The change in `weeks` weeks, from `since` weeks after the start on (before it: negative)."""

    since: int
    weeks: int
    effect: float
    low: float
    high: float


def over_time(title: str, moments: Sequence[Moment], start: Text) -> LineChart | None:
    """The change by time since the start, before it as well. `start`: “when you began”. None where it is too short."""
    after = [one for one in moments if one.since >= 0]
    if len(after) < 2:
        return None
    points = tuple(Point(since(one.since), 100 * one.effect, 100 * one.low, 100 * one.high) for one in moments)
    return LineChart(
        title,
        _course_said([one for one in moments if one.since < 0], after),
        (Series(_("What changed"), points),),
        unit="\u00a0%",
        marker=since(0),
        marker_text=start,
        reference=0,
        reference_text=_("no change"),
    )


def since(weeks: int) -> str:
    """As it stands under an axis."""
    if weeks == 0:
        return _("start")
    words = ngettext("%(sign)s%(weeks)s week", "%(sign)s%(weeks)s weeks", abs(weeks))
    return words % {"sign": "+" if weeks > 0 else "\u2212", "weeks": abs(weeks)}


def _course_said(before: Sequence[Moment], after: Sequence[Moment]) -> str:
    said = [_before_said(before)] if before else []
    told = {"weeks": after[0].weeks, "first": between(after[0].low, after[0].high)}
    told["last"] = between(after[-1].low, after[-1].high)
    said.append(_("In the first %(weeks)s weeks after it: %(first)s. In the last: %(last)s.") % told)
    said.append(
        _(
            "Each point is %(weeks)s weeks by themselves, and the shaded part its range: one in twenty lies outside "
            "by chance, and all together are surer."
        )
        % told
    )
    return " ".join(said)


def _before_said(before: Sequence[Moment]) -> str:
    apart = sum(one.low > 0 or one.high < 0 for one in before)
    told = {"apart": apart, "of": len(before)}
    if not apart:
        return _("Before the start nothing is to be seen, as it should be.")
    if apart == 1 or apart <= BY_CHANCE * len(before):
        words = ngettext(
            "Before the start hardly anything is to be seen: %(apart)s of %(of)s points lies apart from no change.",
            "Before the start hardly anything is to be seen: %(apart)s of %(of)s points lie apart from no change.",
            apart,
        )
        return words % told
    return (
        _("Before the start %(apart)s of %(of)s points lie apart from no change: the comparison was off, so take care.")
        % told
    )
