"""What a mentor taps while getting ready, and writes in the circle."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.schemes.preparation.scenarios import Part
from handrail.design.forms import Form, LongTextField, RadiosField


class ScenarioForm(Form):
    choice = RadiosField(label="", choices=[], missing=lazy("Tap what you would do. Nothing of it is kept."))

    def __init__(self, *arguments: Any, part: Part, **more: Any) -> None:
        super().__init__(*arguments, **more)
        field: Any = self.fields["choice"]
        field.label = part.question
        field.choices = [(str(number), choice.text) for number, choice in enumerate(part.choices)]


class PostForm(Form):
    text = LongTextField(
        label=lazy("Something you tried, or a question about the craft"),
        hint=lazy("No names, nothing somebody said, no service that gives a name away."),
        maximum=600,
        rows=3,
        missing=lazy("Write a line or two first."),
    )
