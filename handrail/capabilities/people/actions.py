"""Writes about organisations and people."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.accounts import actions as accounts
from handrail.capabilities.people import emails, rules
from handrail.capabilities.people.models import Delegate, Organisation, Person, Role
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

KEPT_AFTER_LEAVING = timedelta(days=365)


@transaction.atomic
def create_organisation(*, by: Account | None, name: str, is_demo: bool = False) -> Organisation:
    organisation = Organisation.objects.create(name=name, is_demo=is_demo)
    record(by=by, what="organisation.created", subject=organisation, organisation_id=organisation.pk)
    return organisation


@transaction.atomic
def add_person(
    *,
    by: Account | None,
    organisation: Organisation,
    name: str,
    email: str = "",
    job_title: str = "",
    unit: str = "",
    manager: Person | None = None,
    line: str = Person.Line.UNKNOWN,
) -> Person:
    """Somebody added by hand. The reporting line stays unknown unless it is said."""
    email = email.strip().lower()
    _check_address_is_free(organisation, email)
    person = Person.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        job_title=job_title,
        unit=unit,
        manager=manager,
        line=Person.Line.KNOWN if manager else line,
    )
    record(by=by, what="person.added", subject=person, organisation_id=organisation.pk)
    return person


def _check_address_is_free(organisation: Organisation, email: str, without: int = 0) -> None:
    others = Person.objects.present().filter(organisation=organisation, email__iexact=email).exclude(pk=without)
    other = others.first() if email else None
    if other is not None:
        words = _(
            "%(name)s has this address already. If that is the same person, open them under “People” instead. If two "
            "people share it, leave the address empty: a letter with a code lets the second one in."
        )
        raise Refused(words % {"name": other.name})


@transaction.atomic
def correct_person(*, by: Account, person: Person, name: str, email: str, job_title: str, unit: str) -> None:
    """Mend what the list says of somebody.

    The address they sign in with follows where it is the one that was mended and nobody's but this organisation's. An
    address that they chose themselves stays theirs.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    email = email.strip().lower()
    _check_address_is_free(person.organisation, email, without=person.pk)
    account = person.account
    follows = account is not None and email != person.email and (account.email or "") == person.email
    if account is not None and follows and not Person.objects.filter(account=account).exclude(pk=person.pk).exists():
        accounts.correct_address(by=by, account=account, email=email)
    person.name, person.email, person.job_title, person.unit = name, email, job_title, unit
    person.save(update_fields=["name", "email", "job_title", "unit", "searched"])
    record(by=by, what="person.corrected", subject=person, organisation_id=person.organisation_id)


@transaction.atomic
def ensure_account(*, by: Account | None, person: Person) -> Account:
    """The account this person signs in with; made (or found by address) when they are first asked to take part."""
    if person.account is not None:
        return person.account
    account = accounts.account_for(name=person.name, email=person.email)
    if Person.objects.filter(organisation=person.organisation, account=account).exists():
        # Two people of one organisation behind one address: the second signs in by letter.
        account = accounts.account_for(name=person.name, email="")
    person.account = account
    person.save(update_fields=["account"])
    record(by=by, what="account.made", subject=person, organisation_id=person.organisation_id)
    return account


@transaction.atomic
def make_letter(*, by: Account, person: Person) -> str:
    """A printed sign-in code for this person."""
    return accounts.make_letter(by=by, account=ensure_account(by=by, person=person))


@transaction.atomic
def give_role(*, by: Account | None, person: Person, role: str) -> None:
    ensure_account(by=by, person=person)
    _role, made = Role.objects.get_or_create(person=person, name=role)
    if made:
        record(
            by=by,
            what="role.given",
            subject=person,
            organisation_id=person.organisation_id,
            detail={"role": role},
        )


@transaction.atomic
def take_role(*, by: Account | None, person: Person, role: str) -> None:
    taken, _rows = Role.objects.filter(person=person, name=role).delete()
    if taken:
        record(
            by=by,
            what="role.taken",
            subject=person,
            organisation_id=person.organisation_id,
            detail={"role": role},
        )


@transaction.atomic
def name_delegate(*, by: Account, person: Person, delegate: Person) -> None:
    """Let somebody arrange this person's times, and nothing more."""
    rules.check_can_be_delegate(person, delegate)
    ensure_account(by=by, person=delegate)
    _delegate, made = Delegate.objects.get_or_create(
        person=person, delegate=delegate, defaults={"since": clock.today()}
    )
    if made:
        record(by=by, what="delegate.named", subject=person, organisation_id=person.organisation_id)


@transaction.atomic
def end_delegate(*, by: Account, delegate: Delegate) -> None:
    record(by=by, what="delegate.ended", subject=delegate.person, organisation_id=delegate.person.organisation_id)
    delegate.delete()


@transaction.atomic
def open_organisation(
    *, by: Account, name: str, coordinator_name: str, coordinator_email: str
) -> tuple[Organisation, Person]:
    """A new organisation with its first coordinator, who is told by mail."""
    organisation = create_organisation(by=by, name=name)
    coordinator = add_person(by=by, organisation=organisation, name=coordinator_name, email=coordinator_email)
    give_role(by=by, person=coordinator, role=Role.Name.COORDINATOR)
    emails.tell_coordinator(by=by, coordinator=coordinator)
    return organisation, coordinator


def forget_who_left() -> int:
    """Delete people a year after they left, with an account that is nobody else's; how many that were."""
    gone = Person.objects.filter(left_on__lt=clock.today() - KEPT_AFTER_LEAVING).select_related("account")
    for person in gone:
        with transaction.atomic():
            record(by=None, what="person.forgotten", organisation_id=person.organisation_id)
            account = person.account
            elsewhere = Person.objects.filter(account=account).exclude(pk=person.pk).exists()
            if account and not account.is_administrator and not elsewhere:
                accounts.erase_account(account=account)  # with this person
            Person.objects.filter(pk=person.pk).delete()
    return len(gone)
