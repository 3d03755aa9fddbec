"""What the words that a leader made ordinary, to find a mentor by, suggest for their sign-up."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.utils.translation import override

from handrail.capabilities.essentials.queries import themes
from handrail.capabilities.starting_point.models import FindingWord
from handrail.capabilities.starting_point.sharing.presenters import FINDING

# A word tells what somebody wants to achieve, or whom they want to reach: the theme that serves it most plainly.
THEME_OF = {
    "improve_a_service": "services",
    "save_money": "value",
    "keep_people_safe": "security",
    "change_how_we_work": "ways",
    "win_trust": "voice",
    "grow_support": "voice",
    "people_we_serve": "services",
    "families": "services",
    "staff": "ways",
    "businesses": "voice",
    "partners": "open",
    "local_people": "voice",
    "press": "voice",
}
PLACES = "audience_places"


def suggested_for_sign_up(person_id: int) -> tuple[list[str], list[str]]:
    """Ids of themes and of channels, from ordinary words only; a word that means neither suggests nothing."""
    means = _meanings()
    words = FindingWord.objects.filter(person=person_id).values_list("word", flat=True)
    found = [means[word.casefold()] for word in words if word.casefold() in means]
    themes_meant = [meant for kind, meant in found if kind == "theme"]
    channels = [meant for kind, meant in found if kind == "channel"]
    return list(dict.fromkeys(themes_meant)), list(dict.fromkeys(channels))


@cache
def _meanings() -> dict[str, tuple[str, str]]:
    """Each word in each language: the leader chose it in the one they read."""
    known = {theme.name.casefold(): ("theme", theme.id) for theme in themes()}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for question, words in FINDING.items():
                for option, word in words.items():
                    if question == PLACES:
                        known[str(word).casefold()] = ("channel", option)
                    elif option in THEME_OF:
                        known[str(word).casefold()] = ("theme", THEME_OF[option])
    return known
