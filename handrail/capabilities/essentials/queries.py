"""Reads of the essentials: open content, the same for everybody."""

from functools import cache

from django.conf import settings
from django.http import Http404

from handrail.formats.essentials import Essential, Theme, read_essentials


@cache
def themes() -> tuple[Theme, ...]:
    """The file of the open content, read once."""
    return read_essentials(settings.CONTENT_DIR / "essentials.yaml")


@cache
def essentials() -> dict[str, Essential]:
    """Every essential by its id, in the file's order."""
    return {one.id: one for theme in themes() for one in theme.essentials}


def essential_called(essential_id: str) -> Essential:
    found = essentials().get(essential_id)
    if found is None:
        raise Http404
    return found


def theme_of(essential: Essential) -> Theme:
    return next(theme for theme in themes() if theme.id == essential.theme)
