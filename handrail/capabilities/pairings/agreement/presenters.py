"""What two people settle, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.agreement.queries import Agreed, OpenLine
from handrail.capabilities.pairings.agreement.rules import TERMS
from handrail.capabilities.pairings.queries import OwnPairing
from handrail.design.parts import Row, Text

QUESTIONS: dict[str, Text] = {
    "told": lazy("What may be told outside?"),
    "between": lazy("And between two meetings?"),
    "where": lazy("Where do you talk?"),
    "rhythm": lazy("How often do you meet?"),
}
SHORT: dict[str, Text] = {
    "told": lazy("Told outside"),
    "between": lazy("Between two meetings"),
    "where": lazy("Where you talk"),
    "rhythm": lazy("How often"),
}
ANSWERS: dict[str, dict[str, Text]] = {
    "told": {
        "lessons": lazy("What we learned, without names"),
        "meeting": lazy("That we meet, and nothing else"),
        "nothing": lazy("Nothing, where we can help it"),
    },
    "between": {
        "any_time": lazy("A line whenever something comes up"),
        "working_hours": lazy("A line in working hours, answered when there is time"),
        "sessions_only": lazy("Nothing: we keep it for when we meet"),
    },
    "where": {
        "anywhere": lazy("Anywhere that is handy"),
        "apart": lazy("Where nobody from work hears us"),
        "closed": lazy("Behind a closed door, or on a call from one"),
    },
    "rhythm": {
        "week": lazy("Every week"),
        "fortnight": lazy("Every two weeks"),
        "month": lazy("Once a month"),
    },
}
HINTS: dict[str, Text] = {
    "goal": lazy("In plain words: what should be easier for the leader in three months? Up to five."),
    "agenda": lazy("What you want to talk about when you meet. Up to twelve."),
}


@dataclass(frozen=True)
class LineCard:
    text: str
    whose: str
    away: str


def terms_in_words(agreed: Agreed, own: OwnPairing) -> list[Row]:
    """What this person chose, each with its way to change it; what applies stands on its own."""
    return [
        Row(
            SHORT[question],
            ANSWERS[question][agreed.mine[question]] if question in agreed.mine else _("Not chosen yet"),
            _("Change") if question in agreed.mine else _("Choose"),
            reverse("agreement_term", args=[own.pairing.pk, question]),
        )
        for question in TERMS
    ]


def applying_in_words(agreed: Agreed) -> list[Row]:
    return [Row(SHORT[question], ANSWERS[question][answer]) for question, answer in agreed.applies.items()]


def stand_of_terms(agreed: Agreed, own: OwnPairing) -> str:
    """Who has still to choose; never what."""
    if len(agreed.mine) < len(TERMS):
        return _("Four questions to tap, each of you for yourself. Where you two differ, the careful answer applies.")
    if not agreed.other_has_chosen:
        return _("You have chosen. What applies stands here once %(name)s has, too.") % {"name": own.other.name}
    return ""


def line_cards(lines: list[OpenLine], own: OwnPairing, kind: str, *, can_write: bool) -> list[LineCard]:
    name = f"agreement_{kind}_away"
    return [
        LineCard(
            line.text,
            _("From you") if line.mine else _("From %(name)s") % {"name": own.other.name},
            reverse(name, args=[own.pairing.pk, line.id]) if can_write else "",
        )
        for line in lines
    ]
