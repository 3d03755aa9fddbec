"""What a person types about a scheme."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import ChoicesField, Form


class SpanForm(Form):
    organisations = ChoicesField(
        label=_("Organisations whose people may also be paired in it"),
        hint=_("Their people can be found and chosen by this scheme's coordinator. Their own pairings stay unseen."),
        choices=[],
        required=False,
    )

    def __init__(self, *arguments: Any, others: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["organisations"].choices = others  # type: ignore[attr-defined]
