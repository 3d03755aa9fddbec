"""What somebody pastes to connect their calendar."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.busy import rules
from handrail.design.forms import Form, TextField
from handrail.foundation.access.refusal import Refused


class ConnectForm(Form):
    address = TextField(
        label=_("Your calendar’s secret address"),
        hint=_("It begins with “https” or “webcal”, and is long."),
        maximum=rules.LONGEST,
        autocomplete="off",
        inputmode="url",
        spellcheck=False,
    )

    def clean_address(self) -> Any:
        address = rules.usual_address(self.cleaned_data["address"])
        try:
            rules.check_address(address, may_be_plain=settings.CALENDARS_MAY_BE_INSIDE)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return address
