"""The essentials: one YAML file, read strictly. docs/reference/essentials.md describes the format."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

QUESTIONS = 3
ID = re.compile(r"[a-z]+-\d+")
PHRASE = re.compile(r"[a-z0-9]+([ -][a-z0-9]+)*")


@dataclass(frozen=True)
class Source:
    """Where to read more: a public page, by name and address."""

    title: str
    address: str


@dataclass(frozen=True)
class Mapped:
    """A public framework that knows the essential too, and under which of its codes."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Essential:
    """One thing a leader needs to know or understand. `words`: by which a paper that touches it may be recognised;
    `beside`: those that say so only in a paper with something digital in it."""

    id: str
    theme: str
    name: str
    text: str
    why: str
    first_step: str
    questions: tuple[str, ...]
    words: tuple[str, ...]
    mapped: tuple[Mapped, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Theme:
    id: str
    name: str
    plain: str
    sources: tuple[Source, ...]
    essentials: tuple[Essential, ...]


@dataclass(frozen=True)
class Opening:
    """Where nothing is found in a text: a tap on what would change hands, and which essentials follow from it."""

    id: str
    name: str
    about: str
    essentials: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """The whole file. `digital`: words that make a text digital and point to no essential; `set_aside`: phrases in
    which no word is taken for one of ours; `openings`: offered where nothing is found."""

    themes: tuple[Theme, ...]
    digital: tuple[str, ...]
    set_aside: tuple[str, ...]
    openings: tuple[Opening, ...]

    @property
    def essentials(self) -> tuple[Essential, ...]:
        return tuple(one for theme in self.themes for one in theme.essentials)


class FaultyEssentials(Exception):
    """The file cannot be read; says where, and what is wrong."""


def read_essentials(path: Path) -> Pack:
    """The themes in their order, and what is needed to find them. Raises FaultyEssentials, naming the first fault."""
    try:
        kept = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise FaultyEssentials(f"{path.name}: cannot be read ({error}).") from error
    reader = _Reader(path.name, kept)
    pack = Pack(
        themes=tuple(reader.theme(one) for one in reader.listed(kept, "themes", path.name)),
        digital=reader.phrases(kept, "digital", path.name),
        set_aside=reader.phrases(kept, "set_aside", path.name),
        openings=tuple(reader.opening(one) for one in reader.listed(kept, "when_nothing_is_found", path.name)),
    )
    ids = [one.id for one in pack.essentials]
    for one in ids:
        if ids.count(one) > 1:
            reader.fault(one, "two essentials have this id")
    for opening in pack.openings:
        for one in set(opening.essentials).difference(ids):
            reader.fault(opening.id, f"“{one}” is no essential")
    return pack


class _Reader:
    def __init__(self, name: str, pack: Any) -> None:
        self.name = name
        if not isinstance(pack, dict) or not isinstance(pack.get("frameworks"), dict):
            self.fault("the file", "it should have “frameworks” and “themes”")
        self.frameworks: Mapping[str, Any] = pack["frameworks"]

    def fault(self, place: str, message: str) -> NoReturn:
        raise FaultyEssentials(f"{self.name}, {place}: {message}.")

    def listed(self, given: Any, key: str, place: str) -> list[Any]:
        found = given.get(key) if isinstance(given, dict) else None
        if not isinstance(found, list) or not found:
            self.fault(place, f"“{key}” should be a list with at least one entry")
        return found

    def text(self, given: Any, key: str, place: str) -> str:
        found = given.get(key) if isinstance(given, dict) else None
        if not isinstance(found, str) or not found.strip():
            self.fault(place, f"“{key}” is missing, or is no text")
        return found.strip()

    def phrases(self, given: Any, key: str, place: str) -> tuple[str, ...]:
        found = tuple(str(one) for one in self.listed(given, key, place))
        for word in found:
            if not PHRASE.fullmatch(word):
                self.fault(place, f"“{word}” should be plain words in small letters")
        return found

    def opening(self, given: Any) -> Opening:
        place = self.text(given, "id", "when_nothing_is_found")
        return Opening(
            id=place,
            name=self.text(given, "name", place),
            about=self.text(given, "about", place),
            essentials=tuple(str(one) for one in self.listed(given, "essentials", place)),
        )

    def theme(self, given: Any) -> Theme:
        theme_id = self.text(given, "id", "a theme")
        sources = self.listed(given, "sources", theme_id)
        return Theme(
            id=theme_id,
            name=self.text(given, "name", theme_id),
            plain=self.text(given, "plain", theme_id),
            sources=tuple(self._source(one, theme_id) for one in sources),
            essentials=tuple(self._essential(one, theme_id) for one in self.listed(given, "essentials", theme_id)),
        )

    def _source(self, given: Any, place: str) -> Source:
        source = Source(self.text(given, "title", place), self.text(given, "address", place))
        if not source.address.startswith("https://"):
            self.fault(place, "a source's address begins with “https://”")
        return source

    def _essential(self, given: Any, theme: str) -> Essential:
        place = self.text(given, "id", theme)
        if not ID.fullmatch(place):
            self.fault(place, "an id is the theme's, a dash and a number")
        questions = tuple(str(one) for one in self.listed(given, "questions", place))
        if len(questions) != QUESTIONS:
            self.fault(place, f"there should be {QUESTIONS} questions")
        known = {"id", "name", "text", "why", "first_step", "questions", "words", "beside"}
        for key in given:
            if key not in known and key not in self.frameworks:
                self.fault(place, f"“{key}” is no framework named at the top")
        return Essential(
            id=place,
            theme=theme,
            name=self.text(given, "name", place),
            text=self.text(given, "text", place),
            why=self.text(given, "why", place),
            first_step=self.text(given, "first_step", place),
            questions=questions,
            words=self.phrases(given, "words", place),
            beside=self.phrases(given, "beside", place) if "beside" in given else (),
            mapped=tuple(
                Mapped(self.text(framework, "title", key), tuple(str(code) for code in given[key]))
                for key, framework in self.frameworks.items()
                if given.get(key)
            ),
        )
