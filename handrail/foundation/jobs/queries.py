"""Reads about jobs, for the pages and the check of an installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
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
    failed_today: int
    oldest_due_at: datetime | None


def jobs_state() -> JobsState:
    now = clock.now()
    waiting, running, failed = (
        Q(status=status) for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED)
    )
    counted = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=waiting),
        running=Count("pk", filter=running),
        failed=Count("pk", filter=failed),
        failed_today=Count("pk", filter=failed & Q(finished_at__gte=now - timedelta(days=1))),
        oldest_due_at=Min("run_after", filter=waiting & Q(run_after__lte=now)),
    )
    return JobsState(workers=Worker.objects.filter(seen_at__gte=now - SILENT_AFTER).count(), **counted)


def failed_jobs(limit: int = 50) -> list[DBTaskResult]:
    return list(DBTaskResult.objects.failed().order_by("-finished_at")[:limit])
