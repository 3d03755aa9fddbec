"""Where a starting point stands on home: after a question that waits, before everything else, and never for ever."""

from handrail.capabilities.home import presenters
from handrail.capabilities.home.queries import Start, Together
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.models import Person
from handrail.capabilities.starting_point.models import Invitation
from handrail.capabilities.starting_point.queries import OwnState
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
    assert home.next_thing.heading == "Kim asks you something"
    assert [task.text for task in home.others].index("Kim asks you for five minutes") < [
        task.text for task in home.others
    ].index("Find a time with Bo")


def test_once_at_rest_it_is_one_thing_among_others() -> None:
    home = presenters.home_of([Together(own(Pairing.State.AGREED))], [], start=start(begun=True, first=False))
    assert home.next_thing
    assert home.next_thing.heading == "Find a time with Bo"
    assert "Your starting point" in [task.text for task in home.others]
