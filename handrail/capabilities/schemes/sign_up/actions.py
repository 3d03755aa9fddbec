"""Writes of sign-ups: signing up, changing it, a mentor's time, pausing, taking it back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import transaction

from handrail.capabilities.schemes.ending.rules import check_takes_new
from handrail.capabilities.schemes.joining.queries import joining_of, may_join
from handrail.capabilities.schemes.joining.rules import check_may_join
from handrail.capabilities.schemes.set_up.queries import set_up_of
from handrail.capabilities.schemes.sign_up import emails, queries, rules
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import WhomNot
from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.vault.keys import forget_unused
from handrail.foundation.vault.unseen import seal_unseen

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Person
    from handrail.capabilities.schemes.models import Scheme

Time = TimeAgreement.State


@transaction.atomic
def sign_up(
    *,
    by: Account,
    scheme: Scheme,
    person: Person,
    side: str,
    answers: Mapping[str, Any],
    whom_not: WhomNot | None = None,
) -> SignUp:
    """Sign up, or change what one signed up with. `answers` are fields of SignUp; what is left out stays.

    That somebody said whom they would rather not be paired with shows nowhere: no entry of its own, the same length.
    """
    row = SignUp.objects.select_for_update().filter(scheme=scheme, person=person, side=side).first()
    fresh = row is None
    if fresh:
        check_takes_new(scheme)
        _check_may_join(scheme, person, side)
    is_open = not fresh or set_up_of(scheme).takes_sign_ups
    rules.check_can_sign_up(scheme, side, answers.get("themes", row.themes if row else ()), is_open=is_open)
    row = row or SignUp(scheme=scheme, person=person, side=side, signed_up_at=clock.now())
    if fresh or whom_not is not None:
        row.whom_not = _sealed(row, whom_not or WhomNot())
    for name, value in answers.items():
        setattr(row, name, value)
    row.save()
    if fresh:
        record(by=by, what="sign_up.made", subject=person, organisation_id=person.organisation_id)
    else:
        record(by=by, what="sign_up.changed", subject=person, organisation_id=person.organisation_id)
    return row


@transaction.atomic
def let_have_mentors(*, by: Account, scheme: Scheme, person_id: int, number: int) -> None:
    """How many mentors a leader may have at a time. A pairing that runs is not touched."""
    rules.check_number_of_mentors(number)
    row = SignUp.objects.select_related("person").get(scheme=scheme, person=person_id, side=SignUp.Side.LEADER)
    row.how_many = number
    row.save(update_fields=["how_many"])
    record(by=by, what="sign_up.mentors_set", subject=row.person, organisation_id=scheme.organisation_id)


@transaction.atomic
def set_care(*, by: Account, scheme: Scheme, person_id: int, side: str, with_care: bool) -> None:
    """A leader is paired only with mentors approved for special care, or a mentor is approved for it. The trail says
    that it was set, not for whom: its readers are more than those who may know."""
    row = SignUp.objects.get(scheme=scheme, person=person_id, side=side)
    row.with_care = with_care
    row.save(update_fields=["with_care"])
    record(by=by, what="sign_up.care_set", subject=scheme, organisation_id=scheme.organisation_id)


@transaction.atomic
def say_wishes(*, by: Account, row: SignUp, names: Sequence[str]) -> None:
    """Whom somebody would like to be paired with, most first. The other is never told."""
    rules.check_wishes(names)
    row.wishes = list(names)
    row.save(update_fields=["wishes"])
    record(by=by, what="sign_up.changed", subject=row.person, organisation_id=row.person.organisation_id)


@transaction.atomic
def ask_for_outside(*, by: Account, row: SignUp) -> None:
    """From now on somebody of another organisation. The trail has no entry: it might tell who said no to a pairing."""
    row.whom_not = _sealed(row, replace(queries.whom_not_of(row), own_organisation=True))
    row.save(update_fields=["whom_not"])


def _check_may_join(scheme: Scheme, person: Person, side: str) -> None:
    joining = joining_of(scheme)
    check_may_join(joining, side, is_let_in=may_join(joining, person.pk, side))


def _sealed(row: SignUp, whom_not: WhomNot) -> bytes:
    rules.check_whom_not(whom_not)
    kept = {
        "people": sorted(whom_not.people),
        "names": sorted(whom_not.names),
        "parties": sorted(whom_not.parties),
        "other_parties": whom_not.other_parties,
        "own_organisation": whom_not.own_organisation,
    }
    text = json.dumps(kept, ensure_ascii=False)
    filled = text + " " * (-len(text.encode()) % rules.ROOM)
    return seal_unseen(filled, queries.OF, row.scheme_id, row.person_id, row.side)


@transaction.atomic
def forget_sign_ups(*, scheme: Scheme) -> None:
    """The scheme has ended: there is nothing to be paired by. A key made at sign-up and never used goes, too."""
    for row in SignUp.objects.filter(scheme=scheme).select_related("person"):
        row.delete()
        if row.person.account_id is not None:
            forget_unused(row.person.account_id, since=row.signed_up_at)


@transaction.atomic
def agree_time(*, by: Account, row: SignUp, state: str, hours: int, name: str = "", address: str = "") -> str:
    """How the mentor's time is agreed: asked of the manager by one mail, spoken about, or nobody has to be asked.

    Gives the words to the manager where one is asked."""
    words = ""
    agreement = queries.agreement_of(row) or TimeAgreement(sign_up=row, state=state)
    rules.check_can_become(agreement, state)
    agreement.state, agreement.hours = state, hours
    _forget_manager(agreement)
    if state == Time.ASKED:
        token = queries.new_token()
        agreement.manager_name, agreement.manager_address = name, address
        agreement.digest, agreement.asked_at = queries.digest(token), clock.now()
        words = emails.ask_manager(agreement, token)
    agreement.save()
    record(by=by, what="sign_up.time_said", subject=row.person, organisation_id=row.person.organisation_id)
    return words


def _forget_manager(agreement: TimeAgreement) -> None:
    agreement.manager_name = agreement.manager_address = ""
    agreement.digest = agreement.asked_at = None


@transaction.atomic
def answer_for_manager(*, by: None, agreement: TimeAgreement, agreed: bool) -> TimeAgreement:
    """The manager's answer, by whoever holds the link: it asks for hours and tells nothing else."""
    agreement = TimeAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    rules.check_can_answer_for_manager(agreement)
    agreement.state = Time.AGREED if agreed else Time.TALK_FIRST
    emails.tell_answered(agreement)
    agreement.manager_name = agreement.manager_address = ""
    agreement.save()
    person = agreement.sign_up.person
    record(by=by, what="sign_up.time_answered", subject=person, organisation_id=person.organisation_id)
    return agreement


@transaction.atomic
def pause_sign_up(*, by: Account, row: SignUp) -> None:
    """In one click: no longer proposed from now on. The trail has no entry: it might tell who said no to a pairing."""
    row.paused_on = row.paused_on or clock.today()
    row.save(update_fields=["paused_on"])


@transaction.atomic
def resume_sign_up(*, by: Account, row: SignUp) -> None:
    """Back in one's old place: the order of signing up is kept."""
    row.paused_on = None
    row.save(update_fields=["paused_on"])


@transaction.atomic
def take_sign_up_back(*, by: Account, row: SignUp) -> None:
    """Everything somebody signed up with is deleted, and a key that was made for it and never used."""
    record(by=by, what="sign_up.taken_back", subject=row.person, organisation_id=row.person.organisation_id)
    row.delete()
    forget_unused(by.pk, since=row.signed_up_at)
