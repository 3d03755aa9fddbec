"""The open pack of steps: one Markdown file a step, read strictly. docs/reference/steps.md describes the format.

A translation lies in a folder named after its language, in a file of the same name: `fr/ask-the-team.md`.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import yaml

from handrail.formats.pieces import FaultyPiece, Piece, read_piece

APPROACHES = ("start_from_your_role", "work_out_loud", "take_control")
NEEDS = (
    *("team", "audience", "listening", "answering", "writing", "asking", "data"),
    *("safety", "settings", "time", "confidence", "passing_on", "role_goal"),
)
PLACES = ("phone_between_meetings", "at_desk", "at_home", "travelling", "with_mentor")
LONGEST = 10  # minutes
SECTIONS = ("Why it serves your role", "How", "How you know it worked")
REQUIRED = ("id", "title", "approaches", "needs", "minutes", "places")
KEYS = (*REQUIRED, "after", "passes_on", "licence", "reviewed")
HEADINGS = {
    "en": SECTIONS,
    "fr": ("Pourquoi cela sert votre rôle", "Comment faire", "À quoi vous verrez que cela a marché"),
}
TRANSLATION_KEYS = ("id", "title", "original")
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class StepPiece:
    """One step of the pack: what its front matter says, and its three sections as harmless HTML."""

    id: str
    title: str
    approaches: tuple[str, ...]
    needs: tuple[str, ...]
    minutes: int
    places: tuple[str, ...]
    after: tuple[str, ...]
    passes_on: bool
    why_html: str
    how_html: str
    worked_html: str


@dataclass(frozen=True)
class StepWords:
    """The words of one step in another language, and the fingerprint of the original they were made from."""

    id: str
    title: str
    original: str
    why_html: str
    how_html: str
    worked_html: str


class FaultySteps(FaultyPiece):
    """A pack with faults; `faults` has one sentence for each, naming file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_steps(folder: Path) -> tuple[StepPiece, ...]:
    """Every step in this folder, by id. Raises FaultySteps with all the faults of all the files at once."""
    steps: list[StepPiece] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.md")):
        try:
            steps.append(read_step(path))
        except FaultyPiece as fault:
            faults.append(str(fault))
    if not faults:
        faults = _faults_between(steps, folder)
    if faults:
        raise FaultySteps(faults)
    return tuple(sorted(steps, key=lambda step: step.id))


def read_translations(folder: Path, language: str) -> dict[str, StepWords]:
    """The steps of the pack in this folder that there are in this language, by id. Raises FaultySteps."""
    found: dict[str, StepWords] = {}
    faults: list[str] = []
    for path in sorted((folder / language).glob("*.md")):
        try:
            found[path.stem] = read_translation(path, language)
        except FaultyPiece as fault:
            faults.append(f"{language}/{fault}")
        if not (folder / path.name).is_file():
            faults.append(f"{language}/{path.name}: there is no step of this name in the pack itself.")
    if faults:
        raise FaultySteps(faults)
    return found


def read_translation(path: Path, language: str) -> StepWords:
    """The translation in this file. Raises FaultyPiece, naming the file and the line of the first fault."""
    page = _page_in(path)
    page.check_keys(TRANSLATION_KEYS, TRANSLATION_KEYS)
    original = page.piece.facts["original"]
    if not isinstance(original, str):
        page.fault("original", "“original” should be the fingerprint of the step it was made from, in quotation marks")
    why, how, worked = page.sections(HEADINGS[language])
    return StepWords(page.piece.id, page.piece.title, original, why, how, worked)


def fingerprint(path: Path) -> str:
    """Of a step's file: a translation names it, so that one made from an older text is found."""
    return sha256(path.read_bytes()).hexdigest()[:12]


def read_step(path: Path) -> StepPiece:
    """The step in this file. Raises FaultyPiece, naming the file and the line of the first fault."""
    page = _page_in(path)
    piece = page.piece
    page.check_keys(KEYS, REQUIRED)
    minutes = piece.facts["minutes"]
    if type(minutes) is not int or not 1 <= minutes <= LONGEST:
        page.fault("minutes", f"“minutes” should be a whole number from 1 to {LONGEST}")
    passes_on = piece.facts.get("passes_on", False)
    if not isinstance(passes_on, bool):
        page.fault("passes_on", "“passes_on” should be true or false")
    why, how, worked = page.sections(SECTIONS)
    return StepPiece(
        id=piece.id,
        title=piece.title,
        approaches=page.words("approaches", APPROACHES),
        needs=page.words("needs", NEEDS),
        minutes=minutes,
        places=page.words("places", PLACES),
        after=page.words("after", None),
        passes_on=passes_on,
        why_html=why,
        how_html=how,
        worked_html=worked,
    )


