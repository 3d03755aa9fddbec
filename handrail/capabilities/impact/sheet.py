"""The sealed sheet of one leader's answer: one text of a fixed size, so that its length tells nothing."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

STEP = 32_768  # bytes: every sheet is as long as the next multiple of it
TOLD, NO_TEAM, FEW, NOT_BEGUN, NO_LOG = "told", "no_team", "few", "not_begun", "no_log"


@dataclass(frozen=True)
class Stretch:
    """Some weeks together: what the team did, what it would have done, and between which two nearly always.

    `effect`: what happened over what would have, as a share, and its range; None where nothing was seen.
    """

    first: str  # a day, as 2026-03-30
    weeks: int
    happened: float | None
    expected: float
    low: float
    high: float
    after: bool
    effect: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None


@dataclass(frozen=True)
class Answer:
    """One measure. Effects are shares: 0.28 is 28 % more. `why`: where there is no answer, as the engine names it."""

    measure: str
    verdict: str
    why: str | None
    needed: int | None
    effect: float | None
    low: float | None
    high: float | None
    naive: float | None
    detectable: float | None
    overturned_by: float | None
    stands: bool | None
    donors: int
    before: int
    after: int
    leaned: bool
    several: bool
    neighbours: int
    event: str = ""  # what else happened in the team when they began
    course: tuple[Stretch, ...] = ()
    strayed: tuple[tuple[float, ...], ...] = ()
    pretended: tuple[tuple[str, float, float, float], ...] = ()  # a day on which nothing began, effect, low, high


@dataclass(frozen=True)
class Sheet:
    """`kind` says whether there is anything to tell, or why not."""

    kind: str
    began_on: date | None = None
    team: str = ""
    answers: tuple[Answer, ...] = ()
    left_out: tuple[tuple[str, str, str, bool], ...] = ()  # what, first and last day, and whether in this team alone


def text_of(sheet: Sheet) -> str:
    """As it is sealed: JSON with blanks behind it, up to the next multiple of STEP bytes."""
    kept = asdict(sheet) | {"began_on": sheet.began_on and sheet.began_on.isoformat()}
    text = json.dumps(kept, ensure_ascii=False)
    return text + " " * (-len(text.encode()) % STEP)


def sheet_from(text: str) -> Sheet:
    kept: dict[str, Any] = json.loads(text)
    return Sheet(
        kept["kind"],
        date.fromisoformat(kept["began_on"]) if kept["began_on"] else None,
        kept["team"],
        tuple(_answer(one) for one in kept["answers"]),
        tuple((name, first, last, here) for name, first, last, here in kept.get("left_out", ())),
    )


def _answer(kept: dict[str, Any]) -> Answer:
    course = tuple(Stretch(**one) for one in kept.pop("course"))
    strayed = tuple(tuple(line) for line in kept.pop("strayed"))
    return Answer(course=course, strayed=strayed, pretended=tuple(map(tuple, kept.pop("pretended"))), **kept)
