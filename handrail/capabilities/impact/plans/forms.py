"""What a coordinator says of a plan."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from handrail.capabilities.impact.presenters import MEASURE_TITLES, ORDER
from handrail.capabilities.impact.rules import MOST_TEAMS, MOST_TURNS, MOST_WEEKS
from handrail.design.forms import Form, RadiosField, TextField

WHOLE = re.compile(r"[0-9]{1,6}", re.ASCII)


class WholeNumberField(TextField):
    """A whole number from 1 to `most`, typed with or without a sign between thousands."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(inputmode="numeric", width="5", **options)
        self.most = most

    def clean(self, value: Any) -> int:
        text = re.sub(r"[\s.,’']", "", super().clean(value))
        number = int(text) if WHOLE.fullmatch(text) else 0
        if not 1 <= number <= self.most:
            raise ValidationError(_now("Please write a whole number from 1 to %(most)s.") % {"most": f"{self.most:,}"})
        return number


class PlanForm(Form):
    outcome = RadiosField(
        label=_("By which measure will you judge?"),
        choices=[(name, MEASURE_TITLES[name]) for name in ORDER],
        hint=_("Chosen before, so that nobody looks for the one that rose."),
    )
    teams = WholeNumberField(
        label=_("In how many teams will a leader begin?"), most=MOST_TEAMS, hint=_("The others are compared with.")
    )
    weeks = WholeNumberField(
        label=_("How many weeks will you watch after they begin?"), most=MOST_WEEKS, hint=_("For example, 26")
    )
    turns = WholeNumberField(
        label=_("In how many turns will they begin?"),
        most=MOST_TURNS,
        hint=_("By turns tells more than all at once: who waits is compared with. For example, 2"),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("turns", 0) > typed.get("teams", MOST_TEAMS):
            self.add_error("turns", _now("There cannot be more turns than teams. Write a smaller number."))
        return typed
