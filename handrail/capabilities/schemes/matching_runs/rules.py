"""What may be done with a run."""

from django.utils.translation import gettext as _

from handrail.capabilities.schemes.matching_runs.models import Run
from handrail.foundation.access.refusal import Refused

State = Run.State
IN_MOTION = (State.WAITING, State.RUNNING)
MOST_PEOPLE = 2_000  # on one side; larger schemes go through the command line


def check_can_start(*, leaders: int, mentors: int, is_running: bool) -> None:
    if is_running:
        raise Refused(_("A search is running already. Wait for it, or cancel it."))
    if not leaders or not mentors:
        raise Refused(_("There must be a leader who wants a mentor, and a mentor with a place."))
    if max(leaders, mentors) > MOST_PEOPLE:
        raise Refused(
            _("That is more than %(most)s people on one side. Use `handrail match` for so many.")
            % {"most": MOST_PEOPLE}
        )


def check_can_cancel(run: Run) -> None:
    if run.state not in IN_MOTION:
        raise Refused(_("This search has finished in the meantime."))


def check_can_change(run: Run) -> None:
    if run.state != State.READY:
        raise Refused(_("This proposal cannot be changed. Here is how it stands now."))
    if run.asked_at is not None:
        raise Refused(_("Its pairs have been asked already. Make a new proposal for whoever is still without."))


def can_change(run: Run) -> bool:
    return run.state == State.READY and run.asked_at is None


def check_can_hold_together(*, against: list[str], places: int, held: int, name: str) -> None:
    """A coordinator may set a rule aside for two people, but never what somebody would rather not, nor
    special care."""
    if "preference" in against:
        raise Refused(_("This pair is ruled out by a preference, which nobody can set aside."))
    if "care" in against:
        raise Refused(_("The leader needs special care. Approve this mentor for it under “More rules” first."))
    if "oneself" in against:
        raise Refused(_("Choose two different people."))
    if held >= places:
        raise Refused(_("Every place with %(name)s is fixed already. Free one of them first.") % {"name": name})


def check_can_take_back(run: Run) -> None:
    check_can_change(run)
    if run.after_id is None:
        raise Refused(_("This is the first proposal: there is nothing to undo."))


def can_take_back(run: Run) -> bool:
    return can_change(run) and run.after_id is not None


def check_can_check(run: Run, account_id: int) -> None:
    if run.checker_id != account_id or run.checked_at is not None:
        raise Refused(_("Nobody waits for you to look at this proposal."))


def can_check(run: Run, account_id: int) -> bool:
    return run.checker_id == account_id and run.checked_at is None
