"""What an account may do."""

from datetime import datetime

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Letter
from handrail.foundation.access.refusal import Refused


def check_can_use_letter(letter: Letter, now: datetime) -> None:
    if letter.used_at is not None:
        raise Refused(_("This code has been used. Each code works once: ask for a new letter."))
    if letter.expires_at <= now:
        raise Refused(_("This code is too old. Ask the person who sent it for a new letter."))
    if not letter.account.is_active:
        raise Refused(_("This account is closed. Ask the person who sent the letter."))


def can_use_letter(letter: Letter, now: datetime) -> bool:
    try:
        check_can_use_letter(letter, now)
    except Refused:
        return False
    return True
