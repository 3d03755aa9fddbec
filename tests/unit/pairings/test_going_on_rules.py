"""When two people are asked how to go on, what comes of their wishes, and who may say what."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.capabilities.pairings import rules as pairing_rules
from handrail.capabilities.pairings.going_on import rules
from handrail.capabilities.pairings.models import Pairing
from handrail.foundation.access.refusal import Refused

State, Next = Pairing.State, Pairing.Next
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = timedelta(weeks=1)
STORED = [state for state in State if state != State.MET]


def pairing(state: str = State.AGREED, **fields: object) -> Pairing:
    return Pairing(state=state, leader_id=1, mentor_id=2, **{"agreed_at": NOW - 10 * WEEK, **fields})


def due(one: Pairing, *, last_met: datetime | None = None, has_session: bool = False) -> bool:
    return rules.is_due(one, last_met=last_met, has_session=has_session, rhythm=2 * WEEK, now=NOW)


def test_a_pair_is_asked_after_two_rhythms_without_a_session() -> None:
    assert due(pairing(agreed_at=NOW - 4 * WEEK))
    assert not due(pairing(agreed_at=NOW - 4 * WEEK + timedelta(minutes=1)))
    assert due(pairing(), last_met=NOW - 4 * WEEK)
    assert not due(pairing(), last_met=NOW - 3 * WEEK)
    assert not due(pairing(heard_at=NOW - 3 * WEEK)), "they said that it goes on"
    assert not due(pairing(), has_session=True)
    assert not due(pairing(asked_how_at=NOW - WEEK)), "asked already"
    assert not due(pairing(agreed_at=None)), "nothing is known of it"


def test_a_pause_is_left_alone_for_longer() -> None:
    assert due(pairing(State.PAUSED, heard_at=NOW - 8 * WEEK))
    assert not due(pairing(State.PAUSED, heard_at=NOW - 7 * WEEK))


@pytest.mark.parametrize("state", STORED)
def test_only_running_pairs_are_asked(state: str) -> None:
    runs = state in (State.AGREED, State.PAUSED)
    assert due(pairing(state)) == runs
    assert rules.can_say_how(pairing(state), "leader") == runs
    assert not rules.can_say_how(pairing(state), "")
    with pytest.raises(Refused, match="two other people"):
        rules.check_can_say_how(pairing(state), "")
    if runs:
        rules.check_can_say_how(pairing(state), "mentor")
    else:
        with pytest.raises(Refused, match="in the meantime"):
            rules.check_can_say_how(pairing(state), "mentor")


def test_nobody_else_is_told_for_two_weeks() -> None:
    assert rules.is_waited_for(pairing(asked_how_at=NOW - 2 * WEEK), NOW)
    assert not rules.is_waited_for(pairing(asked_how_at=NOW - 2 * WEEK + timedelta(minutes=1)), NOW)
    assert not rules.is_waited_for(pairing(), NOW)


def test_what_is_paused_need_not_be_paused() -> None:
    assert rules.PAUSE in rules.answers_for(pairing())
    assert rules.PAUSE not in rules.answers_for(pairing(State.PAUSED))


@pytest.mark.parametrize("state", STORED)
def test_a_change_begins_while_a_pairing_runs_and_wishes_are_said_while_it_is_on(state: str) -> None:
    begins = state in (State.AGREED, State.PAUSED)
    assert rules.can_begin_change(pairing(state)) == begins
    assert rules.can_say_next(pairing(state), "leader") == (state == State.CHANGING)
    assert not rules.can_say_next(pairing(state), "")
    for can, check in (
        (begins, lambda: rules.check_can_begin_change(pairing(state))),
        (state == State.CHANGING, lambda: rules.check_can_say_next(pairing(state), "mentor")),
    ):
        if can:
            check()
        else:
            with pytest.raises(Refused):
                check()


@pytest.mark.parametrize("one", ["", *Next])
@pytest.mark.parametrize("other", ["", *Next])
def test_it_goes_on_only_when_both_would_stay(one: str, other: str) -> None:
    comes = rules.what_comes_of(one, other)
    if not (one and other):
        assert comes is None
    else:
        assert comes == (State.AGREED if one == other == Next.STAY else State.ENDED)


def test_a_wish_is_shown_once_it_is_over() -> None:
    assert [state for state in STORED if rules.shows_next(pairing(state))] == [State.ENDED, State.CLOSED]
    wishing = pairing(State.CHANGING, leader_next=Next.REST)
    assert (rules.next_of(wishing, "leader"), rules.next_of(wishing, "mentor")) == (Next.REST, "")
    assert pairing_rules.has_said_next(wishing, "leader")
    assert not pairing_rules.has_said_next(wishing, "mentor")


def test_staying_together_after_all_takes_both() -> None:
    changing = pairing(State.CHANGING)
    assert not pairing_rules.can_change_alone(changing, State.AGREED)
    with pytest.raises(Refused):
        pairing_rules.check_can_change_alone(changing, State.AGREED)
    assert pairing_rules.can_change_alone(changing, State.ENDED)
    assert pairing_rules.can_change_alone(pairing(State.PAUSED), State.AGREED)
    pairing_rules.check_can_change_alone(pairing(State.PAUSED), State.AGREED)
