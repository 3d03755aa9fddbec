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
    State.PROPOSED: {State.ASKED},
    State.ASKED: {State.AGREED, State.NOT_TAKEN_UP, State.CANCELLED},
    State.AGREED: {State.MET, State.PAUSED, State.CHANGING, State.ENDED},
    State.MET: {State.AGREED, State.PAUSED, State.CHANGING, State.ENDED},
    State.PAUSED: {State.AGREED, State.MET, State.CHANGING, State.ENDED},
    State.CHANGING: {State.AGREED, State.MET, State.ENDED},
    State.NOT_TAKEN_UP: set(),
    State.CANCELLED: set(),
    State.ENDED: {State.CLOSED},
    State.CLOSED: set(),
}
# The last four are brought along from a spreadsheet.
STARTS = (State.PROPOSED, State.ASKED, State.AGREED, State.MET, State.PAUSED, State.CLOSED)
DELETED = (State.PROPOSED,)  # put aside, it leaves nothing: the two have never heard of it
RUNNING = (State.AGREED, State.PAUSED, State.CHANGING)
OVER = (State.NOT_TAKEN_UP, State.CANCELLED, State.ENDED, State.CLOSED)


def each_and_other(pairing: Pairing) -> tuple[tuple[Person, Person], ...]:
    """Each of the two, with the other."""
    return (pairing.leader, pairing.mentor), (pairing.mentor, pairing.leader)


def standing(pairing: Pairing) -> State:
    """How it really stands, with what the column does not say. For the program: `state_in_words` tells less."""
    if pairing.state == State.AGREED and pairing.met_at:
        return State.MET
    return State(pairing.state)


def state_in_words(pairing: Pairing) -> str:
    """The state a coordinator sees: coarse, and the same whatever a question came to."""
    return {
        State.PROPOSED: _("Proposed, not asked yet"),
        State.ASKED: _("Asked"),
        State.AGREED: _("Agreed"),
        State.MET: _("Met"),
        State.PAUSED: _("Paused"),
        State.CHANGING: _("Changing"),
        State.NOT_TAKEN_UP: _("Not taken up"),
        State.CANCELLED: _("Not taken up"),
        State.ENDED: _("Ended"),
        State.CLOSED: _("Ended"),
    }[standing(pairing)]


def check_can_become(pairing: Pairing, state: str) -> None:
    if not can_become(pairing, state):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_become(pairing: Pairing, state: str) -> bool:
    return state in NEXT[standing(pairing)]


def check_can_change_alone(pairing: Pairing, state: str) -> None:
    """One of the two pauses, goes on after a pause, or ends. To stay together after all takes both."""
    if not can_change_alone(pairing, state):
        raise Refused(_("This has changed in the meantime. Here is how it stands now."))


def can_change_alone(pairing: Pairing, state: str) -> bool:
    return can_become(pairing, state) and not (pairing.state == State.CHANGING and state == State.AGREED)


def check_can_put_aside(pairing: Pairing) -> None:
    if pairing.state not in DELETED:
        raise Refused(_("These two have been asked in the meantime. You can take the question back."))


def can_put_aside(pairing: Pairing) -> bool:
    return pairing.state in DELETED


def check_both_there(pairing: Pairing) -> None:
    """A yes to a question that can no longer be met would wait for nobody."""
    if not are_both_there(pairing):
        raise Refused(_("This can no longer go ahead. There is nothing you need to do."))


def are_both_there(pairing: Pairing) -> bool:
    return pairing.leader.left_on is None and pairing.mentor.left_on is None


def has_room(*, wanted: int | None, running: int) -> bool:
    """Whether a mentor can take one more leader; whoever named no limit can."""
    return wanted is None or running < wanted


def side_of(pairing: Pairing, person_ids: set[int]) -> str:
    """ "leader", "mentor", or "" for somebody who is neither."""
    if pairing.leader_id in person_ids:
        return "leader"
    return "mentor" if pairing.mentor_id in person_ids else ""


def check_can_propose(*, leader: Person, mentor: Person, organisation_ids: list[int]) -> None:
    if leader.pk == mentor.pk:
        raise Refused(_("Choose two different people."))
    for person in (leader, mentor):
        if person.left_on is not None:
            raise Refused(_("%(name)s has left. Choose somebody else.") % {"name": person.name})
        if person.organisation_id not in organisation_ids:
            raise Refused(_("%(name)s is not in an organisation of this scheme.") % {"name": person.name})


def can_propose(*, leader: Person, mentor: Person, organisation_ids: list[int]) -> bool:
    return leader.pk != mentor.pk and all(
        person.left_on is None and person.organisation_id in organisation_ids for person in (leader, mentor)
    )


def check_can_ask(
    *,
    leader: Person,
    mentor: Person,
    organisation_ids: list[int],
    has_open_pairing: bool,
    closeness: str,
    is_outside: bool,
    reason: str,
) -> None:
    """`is_outside`: one of the two could not have joined by themselves."""
    check_can_propose(leader=leader, mentor=mentor, organisation_ids=organisation_ids)
    if has_open_pairing:
        raise Refused(_("These two are paired or have been asked already. Nothing was sent twice."))
    if needs_reason(closeness=closeness, is_outside=is_outside) and not reason.strip():
        raise Refused(_("Say in a few words why this pairing is right all the same."))


def needs_reason(*, closeness: str, is_outside: bool) -> bool:
    return closeness in (Closeness.NEAR, Closeness.UNKNOWN) or is_outside


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
    if pairing.state not in RUNNING:
        raise Refused(_("Notes can be written while the pairing runs."))


def can_write_notes(pairing: Pairing, side: str) -> bool:
    return bool(side) and pairing.state in RUNNING


def has_said_next(pairing: Pairing, side: str) -> bool:
    return bool(pairing.leader_next if side == "leader" else pairing.mentor_next)


def stays_with_leader(pairing: Pairing, side: str) -> bool:
    """Closed, the shared notes are the leader's alone."""
    return pairing.state == State.CLOSED and side == "mentor"


def is_closing(pairing: Pairing, side: str) -> bool:
    """It has ended, and this side has not said yet what they would like next."""
    return pairing.state == State.ENDED and not has_said_next(pairing, side)
