"""Writes about accounts."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.capabilities.accounts import emails, letter_codes, rules
from handrail.capabilities.accounts.models import Account, Letter, OneTimeLink
from handrail.capabilities.accounts.queries import link_digest
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record
from handrail.foundation.lifecycle.erasing import erase_person

LETTER_LASTS = timedelta(days=30)
FIRST_LINK_LASTS = LET_IN_LASTS = timedelta(days=1)


def account_for(*, name: str, email: str) -> Account:
    """The account with this address, or a new one. Without an address always a new one, opened by letter."""
    found = Account.objects.filter(email__iexact=email).first() if email else None
    return found or Account.objects.create_account(name=name, email=email or None)


@transaction.atomic
def make_letter(*, by: Account, account: Account) -> str:
    """A fresh sign-in code to print for `account`; earlier ones stop working. The code is kept nowhere."""
    code, letter = _new_letter(account, by=by, lasts=LETTER_LASTS)
    record(by=by, what="letter.made", subject=letter)
    emails.tell_letter_was_made(by=by, account=account)
    return code


@transaction.atomic
def let_administrator_in(*, by: None, account: Account) -> str:
    """A sign-in code for an administrator who cannot get in, for whoever sits at the machine: nobody is known there.

    It is a letter of a day: a second proof is asked for as ever, and nothing private opens.
    """
    rules.check_can_be_let_in(account)
    code, letter = _new_letter(account, by=by, lasts=LET_IN_LASTS)
    record(by=by, what="letter.made_at_the_machine", subject=letter)
    emails.tell_code_was_made_at_the_machine(account=account)
    return code


def _new_letter(account: Account, *, by: Account | None, lasts: timedelta) -> tuple[str, Letter]:
    now = clock.now()
    Letter.objects.filter(account=account, used_at__isnull=True).delete()
    code = letter_codes.new_code()
    letter = Letter.objects.create(
        account=account,
        code_digest=letter_codes.digest(code),
        made_by=by,
        made_at=now,
        expires_at=now + lasts,
    )
    return code, letter


@transaction.atomic
def use_letter(*, code: str) -> Account:
    """The account a printed code belongs to; the code is used up. Raises Refused with words to show."""
    letter = Letter.objects.select_for_update().filter(code_digest=letter_codes.digest(code)).first()
    if letter is None:
        raise Refused(_("We do not know this code. Check each letter against the page, or ask for a new one."))
    now = clock.now()
    rules.check_can_use_letter(letter, now)
    letter.used_at = now
    letter.save(update_fields=["used_at"])
    record(by=letter.account, what="letter.used", subject=letter)
    return letter.account


@transaction.atomic
def change_details(*, by: Account, name: str, time_zone: str) -> None:
    by.name, by.time_zone = name, time_zone
    by.save(update_fields=["name", "time_zone"])
    record(by=by, what="account.changed", subject=by)


@transaction.atomic
def choose_language(*, by: Account, language: str) -> None:
    """The language that this person reads pages and messages in."""
    by.language = language
    by.save(update_fields=["language"])
    record(by=by, what="account.changed", subject=by)


def expect_language(*, account: Account, language: str) -> None:
    """Whoever asks somebody to begin thinks they read this language. What a person chose themselves stays."""
    if language and not account.language:
        account.language = language
        account.save(update_fields=["language"])


@transaction.atomic
def change_address(*, by: Account, email: str) -> None:
    """A personal address of the person's own choice; mail and sign-in codes go there from now on."""
    _move_address(by, email)
    record(by=by, what="account.address_changed", subject=by)


@transaction.atomic
def correct_address(*, by: Account, account: Account, email: str) -> None:
    """Somebody who looks after this account's person mends the address they gave it; none: in by letter only."""
    _move_address(account, email)
    record(by=by, what="account.address_corrected", subject=account)


def _move_address(account: Account, email: str) -> None:
    """The old address is told."""
    if email and Account.objects.exclude(pk=account.pk).filter(email__iexact=email).exists():
        raise Refused(_("This address cannot be used here. Choose another one."))
    emails.tell_address_changes(account=account, new_address=email)
    account.email = email.strip().lower() or None
    account.save(update_fields=["email"])


def make_first_administrator_link() -> str:
    """A link for the first administrator of an empty installation; earlier ones stop working."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        OneTimeLink.objects.filter(used_at__isnull=True).delete()
        OneTimeLink.objects.create(digest=link_digest(token), made_at=now, expires_at=now + FIRST_LINK_LASTS)
    return settings.BASE_URL + reverse("first_administrator", args=[token])


@transaction.atomic
def use_first_administrator_link(*, token: str, name: str, email: str) -> Account:
    """Use the link up: the account it makes is the administrator. Raises Refused with words to show."""
    now = clock.now()
    link = OneTimeLink.objects.select_for_update().filter(digest=link_digest(token)).first()
    rules.check_can_use_first_link(link, now, somebody_is_here=Account.objects.exists())
    assert link is not None
    link.used_at = now
    link.save(update_fields=["used_at"])
    account = Account.objects.create_account(name=name, email=email or None, is_administrator=True)
    record(by=account, what="installation.first_administrator", subject=account)
    return account


@transaction.atomic
def forget_old_letters() -> None:
    """Delete letters 30 days and one-time links a day after they expired."""
    now = clock.now()
    Letter.objects.filter(expires_at__lt=now - LETTER_LASTS).delete()
    OneTimeLink.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()


@transaction.atomic
def erase_account(*, account: Account) -> None:
    """Delete an account and whatever is held about it; a restored backup does not bring it back."""
    erase_person(account.pk)
