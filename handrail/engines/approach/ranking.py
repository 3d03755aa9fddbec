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


Ids = frozenset[str]


@dataclass(frozen=True)
class Wanted:
    """What the steps are held against, and the reasons that each gives.

    Steps share their approaches, needs and places with others: a reason is looked up by the whole set, worked out once.
    """

    approaches: Mapping[Ids, tuple[StepReason, ...]]
    needs: Mapping[Ids, tuple[StepReason, ...]]
    answers: Mapping[str, tuple[StepReason, ...]]  # step: the first worry told that it takes up
    places: Mapping[Ids, tuple[StepReason, ...]]
    longest: int
    done: Ids
    skipped: Sequence[Step]


def wanted(
    percent: Mapping[str, int], known: Sequence[str], answers: Answers, progress: Progress, steps: Mapping[str, Step]
) -> Wanted:
    told = worries_told(known)
    worries = {worry: (StepReason("worry", worry, FOR_A_WORRY, telling),) for worry, telling in told.items()}
    heaviest = [StepReason("approach", one, percent[one]) for one in sorted(APPROACHES, key=lambda one: -percent[one])]
    needs = [StepReason("need", need, FOR_A_NEED, shows) for need, shows in needs_shown(known).items()]
    chosen = answers.to("place")
    places = [StepReason("fits_place", place, FOR_THE_PLACE) for place in PLACES if place in chosen]
    pack = steps.values()
    return Wanted(
        approaches={ids: _first_of(heaviest, ids) for ids in {step.approaches for step in pack}},
        needs={ids: tuple([one for one in needs if one.id in ids][:MOST_NEEDS]) for ids in {one.needs for one in pack}},
        answers={id: worries[worry] for worry in reversed(told) for id in WORRY_STEPS[worry]},
        places={ids: _of_places(places, ids) for ids in {step.places for step in pack}},
        longest=min((SHORT_MINUTES.get(time, LONGEST) for time in answers.to("time")), default=LONGEST),
        done=progress.done,
        skipped=[steps[id] for id in sorted(progress.skipped) if id in steps],
    )


def _first_of(reasons: Sequence[StepReason], ids: Ids) -> tuple[StepReason, ...]:
    return next(((reason,) for reason in reasons if reason.id in ids), ())


def _of_places(chosen: Sequence[StepReason], places: Ids) -> tuple[StepReason, ...]:
    return _first_of(chosen, places) or ((OTHER_PLACE,) if chosen and places else ())


def scored(step: Step, held: Wanted) -> OfferedStep:
    """The step with its points and why."""
    why = held.approaches[step.approaches] + held.needs[step.needs] + held.answers.get(step.id, ())
    if held.done and step.after:
        why += tuple(StepReason("goes_on_from", id, FOR_GOING_ON) for id in sorted(step.after & held.done)[:1])
    why += held.places[step.places]
    if step.minutes > held.longest:
        why += (TOO_LONG,)
    if held.skipped:
        alike = [one.id for one in held.skipped if one.approaches & step.approaches and one.needs & step.needs]
        why += tuple(StepReason("like_a_skipped_one", id, FOR_LIKE_A_SKIPPED_ONE) for id in alike[:MOST_LIKE_SKIPPED])
    return OfferedStep(step.id, sum([reason.points for reason in why]), why)


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
    waiting = {id: left for id in offers if steps[id].after and (left := set(steps[id].after & offers.keys()))}
    return tuple([offers[id] for id in _in_order(keys, waiting)])


def _in_order(keys: Mapping[str, tuple[int, int, str]], waiting: dict[str, set[str]]) -> list[str]:
    """Smallest key first among those that wait for nothing. A ring (the pack's reader refuses it) is cut there too."""
    followers: dict[str, list[str]] = {}
    for id, earlier in waiting.items():
        for one in earlier:
            followers.setdefault(one, []).append(id)
    ready = [key for id, key in keys.items() if id not in waiting]
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
