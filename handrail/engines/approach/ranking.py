"""Every step that is still open, best first, each with why."""

from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from handrail.engines.approach.given import APPROACHES, NEEDS, PLACES, Answers, Progress, Step
from handrail.engines.approach.rules import (
    FOR_A_NEED,
    FOR_ANOTHER_PLACE,
    FOR_GOING_ON,
    FOR_LIKE_A_SKIPPED_ONE,
    FOR_THE_PLACE,
    FOR_TOO_LONG,
    MOST_LIKE_SKIPPED,
    MOST_NEEDS,
    NEEDED,
    SHORT_MINUTES,
)
from handrail.engines.approach.suggestion import OfferedStep, StepReason

LONGEST = 10  # minutes of any step


def needs_shown(known: Sequence[str]) -> dict[str, str]:
    """Need → the first reference that shows it, in the order of NEEDS."""
    shown: dict[str, str] = {}
    for reference in known:
        for need in NEEDED.get(reference, ()):
            shown.setdefault(need, reference)
    return {need: shown[need] for need in NEEDS if need in shown}


def scored(
    step: Step,
    percent: Mapping[str, int],
    shown: Mapping[str, str],
    answers: Answers,
    progress: Progress,
    skipped: Sequence[Step],
) -> OfferedStep:
    """The step with its points and why."""
    heaviest = max((approach for approach in APPROACHES if approach in step.approaches), key=lambda one: percent[one])
    why = [StepReason("approach", heaviest, percent[heaviest])]
    met = [need for need in shown if need in step.needs][:MOST_NEEDS]
    why += [StepReason("need", need, FOR_A_NEED, shown[need]) for need in met]
    why += [StepReason("goes_on_from", id, FOR_GOING_ON) for id in sorted(step.after & progress.done)[:1]]
    why += _of_place_and_time(step, answers)
    alike = [one.id for one in skipped if one.approaches & step.approaches and one.needs & step.needs]
    why += [StepReason("like_a_skipped_one", id, FOR_LIKE_A_SKIPPED_ONE) for id in sorted(alike)[:MOST_LIKE_SKIPPED]]
    return OfferedStep(step.id, sum(reason.points for reason in why), tuple(why))


def _of_place_and_time(step: Step, answers: Answers) -> list[StepReason]:
    why = []
    chosen = answers.to("place")
    here = [place for place in PLACES if place in chosen and place in step.places]
    if here:
        why.append(StepReason("fits_place", here[0], FOR_THE_PLACE))
    elif chosen and step.places:
        why.append(StepReason("other_place", "", FOR_ANOTHER_PLACE))
    longest = min((SHORT_MINUTES.get(time, LONGEST) for time in answers.to("time")), default=LONGEST)
    if step.minutes > longest:
        why.append(StepReason("too_long", "", FOR_TOO_LONG))
    return why


def ranked(
    steps: Mapping[str, Step],
    percent: Mapping[str, int],
    known: Sequence[str],
    answers: Answers,
    progress: Progress,
) -> tuple[OfferedStep, ...]:
    """Steps neither done nor skipped, most points first, then shortest, then by id; none before one it comes after."""
    shown = needs_shown(known)
    skipped = [steps[id] for id in progress.skipped if id in steps]
    offers = {
        step.id: scored(step, percent, shown, answers, progress, skipped)
        for step in steps.values()
        if step.id not in progress.done | progress.skipped
    }
    keys = {id: (-offer.points, steps[id].minutes, id) for id, offer in offers.items()}
    return tuple(offers[id] for id in _in_order(keys, {id: set(steps[id].after) & offers.keys() for id in offers}))


def _in_order(keys: Mapping[str, tuple[int, int, str]], waiting: dict[str, set[str]]) -> list[str]:
    """Smallest key first among those that wait for nothing. A ring (the pack's reader refuses it) is cut there too."""
    followers: dict[str, list[str]] = {}
    for id, earlier in waiting.items():
        for one in earlier:
            followers.setdefault(one, []).append(id)
    ready = [key for id, key in keys.items() if not waiting[id]]
    heapify(ready)
    placed: list[str] = []
    left = set(keys)
    while left:
        if not ready:
            ready = [min(keys[id] for id in left)]
        id = heappop(ready)[2]
        placed.append(id)
        left.discard(id)
        for follower in followers.get(id, ()):
            waiting[follower].discard(id)
            if follower in left and not waiting[follower]:
                heappush(ready, keys[follower])
    return placed
