"""What somebody taps about terms, and writes as a goal or for the agenda."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.agreement.presenters import ANSWERS, QUESTIONS
from handrail.design.forms import Form, RadiosField, TextField


class TermForm(Form):
    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = RadiosField(label=QUESTIONS[question], choices=ANSWERS[question].items())


class LineForm(Form):
    text = TextField(
        label=_("Add a line"),
        missing=_("Write a word or two first."),
        maximum=300,
        autocomplete="off",
    )
