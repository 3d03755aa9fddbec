"""Every step that is still open, best first, each with why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from handrail.engines.approach.given import APPROACHES, NEEDS, PLACES, WORRIES, Answers, Progress, Step
from handrail.engines.approach.rules import (
    FOR_A_NEED,
    FOR_A_WORRY,
    FOR_ANOTHER_PLACE,
    FOR_GOING_ON,
    FOR_LIKE_A_SKIPPED_ONE,
    FOR_THE_PLACE,
    FOR_TOO_LONG,
    MOST_LIKE_SKIPPED,
    MOST_NEEDS,
    NAMED,
    NEEDED,
    SHORT_MINUTES,
    WORRIED,
    WORRY_STEPS,
)
from handrail.engines.approach.suggestion import OfferedStep, StepReason

LONGEST = 10  # minutes of any step
OTHER_PLACE = StepReason("other_place", "", FOR_ANOTHER_PLACE)
TOO_LONG = StepReason("too_long", "", FOR_TOO_LONG)


def needs_shown(known: Sequence[str]) -> dict[str, str]:
    """Need → the first reference that shows it, in the order of NEEDS."""
    shown: dict[str, str] = {}
    for reference in known:
        for need in NEEDED.get(reference, ()):
            shown.setdefault(need, reference)
    return {need: shown[need] for need in NEEDS if need in shown}


def worries_told(known: Sequence[str]) -> dict[str, str]:
    """Worry → the first reference that tells of it; those only shown, where none is named.

    First that of which most answers tell; of equals in the order of WORRIES.
    """
    telling = [one for one in known if one in WORRIED]
    named = [one for one in telling if one.startswith(NAMED)]
    told: dict[str, str] = {}
    for reference in named or telling:
        told.setdefault(WORRIED[reference], reference)
    times = Counter(WORRIED[one] for one in telling)
    return {worry: told[worry] for worry in sorted(told, key=lambda one: (-times[one], WORRIES.index(one)))}


@dataclass(frozen=True)
class Wanted:
    """What the steps are held against, and the reason that each gives: the same for all, so it is worked out once."""

    approaches: Mapping[str, StepReason]  # heaviest first
    needs: Mapping[str, StepReason]
    answers: Mapping[str, StepReason]  # step: the first worry told that it takes up
    places: Mapping[str, StepReason]
    longest: int
    done: frozenset[str]
    skipped: Sequence[Step]


def wanted(
    percent: Mapping[str, int], known: Sequence[str], answers: Answers, progress: Progress, steps: Mapping[str, Step]
) -> Wanted:
    chosen = answers.to("place")
    told = worries_told(known)
    worries = {worry: StepReason("worry", worry, FOR_A_WORRY, telling) for worry, telling in told.items()}
    heaviest = sorted(APPROACHES, key=lambda one: -percent[one])
    return Wanted(
        approaches={one: StepReason("approach", one, percent[one]) for one in heaviest},
        needs={need: StepReason("need", need, FOR_A_NEED, shows) for need, shows in needs_shown(known).items()},
        answers={id: worries[worry] for worry in reversed(told) for id in WORRY_STEPS[worry]},
        places={place: StepReason("fits_place", place, FOR_THE_PLACE) for place in PLACES if place in chosen},
        longest=min((SHORT_MINUTES.get(time, LONGEST) for time in answers.to("time")), default=LONGEST),
        done=progress.done,
        skipped=[steps[id] for id in sorted(progress.skipped) if id in steps],
    )


def scored(step: Step, held: Wanted) -> OfferedStep:
    """The step with its points and why."""
    why = [next(reason for approach, reason in held.approaches.items() if approach in step.approaches)]
    why += [reason for need, reason in held.needs.items() if need in step.needs][:MOST_NEEDS]
    if worry := held.answers.get(step.id):
        why.append(worry)
    why += [StepReason("goes_on_from", id, FOR_GOING_ON) for id in sorted(step.after & held.done)[:1]]
    why += _of_place_and_time(step, held)
    alike = [one.id for one in held.skipped if one.approaches & step.approaches and one.needs & step.needs]
    why += [StepReason("like_a_skipped_one", id, FOR_LIKE_A_SKIPPED_ONE) for id in alike[:MOST_LIKE_SKIPPED]]
    return OfferedStep(step.id, sum([reason.points for reason in why]), tuple(why))


def _of_place_and_time(step: Step, held: Wanted) -> list[StepReason]:
    why = []
    here = next((reason for place, reason in held.places.items() if place in step.places), None)
    if here:
        why.append(here)
    elif held.places and step.places:
        why.append(OTHER_PLACE)
    if step.minutes > held.longest:
        why.append(TOO_LONG)
    return why


def ranked(
    steps: Mapping[str, Step],
    percent: Mapping[str, int],
    known: Sequence[str],
    answers: Answers,
    progress: Progress,
) -> tuple[OfferedStep, ...]:
    """Steps neither done nor skipped, most points first, then shortest, then by id; none before one it comes after."""
    held = wanted(percent, known, answers, progress, steps)
    over = progress.done | progress.skipped
    offers = {step.id: scored(step, held) for step in steps.values() if step.id not in over}
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
