"""Measures, verdicts and changes in words: the same for a leader, a coordinator and a sponsor."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
HARDLY = 0.02  # a common change smaller than this is none
ENORMOUS = 10.0


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
