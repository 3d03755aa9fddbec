"""Which state of a pairing may follow which, and who may do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.models import Pairing
from handrail.capabilities.people.rules import Closeness
from handrail.foundation.access.refusal import Refused

if TYPE_CHECKING:
    from handrail.capabilities.people.models import Person

State = Pairing.State
# The whole of it; docs/reference/pairing-states.md is drawn from this table.
NEXT: dict[State, set[State]] = {
    State.ASKED: {State.AGREED, State.NOT_TAKEN_UP},
    State.AGREED: {State.PAUSED, State.ENDED},
    State.PAUSED: {State.AGREED, State.ENDED},
    State.NOT_TAKEN_UP: set(),
    State.ENDED: set(),
}


def state_in_words(pairing: Pairing) -> str:
    """The state a coordinator sees: coarse, and the same whoever has answered."""
    return {
        State.ASKED: _("Asked"),
        State.AGREED: _("Agreed"),
        State.PAUSED: _("Paused"),
        State.NOT_TAKEN_UP: _("Not taken up"),
        State.ENDED: _("Ended"),
    }[State(pairing.state)]


def check_can_become(pairing: Pairing, state: str) -> None:
    if state not in NEXT[State(pairing.state)]:
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_become(pairing: Pairing, state: str) -> bool:
    return state in NEXT[State(pairing.state)]


def side_of(pairing: Pairing, person_ids: set[int]) -> str:
    """ "leader", "mentor", or "" for somebody who is neither."""
    if pairing.leader_id in person_ids:
        return "leader"
    return "mentor" if pairing.mentor_id in person_ids else ""


def check_can_ask(
    *, leader: Person, mentor: Person, organisation_ids: list[int], has_open_pairing: bool, closeness: str, reason: str
) -> None:
    if leader.pk == mentor.pk:
        raise Refused(_("Choose two different people."))
    for person in (leader, mentor):
        if person.left_on is not None:
            raise Refused(_("%(name)s has left. Choose somebody else.") % {"name": person.name})
        if person.organisation_id not in organisation_ids:
            raise Refused(_("%(name)s is not in an organisation of this scheme.") % {"name": person.name})
    if has_open_pairing:
        raise Refused(_("These two are paired or have been asked already."))
    if closeness != Closeness.APART and not reason.strip():
        raise Refused(_("Say in a few words why this pairing is right all the same."))


def can_ask(**facts: object) -> bool:
    try:
        check_can_ask(**facts)  # type: ignore[arg-type]
    except Refused:
        return False
    return True


def check_can_print_question(pairing: Pairing, person: Person, organisation_id: int) -> None:
    """A letter carries a code that signs somebody in: only their own organisation's coordinator makes one."""
    if pairing.state != State.ASKED:
        raise Refused(_("This has been settled in the meantime. There is nothing left to ask."))
    if person.organisation_id != organisation_id:
        raise Refused(_("%(name)s is in another organisation. Ask its coordinator.") % {"name": person.name})


def can_print_question(pairing: Pairing, person: Person, organisation_id: int) -> bool:
    return pairing.state == State.ASKED and person.organisation_id == organisation_id


def check_can_answer(pairing: Pairing, side: str) -> None:
    if not side:
        raise Refused(_("This question was put to somebody else."))
    if pairing.state != State.ASKED:
        raise Refused(_("This has been settled in the meantime. There is nothing left to answer."))


def can_answer(pairing: Pairing, side: str) -> bool:
    return bool(side) and pairing.state == State.ASKED


def check_can_write_notes(pairing: Pairing, side: str) -> None:
    if not side:
        raise Refused(_("These notes belong to two other people."))
    if pairing.state not in (State.AGREED, State.PAUSED):
        raise Refused(_("Notes can be written while the pairing runs."))


def can_write_notes(pairing: Pairing, side: str) -> bool:
    return bool(side) and pairing.state in (State.AGREED, State.PAUSED)


def has_accepted(pairing: Pairing, side: str) -> bool:
    accepted_at = pairing.leader_accepted_at if side == "leader" else pairing.mentor_accepted_at
    return accepted_at is not None
