"""What an account may do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account, Letter, OneTimeLink
from handrail.foundation.access.refusal import Refused


def check_can_use_letter(letter: Letter, now: datetime) -> None:
    if letter.used_at is not None:
        raise Refused(_("This code has been used. Each code works once. %(ask)s") % {"ask": _who_to_ask(letter)})
    if letter.expires_at <= now:
        raise Refused(_("This code is too old. %(ask)s") % {"ask": _who_to_ask(letter)})
    if not letter.account.is_active:
        raise Refused(_("This account is closed. Ask whoever gave you the letter."))


def _who_to_ask(letter: Letter) -> str:
    """By name, where it is known: whoever has the letter in hand reads that name on it."""
    if letter.made_by is None:
        return _("Ask whoever gave it to you for a new letter.")
    return _("Ask %(name)s, who made this one, for a new letter.") % {"name": letter.made_by.name}


def can_use_letter(letter: Letter, now: datetime) -> bool:
    try:
        check_can_use_letter(letter, now)
    except Refused:
        return False
    return True


def check_can_be_let_in(account: Account) -> None:
    """Who may get a code at the machine: everybody else has a coordinator who makes them a letter."""
    if not account.is_administrator:
        raise Refused(_("A code is made here for administrators only. Others get a letter from their coordinator."))
    if not account.is_active:
        raise Refused(_("This account is closed."))


def can_be_let_in(account: Account) -> bool:
    try:
        check_can_be_let_in(account)
    except Refused:
        return False
    return True


def check_can_use_first_link(link: OneTimeLink | None, now: datetime, *, somebody_is_here: bool) -> None:
    if somebody_is_here:
        raise Refused(_("This link has been used: this installation has its administrator."))
    if link is None or link.used_at is not None:
        raise Refused(_("This link has been used, or a newer one took its place. Start Handrail again for a new one."))
    if link.expires_at <= now:
        raise Refused(_("This link is too old: it lasts a day. Start Handrail again for a new one."))


def can_use_first_link(link: OneTimeLink | None, now: datetime, *, somebody_is_here: bool) -> bool:
    try:
        check_can_use_first_link(link, now, somebody_is_here=somebody_is_here)
    except Refused:
        return False
    return True


def vouched_address(answer: Mapping[str, Any], domains: list[str]) -> str:
    """The address that the provider says is surely this person's; empty when it says so of none.

    It says so by `email_verified`, or as Microsoft Entra by `xms_edov` (the owner of the domain has proved it), or the
    installation's administrator says it for all addresses of a domain. A claim counts only beside the address it is
    about, and only as a clear yes: absent, empty and "false" are no.
    """
    for claims in (answer.get("userinfo"), answer.get("id_token"), answer):
        if not isinstance(claims, Mapping):
            continue
        email = claims.get("email")
        if not isinstance(email, str) or email.count("@") != 1:
            continue
        if _is_yes(claims.get("email_verified")) or _is_yes(claims.get("xms_edov")):
            return email.strip()
        if email.strip().rpartition("@")[2].lower() in domains:
            return email.strip()
    return ""


def _is_yes(claim: object) -> bool:
    return claim is True or str(claim).lower() in ("true", "1")
