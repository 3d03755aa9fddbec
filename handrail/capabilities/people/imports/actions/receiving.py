"""A file comes in: kept, recognised, and queued to be read."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction

from handrail.capabilities.people.imports import jobs, rules, storage
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.models import Organisation
from handrail.formats.people import Detected, UnreadablePeopleFile, open_people_file
from handrail.formats.spreadsheets import Unreadable, as_csv, from_heading, is_workbook, read_table
from handrail.foundation import clock

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account


def receive_upload(
    *,
    by: "Account",
    organisation: Organisation,
    file_name: str,
    chunks: Iterable[bytes],
    layout: str = "",
    encoding: str = "",
    delimiter: str = "",
) -> PeopleImport:
    """Keep an uploaded file and queue it to be read. An empty override is detected.

    Raises Refused or UnreadablePeopleFile, keeping nothing, for a file that is none of ours.
    """
    stored_name, digest = storage.keep(chunks)
    try:
        if is_workbook(storage.path_of(stored_name)):
            stored_name, digest = _kept_as_csv(stored_name, digest)
        path = storage.path_of(stored_name)
        with open_people_file(
            path, layout=layout or None, encoding=encoding or None, delimiter=delimiter or None
        ) as people_file:
            detected = people_file.detected
    except UnreadablePeopleFile:
        storage.forget(stored_name)
        raise
    with transaction.atomic():
        people_import = _create(by, organisation, file_name, digest, detected, stored_name=stored_name)
        jobs.read_people_import.enqueue(import_id=people_import.pk)
    return people_import


def _kept_as_csv(stored_name: str, digest: str) -> tuple[str, str]:
    """A workbook is read in its own bounded process, and goes on as the table on its first sheet. One that cannot be
    read stays what it is: the reader of people files says kindly what to do with it."""
    try:
        table = read_table(storage.path_of(stored_name))
    except Unreadable:
        return stored_name, digest
    storage.forget(stored_name)
    rows = from_heading(table.sheets[0].rows)
    return storage.keep([as_csv(rows, to_be_opened=False)])


def begin_import(*, by: "Account | None", organisation: Organisation, path: Path, detected: Detected) -> PeopleImport:
    """An import of a file that stays where it is. One that was cut off half loaded is taken up again."""
    digest = storage.digest_of(path)
    cut_off = PeopleImport.objects.filter(
        organisation=organisation,
        digest=digest,
        layout=detected.layout,
        state=PeopleImport.State.APPLYING,
        stored_name="",
    ).first()
    return cut_off or _create(by, organisation, path.name, digest, detected, stored_name="")


@transaction.atomic
def start_loading(*, by: "Account", people_import: PeopleImport) -> None:
    """Queue a previewed file to be loaded."""
    rules.check_can_apply(people_import)
    people_import.state, people_import.steps_done = PeopleImport.State.APPLYING, 0
    people_import.made_by = by
    people_import.save(update_fields=["state", "steps_done", "made_by"])
    jobs.load_people_import.enqueue(import_id=people_import.pk)


def _create(
    by: "Account | None",
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
