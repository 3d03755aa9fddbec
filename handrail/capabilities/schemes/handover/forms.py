"""How a colleague takes over: for a while, or for good."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.schemes.handover import rules
from handrail.design.forms import DateField, Form, RadiosField
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused

COVER, OVER = "cover", "over"


class HandoverForm(Form):
    how = RadiosField(
        label=lazy("For a while, or for good?"),
        choices=[(COVER, lazy("For a while: both of you coordinate")), (OVER, lazy("For good: you no longer do"))],
        hints={OVER: lazy("You stop seeing the scheme’s pages as soon as you save this.")},
    )
    from_on = DateField(label=lazy("From (if for a while)"), required=False)
    until_on = DateField(label=lazy("Until and with"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("how") != COVER or self.errors:
            return cleaned
        for name in ("from_on", "until_on"):
            if not cleaned.get(name):
                self.add_error(name, _("This day is needed when it is for a while."))
        if not self.errors:
            try:
                rules.check_days(cleaned["from_on"], cleaned["until_on"], clock.today())
            except Refused as refusal:
                self.add_error("from_on", str(refusal))
        return cleaned
