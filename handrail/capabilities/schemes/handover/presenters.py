"""Covering in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.schemes.handover.models import Cover
from handrail.design.dates import date_in_words
from handrail.design.parts import Task

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def colleagues_to_choose(people: Iterable[Person]) -> list[Task]:
    return [Task(one.name, reverse("handover_to", args=[one.pk]), hint=one.job_title) for one in people]


def cover_in_words(cover: Cover) -> str:
    return _("%(colleague)s covers for %(name)s, from %(first)s to %(last)s.") % {
        "colleague": cover.colleague.name,
        "name": cover.person.name,
        "first": date_in_words(cover.from_on),
        "last": date_in_words(cover.until_on),
    }
