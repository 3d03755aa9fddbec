"""Where a starting point stands on home: after a question that waits, before everything else, and never for ever."""

from dataclasses import replace
from datetime import date

from handrail.capabilities.home import own_plan, presenters
from handrail.capabilities.home.queries import DoneBeside, Start, Together
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.plan.presenters import Next, PlanAtAGlance
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.models import Invitation
from handrail.capabilities.starting_point.queries import OwnState
from handrail.design.parts import DONE, LATER, NOW, Step
from tests.unit.home.test_one_next_thing import own

INVITED = Invitation(asked_by=Person(pk=3, name="Kim"))


def start(*, begun: bool = False, at_rest: bool = False, invited: bool = True, first: bool = True) -> Start:
    state = OwnState(begun=begun, at_rest=at_rest, wish_waits=False, invitation=INVITED if invited else None)
    return Start(state, first=first)


def heading(one: Start | None) -> str:
    thing = presenters.home_of([Together(own(Pairing.State.AGREED))], [], start=one).next_thing
    return thing.heading if thing else ""


def test_it_comes_before_a_pairing_that_runs() -> None:
    assert heading(start()) == "Kim asks you for five minutes"
    assert heading(start(begun=True)) == "Go on with your starting point"
    assert heading(start(invited=False)) == "Find out where you stand"
    assert heading(None) == "Find a time with Bo"


def test_a_question_that_somebody_waits_for_comes_first() -> None:
    running, asked = own(Pairing.State.AGREED), own(Pairing.State.ASKED)
    home = presenters.home_of([Together(running), Together(asked)], [], start=start())
    assert home.next_thing
    assert home.next_thing.heading == "Would you like to meet Bo?"
    assert [task.text for task in home.others].index("Kim asks you for five minutes") < [
        task.text for task in home.others
    ].index("Find a time with Bo")


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
    said = ["3 small things for your own accounts", "2 decisions brought"]
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
