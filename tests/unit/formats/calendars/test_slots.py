"""Times on offer, and the times two people have in common."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.formats.calendars import PartOfDay, days_on_offer, few_of, slots_in_common, words_for

FRIDAY = datetime(2026, 3, 27, 9, tzinfo=UTC)
INSTANTS = st.lists(st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3)).map(lambda at: at.replace(tzinfo=UTC)))


def test_the_next_working_days_begin_after_today_and_leave_out_weekends_and_holidays() -> None:
    days = days_on_offer(FRIDAY, "Europe/London", days=5, closed=[date(2026, 4, 3), date(2026, 4, 6)])
    assert [day.on.isoformat() for day in days] == [
        "2026-03-30",
        "2026-03-31",
        "2026-04-01",
        "2026-04-02",
        "2026-04-07",
    ]
    assert [slot.part for slot in days[0].slots] == [PartOfDay.MORNING, PartOfDay.MIDDAY, PartOfDay.AFTERNOON]


def test_today_is_the_day_of_the_place() -> None:
    late = datetime(2026, 3, 29, 22, tzinfo=UTC)  # Monday morning on Lord Howe Island
    at_once = timedelta(0)
    assert days_on_offer(late, "Australia/Lord_Howe", days=1, notice=at_once)[0].on == date(2026, 3, 31)
    assert days_on_offer(late, "Europe/London", days=1, notice=at_once)[0].on == date(2026, 3, 30)


def test_nobody_is_asked_at_night_for_the_next_morning() -> None:
    night = datetime(2026, 3, 24, 23, tzinfo=UTC)  # a Tuesday
    assert [day.on.day for day in days_on_offer(night, "Europe/London", days=2)] == [26, 27]
    noon = datetime(2026, 3, 24, 12, tzinfo=UTC)
    (day,) = days_on_offer(noon, "Europe/London", days=1)
    assert (day.on.day, [slot.part for slot in day.slots]) == (25, [PartOfDay.MIDDAY, PartOfDay.AFTERNOON])


def test_a_few_are_one_a_day_and_take_turns() -> None:
    days = days_on_offer(FRIDAY, "Europe/London")
    few = few_of(days, 4)
    parts = [PartOfDay.MORNING, PartOfDay.MIDDAY, PartOfDay.AFTERNOON, PartOfDay.MORNING]
    assert [slot.part for slot in few] == parts
    assert [slot.starts_at.date().day for slot in few] == [30, 31, 1, 2]
    again = few_of(days, 4, without={few[0].starts_at, *(slot.starts_at for slot in days[1].slots)})
    assert [(slot.starts_at.date().day, slot.part) for slot in again] == [
        (30, PartOfDay.MIDDAY),
        (1, PartOfDay.MIDDAY),
        (2, PartOfDay.AFTERNOON),
        (3, PartOfDay.MORNING),
    ]


def test_a_few_are_those_that_suit_most() -> None:
    days = days_on_offer(FRIDAY, "Europe/London", preferences=[[PartOfDay.AFTERNOON], []])
    assert {slot.part for slot in few_of(days, 3)} == {PartOfDay.AFTERNOON}
    assert few_of([], 3) == ()


def test_days_that_both_named_come_before_others() -> None:
    days = days_on_offer(datetime(2026, 11, 28, 12, tzinfo=UTC), "Europe/London")  # a Saturday
    often = {(0, PartOfDay.MORNING), (1, PartOfDay.MIDDAY)}
    few = few_of(days, 5, often=often)
    assert [f"{slot.starts_at:%a %d} {slot.part}" for slot in few] == [
        "Mon 30 morning",
        "Tue 01 midday",
        "Wed 02 afternoon",
        "Mon 07 morning",
        "Tue 08 midday",
    ]


def test_slots_keep_the_clock_over_a_change() -> None:
    days = days_on_offer(FRIDAY - timedelta(days=1), "Europe/London", days=2)
    mornings = [day.slots[0].starts_at for day in days]
    assert [time.hour for time in mornings] == [10, 10]
    assert [time.astimezone(UTC).hour for time in mornings] == [10, 9]


def test_each_slot_says_how_many_it_suits() -> None:
    (day,) = days_on_offer(
        FRIDAY, "Europe/London", days=1, preferences=[{PartOfDay.MORNING}, {PartOfDay.MORNING, PartOfDay.AFTERNOON}]
    )
    assert [slot.suits for slot in day.slots] == [2, 0, 1]


def test_somebody_without_a_preference_takes_any_time() -> None:
    (day,) = days_on_offer(FRIDAY, "Europe/London", days=1, preferences=[[], [PartOfDay.MIDDAY]])
    assert [slot.suits for slot in day.slots] == [1, 2, 1]


def test_other_countries_rest_on_other_days() -> None:
    days = days_on_offer(FRIDAY, "Asia/Riyadh", days=2, weekend=[4, 5])
    assert [day.on.isoformat() for day in days] == ["2026-03-29", "2026-03-30"]


def test_a_place_that_never_opens_offers_nothing() -> None:
    assert days_on_offer(FRIDAY, "Europe/London", weekend=range(7)) == ()


def test_what_both_chose_is_the_same_instant_in_whatever_zone() -> None:
    at = datetime(2026, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    same = at.astimezone(ZoneInfo("America/New_York"))
    assert slots_in_common([at, at + timedelta(hours=1)], [same, at - timedelta(hours=1)]) == (at.astimezone(UTC),)


@pytest.mark.slow
@given(one=INSTANTS, other=INSTANTS, hours=st.integers(-12, 14))
def test_in_common_is_symmetric_ordered_and_offered_by_both(
    one: list[datetime], other: list[datetime], hours: int
) -> None:
    elsewhere = timezone(timedelta(hours=hours))
    other = other + one[::2]
    found = slots_in_common(one, [time.astimezone(elsewhere) for time in other])
    assert found == slots_in_common(other, one)
    assert list(found) == sorted(set(found))
    assert set(found) == set(one) & set(other)


def test_a_time_in_words() -> None:
    at = datetime(2026, 12, 1, 10, tzinfo=UTC)
    assert words_for(at, "Europe/London") == "Tuesday 1 December, 10:00"
    assert words_for(at, "Europe/London", "fr") == "mardi 1 décembre, 10:00"
    assert words_for(at, "Europe/London", "cy") == "Dydd Mawrth 1 Rhagfyr, 10:00"
    assert words_for(at, "America/New_York") == "Tuesday 1 December, 05:00"
