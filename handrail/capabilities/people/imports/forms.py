"""What a person says about a people file."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.people.imports.models import Finding
from handrail.capabilities.people.imports.presenters import candidate_in_words, leaver_in_words
from handrail.design.forms import ChoicesField, FileField, Form, RadiosField, SelectField

DETECT = ("", _("Find out"))


class UploadForm(Form):
    file = FileField(
        label=_("The people file"),
        hint=_(
            "A download from Microsoft Entra or Google Workspace, an organogram, or a table of your own, CSV or Excel. "
            "You see what it would change before anything changes."
        ),
        missing=_("Please choose the file with the list of people."),
        accept=".csv,.txt,.tsv,.xlsx,text/csv",
    )


class OverridesForm(Form):
    """What is otherwise found out."""

    layout = SelectField(
        label=_("Kind of file"),
        choices=[
            DETECT,
            ("handrail", _("A table of our own")),
            ("entra", _("Microsoft Entra ID")),
            ("google", _("Google Workspace")),
            ("organogram", _("UK organogram, senior posts")),
        ],
        required=False,
    )
    encoding = SelectField(
        label=_("Encoding"),
        hint=_("Change this only if letters with accents came out wrong."),
        choices=[DETECT, ("utf-8", "UTF-8"), ("utf-16-le", "UTF-16"), ("cp1252", "Windows-1252")],
        required=False,
    )
    delimiter = SelectField(
        label=_("Between the fields"),
        choices=[DETECT, (",", _("Comma")), (";", _("Semicolon")), ("tab", _("Tab")), ("|", _("Vertical bar"))],
        required=False,
    )

    def overrides(self) -> dict[str, str]:
        typed = self.cleaned_data
        delimiter = "\t" if typed["delimiter"] == "tab" else typed["delimiter"]
        return {"layout": typed["layout"], "encoding": typed["encoding"], "delimiter": delimiter}


class QuestionsForm(Form):
    """For each line: one of the people it may be, somebody new, or left open."""

    def __init__(self, findings: Iterable[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for finding in findings:
            self.fields[f"line_{finding.pk}"] = RadiosField(
                label=_("Line %(line)s: %(name)s") % {"line": finding.line, "name": finding.name},
                hint=", ".join(text for text in (finding.detail["job"], finding.detail["unit"]) if text),
                choices=[
                    *((str(candidate[0]), candidate_in_words(candidate)) for candidate in finding.detail["candidates"]),
                    (Finding.NEW, _("Somebody new")),
                    ("", _("Decide later: leave this line aside")),
                ],
                required=False,
                initial=str(finding.person_id) if finding.answer == Finding.SAME else finding.answer,
            )

    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("line_")): answer for name, answer in self.cleaned_data.items()}


class LeaversForm(Form):
    def __init__(self, findings: Iterable[Finding], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left"] = ChoicesField(
            label=_("Who has left?"),
            hint=_("Nobody is deleted. Whoever is in a later file again is simply back."),
            missing=_("Tick who has left, or go back if nobody has."),
            choices=[(str(finding.pk), leaver_in_words(finding)) for finding in findings],
        )
