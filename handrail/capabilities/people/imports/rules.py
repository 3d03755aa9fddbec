"""Which state of an import may follow which."""

from django.utils.translation import gettext as _

from handrail.capabilities.people.imports.models import PeopleImport
from handrail.foundation.access.refusal import Refused

State = PeopleImport.State
MAY_READ = frozenset({State.WAITING, State.READING})
MAY_APPLY = frozenset({State.READY, State.APPLYING})
MAY_CANCEL = frozenset({State.WAITING, State.READING, State.READY, State.FAILED})
IN_MOTION = frozenset({State.WAITING, State.READING, State.APPLYING})
# What the reader noticed (formats.people.NOTES) that somebody would want to mend. The rest is ordinary (no address, no
# manager named), or stands in a list of its own (switched off, on another line, their own manager).
NOTES_TO_TELL = frozenset(
    {
        "email_unreadable",
        "email_first_of_several",
        "email_shared",
        "email_taken",
        "id_not_unique",
        "manager_shared",
        "manager_not_in_file",
        "manager_not_a_reference",
    }
)


def is_kept_for_answers(people_import: PeopleImport) -> bool:
    """Loaded, and the file still kept, because lines of it wait for somebody to say who they are."""
    return people_import.state == State.DONE and bool(people_import.stored_name)


def check_can_apply(people_import: PeopleImport) -> None:
    if not can_apply(people_import):
        raise Refused(_("This file is not ready to be loaded. Start again with the file."))


def can_apply(people_import: PeopleImport) -> bool:
    return people_import.state in MAY_APPLY or is_kept_for_answers(people_import)


def check_can_answer(people_import: PeopleImport) -> None:
    if not can_answer(people_import):
        raise Refused(_("The file itself is no longer here. Bring the same file again to decide."))


def can_answer(people_import: PeopleImport) -> bool:
    return people_import.state == State.READY or is_kept_for_answers(people_import)


def check_can_cancel(people_import: PeopleImport) -> None:
    if people_import.state not in MAY_CANCEL:
        raise Refused(_("This file is being loaded, or is loaded already."))


def can_cancel(people_import: PeopleImport) -> bool:
    return people_import.state in MAY_CANCEL


def check_can_mark_as_left(people_import: PeopleImport) -> None:
    if people_import.state not in (State.READY, State.DONE):
        raise Refused(_("The file is still being read. Wait until the list stands."))


def can_mark_as_left(people_import: PeopleImport) -> bool:
    return people_import.state in (State.READY, State.DONE)
