"""Slow work of brought lists: reading, loading, forgetting."""

from datetime import timedelta

from handrail.capabilities.pairings.spreadsheets import actions
from handrail.capabilities.pairings.spreadsheets.models import PairsFile
from handrail.foundation.jobs.job import job


@job(time_limit=timedelta(minutes=5))
def read_list(file_id: int) -> None:
    """Once read, it does nothing."""
    file = PairsFile.objects.select_related("scheme__organisation").get(pk=file_id)
    if file.state == PairsFile.State.WAITING:
        actions.read_list(file=file)


@job(time_limit=timedelta(minutes=15))
def load_list(file_id: int) -> None:
    """Run twice, it goes on where it was cut off; once loaded, it does nothing."""
    file = PairsFile.objects.select_related("scheme__organisation", "made_by").get(pk=file_id)
    if file.state == PairsFile.State.LOADING:
        actions.load_list(by=file.made_by, file=file)


@job(every="1 day")
def forget_old_lists() -> None:
    actions.forget_old_lists()
