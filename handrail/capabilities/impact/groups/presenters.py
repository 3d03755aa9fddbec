"""Effects of groups in words and pictures. What stands in a release is shown as it is; nothing is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.impact.groups.queries import WaveEffects
from handrail.capabilities.impact.presenters import (
    FIRST,
    MAY_BE_CHANCE,
    MEASURE_NAMES,
    MEASURE_TITLES,
    ORDER,
    Moment,
    between,
    change,
    left_out,
    over_time,
    percent,
    seen_from,
    since,
    verdict_of,
    why_they_differ,
)
from handrail.design.charts import ForestPlot, IntervalChart, LineChart, Point
from handrail.design.charts.scale import written
from handrail.design.dates import date_in_words
from handrail.design.parts import Row

if TYPE_CHECKING:
    from handrail.capabilities.impact.models import Effects
    from handrail.capabilities.participation.models import Wave

    Plot = ForestPlot | IntervalChart

QUARTERS = {
    "1": gettext_lazy("Jan to Mar %(year)s"),
    "2": gettext_lazy("Apr to Jun %(year)s"),
    "3": gettext_lazy("Jul to Sep %(year)s"),
    "4": gettext_lazy("Oct to Dec %(year)s"),
}
KEPT = {
    "all": gettext_lazy("All teams that were planned have begun."),
    "most": gettext_lazy("Most teams that were planned have begun."),
    "some": gettext_lazy("Some of the teams that were planned have begun."),
    "none": gettext_lazy("None of the teams that were planned has begun."),
}


@dataclass(frozen=True)
class Measured:
    """One measure: its verdict and sentence, its picture, and why before and after says something else."""

    title: str
    verdict: str
    sentence: str
    plot: ForestPlot
    beside: IntervalChart | None
    differs: str


@dataclass(frozen=True)
class CourseTable:
    headers: list[str]
    rows: list[list[str]]


def days_of(wave: Wave) -> str:
    return _("%(first)s to %(last)s") % {"first": date_in_words(wave.starts_on), "last": date_in_words(wave.ends_on)}


def wave_rows(waves: Sequence[WaveEffects]) -> list[Row]:
    return [
        Row(one.wave.name, f"{days_of(one.wave)} · {_state(one)}", _("Look"), reverse("effects", args=[one.wave.pk]))
        for one in waves
    ]


def _state(one: WaveEffects) -> str:
    if one.effects is None:
        return _("Not asked yet")
    return _("Being worked out") if one.effects.released_at is None else _("Released")


def release_rows(released: Sequence[Effects]) -> list[Row]:
    return [
        Row(one.wave.name, days_of(one.wave), _("Look"), reverse("effects_released", args=[one.wave_id]))
        for one in released
    ]


def group_name(names: Sequence[str]) -> str:
    """When they began."""
    said = [str(QUARTERS[quarter]) % {"year": year} for year, quarter in (name.split("-") for name in sorted(names))]
    return str(get_text_list(said, _("and")))


def order_of(content: dict[str, Any]) -> list[str]:
    """The measure of the plan first."""
    plan = content.get("plan")
    first = plan["measure"] if plan else FIRST
    return [first, *(name for name in ORDER if name != first)]


def measured(content: dict[str, Any]) -> list[Measured]:
    found = {one["measure"]: one for one in content.get("measures", [])}
    return [_measured(found[name], content["groups"]) for name in order_of(content) if name in found]


def _measured(one: dict[str, Any], groups: Sequence[dict[str, Any]]) -> Measured:
    together, name = one["together"], one["measure"]
    points = tuple(
        Point(_row_label(group, row), *_per_cent(row)) for group, row in zip(groups, one["rows"], strict=True)
    )
    plot = ForestPlot(
        _("%(measure)s, by when leaders began") % {"measure": MEASURE_TITLES[name]},
        _("Each row is ten teams or more, and says about how many."),
        points,
        Point(_("All together"), *_per_cent(together)),
        reference_text=_("no change"),
        unit="\u00a0%",
    )
    return Measured(
        str(MEASURE_TITLES[name]),
        _verdict(together),
        sentence(one),
        plot,
        _beside(together),
        why_they_differ(together["naive"], together["effect"], _("the teams compared with"))
        if together["naive"] is not None
        else "",
    )


def first_over_time(content: dict[str, Any]) -> LineChart | None:
    """How the change in the first measure came about; the others' courses are in the files."""
    name = order_of(content)[0]
    one = next((one for one in content.get("measures", ()) if one["measure"] == name), None)
    title = _("%(measure)s: how the change came about") % {"measure": MEASURE_TITLES[name]}
    return over_time(title, moments(one["together"]), _("when leaders began")) if one else None


