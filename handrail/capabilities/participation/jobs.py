"""Slow work: loading an export, measuring, keeping the files in step with the index, forgetting."""

from datetime import timedelta

from handrail.capabilities.participation import arrivals, rules
from handrail.capabilities.participation.actions import keeping, measuring
from handrail.capabilities.participation.exports.actions import loading
from handrail.capabilities.participation.groups import releasing
from handrail.capabilities.participation.models import ExportLoad, Picture, Wave
from handrail.foundation import clock
from handrail.foundation.jobs.job import job

ARRIVALS_KEPT = timedelta(days=7)
SUGGESTIONS_KEPT = timedelta(days=90)


@job(time_limit=timedelta(hours=3))
def load_export(load_id: int) -> None:
    """Read an export and put it into the log. Run twice, it goes on where it was cut off; loaded, it does nothing."""
    load = ExportLoad.objects.get(pk=load_id)
    if load.state in rules.MAY_RUN:
        loading.load_export(load=load)
    if load.state == ExportLoad.State.DONE:
        loading.forget_file(load=load)
        measure_organisation.enqueue(organisation_id=load.organisation_id)


@job(time_limit=timedelta(hours=1))
def measure_organisation(organisation_id: int) -> None:
    """Measure the log anew and seal to everybody who asked what concerns them alone. Run twice, the same comes out."""
    measuring.measure_organisation(organisation_id)


@job(time_limit=timedelta(hours=1))
def make_picture(picture_id: str) -> None:
    """For somebody who asks between two exports."""
    picture = Picture.objects.filter(pk=picture_id).select_related("person").first()
    if picture is not None:
        measuring.make_picture(picture)


@job(time_limit=timedelta(hours=1))
def release_wave(wave_id: int) -> None:
    """Measure a closed wave and release its figures, once."""
    wave = Wave.objects.filter(pk=wave_id, closed_at__isnull=False).first()
    if wave is not None:
        releasing.release(wave)


@job(time_limit=timedelta(hours=1))
def keep_files_in_step() -> None:
    """After an erasure, a deletion by date or a restore: what the index does not know leaves the files."""
    for organisation_id in keeping.all_files_in_step():
        measure_organisation.enqueue(organisation_id=organisation_id)


def queue_keeping_in_step() -> None:
    keep_files_in_step.enqueue()


@job(every="1 day")
def forget_old_exports() -> None:
    """Exports nobody came back to, and suggestions nobody answered: both hold names. The files are looked at too."""
    now = clock.now()
    loading.forget_old_arrivals(before=now - ARRIVALS_KEPT)
    arrivals.forget_older_than(ARRIVALS_KEPT.total_seconds(), now.timestamp())
    loading.forget_suggestions(before=now - SUGGESTIONS_KEPT)
    keep_files_in_step.enqueue()
