"""Home says one next thing, for each state of a pairing and each role."""

from datetime import UTC, datetime

import pytest

from handrail.capabilities.home import coordinating, presenters, role_things, role_views
from handrail.capabilities.home.queries import SchemeInNumbers, Together
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.queries import OwnPairing, Times
from handrail.capabilities.people.models import Person

AT = datetime(2026, 7, 1, 9, tzinfo=UTC)
State = Pairing.State


def own(state: str, *, side: str = "leader", answer: str = "") -> OwnPairing:
    pairing = Pairing(pk=7, state=state, leader=Person(pk=1, name="Ada"), mentor=Person(pk=2, name="Bo"))
    pairing.asked_by = Person(pk=3, name="Kim")
    return OwnPairing(pairing, side, answer)


def heading(one: OwnPairing, meets_at: datetime | None = None, offers: tuple[int, int] = (0, 0)) -> str:
    thing = presenters.home_of([Together(one, Times(meets_at, *offers))], []).next_thing
    return thing.heading if thing else ""


@pytest.mark.parametrize(("side", "other"), [("leader", "Bo"), ("mentor", "Ada")])
def test_of_a_pairing(side: str, other: str) -> None:
    assert heading(own(State.ASKED, side=side)) == f"Would you like to meet {other}?"
    assert heading(own(State.ASKED, side=side, answer="yes")) == ""
    assert heading(own(State.ASKED, side=side, answer="no")) == ""
    assert heading(own(State.AGREED, side=side)) == f"Find a time with {other}"
    assert heading(own(State.AGREED, side=side), AT) == f"You meet {other}"
    for over in (State.PAUSED, State.ENDED, State.NOT_TAKEN_UP):
        assert heading(own(over, side=side)) == ""


def test_times_that_are_on_offer_already_are_said() -> None:
    assert heading(own(State.AGREED, side="mentor"), offers=(3, 0)) == "Ada offers three times"
    assert heading(own(State.AGREED, side="leader"), offers=(0, 1)) == "Bo offers one time"
    assert heading(own(State.AGREED, side="leader"), offers=(2, 0)) == "Bo chooses a time now"
    assert heading(own(State.AGREED, side="leader"), offers=(2, 1)) == "Bo offers one time", "choosing comes first"
    assert heading(own(State.AGREED), AT, offers=(0, 3)) == "You meet Bo"


def test_whoever_waits_or_pauses_still_finds_the_other() -> None:
    for one in (own(State.ASKED, answer="yes"), own(State.PAUSED)):
        assert "Bo" in [task.text for task in presenters.home_of([Together(one)], []).others]


def test_of_a_coordinator() -> None:
    said = [
        coordinating.of_coordinator(SchemeInNumbers(people=people, asked=asked, agreed=agreed)).heading
        for people, asked, agreed in ((0, 0, 0), (2, 0, 0), (3, 0, 0), (3, 1, 0), (9, 0, 1))
    ]
    assert said == ["Bring your people", "Bring your people", "Pair the first two", "Your scheme", "Your scheme"]


@pytest.mark.parametrize(
    ("numbers", "heading", "words"),
    [
        ({"agreed": 2, "to_let_in": 1}, "Let your pairs in", "to 1 person in a pair. A letter"),
        ({"agreed": 2, "to_let_in": 4}, "Let your pairs in", "to 4 people in pairs. Letters"),
        ({"agreed": 2}, "Your scheme", "2 pairs have agreed. Next, each pair finds a time. Here you see how many"),
        ({"agreed": 2, "met": 1, "asked": 1}, "Your scheme", "2 pairs have agreed, 1 has met, 1 has been asked."),
        ({"asked": 3}, "Your scheme", "3 have been asked."),
    ],
)
def test_a_coordinator_reads_what_comes_next(numbers: dict[str, int], heading: str, words: str) -> None:
    thing = coordinating.of_coordinator(SchemeInNumbers(**{"people": 9, "asked": 0, "agreed": 0, **numbers}))
    assert thing.heading == heading
    assert words in thing.text


def test_a_coordinator_finds_the_usual_ways_and_those_asked() -> None:
    def home(people: int, newest: list[Pairing]) -> presenters.Home:
        numbers = SchemeInNumbers(people=people, asked=len(newest), agreed=0, newest=newest)
        return presenters.home_of([], [coordinating.of_coordinator(numbers)], coordinated=[numbers])

    running = home(9, [own(State.ASKED).pairing, own(State.AGREED).pairing])
    ways = ["About the scheme", "Find pairs for everybody", "Pair two people", "Bring a people file"]
    assert [task.text for task in running.others] == ways
    assert [(task.text, task.status) for task in running.pairings] == [
        ("Ada and Bo", "Asked"),
        ("Ada and Bo", "Agreed"),
    ]
    once = ["About the scheme", "Find pairs for everybody", "Bring a people file"]
    assert [task.text for task in home(9, []).others] == once, "what is next is not said twice"
    assert [task.text for task in home(1, []).others] == ["You have pairs in a spreadsheet?", "Add a person by hand"]


def test_another_time_on_offer_stands_beside_the_one_agreed() -> None:
    one = Together(own(State.AGREED, side="mentor"), Times(AT, 2, 0))
    assert [task.text for task in presenters.home_of([one], []).meetings] == ["Ada offers another time"]
    mine = Together(own(State.AGREED, side="leader"), Times(AT, 2, 0))
    assert presenters.home_of([mine], []).meetings == []


def test_what_each_role_sees_names_the_assistant_and_promises_only_figures_that_are_there() -> None:
    assert [task.text for task in role_views.tabs("assistant")][-2:] == ["Assistant", "Named contact"]
    for role, view in role_views.VIEWS.items():
        shown = view()
        cells = " ".join(cell for row in shown.rows for cell in row)
        assert shown.never, role
        assert "%" not in cells or role == "sponsor", "no figure that is not there"
    assert "once a wave is closed" in role_views.sponsor().promise


def test_of_an_administrator() -> None:
    assert role_things.of_administrator(0).heading == "Add the first organisation"
    assert role_things.of_administrator(1).heading == "The installation"


def test_a_pairing_comes_first_and_the_rest_after_it() -> None:
    roles = [role_things.of_sponsor(""), role_things.of_delegate(["Ada", "Cy"])]
    home = presenters.home_of([Together(own(State.AGREED))], roles)
    assert home.next_thing is not None
    assert home.next_thing.heading == "Find a time with Bo"
    assert [task.text for task in home.others][:3] == ["You and Bo", "Nothing to report yet", "Times to arrange"]
    alone = presenters.home_of([], roles)
    assert alone.next_thing == roles[0]


def test_nobody_has_nothing_to_do() -> None:
    assert presenters.home_of([], []).next_thing is None
    assert presenters.home_of([], []).others == []