def _verdict(row: dict[str, Any]) -> str:
    return verdict_of(row["verdict"], row.get("stands"))


def _row_label(group: dict[str, Any], row: dict[str, Any]) -> str:
    told = {"name": group_name(group["names"]), "teams": group["teams"]}
    if row["verdict"] in MAY_BE_CHANCE and row.get("stands") is False:
        return _("%(name)s, about %(teams)s (may be chance)") % told
    return _("%(name)s, about %(teams)s") % told


def moments(row: dict[str, Any]) -> list[Moment]:
    return [Moment(int(since), int(weeks), *change) for since, weeks, *change in row.get("path", ())]


def course_table(content: dict[str, Any], name: str) -> CourseTable | None:
    """Group-time averages: each group's change by time since its start. None where no group has any."""
    one = next((one for one in content.get("measures", ()) if one["measure"] == name), None)
    told = zip(content["groups"], one["rows"], strict=True) if one else ()
    courses = {group_name(group["names"]): {moment.since: moment for moment in moments(row)} for group, row in told}
    courses = {group: course for group, course in courses.items() if course}
    times = sorted({since for course in courses.values() for since in course})
    if not times:
        return None
    rows = [[since(time), *(_change(course.get(time)) for course in courses.values())] for time in times]
    return CourseTable([_("Since they began"), *courses], rows)


def _change(moment: Moment | None) -> str:
    if moment is None:
        return "\u2013"
    value, low, high = (written(100 * share, "\u00a0%") for share in (moment.effect, moment.low, moment.high))
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _beside(row: dict[str, Any]) -> IntervalChart | None:
    if row["effect"] is None:
        return None
    return IntervalChart(
        _("Beside before and after"),
        _verdict(row) + ".",
        (
            Point(_("What changed where leaders began"), *_per_cent(row)),
            Point(_("Before and after, as it is often told"), 100 * row["naive"]),
        ),
        reference=0,
        reference_text=_("no change"),
        unit="\u00a0%",
    )


def _per_cent(row: dict[str, Any]) -> tuple[float | None, float | None, float | None]:
    value, low, high = (None if row[name] is None else 100 * row[name] for name in ("effect", "low", "high"))
    return value, low, high


def sentence(one: dict[str, Any]) -> str:
    row, what = one["together"], {"what": MEASURE_NAMES[one["measure"]]}
    if row["verdict"] == "not_enough_data":
        return _not_enough(row)
    told = what | {"change": change(row["effect"]), "range": between(row["low"], row["high"]), "teams": row["teams"]}
    if row["verdict"] == "no_sign":
        seen = {"seen": seen_from(row["detectable"])}
        words = _(
            "In the teams where a leader began, about %(teams)s, it is as it would have been anyway, as far as we can "
            "see: %(range)s %(what)s. Had it been %(seen)s, it would most likely have shown."
        )
        return words % (told | seen)
    said = (
        _(
            "Where a leader began, in about %(teams)s teams, there were about %(change)s %(what)s than there would "
            "have been otherwise. Most likely %(range)s."
        )
        % told
    )
    return f"{said} {_('Teams differ by more than chance: one number does not fit all.')}" if row["differ"] else said


