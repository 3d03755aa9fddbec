"""What a leader tells."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.stories import rules
from handrail.design.forms import Form, LongTextField, RadiosField
from handrail.foundation.access.refusal import Refused

NAMED, UNNAMED = "named", "unnamed"


class StoryForm(Form):
    text = LongTextField(
        label=lazy("What is different now, in two sentences?"),
        hint=lazy("For example: I read what people write about us, every Friday. We changed the opening hours."),
        maximum=400,
        rows=4,
    )
    named = RadiosField(
        label=lazy("With your name?"),
        choices=[(NAMED, lazy("Yes")), (UNNAMED, lazy("No: “a leader here”"))],
        hints={UNNAMED: lazy("In a small group people may still guess who it is.")},
        initial=UNNAMED,
    )

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        try:
            rules.check_story(text)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return text
