"""What a person taps and types about times."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from handrail.capabilities.pairings.sessions.rules import MINUTES
from handrail.design.forms import ChoicesField, DateField, Form, RadiosField, TextField, TimeField
from handrail.formats.calendars import checked_link, local_time

Times = list[tuple[str, list[tuple[str, str]]]]


class TimesForm(Form):
    """Days with their times to tap, and one more day and time to type; by the clock of `zone`."""

    def __init__(self, *args: Any, days: Times, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        typed = {name: self.fields.pop(name) for name in list(self.fields)}
        for number, (name, times) in enumerate(days):
            self.fields[f"day_{number}"] = ChoicesField(label=name, choices=times, required=False)
        self.fields |= typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        times = [value for name, values in cleaned.items() if name.startswith("day_") for value in values]
        cleaned["times"] = [datetime.fromisoformat(value).astimezone(UTC) for value in times]
        on, at = cleaned.get("on"), cleaned.get("at")
        if on and at:
            try:
                cleaned["times"].append(local_time(on, at.hour, at.minute, self.zone).astimezone(UTC))
            except (ValueError, OverflowError) as error:
                raise ValidationError({"at": str(error)}) from error
        elif (on or at) and not {"on", "at"} & set(self.errors):
            self.add_error("at" if on else "on", _("Please give both, the day and the time."))
        if not self.errors and not cleaned["times"]:
            raise ValidationError(_("Tap at least one time, or type one."))
        return cleaned


class OfferForm(TimesForm):
    on = DateField(label=_("Another day"), required=False)
    at = TimeField(label=_("and time"), required=False)
    minutes = RadiosField(
        label=_("How long"),
        choices=[
            (str(minutes), ngettext_lazy("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes})
            for minutes in MINUTES
        ],
        initial="30",
    )


class MoveForm(TimesForm):
    """One time to move to."""

    on = DateField(label=_("Another day"), required=False)
    at = TimeField(label=_("and time"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len(set(cleaned.get("times", []))) > 1:
            raise ValidationError(_("Choose one time only."))
        return cleaned


class PlaceForm(Form):
    place = TextField(label=_("Room or place (if there is one)"), maximum=200, required=False, autocomplete="off")
    meeting_link = TextField(
        label=_("Link to the meeting (if it is online)"),
        hint=_("It begins with https:// and goes into both calendars."),
        maximum=500,
        required=False,
        inputmode="url",
        autocomplete="off",
    )

    def clean_meeting_link(self) -> str:
        link: str = self.cleaned_data["meeting_link"].strip()
        if link:
            try:
                forms.URLField(assume_scheme="https").clean(link)
                checked_link(link)
            except (ValidationError, ValueError):
                raise ValidationError(_("This is not a web address. It begins with https://.")) from None
        return link
