"""Times that suit: what to offer with one tap, and what both sides' choices have in common."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from handrail.formats.calendars.zones import local_time

WEEKEND = frozenset({5, 6})  # Monday is 0
NOTICE = timedelta(hours=24)  # nobody is asked in the evening for the next morning


class PartOfDay(StrEnum):
    MORNING = "morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"


BEGINS = {PartOfDay.MORNING: time(10, 0), PartOfDay.MIDDAY: time(12, 30), PartOfDay.AFTERNOON: time(15, 0)}


@dataclass(frozen=True)
class Slot:
    """One time on offer. suits: how many of the sides said that this part of the day suits them."""

    starts_at: datetime
    part: PartOfDay
    suits: int = 0


@dataclass(frozen=True)
class Day:
    on: date
    slots: tuple[Slot, ...]


def days_on_offer(
    now: datetime,
    zone: str,
    *,
    preferences: Iterable[Collection[PartOfDay]] = (),
    days: int = 10,
    closed: Collection[date] = (),
    weekend: Collection[int] = WEEKEND,
    notice: timedelta = NOTICE,
) -> tuple[Day, ...]:
    """The next working days after today, each with its morning, midday and afternoon.

    now: aware; zone: whose clock; preferences: one collection a side, empty for "any time suits me"; days: how many
    working days; closed: public holidays; notice: how long ahead at least. A part that a side did not name is still on
    offer, but suits fewer.
    """
    sides = [set(side) or set(PartOfDay) for side in preferences]
    today = now.astimezone(ZoneInfo(zone)).date()
    found: list[Day] = []
    for ahead in range(1, days * 7 + len(closed) + notice.days + 8):
        on = today + timedelta(days=ahead)
        if len(found) == days:
            break
        if on.weekday() not in weekend and on not in closed:
            slots = (_slot(on, part, zone, sides) for part in PartOfDay)
            in_time = tuple(slot for slot in slots if slot.starts_at >= now + notice)
            found += [Day(on, in_time)] if in_time else []
    return tuple(found)


def few_of(
    days: Iterable[Day],
    number: int,
    without: Collection[datetime] = (),
    often: Collection[tuple[int, PartOfDay]] = (),
) -> tuple[Slot, ...]:
    """A few times, one a day: the part that suits most sides, else morning, midday and afternoon in turn.

    without: instants that are offered or taken already; a day on which nothing else is left is passed over.
    often: weekdays (Monday is 0) and parts that both sides named as often free: days with one come before others.
    """
    left = [(day.on, [slot for slot in day.slots if slot.starts_at not in without]) for day in days]
    free = {on: [slot for slot in slots if (on.weekday(), slot.part) in often] for on, slots in left}
    chosen = sorted((pair for pair in left if pair[1]), key=lambda pair: not free[pair[0]])[:number]
    in_order = sorted(chosen, key=lambda pair: pair[0])
    return tuple(_best_of(free[on] or slots, turn) for turn, (on, slots) in enumerate(in_order))


def _best_of(slots: list[Slot], turn: int) -> Slot:
    parts = list(PartOfDay)
    return min(slots, key=lambda slot: (-slot.suits, (parts.index(slot.part) - turn) % len(parts)))


def _slot(on: date, part: PartOfDay, zone: str, sides: list[set[PartOfDay]]) -> Slot:
    begins = BEGINS[part]
    return Slot(local_time(on, begins.hour, begins.minute, zone), part, sum(part in side for side in sides))


def slots_in_common(one: Iterable[datetime], other: Iterable[datetime]) -> tuple[datetime, ...]:
    """The instants that both sides chose, in order, whatever zone each was written in; UTC."""
    return tuple(sorted({time.astimezone(UTC) for time in one} & {time.astimezone(UTC) for time in other}))


def day_in_words(day: date, language: str = "en") -> str:
    """ "Tuesday 1 December"."""
    return format_date(day, "EEEE d MMMM", locale=language)


def words_for(starts_at: datetime, zone: str, language: str = "en") -> str:
    """A time in words by the clock of the zone: "Tuesday 1 December, 10:00"."""
    local = starts_at.astimezone(ZoneInfo(zone))
    return f"{day_in_words(local.date(), language)}, {format_time(local.time(), 'HH:mm', locale=language)}"
