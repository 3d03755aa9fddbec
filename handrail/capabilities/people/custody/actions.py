"""Writes about custodians: naming them, turning it on and off, taking part, asking, helping, refusing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.capabilities.people.actions import ensure_account
from handrail.capabilities.people.custody import emails, queries, rules
from handrail.capabilities.people.custody.models import Custodian, Custody
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record
from handrail.foundation.vault.faults import NoKeys, VaultClosed, WrongSecret
from handrail.foundation.vault.keys import custody

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation, Person


@transaction.atomic
def name_custodian(*, by: Account, organisation: Organisation, person: Person) -> None:
    named = queries.named_in(organisation)
    rules.check_can_name(person, named=len(named), is_on=queries.is_on(organisation))
    ensure_account(by=by, person=person)
    _custodian, made = Custodian.objects.get_or_create(person=person, defaults={"organisation": organisation})
    if made:
        record(by=by, what="custody.custodian_named", subject=person, organisation_id=organisation.pk)
        emails.ask_custodian(person)


@transaction.atomic
def take_off(*, by: Account, organisation: Organisation, person: Person) -> None:
    """Somebody is no custodian any more; with two left it is off, and what was sealed to the three is gone."""
    turn_off(by=by, organisation=organisation)
    gone, _rows = Custodian.objects.filter(organisation=organisation, person=person).delete()
    if gone:
        record(by=by, what="custody.custodian_taken_off", subject=person, organisation_id=organisation.pk)


@transaction.atomic
def turn_on(*, by: Account, organisation: Organisation) -> None:
    rules.check_can_turn_on(ready=len(queries.ready_among(queries.named_in(organisation))))
    _custody, made = Custody.objects.get_or_create(organisation=organisation, defaults={"turned_on_at": clock.now()})
    if made:
        record(by=by, what="custody.turned_on", subject=organisation, organisation_id=organisation.pk)


@transaction.atomic
def turn_off(*, by: Account, organisation: Organisation) -> None:
    """Off: every share that was sealed to these custodians is deleted, and those who took part are told."""
    was_on, _rows = Custody.objects.filter(organisation=organisation).delete()
    for account_id in custody.end_all(organisation.pk):
        emails.tell_ended(account_id)
    if was_on:
        record(by=by, what="custody.turned_off", subject=organisation, organisation_id=organisation.pk)


@transaction.atomic
def take_part(request: HttpRequest) -> None:
    custodians = queries.custodians_for(request)
    if custodians is None:
        raise Refused(_("Your organisation has no custodians."))
    try:
        custody.take_part(request, custodians=custodians.account_ids, organisation_id=custodians.organisation.pk)
    except VaultClosed:
        raise Refused(_("Open your private space first.")) from None
    except NoKeys:
        raise Refused(_("Not all three custodians are ready. Ask your coordinator.")) from None


@transaction.atomic
def stop_taking_part(*, by: Account) -> None:
    if custody.takes_part(by.pk):
        custody.leave(by.pk)
        record(by=by, what="custody.left")


@transaction.atomic
def ask_for_help(request: HttpRequest, response: HttpResponse) -> None:
    try:
        asked = custody.ask(request, response)
    except WrongSecret:
        raise Refused(_("You do not take part, so the custodians cannot help you.")) from None
    emails.tell_asked(asked)


@transaction.atomic
def help_owner(request: HttpRequest, request_id: UUID, *, name: str) -> None:
    try:
        asked = custody.help_with(request, request_id)
    except WrongSecret:
        raise Refused(_("This has been settled in the meantime.")) from None
    emails.tell_helped(asked, name)


@transaction.atomic
def refuse_help(request: HttpRequest) -> None:
    asked = custody.refuse(request)
    if asked is not None:
        emails.tell_refused(asked)


def open_with_help(request: HttpRequest, *, own_device: bool) -> None:
    try:
        custody.recover(request, own_device=own_device)
    except WrongSecret:
        raise Refused(_("This works only in the browser that asked, and only when the three days are over.")) from None
