"""Reads of preparation and of the mentors' circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404, HttpRequest

from handrail.capabilities.people.queries import me, roles_of
from handrail.capabilities.schemes.preparation.models import CraftPost, Preparation
from handrail.capabilities.schemes.queries import running_scheme_of
from handrail.capabilities.schemes.sign_up.queries import people_signed_up
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme


@dataclass(frozen=True)
class Reader:
    """Somebody in the mentors' circle of their scheme."""

    person: Person
    scheme: Scheme
    is_mentor: bool
    coordinates: bool


def preparation_of(person: Person) -> Preparation:
    return Preparation.objects.filter(person=person).first() or Preparation(person=person)


def people_prepared(person_ids: list[int]) -> set[int]:
    return set(_prepared_among(person_ids))


@prepared
def _prepared_among(people: list[int]) -> QuerySet[Preparation, int]:
    return Preparation.objects.filter(person__in=people, prepared=True).values_list("person", flat=True)


def prepared_mentor(person: Any) -> QuerySet[Preparation]:
    """The preparation of one person, or of an outer read's, once they have gone through it."""
    return Preparation.objects.filter(person=person, prepared=True)


def reader(request: HttpRequest) -> Reader:
    """Mentors who signed up, and the coordinator of the scheme; nobody else finds the circle."""
    person = me(request)
    scheme = running_scheme_of(person.organisation)
    if scheme is None:
        raise Http404
    is_mentor = person.pk in people_signed_up(scheme, "mentor")
    coordinates = "coordinator" in roles_of(request) and scheme.organisation_id == person.organisation_id
    if not (is_mentor or coordinates):
        raise Http404
    return Reader(person, scheme, is_mentor, coordinates)


def posts_for(reader: Reader) -> list[CraftPost]:
    """What the reader sees: everything shown, and of the hidden their own; the coordinator sees all."""
    found = CraftPost.objects.filter(scheme=reader.scheme).select_related("author__organisation")
    if not reader.coordinates:
        found = found.filter(Q(hidden=False) | Q(author=reader.person))
    return list(found[:100])


def post_for(reader: Reader, post_id: int) -> CraftPost:
    for post in posts_for(reader):
        if post.pk == post_id:
            return post
    raise Http404
