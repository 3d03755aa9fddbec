"""What happens to an import around its reading and loading: answers, leaving, cancelling, failing, forgetting."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.people.imports import rules, storage
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Person
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


@transaction.atomic
def answer_questions(*, by: "Account | None", people_import: PeopleImport, answers: Mapping[int, str]) -> None:
    """`answers`: by finding, a candidate's id, `new`, or nothing to leave it open. Refuses the same twice."""
    rules.check_can_answer(people_import)
    questions = Finding.objects.filter(of=people_import, kind=Finding.Kind.ASK)
    asked = list(questions.filter(pk__in=answers).exclude(detail__has_key=Finding.LOADED))
    taken = set(questions.exclude(pk__in=answers).exclude(person=None).values_list("person_id", flat=True))
    for finding in asked:
        answer = answers[finding.pk]
        candidates = {str(candidate[0]): int(candidate[0]) for candidate in finding.detail["candidates"]}
        finding.person_id = candidates.get(answer)
        if finding.person_id in taken:
            raise Refused(_("Two lines cannot both be the same person. Choose again."))
        if finding.person_id:
            taken.add(finding.person_id)
        finding.answer = Finding.SAME if finding.person_id else Finding.NEW if answer == Finding.NEW else ""
    Finding.objects.bulk_update(asked, ["answer", "person"], batch_size=200)


@transaction.atomic
def mark_as_left(*, by: "Account", people_import: PeopleImport, finding_ids: Iterable[int]) -> int:
    """Note for people proposed for leaving that they have left; nobody is deleted. How many were noted.

    Whoever does this is never among them: they would lock themselves out.
    """
    rules.check_can_mark_as_left(people_import)
    proposed = Finding.objects.filter(of=people_import, kind=Finding.Kind.MISSING, pk__in=list(finding_ids))
    people = Person.objects.present().filter(pk__in=proposed.values("person_id"))
    leaving = [person for person in people if person.account_id is None or person.account_id != by.pk]
    Person.objects.filter(pk__in=[person.pk for person in leaving]).update(left_on=clock.today())
    for person in leaving:
        record(by=by, what="person.left", subject=person, organisation_id=person.organisation_id)
    return len(leaving)


@transaction.atomic
def cancel_import(*, by: "Account", people_import: PeopleImport) -> None:
    rules.check_can_cancel(people_import)
    stored_name = people_import.stored_name
    people_import.state, people_import.stored_name = PeopleImport.State.CANCELLED, ""
    people_import.finished_at = clock.now()
    people_import.save(update_fields=["state", "stored_name", "finished_at"])
    Finding.objects.filter(of=people_import).delete()
    transaction.on_commit(lambda: storage.forget(stored_name))


def note_failure(*, people_import: PeopleImport, reason: str) -> None:
    """The file could not be read after all; the reason is shown and holds nothing from the file's rows."""
    people_import.state, people_import.stopped_because = PeopleImport.State.FAILED, reason[:400]
    people_import.finished_at = clock.now()
    people_import.save(update_fields=["state", "stopped_because", "finished_at"])


def note_file_gone(*, people_import: PeopleImport) -> None:
    """The file that was kept for later answers is not there any more; what was loaded stays loaded."""
    people_import.state, people_import.stored_name = PeopleImport.State.DONE, ""
    people_import.save(update_fields=["state", "stored_name"])


def forget_files(*, before: datetime) -> None:
    """Files that were kept for answers which did not come."""
    kept = PeopleImport.objects.filter(state=PeopleImport.State.DONE, made_at__lt=before).exclude(stored_name="")
    for people_import in kept:
        storage.forget(people_import.stored_name)
    kept.update(stored_name="")


def forget_findings(*, before: datetime) -> int:
    """Delete what previews older than this hold of people; how many rows."""
    deleted, _by_model = Finding.objects.filter(of__made_at__lt=before).delete()
    return deleted


def forget_import(*, people_import: PeopleImport) -> None:
    """A dry run leaves nothing behind."""
    people_import.delete()
