"""Going on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.going_on import rules
from handrail.capabilities.pairings.going_on.emails import words_about_change
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import each_and_other
from handrail.design.parts import Row, Text

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

HOW: dict[str, tuple[Text, Text]] = {
    rules.GO_ON: (lazy("Go on"), lazy("Nobody hears of it. You find a time when it suits.")),
    rules.PAUSE: (lazy("Pause"), lazy("Leave, elections, year end. Times still to come are called off.")),
    rules.CHANGE: (
        lazy("Change"),
        lazy("Perhaps somebody else. You see what each would read before it is sent."),
    ),
    rules.END: (lazy("End it"), lazy("It was enough, or it was not for you. No reason is asked.")),
}
NEXT: dict[str, Text] = {
    Pairing.Next.ANOTHER: lazy("To meet somebody else"),
    Pairing.Next.STAY: lazy("To stay together"),
    Pairing.Next.MENTOR: lazy("To be a mentor to somebody"),
    Pairing.Next.REST: lazy("A rest, for now"),
}
NEXT_READ: dict[str, Text] = {
    Pairing.Next.ANOTHER: lazy("Would like to meet somebody else"),
    Pairing.Next.STAY: lazy("Has not said"),
    Pairing.Next.MENTOR: lazy("Would like to be a mentor"),
    Pairing.Next.REST: lazy("No longer available for now"),
    "": lazy("Has not said"),
}


def previews(pairing: Pairing) -> list[tuple[Person, str]]:
    """What each of the two would read, word for word but for the link."""
    link = _("(a link to answer)")
    return [(person, words_about_change(person, other, link)) for person, other in each_and_other(pairing)]


def wishes_of(pairing: Pairing) -> list[Row]:
    """For the coordinator: what each would like next, once it is over."""
    if not rules.shows_next(pairing):
        return []
    rows = []
    for side, person in (("leader", pairing.leader), ("mentor", pairing.mentor)):
        wish = rules.next_of(pairing, side)
        pair = reverse("pairing_new_mentor" if side == "leader" else "pairing_new_leader", args=[person.pk])
        again = wish == Pairing.Next.ANOTHER and person.left_on is None
        rows.append(Row(person.name, NEXT_READ[wish], _("Pair again") if again else "", pair if again else ""))
    return rows
