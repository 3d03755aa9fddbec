"""Slow work of imports: reading, loading, and forgetting what nobody needs any more."""

from datetime import timedelta

from handrail.capabilities.people.imports import rules, storage
from handrail.capabilities.people.imports.actions.preview import read_import
from handrail.capabilities.people.imports.actions.settling import (
    forget_files,
    forget_findings,
    note_failure,
    note_file_gone,
)
from handrail.capabilities.people.imports.actions.writing import apply_import
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.formats.people import UnreadablePeopleFile
from handrail.foundation import clock
from handrail.foundation.jobs.job import job
from handrail.foundation.stores.sizes import note_sizes

FILES_KEPT = timedelta(days=30)  # as long as the questions about them, which are answered with the file in hand
FINDINGS_KEPT = timedelta(days=30)
GONE = "The file is not there any more. Please choose it again."


@job(time_limit=timedelta(minutes=15))
def read_people_import(import_id: int) -> None:
    """Make the preview of an uploaded file. Run twice, it begins anew; once read, it does nothing."""
    people_import = PeopleImport.objects.get(pk=import_id)
    if people_import.state not in rules.MAY_READ:
        return
    try:
        read_import(people_import=people_import)
    except UnreadablePeopleFile as fault:
        note_failure(people_import=people_import, reason=str(fault))
    except FileNotFoundError:
        note_failure(people_import=people_import, reason=GONE)


@job(time_limit=timedelta(minutes=30))
def load_people_import(import_id: int) -> None:
    """Load a file that was previewed. Run twice, it goes on where it was cut off; once loaded, it does nothing."""
    people_import = PeopleImport.objects.get(pk=import_id)
    if people_import.state != PeopleImport.State.APPLYING:
        return
    try:
        apply_import(by=people_import.made_by, people_import=people_import)
        note_sizes()
    except FileNotFoundError:
        if people_import.finished_at:
            note_file_gone(people_import=people_import)
        else:
            note_failure(people_import=people_import, reason=GONE)


@job(every="1 day")
def forget_old_imports() -> None:
    """Files that nobody came back to, and previews older than a month: both hold names."""
    now = clock.now()
    forget_files(before=now - FILES_KEPT)
    storage.forget_older_than(FILES_KEPT.total_seconds(), now.timestamp())
    forget_findings(before=now - FINDINGS_KEPT)
