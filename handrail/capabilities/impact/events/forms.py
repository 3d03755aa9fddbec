"""What a coordinator says of a holiday or another event."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import DateField, Form, SelectField, TextField


class EventForm(Form):
    name = TextField(
        label=_("What was it?"),
        hint=_("A few words, for example “Christmas” or “Move to the new offices”. Leaders and sponsors may see them."),
        missing=_("Please say in a few words what it was."),
        maximum=60,
    )
    first_day = DateField(label=_("First day"), missing=_("Please write the first day."))
    last_day = DateField(
        label=_("Last day"),
        hint=_("The same day, where it was one. Every week that it touches is left out."),
        missing=_("Please write the last day."),
    )

    def __init__(self, units: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = SelectField(
            label=_("Where?"),
            hint=_("In one team: if a leader began there in the same weeks, nothing is said of that team."),
            choices=[("", _("Everywhere")), *((unit, unit) for unit in units)],
            required=False,
        )
