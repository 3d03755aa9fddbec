"""What a leader brings, ticks and writes."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.essentials.queries import essentials
from handrail.capabilities.starting_point.decisions import rules
from handrail.capabilities.starting_point.decisions.presenters import Choosable
from handrail.design.forms import ChoicesField, DateField, Form, LongTextField, TextField
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused


class PaperForm(Form):
    paper = LongTextField(
        label=_("What is the decision?"),
        hint=_("A line is enough. Or paste the whole paper: it is sealed for you alone."),
        missing=_("Write a line, paste the paper, or go on by tapping below."),
        maximum=rules.LONGEST,
        rows=5,
    )


class TouchesForm(Form):
    """A group of boxes for what the text speaks of, and one for each theme."""

    def __init__(self, *arguments: Any, groups: list[Choosable], ticked: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*arguments, **more)
        for group in groups:
            self.fields[group.field] = ChoicesField(
                label=group.about,
                choices=group.choices,
                hints=group.hints,
                most=rules.MOST,
                required=False,
                initial=[one for one, _text in group.choices if one in ticked],
            )
        self.order = [group.field for group in groups]

    @property
    def chosen(self) -> list[str]:
        return [one for name in self.order for one in self.cleaned_data.get(name) or []]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules.check_choice(self.chosen, list(essentials()))
            except Refused as refusal:
                self.add_error(self.order[0], str(refusal))
        return cleaned


class DayForm(Form):
    day = DateField(label=_("On a day of your choice"), missing=_("Write a day, or tap one of those above."))
    called = TextField(
        label=_("What Home may call it"),
        hint=_("If you like. Others may see your screen: left empty, Home says the day and nothing else."),
        maximum=rules.LONGEST_NAME,
        required=False,
        autocomplete="off",
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        try:
            rules.check_day(day, clock.today())
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return day


class OutcomeForm(Form):
    differently = TextField(
        label=_("What was decided differently?"),
        hint=_("One line, for you alone. Small things count: a question asked, a date moved, a check added."),
        missing=_("Write a line, or tap “Nothing this time”."),
        maximum=rules.LONGEST_LINE,
        autocomplete="off",
    )
