"""One's own answer in pictures: what happened against what would have, and what can be said of it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.impact.presenters import MEASURE_NAMES, MEASURE_TITLES, Moment, over_time, verdict_of
from handrail.capabilities.impact.sheet import Answer, Stretch
from handrail.design.charts import IntervalChart, LineChart, Point, Series

BELIEVABLE = (None, "too_weak")  # without an answer, the other line is shown only where it is too coarse, not wrong


def course(answer: Answer) -> LineChart | None:
    """The picture; without the other line where it could not be believed. None where there is too little to draw."""
    if not any(one.happened is not None for one in answer.course):
        return None
    labels = [_day(one.first) for one in answer.course]
    happened = Series(
        _("What happened"), tuple(Point(label, one.happened) for label, one in zip(labels, answer.course, strict=True))
    )
    believed = answer.why in BELIEVABLE
    would = Series(
        _("What would have happened"),
        tuple(Point(label, one.expected, one.low, one.high) for label, one in zip(labels, answer.course, strict=True)),
    )
    began = next((label for label, one in zip(labels, answer.course, strict=True) if one.after), "")
    return LineChart(
        _("%(measure)s in your team, %(weeks)s weeks together")
        % {"measure": MEASURE_TITLES[answer.measure], "weeks": answer.course[0].weeks},
        _said(answer) if believed else _("What happened. The other line is missing, because it could not be believed."),
        (happened, would) if believed else (happened,),
        minimum=0,
        marker=began,
        marker_text=_("when you began"),
        faint=answer.strayed if believed else (),
        faint_text=_("How far teams strayed in which no leader began"),
    )


def _day(day: str) -> str:
    return str(date_format(date.fromisoformat(day), "j M y"))


def _said(answer: Answer) -> str:
    after = [one for one in answer.course if one.after and one.happened is not None]
    if not after:
        return _("Until you began, what happened and what was to be expected went together like this.")
    happened, expected = (round(total, -1) for total in _totals(after))
    return _(
        "Since you began, about %(happened)s %(what)s; without it there would have been about %(expected)s. The shaded "
        "part is where nearly all would lie had nothing changed."
    ) % {
        "happened": f"{happened:,.0f}",
        "expected": f"{expected:,.0f}",
        "what": MEASURE_NAMES[answer.measure],
    }


def _totals(after: list[Stretch]) -> tuple[float, float]:
    return sum(one.happened or 0 for one in after), sum(one.expected for one in after)


def estimates(answer: Answer) -> IntervalChart | None:
    """The answer with its range, and before and after beside it, which has none."""
    if answer.effect is None or answer.low is None or answer.high is None:
        return None
    rows = [Point(_("What changed with you"), 100 * answer.effect, 100 * answer.low, 100 * answer.high)]
    if answer.naive is not None:
        rows.append(Point(_("Before and after, as it is often told"), 100 * answer.naive))
    return IntervalChart(
        _("How much, and how sure"),
        verdict_of(answer.verdict, answer.stands) + ".",
        tuple(rows),
        reference=0,
        reference_text=_("no change"),
        unit="\u00a0%",
    )


def change_over_time(answer: Answer) -> LineChart | None:
    """The change stretch by stretch, before the start and after; only where there is an answer."""
    began = next((date.fromisoformat(one.first) for one in answer.course if one.after), None)
    if answer.effect is None or began is None:
        return None
    moments = [
        Moment(
            (date.fromisoformat(one.first) - began).days // 7, one.weeks, one.effect, one.effect_low, one.effect_high
        )
        for one in answer.course
        if one.effect is not None and one.effect_low is not None and one.effect_high is not None
    ]
    title = _("%(measure)s: how the change came about") % {"measure": MEASURE_TITLES[answer.measure]}
    return over_time(title, moments, _("when you began"))


def _weeks_since(began: date, one: Stretch) -> int:
    return (date.fromisoformat(one.first) - began).days // 7
