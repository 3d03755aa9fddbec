"""What the tasks library does not keep: who is at work, when each scheduled job is next due, and how far a job is."""

from django.db import models


class Worker(models.Model):
    """A worker that is alive says so every few seconds; one that stopped saying so has been killed."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)


class Schedule(models.Model):
    """When a scheduled job is next due. Whoever moves `next_at` on enqueues it: once, however many workers look."""

    path = models.CharField(max_length=200, primary_key=True)
    next_at = models.DateTimeField()
    enqueued_at = models.DateTimeField(null=True)


class Progress(models.Model):
    """How far a long piece of work is. `position` is where to go on after a stop; it is saved with the work itself."""

    key = models.CharField(max_length=120, primary_key=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    position = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)

    @property
    def percent(self) -> int | None:
        if self.finished_at is not None:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else None
