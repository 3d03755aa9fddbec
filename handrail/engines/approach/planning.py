"""The first three steps, the others, and the one that the plan ends in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handrail.engines.approach.given import Step
from handrail.engines.approach.rules import FIRST, OPENINGS
from handrail.engines.approach.suggestion import OfferedStep, StepReason


def openings(leading: Sequence[str]) -> list[tuple[str, str]]:
    """(step id, approach) to open with: both of one approach; of a mixture the first of each, then of the heaviest."""
    each = [(OPENINGS[approach][0], approach) for approach in leading]
    return [*each, (OPENINGS[leading[0]][1], leading[0])][:FIRST]


def first_steps(
    offers: Sequence[OfferedStep], steps: Mapping[str, Step], leading: Sequence[str]
) -> tuple[OfferedStep, ...]:
    """The openings that are still open and wait for nothing, filled up from the ranking."""
    by_id = {offer.id: offer for offer in offers}
    first: list[OfferedStep] = []

    def waits(id: str) -> bool:
        return bool((steps[id].after & by_id.keys()).difference(offer.id for offer in first))

    for id, approach in openings(leading):
        if id in by_id and not waits(id):
            first.append(replace(by_id[id], why=(StepReason("opens", approach, 0), *by_id[id].why)))
    for offer in offers:
        if len(first) == FIRST:
            break
        if offer.id not in {one.id for one in first} and not waits(offer.id):
            first.append(offer)
    return tuple(first)


def last_step(
    offers: Sequence[OfferedStep], steps: Mapping[str, Step], first: Sequence[OfferedStep]
) -> OfferedStep | None:
    """The best step outside the first three that passes something on."""
    taken = {offer.id for offer in first}
    best = next((offer for offer in offers if steps[offer.id].passes_on and offer.id not in taken), None)
    return best and replace(best, why=(*best.why, StepReason("passes_on", "", 0)))


def further_steps(
    offers: Sequence[OfferedStep], steps: Mapping[str, Step], first: Sequence[OfferedStep], last: OfferedStep | None
) -> tuple[OfferedStep, ...]:
    """The others, best first. What waits for the last step is left for the next plan."""
    taken = {offer.id for offer in first}
    behind = {last.id} if last else set()
    further = []
    for offer in offers:  # ranked: nothing stands before what it comes after
        if offer.id in taken or offer.id in behind:
            continue
        if steps[offer.id].after & behind:
            behind.add(offer.id)
        else:
            further.append(offer)
    return tuple(further)
