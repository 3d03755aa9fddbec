"""What somebody says who is asked to meet."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.design.forms import Form, RadiosField

ACCEPT, DECLINE = "accept", "decline"
PAUSE = "pause"  # a no, and no other question until one goes on
ANOTHER, OUTSIDE = "another", "outside"  # a no of a leader who would rather meet somebody else


class AnswerForm(Form):
    answer = RadiosField(label=_("Your answer"), choices=[], missing=_("Tap what suits you. Nothing is sent before."))

    def __init__(self, *arguments: Any, leads: bool, outside: bool, pauses: bool, **more: Any) -> None:
        """`leads`: a leader may ask for somebody else. `outside`: there are mentors of another organisation. `pauses`:
        they have signed up, so that there is something to pause; that has a button of its own."""
        super().__init__(*arguments, **more)
        another = [(ANOTHER, _("Somebody else, please"))] if leads else []
        another += [(OUTSIDE, _("Somebody from outside my organisation"))] if leads and outside else []
        yes, no = (ACCEPT, _("Yes, I would like to meet")), (DECLINE, _("No, not this time"))
        field: Any = self.fields["answer"]
        field.choices = [yes, *another, no]
        self.may_pause = pauses

    def clean(self) -> dict[str, Any]:
        """The button's answer is no choice of the list: one click, and nothing to tick before."""
        if self.may_pause and self.data.get("answer") == PAUSE:
            self.errors.pop("answer", None)
            return {"answer": PAUSE}
        return super().clean() or self.cleaned_data
