"""What an administrator does: bring an export, stop it, take it up again; say who is who; delete by date."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from handrail.capabilities.participation import arrivals, jobs, rules
from handrail.capabilities.participation.exports.numbering import legible
from handrail.capabilities.participation.models import ExportLoad, Gathered, Suggestion
from handrail.formats.interactions.archive import Refused as Unreadable
from handrail.formats.interactions.archive import open_export
from handrail.formats.interactions.detect import format_of
from handrail.foundation import clock
from handrail.foundation.audit.actions import record

if TYPE_CHECKING:
    from handrail.capabilities.accounts.models import Account
    from handrail.capabilities.people.models import Organisation

State = ExportLoad.State


def receive_export(*, by: "Account", organisation: "Organisation", file: "UploadedFile[Any]") -> ExportLoad:
    """Keep an uploaded export and queue it to be read. Raises a Refused, keeping nothing, for what is no export."""
    stored_name, file_name = arrivals.keep(file), legible(file.name or "")[-200:]
    try:
        kind = format_of(open_export(arrivals.path_of(stored_name), known_as=file_name)).NAME
    except Unreadable:
        arrivals.forget(stored_name)
        raise
    with transaction.atomic():
        load = ExportLoad.objects.create(
            organisation=organisation,
            made_by=by,
            made_at=clock.now(),
            file_name=file_name,
            stored_name=stored_name,
            format=kind,
        )
        record(by=by, what="export.received", subject=load, organisation_id=organisation.pk)
        jobs.load_export.enqueue(load_id=load.pk)
    return load


@transaction.atomic
def stop_load(*, by: "Account", load: ExportLoad) -> None:
    """The reader notices within a second; nothing of the export is in the log yet."""
    rules.check_can_stop(load)
    ExportLoad.objects.filter(pk=load.pk, state__in=rules.MAY_STOP).update(state=State.STOPPED)
    record(by=by, what="export.stopped", subject=load, organisation_id=load.organisation_id)


@transaction.atomic
def go_on_with_load(*, by: "Account", load: ExportLoad) -> None:
    rules.check_can_go_on(load)
    load.state = State.WAITING
    load.save(update_fields=["state"])
    record(by=by, what="export.taken_up", subject=load, organisation_id=load.organisation_id)
    jobs.load_export.enqueue(load_id=load.pk)


@transaction.atomic
def put_aside(*, by: "Account", load: ExportLoad) -> None:
    """Delete the file; the log is as it was."""
    rules.check_can_put_aside(load)
    stored_name = load.stored_name
    load.state, load.stored_name, load.finished_at = State.PUT_ASIDE, "", clock.now()
    load.save(update_fields=["state", "stored_name", "finished_at"])
    record(by=by, what="export.put_aside", subject=load, organisation_id=load.organisation_id)
    transaction.on_commit(lambda: arrivals.forget(stored_name))


@transaction.atomic
def delete_before(*, by: "Account", organisation: "Organisation", day: date) -> None:
    """Delete everything that happened before this day, for good: later exports do not bring it back."""
    rules.check_can_delete_before(day, clock.today())
    gathered, _ = Gathered.objects.select_for_update().get_or_create(organisation=organisation)
    gathered.kept_from = max(day, gathered.kept_from or day)
    gathered.save(update_fields=["kept_from"])
    record(
        by=by, what="acts.deleted", organisation_id=organisation.pk, detail={"before": gathered.kept_from.isoformat()}
    )
    jobs.keep_files_in_step.enqueue()


@transaction.atomic
def answer_suggestions(*, by: "Account", organisation: "Organisation", answers: Mapping[int, str]) -> int:
    """By suggestion: `same` or `other`; nothing leaves it open. What the export called them is deleted either way."""
    asked = Suggestion.objects.filter(pk__in=answers, voice__organisation=organisation).select_related("voice")
    settled = [one for one in asked if answers[one.pk] in ("same", "other")]
    for one in settled:
        if answers[one.pk] == "same":
            one.voice.person_id = one.person_id
            one.voice.save(update_fields=["person"])
    Suggestion.objects.filter(pk__in=[one.pk for one in settled]).delete()
    if settled:
        record(by=by, what="voices.matched", organisation_id=organisation.pk, detail={"number": len(settled)})
        jobs.measure_organisation.enqueue(organisation_id=organisation.pk)
    return len(settled)
