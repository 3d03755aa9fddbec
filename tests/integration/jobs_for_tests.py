"""Jobs that the tests of the worker run."""

from datetime import timedelta

from handrail.foundation.jobs.job import REGISTERED, job

SEEN: list[int] = []
HOURS: list[int] = []
FAULTS: list[Exception] = []


@job(retries=2, time_limit=timedelta(minutes=5))
def note(number: int) -> None:
    if FAULTS:
        raise FAULTS.pop()
    SEEN.append(number)


@job(every="1 hour")
def hourly() -> None:
    HOURS.append(1)


OURS = {made.module_path: REGISTERED.pop(made.module_path) for made in (note, hourly)}  # no other test meets them
