"""The first three steps, the others, and the one that the plan ends in."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from handrail.engines.approach.given import TAKE_CONTROL, WORK_OUT_LOUD, Progress, Step
from handrail.engines.approach.rules import FIRST, OPENINGS, PARTS, WORRY_STEPS
from handrail.engines.approach.suggestion import OfferedStep, StepReason

Opening = tuple[str, str]  # step id, and the approach that opens with it; "" for a worry's


def openings(leading: Sequence[str], answering: Sequence[str], *, unanswered: bool) -> list[Opening]:
    """What to open with: both of one approach; of a mixture the first of each, then of the heaviest.

    `unanswered`: working out loud begins with its question.
    What takes up a worry stands in place of take control's setting; where that does not lead, in the third place.
    """
    opening = {one: pair[::-1] if unanswered and one == WORK_OUT_LOUD else pair for one, pair in OPENINGS.items()}
    each = [(opening[approach][0], approach) for approach in leading]
    places = [*each, (opening[leading[0]][1], leading[0])][:FIRST]
    if not answering:
        return places
    if TAKE_CONTROL not in leading:
        return [*places[: FIRST - 1], (answering[0], "")]
    setting = (OPENINGS[TAKE_CONTROL][0], TAKE_CONTROL)
    places = [(answering[0], TAKE_CONTROL) if place == setting else place for place in places]
    return [places[0], *((id, "") for id in answering[1:2]), *places[1:]][:FIRST] if len(leading) == 1 else places


def steps_for_worries(
    offers: Sequence[OfferedStep],
    steps: Mapping[str, Step],
    told: Sequence[str],
    progress: Progress,
    sooner: Collection[str],
) -> list[str]:
    """What takes up the worries told, still open and waiting for nothing: they take turns, as far behind ones first.

    Of one worry: what was asked for in so many words, what fits time and place, the others, as the table has them.
    """
    by_id = {offer.id: offer for offer in offers}
    settled = progress.done | progress.skipped

    def behind(worry: str) -> int:
        return len(settled.intersection(WORRY_STEPS[worry]))

    lines = []
    for worry in sorted(told, key=behind):
        left = [id for id in WORRY_STEPS[worry] if id in by_id and not steps[id].after & by_id.keys()]
        lines.append(sorted(left, key=lambda id: (id not in sooner, not _fits(by_id[id]))))
    turns = (id for turn in zip_longest(*lines) for id in turn if id is not None)
    return list(dict.fromkeys(turns))


def _fits(offer: OfferedStep) -> bool:
    return not any(reason.kind in ("other_place", "too_long") for reason in offer.why)


def first_steps(
    offers: Sequence[OfferedStep],
    steps: Mapping[str, Step],
    leading: Sequence[str],
    answering: Sequence[str],
    *,
    quietly: bool,
    unanswered: bool,
) -> tuple[OfferedStep, ...]:
    """The openings that are still open and wait for nothing, filled up from the ranking.

    What passes something on is kept for the end where anything else is left. `quietly`: what nobody else notices
    comes before the rest, what takes up a worry before that, and there is one such step wherever one is left.
    """
    by_id = {offer.id: offer for offer in offers}
    first: list[OfferedStep] = []

    def waits(id: str) -> bool:
        return bool((steps[id].after & by_id.keys()).difference(offer.id for offer in first))

    for id, approach in openings(leading, answering, unanswered=unanswered):
        if id in by_id and not waits(id):
            opens = (StepReason("opens", approach, 0),) if approach else ()
            first.append(replace(by_id[id], why=(*opens, *by_id[id].why)))
    for offer in sorted(offers, key=lambda offer: steps[offer.id].passes_on):
        if len(first) == FIRST:
            break
        if offer.id not in {one.id for one in first} and not waits(offer.id):
            first.append(offer)
    if quietly and not any(steps[offer.id].private for offer in first):
        alone = (offer for offer in offers if steps[offer.id].private and not steps[offer.id].after & by_id.keys())
        first = [*islice(alone, 1), *first][:FIRST]
    return _arranged(first, steps, answering, quietly=quietly)


def _arranged(
    first: list[OfferedStep], steps: Mapping[str, Step], answering: Sequence[str], *, quietly: bool
) -> tuple[OfferedStep, ...]:
    """As they stand, but what passes something on last and, `quietly`, what is private first; none before its own."""

    def late(id: str) -> tuple[bool, bool, bool]:
        return steps[id].passes_on, quietly and not steps[id].private, quietly and id not in answering

    left, placed = list(first), []
    while left:
        open_ids = {offer.id for offer in left}
        ready = [offer for offer in left if not steps[offer.id].after & open_ids]
        best = min(ready, key=lambda one: late(one.id))
        placed.append(best)
        left.remove(best)
    return tuple(placed)


def last_step(
    offers: Sequence[OfferedStep], steps: Mapping[str, Step], first: Sequence[OfferedStep], progress: Progress
) -> OfferedStep | None:
    """The best step outside the first three that passes on what the plan's own steps brought, or else anything.

    The plan's steps are those it holds, or the first three where there is none yet; what is done counts with them.
    What comes after a step that is neither would speak of something that never was.
    """
    taken = {offer.id for offer in first}
    planned = taken if progress.planned is None else progress.planned
    there = planned | progress.done
    fitting = [
        offer
        for offer in offers
        if steps[offer.id].passes_on
        and offer.id not in taken | planned
        and not (steps[offer.id].after & steps.keys()).difference(there)
    ]
    follows = [offer for offer in fitting if steps[offer.id].after & there]
    best = next(iter(follows or fitting), None)
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
    held = {id: behind for id in waiting if steps[id].after and (behind := steps[id].after & waiting.keys())}
    besides = {offer.id: PARTS * (offer.points - percent[_approach(offer)]) for offer in left}
    lines = _lines(left, besides)

    while waiting and len(further) < wanted:
        ready = {one: _foremost(line, besides, held, waiting) for one, line in lines.items()}
        if not any(ready.values()):  # a ring, which the pack's reader refuses
            ready = {one: _foremost(line, besides, {}, waiting) for one, line in lines.items()}
        shared = {one: PARTS * percent[one] // (1 + placed[one]) + besides[ids[0]] for one, ids in ready.items() if ids}
        most = max(shared.values())
        approach, best = min(
            ((one, id) for one, points in shared.items() if points == most for id in ready[one]),
            key=lambda found: (not steps[found[1]].needs.isdisjoint(before), steps[found[1]].minutes, found[1]),
        )
        lines[approach].remove(best)
        further.append(waiting.pop(best))
        placed[approach] += 1
        before = steps[best].needs
    return tuple(further)


def _lines(left: Sequence[OfferedStep], besides: Mapping[str, int]) -> dict[str, list[str]]:
    """The steps of each approach, those first that have most points beside its weight."""
    lines: dict[str, list[str]] = {}
    for offer in sorted(left, key=lambda offer: -besides[offer.id]):
        lines.setdefault(_approach(offer), []).append(offer.id)
    return lines


def _foremost(
    line: Sequence[str], besides: Mapping[str, int], held: Mapping[str, Collection[str]], waiting: Mapping[str, object]
) -> list[str]:
    """Of one line, those with most points among the steps that wait for none."""
    foremost: list[str] = []
    for id in line:
        if foremost and besides[id] < besides[foremost[0]]:
            break
        if id not in held or waiting.keys().isdisjoint(held[id]):
            foremost.append(id)
    return foremost


def _approach(offer: OfferedStep) -> str:
    return next(reason.id for reason in offer.why if reason.kind == "approach")
