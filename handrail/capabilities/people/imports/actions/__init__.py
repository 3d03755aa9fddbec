"""Writes of an import: receive a file, read it, answer its questions, load it, mark who has left."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.imports import rules, storage
from handrail.capabilities.people.imports.actions.preview import read_import
from handrail.capabilities.people.imports.actions.writing import apply_import
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Organisation, Person
from handrail.formats.people import Detected, UnreadablePeopleFile, open_people_file
from handrail.foundation import clock
from handrail.foundation.access.refusal import Refused
from handrail.foundation.audit.actions import record

__all__ = [
    "answer_questions",
    "apply_import",
    "begin_import",
    "cancel_import",
    "mark_as_left",
    "note_failure",
    "read_import",
    "receive_upload",
    "start_applying",
]


def receive_upload(
    *,
    by: Account,
    organisation: Organisation,
    file_name: str,
    chunks: Iterable[bytes],
    layout: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> PeopleImport:
    """Keep an uploaded file and note what it is. Raises UnreadablePeopleFile, keeping nothing, otherwise."""
    stored_name, digest = storage.keep(chunks)
    try:
        path = storage.path_of(stored_name)
        with open_people_file(path, layout=layout, encoding=encoding, delimiter=delimiter) as people_file:
            detected = people_file.detected
    except UnreadablePeopleFile:
        storage.forget(stored_name)
        raise
    return _created(by, organisation, file_name, digest, detected, stored_name=stored_name)


def begin_import(*, by: Account | None, organisation: Organisation, path: Path, detected: Detected) -> PeopleImport:
    """An import of a file that stays where it is. One that was cut off half loaded is taken up again."""
    digest = storage.digest_of(path)
    cut_off = PeopleImport.objects.filter(
        organisation=organisation,
        digest=digest,
        layout=detected.layout,
        state=PeopleImport.State.APPLYING,
        stored_name="",
    ).first()
    return cut_off or _created(by, organisation, path.name, digest, detected, stored_name="")


def _created(
    by: Account | None,
    organisation: Organisation,
    file_name: str,
    digest: str,
    detected: Detected,
    *,
    stored_name: str,
) -> PeopleImport:
    return PeopleImport.objects.create(
        organisation=organisation,
        made_by=by,
        made_at=clock.now(),
        file_name=file_name[-200:],
        stored_name=stored_name,
        digest=digest,
        layout=detected.layout,
        encoding=detected.encoding,
        encoding_certain=detected.encoding_certain,
        delimiter=detected.delimiter,
    )


@transaction.atomic
def answer_questions(*, by: Account, people_import: PeopleImport, answers: Mapping[int, str]) -> None:
    """`answers`: by finding, a candidate's id, `new`, or nothing to leave it open."""
    rules.check_can_answer(people_import)
    asked = Finding.objects.filter(of=people_import, kind=Finding.Kind.ASK, pk__in=answers)
    taken: set[int] = set()
    for finding in asked:
        answer = answers[finding.pk]
        candidates = {str(candidate[0]): candidate[0] for candidate in finding.detail["candidates"]}
        finding.person_id = candidates.get(answer)
        if finding.person_id in taken:
            raise Refused(_("Two lines cannot both be the same person. Choose again."))
        if finding.person_id:
            taken.add(finding.person_id)
        finding.answer = Finding.SAME if finding.person_id else Finding.NEW if answer == Finding.NEW else ""
    Finding.objects.bulk_update(asked, ["answer", "person"], batch_size=200)


@transaction.atomic
def start_applying(*, by: Account, people_import: PeopleImport) -> None:
    """From now on the import is being loaded; the job that does it is queued by the caller."""
    rules.check_can_apply(people_import)
    people_import.state, people_import.steps_done = PeopleImport.State.APPLYING, 0
    people_import.save(update_fields=["state", "steps_done"])


@transaction.atomic
def cancel_import(*, by: Account, people_import: PeopleImport) -> None:
    rules.check_can_cancel(people_import)
    storage.forget(people_import.stored_name)
    people_import.state, people_import.stored_name = PeopleImport.State.CANCELLED, ""
    people_import.finished_at = clock.now()
    people_import.save(update_fields=["state", "stored_name", "finished_at"])
    Finding.objects.filter(of=people_import).delete()


@transaction.atomic
def mark_as_left(*, by: Account, people_import: PeopleImport, finding_ids: Iterable[int]) -> int:
    """Note for people proposed for leaving that they have left; nobody is deleted. How many were noted."""
    rules.check_can_mark_as_left(people_import)
    proposed = Finding.objects.filter(
        of=people_import, kind=Finding.Kind.MISSING, pk__in=list(finding_ids), person__left_on__isnull=True
    )
    people = list(Person.objects.filter(pk__in=proposed.values("person_id"), account=None)) + list(
        Person.objects.filter(pk__in=proposed.values("person_id"), account__isnull=False).exclude(account=by)
    )
    today = clock.today()
    Person.objects.filter(pk__in=[person.pk for person in people]).update(left_on=today)
    for person in people:
        record(by=by, what="person.left", subject=person, organisation_id=person.organisation_id)
    return len(people)


def note_failure(*, people_import: PeopleImport, reason: str) -> None:
    """The file could not be read after all; the reason is shown and holds nothing from the file's rows."""
    people_import.state, people_import.stopped_because = PeopleImport.State.FAILED, reason[:400]
    people_import.finished_at = clock.now()
    people_import.save(update_fields=["state", "stopped_because", "finished_at"])
