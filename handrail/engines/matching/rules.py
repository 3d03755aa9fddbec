"""What makes a pair impossible, or costs points: hard rules, each of which can say how many pairs it forbids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from handrail.engines.matching.criteria import shared_entries
from handrail.engines.matching.people import People, codes, is_true, plain, words
from handrail.engines.matching.problem import FaultyProblem, Flags, Integers


@dataclass(frozen=True)
class Rule:
    """A hard rule with a name in words. leader, mentor: the columns compared.

    kind: `not_same`, `same`; `not_different` (where both say something); `share` (at least `at_least` entries of both
    lists: languages, times, places); `flag` (the mentor's column must say yes, where the leader's says yes or is not
    given); `unwanted` (either column lists names: a preference, which is never suggested for relaxing and shows no
    name); `chain` (columns hold each one's manager; nobody within `distance` lines, up or down; whoever is above more
    than `top_share` of the other side costs `points` instead, with a warning, and so does a pair in which a manager is
    not known); `line` (the same where the columns list everybody above, nearest first, with “?” from where on it is not
    known; a line that is not known costs `points` only where it could hide one of the two, not above somebody both
    have, and only between two who are the same in the columns `within`).
    """

    name: str
    kind: str
    leader: str = ""
    mentor: str = ""
    at_least: int = 1
    distance: int = 2
    points: int = -10
    top_share: float = 0.5
    within: str = ""

    @property
    def is_preference(self) -> bool:
        return self.kind == "unwanted"


@dataclass(frozen=True, eq=False)
class Effect:
    """What a rule does: the pairs it forbids (n, m), and the points it gives with a warning (n, m)."""

    forbidden: Flags
    points: Integers


def rule_effect(rule: Rule, leaders: People, mentors: People) -> Effect:
    """The effect of a rule. FaultyProblem for an unknown kind or column."""
    if rule.kind not in KINDS:
        raise FaultyProblem(f"“{rule.kind}” is not a kind of rule (there are: {', '.join(KINDS)})")
    return KINDS[rule.kind](rule, leaders, mentors)


def _forbids(forbidden: Flags) -> Effect:
    return Effect(forbidden, np.zeros(forbidden.shape, dtype=np.int64))


def _not_same(rule: Rule, leaders: People, mentors: People) -> Effect:
    left, right = codes(leaders.column(rule.leader), mentors.column(rule.mentor))
    return _forbids((left[:, None] == right[None, :]) & (left[:, None] >= 0))


def _must_be_same(rule: Rule, leaders: People, mentors: People) -> Effect:
    left, right = codes(leaders.column(rule.leader), mentors.column(rule.mentor))
    return _forbids(left[:, None] != right[None, :])


def _not_different(rule: Rule, leaders: People, mentors: People) -> Effect:
    left, right = codes(leaders.column(rule.leader), mentors.column(rule.mentor))
    known = (left[:, None] >= 0) & (right[None, :] >= 0)
    return _forbids((left[:, None] != right[None, :]) & known)


def _share(rule: Rule, leaders: People, mentors: People) -> Effect:
    return _forbids(shared_entries(leaders.column(rule.leader), mentors.column(rule.mentor)) < rule.at_least)


def _flag(rule: Rule, leaders: People, mentors: People) -> Effect:
    has = np.array([is_true(text) for text in mentors.column(rule.mentor)], dtype=np.bool_)
    needs = np.ones(len(leaders.names), dtype=np.bool_)
    if rule.leader:
        needs = np.array([is_true(text) for text in leaders.column(rule.leader)], dtype=np.bool_)
    return _forbids(needs[:, None] & ~has[None, :])


def _unwanted(rule: Rule, leaders: People, mentors: People) -> Effect:
    forbidden = np.zeros((len(leaders.names), len(mentors.names)), dtype=np.bool_)
    if rule.leader:
        forbidden |= _named(leaders.column(rule.leader), mentors.names)
    if rule.mentor:
        forbidden |= _named(mentors.column(rule.mentor), leaders.names).T
    return _forbids(forbidden)


def _named(lists: Sequence[str], names: Sequence[str]) -> Flags:
    position = {plain(name): k for k, name in enumerate(names)}
    named = np.zeros((len(lists), len(names)), dtype=np.bool_)
    for i, text in enumerate(lists):
        for name in words(text):
            if name in position:
                named[i, position[name]] = True
    return named


def _chain(rule: Rule, leaders: People, mentors: People) -> Effect:
    manager: dict[str, str] = {}
    for people, column in ((leaders, rule.leader), (mentors, rule.mentor)):
        for name, above in zip(people.names, people.column(column), strict=True):
            manager[plain(name)] = plain(above) or manager.get(plain(name), "")
    below_leader = _above(mentors.names, leaders.names, manager, rule.distance).T
    below_mentor = _above(leaders.names, mentors.names, manager, rule.distance)
    # Whoever is somebody's manager but has none themselves is the top of a line, not an unknown.
    heads = set(manager.values())
    unknown = [
        np.array([not manager[plain(name)] and plain(name) not in heads for name in people.names], dtype=np.bool_)
        for people in (leaders, mentors)
    ]
    return _line_effect(rule, below_leader, below_mentor, unknown[0][:, None] | unknown[1][None, :])


def _line_effect(rule: Rule, below_leader: Flags, below_mentor: Flags, unknown: Flags) -> Effect:
    """(n, m) each. Whoever is above most of the other side could have nobody otherwise: they are warned about only."""
    at_top = below_leader.mean(axis=1, keepdims=True) > rule.top_share if below_leader.size else below_leader
    mentor_at_top = below_mentor.mean(axis=0, keepdims=True) > rule.top_share if below_mentor.size else below_mentor
    in_line = below_leader | below_mentor
    only_warned = (below_leader & at_top) | (below_mentor & mentor_at_top)
    doubtful = unknown & ~in_line
    return Effect(in_line & ~only_warned, rule.points * (only_warned | doubtful).astype(np.int64))


UNKNOWN = "?"


def _line(rule: Rule, leaders: People, mentors: People) -> Effect:
    above = [
        [words(text)[: rule.distance] for text in people.column(column)]
        for people, column in ((leaders, rule.leader), (mentors, rule.mentor))
    ]
    below_leader, below_mentor = _listed(above[1], leaders.names).T, _listed(above[0], mentors.names)
    doubtful = _hidden(leaders.names, above[0], above[1]) | _hidden(mentors.names, above[1], above[0]).T
    if rule.within:
        left, right = codes(leaders.column(rule.within), mentors.column(rule.within))
        doubtful &= left[:, None] == right[None, :]
    return _line_effect(rule, below_leader, below_mentor, doubtful)


def _hidden(names: Sequence[str], lines: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> Flags:
    """(names, others) true where somebody of the other side could be above the last who is known in a line.

    Whoever has that last one above themselves cannot be.
    """
    below: dict[str, list[int]] = {}
    for j, line in enumerate(others):
        for name in line:
            below.setdefault(name, []).append(j)
    hidden = np.zeros((len(names), len(others)), dtype=np.bool_)
    for i, line in enumerate(lines):
        if UNKNOWN in line:
            last = line.index(UNKNOWN) - 1
            hidden[i] = True
            hidden[i, below.get(line[last] if last >= 0 else plain(names[i]), [])] = False
    return hidden


def _listed(lines: Sequence[Sequence[str]], names: Sequence[str]) -> Flags:
    """(lines, names) true where the line lists the name."""
    position = {plain(name): k for k, name in enumerate(names)}
    listed = np.zeros((len(lines), len(names)), dtype=np.bool_)
    for i, line in enumerate(lines):
        listed[i, [position[name] for name in line if name in position]] = True
    return listed


def _above(lower: Sequence[str], upper: Sequence[str], manager: dict[str, str], distance: int) -> Flags:
    """(lower, upper) true where the upper one is at most `distance` lines above the lower one."""
    position = {plain(name): k for k, name in enumerate(upper)}
    above = np.zeros((len(lower), len(upper)), dtype=np.bool_)
    for i, name in enumerate(lower):
        person = plain(name)
        for _ in range(distance):
            person = manager.get(person, "")
            if not person:
                break
            if person in position:
                above[i, position[person]] = True
    return above


KINDS: dict[str, Callable[[Rule, People, People], Effect]] = {
    "not_same": _not_same,
    "same": _must_be_same,
    "not_different": _not_different,
    "share": _share,
    "flag": _flag,
    "unwanted": _unwanted,
    "chain": _chain,
    "line": _line,
}
