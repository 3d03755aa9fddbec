"""Which steps are offered, where they stand, and why."""

import pytest

from handrail.engines.approach import (
    WORRIES,
    WORRY_STEPS,
    Answers,
    OfferedStep,
    Progress,
    Step,
    Suggestion,
    UnknownId,
    suggest,
)
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
    team = suggest(STARTING, steps=PACK).first[2]
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


SHY = answers(audience_places="dont_know", team="dont_know", in_a_meeting="nod_and_go_on")
OPEN = answers(audience_places="dont_know", team="dont_know", in_a_meeting="ask_openly")


def ids(offers: tuple[OfferedStep, ...]) -> list[str]:
    return [offer.id for offer in offers]


@pytest.mark.parametrize("given", [SHY, answers(audience_places="dont_know", worries="looking_foolish"), OPEN])
def test_starting_from_the_role_asks_the_team_and_listens_and_begins_unseen(given: Answers) -> None:
    first = suggest(given, steps=PACK).first
    assert {"ask-the-team", "find-where-one-audience-talks"} <= set(ids(first))
    assert next(one for one in PACK if one.id == first[0].id).private


def test_whoever_keeps_things_to_themselves_asks_last() -> None:
    assert ids(suggest(SHY, steps=PACK).first)[2] == "ask-the-team"
    assert ids(suggest(OPEN, steps=PACK).first)[1] == "ask-the-team"


def test_whoever_keeps_things_to_themselves_has_something_private_wherever_there_is_any() -> None:
    steps = [*(step(id, STARTS, "team", 5) for id in ("a", "b", "c")), step("alone", ALOUD, "data", private=True)]
    assert ids(suggest(SHY, steps=steps).first) == ["alone", "a", "b"]
    assert ids(suggest(OPEN, steps=steps).first) == ["a", "b", "c"]
    waiting = [*steps[:3], step("alone", ALOUD, "data", after="c", private=True)]
    assert ids(suggest(SHY, steps=waiting).first) == ["a", "b", "c"]


def test_each_worry_that_can_be_named_begins_with_something_private_and_fitting() -> None:
    assert list(WORRY_STEPS) == list(WORRIES)
    assert WORRY_STEPS["security"][:3] == (
        "two-steps-for-your-email",
        "save-one-password-well",
        "check-your-way-back-in",
    )


def test_a_worry_that_was_named_is_taken_up_and_the_step_says_so() -> None:
    first = suggest(answers(role_goal="win_trust", worries="security"), steps=PACK).first
    assert ids(first) == ["two-steps-for-your-email", "save-one-password-well", "pass-on-one-thing"]
    assert ("opens", CONTROL) in kinds(first[0])
    assert ("worry", "security") in kinds(first[0])
    assert ("worry", "security") in kinds(first[1])
    assert next(one.source for one in first[0].why if one.kind == "worry") == "worries.security"


def test_a_worry_is_taken_up_where_another_way_leads() -> None:
    first = suggest(answers(online_now="announce", last_answer="never", worries="reputation"), steps=PACK).first
    assert ids(first) == ["write-what-you-never-post", "begin-from-what-works", "ask-a-question-and-wait"]


def test_what_was_named_counts_and_what_other_answers_show_only_where_nothing_was() -> None:
    hidden = {"in_a_meeting": "nod_and_go_on", "what_next": "it_turned_unpleasant"}
    steps = [step(ids[0], CONTROL, "data") for ids in WORRY_STEPS.values()]

    def taken_up(given: Answers) -> set[str]:
        return {
            why.id for one in offered(suggest(given, steps=steps)).values() for why in one.why if why.kind == "worry"
        }

    assert taken_up(answers(**hidden, worries="time family")) == {"family", "time"}
    assert taken_up(answers(**hidden)) == {"abuse", "looking_foolish"}
    assert taken_up(answers(**hidden, worries="none")) == {"abuse", "looking_foolish"}
    assert taken_up(answers(**hidden, worries="time", hard_to_admit="one_password")) == {"time", "security"}


