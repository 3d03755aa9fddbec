"""Reads of stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.stories import rules
from handrail.capabilities.pairings.stories.models import Story
from handrail.capabilities.people.queries import me, roles_of
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up.queries import people_signed_up

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme


@dataclass(frozen=True)
class Reader:
    """Who reads stories: leaders and mentors of the scheme, its coordinator, and the sponsor."""

    person: Person
    scheme: Scheme
    leads: bool
    is_small: bool


def reader(request: HttpRequest) -> Reader:
    person = me(request)
    scheme = running_scheme_of(person.organisation)
    if scheme is None:
        raise Http404
    leaders, mentors = _people_on(scheme, "leader"), _people_on(scheme, "mentor")
    here = person.pk in leaders | mentors or roles_of(request) & {"coordinator", "sponsor"}
    if not here:
        raise Http404
    return Reader(person, scheme, person.pk in leaders, rules.is_small(len(leaders | mentors)))


def people_on(scheme: Scheme) -> set[int]:
    """Everybody who leads or mentors in it, or has signed up to."""
    return _people_on(scheme, "leader") | _people_on(scheme, "mentor")


def _people_on(scheme: Scheme, side: str) -> set[int]:
    running = Pairing.objects.filter(scheme=scheme, state__in=("agreed", "paused", "changing")).order_by()
    return people_signed_up(scheme, side) | set(running.values_list(side, flat=True))


def own_story(reader: Reader) -> Story | None:
    return Story.objects.filter(scheme=reader.scheme, person=reader.person).first()


def approved_stories(scheme: Scheme) -> list[Story]:
    return list(Story.objects.filter(scheme=scheme, approved=True).select_related("person"))
