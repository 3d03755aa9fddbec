"""The first three steps, the others, and the one that the plan ends in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from handrail.engines.approach.given import Step
from handrail.engines.approach.rules import FIRST, OPENINGS, PARTS
from handrail.engines.approach.suggestion import OfferedStep, StepReason


def openings(leading: Sequence[str]) -> list[tuple[str, str]]:
    """(step id, approach) to open with: both of one approach; of a mixture the first of each, then of the heaviest."""
    each = [(OPENINGS[approach][0], approach) for approach in leading]
    return [*each, (OPENINGS[leading[0]][1], leading[0])][:FIRST]


def first_steps(
    offers: Sequence[OfferedStep], steps: Mapping[str, Step], leading: Sequence[str]
) -> tuple[OfferedStep, ...]:
    """The openings that are still open and wait for nothing, filled up from the ranking.

    What passes something on is kept for the end where anything else is left.
    """
    by_id = {offer.id: offer for offer in offers}
    first: list[OfferedStep] = []

    def waits(id: str) -> bool:
        return bool((steps[id].after & by_id.keys()).difference(offer.id for offer in first))

    for id, approach in openings(leading):
        if id in by_id and not waits(id):
            first.append(replace(by_id[id], why=(StepReason("opens", approach, 0), *by_id[id].why)))
    for offer in sorted(offers, key=lambda offer: steps[offer.id].passes_on):
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
    offers: Sequence[OfferedStep],
    steps: Mapping[str, Step],
    first: Sequence[OfferedStep],
    last: OfferedStep | None,
    percent: Mapping[str, int],
    wanted: int | None = None,
) -> tuple[OfferedStep, ...]:
    """The others, the approaches taking turns; at most so many. What waits for the last step is for the next plan."""
    if wanted == 0:
        return ()
    taken = {offer.id for offer in first}
    behind = {last.id} if last else set()
    left = []
    for offer in offers:  # ranked: nothing stands before what it comes after
        if offer.id in taken or offer.id in behind:
            continue
        if steps[offer.id].after & behind:
            behind.add(offer.id)
        else:
            left.append(offer)
    return _in_turns(left, steps, first, percent, len(left) if wanted is None else wanted)


def _in_turns(
    left: list[OfferedStep],
    steps: Mapping[str, Step],
    first: Sequence[OfferedStep],
    percent: Mapping[str, int],
    wanted: int,
) -> tuple[OfferedStep, ...]:
    """Always the step whose points are most when its approach's weight is shared with those of it placed before.

    Of equals: one that meets another need than the step before, then the shorter, then by id.
    """
    placed = Counter(_approach(offer) for offer in first)
    before = steps[first[-1].id].needs if first else frozenset()
    further: list[OfferedStep] = []
    waiting = {offer.id: offer for offer in left}
    approach_of = {offer.id: _approach(offer) for offer in left}
    held = {id: steps[id].after & waiting.keys() for id in waiting if steps[id].after & waiting.keys()}
    besides = {offer.id: PARTS * (offer.points - percent[approach_of[offer.id]]) for offer in left}

    while waiting and len(further) < wanted:
        ready = [id for id in waiting if id not in held or not held[id] & waiting.keys()] or waiting
        shared = {approach: PARTS * weight // (1 + placed[approach]) for approach, weight in percent.items()}
        points = {id: besides[id] + shared[approach_of[id]] for id in ready}
        most = max(points.values())
        best = min(
            (id for id in ready if points[id] == most),
            key=lambda id: (not steps[id].needs.isdisjoint(before), steps[id].minutes, id),
        )
        further.append(waiting.pop(best))
        placed[approach_of[best]] += 1
        before = steps[best].needs
    return tuple(further)


def _approach(offer: OfferedStep) -> str:
    return next(reason.id for reason in offer.why if reason.kind == "approach")
