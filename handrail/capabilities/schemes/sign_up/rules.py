"""Who may sign up with what, when somebody is ready to be matched, and which two must not be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.schemes.sign_up.models import SignUp, TimeAgreement
from handrail.foundation.access.refusal import Refused
from handrail.foundation.comparing import plain

if TYPE_CHECKING:
    from handrail.capabilities.schemes.models import Scheme

MOST_THEMES_OF_A_LEADER = 3
MOST_LEADERS = 5
MOST_MENTORS = 2
MOST_WISHES = 3
MOST_LANGUAGES = 6
MOST_NOT = 10  # names or parties that somebody would rather not be paired with
ROOM = 4096  # bytes that every sealed preference takes, said or not
HOURS = (1, 2, 3, 4)
Time = TimeAgreement.State
# How a mentor's time may go on.
NEXT_OF_TIME: dict[Time, set[Time]] = {
    Time.ASKED: {Time.AGREED, Time.TALK_FIRST, Time.SPOKEN, Time.OWN},
    Time.TALK_FIRST: {Time.ASKED, Time.SPOKEN, Time.OWN},
    Time.AGREED: {Time.ASKED, Time.SPOKEN, Time.OWN},
    Time.SPOKEN: {Time.ASKED, Time.OWN},
    Time.OWN: {Time.ASKED, Time.SPOKEN},
}
AGREED = frozenset({Time.AGREED, Time.SPOKEN, Time.OWN})


@dataclass(frozen=True)
class WhomNot:
    """Whom somebody would rather not be paired with. Shown to nobody but themselves, never suggested for relaxing."""

    people: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()  # whole names, for people of other organisations
    parties: frozenset[str] = frozenset()
    other_parties: bool = False  # anybody who sits for another party than one's own
    own_organisation: bool = False  # anybody of one's own, so that it is somebody from outside

    @property
    def plain(self) -> WhomNot:
        """With names and parties as they are compared, not as they were written."""
        names, parties = frozenset(map(plain_word, self.names)), frozenset(map(plain_word, self.parties))
        return replace(self, names=names, parties=parties)


@dataclass(frozen=True)
class Side:
    """As much of one of two people as it takes to say whether a preference rules the pair out; all of it plain."""

    person_id: int
    name: str
    party: str
    whom_not: WhomNot = field(default_factory=WhomNot)
    organisation_id: int = 0


def plain_word(text: str) -> str:
    """A name or a party as two of them are compared: accents are often left out in typing."""
    return plain(" ".join(text.split()))


def ruled_out(one: Side, other: Side) -> bool:
    """Whether one of the two would rather not. It says no more than that: neither who, nor why."""
    return _would_rather_not(one, other) or _would_rather_not(other, one)


def _would_rather_not(one: Side, other: Side) -> bool:
    return (
        other.person_id in one.whom_not.people
        or other.name in one.whom_not.names
        or bool(other.party and other.party in one.whom_not.parties)
        or bool(other.party and one.whom_not.other_parties and other.party != one.party)
        or (one.whom_not.own_organisation and one.organisation_id == other.organisation_id)
    )


def check_can_sign_up(scheme: Scheme, side: str, themes: Sequence[str], *, is_open: bool = True) -> None:
    """`is_open`: the coordinator takes sign-ups now, or this person has signed up before."""
    if scheme.ended_on is not None:
        raise Refused(_("This scheme has ended. Ask its coordinator what comes next."))
    if not is_open:
        raise Refused(_("Nobody can sign up at the moment. Ask the coordinator when it opens again."))
    if not themes:
        raise Refused(_("Tap at least one thing. You can change it later."))
    if side == SignUp.Side.LEADER and len(themes) > MOST_THEMES_OF_A_LEADER:
        raise Refused(_("Three at most: untap those that would help you less now."))


def can_sign_up(scheme: Scheme, side: str, themes: Sequence[str], *, is_open: bool = True) -> bool:
    try:
        check_can_sign_up(scheme, side, themes, is_open=is_open)
    except Refused:
        return False
    return True


def check_whom_not(whom_not: WhomNot) -> None:
    if not can_keep_whom_not(whom_not):
        raise Refused(_("Ten at most. If it is more than that, speak to the coordinator: they will find another way."))


def can_keep_whom_not(whom_not: WhomNot) -> bool:
    return len(whom_not.people) + len(whom_not.names) + len(whom_not.parties) <= MOST_NOT


def check_number_of_mentors(number: int) -> None:
    if not 1 <= number <= MOST_MENTORS:
        raise Refused(_("A leader has one mentor, or two."))


def check_wishes(names: Sequence[str]) -> None:
    if len(names) > MOST_WISHES:
        raise Refused(_("Three at most."))


def check_can_become(agreement: TimeAgreement, state: str) -> None:
    if state not in NEXT_OF_TIME[Time(agreement.state)] | {Time(agreement.state)}:
        raise Refused(_("This has been settled in the meantime. There is nothing left to answer."))


def can_become(agreement: TimeAgreement, state: str) -> bool:
    return state in NEXT_OF_TIME[Time(agreement.state)] | {Time(agreement.state)}


def check_can_answer_for_manager(agreement: TimeAgreement) -> None:
    if agreement.state != Time.ASKED:
        raise Refused(_("This has been answered already, or was asked of somebody else since."))


def can_answer_for_manager(agreement: TimeAgreement) -> bool:
    return agreement.state == Time.ASKED


def is_ready(sign_up: SignUp, agreement: TimeAgreement | None) -> bool:
    """Whether somebody can be matched now."""
    if sign_up.paused_on is not None:
        return False
    return sign_up.side == SignUp.Side.LEADER or (agreement is not None and agreement.state in AGREED)


def pause_shows(sign_up: SignUp, today: date) -> bool:
    """From the Monday after: a pause seen at once would tell who has just said no to a pairing."""
    return sign_up.paused_on is not None and sign_up.paused_on < pauses_hidden_since(today)


def pauses_hidden_since(today: date) -> date:
    """The day from which on a pause does not show yet."""
    return today - timedelta(days=today.weekday())
