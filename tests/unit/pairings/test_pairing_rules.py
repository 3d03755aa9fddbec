"""Each permission about a pairing: when it is given, and in the same test when it is not."""

import pytest
from django.utils import timezone

from handrail.capabilities.pairings import rules
from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.models import Person
from handrail.capabilities.people.rules import Chain, Closeness, can_be_delegate, closeness, promise_at_risk
from handrail.foundation.access.refusal import Refused

State = Pairing.State
LEADER, MENTOR = Person(pk=1, name="Ada", organisation_id=1), Person(pk=2, name="Bo", organisation_id=1)
ASKING = {
    "leader": LEADER,
    "mentor": MENTOR,
    "organisation_ids": [1],
    "has_open_pairing": False,
    "closeness": Closeness.APART,
    "is_outside": False,
    "reason": "",
}


def pairing(state: str) -> Pairing:
    return Pairing(state=state, leader_id=1, mentor_id=2)


@pytest.mark.parametrize(
    ("otherwise", "words"),
    [
        ({"mentor": LEADER}, "two different people"),
        ({"mentor": Person(pk=3, name="Cy", organisation_id=1, left_on=timezone.now().date())}, "Cy has left"),
        ({"leader": Person(pk=3, name="Cy", organisation_id=9)}, "not in an organisation of this scheme"),
        ({"has_open_pairing": True}, "asked already"),
        ({"closeness": Closeness.NEAR}, "Say in a few words"),
        ({"closeness": Closeness.UNKNOWN, "reason": "  "}, "Say in a few words"),
        ({"is_outside": True, "reason": "  "}, "Say in a few words"),
    ],
)
def test_two_may_be_asked_unless(otherwise: dict[str, object], words: str) -> None:
    assert rules.can_ask(**ASKING)
    assert not rules.can_ask(**{**ASKING, **otherwise})
    facts = {name: {**ASKING, **otherwise}[name] for name in ("leader", "mentor", "organisation_ids")}
    assert rules.can_propose(**facts) == (words in ("asked already", "Say in a few words"))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=words):
        rules.check_can_ask(**{**ASKING, **otherwise})  # type: ignore[arg-type]


@pytest.mark.parametrize("why", [{"closeness": Closeness.NEAR}, {"closeness": Closeness.UNKNOWN}, {"is_outside": True}])
def test_a_reason_lets_a_pair_be_asked_all_the_same(why: dict[str, object]) -> None:
    assert rules.can_ask(**{**ASKING, **why, "reason": "They chose each other"})
    assert not rules.can_ask(**{**ASKING, **why})


@pytest.mark.parametrize("side", ["leader", "mentor"])
@pytest.mark.parametrize("state", [state for state in State if state != State.ASKED])
def test_a_question_is_answered_by_its_two_while_it_stands(side: str, state: str) -> None:
    assert rules.can_answer(pairing(State.ASKED), side)
    assert not rules.can_answer(pairing(state), side)
    assert not rules.can_answer(pairing(State.ASKED), "")
    rules.check_can_answer(pairing(State.ASKED), side)
    for asked, who in ((pairing(state), side), (pairing(State.ASKED), "")):
        with pytest.raises(Refused):
            rules.check_can_answer(asked, who)


@pytest.mark.parametrize("state", State)
def test_notes_are_written_by_the_two_while_the_pairing_runs(state: str) -> None:
    runs = state in (State.AGREED, State.PAUSED, State.CHANGING)
    assert rules.can_write_notes(pairing(state), "leader") == runs
    assert not rules.can_write_notes(pairing(state), "")
    if runs:
        rules.check_can_write_notes(pairing(state), "mentor")
    else:
        with pytest.raises(Refused):
            rules.check_can_write_notes(pairing(state), "mentor")
    with pytest.raises(Refused, match="two other people"):
        rules.check_can_write_notes(pairing(state), "")


STORED = [state for state in State if state != State.MET]
ALLOWED = {
    (State.PROPOSED, State.ASKED),
    *((State.ASKED, then) for then in (State.AGREED, State.NOT_TAKEN_UP, State.CANCELLED)),
    *((State.AGREED, then) for then in (State.MET, State.PAUSED, State.CHANGING, State.ENDED)),
    *((State.PAUSED, then) for then in (State.AGREED, State.MET, State.CHANGING, State.ENDED)),
    *((State.CHANGING, then) for then in (State.AGREED, State.MET, State.ENDED)),
    (State.ENDED, State.CLOSED),
}


