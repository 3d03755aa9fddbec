"""What keeps the databases well: the nightly backup, and an hourly look at how large the tables are."""

from datetime import timedelta

from handrail.foundation.jobs.job import job
from handrail.foundation.stores.backups import make_backup, prune_backups
from handrail.foundation.stores.sizes import note_sizes


@job(every="30 2 * * *", retries=2, time_limit=timedelta(hours=2))
def back_up_every_night() -> None:
    make_backup()
    prune_backups()


@job(every="1 hour")
def note_sizes_of_tables() -> None:
    note_sizes()