def _not_enough(row: dict[str, Any]) -> str:
    if row["why"] == "few_teams":
        said = _(
            "Fewer than ten teams have an answer of their own so far, and about fewer nothing is told. More teams in "
            "which a leader begins would do."
        )
    else:
        said = _("So far only a change of %(seen)s could be seen; an answer is given from half on.") % {
            "seen": seen_from(row["detectable"])
        }
    if row["needed"] is None:
        return said
    return (
        said
        + " "
        + _("For most of those without an answer, %(weeks)s weeks after they began would do.")
        % {"weeks": row["needed"]}
    )


def lead(content: dict[str, Any]) -> str:
    """The one plain sentence above everything, where nothing can be told."""
    return _(
        "Fewer than ten leaders have begun so far, or too few are on the scheme. A figure about so few would be about "
        "somebody, so there is none. Ten teams in which a leader begins would do."
    )


def plan_lines(content: dict[str, Any]) -> list[str]:
    """The plan that it is held against."""
    plan = content.get("plan")
    if plan is None:
        return [_("No plan was frozen before. Whoever looks for any change in many numbers finds one by chance.")]
    said = [
        _("Frozen on %(day)s: %(measure)s first, %(weeks)s weeks after teams begin. Its mark is %(digest)s.")
        % {
            "day": date_in_words(date.fromisoformat(plan["frozen_on"])),
            "measure": MEASURE_NAMES[plan["measure"]],
            "weeks": plan["weeks"],
            "digest": plan["digest"][:12],
        }
    ]
    if plan["reach"] is not None:
        said.append(
            _("It said that a change of %(size)s could be seen four times in five.") % {"size": percent(plan["reach"])}
        )
    said.append(str(KEPT[plan["kept"]]) if plan["kept"] else _("It did not say which teams would begin."))
    if plan.get("stated_later"):
        said.append(_("Holidays or events were stated after it was frozen; their weeks are left out all the same."))
    if plan["added"]:
        said.append(_("Others have begun that were not planned; they are in the figures."))
    return said


def among_many(content: dict[str, Any]) -> str:
    """How many figures were looked at, and how many of the changes among them stand. Empty where there is nothing."""
    looked_at = content.get("looked_at", 0)
    if not looked_at:
        return ""
    told = [row for one in content["measures"] for row in (one["together"], *one["rows"])]
    changed = [row for row in told if row["verdict"] in MAY_BE_CHANCE and row["stands"] is not None]
    figures = {"looked_at": looked_at, "changed": len(changed), "standing": sum(row["stands"] for row in changed)}
    said = _("Figures looked at together: %(looked_at)s. With a change among them: %(changed)s.") % figures
    if changed:
        said += " " + (
            _("Of these stand, when so many are looked at: %(standing)s. About one in ten of such may be chance.")
            % figures
        )
    if content["plan"]:
        said += " " + _("The first was named in the plan before, looked at alone, and is not among them.")
    return str(said)


def how_worked_out(content: dict[str, Any]) -> list[str]:
    said = []
    if not content["few"]:
        said.append(
            _("From the weeks of %(first)s to %(last)s, beside about %(teams)s teams in which no leader began.")
            % {
                "first": date_in_words(date.fromisoformat(content["first"])),
                "last": date_in_words(date.fromisoformat(content["last"])),
                "teams": content["compared_with"],
            }
        )
    said += [left_out(one["name"], one["first"], one["last"], here=False) for one in content.get("left_out", ())]
    if content.get("in_teams"):
        said.append(_("Where something else happened in a team when its leader began, it is not in these figures."))
    return [
        *said,
        _("What leaders did themselves is not counted: the question is what their teams did."),
        _("Groups are told of together from the first time on, always the same teams and ten or more."),
        _("Numbers have two digits. They were worked out once, by the end of this wave, and stay as they are."),
    ]


def meaning() -> list[str]:
    return [
        _("It says what changed where leaders began to take part, and nothing about any one of them."),
        _("Messages are counted, not read: more of them need not be better."),
        _("It holds if these teams would otherwise have moved as the others did, as they had before."),
        _("If the others were lifted a little as well, the figures are too small by about as much."),
    ]
