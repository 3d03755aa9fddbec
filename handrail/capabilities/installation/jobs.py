"""The nightly backup."""

from datetime import timedelta

from handrail.foundation.jobs.job import job
from handrail.foundation.stores.backups import make_backup, prune_backups


@job(every="30 2 * * *", retries=2, time_limit=timedelta(hours=2))
def back_up_every_night() -> None:
    make_backup()
    prune_backups()
