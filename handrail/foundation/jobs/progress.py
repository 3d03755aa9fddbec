"""How far a long piece of work is, for the page that waits for it and for the run that goes on after a kill."""

from handrail.foundation import clock
from handrail.foundation.jobs.models import Progress


def begin(key: str, *, total: int | None = None, note: str = "") -> Progress:
    """The progress under this key: where it stopped, or a new one at 0. `note` holds no private text."""
    now = clock.now()
    fresh = {"total": total, "note": note, "started_at": now, "updated_at": now}
    progress, made = Progress.objects.get_or_create(key=key, defaults=fresh)
    if not made and total is not None and progress.total != total:
        progress.total = total
        progress.save(update_fields=["total"])
    return progress


def advance(progress: Progress, *, done: int, position: str = "", note: str | None = None) -> None:
    """Note how far it is. Call it in the transaction that writes the work, so that both are kept or neither."""
    progress.done, progress.position, progress.updated_at = done, position, clock.now()
    if note is not None:
        progress.note = note
    progress.save(update_fields=["done", "position", "note", "updated_at"])


def finish(progress: Progress, *, note: str | None = None) -> None:
    progress.finished_at = progress.updated_at = clock.now()
    if note is not None:
        progress.note = note
    progress.save(update_fields=["note", "finished_at", "updated_at"])


def progress_of(key: str) -> Progress | None:
    return Progress.objects.filter(key=key).first()
