"""What a coordinator says about a list of pairs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.accounts.queries import mail_leaves
from handrail.capabilities.pairings.spreadsheets.presenters import ROLES
from handrail.design.forms import ChoicesField, ConsentField, FileField, Form, RadiosField, SelectField, TextField

DAY_FIRST, MONTH_FIRST = "day", "month"


class ListForm(Form):
    file = FileField(
        label=_("The list of pairs"),
        hint=_("The spreadsheet you keep now, as it is: .xlsx or .csv. You see what it would change first."),
        missing=_("Please choose the file with the pairs."),
        accept=".xlsx,.xlsm,.csv,.txt,.tsv",
    )


class ColumnsForm(Form):
    """One list to choose from for each thing that a column may say."""

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for role, words in ROLES.items():
            self.fields[role] = SelectField(label=words, choices=choices, required=False)
        self.fields["dates"] = RadiosField(
            label=_("A date like 3/4 is"),
            choices=[(DAY_FIRST, _("the third of April")), (MONTH_FIRST, _("the fourth of March"))],
        )

        self.fields["headed"] = ConsentField(label=_("The line above the pairs holds headings"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [place for role in ROLES if (place := cleaned.get(role))]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(_("One column cannot say two things. Choose another one."))
        for side in ("leader", "mentor"):
            if not (cleaned.get(side) or cleaned.get(f"{side}_email")):
                self.add_error(side, _("Say in which column the name stands."))
        return cleaned

    def columns(self) -> dict[str, int]:
        return {role: int(place) for role in ROLES if (place := self.cleaned_data.get(role))}


class PeopleForm(Form):
    people = ChoicesField(
        label=_("Who should be added to your list of people?"),
        choices=[],
        missing=_("Tick whom to add, or go back."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = choices  # type: ignore[attr-defined]


class LoadForm(Form):
    tell = ConsentField(
        label=_("Write to them that there is now a place for their meetings"),
        hint=_("Only to pairs that run. Without it nobody is told, and they find it when they sign in."),
        required=False,
    )
    reason_to_go_on = TextField(
        label=_("Why they come all the same"),
        hint=_("Only you and other coordinators read this."),
        maximum=300,
        required=False,
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason_to_go_on"]
        if not mail_leaves():
            by_hand = _("No message leaves by itself: they then stand under Messages, among those to tell by hand.")
            self.fields["tell"].help_text = by_hand
