"""A file of open content beside what was read from it: whoever wrote it is told the line of each fault."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, TypeVar

import yaml

from handrail.formats.pieces import FaultyPiece, Piece, read_piece

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
One = TypeVar("One")


def read_each(folder: Path, read_one: Callable[[Path], One]) -> tuple[list[One], list[str]]:
    """Every Markdown file of this folder, read; and one sentence for each that cannot be."""
    found: list[One] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            found.append(read_one(path))
        except FaultyPiece as fault:
            faults.append(str(fault))
    return found, faults


def open_page(path: Path, *, known: tuple[str, ...], required: tuple[str, ...]) -> "Page":
    """The file, with no key but the known ones, none missing, and its name for an id."""
    try:
        piece = read_piece(path)
    except FaultyPiece as fault:
        raise _with_line(path, fault) from fault
    page = Page(path.name, path.read_text(encoding="utf-8").splitlines(), piece)
    page.check_keys(known, required)
    if piece.id != path.stem or not ID.fullmatch(piece.id):
        page.fault("id", f"the id should be the file's name without “.md”, in small letters and dashes: “{path.stem}”")
    return page


@dataclass(frozen=True)
class Page:
    name: str
    lines: list[str]
    piece: Piece

    def fault(self, key: str, message: str) -> NoReturn:
        raise FaultyPiece(f"{self.name}, line {self.line_of(key)}: {message}.")

    def line_of(self, key: str) -> int:
        found = (number for number, line in enumerate(self.lines, 1) if re.match(rf"['\"]?{re.escape(key)}\b", line))
        return next(found, 1)

    def check_keys(self, known: tuple[str, ...], required: tuple[str, ...]) -> None:
        end = self.lines.index("---", 1) if "---" in self.lines[1:] else len(self.lines)
        for key in self.piece.facts:
            if key not in known:
                self.fault(str(key), f"“{key}” is not known here{nearest(str(key), known)}")
            again = [number for number, line in enumerate(self.lines[:end], 1) if re.match(rf"{key}\s*:", line)]
            if len(again) > 1:
                raise FaultyPiece(f"{self.name}, line {again[1]}: “{key}” stands here a second time.")
        for key in required:
            if key not in self.piece.facts:
                self.fault(key, f"“{key}” is missing from the lines between the dashes")

    def words(self, key: str, known: tuple[str, ...] | None) -> tuple[str, ...]:
        """The list under this key: of known words, at least one; or of ids (known is None), perhaps none."""
        given = self.piece.facts.get(key, [])
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            self.fault(key, f"“{key}” should be a list of words, as in “{key}: [one, another]”")
        if len(set(given)) < len(given):
            self.fault(key, f"“{key}” names something twice")
        if known is not None and not given:
            self.fault(key, f"“{key}” should name at least one of: {', '.join(known)}")
        for word in given:
            if known is None and not ID.fullmatch(word):
                self.fault(key, f"“{word}” cannot be the id of a step (small letters and dashes)")
            if known is not None and word not in known:
                self.fault(key, f"“{word}” is not known in “{key}”{nearest(word, known)}")
        return tuple(given)


def nearest(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; perhaps “{near[0]}”" if near else f"; it can be: {', '.join(known)}"


def _with_line(path: Path, fault: FaultyPiece) -> FaultyPiece:
    """The same fault with the line where YAML stumbled, or where the front matter stands."""
    mark = getattr(fault.__cause__, "problem_mark", None)
    if isinstance(fault.__cause__, yaml.MarkedYAMLError) and mark is not None:
        # The mark counts from 0, beginning with the rest of the line of the first dashes.
        said = fault.__cause__.problem or "it cannot be read"
        return FaultyPiece(f"{path.name}, line {mark.line + 1}: the lines between the dashes are not YAML ({said}).")
    if fault.__cause__ is not None:
        return fault
    lines = path.read_text(encoding="utf-8").splitlines()
    named = [number for number, line in enumerate(lines, 1) if re.match(r"(id|title)\s*:", line)]
    at = named[-1] if "title" in str(fault) and len(named) > 1 else 1
    return FaultyPiece(str(fault).replace(f"{path.name}:", f"{path.name}, line {at}:", 1))
