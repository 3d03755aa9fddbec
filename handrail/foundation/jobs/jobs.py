"""The jobs' own housekeeping."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from handrail.foundation import clock
from handrail.foundation.jobs.job import job
from handrail.foundation.jobs.models import Progress, Worker

SUCCESSES_KEPT = timedelta(days=2)
FAILURES_KEPT = timedelta(days=30)
PROGRESS_KEPT = timedelta(days=7)
WORKERS_KEPT = timedelta(days=1)


@job(every="1 hour")
def prune_finished_jobs() -> None:
    """Delete rows that nobody looks at any more."""
    now = clock.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - SUCCESSES_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILURES_KEPT).delete()
    Progress.objects.filter(updated_at__lt=now - PROGRESS_KEPT).delete()
    Worker.objects.filter(seen_at__lt=now - WORKERS_KEPT).delete()
