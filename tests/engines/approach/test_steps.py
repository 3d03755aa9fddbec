"""Which steps are offered, where they stand, and why."""

import pytest

from handrail.engines.approach import Answers, OfferedStep, Progress, Step, Suggestion, UnknownId, suggest
from tests.engines.approach.cases import ALOUD, CONTROL, PACK, STARTING, STARTS, answers, step


def offered(result: Suggestion) -> dict[str, OfferedStep]:
    last = [result.last] if result.last else []
    return {offer.id: offer for offer in (*result.first, *result.further, *last)}


def kinds(offer: OfferedStep) -> list[tuple[str, str]]:
    return [(reason.kind, reason.id) for reason in offer.why]


@pytest.mark.parametrize("given", [STARTING, Answers(), answers(worries="security"), answers(online_now="announce")])
def test_every_plan_ends_in_something_passed_on(given: Answers) -> None:
    result = suggest(given, steps=PACK)
    assert result.last is not None
    assert next(one for one in PACK if one.id == result.last.id).passes_on
    assert kinds(result.last)[-1] == ("passes_on", "")


def test_a_step_says_why_it_is_there() -> None:
    team = suggest(STARTING, steps=PACK).first[0]
    assert kinds(team) == [
        ("opens", STARTS),
        ("approach", STARTS),
        ("need", "team"),
        ("need", "asking"),
        ("fits_place", "phone_between_meetings"),
    ]
    assert [one.source for one in team.why if one.kind == "need"] == ["team.dont_know", "team.dont_know"]
    assert team.points == 68 + 6 + 6 + 3


def test_a_step_in_another_place_or_too_long_stands_lower_but_stays() -> None:
    steps = [step("long", STARTS, "team", 6, "at_desk"), step("short", STARTS, "team", 5, "at_desk")]
    result = suggest(answers(time="none_now", place="at_home"), steps=steps)
    assert [offer.id for offer in result.first] == ["short", "long"]
    assert kinds(result.first[0])[-1] == ("other_place", "")
    assert kinds(result.first[1])[-2:] == [("other_place", ""), ("too_long", "")]
    assert result.first[0].points == result.first[1].points + 20


def test_ten_minutes_fit_whoever_has_ten_minutes() -> None:
    result = suggest(answers(time="ten_a_month"), steps=[step("ten", STARTS, "data", 10)])
    assert kinds(result.first[0]) == [("approach", STARTS)]


def test_what_follows_a_step_that_was_done_rises() -> None:
    progress = Progress(done=frozenset({"find-where-one-audience-talks"}))
    before, after = suggest(STARTING, steps=PACK), suggest(STARTING, steps=PACK, progress=progress)
    assert ("goes_on_from", "find-where-one-audience-talks") in kinds(offered(after)["listen-for-a-week"])
    gained = offered(after)["listen-for-a-week"].points - offered(before)["listen-for-a-week"].points
    assert gained == 10
    assert "find-where-one-audience-talks" not in offered(after)


def test_a_step_like_one_that_was_not_for_me_stands_lower() -> None:
    progress = Progress(skipped=frozenset({"ask-the-team"}))
    steps = [
        *(step("ask-the-team", STARTS, "team"), step("same-need", STARTS, "team")),
        *(step("other-need", STARTS, "data"), step("other-approach", ALOUD, "team")),
    ]
    result = offered(suggest(Answers(), steps=steps, progress=progress))
    assert kinds(result["same-need"])[-1] == ("like_a_skipped_one", "ask-the-team")
    assert all(kinds(result[id])[-1][0] == "approach" for id in ("other-need", "other-approach"))


def test_an_opening_that_waits_for_another_step_gives_way() -> None:
    steps = [
        *(step("ask-the-team", STARTS, "team", after="before-it"), step("before-it", CONTROL, "data")),
        *(step("find-where-one-audience-talks", STARTS, "audience"), step("zz", CONTROL, "data")),
    ]
    result = suggest(answers(audience_places="dont_know"), steps=steps)
    assert [offer.id for offer in result.first] == ["find-where-one-audience-talks", "before-it", "ask-the-team"]


def test_what_passes_something_on_is_kept_for_the_end() -> None:
    steps = [step("tell", STARTS, "role_goal", passes_on=True), *(step(id, CONTROL, "data") for id in ("a", "b", "c"))]
    result = suggest(answers(how_it_lands="vague"), steps=steps)
    assert [offer.id for offer in result.first] == ["a", "b", "c"]
    assert result.last is not None
    assert result.last.id == "tell"


def test_what_waits_for_the_last_step_is_left_for_the_next_plan() -> None:
    steps = [
        *(step(id, STARTS, "team") for id in ("a", "b", "c", "d")),
        step("tell", STARTS, "passing_on", passes_on=True),
        step("afterwards", STARTS, "team", after="tell"),
        step("later-still", STARTS, "team", after="afterwards"),
    ]
    result = suggest(Answers(), steps=steps)
    assert list(offered(result)) == ["a", "b", "c", "d", "tell"]
    done = Progress(done=frozenset({"a", "b", "c", "tell"}))
    assert list(offered(suggest(Answers(), steps=steps, progress=done))) == ["afterwards", "d", "later-still"]


def test_steps_that_wait_for_each_other_are_still_offered() -> None:
    steps = [step("a", STARTS, "team", after="b"), step("b", STARTS, "team", after="a")]
    assert sorted(offered(suggest(Answers(), steps=steps))) == ["a", "b"]


def test_with_no_step_left_there_is_no_plan() -> None:
    result = suggest(STARTING, steps=PACK, progress=Progress(done=frozenset(one.id for one in PACK)))
    assert (result.first, result.further, result.last) == ((), (), None)


def test_two_steps_with_the_same_id_are_refused() -> None:
    with pytest.raises(UnknownId, match="ask-the-team"):
        suggest(Answers(), steps=[PACK[0], PACK[0]])


@pytest.mark.parametrize(
    ("approaches", "needs", "places", "said"),
    [
        ({"role"}, set(), set(), "no approach “role”"),
        ({STARTS}, {"courage"}, set(), "no need “courage”"),
        ({STARTS}, set(), {"moon"}, "no place “moon”"),
        (set(), set(), set(), "names no approach"),
    ],
)
def test_a_step_with_an_unknown_word_is_refused(
    approaches: set[str], needs: set[str], places: set[str], said: str
) -> None:
    with pytest.raises(UnknownId, match=said):
        Step("a-step", frozenset(approaches), frozenset(needs), 5, frozenset(places))


def test_the_approaches_take_turns_in_proportion() -> None:
    """68, 11, 21, three of the first placed: its next has 17, so 21, 17, 11 and 10.5 follow one another."""
    steps = [step(f"role-{number}", STARTS, "data") for number in range(4)]
    steps += [step("aloud", ALOUD, "data"), step("control-1", CONTROL, "data"), step("control-2", CONTROL, "data")]
    result = suggest(STARTING, steps=steps)
    assert [offer.id for offer in result.first] == ["role-0", "role-1", "role-2"]
    assert [offer.id for offer in result.further] == ["control-1", "role-3", "aloud", "control-2"]


def test_of_equal_steps_one_that_meets_another_need_comes_next() -> None:
    needs = ("data", "writing", "data", "data", "writing")
    steps = [step(f"role-{number}", STARTS, need) for number, need in enumerate(needs)]
    result = suggest(Answers(), steps=steps)
    assert [offer.id for offer in result.further] == ["role-4", "role-3"]
