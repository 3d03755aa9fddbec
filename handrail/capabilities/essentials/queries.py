"""Reads of the essentials: open content, the same for everybody."""

from functools import cache

from django.conf import settings
from django.http import Http404

from handrail.capabilities.essentials.rules import Dictionary, dictionary_of
from handrail.formats.essentials import Essential, Opening, Pack, Theme, read_essentials


@cache
def pack() -> Pack:
    """The file of the open content, read once."""
    return read_essentials(settings.CONTENT_DIR / "essentials.yaml")


@cache
def dictionary() -> Dictionary:
    """The words by which an essential is found, made ready once."""
    return dictionary_of(pack())


def themes() -> tuple[Theme, ...]:
    return pack().themes


def openings() -> tuple[Opening, ...]:
    """The taps for whoever brings a text in which nothing is found."""
    return pack().openings


@cache
def essentials() -> dict[str, Essential]:
    """Every essential by its id, in the file's order."""
    return {one.id: one for one in pack().essentials}


def essential_called(essential_id: str) -> Essential:
    found = essentials().get(essential_id)
    if found is None:
        raise Http404
    return found


def theme_of(essential: Essential) -> Theme:
    return next(theme for theme in themes() if theme.id == essential.theme)
