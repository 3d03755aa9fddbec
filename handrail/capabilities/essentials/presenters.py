"""The essentials in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from handrail.design.parts import Row, Task
from handrail.formats.essentials import Essential, Theme


@dataclass(frozen=True)
class ThemeList:
    """A theme, what it is about, and its essentials to open."""

    name: str
    plain: str
    tasks: list[Task]


def theme_lists(themes: tuple[Theme, ...]) -> list[ThemeList]:
    return [
        ThemeList(
            theme.name, theme.plain, [Task(one.name, reverse("essential", args=[one.id])) for one in theme.essentials]
        )
        for theme in themes
    ]


def framework_rows(essential: Essential) -> list[Row]:
    """The public frameworks that know it too, with the codes they have for it."""
    return [Row(one.title, ", ".join(one.codes)) for one in essential.mapped]
