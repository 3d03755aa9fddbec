"""What somebody writes when they look back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.closing.presenters import NEXT, NEXT_HINTS
from handrail.design.forms import Form, LongTextField, RadiosField


class AnswerForm(Form):
    text = LongTextField(label=_("In your words"), maximum=2000, required=False)

    def __init__(self, *args: Any, question: str, who_sees: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = question, who_sees


class WhatNextForm(Form):
    answer = RadiosField(label=_("And what would you like next?"), choices=NEXT.items(), hints=NEXT_HINTS)
