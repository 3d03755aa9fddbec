"""Writes of invitations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.accounts.actions import expect_language
from handrail.capabilities.people.actions import ensure_account, make_letter
from handrail.capabilities.schemes.ending.rules import check_takes_new
from handrail.capabilities.schemes.joining.queries import joining_of, names_not_let_in
from handrail.capabilities.schemes.joining.rules import check_may_be_asked
from handrail.capabilities.starting_point import rules
from handrail.capabilities.starting_point.invitations import emails, queries
from handrail.capabilities.starting_point.models import Invitation
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation, Person
    from handrail.capabilities.schemes.models import Scheme


@transaction.atomic
def invite(
    *,
    by: Account,
    scheme: Scheme,
    people: Sequence[Person],
    asked_by: Person,
    words: str,
    language: str = "",
    side: str = Invitation.Side.LEADER,
) -> list[Invitation]:
    """Ask these people, all with the same words, in the name of `asked_by`. Whoever was asked before is left out.

    `language` is what they are written to in, unless they have chosen one themselves.
    """
    earlier = Invitation.objects.filter(scheme=scheme, person__in=people, side=side)
    asked = set(earlier.values_list("person", flat=True))
    fresh = [person for person in people if person.pk not in asked]
    rules.check_can_invite(len(fresh))
    check_takes_new(scheme)
    joining = joining_of(scheme)
    check_may_be_asked(joining, side, names_not_let_in(joining, fresh, side))
    made = []
    for person in fresh:
        expect_language(account=ensure_account(by=by, person=person), language=language)
        now = clock.now()
        invitation = Invitation.objects.create(
            scheme=scheme,
            person=person,
            side=side,
            asked_by=asked_by,
            words=words,
            invited_at=now,
            last_asked_at=now,
        )
        record(by=by, what="starting_point.asked", subject=invitation, organisation_id=scheme.organisation_id)
        emails.tell_invited(by=by, invitation=invitation)
        made.append(invitation)
    return made


@transaction.atomic
def make_invitation_letter(*, by: Account, invitation: Invitation, organisation: Organisation) -> str:
    """A printed code that signs this person in once; an earlier one stops working. Their own organisation makes it."""
    rules.check_can_make_letter(invitation.person.organisation_id, organisation.pk)
    return make_letter(by=by, person=invitation.person)


@transaction.atomic
def remind(*, by: Account, organisation: Organisation, side: str) -> int:
    """Ask once more whoever can be reminded now; how many that are.

    Whoever is left in peace is counted and gets nothing: the number must not tell that somebody said no.
    """
    waiting = queries.to_remind(organisation, side, clock.now())
    for invitation in waiting:
        rules.check_can_remind(invitation.reminders, invitation.last_asked_at or invitation.invited_at, clock.now())
        invitation.reminders += 1
        invitation.last_asked_at = clock.now()
        invitation.save(update_fields=["reminders", "last_asked_at"])
        record(by=by, what="starting_point.reminded", subject=invitation, organisation_id=organisation.pk)
        if not invitation.in_peace and invitation.asked_by is not None:
            emails.remind(invitation)
    return len(waiting)


@transaction.atomic
def leave_in_peace(*, by: Account, side: str) -> None:
    """“Not for me”: no reminder any more. There is no entry, and the coordinator sees what they saw before."""
    Invitation.objects.filter(person__account=by, side=side).update(in_peace=True)
