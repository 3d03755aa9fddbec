"""Connected calendars are read by a worker: at once when one is connected, and every hour from then on."""

from datetime import timedelta

from handrail.capabilities.pairings.busy import actions, queries
from handrail.foundation.jobs.job import job


@job(time_limit=timedelta(minutes=2))
def read_calendar(*, calendar_id: int) -> None:
    calendar = queries.calendar_to_read(calendar_id)
    if calendar is not None:
        actions.read_calendar(calendar=calendar)


@job(every="40 * * * *")
def read_calendars() -> None:
    for calendar_id in queries.ids_connected():
        read_calendar.enqueue(calendar_id=calendar_id)
