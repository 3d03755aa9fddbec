"""Waves and released figures in words. What stands in a release is shown as it is; nothing is worked out from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.participation.groups.figures import NOWHERE
from handrail.design.dates import date_in_words
from handrail.design.parts import Row

if TYPE_CHECKING:
    from datetime import date

    from handrail.capabilities.participation.models import Release, Wave

LABELS = {
    "took_part": gettext_lazy("Took part"),
    "answered_others": gettext_lazy("Answered somebody"),
    "across": gettext_lazy("Wrote to another unit"),
    "in_touch": gettext_lazy("In touch with anybody"),
    "both_ways": gettext_lazy("Have a conversation both ways"),
    "mostly_both_ways": gettext_lazy("Both ways with half of their contacts or more"),
    "last_weeks": gettext_lazy("Took part in the last four weeks"),
    "this_year": gettext_lazy("Took part within a year"),
}
TOLD_INSTEAD = {
    "took_part": gettext_lazy(
        "“Took part” rises with every announcement. Whether anybody answered is in “Have a conversation both ways”."
    ),
    "answered_others": gettext_lazy(
        "Many answers can go to the same few people: “Wrote to another unit” tells how far they reach."
    ),
}
UNTOLD = "–"
WHOLE = 100  # per cent


@dataclass(frozen=True)
class Table:
    """One group: its units and about how many people they are, and what is told of them."""

    caption: str
    rows: list[list[str]]


def days_of(wave: Wave) -> str:
    return _("%(first)s to %(last)s") % {"first": date_in_words(wave.starts_on), "last": date_in_words(wave.ends_on)}


def wave_rows(waves: Sequence[Wave], today: date) -> list[Row]:
    return [
        Row(one.name, f"{days_of(one)} · {_state(one, today)}", _("Look"), reverse("wave", args=[one.pk]))
        for one in waves
    ]


def _state(wave: Wave, today: date) -> str:
    if getattr(wave, "release", None) is not None:
        return _("Released")
    if wave.closed_at is not None:
        return _("Being measured")
    return _("Waits for you to close it") if today > wave.ends_on else _("Runs")


def release_rows(releases: Sequence[Release]) -> list[Row]:
    return [
        Row(one.wave.name, days_of(one.wave), _("Look"), reverse("release", args=[one.wave_id])) for one in releases
    ]


def names_in_words(names: Sequence[str]) -> str:
    said = [name if name != NOWHERE else _("no unit known") for name in names]
    return str(get_text_list(said, _("and")))


def share_in_words(told: dict[str, Any] | None) -> str:
    """In per cent, and whether it says anything that an earlier release left open."""
    if told is None:
        return UNTOLD
    if told["low"] == 0:
        words = _("%(high)s\u00a0%% or fewer") % {"high": told["to"]}
    elif told["to"] == WHOLE:
        words = _("%(low)s\u00a0%% or more") % {"low": told["from"]}
    else:
        words = _("%(low)s to %(high)s\u00a0%%") % {"low": told["from"], "high": told["to"]}
    return words if told["anew"] else _("no clear change (%(share)s)") % {"share": words}


def headers() -> list[str]:
    return [_("What"), _("How many of them")]


def tables(content: dict[str, Any], unit: str | None = None) -> list[Table]:
    """One for each group; only the group that a unit stands in, where one is named. None where nothing is told."""
    told = {figure for group in content["groups"] for figure in group["told"]}
    return [
        Table(
            caption=_("%(units)s: about %(number)s people")
            % {"units": names_in_words(group["names"]), "number": group["people"]},
            rows=[
                [str(LABELS[figure]), share_in_words(group["told"].get(figure))] for figure in LABELS if figure in told
            ],
        )
        for group in content["groups"]
        if told and (unit is None or unit in group["names"])
    ]


def something_untold(shown: Sequence[Table]) -> bool:
    return any(share == UNTOLD for table in shown for _figure, share in table.rows)


def careful(shown: Sequence[Table]) -> list[str]:
    """Beside every number that can rise without anything getting better: the one that would tell."""
    figures = {figure for table in shown for figure, share in table.rows if share != UNTOLD}
    return [str(words) for name, words in TOLD_INSTEAD.items() if str(LABELS[name]) in figures]
