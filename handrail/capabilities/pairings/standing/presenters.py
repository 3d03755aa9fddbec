"""Who has done what, in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.pairings.standing.queries import Line
from handrail.capabilities.pairings.standing.rules import Standing
from handrail.design.addresses import address_of_each
from handrail.design.parts import Text

HEADERS = [lazy("Who"), lazy("As"), lazy("How far")]
SIDES: dict[str, Text] = {"leader": lazy("Leader"), "mentor": lazy("Mentor")}
WORDS: dict[Standing, Text] = {
    Standing.INVITED: lazy("Invited"),
    Standing.STARTED: lazy("Started"),
    Standing.SIGNED_UP: lazy("Signed up"),
    Standing.PREPARED: lazy("Signed up and prepared"),
    Standing.PAIRED: lazy("Paired"),
    Standing.PAUSED: lazy("Paused"),
}


def rows(lines: Iterable[Line], own: str) -> list[tuple[str, ...]]:
    """People of another organisation of the scheme stand with its name, and without a link: their page is not ours."""
    address = address_of_each("person")
    sides, words = ({key: str(text) for key, text in texts.items()} for texts in (SIDES, WORDS))
    return [
        (
            format_html('<a href="{}">{}</a>', address(one.person_id), one.name)
            if one.organisation == own
            else f"{one.name} ({one.organisation})",
            sides[one.side],
            words[one.standing],
        )
        for one in lines
    ]
