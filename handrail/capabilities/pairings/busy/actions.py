"""Writes about connected calendars."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from handrail.capabilities.accounts.queries import zone_of
from handrail.capabilities.pairings.busy import jobs, queries, rules
from handrail.capabilities.pairings.busy.models import BusyCalendar, BusyTime
from handrail.connections.calendars import Unreachable, fetch_calendar
from handrail.formats.calendars import NotACalendar, read_busy
from handrail.foundation import clock
from handrail.foundation.audit.actions import record
from handrail.foundation.vault.unseen import seal_unseen

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.formats.calendars import Busy

AHEAD = timedelta(days=60)
NO_CALENDAR = "none"


@transaction.atomic
def connect_calendar(*, by: Account, address: str) -> BusyCalendar:
    """Keep the address, sealed, and have it read. An earlier one is forgotten with its times."""
    address = rules.usual_address(address)
    rules.check_address(address, may_be_plain=settings.CALENDARS_MAY_BE_INSIDE)
    BusyCalendar.objects.filter(account=by).delete()
    calendar = BusyCalendar.objects.create(
        account=by, address=seal_unseen(address, queries.OF, by.pk), connected_at=clock.now()
    )
    record(by=by, what="calendar.connected", subject=by)
    jobs.read_calendar.enqueue(calendar_id=calendar.pk)
    return calendar


@transaction.atomic
def disconnect_calendar(*, by: Account) -> None:
    """The address and every time by it are deleted."""
    gone, _rows = BusyCalendar.objects.filter(account=by).delete()
    if gone:
        record(by=by, what="calendar.disconnected", subject=by)


def read_calendar(*, calendar: BusyCalendar) -> None:
    """Fetch it and keep when its owner is busy, in place of what was kept before. Run twice, it does the same.

    Where it cannot be read the earlier times go as well: an hour that is free by now must not look taken.
    """
    now = clock.now()
    zone = zone_of(calendar.account)
    found: list[Busy] = []
    fault = ""
    try:
        content = fetch_calendar(queries.address_behind(calendar), may_be_inside=settings.CALENDARS_MAY_BE_INSIDE)
        found = read_busy(content, begins=now, ends=now + AHEAD, zone=zone)
    except Unreachable as unreachable:
        fault = unreachable.code
    except NotACalendar:
        fault = NO_CALENDAR
    with transaction.atomic():
        kept = BusyCalendar.objects.select_for_update().filter(pk=calendar.pk)
        if not kept.exists():
            return  # disconnected while it was read
        BusyTime.objects.filter(calendar=calendar.pk).delete()
        BusyTime.objects.bulk_create(
            [BusyTime(calendar_id=calendar.pk, starts_at=one.starts_at, ends_at=one.ends_at) for one in found]
        )
        kept.update(fault=fault, read_at=calendar.read_at if fault else now)
