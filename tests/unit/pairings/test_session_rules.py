"""Who may arrange times: each permission's yes and no side by side."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from handrail.capabilities.pairings.models import Pairing, Session, TimeOffer
from handrail.capabilities.pairings.sessions import rules
from handrail.foundation.access.refusal import Refused

NOW = datetime(2026, 3, 24, 9, tzinfo=UTC)
SOON = NOW + timedelta(days=3)


def pairing(state: str = Pairing.State.AGREED) -> Pairing:
    return Pairing(pk=1, leader_id=1, mentor_id=2, state=state)


def session(state: str = Session.State.AGREED, starts_at: datetime = SOON, of: Pairing | None = None) -> Session:
    return Session(pk=1, pairing=of or pairing(), state=state, starts_at=starts_at)


def offer(by: int = 1, starts_at: datetime = SOON) -> TimeOffer:
    return TimeOffer(pk=1, offered_by_id=by, starts_at=starts_at)


def refused(check: Callable[[], None]) -> str:
    with pytest.raises(Refused) as caught:
        check()
    return str(caught.value)


def test_arranging_is_for_a_side_of_a_running_pairing() -> None:
    assert rules.can_arrange(pairing(), "leader")
    assert rules.can_arrange(pairing(), "mentor")
    assert not rules.can_arrange(pairing(), "")
    for state in set(Pairing.State) - {Pairing.State.AGREED}:
        assert not rules.can_arrange(pairing(state), "leader")
    assert "arranges" in refused(lambda: rules.check_can_arrange(pairing(), ""))
    assert "while the pairing runs" in refused(lambda: rules.check_can_arrange(pairing(Pairing.State.ENDED), "leader"))


def test_a_time_is_to_come_within_a_year_or_so_and_free() -> None:
    assert rules.can_use_time(SOON, taken=[], now=NOW)
    assert not rules.can_use_time(NOW, taken=[], now=NOW)
    assert rules.can_use_time(NOW + timedelta(minutes=1), taken=[], now=NOW)
    assert rules.can_use_time(NOW + rules.FURTHEST, taken=[], now=NOW)
    assert not rules.can_use_time(NOW + rules.FURTHEST + timedelta(minutes=1), taken=[], now=NOW)
    assert not rules.can_use_time(SOON, taken=[SOON], now=NOW)


def test_up_to_six_times_are_on_offer_at_once() -> None:
    six = [SOON + timedelta(hours=hour) for hour in range(6)]
    facts = {"offered": [], "taken": [], "now": NOW}
    assert rules.can_offer(pairing(), "leader", times=six, **facts)
    assert not rules.can_offer(pairing(), "leader", times=[*six, SOON + timedelta(days=1)], **facts)
    assert rules.can_offer(pairing(), "leader", times=six[:3], **{**facts, "offered": six})
    assert not rules.can_offer(pairing(), "leader", times=[SOON + timedelta(days=1)], **{**facts, "offered": six})
    assert not rules.can_offer(pairing(), "leader", times=[], **facts)
    assert not rules.can_offer(pairing(), "", times=six, **facts)
    assert not rules.can_offer(pairing(), "leader", times=[NOW - timedelta(hours=1)], **facts)


def test_a_time_is_chosen_by_the_other_side_and_taken_back_by_its_own() -> None:
    facts = {"taken": [], "now": NOW}
    assert rules.can_choose(pairing(), "mentor", offer(by=1), **facts)
    assert not rules.can_choose(pairing(), "leader", offer(by=1), **facts)
    assert rules.can_choose(pairing(), "leader", offer(by=2), **facts)
    assert not rules.can_choose(pairing(), "mentor", offer(by=1, starts_at=NOW), **facts)
    assert not rules.can_choose(pairing(), "", offer(by=1), **facts)
    assert rules.can_withdraw(pairing(), "leader", offer(by=1))
    assert not rules.can_withdraw(pairing(), "mentor", offer(by=1))


def test_a_session_is_changed_until_it_begins() -> None:
    assert rules.can_change(session(), "leader", NOW)
    assert not rules.can_change(session(), "", NOW)
    assert not rules.can_change(session(), "leader", SOON)
    assert not rules.can_change(session(Session.State.CANCELLED), "leader", NOW)
    assert not rules.can_change(session(of=pairing(Pairing.State.PAUSED)), "leader", NOW)


def test_a_session_moves_to_a_free_time_to_come() -> None:
    later = SOON + timedelta(days=1)
    assert rules.can_move(session(), "mentor", later, taken=[], now=NOW)
    assert not rules.can_move(session(), "mentor", later, taken=[later], now=NOW)
    assert not rules.can_move(session(), "mentor", NOW, taken=[], now=NOW)
    assert not rules.can_move(session(), "", later, taken=[], now=NOW)


def test_whether_they_met_is_said_by_the_two_only_and_afterwards() -> None:
    held, missed = Session.State.HELD, Session.State.MISSED
    assert rules.can_settle(session(), "leader", False, held, SOON)
    assert not rules.can_settle(session(), "leader", True, held, SOON)
    assert not rules.can_settle(session(), "", False, held, SOON)
    assert not rules.can_settle(session(), "leader", False, held, NOW)
    assert not rules.can_settle(session(), "leader", False, Session.State.CANCELLED, SOON)
    assert rules.can_settle(session(held), "mentor", False, missed, SOON)
    assert not rules.can_settle(session(held), "mentor", False, held, SOON)
    assert not rules.can_settle(session(Session.State.CANCELLED), "mentor", False, held, SOON)


def test_every_state_has_its_followers() -> None:
    assert set(rules.NEXT) == set(Session.State)
    assert {following for each in rules.NEXT.values() for following in each} <= set(Session.State)
