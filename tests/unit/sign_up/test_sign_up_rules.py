"""Who is ready, which two are ruled out, when a pause shows, and how a mentor's time may go on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handrail.capabilities.schemes.models import Scheme
from handrail.capabilities.schemes.sign_up import rules
from handrail.capabilities.schemes.sign_up.choices import TIMES, language_code, language_name, themes, words_of
from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.capabilities.schemes.sign_up.rules import Side, Time, WhomNot
from handrail.foundation.access.refusal import Refused


def side(number: int, party: str = "", **whom_not: object) -> Side:
    return Side(number, f"person {number}", party, WhomNot(**whom_not).plain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "is_ruled_out"),
    [
        (side(1), side(2), False),
        (side(1, people=frozenset({2})), side(2), True),
        (side(1, people=frozenset({3})), side(2), False),
        (side(1, names=frozenset({"Person  2"})), side(2), True),
        (side(1, parties=frozenset({"Blue"})), side(2, "blue"), True),
        (side(1, parties=frozenset({"Blue"})), side(2), False),
        (side(1, "red", other_parties=True), side(2, "blue"), True),
        (side(1, "red", other_parties=True), side(2, "red"), False),
        (side(1, "red", other_parties=True), side(2), False),
        (side(1, "red"), side(2, "blue"), False),
        (side(1, own_organisation=True), side(2), True),
        (side(1, own_organisation=True), replace(side(2), organisation_id=7), False),
        (side(1), replace(side(2, own_organisation=True), organisation_id=7), False),
    ],
)
def test_a_preference_of_either_rules_the_pair_out(one: Side, other: Side, is_ruled_out: bool) -> None:
    assert rules.ruled_out(one, other) is is_ruled_out
    assert rules.ruled_out(other, one) is is_ruled_out


def test_a_leader_chooses_up_to_three_and_a_mentor_as_many_as_they_like() -> None:
    scheme, four = Scheme(name="Scheme"), ["a", "b", "c", "d"]
    assert rules.can_sign_up(scheme, "leader", four[:3])
    assert not rules.can_sign_up(scheme, "leader", four)
    assert rules.can_sign_up(scheme, "mentor", four)
    assert not rules.can_sign_up(scheme, "mentor", [])
    assert not rules.can_sign_up(Scheme(ended_on=date(2026, 1, 1)), "mentor", four)


def test_ten_names_at_most() -> None:
    ten = WhomNot(frozenset(range(4)), frozenset("abc"), frozenset("xyz"))
    assert rules.can_keep_whom_not(ten)
    rules.check_whom_not(ten)
    eleven = WhomNot(frozenset(range(5)), frozenset("abc"), frozenset("xyz"))
    assert not rules.can_keep_whom_not(eleven)
    with pytest.raises(Refused, match="coordinator"):
        rules.check_whom_not(eleven)


def test_every_state_of_a_time_is_reached_and_left() -> None:
    assert set(rules.NEXT_OF_TIME) == set(Time)
    assert set().union(*rules.NEXT_OF_TIME.values()) == set(Time)
    for state in Time:
        agreement = TimeAgreement(state=state)
        for other in Time:
            may = other in rules.NEXT_OF_TIME[state] or other == state
            assert rules.can_become(agreement, other) is may
            if not may:
                with pytest.raises(Refused):
                    rules.check_can_become(agreement, other)
        assert rules.can_answer_for_manager(agreement) is (state == Time.ASKED)


@pytest.mark.parametrize("state", list(Time))
def test_a_mentor_is_ready_when_their_time_is_agreed(state: Time) -> None:
    row, agreement = SignUp(side="mentor"), TimeAgreement(state=state)
    assert rules.is_ready(row, agreement) is (state in {Time.AGREED, Time.SPOKEN, Time.OWN})
    assert not rules.is_ready(row, None)
    assert rules.is_ready(SignUp(side="leader"), None)
    row.paused_on = date(2026, 11, 27)
    assert not rules.is_ready(row, agreement)


def test_a_pause_shows_from_the_monday_after() -> None:
    assert not rules.pause_shows(SignUp(), date(2026, 11, 27))
    for days in range(7):
        paused = SignUp(paused_on=date(2026, 11, 23) + timedelta(days=days))
        assert not rules.pause_shows(paused, date(2026, 11, 29))
        assert rules.pause_shows(paused, date(2026, 11, 30))


def test_languages_meet_however_they_are_written() -> None:
    assert {language_code(word) for word in ("Welsh", "cymraeg", " CYMRAEG ", "cy")} == {"cy"}
    assert language_code("British Sign Language") == "british sign language"
    assert language_name("cy") == "Cymraeg"
    assert language_name("british sign language") == "british sign language"


def test_themes_are_those_of_the_open_content() -> None:
    assert len(themes()) == 10
    assert words_of(["data", "gone", "services"], themes()) == ["People and services", "Data"]
    assert len(TIMES) == 24
