"""Which state of a brought list may follow which, and what a line comes to."""

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.spreadsheets.models import PairsFile, PairsLine
from handrail.foundation.access.refusal import Refused

State, Outcome = PairsFile.State, PairsLine.Outcome
IN_MOTION = frozenset({State.WAITING, State.LOADING})
LEFT_OUT = "not_taken_up"


def check_can_load(file: PairsFile, *, has_outside: bool, reason: str) -> None:
    """`has_outside`: a pair that runs has somebody in it who could not have joined by themselves."""
    if not can_load(file):
        raise Refused(_("This file is not ready to be loaded. Choose it again."))
    if has_outside and not reason.strip():
        raise Refused(_("Say in a few words why they come all the same, or change who may join."))


def can_load(file: PairsFile) -> bool:
    return file.state == State.READY


def check_can_change(file: PairsFile) -> None:
    """Say what the columns mean, add people, or put it aside."""
    if not can_change(file):
        raise Refused(_("This file is being loaded, or is settled already."))


def can_change(file: PairsFile) -> bool:
    return file.state == State.READY and bool(file.stored_name)


def outcome_of(*, leader_known: bool, mentor_known: bool, is_here: bool, same: bool, state: str) -> str:
    """What loading this line would do."""
    if same:
        return Outcome.FAULT
    if not (leader_known and mentor_known):
        return Outcome.UNKNOWN
    if is_here:
        return Outcome.HERE
    return Outcome.LEFT_OUT if state == LEFT_OUT else Outcome.NEW
