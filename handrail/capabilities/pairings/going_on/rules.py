"""When two people are asked how to go on, and who may say what. Nobody is listed as failing."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.pairings.rules import State, can_become
from handrail.foundation.access.refusal import Refused

RHYTHMS_MISSED = 2  # so many times the scheme's rhythm without a session, and the two are asked
A_REST = timedelta(weeks=8)  # after so long a pause they are asked whether it is still one
PATIENCE = timedelta(days=14)  # so long nobody else is told, and then only that they were asked

Next = Pairing.Next
GO_ON, PAUSE, CHANGE, END = "go_on", "pause", "change", "end"


def is_due(pairing: Pairing, *, last_met: datetime | None, has_session: bool, rhythm: timedelta, now: datetime) -> bool:
    """Whether to ask the two privately. Never while a time is agreed, or while they are asked already."""
    if pairing.asked_how_at or has_session or pairing.state not in (State.AGREED, State.PAUSED):
        return False
    known = [moment for moment in (pairing.agreed_at, last_met, pairing.heard_at) if moment is not None]
    wait = A_REST if pairing.state == State.PAUSED else rhythm * RHYTHMS_MISSED
    return bool(known) and max(known) <= now - wait


def is_waited_for(pairing: Pairing, now: datetime) -> bool:
    """Whether the coordinator is shown that the two were asked: only after two weeks without a word."""
    return pairing.asked_how_at is not None and pairing.asked_how_at <= now - PATIENCE


def answers_for(pairing: Pairing) -> tuple[str, ...]:
    """What the two can say: while it is paused, not that it should pause."""
    return (GO_ON, CHANGE, END) if pairing.state == State.PAUSED else (GO_ON, PAUSE, CHANGE, END)


def check_can_say_how(pairing: Pairing, side: str) -> None:
    if not side:
        raise Refused(_("This question is for two other people."))
    if pairing.state not in (State.AGREED, State.PAUSED):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_say_how(pairing: Pairing, side: str) -> bool:
    return bool(side) and pairing.state in (State.AGREED, State.PAUSED)


def check_can_begin_change(pairing: Pairing) -> None:
    if not can_become(pairing, State.CHANGING):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_begin_change(pairing: Pairing) -> bool:
    return can_become(pairing, State.CHANGING)


def next_of(pairing: Pairing, side: str) -> str:
    return pairing.leader_next if side == "leader" else pairing.mentor_next


def check_can_say_next(pairing: Pairing, side: str) -> None:
    if not can_say_next(pairing, side):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_say_next(pairing: Pairing, side: str) -> bool:
    """While a change is on: one's answer may be changed until the other has answered, too."""
    return bool(side) and pairing.state == State.CHANGING


def what_comes_of(leader_next: str, mentor_next: str) -> State | None:
    """Both would rather stay: it goes on. Otherwise it ends, once both have answered."""
    if not (leader_next and mentor_next):
        return None
    return State.AGREED if leader_next == mentor_next == Next.STAY else State.ENDED


def shows_next(pairing: Pairing) -> bool:
    """The coordinator reads what each would like once it has ended: before that it might say whose wish it was."""
    return pairing.state in (State.ENDED, State.CLOSED)
