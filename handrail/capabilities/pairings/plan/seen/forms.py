"""What the two tap."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.starting_point.queries import SEEN
from handrail.design.forms import ChoicesField, Form


class SeenForm(Form):
    what = ChoicesField(
        label=_("What did you see together?"),
        hint=_("What was done, or came up. Tap any that fit."),
        choices=[],
        missing=_("Tap what you saw together. Nothing was noted."),
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["what"].choices = list(SEEN.items())  # type: ignore[attr-defined]
