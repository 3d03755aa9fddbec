"""What a leader taps: their networks, and what they want to share."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.starting_point.walkthroughs.presenters import network_choices
from handrail.design.forms import ChoicesField, Form
from handrail.design.parts import Text


class NetworksForm(Form):
    networks = ChoicesField(
        label=_("Which of these do you use?"),
        hint=_("Tick any that fit, or none. You then see only what is yours. Sealed, like all the rest."),
        choices=network_choices(),
        required=False,
    )

    @property
    def names(self) -> list[str]:
        return list(self.cleaned_data.get("networks") or [])


class ShareMarksForm(Form):
    names = ChoicesField(label=_("What do you want to share?"), choices=[], required=False)

    def __init__(self, *arguments: Any, choices: list[tuple[str, Text]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["names"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("names") or [])
