"""What a coordinator says about a search and its proposal, and what a leader chooses."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from handrail.capabilities.schemes.matching_runs.queries import CRITERIA, LEVELS, LINE, RULES, WhatCounts
from handrail.design.forms import ChoicesField, Form, HiddenField, LongTextField, RadiosField, SelectField, TextField

WEIGHTS = [
    ("0", _("Does not count")),
    ("1", _("Counts a little")),
    ("2", _("Counts")),
    ("3", _("Counts most")),
]
LEVEL_WORDS = [(str(level), str(level)) for level in LEVELS if level]


class CountsForm(Form):
    """What counts: a sentence and a weight for each criterion, a switch for each rule."""

    def __init__(self, *arguments: Any, counts: WhatCounts, forbids: Mapping[str, int], every: int, **options: Any):
        self.counts = counts
        initial: dict[str, Any] = {f"weight_{key}": str(weight) for key, weight in counts.weights.items()}
        initial |= {"rules": [key for key, on in counts.rules.items() if on], "levels": str(counts.levels or 2)}
        super().__init__(*arguments, initial=initial, **options)
        for criterion in (one for one in CRITERIA if not one.rare):
            self.fields[f"weight_{criterion.key}"] = SelectField(
                label=criterion.sentence, choices=WEIGHTS, missing=_("Please say how much this counts.")
            )
        self.fields["rules"] = ChoicesField(
            label=_("What rules a pair out"),
            choices=[(rule.key, rule.sentence) for rule in RULES if not rule.rare],
            hints=forbids_in_hints(forbids, every),
            required=False,
        )
        self.fields["levels"] = SelectField(
            label=_("How many levels up and down the reporting line"), choices=LEVEL_WORDS
        )

    def said(self) -> WhatCounts:
        clean = self.cleaned_data
        weights = {one.key: int(clean[f"weight_{one.key}"]) for one in CRITERIA if not one.rare}
        rules = {one.key: one.key in clean["rules"] for one in RULES if not one.rare}
        return replace(
            self.counts,
            weights={**self.counts.weights, **weights},
            rules={**self.counts.rules, **rules},
            levels=int(clean["levels"]) if LINE in clean["rules"] else self.counts.levels,
        )


def forbids_in_hints(forbids: Mapping[str, int], every: int) -> dict[str, str]:
    return {rule.key: _forbids(forbids[rule.key], every) for rule in RULES if rule.key in forbids}


def _forbids(count: int, every: int) -> str:
    words = ngettext("Rules out %(count)s of %(every)s pairs", "Rules out %(count)s of %(every)s pairs", count)
    return words % {"count": f"{count:,}", "every": f"{every:,}"}


class ChangeForm(Form):
    """One change to a proposal: what is to be done with which two, and whom the mentor is swapped with."""

    does = RadiosField(
        label="",
        choices=[(one, one) for one in ("together", "apart", "free", "swap")],
        missing=_("Choose what to change."),
    )
    # 18 digits: a longer number is no one's, and the database takes none
    leader = HiddenField(maximum=18)
    mentor = HiddenField(maximum=18)
    other = HiddenField(maximum=18, required=False)


class HandOverForm(Form):
    colleague = RadiosField(label=_("Who should look at it?"), choices=[])

    def __init__(self, *arguments: Any, colleagues: list[tuple[str, str]], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["colleague"].choices = colleagues  # type: ignore[attr-defined]


class AskAllForm(Form):
    words = LongTextField(
        label=_("Why you ask, and why now"),
        hint=_("Two or three sentences. Everybody reads the same words."),
        maximum=1000,
    )
    reason_to_go_on = TextField(
        label=_("Why the pairs with a reporting line are right all the same"),
        hint=_("Only you and other coordinators read this."),
        maximum=300,
        required=False,
    )


class CompareForm(Form):
    other = RadiosField(label=_("Compare with"), choices=[])

    def __init__(self, *arguments: Any, others: list[tuple[str, str]], **options: Any):
        super().__init__(*arguments, **options)
        self.fields["other"].choices = others  # type: ignore[attr-defined]
