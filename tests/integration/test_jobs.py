"""Jobs: enqueued in the caller's transaction, retried, scheduled once, taken up after a kill, pruned."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from freezegun import freeze_time

from handrail.foundation.jobs import job, queue
from handrail.foundation.jobs.job import pause_before
from handrail.foundation.jobs.jobs import prune_finished_jobs
from handrail.foundation.jobs.models import Progress, Schedule, Worker
from handrail.foundation.jobs.progress import advance, begin, finish, progress_of
from handrail.foundation.jobs.queries import failed_jobs, jobs_state
from handrail.foundation.jobs.worker import run_worker
from tests.integration.jobs_for_tests import FAULTS, HOURS, OURS, SEEN, hourly, note

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _nothing_scheduled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the tests' own jobs are known; the program's scheduled ones stay away."""
    monkeypatch.setattr(queue, "REGISTERED", OURS)
    monkeypatch.setattr(job, "REGISTERED", OURS)
    yield
    for leftover in (SEEN, HOURS, FAULTS):
        leftover.clear()


def work() -> int:
    return run_worker(threading.Event(), until_idle=True)


def only_run() -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.get(task_path=note.module_path)


def test_a_job_runs_once_with_its_arguments() -> None:
    note.enqueue(number=7)
    work()
    work()
    assert SEEN == [7]
    assert only_run().status == TaskResultStatus.SUCCESSFUL


def test_arguments_go_by_name_only() -> None:
    with pytest.raises(TypeError, match="by name"):
        note.enqueue(7)


def test_a_job_enqueued_in_a_transaction_that_fails_never_was() -> None:
    with transaction.atomic():
        note.enqueue(number=1)
        transaction.set_rollback(True)
    work()
    assert SEEN == []


def test_a_failure_is_tried_again_after_growing_pauses_and_then_given_up() -> None:
    assert [pause_before(attempt).total_seconds() for attempt in (1, 2, 3, 20)] == [20, 80, 320, 6 * 3600]
    FAULTS.extend([ValueError("secret words")] * 3)
    with freeze_time("2026-01-05 10:00:00") as frozen:
        note.enqueue(number=1)
        for tries, seconds in ((1, 0), (2, 20), (3, 80)):
            work()
            assert len(only_run().worker_ids) == max(1, tries - 1), "it waits until the pause is over"
            frozen.tick(timedelta(seconds=seconds))
            work()
            assert len(only_run().worker_ids) == tries
    run = only_run()
    assert run.status == TaskResultStatus.FAILED
    assert run.exception_class_path == "builtins.ValueError"
    assert "jobs_for_tests.py" in run.traceback
    assert "secret words" not in run.traceback
    assert failed_jobs() == [run]


def test_a_run_after_a_failure_succeeds() -> None:
    FAULTS.append(ValueError())
    with freeze_time("2026-01-05 10:00:00") as frozen:
        note.enqueue(number=3)
        work()
        frozen.tick(timedelta(seconds=21))
        work()
    assert SEEN == [3]
    assert only_run().status == TaskResultStatus.SUCCESSFUL


def test_a_job_that_no_longer_exists_fails_without_stopping_the_worker() -> None:
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path="handrail.gone",
        backend_name="default",
        run_after=timezone.now(),
    )
    note.enqueue(number=1)
    work()
    assert SEEN == [1]
    assert DBTaskResult.objects.get(task_path="handrail.gone").status == TaskResultStatus.FAILED


def claimed_by_a_killed_worker(*, seen_ago: timedelta) -> DBTaskResult[Any, Any]:
    note.enqueue(number=5)
    now = timezone.now()
    Worker.objects.create(name="killed", started_at=now, seen_at=now - seen_ago)
    run = queue.claim_next("killed")
    assert run is not None
    return run


def test_what_a_killed_worker_left_is_taken_up() -> None:
    run = claimed_by_a_killed_worker(seen_ago=timedelta(minutes=2))
    work()
    assert SEEN == [5]
    assert not queue.finish(run), "the killed worker's late word does not count"


def test_what_a_live_worker_does_is_left_to_it_until_the_time_limit() -> None:
    with freeze_time("2026-01-05 10:00:00") as frozen:
        claimed_by_a_killed_worker(seen_ago=timedelta(0))
        work()
        assert SEEN == []
        frozen.tick(timedelta(minutes=5, seconds=1))
        Worker.objects.update(seen_at=timezone.now())
        work()
    assert SEEN == [5]


def test_a_job_that_kills_every_worker_is_given_up() -> None:
    note.enqueue(number=5)
    for _ in range(2 + queue.KILLS_BORNE + 1):
        assert queue.claim_next("gone") is not None
        queue.take_up_the_lost(timezone.now())
    assert only_run().status == TaskResultStatus.FAILED


def test_a_scheduled_job_is_enqueued_once_a_due_time() -> None:
    with freeze_time("2026-01-05 10:00:00") as frozen:
        queue.enqueue_the_due(timezone.now())
        assert [queue.enqueue_the_due(timezone.now()) for _ in range(3)] == [1, 0, 0]
        work()
        frozen.tick(timedelta(minutes=59))
        assert queue.enqueue_the_due(timezone.now()) == 0
        frozen.tick(timedelta(hours=9))  # a long standstill is made up for once, not nine times
        assert [queue.enqueue_the_due(timezone.now()) for _ in range(3)] == [1, 0, 0]
        work()
    assert HOURS == [1, 1]


def test_two_workers_that_look_at_the_same_moment_enqueue_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    Schedule.objects.create(path=hourly.module_path, next_at=now)
    seen_by_both = list(Schedule.objects.all())
    assert queue.enqueue_the_due(now) == 1
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(Schedule.objects, "all", lambda: seen_by_both)
    assert queue.enqueue_the_due(now) == 0


def test_a_worker_says_that_it_is_there_and_stops_when_told() -> None:
    note.enqueue(number=1)
    stop = threading.Event()
    stop.set()
    assert run_worker(stop, idle_seconds=0) == 0
    assert SEEN == []


def test_progress_goes_on_where_it_stopped() -> None:
    progress = begin("import:1", total=100, note="reading")
    advance(progress, done=40, position="row 40")
    again = begin("import:1", total=100)
    assert (again.done, again.position, again.percent) == (40, "row 40", 40)
    finish(again, note="done")
    found = progress_of("import:1")
    assert found is not None
    assert (found.percent, found.note) == (100, "done")
    assert progress_of("import:2") is None


def test_old_rows_are_pruned_and_young_ones_stay() -> None:
    with freeze_time("2026-01-05 10:00:00") as frozen:
        note.enqueue(number=1)
        work()
        begin("old")
        frozen.tick(timedelta(days=10))
        note.enqueue(number=2)
        work()
        begin("young")
        prune_finished_jobs.call()
    assert [run.args_kwargs["kwargs"] for run in DBTaskResult.objects.filter(task_path=note.module_path)] == [
        {"number": 2}
    ]
    assert [progress.key for progress in Progress.objects.all()] == ["young"]
    assert jobs_state().waiting == 0
