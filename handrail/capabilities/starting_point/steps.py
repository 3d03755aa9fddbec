"""The open pack of small steps: what the engine chooses from, and what a page shows of each."""

from dataclasses import dataclass
from functools import cache

from handrail.engines.approach import Step


@dataclass(frozen=True)
class StepText:
    title: str
    minutes: int
    html: str


@dataclass(frozen=True)
class StepPack:
    """Steps for the engine, and their texts by id."""

    steps: tuple[Step, ...]
    texts: dict[str, StepText]


@cache
def step_pack() -> StepPack:
    return StepPack((), {})
