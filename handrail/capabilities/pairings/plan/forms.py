"""What a leader or mentor taps and types about a plan."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from handrail.capabilities.pairings.plan import rules
from handrail.capabilities.pairings.plan.presenters import goal_choices
from handrail.design.forms import ChoicesField, Form, LongTextField, RadiosField, TextField
from handrail.design.parts import Text
from handrail.foundation.access.refusal import Refused


class GoalsForm(Form):
    goals = ChoicesField(
        label=_("What must you achieve in your role this year?"),
        hint=_("Up to three: those that weigh most."),
        choices=[],
        most=rules.MOST_GOALS,
        required=False,
    )
    own = TextField(label=_("In your own words, if you like"), maximum=rules.LONGEST_GOAL, required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["goals"].choices = goal_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules.check_goals(cleaned["goals"], cleaned["own"].strip())
            except Refused as refusal:
                self.add_error("goals", str(refusal))
        return cleaned


class StepForm(Form):
    """A step in own words. `own`: it has no words of the pack to fall back on."""

    title = TextField(
        label=_("What is the step?"),
        hint=_("Something that fits into ten minutes."),
        maximum=rules.LONGEST_TITLE,
        missing=_("Say in a few words what the step is. Nothing was saved, and nothing is lost."),
    )
    how = LongTextField(label=_("How, if you like"), maximum=rules.LONGEST_HOW, rows=3, required=False)
    goal = RadiosField(label=_("Which goal does it serve?"), choices=[], required=False)

    def __init__(self, *arguments: Any, goals: list[tuple[str, Text]], own: bool = True, **more: Any) -> None:
        super().__init__(*arguments, **more)
        if not own:
            self.fields["title"].required = False
            self.fields["title"].label = _("In your own words")
            self.fields["title"].help_text = _("Leave it empty to keep the words it has.")
        if len(goals) > 1:
            self.fields["goal"].choices = goals  # type: ignore[attr-defined]
        else:
            del self.fields["goal"]

    @property
    def words(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name) or "") for name in ("title", "how", "goal")}
