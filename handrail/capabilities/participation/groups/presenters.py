"""Waves and released figures in words. What stands in a release is shown as it is; nothing is worked out from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.capabilities.participation.groups.figures import NOWHERE, SPREAD
from handrail.design.dates import date_in_words
from handrail.design.parts import Row

if TYPE_CHECKING:
    from datetime import date

    from handrail.capabilities.participation.models import Release, Wave

HEADINGS = {
    "took_part": gettext_lazy("Took part"),
    "answered_others": gettext_lazy("Answered somebody"),
    "both_ways": gettext_lazy("Have a conversation both ways"),
    "across": gettext_lazy("Wrote to another unit"),
}
BOUNDS = {
    "at most": gettext_lazy("%(percent)s %% or fewer"),
    "about": gettext_lazy("about %(percent)s %%"),
    "at least": gettext_lazy("%(percent)s %% or more"),
}
TOLD_INSTEAD = {
    "took_part": gettext_lazy(
        "“Took part” rises with every announcement. Whether anybody answered is in “Have a conversation both ways”."
    ),
    "answered_others": gettext_lazy(
        "Many answers can go to the same few people: “Wrote to another unit” tells how far they reach."
    ),
}


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


def share_in_words(share: dict[str, Any] | None) -> str:
    return "–" if share is None else str(BOUNDS[share["bound"]]) % {"percent": share["percent"]}


def headers(content: dict[str, Any]) -> list[str]:
    shares = content["groups"][0]["shares"] if content["groups"] else {}
    return [_("Group"), _("People"), *(str(HEADINGS[name]) for name in HEADINGS if name in shares)]


def rows(content: dict[str, Any], unit: str | None = None) -> list[list[str]]:
    """One row a group; only the group that a unit stands in, where one is named."""
    return [
        [
            names_in_words(group["names"]),
            _("about %(number)s") % {"number": group["people"]},
            *(share_in_words(group["shares"][name]) for name in HEADINGS if name in group["shares"]),
        ]
        for group in content["groups"]
        if unit is None or unit in group["names"]
    ]


def spread_headers() -> list[str]:
    return [_("Group"), _("In touch with nobody"), _("Under half both ways"), _("Half or more both ways")]


def spread_rows(content: dict[str, Any], unit: str | None = None) -> list[list[str]]:
    """How people are spread, not their average; a group whose parts would give somebody away is left out."""
    return [
        [names_in_words(group["names"]), *(_("about %(number)s") % {"number": count} for count in group[SPREAD])]
        for group in content["groups"]
        if group.get(SPREAD) and (unit is None or unit in group["names"])
    ]


def health_in_words(content: dict[str, Any]) -> str:
    health = content.get("health")
    if not health:
        return ""
    return _(
        "Of the people who took part in the twelve months to its end (about %(people)s), %(share)s did so in the last "
        "month. Reading is not counted."
    ) % {"people": health["people"], "share": share_in_words(health)}


def careful(content: dict[str, Any]) -> list[str]:
    """Beside every number that can rise without anything getting better: the one that would tell."""
    shares = content["groups"][0]["shares"] if content["groups"] else {}
    return [str(words) for name, words in TOLD_INSTEAD.items() if name in shares]
