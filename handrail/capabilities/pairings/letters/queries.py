"""Who is in a pair that has not met yet and cannot be written to. Nothing here tells who has been in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Value

from handrail.capabilities.accounts.queries import accounts_with_letter
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.queries import people_present
from handrail.foundation.prepared import prepared

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Organisation, Person

MOST = 60  # printed at once


@dataclass(frozen=True)
class ToLetIn:
    person: Person
    others: list[str]
    scheme: str


def people_to_let_in(organisation: Organisation, *, again: bool = False) -> list[ToLetIn]:
    """The organisation's own, with whom each is paired; a letter signs somebody in, so no others. `again`: also those
    for whom somebody has made one."""
    people = _first(mail_leaves=bool(settings.MAIL_URL), again=again)(organisation.pk)
    others: dict[int, list[str]] = {}
    schemes: dict[int, str] = {}
    for leader, leader_name, mentor, mentor_name, scheme in _pairs_among(organisation.pk, [one.pk for one in people]):
        for one, other in ((leader, mentor_name), (mentor, leader_name)):
            others.setdefault(one, []).append(other)
            schemes[one] = scheme
    return [ToLetIn(person, others[person.pk], schemes[person.pk]) for person in people]


@cache
def _first(*, mail_leaves: bool, again: bool) -> Callable[[int], list[Person]]:
    @prepared
    def read(organisation: int) -> QuerySet[Person]:
        found = _to_let_in(organisation, mail_leaves=mail_leaves)
        found = found if again else found.exclude(account__in=accounts_with_letter())
        return found.select_related("account").order_by("name", "pk")[:MOST]

    return read


@prepared
def _pairs_among(organisation: int, people: list[int]) -> QuerySet[Pairing, tuple[int, str, int, str, str]]:
    """The names of the two, of those alone who are shown: an organisation may have a thousand pairs."""
    theirs = _pairs(organisation).filter(Q(leader__in=people) | Q(mentor__in=people)).order_by("pk")
    return theirs.values_list("leader", "leader__name", "mentor", "mentor__name", "scheme__name")


def number_without_letter(organisation: Organisation) -> int:
    """How many of them nobody has made a letter for."""
    return next(iter(counted_without_letter(organisation.pk, mail_leaves=bool(settings.MAIL_URL))), 0)


def counted_without_letter(organisation: int, *, mail_leaves: bool) -> QuerySet[Person, Any]:
    """The same as a query of one number, or of none: to stand in another."""
    found = _to_let_in(organisation, mail_leaves=mail_leaves).exclude(account__in=accounts_with_letter()).order_by()
    counted = found.annotate(all=Value(1)).values("all").annotate(number=Count("pk"))
    return counted.values_list("number", flat=True)


def _pairs(organisation: int) -> QuerySet[Pairing]:
    return Pairing.objects.filter(
        scheme__organisation=organisation,
        state=Pairing.State.AGREED,
        met_at__isnull=True,
        scheme__ended_on__isnull=True,
    )


def _to_let_in(organisation: int, *, mail_leaves: bool) -> QuerySet[Person, Any]:
    pairs = _pairs(organisation).order_by()
    among = Q(pk__in=pairs.values("leader")) | Q(pk__in=pairs.values("mentor"))
    found = people_present().filter(among, organisation=organisation)
    if mail_leaves:
        found = found.filter(Q(account__email__isnull=True) | Q(account__email=""), email="")
    return found
