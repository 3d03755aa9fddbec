"""The open pack of small steps: what the engine chooses from, and what a page shows of each."""

from dataclasses import dataclass, field
from functools import cache

from django.conf import settings

from handrail.engines.approach import Observation, Progress, Step
from handrail.formats.steps import StepPiece, StepWords, read_steps, read_translations
from handrail.foundation.languages import SOURCE


@dataclass(frozen=True)
class StepPack:
    """Steps for the engine, their texts by id, and by language the translations there are."""

    steps: tuple[Step, ...]
    texts: dict[str, StepPiece]
    translations: dict[str, dict[str, StepWords]] = field(default_factory=dict)

    def words_of(self, step_id: str, language: str) -> tuple[StepPiece | StepWords, str]:
        """A step's words in this language, or in English where they are not there yet; and the language they are in."""
        translated = self.translations.get(language, {}).get(step_id)
        return (translated, language) if translated else (self.texts[step_id], SOURCE)


@dataclass(frozen=True)
class Since:
    """What came after the answers: what a pair saw together, and what became of the steps of the plan, if there is one.

    `plan`: where it is looked at; empty where there is none.
    """

    observations: tuple[Observation, ...] = ()
    progress: Progress = field(default_factory=Progress)
    plan: str = ""


@cache
def step_pack() -> StepPack:
    """The pack of the open content, read once."""
    folder = settings.CONTENT_DIR / "steps"
    others = [code for code, _name in settings.LANGUAGES if code != SOURCE]
    return pack_of(read_steps(folder), {code: read_translations(folder, code) for code in others})


def pack_of(pieces: tuple[StepPiece, ...], translations: dict[str, dict[str, StepWords]] | None = None) -> StepPack:
    return StepPack(tuple(_step(one) for one in pieces), {one.id: one for one in pieces}, translations or {})


def _step(piece: StepPiece) -> Step:
    return Step(
        id=piece.id,
        approaches=frozenset(piece.approaches),
        needs=frozenset(piece.needs),
        minutes=piece.minutes,
        places=frozenset(piece.places),
        after=frozenset(piece.after),
        passes_on=piece.passes_on,
        private=piece.private,
    )
