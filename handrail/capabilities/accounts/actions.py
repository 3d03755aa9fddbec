"""Writes about accounts."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.accounts import emails, letter_codes, rules
from handrail.capabilities.accounts.models import Account, Letter
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

LETTER_LASTS = timedelta(days=30)


@transaction.atomic
def make_letter(*, by: Account, account: Account) -> str:
    """A fresh sign-in code to print for `account`; earlier ones stop working. The code is kept nowhere."""
    now = clock.now()
    Letter.objects.filter(account=account, used_at__isnull=True).delete()
    code = letter_codes.new_code()
    letter = Letter.objects.create(
        account=account,
        code_digest=letter_codes.digest(code),
        made_by=by,
        made_at=now,
        expires_at=now + LETTER_LASTS,
    )
    record(by=by, what="letter.made", subject=letter)
    emails.tell_letter_was_made(by=by, account=account)
    return code


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
def change_details(*, by: Account, name: str, language: str, time_zone: str) -> None:
    by.name, by.language, by.time_zone = name, language, time_zone
    by.save(update_fields=["name", "language", "time_zone"])
    record(by=by, what="account.changed", subject=by)


@transaction.atomic
def change_address(*, by: Account, email: str) -> None:
    """A personal address of the person's own choice; mail and sign-in codes go there from now on."""
    if Account.objects.exclude(pk=by.pk).filter(email__iexact=email).exists():
        raise Refused(_("This address cannot be used here. Choose another one."))
    emails.tell_address_changes(account=by, new_address=email)
    by.email = email.strip().lower()
    by.save(update_fields=["email"])
    record(by=by, what="account.address_changed", subject=by)
