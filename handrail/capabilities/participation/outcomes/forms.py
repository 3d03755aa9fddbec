"""What a coordinator says about an outcome."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import ChoicesField, ConsentField, Form, TextField


class ConcernForm(Form):
    def __init__(self, channels: Sequence[tuple[str, str]], units: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"] = TextField(
            label=_("Words in the names of channels"),
            hint=_("With commas between them: every channel with one of these words in its name counts."),
            required=False,
        )
        if channels:
            self.fields["channels"] = ChoicesField(
                label=_("Channels where it is talked of"), choices=channels, required=False
            )
        if units:
            self.fields["units"] = ChoicesField(
                label=_("Whom it is for, inside"), choices=[(unit, unit) for unit in units], required=False
            )
        self.fields["outside"] = ConsentField(label=_("It is for people outside as well"), required=False)
