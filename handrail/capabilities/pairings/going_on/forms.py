"""What one of the two taps about going on."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.going_on.presenters import HOW, NEXT
from handrail.design.forms import Form, RadiosField


class HowForm(Form):
    answer = RadiosField(label=_("How shall it go on?"), choices=[])

    def __init__(self, *args: Any, answers: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: RadiosField = self.fields["answer"]  # type: ignore[assignment]
        field.choices = [(answer, HOW[answer][0]) for answer in answers]
        field.hints = {answer: HOW[answer][1] for answer in answers}


class NextForm(Form):
    answer = RadiosField(label=_("What would you like next?"), choices=NEXT.items())
