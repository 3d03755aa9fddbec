"""Where a starting point stands on home: after a question that waits, before everything else, and never for ever."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from freezegun import freeze_time

from handrail.capabilities.home import own_plan, presenters
from handrail.capabilities.home.queries import DoneBeside, Start, Together
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan.presenters import Look, Next, PlanAtAGlance
from handrail.capabilities.pairings.queries import Times
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.decisions.queries import Ahead
from handrail.capabilities.starting_point.models import Invitation
from handrail.capabilities.starting_point.queries import OwnState
from handrail.design.parts import DONE, LATER, NOW, Choice, Step
from tests.unit.home.test_one_next_thing import own

PLAN = PlanAtAGlance("Your plan", "/plan/", rail=[Step("Pass it on", LATER)])
INVITED = Invitation(asked_by=Person(pk=3, name="Kim"))


def start(
    *, begun: bool = False, at_rest: bool = False, invited: bool = True, first: bool = True, today: bool = False
) -> Start:
    invitation = INVITED if invited else None
    state = OwnState(begun=begun, at_rest=at_rest, wish_waits=False, invitation=invitation, since_today=today)
    return Start(state, first=first)


def heading(one: Start | None) -> str:
    thing = presenters.home_of([Together(own(Pairing.State.AGREED))], [], start=one).next_thing
    return thing.heading if thing else ""


def test_it_comes_before_a_pairing_that_runs() -> None:
    assert heading(start()) == "Kim asks you for five minutes"
    assert heading(start(begun=True)) == "Go on with your starting point"
    assert heading(start(invited=False)) == "Find out where you stand"
    assert heading(None) == "Find a time with Bo"


def test_times_that_somebody_offers_come_before_it() -> None:
    offered = Together(own(Pairing.State.AGREED), Times(None, 0, 2))
    begin = start()
    assert presenters.home_of([offered], [], start=begin).next_thing == presenters.of_pairing(offered)


def test_a_question_that_somebody_waits_for_comes_first() -> None:
    running, asked = own(Pairing.State.AGREED), own(Pairing.State.ASKED)
    home = presenters.home_of([Together(running), Together(asked)], [], start=start())
    assert home.next_thing
    assert home.next_thing.heading == "Would you like to meet Bo?"
    assert [task.text for task in home.others].index("Kim asks you for five minutes") < [
        task.text for task in home.others
    ].index("Find a time with Bo")


def test_on_the_day_somebody_began_their_own_comes_first_and_an_offer_can_wait() -> None:
    asked = [Together(own(Pairing.State.ASKED))]
    step = replace(PLAN, next=Next("Listen", "10 minutes", "", "/plan/1/"))

    def places(**there: Any) -> tuple[str, list[str]]:
        home = presenters.home_of(asked, [], **there)
        return (home.next_thing.heading if home.next_thing else ""), [str(task.text) for task in home.others]

    offer = "Would you like to meet Bo?"
    first_evening = start(begun=True, at_rest=True, first=False, today=True)
    assert places(start=first_evening, plan=step) == ("Listen", places(start=first_evening, plan=step)[1])
    assert offer in places(start=first_evening, plan=step)[1], "it is there, and not on top"
    heading, others = places(start=first_evening, no_time=True)
    assert (heading, offer in others) == ("Bring one paper or decision", True)
    assert places(start=first_evening)[0] == "Your first small step is ready", "no plan yet"
    later = places(start=start(begun=True, at_rest=True, first=False))
    assert (later[0], "Your first small step is ready" in later[1]) == (offer, True), "on any other day it can wait"
    assert "Your first small step is ready" not in places(start=first_evening, plan=PLAN)[1], "a plan has its own"
    assert places(start=start(begun=True, first=False), plan=step)[0] == offer, "on any other day"


def test_what_nobody_needs_each_week_is_folded() -> None:
    paired = [Together(own(Pairing.State.AGREED))]
    home = presenters.home_of(paired, [], start=start(begun=True, first=False), takes_part=True, signed_up=True)
    assert [task.text for task in home.more] == ["Your sign-up", "Your calendar", "Who arranges your times"]
    assert not {task.text for task in home.more} & {task.text for task in home.others}
    alone = presenters.home_of([], [], start=start(begun=True, first=False), takes_part=True)
    assert (alone.more, alone.others[-1].text) == ([], "Ask for a mentor"), "one line needs no fold"
    mentor = presenters.home_of(paired, [], takes_part=True, signed_up=True)
    assert (mentor.more, "Your calendar" in [task.text for task in mentor.others]) == ([], True)


def test_once_at_rest_it_is_one_thing_among_others() -> None:
    home = presenters.home_of([Together(own(Pairing.State.AGREED))], [], start=start(begun=True, first=False))
    assert home.next_thing
    assert home.next_thing.heading == "Find a time with Bo"
    assert "Your starting point" in [task.text for task in home.others]


def test_what_is_not_there_yet_has_no_link() -> None:
    def others(**there: bool) -> list[str]:
        return [task.text for task in presenters.home_of([], [], start=start(), takes_part=True, **there).others]

    assert "Your conversations" not in others()
    assert "Your conversations" in others(conversations=True)
    assert ("Ask for a mentor" in others(), "Your sign-up" in others()) == (True, False)
    assert "Your sign-up" in others(signed_up=True)
    assert "How you get in next time" in others(way_back_open=True)
    assert "Take part yourself" in [task.text for task in presenters.home_of([], [], takes_part=True).others]
    paired = presenters.home_of([Together(own(Pairing.State.AGREED))], [], start=start(), takes_part=True)
    assert "Ask for a mentor" not in [task.text for task in paired.others]


def test_what_was_done_beside_the_plan_stands_on_the_rail_by_number_only() -> None:
    beside = DoneBeside(small_things=3, decisions=2, last_decision=date(2026, 11, 12))
    plan = PlanAtAGlance("Your plan", "/plan/", rail=[Step("Asked the team", DONE), Step("Pass it on", LATER)])
    (shown,) = presenters.home_of([], [], start=start(), plan=plan, beside=beside).plans
    said = ["3 small things for your own accounts", "2 decisions"]
    assert [step.text for step in shown.rail] == ["Asked the team", *said, "Pass it on"]
    assert shown.rail[2].note == "12 November"
    first = Next("Ask one question", "5 minutes", "", "/plan/one/")
    asked = presenters.home_of(
        [Together(own(Pairing.State.ASKED))], [], plan=replace(plan, next=first), start=start(first=False)
    )
    assert [(step.text, step.state) for step in asked.plans[0].rail][1] == ("Ask one question", NOW)
    assert "Ask one question" not in [task.text for task in asked.others]
    without = presenters.home_of([], [], start=start(), beside=beside)
    assert [step.text for step in without.done] == said
    assert own_plan.done_beside(DoneBeside()) == []


def test_whoever_has_no_time_begins_with_a_decision() -> None:
    def begins(*, no_time: bool, **more: Any) -> list[str]:
        step = replace(PLAN, next=Next("Ask one question", "5 minutes", "", "/plan/one/"))
        home = presenters.home_of(
            [Together(own(Pairing.State.ASKED))], [], start=start(first=False), plan=step, no_time=no_time, **more
        )
        assert home.next_thing is not None
        return [home.next_thing.heading, *(task.text for task in home.others)]

    assert begins(no_time=False)[0] == "Would you like to meet Bo?"
    said = begins(no_time=True)
    assert said[:2] == ["Bring one paper or decision", "Would you like to meet Bo?"]
    assert "A decision on my desk" not in said, "it is not said twice"
    with freeze_time("2026-11-27 10:00"):
        near = Ahead(UUID(int=1), date(2026, 12, 4), "")
        said = begins(no_time=True, ahead=[near])
        assert said[0] == "Your three questions for Friday 4 December"
        assert "Bring one paper or decision" not in said


def test_a_decision_is_said_by_its_day_before_and_in_passing_afterwards() -> None:
    def home(*days: date, called: str = "", **more: Any) -> presenters.Home:
        ahead = [Ahead(UUID(int=place), day, called) for place, day in enumerate(days)]
        return presenters.home_of([], [], start=start(begun=True, first=False), plan=PLAN, ahead=ahead, **more)

    with freeze_time("2026-11-27 10:00"):
        today = home(date(2026, 11, 27)).next_thing
        assert today is not None
        assert (today.heading, today.button) == ("Your three questions for today", "See the three")
        called = home(date(2026, 11, 27), called="the board").next_thing
        assert called is not None
        assert called.heading == "Your three questions for the board"
        assert called.text.startswith("Today. Two minutes")
        far = home(date(2026, 11, 28), date(2026, 12, 5), date(2026, 11, 26), date(2026, 11, 12))
        assert far.next_thing is not None
        assert far.next_thing.heading == "Your three questions for Saturday 28 November"
        others = [task.text for task in far.others]
        assert "Your three questions for Saturday 5 December" in others
        assert others.count("Was anything decided differently?") == 1, "not the one of more than two weeks ago"


def test_whether_anybody_answered_is_asked_with_one_tap_unless_one_is_away() -> None:
    look = Look("Ask the team", "/plan/step/", [Choice("came", "Answers came")])
    asked = presenters.home_of([], [], start=start(first=False), plan=replace(PLAN, look=look)).next_thing
    assert asked is not None
    assert (asked.heading, asked.href, len(asked.taps)) == ("Did anybody answer?", "/plan/step/", 1)
    assert "Ask the team" in asked.text
    away = presenters.home_of([], [], start=start(first=False), plan=replace(PLAN, look=look, paused="Paused."))
    assert away.next_thing is None
