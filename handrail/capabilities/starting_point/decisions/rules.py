"""What may be brought and chosen."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from handrail.foundation.access.refusal import Refused

MOST = 3  # essentials of one decision
MOST_KEPT = 200  # decisions of one person
LONGEST = 60_000  # characters: some twenty-five pages
LONGEST_LINE = 300
OFFERED = 6  # essentials that are offered first
WORDS_KEPT = 4  # of the text, for each of them
LONGEST_NAME = 40  # what home calls a decision
BY_THEN_DECIDED = timedelta(days=7)
SOON = timedelta(days=7)  # so long before the day, home begins with it
ASKED_AFTERWARDS = timedelta(days=14)  # so long home asks, in passing, what came of it; then no more
FOR = "/"  # between the reference of a question that comes in and that of the one it takes the place of
FARTHEST = timedelta(days=3 * 365)


def check_can_bring(kept: int) -> None:
    if kept >= MOST_KEPT:
        raise Refused(_("You keep two hundred decisions here. Delete one that is long past, then bring this one."))


def can_bring(kept: int) -> bool:
    try:
        check_can_bring(kept)
    except Refused:
        return False
    return True


def check_choice(essentials: Sequence[str], known: Sequence[str]) -> None:
    if not essentials:
        raise Refused(_("Tick one thing that this decision touches. One is enough."))
    if len(essentials) > MOST:
        raise Refused(_("Three at most: untap those that weigh less."))
    if set(essentials) - set(known):
        raise Refused(_("One of these is not there any more. Please choose again."))


def can_choose(essentials: Sequence[str], known: Sequence[str]) -> bool:
    try:
        check_choice(essentials, known)
    except Refused:
        return False
    return True


def swapped(three: Sequence[str], pool: Sequence[str], taken: str, left_out: str) -> list[str]:
    """The three with one in place of another; the others stay where they stand."""
    if not can_swap(three, pool, taken, left_out):
        raise Refused(_("One of these two questions is not there any more. Please choose again."))
    return [taken if one == left_out else one for one in three]


def can_swap(three: Sequence[str], pool: Sequence[str], taken: str, left_out: str) -> bool:
    return left_out in three and taken not in three and taken in pool


def check_day(day: date, today: date) -> None:
    if day < today:
        raise Refused(_("That day is over. Choose today or a later one."))
    if day - today > FARTHEST:
        raise Refused(_("That is more than three years away. Choose a nearer day."))


def can_be_decided_on(day: date, today: date) -> bool:
    return today <= day <= today + FARTHEST


def is_before(day: date, today: date) -> bool:
    """Whether its questions are still to be asked."""
    return today <= day


def is_soon(day: date, today: date) -> bool:
    return today <= day <= today + SOON


def is_asked_afterwards(day: date, today: date) -> bool:
    """Whether home asks, in passing, what came of it."""
    return day < today <= day + ASKED_AFTERWARDS


def is_time_to_look_back(brought_on: date, today: date, day: date | None = None) -> bool:
    """Whether to ask, in passing and on one's own page only, what came of it: after its day, else after a week."""
    return day < today if day is not None else today - brought_on >= BY_THEN_DECIDED
