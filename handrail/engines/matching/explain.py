"""Why these pairs: points by criterion in words, who has the mentor one would have liked, and what would help whoever
stays without."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from handrail.engines.matching.alternatives import costs_to_everyone, residual_of
from handrail.engines.matching.assembly import THEMSELVES, Assembled
from handrail.engines.matching.between import can_be_looked_at_whole, costs_at_once
from handrail.engines.matching.cardinality import largest_pairing
from handrail.engines.matching.flow import FAR, graph_of
from handrail.engines.matching.linear import Level, Program
from handrail.engines.matching.people import words
from handrail.engines.matching.problem import Flags, Integers, Problem
from handrail.engines.matching.result import Result

SECONDS = 30.0  # for what every pair would cost beside quotas


@dataclass(frozen=True)
class Alternative:
    """A mentor the leader would have liked better by `gain` points: who has them (leaders' names), and what giving
    them to this leader would cost everyone in points; None if others would lose their pair or fall below the worst, or
    if that is not known (beside quotas, when time was over)."""

    mentor: str
    gain: int
    taken_by: tuple[str, ...]
    cost: int | None
    is_known: bool = True


@dataclass(frozen=True)
class Explanation:
    """One pair: its points by reason (best first; rules that cost points are warnings), and the alternatives."""

    leader: str
    mentor: str
    points: int
    reasons: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    better_liked: int


@dataclass(frozen=True)
class Suggestion:
    """The smallest change that would pair a leader who has nobody, in words and in parts.

    kind: `place` (one more with `mentor`), `entry` (`entry` of `rule` added, then `mentor` could), `rule` (`rule`
    relaxed, then `mentor` could), `number` (quotas stand in the way), `several` (no single change), `preferences`,
    `mentors` (more are needed).
    """

    leader: str
    change: str
    kind: str
    mentor: str = ""
    rule: str = ""
    entry: str = ""


def explain_pairs(assembled: Assembled, result: Result, most: int = 3) -> list[Explanation]:
    """An explanation for each pair, in the order of the result, with at most `most` alternatives each."""
    problem = assembled.problem
    others = list(alternatives(problem, result, most))
    reasons = [c.reason for c in assembled.plan.criteria]
    rules = [rule.name for rule in assembled.plan.rules]
    leader, mentor = problem.leader[result.chosen], problem.mentor[result.chosen]
    table = assembled.by_criterion[:, leader, mentor].T.tolist()
    found = []
    for k, (i, j) in enumerate(zip(leader.tolist(), mentor.tolist(), strict=True)):
        given = sorted(
            ((why, points) for why, points in zip(reasons, table[k][: len(reasons)], strict=True) if points),
            key=lambda reason: -reason[1],
        )
        warned = [name for name, points in zip(rules, table[k][len(reasons) :], strict=True) if points]
        found.append(
            Explanation(
                leader=problem.leaders[i],
                mentor=problem.mentors[j],
                points=sum(table[k]),
                reasons=tuple(given),
                warnings=tuple(warned),
                alternatives=others[k][0],
                better_liked=others[k][1],
            )
        )
    return found


def alternatives(problem: Problem, result: Result, most: int) -> Iterator[tuple[tuple[Alternative, ...], int]]:
    """For each chosen pair: the best `most` mentors with more points for the leader, and how many there are."""
    holders: dict[int, list[str]] = {}
    leader, mentor = problem.leader, problem.mentor
    for pair in result.chosen.tolist():
        holders.setdefault(int(mentor[pair]), []).append(problem.leaders[leader[pair]])
    every, starts, better = _better_liked(problem, result.chosen, most)
    costs, known = _costs(problem, result, starts, every)
    gains = problem.points[every] - np.repeat(problem.points[result.chosen], np.diff(starts))
    found = [
        Alternative(
            problem.mentors[j],
            gain,
            tuple(holders.get(j, ())),
            None if cost >= FAR // 2 or not is_known else -(-cost // result.certificate.scale),
            is_known,
        )
        for j, gain, cost, is_known in zip(
            mentor[every].tolist(), gains.tolist(), costs.tolist(), known.tolist(), strict=True
        )
    ]
    for k, number in enumerate(better.tolist()):
        yield tuple(found[starts[k] : starts[k + 1]]), number


def _costs(problem: Problem, result: Result, starts: Integers, wanted: Integers) -> tuple[Integers, Flags]:
    """(what each wanted pair would cost everyone in scaled points, FAR where it cannot be; whether that is known)."""
    certificate, chosen, known = result.certificate, result.chosen, np.ones(wanted.size, dtype=np.bool_)
    if problem.has_side_constraints and result.objective != "stable":
        # Loaded here for the reason given in `reference`.
        from handrail.engines.matching.beside_quotas import costs_beside_quotas

        beside = costs_beside_quotas(problem, result, SECONDS)
        points = np.where(beside.points < FAR, beside.points * certificate.scale, FAR)
        return points[wanted], beside.is_exact[wanted]
    if not result.certified or certificate.total is None:
        return np.full(wanted.size, FAR), known if result.objective == "stable" else ~known
    keeps = problem.points >= (result.worst if result.objective == "default" and result.worst is not None else -FAR)
    if can_be_looked_at_whole(problem):
        costs = costs_at_once(problem, chosen, certificate.total, keeps, certificate.scale)
        if costs is not None:
            return costs[wanted], known
    residual = residual_of(problem, chosen, certificate.total, keeps, certificate.scale)
    return costs_to_everyone(residual, chosen, starts, wanted), known


def _better_liked(problem: Problem, chosen: Integers, most: int) -> tuple[Integers, Integers, Integers]:
    """(the best `most` pairs that are not made and have more points for their leader, for one chosen pair after the
    other; where those of each chosen pair begin; how many such pairs each has)."""
    leader = problem.leader[chosen]
    counts = np.diff(problem.starts)[leader]
    begins = np.cumsum(counts) - counts
    pair = np.repeat(problem.starts[leader] - begins, counts) + np.arange(int(counts.sum()))
    owner = np.repeat(np.arange(chosen.size), counts)
    free = np.ones(problem.points.size, dtype=np.bool_)
    free[chosen] = False
    more = np.flatnonzero((problem.points[pair] > problem.points[chosen][owner]) & free[pair])
    pair, owner = pair[more], owner[more]
    order = np.lexsort((-problem.points[pair], owner))
    better = np.bincount(owner, minlength=chosen.size)
    first = np.cumsum(better) - better
    best = order[np.arange(order.size) - first[owner] < most]
    return pair[best], np.concatenate([[0], np.cumsum(np.minimum(better, most))]), better


def suggest_for_unpaired(assembled: Assembled, result: Result) -> list[Suggestion]:
    """For each leader with a place and no pair: the smallest change that would make one more pair with them."""
    problem = assembled.problem
    busy = set(problem.leader[result.chosen].tolist()) | set(assembled.fixed[:, 0].tolist())
    waiting = [i for i in range(len(problem.leaders)) if i not in busy and problem.leader_places[i] > 0]
    return [_smallest_change(assembled, result, i) for i in waiting]


def _smallest_change(assembled: Assembled, result: Result, leader: int) -> Suggestion:
    problem = assembled.problem
    name = problem.leaders[leader]
    begin, end = int(problem.starts[leader]), int(problem.starts[leader + 1])
    if begin < end:
        best = _where_a_place_helps(problem, result, begin, end)
        if best is None:
            return Suggestion(name, "other numbers; the quotas stand in the way", "number")
        mentor = problem.mentors[int(problem.mentor[best])]
        return Suggestion(name, f"one more place with {mentor}", "place", mentor)
    preferences = [k for k, rule in enumerate(assembled.plan.rules) if rule.is_preference]
    untouchable = assembled.forbidden_by[[*preferences, -1], leader].any(axis=0)
    by_rule = assembled.forbidden_by[:, leader]
    for k, rule in enumerate(assembled.plan.rules):
        others = np.delete(by_rule, k, axis=0).any(axis=0)
        opened = np.flatnonzero(by_rule[k] & ~others)
        if rule.is_preference or not opened.size:
            continue
        free = [j for j in opened.tolist() if _would_pair(problem, leader, j)]
        if not free:
            continue
        entry, column = _missing_entry(assembled, k, leader, free) if rule.kind == "share" else ("", "")
        who = problem.mentors[max(free, key=lambda j: int(assembled.points[leader, j]))]
        if entry:
            return Suggestion(name, f"“{entry}” added to {column} (then {who} could)", "entry", who, rule.name, entry)
        return Suggestion(name, f"relaxing “{rule.name}” (then {who} could)", "rule", who, rule.name)
    if (by_rule[:-1] & ~untouchable).any():
        words = "no single change; more than one rule, or a place as well, stands in the way"
        return Suggestion(name, words, "several")
    if untouchable.any() and preferences:
        words = "every mentor is ruled out, some by a preference; more mentors would help"
        return Suggestion(name, words, "preferences")
    return Suggestion(name, "more mentors", "mentors")


MOST_TRIED = 3


def _where_a_place_helps(problem: Problem, result: Result, begin: int, end: int) -> int | None:
    """The best liked pair whose mentor, with one place more, would make one more pair; None where quotas are against.

    A mentor whose place is worth nothing in the prices of “most pairs” cannot help; few of the others are tried.
    """
    best_first = begin + np.argsort(-problem.points[begin:end], kind="stable")
    prices = result.certificate.number
    if not problem.side_constraints or prices is None:
        return int(best_first[0])
    every = np.ones(problem.points.size, dtype=np.bool_)
    worth_a_place = best_first[prices.mentor[problem.mentor[best_first]] > 0]
    for pair in worth_a_place[:MOST_TRIED].tolist():
        places = problem.mentor_places + (np.arange(len(problem.mentors)) == problem.mentor[pair])
        wider = Program(replace(problem, mentor_places=places), result.chosen)
        found = wider.best(Level(every.astype(np.int64), every), 1.0).chosen
        if found is not None and found.size > result.paired:
            return int(pair)
    return None


def _would_pair(problem: Problem, leader: int, mentor: int) -> bool:
    """Whether one more eligible pair (leader, mentor) would make one more pair in all."""
    graph = graph_of(problem.starts, problem.mentor, problem.points, problem.leader_places, problem.mentor_places)
    row = np.append(problem.leader, leader)
    order = np.argsort(row, kind="stable")
    col, points = np.append(problem.mentor, mentor)[order], np.append(problem.points, 0)[order]
    starts = np.searchsorted(row[order], np.arange(len(problem.leaders) + 1))
    wider = graph_of(starts, col, points, problem.leader_places, problem.mentor_places)
    least = int(problem.points.min(initial=0))
    return largest_pairing(wider, least, 0)[2] > largest_pairing(graph, least, 0)[2]


def _missing_entry(assembled: Assembled, rule_number: int, leader: int, mentors: list[int]) -> tuple[str, str]:
    """The entry (a language, a time) that would open most of these mentors, if one is enough, and its column."""
    rule = assembled.plan.rules[rule_number]
    has = set(words(assembled.leaders.column(rule.leader)[leader]))
    counts: dict[str, int] = {}
    for j in mentors:
        offered = words(assembled.mentors.column(rule.mentor)[j])
        if len(has.intersection(offered)) == rule.at_least - 1:
            for entry in offered:
                if entry not in has:
                    counts[entry] = counts.get(entry, 0) + 1
    if not counts:
        return "", ""
    return max(counts, key=lambda entry: (counts[entry], entry)), rule.leader


@dataclass(frozen=True)
class Difference:
    """What changes between two pairings, by names: pairs that end and pairs that begin, and the totals."""

    ended: tuple[tuple[str, str], ...]
    begun: tuple[tuple[str, str], ...]
    total_before: int
    total_after: int


def difference(before: tuple[Problem, Result], after: tuple[Problem, Result]) -> Difference:
    """What the second result changes."""
    one, other = (_names(*each) for each in (before, after))
    return Difference(
        tuple(pair for pair in one if pair not in other),
        tuple(pair for pair in other if pair not in one),
        before[1].total,
        after[1].total,
    )


def with_existing(problem: Problem, pairs: set[tuple[str, str]]) -> Problem:
    """The problem with these pairs as the existing ones, so that a new solution touches as few of them as it can."""
    names = zip(problem.leader.tolist(), problem.mentor.tolist(), strict=True)
    existing = np.array([(problem.leaders[i], problem.mentors[j]) in pairs for i, j in names], dtype=np.bool_)
    return replace(problem, existing=existing)


def _names(problem: Problem, result: Result) -> dict[tuple[str, str], None]:
    leader: Integers = problem.leader[result.chosen].astype(np.int64)
    mentor = problem.mentor[result.chosen]
    pairs = zip(leader.tolist(), mentor.tolist(), strict=True)
    return {(problem.leaders[i], problem.mentors[j]): None for i, j in pairs}


def forbids_in_words(assembled: Assembled) -> list[str]:
    """How many pairs each rule forbids, in words; preferences without names."""
    everything = assembled.points.size
    return [
        f"{name}: rules out {count:,} of {everything:,} pairs"
        for name, count in assembled.forbids.items()
        if count or name != THEMSELVES
    ]
