"""Handing over, covering, and giving it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.people.actions import give_role, take_role
from handrail.capabilities.people.queries import roles_held_by
from handrail.capabilities.people.rules import promise_at_risk
from handrail.capabilities.schemes.handover import emails, queries, rules
from handrail.capabilities.schemes.handover.models import Cover
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person

COORDINATOR = "coordinator"


@transaction.atomic
def hand_over(*, by: Account, person: Person, colleague: Person) -> None:
    """The colleague coordinates from now on, and the person no longer does."""
    _check(person, colleague)
    give_role(by=by, person=colleague, role=COORDINATOR)
    take_role(by=by, person=person, role=COORDINATOR)
    emails.tell_handed_over(person, colleague)


@transaction.atomic
def have_covered(*, by: Account, person: Person, colleague: Person, from_on: date, until_on: date) -> Cover:
    """Both coordinate between the two days; the colleague's role ends by itself."""
    _check(person, colleague)
    rules.check_days(from_on, until_on, clock.today())
    cover = Cover.objects.create(person=person, colleague=colleague, from_on=from_on, until_on=until_on)
    emails.tell_covering(cover)
    settle_covers()
    cover.refresh_from_db()
    return cover


@transaction.atomic
def end_cover(*, by: Account | None, cover: Cover) -> None:
    """Earlier than planned, or because its last day is over."""
    if cover.given:
        take_role(by=by, person=cover.colleague, role=COORDINATOR)
    cover.delete()


@transaction.atomic
def settle_covers() -> None:
    """Begin and end what is due today."""
    today = clock.today()
    for cover in queries.due(today):
        if cover.until_on < today:
            end_cover(by=None, cover=cover)
        elif COORDINATOR not in roles_held_by(cover.colleague):
            give_role(by=None, person=cover.colleague, role=COORDINATOR)
            cover.given = True
            cover.save(update_fields=["given"])


def _check(person: Person, colleague: Person) -> None:
    roles = roles_held_by(colleague)
    is_administrator = colleague.account is not None and colleague.account.is_administrator
    at_risk = promise_at_risk(roles | {COORDINATOR}, is_administrator)
    rules.check_can_take_over(person, colleague, roles, at_risk)
