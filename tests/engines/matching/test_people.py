"""Criteria and rules in points and masks, fixed pairs, quotas, contradictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.engines.matching import FaultyProblem, solve, verify
from handrail.engines.matching.assembly import MAXIMUM_TABLE, Plan, Quota, assemble
from handrail.engines.matching.contradiction import smallest_contradiction
from handrail.engines.matching.criteria import Criterion, criterion_points
from handrail.engines.matching.people import People, levels, words
from handrail.engines.matching.rules import Rule, rule_effect
from handrail.engines.matching.smallest import smallest_contradicting


def side(size: int, prefix: str, **columns: list[str]) -> People:
    return People([f"{prefix}{k}" for k in range(size)], columns)


CRITERIA = [
    ("same", ["HR", "", "hr "], ["hr", "IT"], {}, [[5, 0], [0, 0], [5, 0]]),
    ("different", ["HR", "", "IT"], ["hr", "IT"], {}, [[0, 5], [0, 0], [5, 0]]),
    ("shared", ["retail; data", "", "AI"], ["AI;data;data", "retail"], {}, [[5, 5], [0, 0], [5, 0]]),
    ("shared", ["retail; data", "", "AI"], ["AI;data;retail", "retail"], {"most": 1}, [[5, 5], [0, 0], [5, 0]]),
    ("levels", ["data:3;ai", "", "ai:2"], ["data:2", "ai:4"], {}, [[30, 20], [0, 0], [0, 40]]),
    ("near", ["1", "", "9"], ["2", "1.5"], {"step": 2}, [[3, 5], [0, 0], [0, 0]]),
    ("above", ["1", "", "3"], ["3", "4"], {"step": 2}, [[5, 5], [0, 0], [0, 0]]),
    ("leader_wish", ["m1; m0", "", "m0"], ["", ""], {"step": 2}, [[3, 5], [0, 0], [5, 0]]),
    ("mentor_wish", ["", "", ""], ["l2;l0;nobody", ""], {"step": 4}, [[1, 0], [0, 0], [5, 0]]),
    ("waited", ["yes", "", "no"], ["", ""], {}, [[5, 5], [0, 0], [0, 0]]),
]


@pytest.mark.parametrize(("test", "left", "right", "more", "expected"), CRITERIA)
def test_points_of_a_criterion(
    test: str, left: list[str], right: list[str], more: dict[str, int], expected: list[list[int]]
) -> None:
    criterion = Criterion("why", test, 5, "x", "y", **more)
    points = criterion_points(criterion, side(3, "l", x=left), side(2, "m", y=right))
    assert points.tolist() == expected


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        (Criterion("why", "similar", 5, "x", "y"), "“similar” is not a test"),
        (Criterion("why", "same", 5, "z", "y"), "no column “z”"),
        (Criterion("why", "near", 5, "x", "y"), "“text” is not a number"),
        (Criterion("why", "levels", 5, "level", "y"), "is not a whole number"),
    ],
)
def test_a_faulty_criterion_is_named(criterion: Criterion, words: str) -> None:
    with pytest.raises(FaultyProblem, match=words):
        criterion_points(criterion, side(1, "l", x=["text"], level=["data:lots"]), side(1, "m", y=["1"]))


def test_entries_are_whole_words() -> None:
    assert words("AI; Retail ;ai;;") == ("ai", "retail")
    assert levels("a: 2; b; c:") == {"a": 2, "b": 1, "c": 1}


RULES = [
    (Rule("r", "not_same", "x", "y"), ["A", ""], ["a", ""], [[1, 0], [0, 0]]),
    (Rule("r", "same", "x", "y"), ["A", ""], ["a", ""], [[0, 1], [1, 0]]),
    (Rule("r", "not_different", "x", "y"), ["Red", ""], ["red", "Blue"], [[0, 1], [0, 0]]),
    (Rule("r", "share", "x", "y"), ["en;fr", "de"], ["fr", "en;de"], [[0, 0], [1, 0]]),
    (Rule("r", "share", "x", "y", at_least=2), ["en;fr", "de"], ["fr;en", "en"], [[0, 1], [1, 1]]),
    (Rule("r", "flag", "x", "y"), ["yes", "no"], ["yes", ""], [[0, 1], [0, 0]]),
    (Rule("r", "flag", mentor="y"), ["yes", "no"], ["yes", ""], [[0, 1], [0, 1]]),
    (Rule("r", "unwanted", "x", "y"), ["m1", ""], ["l1", ""], [[0, 1], [1, 0]]),
    (Rule("r", "unwanted", mentor="y"), ["m1", ""], ["l1; zoe", ""], [[0, 0], [1, 0]]),
]


@pytest.mark.parametrize(("rule", "left", "right", "expected"), RULES)
def test_pairs_that_a_rule_forbids(rule: Rule, left: list[str], right: list[str], expected: list[list[int]]) -> None:
    effect = rule_effect(rule, side(2, "l", x=left), side(2, "m", y=right))
    assert effect.forbidden.astype(int).tolist() == expected
    assert not effect.points.any()


def test_an_unknown_kind_of_rule_is_named() -> None:
    with pytest.raises(FaultyProblem, match="“never” is not a kind of rule"):
        rule_effect(Rule("r", "never"), side(1, "l"), side(1, "m"))


def chain(leader_managers: dict[str, str], mentor_managers: dict[str, str], **more: int) -> tuple[object, object]:
    leaders = People(list(leader_managers), {"boss": list(leader_managers.values())})
    mentors = People(list(mentor_managers), {"boss": list(mentor_managers.values())})
    effect = rule_effect(Rule("line", "chain", "boss", "boss", **more), leaders, mentors)
    return effect.forbidden.astype(int).tolist(), effect.points.tolist()


def test_the_management_chain_is_forbidden_in_both_directions_up_to_a_distance() -> None:
    leaders = {"Ann": "Zed", "Bob": "Mia"}
    mentors = {"Mia": "Ann", "Tom": "Ann", "Joe": "Tom", "Eve": "Zed", "Kim": "Joe", "Sam": "Zed", "Una": "Zed"}
    forbidden, points = chain(leaders, mentors, distance=2)
    # Mia, Tom and Joe are below Ann within two lines, Kim is three below; Mia manages Bob.
    assert forbidden == [[1, 1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0]]
    assert points == [[0] * 7, [0] * 7]


def test_the_top_of_the_organisation_costs_points_instead() -> None:
    forbidden, points = chain({"Zed": "", "Ann": "Zed"}, {"Tom": "Ann", "Mia": "Zed", "Eve": "Zed"}, points=-7)
    assert forbidden == [[0, 0, 0], [1, 0, 0]]
    assert points == [[-7, -7, -7], [0, 0, 0]]


def test_an_unknown_line_costs_points() -> None:
    forbidden, points = chain({"Ann": "Zed", "New": ""}, {"Tom": "Zed", "Old": ""}, points=-4)
    assert forbidden == [[0, 0], [0, 0]]
    assert points == [[0, -4], [-4, -4]]


def line(leaders: dict[str, str], mentors: dict[str, str], **more: object) -> tuple[object, object]:
    sides = [
        People(list(side), {"above": list(side.values()), "at": [name[0] for name in side]})
        for side in (leaders, mentors)
    ]
    effect = rule_effect(Rule("line", "line", "above", "above", **more), *sides)  # type: ignore[arg-type]
    return effect.forbidden.astype(int).tolist(), effect.points.tolist()


def test_a_listed_line_is_forbidden_in_both_directions_up_to_a_distance() -> None:
    leaders = {"aAnn": "aZed", "aBob": "aMia; aKim; aZed", "aCy": ""}
    mentors = {"aMia": "aKim;aZed", "aTom": "aBob", "aEve": "aJo; aAnn", "aKim": "aZed", "aSam": "aJo; aLu; aAnn"}
    forbidden, points = line(leaders, mentors, distance=2)
    assert forbidden == [[0, 0, 1, 0, 0], [1, 1, 0, 1, 0], [0, 0, 0, 0, 0]]
    assert points == [[0] * 5] * 3


def test_a_line_that_is_not_known_costs_points_within_the_same_house_only() -> None:
    leaders, mentors = {"aAnn": "aZed;?", "aBob": "aZed; aYou"}, {"aTom": "?", "bIan": "?"}
    assert line(leaders, mentors, within="at", points=-4)[1] == [[-4, 0], [-4, 0]]
    assert line(leaders, mentors, points=-4)[1] == [[-4, -4], [-4, -4]]
    assert line(leaders, {"aUna": "aZed; aYou"}, distance=1)[1] == [[0], [0]]


def test_what_is_above_somebody_whom_both_have_hides_neither() -> None:
    leaders = {"Ann": "Zed;?", "Bob": "Ada; Zed; ?", "Cy": "?"}
    mentors = {"Tom": "Zed;?", "Una": "Ida; Zed; ?", "Vi": "Yan", "Wes": "Cy; ?"}
    forbidden, points = line(leaders, mentors, points=-4, distance=3)
    assert forbidden == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert points == [[0, 0, -4, -4], [0, 0, -4, -4], [-4, -4, -4, 0]]
    assert line(leaders, mentors, points=-4, distance=1)[1] == [[0, 0, 0, 0]] * 2 + [[-4, -4, -4, 0]]


def test_the_top_of_a_listed_line_costs_points_instead() -> None:
    forbidden, points = line({"aZed": "", "aAnn": "aZed"}, {"aTom": "aAnn;aZed", "aMia": "aZed"}, points=-7)
    assert forbidden == [[0, 0], [1, 0]]
    assert points == [[-7, -7], [0, 0]]


def test_names_must_differ_and_the_table_must_fit() -> None:
    with pytest.raises(FaultyProblem, match="“L0” is there twice"):
        assemble(People(["l0", "L0"]), side(1, "m"), Plan())
    many = side(int(MAXIMUM_TABLE**0.5) + 1, "l")
    with pytest.raises(FaultyProblem, match="use a table of features"):
        assemble(many, many, Plan())


def test_fixed_pairs_take_their_places_and_nobody_mentors_themselves() -> None:
    people = People(["Ann", "Bob", "Cy"])
    plan = Plan(fixed=[("ann", "Bob")], forbidden=[("Cy", "Ann")], existing=[("Bob", "Cy"), ("Gone", "Ann")])
    assembled = assemble(people, people, plan)
    result = solve(assembled.problem)
    verify(assembled.problem, result)
    assert assembled.fixed.tolist() == [[0, 1]]
    assert (result.paired, result.kept) == (1, 1)
    assert assembled.forbids == {"pairs ruled out by name": 1, "nobody mentors themselves": 3}
    with pytest.raises(FaultyProblem, match="in the list"):
        assemble(people, people, Plan(fixed=[("Ann", "Zoe")]))
    with pytest.raises(FaultyProblem, match="Bob has 1 places and 2 fixed pairs"):
        assemble(people, people, Plan(fixed=[("Ann", "Bob"), ("Cy", "Bob")]))


def test_a_quota_limits_the_pairs_across_units() -> None:
    leaders, mentors = side(3, "l", unit=["A", "A", "B"]), side(3, "m", unit=["a", "a", "b"])
    quota = Quota("few within A", high=1, leader="unit", leader_is="A", mentor="unit", mentor_is="A")
    plan = Plan([Criterion("same unit", "same", 5, "unit", "unit")], quotas=[quota])
    assembled = assemble(leaders, mentors, plan)
    result = solve(assembled.problem, "total")
    assert (result.paired, result.total) == (3, 5)
    verify(assembled.problem, result)
    with pytest.raises(FaultyProblem, match="but 2 are fixed"):
        assemble(leaders, mentors, Plan(quotas=[quota], fixed=[("l0", "m0"), ("l1", "m1")]))


def test_the_smallest_contradiction_is_named() -> None:
    leaders = People(["Ann", "Bob"], {"team": ["x", "y"], "lang": ["en", "fr"], "not": ["", "Tom"]})
    mentors = People(["Mia", "Tom"], {"team": ["x", "z"], "lang": ["en", "en"]})
    team = Rule("not the same team", "not_same", "team", "team")
    language = Rule("a common language", "share", "lang", "lang")
    preference = Rule("would rather not", "unwanted", "not")
    assert not smallest_contradiction(leaders, mentors, Plan(rules=[team, language]))
    fixed = Plan(rules=[language, team], fixed=[("Ann", "Mia")])
    assert smallest_contradiction(leaders, mentors, fixed).names == (
        "Ann and Mia are fixed",
        "the rule “not the same team”",
    )
    by_name = Plan(forbidden=[("Ann", "Mia")], fixed=[("Ann", "Mia")])
    assert smallest_contradiction(leaders, mentors, by_name).names[1] == "the pairs ruled out by name"
    private = Plan(rules=[preference], fixed=[("Bob", "Tom")])
    assert smallest_contradiction(leaders, mentors, private).names == ("Bob and Tom are fixed",)
    needy = People(["Ann"], leaders.columns, minimum=np.array([1]))
    assert smallest_contradiction(needy, People(["Ann"]), Plan()).names == ("Ann needs at least 1",)


def test_three_demands_that_contradict_each_other() -> None:
    leaders = People(["A", "B", "C"], places=np.array([1, 1, 1]), minimum=np.array([1, 1, 1]))
    mentors = People(["x", "y"], places=np.array([1, 1]))
    assert len(smallest_contradiction(leaders, mentors, Plan(quotas=[Quota("free", high=9)])).names) == 3
    quota = Quota("at least three", high=3, low=3)
    assert smallest_contradiction(side(2, "l"), side(2, "m"), Plan(quotas=[quota])).names == (
        "the quota “at least three”",
    )


@given(st.integers(1, 7).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1), min_size=1)))))
def test_no_smaller_contradiction_than_the_smallest(given_sets: tuple[int, list[set[int]]]) -> None:
    number, contradicting = given_sets
    found, is_smallest = smallest_contradicting(number, lambda kept: not any(each <= kept for each in contradicting))
    assert is_smallest
    assert len(found) == min(map(len, contradicting), default=0)
    assert not contradicting or set(found) in contradicting


def test_where_many_questions_were_asked_none_is_too_many_but_it_may_not_be_the_smallest() -> None:
    contradicting = [{0, 1}, {2, 3, 4}]
    found, is_smallest = smallest_contradicting(5, lambda kept: not any(e <= kept for e in contradicting), most=1)
    assert (found, is_smallest) == ([2, 3, 4], False)
    assert smallest_contradicting(5, lambda kept: not any(e <= kept for e in contradicting)) == ([0, 1], True)