def _page_in(path: Path) -> "_Page":
    try:
        piece = read_piece(path)
    except FaultyPiece as fault:
        raise _with_line(path, fault) from fault
    page = _Page(path.name, path.read_text(encoding="utf-8").splitlines(), piece)
    if piece.id != path.stem or not ID.fullmatch(piece.id):
        page.fault("id", f"the id should be the file's name without “.md”, in small letters and dashes: “{path.stem}”")
    return page


@dataclass(frozen=True)
class _Page:
    """A file beside what was read from it, to find the line of a fault."""

    name: str
    lines: list[str]
    piece: Piece

    def fault(self, key: str, message: str) -> NoReturn:
        raise FaultyPiece(f"{self.name}, line {self._line_of(key)}: {message}.")

    def _line_of(self, key: str) -> int:
        found = (number for number, line in enumerate(self.lines, 1) if re.match(rf"['\"]?{re.escape(key)}\b", line))
        return next(found, 1)

    def check_keys(self, known: tuple[str, ...], required: tuple[str, ...]) -> None:
        end = self.lines.index("---", 1) if "---" in self.lines[1:] else len(self.lines)
        for key in self.piece.facts:
            if key not in known:
                self.fault(str(key), f"“{key}” is not known here{_nearest(str(key), known)}")
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
                self.fault(key, f"“{word}” is not known in “{key}”{_nearest(word, known)}")
        return tuple(given)

    def sections(self, headings_wanted: tuple[str, ...]) -> tuple[str, str, str]:
        """The HTML under each of the three headings."""
        parts = re.split(r"<h2>(.*?)</h2>", self.piece.html, flags=re.DOTALL)
        before, headings, texts = parts[0], parts[1::2], [text.strip() for text in parts[2::2]]
        numbers = [number for number, line in enumerate(self.lines, 1) if line.startswith("## ")]
        if before.strip():
            raise FaultyPiece(f"{self.name}: there is text before “## {headings_wanted[0]}”; begin with that heading.")
        for index, wanted in enumerate(headings_wanted):
            line = numbers[index] if index < len(numbers) else len(self.lines)
            if index >= len(headings) or headings[index] != wanted:
                raise FaultyPiece(f"{self.name}, line {line}: the heading “## {wanted}” should stand here.")
            if not texts[index]:
                raise FaultyPiece(f"{self.name}, line {line}: there is no text under “## {wanted}”.")
        if len(headings) > len(SECTIONS):
            line = numbers[len(SECTIONS)] if len(numbers) > len(SECTIONS) else len(self.lines)
            raise FaultyPiece(f"{self.name}, line {line}: a step has three headings; “{headings[3]}” is one more.")
        return texts[0], texts[1], texts[2]


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


def _nearest(word: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"; perhaps “{near[0]}”" if near else f"; it can be: {', '.join(known)}"


def _faults_between(steps: list[StepPiece], folder: Path) -> list[str]:
    """Faults that no single file shows: a step that comes after an unknown one, and steps that wait for each other."""
    ids = {step.id for step in steps}
    faults = []
    for step in steps:
        for earlier in step.after:
            if earlier not in ids:
                lines = (folder / f"{step.id}.md").read_text(encoding="utf-8").splitlines()
                line = next((number for number, text in enumerate(lines, 1) if text.startswith("after")), 1)
                faults.append(f"{step.id}.md, line {line}: it comes after “{earlier}”, and there is no such step.")
    try:
        TopologicalSorter({step.id: step.after for step in steps}).prepare()
    except CycleError as error:
        ring = " waits for ".join(f"“{id}”" for id in reversed(error.args[1]))
        faults.append(f"{error.args[1][0]}.md: these steps wait for each other: {ring}.")
    return faults
