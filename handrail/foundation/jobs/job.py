"""The `@job` decorator: a task of the standard API that is also retried, scheduled and taken up again after a kill."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task, TaskResult
from typing_extensions import ParamSpec

from handrail.foundation import clock
from handrail.foundation.jobs import schedules

P = ParamSpec("P")
T = TypeVar("T")

FIRST_PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(hours=6)
ENQUEUED = threading.Event()  # wakes the worker in this process at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task[P, T], Generic[P, T]):
    """A task with what our worker needs to know.

    retries: how often a failed run is tried again, each time after a longer pause.
    time_limit: after this a run counts as dead and is queued again; so a job must bear being run twice.
    every: an interval ("15 minutes") or five cron fields; None: only when enqueued.
    """

    retries: int = 3
    time_limit: timedelta = timedelta(minutes=10)
    every: str | None = None

    @property
    def due(self) -> schedules.Due | None:
        return schedules.parse(self.every, ZoneInfo(settings.TIME_ZONE)) if self.every else None

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult[T]:
        """Queue one run, in the caller's transaction. Arguments are ids and the like, never private text."""
        if args:
            raise TypeError("Give a job its arguments by name, so that a queued one outlives a change of order.")
        due = self if self.run_after else self.using(run_after=clock.now())  # so that older runs come first
        result: TaskResult[T] = self.get_backend().enqueue(due, (), kwargs)
        transaction.on_commit(ENQUEUED.set)
        return result


REGISTERED: dict[str, Job[Any, Any]] = {}


def job(
    *,
    retries: int = 3,
    time_limit: timedelta = timedelta(minutes=10),
    every: str | None = None,
    priority: int = 0,
) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Make a module-level function a job. What it returns is not kept."""

    def wrap(function: Callable[P, T]) -> Job[P, T]:
        made: Job[P, T] = Job(func=function, retries=retries, time_limit=time_limit, every=every, priority=priority)
        if every:
            assert made.due is not None
        REGISTERED[made.module_path] = made
        return made

    return wrap


def pause_before(attempt: int) -> timedelta:
    """How long to wait before the next try when `attempt` tries (1, 2, …) have failed: 20 s, 80 s, 5 min, 21 min, …"""
    growth: int = 4 ** min(attempt - 1, 10)
    return min(FIRST_PAUSE * growth, LONGEST_PAUSE)
