"""What somebody says who is asked to meet."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import Form, RadiosField

ACCEPT, DECLINE = "accept", "decline"
ANOTHER, OUTSIDE = "another", "outside"  # a no of a leader who would rather meet somebody else


class AnswerForm(Form):
    answer = RadiosField(label=_("Your answer"), choices=[])

    def __init__(self, *arguments: Any, leads: bool, outside: bool, **more: Any) -> None:
        """`leads`: a leader may ask for somebody else. `outside`: there are mentors of another organisation."""
        super().__init__(*arguments, **more)
        another = [(ANOTHER, _("Somebody else, please"))] if leads else []
        another += [(OUTSIDE, _("Somebody from outside my organisation"))] if leads and outside else []
        yes, no = (ACCEPT, _("Yes, I would like to meet")), (DECLINE, _("No, not this time"))
        self.fields["answer"].choices = [yes, *another, no]  # type: ignore[attr-defined]
