"""Reads about custodians."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from handrail.capabilities.people.custody.models import Custodian, Custody
from handrail.capabilities.people.models import Organisation, Person
from handrail.capabilities.people.queries import person_of, persons_of
from handrail.foundation.prepared import prepared
from handrail.foundation.vault import keys
from handrail.foundation.vault.keys import custody
from handrail.foundation.vault.keys.custody import Asked


@dataclass(frozen=True)
class Custodians:
    """An organisation's three, where recovery by custodians is on."""

    organisation: Organisation
    persons: list[Person]

    @property
    def account_ids(self) -> list[int]:
        return [person.account_id for person in self.persons if person.account_id is not None]


def named_in(organisation: Organisation) -> list[Person]:
    rows = Custodian.objects.filter(organisation=organisation).select_related("person__account")
    return [row.person for row in rows]


def ready_among(persons: list[Person]) -> set[int]:
    """The ids of those who have a key, so that something can be sealed to them."""
    accounts = [person.account_id for person in persons if person.account_id is not None and not person.left_on]
    keyed = keys.keyed_account_ids(accounts)
    return {person.pk for person in persons if person.account_id in keyed and not person.left_on}


def is_on(organisation: Organisation) -> bool:
    return Custody.objects.filter(organisation=organisation).exists()


@prepared
def _turned_on(organisation_id: int) -> QuerySet[Custody]:
    return Custody.objects.filter(organisation=organisation_id)


def custodians_for(request: HttpRequest) -> Custodians | None:
    """Those of the organisation that the signed-in person is in now; None where it is off."""
    person = person_of(request)
    if person is None or not _turned_on(person.organisation_id):
        return None
    return Custodians(person.organisation, named_in(person.organisation))


def is_custodian(request: HttpRequest) -> bool:
    return Custodian.objects.filter(person__in=persons_of(request)).exists()


def asked_of(request: HttpRequest, request_id: UUID) -> Asked:
    """One open request that the signed-in custodian can help with; anybody else's is not found."""
    assert request.user.pk is not None
    for asked in custody.requests_for(request.user.pk):
        if asked.id == request_id:
            return asked
    raise Http404


def names_of(account_ids: list[int] | tuple[int, ...]) -> dict[int, str]:
    """The people's names by account; a person in several organisations has the one name there."""
    persons = Person.objects.filter(account__in=account_ids).order_by("pk")
    return {person.account_id: person.name for person in persons if person.account_id is not None}


def persons_by_account(account_id: int) -> list[Person]:
    return list(Person.objects.filter(account=account_id, left_on__isnull=True).select_related("account"))
