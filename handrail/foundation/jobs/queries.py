"""Reads about jobs, for the pages and the check of an installation."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handrail.foundation import clock
from handrail.foundation.jobs.models import Worker
from handrail.foundation.jobs.queue import SILENT_AFTER


@dataclass(frozen=True)
class JobsState:
    workers: int
    waiting: int
    running: int
    failed: int
    oldest_due_at: datetime | None


def jobs_state() -> JobsState:
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    oldest = DBTaskResult.objects.ready().order_by().aggregate(oldest=Min("run_after"))["oldest"]
    return JobsState(
        workers=Worker.objects.filter(seen_at__gte=clock.now() - SILENT_AFTER).count(),
        waiting=counts.get(TaskResultStatus.READY, 0),
        running=counts.get(TaskResultStatus.RUNNING, 0),
        failed=counts.get(TaskResultStatus.FAILED, 0),
        oldest_due_at=oldest,
    )


def failed_jobs(limit: int = 50) -> list[DBTaskResult]:
    return list(DBTaskResult.objects.failed().order_by("-finished_at")[:limit])


def failed_since(moment: datetime) -> int:
    count: int = DBTaskResult.objects.failed().filter(finished_at__gte=moment).count()
    return count
