"""Reads of connected calendars. Whoever asks gets their own times; there is no way to ask for another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from handrail.capabilities.pairings.busy.models import BusyCalendar, BusyTime
from handrail.formats.calendars import Busy
from handrail.foundation.prepared import prepared
from handrail.foundation.vault.unseen import open_unseen

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account

OF = "busy.BusyCalendar"  # what a sealed address is bound to, with the account


def calendar_of(account: Account) -> BusyCalendar | None:
    return BusyCalendar.objects.filter(account=account).first()


def own_busy_times(account: Account) -> list[Busy]:
    return [Busy(one.starts_at, one.ends_at) for one in _times(account.pk)]


@prepared
def _times(account_id: int) -> QuerySet[BusyTime]:
    return BusyTime.objects.filter(calendar__account=account_id)


def ids_connected() -> list[int]:
    return list(BusyCalendar.objects.filter(account__is_active=True).values_list("pk", flat=True))


def calendar_to_read(calendar_id: int) -> BusyCalendar | None:
    """For the worker; None where it was disconnected in the meantime."""
    return BusyCalendar.objects.filter(pk=calendar_id).select_related("account").first()


def address_behind(calendar: BusyCalendar) -> str:
    return open_unseen(calendar.address, OF, calendar.account_id)
