"""A job that is killed in the middle of its first run, and what runs it. Run as a program: a worker that loses patience
with a silent one after two seconds instead of sixty."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

from handrail.commands.django_setup import set_up_django

set_up_django()

from handrail.foundation.jobs import queue  # noqa: E402  Django has to be set up first
from handrail.foundation.jobs.job import job  # noqa: E402
from handrail.foundation.jobs.worker import run_worker  # noqa: E402

NOTES = Path(os.environ["HANDRAIL_DATA_DIR"]) / "notes.txt"


@job(retries=0, time_limit=timedelta(hours=1))
def long_piece_of_work(number: int) -> None:
    with open(NOTES, "a") as notes:
        notes.write(f"began {number}\n")
    if NOTES.read_text().count("began") == 1:
        time.sleep(600)
    with open(NOTES, "a") as notes:
        notes.write(f"done {number}\n")


if __name__ == "__main__":
    from tests.drills.jobs_for_drills import long_piece_of_work as known

    queue.SILENT_AFTER = timedelta(seconds=2)
    if not NOTES.exists():
        known.enqueue(number=7)
    stop = threading.Event()
    threading.Thread(target=run_worker, args=(stop,), kwargs={"idle_seconds": 0.1}, daemon=True).start()
    while not (NOTES.exists() and "done" in NOTES.read_text()):
        time.sleep(0.05)
    stop.set()
