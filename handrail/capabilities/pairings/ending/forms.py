"""What a coordinator says about the end, one question a page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.schemes.ending.rules import check_day
from handrail.design.forms import DateField, Form, LongTextField
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused


class DayForm(Form):
    day = DateField(
        label=lazy("Which is the last day?"),
        hint=lazy("Give pairs time to meet once or twice more. A month is kind, a week is the least."),
    )

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        try:
            check_day(day, clock.today())
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return day


class WordsForm(Form):
    words = LongTextField(
        label=lazy("What do you want to say to everybody in it?"),
        hint=lazy("Two or three sentences. Thank them, and say why as far as you can. The rest is written for you."),
        maximum=600,
        rows=5,
    )


class WhyForm(Form):
    why = LongTextField(
        label=lazy("Why does it end?"),
        hint=lazy(
            "It did what it was for, or it is not worth more time: both are good reasons. Kept with the outcomes, for "
            "whoever decides next time. Please write of the work, and of nobody by name."
        ),
        maximum=600,
        rows=4,
    )
