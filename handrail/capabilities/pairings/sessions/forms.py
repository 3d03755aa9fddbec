"""What a person taps and types about times."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from handrail.capabilities.pairings.sessions.rules import MINUTES
from handrail.design.forms import ChoicesField, DateField, Form, RadiosField, SelectField, TextField, TimeField
from handrail.design.parts import Text
from handrail.formats.calendars import BEGINS, PartOfDay, checked_link, local_time

Words = list[tuple[str, Text]]  # what is sent, and what is read


@dataclass(frozen=True)
class Suggestions:
    """What the page offers to tap. `times`: a few; `accepted`: every time that a page opened earlier may have shown."""

    times: Words
    days: Words
    parts: Words
    accepted: frozenset[str]
    zone: str


class _Accepting:
    """A choice that was shown a moment ago stays good, although other times are suggested by now."""

    accepted: frozenset[str] = frozenset()

    def valid_value(self, value: Any) -> bool:
        return str(value) in self.accepted or super().valid_value(value)  # type: ignore[misc]


class SomeTimesField(_Accepting, ChoicesField):
    pass


class OneTimeField(_Accepting, RadiosField):
    pass


class TimesForm(Form):
    """A few times to tap; a day and a part of it; or a day and time to type. By the clock of the person's zone."""

    def __init__(self, *args: Any, suggestions: Suggestions, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = suggestions.zone
        self.fields["suggested"].choices = suggestions.times  # type: ignore[attr-defined]
        self.fields["suggested"].accepted = suggestions.accepted  # type: ignore[attr-defined]
        self.fields["day"].choices = [("", _("Choose a day")), *suggestions.days]  # type: ignore[attr-defined]
        self.fields["parts"].choices = suggestions.parts  # type: ignore[attr-defined]

    @property
    def says_more(self) -> bool:
        """Whether somebody went beyond the suggestions, so that what they said stays in sight."""
        return self.is_bound and any(self.data.get(name) for name in ("day", "parts", "on-day", "at"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        suggested = cleaned.get("suggested") or []
        tapped = [suggested] if isinstance(suggested, str) else suggested
        cleaned["times"] = [datetime.fromisoformat(value).astimezone(UTC) for value in tapped]
        cleaned["times"] += self._parts_of_a_day(cleaned) + self._typed(cleaned)
        if not self.errors and not cleaned["times"]:
            raise ValidationError(_("Tap at least one time, or type one."))
        return cleaned

    def _parts_of_a_day(self, cleaned: dict[str, Any]) -> list[datetime]:
        day, parts = cleaned.get("day"), cleaned.get("parts")
        if not (day and parts):
            if (day or parts) and not {"day", "parts"} & set(self.errors):
                self.add_error("parts" if day else "day", _("Please give both, the day and the part of it."))
            return []
        begins = [BEGINS[PartOfDay(part)] for part in ([parts] if isinstance(parts, str) else parts)]
        return [self._local("parts", date.fromisoformat(day), time) for time in begins]

    def _typed(self, cleaned: dict[str, Any]) -> list[datetime]:
        on, at = cleaned.get("on"), cleaned.get("at")
        if not (on and at):
            if (on or at) and not {"on", "at"} & set(self.errors):
                self.add_error("at" if on else "on", _("Please give both, the day and the time."))
            return []
        return [self._local("at", on, at)]

    def _local(self, name: str, day: date, at: time) -> datetime:
        try:
            return local_time(day, at.hour, at.minute, self.zone).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValidationError({name: str(error)}) from error


def _lengths() -> list[tuple[str, str]]:
    """In the language of the page: asked for with each form."""
    return [
        (str(minutes), ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes})
        for minutes in MINUTES
    ]


class OfferForm(TimesForm):
    suggested = SomeTimesField(label=_("Times to offer"), choices=[], required=False)
    day = SelectField(label=_("A day of the next two weeks"), choices=[], required=False)
    parts = ChoicesField(label=_("and when on that day"), choices=[], required=False)
    on = DateField(label=_("Or any other day"), required=False)
    at = TimeField(label=_("and time"), required=False)
    minutes = RadiosField(
        label=_("How long"),
        choices=_lengths,
        initial="30",
    )


class MoveForm(TimesForm):
    """One time to move to."""

    suggested = OneTimeField(label=_("The new time"), choices=[], required=False)
    day = SelectField(label=_("A day of the next two weeks"), choices=[], required=False)
    parts = RadiosField(label=_("and when on that day"), choices=[], required=False)
    on = DateField(label=_("Or any other day"), required=False)
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
