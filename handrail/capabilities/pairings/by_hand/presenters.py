"""Words for a coordinator who pairs two people by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from handrail.capabilities.pairings.by_hand.queries import Places
from handrail.design.numbers import number_in_words

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person


def taken_in_words(mentor: Person, places: Places) -> list[str]:
    """What this mentor has taken on already, to know before asking once more; nothing where that is nothing."""
    if not places.running + places.asked:
        return []
    said = []
    if places.running:
        words = ngettext(
            "%(name)s is a mentor to %(number)s leader already.",
            "%(name)s is a mentor to %(number)s leaders already.",
            places.running,
        )
        said.append(words % {"name": mentor.name, "number": number_in_words(places.running)})
    if places.asked:
        words = ngettext(
            "%(name)s is asked for %(number)s other leader now.",
            "%(name)s is asked for %(number)s other leaders now.",
            places.asked,
        )
        said.append(words % {"name": mentor.name, "number": number_in_words(places.asked)})
    if places.wanted is not None:
        words = ngettext(
            "They signed up for %(number)s leader.", "They signed up for %(number)s leaders.", places.wanted
        )
        said.append(words % {"number": number_in_words(places.wanted)})
    return [" ".join(said)]
