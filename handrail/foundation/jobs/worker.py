"""The worker: takes due runs one at a time, says that it is alive, and takes up what a killed worker left."""

import logging
import os
import socket
import threading
import traceback
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from handrail.foundation import clock
from handrail.foundation.jobs import job as jobs
from handrail.foundation.jobs import queue
from handrail.foundation.jobs.models import Worker

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
PULSE_SECONDS = 15.0
TEND_EVERY = timedelta(seconds=5)


def run_worker(stop: threading.Event, *, idle_seconds: float = IDLE_SECONDS, until_idle: bool = False) -> int:
    """Work until `stop` is set (or, with until_idle, until nothing is due). Returns how many runs were handled.

    Sets no signal handlers, so it serves in a thread of the web process and as a process of its own. A fault of the
    database is waited out: the loop never ends by itself.
    """
    name = f"{socket.gethostname()[:24]}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
    handled, tended_at = 0, None
    halt_pulse = threading.Event()
    pulse = threading.Thread(target=_pulse, args=(name, halt_pulse), name="handrail-pulse", daemon=True)
    try:
        if not until_idle:
            pulse.start()
        while not stop.is_set():
            try:
                now = clock.now()
                if tended_at is None or now - tended_at >= TEND_EVERY:
                    tended_at = now
                    _tend(name)
                run = queue.claim_next(name)
            except DatabaseError:
                logger.exception("The worker cannot reach the database; it tries again.")
                _forget_connections()
                stop.wait(max(idle_seconds, 0.05))
                continue
            if run is not None:
                handle(run)
                handled += 1
            elif until_idle:
                return handled
            else:
                close_old_connections()
                jobs.ENQUEUED.wait(idle_seconds)
                jobs.ENQUEUED.clear()
        return handled
    finally:
        halt_pulse.set()
        if not until_idle:
            pulse.join(5)
            _sign_off(name)
            connections.close_all()


def handle(run: DBTaskResult[Any, Any]) -> None:
    """Run one claimed run to its end, whatever it throws."""
    known = jobs.REGISTERED.get(run.task_path)
    try:
        if known is None:
            raise LookupError(f"There is no job {run.task_path}.")
        with translation.override(None), timezone.override(None):
            known.call(**run.args_kwargs["kwargs"])
    except BaseException as error:
        places = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in _frames(error))
        logger.warning("Job %s failed: %s at %s", run.task_path, type(error).__name__, places)
        _settle(partial(queue.fail, run, known, error, places))
        if not isinstance(error, Exception):
            raise
    else:
        _settle(partial(queue.finish, run))


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))[-12:]


def _settle(move: Callable[[], bool]) -> None:
    """Write the end of a run; once more on a fresh connection when a fault of the database prevents it."""
    try:
        move()
    except DatabaseError:
        _forget_connections()
        try:
            move()
        except DatabaseError:
            logger.exception("The end of a job could not be noted; it will be run again.")


def _tend(name: str) -> None:
    now = clock.now()
    Worker.objects.update_or_create(
        name=name, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )
    lost = queue.take_up_the_lost(now)
    if lost:
        logger.warning("Took up %d job(s) that a stopped worker had left.", lost)
    queue.enqueue_the_due(now)


def _pulse(name: str, halt: threading.Event) -> None:
    """Say that the worker is alive while a long job keeps it busy."""
    while not halt.wait(PULSE_SECONDS):
        try:
            close_old_connections()
            Worker.objects.filter(name=name).update(seen_at=clock.now())
        except DatabaseError:
            _forget_connections()
    connections.close_all()


def _sign_off(name: str) -> None:
    try:
        Worker.objects.filter(name=name).delete()
    except DatabaseError:
        logger.warning("The worker could not sign off; its row is removed later.")


def _forget_connections() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
