"""What an administrator says about an export."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.participation.models import Suggestion
from handrail.design.forms import DateField, FileField, Form, RadiosField

SAME, OTHER = "same", "other"


class ExportForm(Form):
    export = FileField(
        label=_("The export"),
        hint=_(
            "The file that Slack, Mattermost, Microsoft Teams, Zulip, Viva Engage or Discourse gave you, as it is, or "
            "a mailbox, or a table of your own. Up to 1 GB. Choose it, or drag it into the box. Nothing of what people "
            "wrote is kept, and the file is deleted once it is loaded."
        ),
        missing=_("Please choose the export."),
    )


class DeleteForm(Form):
    day = DateField(
        label=_("Delete everything before"),
        hint=_("For example, 1 1 2026. To delete everything, write today’s date."),
        missing=_("Please write the day before which everything is to be deleted."),
    )


class SuggestionsForm(Form):
    """For each suggestion: the same person, somebody else, or left open."""

    def __init__(self, suggestions: Iterable[Suggestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in suggestions:
            self.fields[f"voice_{one.pk}"] = RadiosField(
                label=_("“%(called)s” in the export") % {"called": one.called},
                choices=[
                    (SAME, _("Is %(name)s") % {"name": _who(one)}),
                    (OTHER, _("Is somebody else, or nobody we know")),
                    ("", _("Decide later")),
                ],
                required=False,
                initial="",
            )

    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("voice_")): answer for name, answer in self.cleaned_data.items()}


def _who(one: Suggestion) -> str:
    return ", ".join(text for text in (one.person.name, one.person.job_title) if text)
