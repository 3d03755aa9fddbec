"""Dates in three boxes and times as people write them."""

import calendar
import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

NAMES = ("day", "month", "year")
WIDTHS = {"day": "2", "month": "2", "year": "4"}
NUMBER = re.compile(r"\d{1,4}", re.ASCII)
TIME = re.compile(r"(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE | re.ASCII)
WORDS = {"noon": datetime.time(12), "midday": datetime.time(12), "midnight": datetime.time(0)}


class DateParts(forms.TextInput):
    """Three boxes named NAME-day, NAME-month, NAME-year; the first bears the field's own id."""

    def __init__(self, *, birthday: bool = False) -> None:
        super().__init__()
        self.birthday = birthday

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in NAMES)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in NAMES)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        if isinstance(value, datetime.date):
            value = (str(value.day), str(value.month), str(value.year))
        texts = value if isinstance(value, tuple | list) else ("", "", "")
        labels = (gettext("Day"), pgettext("of a date", "Month"), gettext("Year"))
        identity = (attrs or {}).get("id", f"id_{name}")
        context["widget"]["parts"] = [
            {
                "id": identity if part == "day" else f"{identity}-{part}",
                "name": f"{name}-{part}",
                "label": label,
                "value": text,
                "width": WIDTHS[part],
                "autocomplete": f"bday-{part}" if self.birthday else "",
            }
            for part, label, text in zip(NAMES, labels, texts, strict=True)
        ]
        return context


def date_in_words(day: datetime.date) -> str:
    """ "22 November 2026", as every page writes a date."""
    return date_format(day, "j F Y")


def moment_in_words(moment: datetime.datetime) -> str:
    """ "22 November 2026 at 22:24", by the reader's clock."""
    at = localtime(moment)
    return gettext("%(day)s at %(time)s") % {"day": date_in_words(at.date()), "time": date_format(at, "H:i")}


def weekday_and_time_in_words(at: datetime.datetime) -> str:
    """ "Tuesday 1 December at 10:00", by the clock that `at` has."""
    return gettext("%(day)s at %(time)s") % {"day": date_format(at, "l j F"), "time": date_format(at, "H:i")}


def date_from(texts: Any) -> datetime.date | None:
    """The date of three texts (day, month, year); None when all are empty."""
    if not texts or not any(texts):
        return None
    absent = [word for word, text in zip((_("a day"), _("a month"), _("a year")), texts, strict=True) if not text]
    if absent:
        raise ValidationError(_("The date needs %(part)s.") % {"part": gettext(" and ").join(map(str, absent))})
    if not all(NUMBER.fullmatch(text) for text in texts):
        raise ValidationError(_("Please write the date in numbers, for example 27 3 2027."))
    day, month, year = map(int, texts)
    if not 1900 <= year <= 2200:
        raise ValidationError(_("Please write the year with four digits, for example 2027."))
    if not 1 <= month <= 12:
        raise ValidationError(_("The month is a number from 1 to 12."))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise ValidationError(_("That month has %(last)d days. Please check the day.") % {"last": last})
    return datetime.date(year, month, day)


def time_from(text: str) -> datetime.time:
    """The time of day that `text` means, or a kind refusal."""
    words = " ".join(text.lower().split())
    if words in WORDS:
        return WORDS[words]
    match = TIME.fullmatch(words)
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour <= 23 and minute <= 59 and (half or match[2]):
            return datetime.time(hour, minute)
    raise ValidationError(_("Please write the time like 14:30 or 2.30pm."))
