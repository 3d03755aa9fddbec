"""The open pack of steps: one Markdown file a step, read strictly. docs/reference/steps.md describes the format.

A translation lies in a folder named after its language, in a file of the same name: `fr/ask-the-team.md`.
"""

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from pathlib import Path

import frontmatter

from handrail.formats.pages import ID, Page, open_page, read_each
from handrail.formats.pieces import FaultyPiece

APPROACHES = ("start_from_your_role", "work_out_loud", "take_control")
NEEDS = (
    *("team", "audience", "listening", "answering", "writing", "asking", "data"),
    *("safety", "settings", "time", "confidence", "passing_on", "role_goal"),
)
PLACES = ("phone_between_meetings", "at_desk", "at_home", "travelling", "with_mentor")
LONGEST = 10  # minutes
DECISION, WORRIES = "decision", "worries"  # what a step may open besides one walk-through
SECTIONS = ("Why it serves your role", "How", "How you know it worked")
COPY = "Words to copy"  # may stand after “How”
REQUIRED = ("id", "title", "approaches", "needs", "minutes", "places")
KEYS = (*REQUIRED, "after", "passes_on", "private", "opens", "licence", "reviewed")
HEADINGS = {
    "en": SECTIONS,
    "fr": ("Pourquoi cela sert votre rôle", "Comment faire", "À quoi vous verrez que cela a marché"),
}
COPIES = {"en": COPY, "fr": "Mots à copier"}
TRANSLATION_KEYS = ("id", "title", "original")


@dataclass(frozen=True)
class StepPiece:
    """One step of the pack: what its front matter says, and its three sections as harmless HTML.

    `opens`: the walk-through that helps with it, “worries” (all of them), or “decision”; `part`: the one part of that
    walk-through. `copy`: words to send as they are, as they were written. `private`: nobody else is asked or told.
    """

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
    opens: str = ""
    part: str = ""
    copy: str = ""
    private: bool = False


@dataclass(frozen=True)
class StepWords:
    """The words of one step in another language, and the fingerprint of the original they were made from."""

    id: str
    title: str
    original: str
    why_html: str
    how_html: str
    worked_html: str
    copy: str = ""


class FaultySteps(FaultyPiece):
    """A pack with faults; `faults` has one sentence for each, naming file and line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_steps(folder: Path) -> tuple[StepPiece, ...]:
    """Every step in this folder, by id. Raises FaultySteps with all the faults of all the files at once."""
    steps, faults = read_each(folder, read_step)
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
    page = open_page(path, known=TRANSLATION_KEYS, required=TRANSLATION_KEYS)
    original = page.piece.facts["original"]
    if not isinstance(original, str):
        page.fault("original", "“original” should be the fingerprint of the step it was made from, in quotation marks")
    why, how, worked, copy = _sections(page, HEADINGS[language], COPIES[language])
    return StepWords(page.piece.id, page.piece.title, original, why, how, worked, copy)


def fingerprint(path: Path) -> str:
    """Of the words of a piece, title and text: a translation names it, so that one of an older text is found."""
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    return sha256(f"{post.metadata.get('title')}\n{post.content.strip()}".encode()).hexdigest()[:12]


def read_step(path: Path) -> StepPiece:
    """The step in this file. Raises FaultyPiece, naming the file and the line of the first fault."""
    page = open_page(path, known=KEYS, required=REQUIRED)
    piece = page.piece
    minutes = piece.facts["minutes"]
    if type(minutes) is not int or not 1 <= minutes <= LONGEST:
        page.fault("minutes", f"“minutes” should be a whole number from 1 to {LONGEST}")
    opens, part = _opens(page)
    why, how, worked, copy = _sections(page, SECTIONS, COPY)
    return StepPiece(
        id=piece.id,
        title=piece.title,
        approaches=page.words("approaches", APPROACHES),
        needs=page.words("needs", NEEDS),
        minutes=minutes,
        places=page.words("places", PLACES),
        after=page.words("after", None),
        passes_on=_true_or_false(page, "passes_on"),
        private=_true_or_false(page, "private"),
        opens=opens,
        part=part,
        why_html=why,
        how_html=how,
        worked_html=worked,
        copy=copy,
    )


def _true_or_false(page: Page, key: str) -> bool:
    given = page.piece.facts.get(key, False)
    if not isinstance(given, bool):
        page.fault(key, f"“{key}” should be true or false")
    return given


def _opens(page: Page) -> tuple[str, str]:
    """`walk-through#part`, or one of the two words; neither where nothing is opened."""
    given = page.piece.facts.get("opens", "")
    opens, mark, part = given.partition("#") if isinstance(given, str) else ("?", "", "")
    if (given and not ID.fullmatch(opens)) or (mark and not ID.fullmatch(part)):
        page.fault("opens", f"“opens” should be one part of a walk-through (“id#part”), “{DECISION}” or “{WORRIES}”")
    return opens, part


def _sections(page: Page, headings_wanted: tuple[str, ...], copy_wanted: str) -> tuple[str, str, str, str]:
    """The HTML under each of the three headings; and the words to copy, as they were written, where there are some."""
    copy = _words_to_copy(page, copy_wanted)
    if copy is not None:
        headings_wanted = (*headings_wanted[:2], copy_wanted, headings_wanted[2])
    parts = re.split(r"<h2>(.*?)</h2>", page.piece.html, flags=re.DOTALL)
    before, headings, texts = parts[0], parts[1::2], [text.strip() for text in parts[2::2]]
    numbers = [number for number, line in enumerate(page.lines, 1) if line.startswith("## ")]
    if before.strip():
        raise FaultyPiece(f"{page.name}: there is text before “## {headings_wanted[0]}”; begin with that heading.")
    for index, wanted in enumerate(headings_wanted):
        line = numbers[index] if index < len(numbers) else len(page.lines)
        if index >= len(headings) or headings[index] != wanted:
            raise FaultyPiece(f"{page.name}, line {line}: the heading “## {wanted}” should stand here.")
        if not texts[index]:
            raise FaultyPiece(f"{page.name}, line {line}: there is no text under “## {wanted}”.")
    if len(headings) > (wanted_in_all := len(headings_wanted)):
        line = numbers[wanted_in_all] if len(numbers) > wanted_in_all else len(page.lines)
        one_more = headings[wanted_in_all]
        raise FaultyPiece(f"{page.name}, line {line}: a step has three headings; “{one_more}” is one more.")
    return texts[0], texts[1], texts[-1], copy or ""


def _words_to_copy(page: Page, copy_wanted: str) -> str | None:
    """They go into a message, so they are kept as text: a line each, with dashes for a list."""
    parts = re.split(r"^## (.*)$", page.piece.text, flags=re.MULTILINE)
    found = dict(zip([one.strip() for one in parts[1::2]], parts[2::2], strict=True))
    return found[copy_wanted].strip() if copy_wanted in found else None


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
