"""How a connected calendar stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from handrail.capabilities.pairings.busy.models import BusyCalendar


def state_of(calendar: BusyCalendar, number: int) -> str:
    if calendar.fault:
        return {
            "inside": _("The address leads into a private network, which is never read from here."),
            "not_there": _("Nothing answered at the address. It is tried again within the hour."),
            "refused": _("The calendar did not let itself be read. Has the address been changed there?"),
            "too_much": _("The calendar is too large or too slow to read. Can you share one with fewer years?"),
            "none": _("There is no calendar at the address. Look for the one that ends in .ics, and connect it again."),
        }[calendar.fault]
    if calendar.read_at is None:
        return _("Connected. It is being read; that takes a minute.")
    said = {"day": date_format(timezone.localtime(calendar.read_at), "j F Y, H:i"), "number": number}
    return (
        ngettext(
            "Read on %(day)s. You are busy at %(number)d time in the next two months.",
            "Read on %(day)s. You are busy at %(number)d times in the next two months.",
            number,
        )
        % said
    )