@pytest.mark.parametrize("state", STORED)
@pytest.mark.parametrize("following", State)
def test_a_state_follows_another_only_as_the_table_says(state: str, following: str) -> None:
    allowed = (state, following) in ALLOWED
    assert rules.can_become(pairing(state), following) == allowed
    if allowed:
        rules.check_can_become(pairing(state), following)
    else:
        with pytest.raises(Refused):
            rules.check_can_become(pairing(state), following)


def test_a_pair_has_met_from_its_first_held_session_on() -> None:
    met = pairing(State.AGREED)
    met.met_at = timezone.now()
    assert (rules.standing(met), rules.state_in_words(met)) == (State.MET, "Met")
    assert rules.can_become(met, State.AGREED), "the session was noted as held by mistake"
    met.state = State.PAUSED
    assert rules.standing(met) == State.PAUSED


def test_whatever_a_question_came_to_reads_the_same() -> None:
    assert rules.state_in_words(pairing(State.CANCELLED)) == rules.state_in_words(pairing(State.NOT_TAKEN_UP))
    assert all(rules.state_in_words(pairing(state)) for state in STORED)


def test_every_state_is_reached_and_left() -> None:
    reached = set(rules.STARTS) | {then for following in rules.NEXT.values() for then in following}
    assert reached == set(rules.NEXT) == set(State)
    stays = {state for state, following in rules.NEXT.items() if not following}
    assert stays == {State.NOT_TAKEN_UP, State.CANCELLED, State.CLOSED}


def test_only_a_proposal_is_put_aside() -> None:
    assert rules.can_put_aside(pairing(State.PROPOSED))
    rules.check_can_put_aside(pairing(State.PROPOSED))
    assert not rules.can_put_aside(pairing(State.ASKED))
    with pytest.raises(Refused, match="asked in the meantime"):
        rules.check_can_put_aside(pairing(State.ASKED))


def test_a_yes_needs_somebody_who_is_still_there() -> None:
    gone = Person(pk=3, name="Cy", left_on=timezone.now().date())
    asked = Pairing(state=State.ASKED, leader=LEADER, mentor=MENTOR)
    assert rules.are_both_there(asked)
    rules.check_both_there(asked)
    for one in (Pairing(leader=LEADER, mentor=gone), Pairing(leader=gone, mentor=MENTOR)):
        assert not rules.are_both_there(one)
        with pytest.raises(Refused, match="no longer go ahead"):
            rules.check_both_there(one)


def test_a_mentor_has_room_up_to_what_they_signed_up_for() -> None:
    assert rules.has_room(wanted=2, running=1)
    assert not rules.has_room(wanted=2, running=2)
    assert rules.has_room(wanted=None, running=9), "they named no limit"


def test_the_side_of_somebody() -> None:
    asked = pairing(State.ASKED)
    assert (rules.side_of(asked, {1}), rules.side_of(asked, {2, 7}), rules.side_of(asked, {7})) == (
        "leader",
        "mentor",
        "",
    )
    assert rules.side_of(asked, set()) == ""


def test_a_line_that_is_not_known_is_never_apart() -> None:
    above, alone, unknown = Chain((2,), True), Chain((), True), Chain((), False)
    assert closeness(1, above, 2, alone, levels=2) == Closeness.NEAR
    assert closeness(2, alone, 1, above, levels=2) == Closeness.NEAR
    assert closeness(1, alone, 2, alone, levels=2) == Closeness.APART
    assert closeness(1, alone, 2, unknown, levels=2) == closeness(1, unknown, 2, alone, levels=2) == Closeness.UNKNOWN
    assert closeness(1, Chain((2,), False), 2, unknown, levels=2) == Closeness.NEAR


def test_a_delegate_is_somebody_else_of_the_same_organisation() -> None:
    assert can_be_delegate(LEADER, MENTOR)
    assert not can_be_delegate(LEADER, LEADER)
    assert not can_be_delegate(LEADER, Person(pk=3, organisation_id=9))


def test_roles_that_would_break_a_promise_are_named() -> None:
    assert "sponsor" in promise_at_risk({"coordinator", "sponsor"}, False)
    assert "administrator" in promise_at_risk({"sponsor"}, True).lower()
    for harmless, administers in (({"coordinator", "editor"}, True), ({"sponsor", "editor"}, False), (set(), True)):
        assert promise_at_risk(harmless, administers) == ""
