"""Preparation on the rail; the mentors' circle in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.capabilities.schemes.preparation import rules
from handrail.capabilities.schemes.preparation.scenarios import Part, parts
from handrail.design.dates import date_in_words
from handrail.design.parts import DONE, LATER, NOW, Step

if TYPE_CHECKING:
    from handrail.capabilities.schemes.preparation.models import CraftPost, Preparation
    from handrail.capabilities.schemes.preparation.queries import Reader


@dataclass(frozen=True)
class Shown:
    """One post as its reader sees it."""

    pk: int
    text: str
    by: str
    hidden: bool
    own: bool
    can_delete: bool


def steps_of(row: Preparation) -> list[Step]:
    steps = []
    for part in parts():
        state = DONE if part.number <= row.reached else NOW if part.number == row.reached + 1 else LATER
        minutes = ngettext("%(minutes)d minute", "%(minutes)d minutes", part.minutes) % {"minutes": part.minutes}
        steps.append(Step(part.title, state, reverse("preparation_part", args=[part.id]), minutes))
    return steps


def next_part(row: Preparation) -> Part | None:
    return next((part for part in parts() if part.number == row.reached + 1), None)


def part_after(part: Part) -> Part | None:
    return next((one for one in parts() if one.number == part.number + 1), None)


def posts_shown(posts: list[CraftPost], reader: Reader) -> list[Shown]:
    return [
        Shown(
            pk=post.pk,
            text=post.text,
            by=_("%(name)s, %(organisation)s, on %(day)s")
            % {
                "name": post.author.name,
                "organisation": post.author.organisation.name,
                "day": date_in_words(post.written_on),
            },
            hidden=post.hidden,
            own=post.author_id == reader.person.pk,
            can_delete=rules.can_delete(post, reader.person.pk, coordinates=reader.coordinates),
        )
        for post in posts
    ]
