"""Finds the pairs of a run: a pure step between what signed up and the rows that are written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from handrail.capabilities.schemes.matching_runs.answers import AT_LEAST, CANNOT, UNKNOWN, Answers
from handrail.capabilities.schemes.matching_runs.candidates import Candidate, closeness
from handrail.capabilities.schemes.matching_runs.sides import ORDER, sides
from handrail.capabilities.schemes.matching_runs.what_counts import (
    CARES,
    CRITERIA,
    DEFAULT_LEVELS,
    DOUBT,
    LINE,
    NO_LIMIT,
    PREFERENCE,
    PREFERENCES,
    PREPARED,
    RULES,
    STAGES,
    WEIGHTS,
    Number,
    WhatCounts,
)
from handrail.engines.matching import FaultyProblem, Impossible, Result, solve
from handrail.engines.matching.assembly import Assembled, Plan, Quota, assemble
from handrail.engines.matching.beside_quotas import costs_beside_quotas
from handrail.engines.matching.contradiction import can_be_met
from handrail.engines.matching.criteria import Criterion
from handrail.engines.matching.every_pair import cost_of_every_pair
from handrail.engines.matching.explain import Suggestion, suggest_for_unpaired
from handrail.engines.matching.flow import FAR
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.rules import Rule
from handrail.engines.matching.smallest import smallest_contradicting
from handrail.engines.matching.stability import count_blocking_pairs

__all__ = ["CannotAllBeKept", "FaultyProblem", "Held", "Solved", "effect_of", "solved"]
Pairs = Iterable[tuple[int, int]]
NAMED, ONESELF = "named", "oneself"
LARGEST = np.iinfo(np.int16).max
LONGEST = 15.0  # seconds for what every pair would cost beside numbers between units


class CannotAllBeKept(Exception):
    """The numbers and rules contradict each other; `args` say which, none of them too much, and whether no fewer do."""


@dataclass(frozen=True)
class Held:
    """Pairs of ids that stay together, that stay apart, and that were there before the change."""

    together: Pairs = ()
    apart: Pairs = ()
    existing: Pairs = ()


@dataclass(frozen=True)
class Found:
    """A pair of the result: ids, points by reason, whether it was fixed, what is to be said of the line."""

    leader: int
    mentor: int
    points: int
    by_reason: dict[str, int]
    is_fixed: bool
    warning: str


@dataclass(frozen=True)
class Solved:
    """pairs; answers by leader, in the order given; the smallest change for each leader who has nobody; figures."""

    pairs: list[Found]
    answers: list[Answers]
    without: dict[int, dict[str, Any]]
    figures: dict[str, Any]


def plan_of(counts: WhatCounts, held: Held, scale: int = 1) -> Plan:
    """With a scale, whoever waited longer wins a draw: all their places in the order together are worth less than one
    point."""
    order = [Criterion(ORDER, "levels", 1, ORDER, ORDER)] if scale > 1 else []

    def named(pairs: Pairs) -> list[tuple[str, str]]:
        return [(str(leader), str(mentor)) for leader, mentor in pairs]

    return Plan(
        criteria=[*_criteria(counts, scale), *order],
        rules=_rules(counts, scale),
        quotas=[_quota(place, number) for place, number in enumerate(counts.numbers)],
        fixed=named(held.together),
        forbidden=named(held.apart),
        existing=named(held.existing),
    )


def _quota(place: int, number: Number) -> Quota:
    """Called by its place; units as `sides` writes them."""
    high = number.high if number.high != NO_LIMIT else np.iinfo(np.int32).max
    leader, mentor = ("unit" if unit else "" for unit in (number.leaders, number.mentors))
    return Quota(str(place), int(high), number.low, leader, number.leaders, mentor, number.mentors)


def _criteria(counts: WhatCounts, scale: int) -> list[Criterion]:
    """Their reasons are the keys, which pages turn into words."""
    found = []
    for one in CRITERIA:
        column = "wishes" if one.test.endswith("_wish") else one.key
        weight = WEIGHTS[counts.weights[one.key]]
        step = scale * max(1, weight // 3)  # of a wish: from the first to the next
        found.append(Criterion(one.key, one.test, scale * weight, column, column, step, one.most))
    return found


def _rules(counts: WhatCounts, scale: int) -> list[Rule]:
    """The switched-on rules; special care and the preferences always. Levels of 0 leave lines out."""
    kept = [one for one in RULES if counts.rules[one.key] and (one.key != LINE or counts.levels)]
    return [
        Rule(
            one.key,
            one.kind,
            "" if one.key == PREPARED else f"rule {one.key}",  # of the mentor alone
            f"rule {one.key}",
            distance=counts.levels,
            points=-DOUBT * scale,
            within="organisation",
        )
        for one in (*kept, CARES, PREFERENCES)
    ]


def effect_of(leaders: Sequence[Candidate], mentors: Sequence[Candidate], counts: WhatCounts) -> dict[str, Any]:
    """What the rules do, before anything is run: pairs each rules out, also those switched off, and who could have
    nobody. Preferences are kept and not counted."""
    every = replace(counts, rules={one.key: True for one in RULES}, levels=counts.levels or 1, numbers=())
    assembled = assemble(*sides(leaders, mentors), plan_of(every, Held()))
    on = [k for k, name in enumerate(assembled.rule_names) if counts.rules.get(name, True)]
    on = [k for k in on if counts.levels or assembled.rule_names[k] != LINE]
    possible: Flags = np.logical_not(assembled.forbidden_by[on].any(axis=0))
    return {
        "forbids": {
            name: count for name, count in assembled.forbids.items() if name != PREFERENCE and name in counts.rules
        },
        "every": len(leaders) * len(mentors),
        "possible": int(possible.sum()),
        "leaders": len(leaders),
        "mentors": len(mentors),
        "places": sum(one.places for one in mentors),
        "nobody_for": [leaders[k].person_id for k in np.flatnonzero(~possible.any(axis=1)).tolist()],
    }


def solved(
    leaders: Sequence[Candidate],
    mentors: Sequence[Candidate],
    counts: WhatCounts,
    held: Held,
    tell: Callable[[str], None],
) -> Solved:
    """The best pairs, the answers to “why him and not her” for every pair, and what would help the others."""
    tell(STAGES[0])
    scale = _scale(leaders, mentors)
    try:
        assembled = assemble(*sides(leaders, mentors, counts.least), plan_of(counts, held, scale))
        first = np.array([not one.facts.get("has_one") for one in leaders], dtype=np.bool_)
        first[assembled.fixed[:, 0]] = False
        best = _best_with_everybody_first(assembled.problem, first, scale, tell)
    except (Impossible, FaultyProblem):
        if not (counts.least or counts.numbers):
            raise
        raise CannotAllBeKept(*contradiction(leaders, mentors, counts, held)) from None
    result = best.result
    tell(STAGES[4])
    costs = _costs(best, lambda: tell(STAGES[4]))
    reasons, rows = _reasons(assembled)
    points = assembled.by_criterion[rows] // scale
    pairs = []
    for i, j, is_fixed in _chosen(assembled, result):
        by_reason = {name: value for name, value in zip(reasons, points[:, i, j].tolist(), strict=True) if value}
        warning = closeness(leaders[i], mentors[j], max(counts.levels, DEFAULT_LEVELS))
        ids = leaders[i].person_id, mentors[j].person_id
        pairs.append(Found(*ids, sum(by_reason.values()), by_reason, is_fixed, warning))
    answers = _answers(assembled, costs, points, scale)
    without = {int(one.leader): _without(one) for one in suggest_for_unpaired(assembled, result)}
    return Solved(
        pairs,
        answers,
        without,
        _figures(assembled, result, pairs, len(without), scale, is_counted=best.problem.has_side_constraints),
    )


@dataclass(frozen=True)
class _Best:
    """The best pairing of a problem; `of` solved `within`: the pairs (positions kept) that leave whoever fits least
    where they are."""

    problem: Problem
    result: Result
    within: Problem
    of: Result
    kept: Flags


def _best(problem: Problem, scale: int, tell: Callable[[str], None]) -> _Best:
    """The best pairing.

    The order of waiting decides only between pairings that are alike on every level: so the levels are found without
    it first, and with it only the total, among the pairs that keep whoever fits least where they are.
    """
    result = solve(replace(problem, points=problem.points // scale), tell=tell)
    kept = np.ones(problem.points.size, dtype=np.bool_)
    within = problem
    if scale > 1 and result.worst is not None:
        kept = problem.points // scale >= result.worst
        within = problem.restricted(kept)
        result = solve(within, "total")
    chosen = np.flatnonzero(kept)[result.chosen]
    whole = replace(result, chosen=chosen, blocking=count_blocking_pairs(problem, chosen))
    return _Best(problem, whole, within, result, kept)


def _costs(best: _Best, tell: Callable[[], None]) -> tuple[Integers, Flags] | None:
    """(what every pair would cost everyone, FAR where it cannot be; where that is known to the end), None where nothing
    is proven to count from."""
    if best.within.has_side_constraints:
        found = costs_beside_quotas(best.within, best.of, LONGEST, tell)
        points, is_exact = found.points, found.is_exact
    else:
        proven = cost_of_every_pair(best.within, best.of)
        if proven is None:
            return None
        points, is_exact = proven, np.ones(proven.size, dtype=np.bool_)
    costs, known = np.full(best.kept.size, FAR, dtype=np.int64), np.ones(best.kept.size, dtype=np.bool_)
    costs[best.kept], known[best.kept] = points, is_exact
    return costs, known


def _best_with_everybody_first(problem: Problem, first: Flags, scale: int, tell: Callable[[str], None]) -> _Best:
    """No leader has a second mentor while another who could have one has none; with the problem as it was solved. As
    many pairs can be made all the same: a pairing grows without leaving anybody whom it reached.

    first: leaders (n,) who have nobody yet, in a pairing or fixed.
    """
    best = _best(problem, scale, tell)
    places = np.where(first, np.minimum(problem.leader_places, 1), 0)
    if (places == problem.leader_places).all():
        return best
    reached = _reached(problem, solve(replace(problem, leader_places=places), "total"))
    if (_reached(problem, best.result) & first).sum() < reached.sum():
        problem = replace(problem, leader_minimum=np.maximum(problem.leader_minimum, reached))
        best = _best(problem, scale, tell)
    return best


def _reached(problem: Problem, result: Result) -> Flags:
    """(n,) leaders with at least one mentor."""
    reached = np.ones(len(problem.leaders), dtype=np.bool_)
    reached[result.unpaired] = False
    return reached


def contradiction(
    leaders: Sequence[Candidate], mentors: Sequence[Candidate], counts: WhatCounts, held: Held
) -> tuple[list[str], bool]:
    """What cannot all be kept, and could without any one of it: `fixed`, `rule …`, `number …`, `least`; and whether no
    fewer contradict each other. Preferences are not named."""
    plan = plan_of(counts, held)
    asked = [
        "fixed",
        *(f"rule {one.name}" for one in plan.rules),
        *(f"number {one.name}" for one in plan.quotas),
        "least",
    ]

    def possible(kept: frozenset[int]) -> bool:
        return _can_be_met(leaders, mentors, counts, plan, {asked[k] for k in kept})

    found, is_smallest = smallest_contradicting(len(asked), possible)
    return [asked[k] for k in found if asked[k] != f"rule {PREFERENCE}"], is_smallest


def _can_be_met(
    leaders: Sequence[Candidate], mentors: Sequence[Candidate], counts: WhatCounts, plan: Plan, kept: set[str]
) -> bool:
    trial = replace(
        plan,
        criteria=(),
        rules=[one for one in plan.rules if f"rule {one.name}" in kept],
        quotas=[one for one in plan.quotas if f"number {one.name}" in kept],
        fixed=plan.fixed if "fixed" in kept else (),
        existing=(),
    )
    try:
        both = sides(leaders, mentors, counts.least if "least" in kept else 0)
        return can_be_met(assemble(*both, trial).problem)
    except FaultyProblem:
        return False


def _chosen(assembled: Assembled, result: Result) -> list[tuple[int, int, bool]]:
    leader, mentor = assembled.problem.leader[result.chosen], assembled.problem.mentor[result.chosen]
    found = [(i, j, False) for i, j in zip(leader.tolist(), mentor.tolist(), strict=True)]
    return sorted([*found, *((i, j, True) for i, j in assembled.fixed.tolist())])


def _scale(leaders: Sequence[Candidate], mentors: Sequence[Candidate]) -> int:
    """More than all places in the order of waiting together, where somebody has to go without; else 1."""
    short = sum(one.places for one in leaders) > sum(one.places for one in mentors)
    return len(leaders) * (len(leaders) + 1) * max(one.places for one in leaders) if short else 1


def _reasons(assembled: Assembled) -> tuple[list[str], list[int]]:
    """What gives points, with its row: the criteria but for the order of waiting, and the rules that cost points."""
    names = [*(one.reason for one in assembled.plan.criteria), *(f"rule {one.name}" for one in assembled.plan.rules)]
    rows = [k for k, name in enumerate(names) if name != ORDER]
    return [names[k] for k in rows], rows


def _answers(
    assembled: Assembled, of_pairs: tuple[Integers, Flags] | None, points: Integers, scale: int
) -> list[Answers]:
    problem = assembled.problem
    shape = len(problem.leaders), len(problem.mentors)
    cost = np.full(shape, UNKNOWN, dtype=np.int32)
    if of_pairs is not None:
        costs, is_exact = of_pairs
        whole = np.minimum(costs // scale, np.iinfo(np.int32).max // 2)
        said = np.where(costs >= FAR // 2, CANNOT, np.where(is_exact, whole, AT_LEAST - whole))
        cost[problem.leader, problem.mentor] = said
    taken = np.bincount(assembled.fixed[:, 1], minlength=shape[1]) > 0
    cost[assembled.fixed[:, 0]] = UNKNOWN
    cost[:, taken & (problem.mentor_places == 0)] = UNKNOWN
    bits = 1 << np.arange(len(assembled.rule_names))
    against = (assembled.forbidden_by * bits[:, None, None]).sum(axis=0)
    small = np.clip(points, -LARGEST, LARGEST)
    return [Answers(small[:, i].tolist(), against[i].tolist(), cost[i].tolist()) for i in range(shape[0])]


def _without(one: Suggestion) -> dict[str, Any]:
    """The smallest change in parts, which pages turn into words. An entry is told by its rule alone."""
    return {"kind": one.kind, "mentor": int(one.mentor) if one.mentor else None, "rule": one.rule}


def _figures(
    assembled: Assembled, result: Result, pairs: list[Found], without: int, scale: int, *, is_counted: bool
) -> dict[str, Any]:
    names = [*assembled.rule_names[:-2], NAMED, ONESELF]
    counted = dict(zip(names, assembled.forbidden_by.sum(axis=(1, 2)).tolist(), strict=True))
    return {
        "leaders": len(assembled.leaders.names),
        "mentors": len(assembled.mentors.names),
        "places": int(assembled.mentors.places.sum()) if assembled.mentors.places is not None else 0,
        "paired": len(pairs),
        "fixed": len(assembled.fixed),
        "without": without,
        "total": sum(one.points for one in pairs),
        "worst": min((one.points for one in pairs), default=None),
        "certified": result.certified,
        "counted": is_counted,
        "could_be_more": max(0, result.bound - result.total) // scale,
        "blocking": result.blocking,
        "every": int(assembled.points.size),
        "possible": int(assembled.problem.points.size),
        "forbids": {name: count for name, count in counted.items() if name not in (PREFERENCE, ONESELF)},
        "reasons": _reasons(assembled)[0],
        "rulings": names,
    }
