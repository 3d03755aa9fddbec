"""Which notes somebody shows to the contact, and what they add."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import ChoicesField, Form, HiddenField, LongTextField

PREVIEW, SEND = "preview", "send"


class ReportForm(Form):
    notes = ChoicesField(label=_("Which notes?"), choices=[], missing=_("Tap one note or more."))
    words = LongTextField(
        label=_("What should they know?"),
        hint=_("You may leave this empty."),
        required=False,
        maximum=5_000,
    )
    seen = HiddenField(maximum=64, required=False)

    def __init__(self, *arguments: Any, notes: list[tuple[str, str]], hints: dict[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen: ChoicesField = self.fields["notes"]  # type: ignore[assignment]
        chosen.choices, chosen.hints = notes, hints
