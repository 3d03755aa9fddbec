"""Moves of a queued run from state to state. Each is one conditional UPDATE, so that two workers never both make it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from handrail.foundation import clock
from handrail.foundation.jobs.job import REGISTERED, Job, pause_before
from handrail.foundation.jobs.models import Schedule, Worker

SILENT_AFTER = timedelta(seconds=60)  # a worker that has not said it is alive for so long is dead
KILLS_BORNE = 5  # a run that was cut off so often (beyond its retries) is itself the cause
DEFAULT_LIMIT = timedelta(minutes=10)


def claim_next(worker: str) -> DBTaskResult[Any, Any] | None:
    """Take the next run that is due. Looks before it locks, so that idle workers do not disturb writers."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with transaction.atomic():
        run: DBTaskResult[Any, Any] | None = ready.select_for_update(skip_locked=True).first()
        if run is not None:
            run.claim(worker)
        return run


def finish(run: DBTaskResult[Any, Any]) -> bool:
    """Note success, unless the run was meanwhile taken for dead and given to another worker."""
    return _leave_running(run, status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now())


def fail(run: DBTaskResult[Any, Any], job: Job[Any, Any] | None, error: BaseException, places: str) -> bool:
    """Try again after a pause, or give up after the last try. Keeps the kind of error and where, never its words."""
    fault = {"exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}", "traceback": places}
    if job is not None and len(run.worker_ids) <= job.retries:
        again_at = clock.now() + pause_before(len(run.worker_ids))
        return _leave_running(run, status=TaskResultStatus.READY, run_after=again_at, **fault)
    return _leave_running(run, status=TaskResultStatus.FAILED, finished_at=clock.now(), **fault)


def _leave_running(run: DBTaskResult[Any, Any], **changes: Any) -> bool:
    mine = DBTaskResult.objects.filter(pk=run.pk, status=TaskResultStatus.RUNNING, started_at=run.started_at)
    changed: int = mine.update(**changes)
    return changed == 1


def take_up_the_lost(now: datetime) -> int:
    """Queue again every run whose worker fell silent or that outlived its time limit; returns how many."""
    taken_up = 0
    alive = set(Worker.objects.filter(seen_at__gte=now - SILENT_AFTER).values_list("name", flat=True))
    for run in DBTaskResult.objects.running():
        job = REGISTERED.get(run.task_path)
        limit = job.time_limit if job else DEFAULT_LIMIT
        if run.started_at + limit > now and run.worker_ids[-1] in alive:
            continue
        if len(run.worker_ids) > (job.retries if job else 0) + KILLS_BORNE:
            _leave_running(run, status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="outlived")
        else:
            taken_up += _leave_running(run, status=TaskResultStatus.READY, run_after=now)
    return taken_up


def enqueue_the_due(now: datetime) -> int:
    """Enqueue each scheduled job that is due: once per due time, by whichever worker moves the time on first."""
    enqueued = 0
    known = {row.path: row.next_at for row in Schedule.objects.all()}
    for path, job in REGISTERED.items():
        due = job.due
        if due is None:
            continue
        if path not in known:
            Schedule.objects.get_or_create(path=path, defaults={"next_at": due.first(now)})
        elif known[path] <= now:
            with transaction.atomic():
                mine = Schedule.objects.filter(path=path, next_at=known[path])
                if mine.update(next_at=due.after(now), enqueued_at=now) and not _is_waiting(path):
                    job.enqueue()
                    enqueued += 1
    return enqueued


def _is_waiting(path: str) -> bool:
    """A run of the same scheduled job that has not ended yet: it will do, after a long standstill too."""
    unfinished = models.Q(status=TaskResultStatus.READY) | models.Q(status=TaskResultStatus.RUNNING)
    waiting: bool = DBTaskResult.objects.filter(unfinished, task_path=path).exists()
    return waiting