def test_a_step_for_a_worry_fits_time_and_place_where_one_does() -> None:
    few_minutes = answers(worries="security", time="none_now")
    steps = [
        step("two-steps-for-your-email", CONTROL, "safety", 10),
        step("check-your-way-back-in", CONTROL, "safety", 5),
    ]
    assert ids(suggest(few_minutes, steps=steps).first)[0] == "check-your-way-back-in"
    assert ids(suggest(few_minutes, steps=steps[:1]).first) == ["two-steps-for-your-email"]


def test_whoever_is_not_answered_begins_with_a_question() -> None:
    """What worked may be nothing."""
    for given in (
        answers(online_now="announce", last_answer="never"),
        answers(online_now="announce", how_it_lands="gives_energy", worries="no_answer how_i_come_across"),
    ):
        assert ids(suggest(given, steps=PACK).first)[:2] == ["ask-a-question-and-wait", "begin-from-what-works"]
    answered = answers(online_now="announce", last_answer="this_week")
    assert ids(suggest(answered, steps=PACK).first)[:2] == ["begin-from-what-works", "ask-a-question-and-wait"]


def test_whoever_has_one_password_begins_with_it() -> None:
    told = answers(worries="security", hard_to_admit="one_password my_own_devices")
    assert ids(suggest(told, steps=PACK).first)[:2] == ["save-one-password-well", "two-steps-for-your-email"]


def test_of_several_worries_the_one_that_most_answers_tell_of_comes_first() -> None:
    """As a blind reader told: no time, nothing online by choice, four worries, and nodding in meetings."""
    given = answers(
        online_now="nothing_by_choice",
        team="dont_know",
        how_it_lands="vague pressure worrying",
        in_a_meeting="nod_and_go_on",
        time="none_now",
        worries="abuse family looking_foolish time",
        hard_to_admit="what_people_talk_about judging_what_i_am_told",
    )
    first = suggest(given, steps=PACK).first
    assert ids(first) == ["have-one-sentence-ready", "find-where-one-audience-talks", "ask-the-team"]
    assert next(one for one in PACK if one.id == first[0].id).minutes <= 5


def test_worries_take_turns_from_plan_to_plan() -> None:
    given = answers(audience_places="dont_know", team="dont_know", how_it_lands="vague", worries="security family")
    progress = Progress(done=frozenset({"find-where-one-audience-talks", "two-steps-for-your-email", "ask-the-team"}))
    assert "two-steps-for-your-email" in ids(suggest(given, steps=PACK).first)
    assert "who-saw-your-last-photo" in ids(suggest(given, steps=PACK, progress=progress).first)


TELLING = (
    *(step(id, STARTS, "team") for id in ("a", "b", "c", "d")),
    step("anything", STARTS, "passing_on", passes_on=True),
    step("what-d-brought", STARTS, "passing_on team", after="d", passes_on=True),
    step("what-a-brought", ALOUD, "passing_on", after="a", passes_on=True),
)


def last_of(progress: Progress = Progress()) -> str:  # noqa: B008  frozen and empty
    last = suggest(answers(how_it_lands="vague"), steps=TELLING, progress=progress).last
    return last.id if last else ""


def test_the_end_follows_from_the_steps_of_the_plan() -> None:
    assert last_of() == "what-a-brought"
    assert last_of(Progress(planned=frozenset({"d"}))) == "what-d-brought"
    assert last_of(Progress(done=frozenset({"d"}), planned=frozenset({"b"}))) == "what-d-brought"
    assert last_of(Progress(planned=frozenset({"b", "c"}))) == "anything"


def test_the_end_never_speaks_of_a_step_that_was_not_for_them() -> None:
    assert last_of(Progress(skipped=frozenset({"a"}), planned=frozenset({"b"}))) == "anything"
    assert last_of(Progress(skipped=frozenset({"a"}), planned=frozenset({"anything"}))) == ""
