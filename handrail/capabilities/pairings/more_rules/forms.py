"""What a coordinator says about the rarer rules of a search."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.proposals.forms import WEIGHTS, forbids_in_hints
from handrail.capabilities.schemes.matching_runs.queries import CRITERIA, NO_LIMIT, RULES, Number, WhatCounts
from handrail.capabilities.schemes.sign_up.rules import plain_word
from handrail.design.forms import ChoicesField, Form, RadiosField, SelectField, TextField

LEAST = [
    ("0", lazy("As it comes out best")),
    ("1", lazy("At least one leader")),
    ("2", lazy("At least two leaders, where they have room for two")),
]
ANYBODY = [("", lazy("Any unit"))]


class MoreForm(Form):
    """Switches, wishes, and how many leaders each mentor has at least."""

    def __init__(self, *arguments: Any, counts: WhatCounts, forbids: Mapping[str, int], every: int, **options: Any):
        self.counts = counts
        initial: dict[str, Any] = {f"weight_{key}": str(weight) for key, weight in counts.weights.items()}
        initial |= {"rules": [key for key, on in counts.rules.items() if on], "least": str(counts.least)}
        super().__init__(*arguments, initial=initial, **options)
        self.fields["rules"] = ChoicesField(
            label=_("What rules a pair out"),
            choices=[(rule.key, rule.sentence) for rule in RULES if rule.rare],
            hints=forbids_in_hints(forbids, every),
            required=False,
        )
        for criterion in (one for one in CRITERIA if one.rare):
            self.fields[f"weight_{criterion.key}"] = SelectField(
                label=criterion.sentence, choices=WEIGHTS, missing=_("Please say how much this counts.")
            )
        self.fields["least"] = SelectField(label=_("How many leaders each mentor has"), choices=LEAST)

    def said(self) -> WhatCounts:
        clean = self.cleaned_data
        weights = {one.key: int(clean[f"weight_{one.key}"]) for one in CRITERIA if one.rare}
        rules = {one.key: one.key in clean["rules"] for one in RULES if one.rare}
        return replace(
            self.counts,
            weights={**self.counts.weights, **weights},
            rules={**self.counts.rules, **rules},
            least=int(clean["least"]),
        )


class NumberForm(Form):
    """At least and at most so many pairs between two units."""

    leaders = SelectField(label=lazy("Leaders from"), choices=[], required=False)
    mentors = SelectField(label=lazy("Mentors from"), choices=[], required=False)
    low = TextField(label=lazy("At least so many pairs (if any)"), maximum=3, required=False)
    high = TextField(label=lazy("At most so many pairs (if any)"), maximum=3, required=False)

    def __init__(self, *arguments: Any, units: Sequence[tuple[str, str]], **options: Any):
        super().__init__(*arguments, **options)
        for name in ("leaders", "mentors"):
            self.fields[name].choices = [*ANYBODY, *units]  # type: ignore[attr-defined]

    def clean_low(self) -> int:
        return _number(self.cleaned_data["low"], 0)

    def clean_high(self) -> int:
        return _number(self.cleaned_data["high"], NO_LIMIT)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "low" not in cleaned or "high" not in cleaned:
            return cleaned
        if cleaned["low"] == 0 and cleaned["high"] == NO_LIMIT:
            self.add_error("low", _("Write at least one of the two numbers."))
        elif cleaned["high"] != NO_LIMIT and cleaned["low"] > cleaned["high"]:
            self.add_error("high", _("“At most” cannot be less than “at least”."))
        return cleaned

    @property
    def number(self) -> Number:
        said = self.cleaned_data
        return Number(said["leaders"], said["mentors"], said["low"], said["high"])


def _number(typed: str, otherwise: int) -> int:
    text = typed.strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()):
        raise ValidationError(_("Write a whole number, for example 3; or nothing."))
    return int(text)


class CareForm(Form):
    """Somebody who signed up, by name, and which of the two it is."""

    name = TextField(label=lazy("The whole name"), maximum=200, missing=lazy("Write the person’s name."))
    side = RadiosField(
        label=lazy("What holds for them"),
        choices=[
            ("leader", lazy("As a leader: only with mentors approved for special care")),
            ("mentor", lazy("As a mentor: approved for special care")),
        ],
        missing=lazy("Choose which of the two it is."),
    )

    def __init__(self, *arguments: Any, people: Sequence[tuple[int, str, str, bool]], **options: Any):
        super().__init__(*arguments, **options)
        self.people = people

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in cleaned and "side" in cleaned:
            called, side = plain_word(cleaned["name"]), cleaned["side"]
            found = [pk for pk, name, on, _set in self.people if plain_word(name) == called and on == side]
            if len(found) == 1:
                cleaned["person"] = found[0]
            elif found:
                self.add_error("name", _("Two people are called that. Tell them apart by name under People first."))
            else:
                self.add_error(
                    "name",
                    _("Nobody of that name has signed up on this side. Write the whole name, as it is listed."),
                )
        return cleaned


class TwoForm(Form):
    """A leader who may have two mentors, by name."""

    name = TextField(label=lazy("The leader’s whole name"), maximum=200, missing=lazy("Write the leader’s name."))

    def __init__(self, *arguments: Any, leaders: Sequence[tuple[int, str, int]], **options: Any):
        super().__init__(*arguments, **options)
        self.leaders = leaders

    def clean_name(self) -> int:
        """Which leader that is."""
        called = plain_word(self.cleaned_data["name"])
        found = [pk for pk, name, _number in self.leaders if plain_word(name) == called]
        if not found:
            raise ValidationError(
                _("No leader of that name has signed up. Write the whole name, as it is on the list of people.")
            )
        if len(found) > 1:
            raise ValidationError(_("Two leaders are called that. Tell them apart by name under People first."))
        return found[0]
