"""From answers and observations to points, and from points to whole percent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from handrail.engines.approach.given import APPROACHES, OBSERVED, Answers, Observation, Progress, Step
from handrail.engines.approach.rules import (
    CONTRADICTIONS,
    EVEN_START,
    MIXTURE_WITHIN,
    MOST_A_QUESTION,
    MOST_SIGHTINGS,
    MOST_SKIPPED,
    POINTS,
    WORKS,
)
from handrail.engines.approach.suggestion import ANSWER, CONTRADICTION, OBSERVATION, SKIPPED_STEP, Contradiction, Reason


def in_order(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Oldest first; those with the same order number by who and what, so that the order given does not matter."""
    return tuple(sorted(observations, key=lambda seen: (seen.order, seen.by, seen.what)))


def evidence(answers: Answers, observations: Iterable[Observation]) -> tuple[str, ...]:
    """References to all that is known: `question.option` in the questions' order, then `seen.observation`."""
    said = [f"{question}.{option}" for question, options in answers.chosen for option in options]
    seen = {observation.what for observation in observations}
    return (*said, *(f"seen.{what}" for what in OBSERVED if what in seen))


def contradictions(known: Sequence[str]) -> tuple[Contradiction, ...]:
    """The rules of which both sides are there, with what of each side is."""
    found, there = [], set(known)
    for rule in CONTRADICTIONS:
        if not rule.one.isdisjoint(there) and not rule.other.isdisjoint(there):
            between = tuple(reference for reference in known if reference in rule.one | rule.other)
            found.append(Contradiction(rule.id, between))
    return tuple(found)


def what_works(known: Sequence[str]) -> tuple[str, ...]:
    return tuple(reference for reference in WORKS if reference in known)


def reasons(
    said: Sequence[Reason],
    observations: Sequence[Observation],
    found: Sequence[Contradiction],
    progress: Progress,
    steps: Mapping[str, Step],
) -> tuple[Reason, ...]:
    """Every point there is, heaviest first; those of equal weight in the order of the tables.

    `said`: those for the answers. They stay the same whatever was seen, so they are worked out once.
    """
    earned = [*said, *_from_observations(observations), *_from_contradictions(found)]
    earned += _from_skipped(earned, progress, steps)
    return tuple(sorted(earned, key=lambda reason: -reason.points))


def reasons_said(answers: Answers) -> list[Reason]:
    """The points for what was answered; no more than so many a question for one approach, those of most first."""
    found = []
    for question, options in answers.chosen:
        worth = {option: POINTS[f"{question}.{option}"] for option in options if f"{question}.{option}" in POINTS}
        counted: dict[tuple[str, str], int] = {}
        for place, approach in enumerate(APPROACHES):
            left = MOST_A_QUESTION
            for option in sorted(worth, key=lambda option: -worth[option][place]):
                counted[option, approach] = min(left, worth[option][place])
                left -= counted[option, approach]
        found += [
            Reason(ANSWER, question, option, approach, counted[option, approach])
            for option in worth
            for approach in APPROACHES
            if counted[option, approach]
        ]
    return found


def _from_observations(observations: Sequence[Observation]) -> list[Reason]:
    found = []
    times: Counter[str] = Counter()
    for seen in in_order(observations):
        times[seen.what] += 1
        if times[seen.what] <= MOST_SIGHTINGS:
            points = zip(APPROACHES, POINTS[f"seen.{seen.what}"], strict=True)
            found += [
                Reason(OBSERVATION, seen.what, seen.by, approach, number) for approach, number in points if number
            ]
    return found


def _from_contradictions(found: Sequence[Contradiction]) -> list[Reason]:
    points = {rule.id: rule.points for rule in CONTRADICTIONS}
    return [
        Reason(CONTRADICTION, contradiction.id, "", approach, number)
        for contradiction in found
        for approach, number in zip(APPROACHES, points[contradiction.id], strict=True)
        if number
    ]


def _from_skipped(earned: Sequence[Reason], progress: Progress, steps: Mapping[str, Step]) -> list[Reason]:
    found = []
    skipped = [steps[id] for id in sorted(progress.skipped) if id in steps]
    for approach in APPROACHES:
        most = min(MOST_SKIPPED, sum(reason.points for reason in earned if reason.approach == approach))
        of_it = [step.id for step in skipped if approach in step.approaches]
        found += [Reason(SKIPPED_STEP, id, "", approach, -1) for id in of_it[:most]]
    return found


def weights(found: Iterable[Reason]) -> dict[str, int]:
    """Whole percent that add up to 100, by largest remainders; equal remainders go to the earlier approach."""
    points = dict.fromkeys(APPROACHES, EVEN_START)
    for reason in found:
        points[reason.approach] += reason.points
    total = sum(points.values())
    percent = {approach: 100 * points[approach] // total for approach in APPROACHES}
    by_remainder = sorted(APPROACHES, key=lambda approach: -(100 * points[approach] % total))
    for approach in by_remainder[: 100 - sum(percent.values())]:
        percent[approach] += 1
    return percent


def leading(percent: Mapping[str, int]) -> tuple[str, ...]:
    """The approaches near the heaviest, heaviest first."""
    heaviest = max(percent.values())
    near = [approach for approach in APPROACHES if heaviest - percent[approach] <= MIXTURE_WITHIN]
    return tuple(sorted(near, key=lambda approach: -percent[approach]))
