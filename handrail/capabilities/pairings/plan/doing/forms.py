"""One line on a step that is done, and the day that a step is moved to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.plan import rules
from handrail.design.forms import ConsentField, DateField, Form, LongTextField
from handrail.design.parts import Text


class LineForm(Form):
    line = LongTextField(
        label=_("What happened, in a line"),
        hint=_("Only if you like. Only you can read this."),
        maximum=rules.LONGEST_LINE,
        rows=2,
        required=False,
    )
    for_both = ConsentField(label="", required=False)

    def __init__(self, *arguments: Any, other: str, asked: bool = False, **more: Any) -> None:
        """`asked`: nobody can have answered yet, and home says these words on the day to look."""
        super().__init__(*arguments, **more)
        if asked:
            self.fields["line"].label = _("Whom you asked, and what, in a line")
            self.fields["line"].help_text = _("Only if you like. Home shows it when it asks whether anybody answered.")
        if other:
            self.fields["for_both"].label = _("%(name)s may read this line") % {"name": other}
            self.fields["line"].help_text = _(
                "Only if you like. Only you can read this, unless you tick the box below."
            )
        else:
            del self.fields["for_both"]

    @property
    def words(self) -> dict[str, str | bool]:
        """What was typed and ticked, of a form that is valid."""
        line: dict[str, str | bool] = {"line": str(self.cleaned_data["line"]).strip()}
        ticked = self.cleaned_data.get("for_both")
        return line if ticked is None else {**line, "for_both": bool(ticked)}


class DayForm(Form):
    day = DateField(label=_("Or on a day of your choice"), missing=_("Write a day, or tap one of the others above."))


MISSING: Text = _("Tap when it suits, or write a day. Nothing was moved.")
