"""What may be done with an import in which state: the check and the question always agree."""

from collections.abc import Callable

import pytest

from handrail.capabilities.people.imports import rules
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.foundation.access.refusal import Refused

State = PeopleImport.State
Check = Callable[[PeopleImport], None]
Question = Callable[[PeopleImport], bool]
PAIRS: dict[str, tuple[Check, Question, set[str], set[str]]] = {
    # the check, the question, the states that may, and those that may while the file is kept
    "apply": (rules.check_can_apply, rules.can_apply, {State.READY, State.APPLYING}, {State.DONE}),
    "answer": (rules.check_can_answer, rules.can_answer, {State.READY}, {State.DONE}),
    "cancel": (
        rules.check_can_cancel,
        rules.can_cancel,
        {State.WAITING, State.READING, State.READY, State.FAILED},
        set(),
    ),
    "mark as left": (rules.check_can_mark_as_left, rules.can_mark_as_left, {State.READY, State.DONE}, set()),
}


@pytest.mark.parametrize("what", PAIRS)
@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("state", State)
def test_what_may_be_done_in_which_state(what: str, state: str, kept: bool) -> None:
    check, can, may, may_while_kept = PAIRS[what]
    people_import = PeopleImport(state=state, stored_name="kept.people" if kept else "")
    allowed = state in may or (kept and state in may_while_kept)
    assert can(people_import) is allowed
    if allowed:
        check(people_import)
    else:
        with pytest.raises(Refused):
            check(people_import)


def test_a_file_waits_for_answers_only_once_it_is_loaded_and_kept() -> None:
    assert rules.is_kept_for_answers(PeopleImport(state=State.DONE, stored_name="kept.people"))
    assert not rules.is_kept_for_answers(PeopleImport(state=State.DONE, stored_name=""))
    assert not rules.is_kept_for_answers(PeopleImport(state=State.READY, stored_name="kept.people"))
