"""When recovery by custodians may be turned on, and who may be a custodian."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused
from handrail.foundation.vault.keys.custody import CUSTODIANS

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def check_can_name(person: Person, *, named: int, is_on: bool) -> None:
    if is_on:
        raise Refused(_("Turn recovery by custodians off first: those who take part trust the three that are named."))
    if named >= CUSTODIANS:
        raise Refused(_("Three are named. Take one of them off first."))
    if person.account is not None and person.account.is_administrator:
        raise Refused(_("Choose somebody who does not run the installation: they hold the database already."))


def check_can_turn_on(*, ready: int) -> None:
    if ready != CUSTODIANS:
        raise Refused(_("Three custodians are needed, each with a private space of their own that is set up."))


def can_turn_on(*, ready: int) -> bool:
    return ready == CUSTODIANS
