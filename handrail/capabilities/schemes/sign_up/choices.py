"""What can be tapped at sign-up: themes, channels, times, languages; and their words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as lazy

from handrail.capabilities.essentials import queries

if TYPE_CHECKING:
    from handrail.design.parts import Text

# The same ids as in the starting point, so that a leader's own words and a mentor's meet.
CHANNELS: dict[str, Text] = {
    "own_website": lazy("Our own website"),
    "internal_network": lazy("The network inside the organisation"),
    "local_groups": lazy("Local groups, for example on Facebook"),
    "linkedin": lazy("LinkedIn"),
    "short_posts": lazy("Short posts, for example on Bluesky, X or Mastodon"),
    "messaging": lazy("Messages, for example on WhatsApp or Teams"),
    "photo_video": lazy("Photos and videos, for example on Instagram, TikTok or YouTube"),
    "forums": lazy("Forums and comments"),
}
DAYS: dict[str, Text] = {
    "mon": lazy("Monday"),
    "tue": lazy("Tuesday"),
    "wed": lazy("Wednesday"),
    "thu": lazy("Thursday"),
    "fri": lazy("Friday"),
    "weekend": lazy("Weekend"),
}
PARTS: dict[str, Text] = {
    "morning": lazy("Morning"),
    "midday": lazy("Midday"),
    "afternoon": lazy("Afternoon"),
    "evening": lazy("Evening"),
}
TIMES = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)


@cache
def themes() -> dict[str, str]:
    """The ten themes of the open content, by id."""
    return {theme.id: theme.name for theme in queries.themes()}


@cache
def _language_codes() -> dict[str, str]:
    """Languages by name, in English and in themselves."""
    known = {code: one for code, one in LANG_INFO.items() if "name" in one and "-" not in code}
    return {name.casefold(): code for code, one in known.items() for name in (code, one["name"], one["name_local"])}


def language_code(word: str) -> str:
    """The language's code, or the word itself where there is none: signed languages, for example."""
    plain = " ".join(word.split()).casefold()
    return _language_codes().get(plain, plain)


def language_name(code: str) -> str:
    """How speakers of the language call it; a word without a code as it was written."""
    return str(get_language_info(code)["name_local"]) if code in LANG_INFO else code


def words_of(ids: list[str], words: dict[str, Text] | dict[str, str]) -> list[str]:
    """In words, in their usual order; what is not offered any more is left out."""
    return [str(text) for one, text in words.items() if one in ids]
